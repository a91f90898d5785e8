//! The one door to progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use progenitor::{CrateVers, GenerationSettings, Generator};
use syn::Item;

use crate::RUNTIME_PACKAGE;
use crate::diagnostic::{Diagnostic, Location};
use crate::lower::Lowered;
use crate::rule::Rule;

/// The Rust types of the lowered schemas, as progenitor emits them.
///
/// # Errors
/// What progenitor refuses. After lowering it should refuse nothing, so that the diagnostic asks for a report.
pub fn types(lowered: &Lowered) -> Result<Vec<Item>, Diagnostic> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap").with_crate(RUNTIME_PACKAGE, CrateVers::Any, None);
    let mut generator = Generator::new(&settings);
    let tokens = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&lowered.openapi)))
        .map_err(|_| refusal("it panicked"))?
        .map_err(|error| refusal(&error.to_string()))?;
    types_module(tokens).ok_or_else(|| refusal("its output has no module `types`"))
}

fn types_module(tokens: TokenStream) -> Option<Vec<Item>> {
    let file = syn::parse2::<syn::File>(tokens).ok()?;
    file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.map(|(_, items)| items),
        _ => None,
    })
}

fn refusal(reason: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::ProgenitorRefused,
        location: Location::Pointer("/components/schemas".to_owned()),
        what: format!("progenitor cannot type the schemas: {reason}."),
        why: "Lowering should have left nothing that it refuses, so this is a mistake of the generator.".to_owned(),
        help: "Report it with this spec; to go on, take out the schemas that were added last.".to_owned(),
    }
}
