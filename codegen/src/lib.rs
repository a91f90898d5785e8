//! Turns OpenAPI specs into a hardened Rust client: spec text in, file tree out.
//!
//! [`generate`] is the data flow. Nothing here reads files, the environment, a clock or a network; `xtask` does.

#![warn(clippy::disallowed_methods)]

pub mod api;
mod contents;
pub mod diagnostic;
mod doc_text;
pub mod emit;
mod format;
mod harden;
pub mod import;
pub mod lint;
pub mod lower;
pub mod memory;
mod naming;
pub mod parse;
pub mod plan;
mod repair;
pub mod report;
pub mod rule;
mod side_by_side;
pub mod snapshots;
pub mod source;
pub mod surface;
pub mod tree;

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use diagnostic::Diagnostic;
use lint::Scope;
use lower::Lowered;
use parse::Document;
use rule::{Rule, Severity};
use side_by_side::Job;
use source::SpecSource;
use tree::FileTree;

pub use contents::Contents;
pub use surface::changed_names;

/// Package that consumers depend on.
pub const PACKAGE: &str = "oauth-token-clients";
/// Package that the generated code stands on.
pub const RUNTIME_PACKAGE: &str = "oauth-token-clients-runtime";
/// The same as a Rust path.
pub const RUNTIME_CRATE: &str = "oauth_token_clients_runtime";

/// What the pipeline makes of all specs.
pub struct Generated {
    /// Everything under `generated/`.
    pub files: FileTree,
    /// One for each spec, sorted by name.
    pub apis: Vec<Lowered>,
    /// What each of their documents holds, in the same order.
    pub contents: Vec<Contents>,
    /// One for each spec with warnings, sorted by name.
    pub warnings: Vec<Findings>,
}

/// What was found in one spec.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The spec.
    pub source: SpecSource,
    /// What was found in it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Findings {
    /// Whether no client can be generated.
    #[must_use]
    pub fn have_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// What the pipeline makes of one spec.
#[derive(Clone)]
struct Client {
    /// Nothing if there are errors.
    api: Option<(Lowered, FileTree, Contents)>,
    findings: Findings,
}

/// Generates the client crate for `sources`, whose order makes no difference.
///
/// # Errors
/// Everything found in any of the specs, if there is one that no client can be made of.
pub fn generate(sources: Vec<SpecSource>, scope: Scope) -> Result<Generated, Vec<Findings>> {
    assemble(sources, |sources| {
        let job = |source| -> Job<'_, Client> { Box::new(move || generate_client(source, scope)) };
        side_by_side::run(sources.into_iter().map(job).collect())
    })
}

/// Makes one crate of the clients of all specs, which `clients_of` generates.
fn assemble(
    mut sources: Vec<SpecSource>,
    clients_of: impl FnOnce(Vec<SpecSource>) -> Vec<Client>,
) -> Result<Generated, Vec<Findings>> {
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let mut names = BTreeSet::new();
    let (sources, repeated): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| names.insert(source.stem().to_owned()));
    let (mut apis, mut contents) = (Vec::new(), Vec::new());
    let mut files = FileTree::new();
    let mut findings = Vec::new();
    for source in repeated {
        let diagnostics = vec![source.repeated_name()];
        findings.push(Findings { source, diagnostics });
    }
    for client in clients_of(sources) {
        if let Some((lowered, api_files, held)) = client.api {
            apis.push(lowered);
            contents.push(held);
            files.extend(api_files);
        }
        findings.extend(Some(client.findings).filter(|found| !found.diagnostics.is_empty()));
    }
    findings.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    if findings.iter().any(Findings::have_errors) {
        return Err(findings);
    }
    match emit::package(apis.iter().map(|lowered| &lowered.api), &files) {
        Ok(package) => files.extend(package),
        Err(diagnostic) => {
            let source = SpecSource::new("specs", "");
            findings.push(Findings { source, diagnostics: vec![diagnostic] });
            return Err(findings);
        }
    }
    Ok(Generated { files, apis, contents, warnings: findings })
}

/// Everything that is found in `sources`, whose order makes no difference.
#[must_use]
pub fn lint(sources: Vec<SpecSource>, scope: Scope) -> Vec<Findings> {
    generate(sources, scope).map_or_else(|findings| findings, |generated| generated.warnings)
}

/// The same, and the public names of `before`, the files on disk, that a consumer would miss in what `sources` give.
#[must_use]
pub fn lint_against(sources: Vec<SpecSource>, scope: Scope, before: &FileTree) -> Vec<Findings> {
    let by_stem: BTreeMap<String, SpecSource> =
        sources.iter().map(|source| (source.stem().to_owned(), source.clone())).collect();
    let generated = match generate(sources, scope) {
        Ok(generated) => generated,
        Err(findings) => return findings,
    };
    let mut found = generated.warnings;
    for lowered in &generated.apis {
        let Some(source) = by_stem.get(&lowered.api.name) else { continue };
        let diagnostics = lint::changed_names(lowered, before, &generated.files);
        match found.iter_mut().find(|findings| findings.source.path == source.path) {
            Some(findings) => findings.diagnostics.extend(diagnostics),
            None if diagnostics.is_empty() => {}
            None => found.push(Findings { source: source.clone(), diagnostics }),
        }
    }
    found
}

/// Generates the client of one spec. Without errors there is one. A panic on the way is a finding, too.
fn generate_client(source: SpecSource, scope: Scope) -> Client {
    let outcome = catch_unwind(AssertUnwindSafe(|| stages(source.clone(), scope)));
    outcome.unwrap_or_else(|panic| {
        let diagnostics = vec![panicked(panic.as_ref())];
        Client { api: None, findings: Findings { source, diagnostics } }
    })
}

/// That a stage panicked, which is a mistake of the generator.
fn panicked(panic: &(dyn Any + Send)) -> Diagnostic {
    let message = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    Diagnostic::stopped(&format!("it panicked with \"{}\"", message.unwrap_or("no message")))
}

/// The stages that one spec goes through.
fn stages(source: SpecSource, scope: Scope) -> Client {
    if let Some(diagnostic) = source.bad_file(scope) {
        return Client { api: None, findings: Findings { source, diagnostics: vec![diagnostic] } };
    }
    let document = match parse::parse(source, scope) {
        Ok(document) => document,
        Err(findings) => return Client { api: None, findings },
    };
    let mut diagnostics = document.warnings.clone();
    let (found, api) = side_by_side::both(|| lint::document(&document, scope), || generate_files(&document));
    diagnostics.extend(found);
    match &api {
        Ok((lowered, _)) => {
            diagnostics.extend_from_slice(&lowered.left_out);
            diagnostics.extend(lint::surface(lowered, scope));
        }
        Err(errors) => diagnostics.extend_from_slice(errors),
    }
    if scope == Scope::Spec {
        diagnostics = lint::apply(&document.root, diagnostics, api.is_ok());
    }
    let contents = contents::of(&document.root, &diagnostics);
    let findings = Findings { source: document.source, diagnostics };
    let api = api.ok().filter(|_| !findings.have_errors());
    Client { api: api.map(|(lowered, files)| (lowered, files, contents)), findings }
}

fn generate_files(document: &Document) -> Result<(Lowered, FileTree), Vec<Diagnostic>> {
    let lowered = lower::lower(document)?;
    emit_files(lowered, document.scope).map_err(|diagnostic| vec![diagnostic])
}

/// Emits all files. In a document from elsewhere a schema that progenitor refuses is taken as any JSON.
fn emit_files(mut lowered: Lowered, scope: Scope) -> Result<(Lowered, FileTree), Diagnostic> {
    loop {
        let types = || harden::harden(&lowered.api, emit::types(&lowered)?);
        let refusal = match emit::module(&lowered.api, types) {
            Ok(files) => return Ok((lowered, files)),
            Err(refusal) => refusal,
        };
        let pointer = refusal.location.pointer().filter(|_| refusal.rule == Rule::ProgenitorRefused);
        if scope == Scope::Spec || !pointer.is_some_and(|pointer| lowered.take_as_any_json(pointer)) {
            return Err(refusal);
        }
    }
}
