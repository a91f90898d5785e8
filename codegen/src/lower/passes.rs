//! The list of all passes: it runs them, names their notes, and makes the table in ARCHITECTURE.md.

use serde_json::Value;

use super::{
    alternatives, any_json, component_references, hoist_inline_schemas, implied_tags,
    inline_simple_schemas, lift_modifiers, media_type_order, merge_all_of, multipart_files,
    name_schemas, negations, null_alternatives, nullable_references, one_direction_properties,
    one_kind, open_strings, optional_collections, property_order, relax_responses, safe_variants,
    scalar_alternatives, split_directions, strip_keywords, subtypes, tidy_enums,
    unenforced_patterns, untyped_secrets, use_runtime_types, wide_integers,
};
use crate::api::{self, Schema};
use openapi::notes::PassNotes;

/// A pass of lowering.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// Its name in notes, which is that of its file.
    pub name: &'static str,
    /// Its effect, in a few words.
    pub summary: &'static str,
    /// The code that runs it.
    pub(super) run: Run,
}

/// The code of a pass.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run {
    /// Changes the whole document, before its operations are read.
    OnDocument(fn(&mut Value, &mut PassNotes<'_>)),
    /// Changes one named schema of one direction, after that.
    OnSchema(fn(&Schema, &mut Value, &mut PassNotes<'_>)),
    /// Is run by its caller: between the two, or after progenitor.
    ByItself,
}

const fn on_document(
    name: &'static str,
    run: fn(&mut Value, &mut PassNotes<'_>),
    summary: &'static str,
) -> Pass {
    Pass { name, summary, run: Run::OnDocument(run) }
}

const fn on_schema(
    name: &'static str,
    run: fn(&Schema, &mut Value, &mut PassNotes<'_>),
    summary: &'static str,
) -> Pass {
    Pass { name, summary, run: Run::OnSchema(run) }
}

const fn by_itself(name: &'static str, summary: &'static str) -> Pass {
    Pass { name, summary, run: Run::ByItself }
}

/// All passes, in their order:
///
/// 1. Over the whole document: media types are numbered, and properties listed, while their
///    locations are those of the source text. References are redirected to components.
///    Discriminators name schemas, so their properties are added before the components are named
///    like their Rust types. Enums and alternatives of strings are normalized, since they decide
///    what needs a type. Every schema with properties or variants becomes a named one. Then each
///    `allOf` is merged, and base schemas get the properties of their subtypes. Finally, schemas
///    without properties or variants are inlined, secrets without a type become strings, and
///    `nullable` moves to the references.
/// 2. The operations are read. Schemas that are both sent and received become two, since only one
///    of them is lenient.
/// 3. Over each schema: runtime types are inserted before the formats that select them are
///    stripped.
/// 4. When progenitor has rejected a schema.
#[rustfmt::skip]
pub const PASSES: &[Pass] = &[
    by_itself(media_type_order::NAME, "numbers the media types of a body in the order of the source text"),
    by_itself(property_order::NAME, "marks schemas with the order of their properties in the source text"),
    on_document("unenforced_patterns", unenforced_patterns::run, "removes a pattern that a client cannot check as it is meant"),
    on_document("component_references", component_references::run, "turns every reference to a schema into one to a component"),
    on_document("negations", negations::run, "removes `not`, which no Rust type expresses"),
    on_document("multipart_files", multipart_files::run, "marks the strings of multipart bodies that are files"),
    on_document("implied_tags", implied_tags::run, "gives schemas the property of their discriminator, if the document does not"),
    on_document("name_schemas", name_schemas::run, "gives every named schema the name of its Rust type"),
    on_document("null_alternatives", null_alternatives::run, "makes a schema nullable if one of its alternatives can be null"),
    on_document("tidy_enums", tidy_enums::run, "makes an `enum` one of strings, without null and duplicates, or a constraint on numbers"),
    on_document("scalar_alternatives", scalar_alternatives::run, "makes a scalar of alternatives that are all scalars of one type, such as constants"),
    on_document("open_strings", open_strings::run, "makes a string of alternatives that are all strings"),
    on_document("lift_modifiers", lift_modifiers::run, "moves keywords about a location, such as `readOnly`, from a subschema of `allOf` to its schema"),
    on_document("hoist_inline_schemas", hoist_inline_schemas::run, "names every inline schema that has properties, variants or alternatives"),
    on_document("list_subtypes", subtypes::list, "lists the subtypes of schemas with a discriminator, while `allOf` shows them"),
    on_document("merge_all_of", merge_all_of::run, "merges the subschemas of an `allOf`"),
    on_document("subtypes", subtypes::run, "adds the properties of its subtypes to a schema with a discriminator"),
    on_document("one_kind", one_kind::run, "removes keywords that contradict a schema's type"),
    on_document("wide_integers", wide_integers::run, "gives integers beyond 64 bits with a sign a type that can hold them"),
    on_document("inline_simple_schemas", inline_simple_schemas::run, "inlines named scalars, arrays and maps"),
    on_document("untyped_secrets", untyped_secrets::run, "turns a secret without `type` into a string"),
    on_document("nullable_references", nullable_references::run, "moves `nullable` from a named schema to its references"),
    by_itself(api::PASS, "reads the operations into an `Api`"),
    by_itself(one_direction_properties::NAME, "removes `readOnly` properties from requests and `writeOnly` properties from responses"),
    by_itself(alternatives::NAME, "gives received alternatives one type, since only a sender can tell them apart"),
    by_itself(split_directions::NAME, "splits a schema that is both sent and received"),
    on_schema("use_runtime_types", use_runtime_types::run, "gives secrets and received dates the types of the runtime"),
    on_schema("relax_responses", relax_responses::run, "makes every received property optional"),
    on_schema("optional_collections", optional_collections::run, "distinguishes an optional array or map that is empty from an absent one"),
    on_schema("strip_keywords", strip_keywords::run, "removes keywords that progenitor drops, or enforces where they must not be enforced"),
    on_schema("safe_variants", safe_variants::run, "replaces the values of an `enum` with stand-ins, which are renamed later"),
    by_itself(any_json::NAME, "replaces a schema that progenitor rejects with any JSON"),
];
