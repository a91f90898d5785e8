//! Turns OpenAPI specs into a hardened Rust client: spec text in, file tree out.
//!
//! [`generate`] is the data flow. Nothing here reads files, the environment, a clock or a network; `xtask` does.

#![warn(clippy::disallowed_methods)]

pub mod api;
pub mod diagnostic;
mod doc_text;
pub mod emit;
mod format;
mod harden;
pub mod lower;
mod naming;
pub mod parse;
pub mod plan;
pub mod report;
pub mod source;
pub mod tree;

use std::collections::BTreeSet;

use diagnostic::Diagnostic;
use lower::Lowered;
use source::SpecSource;
use tree::FileTree;

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
}

/// A spec that no client can be made of, and why.
#[derive(Debug)]
pub struct Rejected {
    /// The spec.
    pub source: SpecSource,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Generates the client crate for `sources`, whose order makes no difference.
///
/// # Errors
/// Every spec that no client can be made of, with what is wrong with it.
pub fn generate(mut sources: Vec<SpecSource>) -> Result<Generated, Vec<Rejected>> {
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let mut apis = Vec::new();
    let mut files = FileTree::new();
    let mut rejected = Vec::new();
    let mut names = BTreeSet::new();
    for source in sources {
        if !names.insert(source.stem().to_owned()) {
            let diagnostics = vec![source.repeated_name()];
            rejected.push(Rejected { source, diagnostics });
            continue;
        }
        match generate_api(source) {
            Ok((lowered, api_files)) => {
                apis.push(lowered);
                files.extend(api_files);
            }
            Err(rejection) => rejected.push(rejection),
        }
    }
    if !rejected.is_empty() {
        return Err(rejected);
    }
    let package = emit::package(apis.iter().map(|lowered| &lowered.api));
    files.extend(package.map_err(|diagnostic| {
        let source = SpecSource { path: "specs".to_owned(), text: String::new() };
        vec![Rejected { source, diagnostics: vec![diagnostic] }]
    })?);
    Ok(Generated { files, apis })
}

/// The stages that one spec goes through.
fn generate_api(source: SpecSource) -> Result<(Lowered, FileTree), Rejected> {
    if let Some(diagnostic) = source.bad_name() {
        return Err(Rejected { source, diagnostics: vec![diagnostic] });
    }
    let document = parse::parse(source)?;
    let reject = |diagnostics| Rejected { source: document.source.clone(), diagnostics };
    let lowered = lower::lower(&document).map_err(reject)?;
    let types = emit::types(&lowered).map_err(|diagnostic| reject(vec![diagnostic]))?;
    let types = harden::harden(&lowered.api, types).map_err(|diagnostic| reject(vec![diagnostic]))?;
    let files = emit::module(&lowered.api, types).map_err(|diagnostic| reject(vec![diagnostic]))?;
    Ok((lowered, files))
}
