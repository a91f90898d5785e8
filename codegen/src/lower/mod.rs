//! Turns a document into one that progenitor accepts, and into the [`Api`] that everything else is
//! emitted from.

mod alternatives;
mod any_json;
mod component_references;
mod growth;
mod hoist_inline_schemas;
mod implied_tags;
mod inline_simple_schemas;
mod lift_modifiers;
mod media_type_order;
mod merge_all_of;
mod multipart_files;
mod name_schemas;
mod negations;
mod null_alternatives;
mod nullable_references;
mod one_direction_properties;
mod one_kind;
mod open_strings;
mod optional_collections;
mod origins;
mod passes;
mod property_order;
mod relax_responses;
mod safe_variants;
mod scalar_alternatives;
mod split_directions;
mod strip_keywords;
mod subtypes;
mod tidy_enums;
mod to_openapi;
mod unenforced_patterns;
mod untyped_secrets;
mod use_runtime_types;
mod wide_integers;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::api::{self, Api, Schema};
use openapi::Document;
use openapi::diagnostic::Diagnostic;
use openapi::extensions::RUST_NAME;
use openapi::notes::{Note, Notes};
use openapi::object::Object;
use openapi::policy::Policy;
use openapi::rule::Severity;
use origins::Origins;
use passes::Run;

pub use passes::{PASSES, Pass};

/// A lowered document and its model.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The model of the document.
    pub api: Api,
    /// The named schemas, reduced to what progenitor types correctly.
    pub openapi: OpenAPI,
    /// Notes about lost and changed keywords.
    pub notes: Vec<Note>,
    /// What the client does not do as the document says, such as operations that it leaves out.
    pub found: Vec<Diagnostic>,
    /// The policy for schemas that progenitor rejects.
    policy: Policy,
}

/// Lowers a document by the passes of [`PASSES`], in their order.
///
/// # Errors
/// Returns the findings that prevent a correct client.
pub fn lower(document: &Document) -> Result<Lowered, Vec<Diagnostic>> {
    let mut notes = document.notes.clone();
    let mut root = document.root.clone();
    media_type_order::run(&mut root, document);
    property_order::run(&mut root, document);
    for pass in PASSES {
        if let Run::OnDocument(run) = pass.run {
            run(&mut root, &mut notes.of(pass.name));
        }
    }
    let mut found = found(&mut notes)?;
    let (mut api, warnings) =
        api::read(&document.source.module(), &root, document.policy, &mut notes)?;
    found.extend(warnings);
    split_directions::run(&mut api, &root, &mut notes)?;
    let schemas =
        api.schemas.iter().map(|schema| (schema.name.clone(), lower_schema(schema, &mut notes)));
    let openapi = to_openapi::run(schemas.collect())?;
    Ok(Lowered { api, openapi, notes: notes.sorted(), found, policy: document.policy })
}

/// Returns the findings of the passes, at pointers of the document as it was read.
fn found(notes: &mut Notes) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let mut found = notes.take_found();
    Origins::of(notes).restore(&mut found);
    let is_error = |found: &Diagnostic| found.severity() == Severity::Error;
    if found.iter().any(is_error) { Err(found) } else { Ok(found) }
}

fn lower_schema(schema: &Schema, notes: &mut Notes) -> Value {
    let mut lowered = schema.documented.clone();
    for pass in PASSES {
        if let Run::OnSchema(run) = pass.run {
            run(schema, &mut lowered, &mut notes.of(pass.name));
        }
    }
    lowered
}

/// Replaces a schema with `new`, and keeps its `x-rust-name`.
fn replace(schema: &mut Value, mut new: Value) {
    if let (Some(name), Some(members)) = (schema.keyword(RUST_NAME), new.as_object_mut()) {
        members.insert(RUST_NAME.to_owned(), name.clone());
    }
    *schema = new;
}
