//! The rules for what is OpenAPI, but may not be what was meant: each one's file explains it in `codegen/rules/`.

mod acceptances;
mod changed_names;
mod collisions;
mod components;
mod constraints;
mod endless;
mod formats;
mod leads;
mod media_types;
mod openapi;
mod rust_names;
mod safety;
mod samples;
mod scopes;
mod servers;
mod split_words;
mod texts;
mod transcription;
mod view;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::lower::Lowered;
use crate::parse::Document;
use crate::parse::objects;
use view::View;

pub(crate) use acceptances::{EXTENSION as ACCEPTANCES, apply};
pub(crate) use changed_names::check as changed_names;
pub(crate) use components::used as used_components;
pub(crate) use safety::{UnmarkedSecret, is_secret_name};
pub(crate) use transcription::{OF_A_SOURCE, PLACEHOLDER};

/// Which rules a document is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A spec of ours: all of them.
    Spec,
    /// A document from elsewhere: not those that judge our own specs (see [`Group::is_for_specs_alone`]).
    ///
    /// [`Group::is_for_specs_alone`]: crate::rule::Group::is_for_specs_alone
    Document,
}

/// What is wrong with a document as it stands.
pub(crate) fn document(document: &Document, scope: Scope) -> Vec<Diagnostic> {
    let nodes = objects::list(&document.root);
    let mut found = Vec::new();
    servers::check(&nodes, &mut found);
    constraints::check(&nodes, &mut found);
    endless::check(&nodes, &mut found);
    leads::check(&document.root, &nodes, &mut found);
    components::check(&document.root, &nodes, &mut found);
    samples::check(&document.root, &nodes, &mut found);
    formats::check(&nodes, scope, &mut found);
    media_types::check(&nodes, &mut found);
    let view = View::new(&nodes);
    scopes::check(&view, &mut found);
    if scope == Scope::Spec {
        safety::check(&view, &mut found);
        transcription::check(&view, &mut found);
        rust_names::check(&nodes, &mut found);
        collisions::check(&document.root, &nodes, &mut found);
        // Operations on one path get along in a client, whatever their parameters are called.
        openapi::check(&nodes, &mut found);
    }
    found
}

/// Texts that are named like secrets and are not marked as such, unless that is accepted.
pub(crate) fn unmarked_secrets(root: &Value) -> Vec<UnmarkedSecret> {
    let mut secrets = safety::unmarked_secrets(&View::new(&objects::list(root)));
    let found = apply(root, secrets.iter().map(|secret| secret.finding.clone()).collect(), false);
    secrets.retain(|secret| found.contains(&secret.finding));
    secrets
}

/// What is wrong with what a client would look like in Rust.
pub(crate) fn surface(lowered: &Lowered, scope: Scope) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if scope == Scope::Spec {
        collisions::check_made_up(&lowered.notes, &mut found);
    }
    found
}
