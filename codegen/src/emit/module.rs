//! Emits the module of one API, and the tests that its samples make.

use proc_macro2::TokenStream;
use syn::{File, Item, parse_quote};

use super::imports::file;
use super::tokens::source_sentence;
use super::{client, credentials, headers, operations, outcomes, sample_calls, samples};
use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::doc_text::sanitize;
use crate::format::{parsed, rust_file};
use crate::side_by_side::{self, Job};
use crate::tree::FileTree;

/// A path, and the file there if there is anything to put into it.
type Emitted = Result<Option<(String, String)>, Diagnostic>;

/// A file of the module: its name, what it is for, and what emits it.
type Part = (&'static str, &'static str, fn(&Api) -> Option<TokenStream>);

const PARTS: [Part; 5] = [
    ("client", "The client.", |api| Some(client::emit(api))),
    ("operations", operations::PURPOSE, |api| Some(operations::emit(api))),
    ("credentials", credentials::PURPOSE, credentials::emit),
    ("headers", headers::PURPOSE, headers::emit),
    ("outcomes", outcomes::PURPOSE, outcomes::emit),
];

/// All files of one API, which are made side by side; `types` gives its hardened types.
///
/// # Errors
/// Those of `types`, and when something that was emitted is no Rust.
pub fn module(api: &Api, types: impl FnOnce() -> Result<Vec<Item>, Diagnostic> + Send) -> Result<FileTree, Diagnostic> {
    let origin = format!("specs/{}.yaml", api.name);
    let source = |name: &str, file: File| (format!("src/{}/{name}.rs", api.name), rust_file(&origin, file));
    let mut jobs: Vec<Job<'_, Emitted>> = vec![Box::new(|| {
        let types = types()?;
        let purpose = "The types of what is sent and received.";
        Ok((!types.is_empty()).then(|| source("types", file(api, purpose, types))))
    })];
    for (name, purpose, emit) in PARTS {
        jobs.push(Box::new(move || {
            let Some(code) = emit(api) else { return Ok(None) };
            Ok(Some(source(name, file(api, purpose, parsed(code)?.items))))
        }));
    }
    jobs.push(Box::new(|| {
        let tests = samples::emit(api)?;
        Ok(tests.map(|file| (format!("tests/{}.rs", api.name), rust_file(&origin, file))))
    }));
    jobs.push(Box::new(|| {
        let calls = sample_calls::emit(api)?;
        Ok(Some((format!("sample_calls/{}.rs", api.name), rust_file(&origin, calls))))
    }));
    let mut files = FileTree::new();
    for emitted in side_by_side::run(jobs) {
        files.extend(emitted?);
    }
    let root = root(api, &files);
    files.extend([source("mod", root)]);
    Ok(files)
}

/// What the module consists of, as far as there is a file for it.
fn root(api: &Api, files: &FileTree) -> File {
    let mut names: Vec<&str> = PARTS.iter().map(|(name, ..)| *name).chain(["types"]).collect();
    names.retain(|name| *name != "client" && files.contains_key(&format!("src/{}/{name}.rs", api.name)));
    let public: Vec<_> = names.into_iter().map(super::tokens::ident).collect();
    let title = format!(" {}, version {}.", sanitize(&api.title), sanitize(&api.version));
    let description = format!(" {}", sanitize(&api.description));
    let source = format!(" {}", source_sentence(api));
    parse_quote! {
        #![doc = #title]
        #![doc = ""]
        #![doc = #description]
        #![doc = ""]
        #![doc = #source]

        mod client;
        #(pub mod #public;)*

        pub use client::Client;
    }
}
