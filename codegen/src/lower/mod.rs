//! Turns a document into what progenitor can take, and into the [`Api`] that everything else is emitted from.

mod hoist_inline_schemas;
mod inline_simple_schemas;
mod name_schemas;
mod notes;
mod optional_collections;
mod relax_responses;
mod split_directions;
mod strip_keywords;
mod to_openapi;
mod use_runtime_types;
mod walk;

use openapiv3::OpenAPI;
use serde_json::Value;

pub use notes::{Note, Notes};
pub use walk::needs_name;

use crate::api::{self, Api, Schema};
use crate::diagnostic::Diagnostic;
use crate::parse::Document;

/// A document that progenitor can take, and what it says.
pub struct Lowered {
    /// What the document says.
    pub api: Api,
    /// The named schemas alone, reduced to what progenitor types correctly.
    pub openapi: OpenAPI,
    /// What the reduction lost or changed.
    pub notes: Vec<Note>,
}

/// Lowers a document. The passes run in this order:
///
/// 1. Over the whole document: schemas get names that are Rust types, then everything that has members or variants
///    becomes a named schema, then named schemas without either are written where they are used.
/// 2. The operations are read.
/// 3. Schemas that are both sent and received become two, since only one of them is lenient.
/// 4. Over each schema: types of the runtime are put in before the formats that select them are stripped.
///
/// # Errors
/// What no correct client can be generated for.
pub fn lower(document: &Document) -> Result<Lowered, Vec<Diagnostic>> {
    let mut notes = Notes::default();
    let mut root = document.root.clone();
    name_schemas::run(&mut root, &mut notes);
    hoist_inline_schemas::run(&mut root, &mut notes);
    inline_simple_schemas::run(&mut root, &mut notes);
    let mut api = api::read(document.source.stem(), &root)?;
    split_directions::run(&mut api, &root, &mut notes);
    let schemas = api.schemas.iter().map(|schema| (schema.name.clone(), lower_schema(schema, &mut notes)));
    let openapi = to_openapi::run(schemas.collect())?;
    Ok(Lowered { api, openapi, notes: notes.sorted() })
}

fn lower_schema(schema: &Schema, notes: &mut Notes) -> Value {
    let mut lowered = schema.documented.clone();
    use_runtime_types::run(schema, &mut lowered);
    relax_responses::run(schema, &mut lowered, notes);
    optional_collections::run(schema, &mut lowered, notes);
    strip_keywords::run(schema, &mut lowered, notes);
    lowered
}
