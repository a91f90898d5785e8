//! The only file that calls progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{CrateVers, GenerationSettings, Generator};
use syn::Item;

use super::refused_schema;
use crate::lower::Lowered;
use crate::package::RUNTIME;
use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;

/// Returns the Rust types of the lowered schemas, as progenitor emits them.
///
/// # Errors
/// Returns what progenitor rejects. After lowering it should accept everything, so the diagnostic
/// asks for a report.
pub fn types(lowered: &Lowered) -> Result<Vec<Item>, Diagnostic> {
    let refused = |reason: String| match refused_schema::find(lowered, |alone| emit(alone).is_err())
    {
        Some(found) => refusal(&schema_pointer(&found.name), &found.what, &reason),
        None => refusal(SCHEMAS, &format!("the schemas of `{}`", lowered.api.name), &reason),
    };
    let tokens = emit(&lowered.openapi).map_err(refused)?;
    types_module(tokens)
        .ok_or_else(|| refusal(SCHEMAS, "the schemas", "its output has no module `types`"))
}

/// Returns what progenitor emits, or the reason why it rejects the schemas.
fn emit(openapi: &OpenAPI) -> Result<TokenStream, String> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap").with_crate(
        RUNTIME,
        CrateVers::Any,
        None,
    );
    let mut generator = Generator::new(&settings);
    catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(openapi)))
        .map_err(|_| "it panicked".to_owned())?
        .map_err(|error| error.to_string())
}

fn types_module(tokens: TokenStream) -> Option<Vec<Item>> {
    let file = syn::parse2::<syn::File>(tokens).ok()?;
    file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.map(|(_, items)| items),
        _ => None,
    })
}

const SCHEMAS: &str = "/components/schemas";

fn refusal(pointer: &str, schemas: &str, reason: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::ProgenitorRefused,
        subject: Subject::Node,
        location: Location::Pointer(pointer.to_owned()),
        what: format!("progenitor rejects {schemas}: {reason}."),
        why: "Lowering should have removed everything that progenitor rejects, so this is a bug of the generator."
            .to_owned(),
        help: "Report it together with this spec. To continue, remove the schemas that were added last.".to_owned(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::types;
    use crate::lower::Lowered;
    use crate::lower::lower;
    use openapi::load;
    use openapi::policy::Policy;
    use openapi::source::SpecSource;

    /// Returns a document with a schema that progenitor rejects. Lowering leaves none, so a
    /// reference is broken afterwards.
    pub(crate) fn refused(format: &str, policy: Policy) -> Lowered {
        let text = r##"{"openapi": "3.0.3", "info": {"title": "W", "version": "1"}, "paths": {"/w": {"get": {
            "operationId": "get_widget", "responses": {"200": {"description": "A widget", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}}}}}},
            "components": {"schemas": {"Widget": {"type": "object", "properties": {"part":
            {"$ref": "#/components/schemas/Part"}}}, "Part": {"type": "object", "properties": {"id":
            {"type": "string"FORMAT}}}}}}"##;
        let text = text.replace("FORMAT", format);
        let document =
            load(SpecSource::new("specs/widgets.yaml", text), policy).expect("a good document");
        let mut lowered = lower(&document).expect("a good document");
        let components = lowered.openapi.components.as_mut().expect("there are schemas");
        components
            .schemas
            .insert("Part".to_owned(), openapiv3::ReferenceOr::ref_("#/components/schemas/Gone"));
        lowered
    }

    #[test]
    fn a_refusal_names_schema_and_operation() {
        let diagnostic =
            types(&refused("", Policy::Refuse)).expect_err("a reference leads nowhere");
        assert_eq!(diagnostic.location.pointer(), Some("/components/schemas/Part"));
        assert!(
            diagnostic.what.contains("the schema `Part` of `widgets`, which `get_widget` uses"),
            "{}",
            diagnostic.what
        );
    }
}
