//! Emits the module of an API, and the tests of its examples.

use std::collections::BTreeMap;

use syn::{File, Item, parse_quote};

use super::constructors::default_server;
use super::example_tests::ExampleTest;
use super::origins::origins;
use super::source_file::{Items, head};
use super::{client, credentials, example_tests, headers, operations, outcomes, sample_calls};
use crate::api::Api;
use crate::file_tree::FileTree;
use crate::format::rust_file;
use crate::package::Package;
use crate::parallel::{self, Job};
use crate::surface::{PublicItem, Surface, public_items};
use crate::tokens::source_sentence;
use openapi::diagnostic::Diagnostic;
use openapi::markdown::sanitize;

/// The module of one API.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its files, tests and sample calls.
    pub files: FileTree,
    /// Its public items.
    pub surface: Surface,
    /// The tests of its examples.
    pub examples: Vec<ExampleTest>,
}

/// An emitted file, its public items and its tests of examples.
struct Emitted {
    path: String,
    text: String,
    public: Vec<PublicItem>,
    examples: Vec<ExampleTest>,
}

impl Emitted {
    fn new(path: String, text: String) -> Self {
        Self { path, text, public: Vec::new(), examples: Vec::new() }
    }
}

/// A file, or `None` if it would be empty.
type Outcome = Result<Option<Emitted>, Diagnostic>;

/// A file of the module: its name, its purpose, and its emitter.
type ModuleFile = (&'static str, &'static str, fn(&Api, &mut Items) -> Result<(), Diagnostic>);

const CLIENT: &str = "The client.";

const MODULE_FILES: [ModuleFile; 4] = [
    ("operations", operations::PURPOSE, operations::emit),
    ("credentials", credentials::PURPOSE, credentials::emit),
    ("headers", headers::PURPOSE, headers::emit),
    ("outcomes", outcomes::PURPOSE, outcomes::emit),
];

/// Emits all files of an API, in parallel. `types` returns its hardened types.
///
/// # Errors
/// Returns the errors of `types`, and code that is not valid Rust.
pub fn module(
    package: &Package,
    api: &Api,
    types: impl FnOnce() -> Result<Vec<Item>, Diagnostic> + Send,
) -> Result<Module, Diagnostic> {
    let origin = format!("specs/{}.yaml", api.name);
    let path = |name: &str| format!("src/{}/{name}.rs", api.name);
    let source = |name: &str, purpose: &str, mut items: Items| {
        let head = head(api, purpose, &items);
        let public = items.take_public();
        (!items.is_empty())
            .then(|| Emitted { public, ..Emitted::new(path(name), items.below(&origin, head)) })
    };
    let (source, origin) = (&source, &origin);
    let mut jobs: Vec<Job<'_, Outcome>> = vec![Box::new(move || {
        let mut items = Items::of_module("types");
        items.add_items(types()?);
        Ok(source("types", "The types of the document's schemas.", items))
    })];
    jobs.push(Box::new(move || {
        let mut items = Items::default();
        items.add(client::emit(package, api))?;
        Ok(source("client", CLIENT, items))
    }));
    for (name, purpose, emit) in MODULE_FILES {
        jobs.push(Box::new(move || {
            let mut items = Items::of_module(name);
            emit(api, &mut items)?;
            Ok(source(name, purpose, items))
        }));
    }
    jobs.push(Box::new(move || {
        let (text, examples) = example_tests::emit(package, api, origin)?;
        let path = format!("tests/{}.rs", api.name);
        Ok(text.map(|text| Emitted { examples, ..Emitted::new(path, text) }))
    }));
    jobs.push(Box::new(move || {
        let text = sample_calls::emit(package, api, origin)?;
        Ok(Some(Emitted::new(format!("sample_calls/{}.rs", api.name), text)))
    }));
    let (mut files, mut public, mut examples) = (FileTree::new(), BTreeMap::new(), Vec::new());
    for outcome in parallel::run(jobs) {
        let Some(emitted) = outcome? else { continue };
        public.insert(emitted.path.clone(), emitted.public);
        examples.extend(emitted.examples);
        files.insert(emitted.path, emitted.text);
    }
    let root = root(api, &files);
    public.insert(path("mod"), public_items("", &root.items));
    files.insert(path("mod"), rust_file(origin, root));
    let surface = Surface::new(public.into_values().flatten().collect(), origins(api));
    files.extend([surface.names_file(&api.name, origin)]);
    Ok(Module { files, surface, examples })
}

/// Emits the root of the module, which declares the files that there are.
fn root(api: &Api, files: &FileTree) -> File {
    let mut names: Vec<&str> =
        MODULE_FILES.iter().map(|(name, ..)| *name).chain(["types"]).collect();
    names.retain(|name| files.contains_key(&format!("src/{}/{name}.rs", api.name)));
    let public: Vec<_> = names.into_iter().map(crate::tokens::ident).collect();
    let title = format!(" {}, version {}.", sanitize(&api.title), sanitize(&api.version));
    let description = format!(" {}", sanitize(&api.description));
    let source = format!(" {}", source_sentence(api));
    let default_server = default_server(api);
    parse_quote! {
        #![doc = #title]
        #![doc = ""]
        #![doc = #description]
        #![doc = ""]
        #![doc = #source]

        mod client;
        #(pub mod #public;)*

        pub use client::Client;
        #default_server
    }
}
