//! Emits the module of one API, and the tests that its samples make.

use syn::{File, Item, parse_quote};

use super::source_file::{Items, head};
use super::tokens::source_sentence;
use super::{client, credentials, headers, operations, outcomes, sample_calls, samples};
use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::doc_text::sanitize;
use crate::format::rust_file;
use crate::package::Package;
use crate::side_by_side::{self, Job};
use crate::tree::FileTree;

/// A path, and the file there if there is anything to put into it.
type Emitted = Result<Option<(String, String)>, Diagnostic>;

/// A file of the module: its name, what it is for, and what emits it.
type Part = (&'static str, &'static str, fn(&Api, &mut Items) -> Result<(), Diagnostic>);

const CLIENT: &str = "The client.";

const PARTS: [Part; 4] = [
    ("operations", operations::PURPOSE, operations::emit),
    ("credentials", credentials::PURPOSE, credentials::emit),
    ("headers", headers::PURPOSE, headers::emit),
    ("outcomes", outcomes::PURPOSE, outcomes::emit),
];

/// All files of one API, which are made side by side; `types` gives its hardened types.
///
/// # Errors
/// Those of `types`, and when something that was emitted is no Rust.
pub fn module(
    package: &Package,
    api: &Api,
    types: impl FnOnce() -> Result<Vec<Item>, Diagnostic> + Send,
) -> Result<FileTree, Diagnostic> {
    let origin = format!("specs/{}.yaml", api.name);
    let path = |name: &str| format!("src/{}/{name}.rs", api.name);
    let source = |name: &str, purpose: &str, items: Items| {
        let head = head(api, purpose, &items);
        (!items.is_empty()).then(|| (path(name), items.below(&origin, head)))
    };
    let (source, origin) = (&source, &origin);
    let mut jobs: Vec<Job<'_, Emitted>> = vec![Box::new(move || {
        let mut items = Items::default();
        items.add_items(types()?);
        Ok(source("types", "The types of what is sent and received.", items))
    })];
    jobs.push(Box::new(move || {
        let mut items = Items::default();
        items.add(client::emit(package, api))?;
        Ok(source("client", CLIENT, items))
    }));
    for (name, purpose, emit) in PARTS {
        jobs.push(Box::new(move || {
            let mut items = Items::default();
            emit(api, &mut items)?;
            Ok(source(name, purpose, items))
        }));
    }
    jobs.push(Box::new(move || {
        Ok(samples::emit(package, api, origin)?.map(|text| (format!("tests/{}.rs", api.name), text)))
    }));
    jobs.push(Box::new(move || {
        Ok(Some((format!("sample_calls/{}.rs", api.name), sample_calls::emit(package, api, origin)?)))
    }));
    let mut files = FileTree::new();
    for emitted in side_by_side::run(jobs) {
        files.extend(emitted?);
    }
    let root = root(api, &files);
    files.insert(path("mod"), rust_file(origin, root));
    Ok(files)
}

/// What the module consists of, as far as there is a file for it.
fn root(api: &Api, files: &FileTree) -> File {
    let mut names: Vec<&str> = PARTS.iter().map(|(name, ..)| *name).chain(["types"]).collect();
    names.retain(|name| files.contains_key(&format!("src/{}/{name}.rs", api.name)));
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
