//! Turns a document into what progenitor can take, and into the [`Api`] that everything else is emitted from.

mod alternatives;
mod any_json;
mod component_references;
mod hoist_inline_schemas;
mod inline_simple_schemas;
mod lift_flags;
mod merge_all_of;
mod multipart_files;
mod name_schemas;
mod nullable_references;
mod one_direction_members;
mod open_texts;
mod optional_collections;
mod origins;
mod relax_responses;
mod safe_variants;
mod split_directions;
mod strip_keywords;
mod subtypes;
mod tidy_enums;
mod to_openapi;
mod untyped_secrets;
mod use_runtime_types;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::api::{self, Api, Schema};
use openapi::Document;
use openapi::diagnostic::Diagnostic;
use openapi::extensions::RUST_NAME;
use openapi::notes::{Note, Notes};
use openapi::object::Object;
use openapi::policy::Policy;

/// A document that progenitor can take, and what it says.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// What the document says.
    pub api: Api,
    /// The named schemas alone, reduced to what progenitor types correctly.
    pub openapi: OpenAPI,
    /// What the reduction lost or changed.
    pub notes: Vec<Note>,
    /// Operations of a document from elsewhere that the client does not have.
    pub left_out: Vec<Diagnostic>,
    /// What becomes of a schema that progenitor refuses.
    policy: Policy,
}

/// Lowers a document. The passes run in this order:
///
/// 1. Over the whole document: references lead to components, which get names that are Rust types. Enums and
///    alternatives of texts are settled, since they decide what needs a type. Everything that has members or variants
///    becomes a named schema, then each `allOf` becomes one schema, and what others build on gets their members. At last named schemas without members or variants
///    are written where they are used, secrets without a type become texts, and nulls move to where they are used, too.
/// 2. The operations are read.
/// 3. Schemas that are both sent and received become two, since only one of them is lenient.
/// 4. Over each schema: types of the runtime are put in before the formats that select them are stripped.
///
/// # Errors
/// What no correct client can be generated for.
pub fn lower(document: &Document) -> Result<Lowered, Vec<Diagnostic>> {
    let mut notes = document.notes.clone();
    let mut root = document.root.clone();
    component_references::run(&mut root, &mut notes);
    multipart_files::run(&mut root, &mut notes);
    name_schemas::run(&mut root, &mut notes);
    tidy_enums::run(&mut root, &mut notes);
    open_texts::run(&mut root, &mut notes);
    lift_flags::run(&mut root, &mut notes);
    hoist_inline_schemas::run(&mut root, &mut notes);
    let subtypes = subtypes::find(&root);
    merge_all_of::run(&mut root, &mut notes);
    subtypes::run(&mut root, subtypes, &mut notes);
    inline_simple_schemas::run(&mut root, &mut notes);
    untyped_secrets::run(&mut root, &mut notes);
    nullable_references::run(&mut root, &mut notes);
    let (mut api, left_out) = api::read(&document.source.module(), &root, document.policy, &mut notes)?;
    split_directions::run(&mut api, &root, &mut notes)?;
    let schemas = api.schemas.iter().map(|schema| (schema.name.clone(), lower_schema(schema, &mut notes)));
    let openapi = to_openapi::run(schemas.collect())?;
    Ok(Lowered { api, openapi, notes: notes.sorted(), left_out, policy: document.policy })
}

fn lower_schema(schema: &Schema, notes: &mut Notes) -> Value {
    let mut lowered = schema.documented.clone();
    use_runtime_types::run(schema, &mut lowered);
    relax_responses::run(schema, &mut lowered, notes);
    optional_collections::run(schema, &mut lowered, notes);
    strip_keywords::run(schema, &mut lowered, notes);
    safe_variants::run(&mut lowered);
    lowered
}

/// Puts `new` in the place of a schema, which keeps the name in Rust that it asks for.
fn replace(schema: &mut Value, mut new: Value) {
    if let (Some(name), Some(members)) = (schema.keyword(RUST_NAME), new.as_object_mut()) {
        members.insert(RUST_NAME.to_owned(), name.clone());
    }
    *schema = new;
}
