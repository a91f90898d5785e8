//! Emits code and text: progenitor's types for the schemas, and everything else from what the document says.

mod client;
mod credentials;
mod imports;
mod module;
mod operations;
mod outcomes;
mod package;
mod sample_calls;
mod samples;
mod schema_types;
mod tokens;

pub use client::rules_tokens;
pub use module::module;
pub use package::package;
pub use schema_types::types;
pub use tokens::{rust_type, status_text};
