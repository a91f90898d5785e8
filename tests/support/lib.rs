//! What the contract tests share: the specs, a server that answers as told, and the public surface of generated code.

pub mod server;
pub mod specs;
pub mod surface;
