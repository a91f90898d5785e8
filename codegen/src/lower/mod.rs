//! Turns a document into one that progenitor accepts, and into the [`Api`] that everything else is emitted from.

mod alternatives;
mod any_json;
mod component_references;
mod hoist_inline_schemas;
mod inline_simple_schemas;
mod lift_modifiers;
mod merge_all_of;
mod multipart_files;
mod name_schemas;
mod nullable_references;
mod one_direction_properties;
mod open_strings;
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

/// A document that progenitor accepts, and its model.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The model of the document.
    pub api: Api,
    /// The named schemas, reduced to what progenitor types correctly.
    pub openapi: OpenAPI,
    /// Notes about lost and changed keywords.
    pub notes: Vec<Note>,
    /// Operations of a vendor's document that the client leaves out.
    pub left_out: Vec<Diagnostic>,
    /// The policy for schemas that progenitor rejects.
    policy: Policy,
}

/// Lowers a document. The passes run in this order:
///
/// 1. Over the whole document: references are redirected to components, which are named like their Rust types. Enums and
///    alternatives of strings are normalized, since they decide what needs a type. Every schema with properties or variants
///    becomes a named one. Then each `allOf` is merged, and base schemas get the properties of their subtypes. Finally,
///    schemas without properties or variants are inlined, secrets without a type become strings, and `nullable` moves to the
///    references.
/// 2. The operations are read.
/// 3. Schemas that are both sent and received become two, since only one of them is lenient.
/// 4. Over each schema: runtime types are inserted before the formats that select them are stripped.
///
/// # Errors
/// Returns the findings that prevent a correct client.
pub fn lower(document: &Document) -> Result<Lowered, Vec<Diagnostic>> {
    let mut notes = document.notes.clone();
    let mut root = document.root.clone();
    component_references::run(&mut root, &mut notes);
    multipart_files::run(&mut root, &mut notes);
    name_schemas::run(&mut root, &mut notes);
    tidy_enums::run(&mut root, &mut notes);
    open_strings::run(&mut root, &mut notes);
    lift_modifiers::run(&mut root, &mut notes);
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

/// Replaces a schema with `new`, and keeps its `x-rust-name`.
fn replace(schema: &mut Value, mut new: Value) {
    if let (Some(name), Some(members)) = (schema.keyword(RUST_NAME), new.as_object_mut()) {
        members.insert(RUST_NAME.to_owned(), name.clone());
    }
    *schema = new;
}
