//! The rules about valid OpenAPI that may not be what was meant. Each rule is explained by its page
//! in `openapi/rules/`.

mod acceptances;
mod colliding_credentials;
mod collisions;
mod components;
mod constraints;
mod dangling;
mod encodings;
mod examples;
mod formats;
mod infinite_schemas;
mod media_types;
mod null_in_forms;
mod openapi;
mod patterns;
mod rust_names;
mod safety;
mod scopes;
mod servers;
mod split_words;
mod strings;
mod successes;
mod transcription;
mod view;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::load::Document;
use crate::objects;
use crate::policy::Policy;
use examples::Dialect;
use view::View;

pub use examples::{Checker, Way};

pub(crate) use components::used as used_components;
pub(crate) use safety::UnmarkedSecret;

/// Returns the findings about a document, by the rules that its policy applies.
#[must_use]
pub fn lint(document: &Document) -> Vec<Diagnostic> {
    let nodes = objects::list(&document.root);
    let mut found = Vec::new();
    servers::check(&document.root, &nodes, &mut found);
    constraints::check(&nodes, document.policy, &mut found);
    infinite_schemas::check(&nodes, &mut found);
    dangling::check(&document.root, &nodes, &mut found);
    let as_3_1 = document.as_3_1.as_ref().map(|root| (root, objects::list(root)));
    let as_written = as_3_1.as_ref().map(|(root, nodes)| (*root, nodes.as_slice()));
    components::check((&document.root, &nodes), as_written, &mut found);
    match &as_written {
        Some((root, nodes)) => examples::check(root, nodes, Dialect::OpenApi3_1, &mut found),
        None => examples::check(&document.root, &nodes, Dialect::OpenApi3_0, &mut found),
    }
    formats::check(&nodes, document.policy, &mut found);
    media_types::check(&nodes, &mut found);
    patterns::check(&nodes, &mut found);
    encodings::check(&document.root, &nodes, &mut found);
    null_in_forms::check(&document.root, &nodes, &mut found);
    let view = View::new(&nodes);
    scopes::check(&view, document, &mut found);
    successes::check(&view, &mut found);
    colliding_credentials::check(&view, &mut found);
    if document.policy == Policy::Refuse {
        safety::check(&view, &mut found);
        transcription::check(&view, &mut found);
        examples::check_properties(&document.root, &nodes, &mut found);
        rust_names::check(&nodes, &mut found);
        collisions::check(&document.root, &nodes, &mut found);
        // Operations on one path get along in a client, whatever their parameters are called.
        openapi::check(&nodes, &mut found);
    }
    found
}

/// Removes the findings that the document accepts, and reports malformed acceptances. Unused
/// acceptances are reported if the findings are `complete`. Only specs accept findings.
#[must_use]
pub fn accept(document: &Document, found: Vec<Diagnostic>, complete: bool) -> Vec<Diagnostic> {
    match document.policy {
        Policy::Refuse => acceptances::apply(&document.root, found, complete),
        Policy::Repair => found,
    }
}

/// Returns the strings that are named like secrets and not marked as such, except for accepted
/// ones.
pub(crate) fn unmarked_secrets(root: &Value) -> Vec<UnmarkedSecret> {
    let mut secrets = safety::unmarked_secrets(&View::new(&objects::list(root)));
    let found = acceptances::apply(
        root,
        secrets.iter().map(|secret| secret.finding.clone()).collect(),
        false,
    );
    secrets.retain(|secret| found.contains(&secret.finding));
    secrets
}
