//! Emits code and text: progenitor's types for the schemas, and everything else from the [`Api`].

mod client;
mod credentials;
mod imports;
mod module;
mod operations;
mod outcomes;
mod package;
mod progenitor;
mod sample_calls;
mod samples;
mod tokens;

pub use client::rules_tokens;
pub use module::module;
pub use package::package;
pub use progenitor::types;
pub use tokens::{rust_type, status_text};
