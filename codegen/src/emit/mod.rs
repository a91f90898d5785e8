//! Emits code and text: progenitor's types for the schemas, and everything else from the model of
//! the document.

mod client;
mod constructors;
mod credentials;
mod example_checks;
mod example_tests;
mod first_call;
mod headers;
mod module;
mod operations;
mod origins;
mod outcomes;
mod package;
mod refused_schema;
mod request;
mod requirements;
mod sample_call_list;
mod sample_calls;
pub(crate) mod schema_types;
mod source_file;
mod values;

pub use example_tests::ExampleTest;
pub use module::{Module, module};
pub use package::package;
pub use schema_types::types;
