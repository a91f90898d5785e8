//! What the contract tests share: the specs, and a server that answers as told.

pub mod files;
pub mod server;
pub mod specs;
