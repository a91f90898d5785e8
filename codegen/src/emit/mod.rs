//! Emits code and text: progenitor's types for the schemas, and everything else from the model of the document.

mod client;
mod constructors;
mod credentials;
mod fill;
mod first_call;
mod headers;
mod made_up;
mod module;
mod operations;
mod origins;
mod outcomes;
mod package;
mod refused_schema;
mod requirements;
mod sample_call_list;
mod sample_calls;
mod samples;
pub(crate) mod schema_types;
mod source_file;
mod values;

pub use module::{Module, module};
pub use package::package;
pub use samples::ExampleTest;
pub use schema_types::types;
