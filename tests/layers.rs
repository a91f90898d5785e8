//! Tests the layers of each crate: a room, which is a top-level module of the crate, uses only
//! itself and the rooms below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use contract_tests::specs::root;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{ItemMod, ItemUse, Macro, UseTree};

/// The rooms of a crate from the bottom up.
struct Layers {
    folder: &'static str,
    rooms: &'static [&'static str],
}

const OPENAPI: Layers = Layers {
    folder: "openapi/src",
    rooms: &[
        "words",
        "path_template",
        "pointer",
        "naming",
        "markdown",
        "media_type",
        "object",
        "integers",
        "matching",
        "reference",
        "servers",
        "secrets",
        "extensions",
        "rule",
        "policy",
        "diagnostic",
        "notes",
        "source",
        "findings",
        "components",
        "objects",
        "walk",
        "marks",
        "yaml",
        "check",
        "anchors",
        "bundle",
        "repair",
        "load",
        "lint",
        "import",
        "report",
    ],
};

const CODEGEN: Layers = Layers {
    folder: "codegen/src",
    rooms: &[
        "file_tree",
        "package",
        "parallel",
        "schema",
        "api",
        "lower",
        "samples",
        "format",
        "surface",
        "tokens",
        "harden",
        "emit",
        "plan",
        "inventory",
        "client_rules",
        "progress",
        "generate",
        "cache",
        "snapshots",
    ],
};

const CHANGES: Layers = Layers {
    folder: "changes/src",
    rooms: &["version", "rule", "change", "bump", "state", "compare", "report"],
};

const RUNTIME: Layers = Layers {
    folder: "runtime/src",
    rooms: &[
        "objects",
        "secrets",
        "url_encoding",
        "transport",
        "credentials",
        "retry",
        "hooks",
        "connection",
        "request",
        "response",
        "errors",
        "exchange",
        "paging",
        "blocking",
    ],
};

const XTASK: Layers = Layers {
    folder: "xtask/src",
    rooms: &["exit", "io", "findings", "child", "edit", "commands", "arguments"],
};

/// A collector of the paths that a module uses.
#[derive(Default)]
struct Uses {
    /// The current module, as a path from the root of the crate.
    module: Vec<String>,
    /// The first step behind `crate` of each path.
    rooms: BTreeSet<String>,
}

impl Uses {
    /// Collects a path, whose first segments determine its start.
    fn path(&mut self, path: &[String]) {
        let mut at = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return,
        };
        let mut steps =
            path.iter().skip_while(|step| *step == "crate" || *step == "self").peekable();
        while steps.next_if(|step| *step == "super").is_some() {
            at.pop();
        }
        at.extend(steps.cloned());
        self.rooms.extend(at.into_iter().next());
    }

    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.path(&with(name.ident.to_string())),
            UseTree::Rename(name) => self.path(&with(name.ident.to_string())),
            UseTree::Glob(_) => self.path(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(before, tree)),
        }
    }

    /// Collects the paths among the tokens of a macro's arguments.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Ident(name) => path.push(name.to_string()),
                TokenTree::Punct(colon) if colon.as_char() == ':' && !path.is_empty() => {}
                other => {
                    self.path(&path);
                    path.clear();
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.path(&path);
    }
}

impl Visit<'_> for Uses {
    fn visit_item_use(&mut self, item: &ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let steps: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&steps);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &Macro) {
        // What is quoted is code of another crate.
        let name = called
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default();
        if !name.contains("quote") {
            self.tokens(called.tokens.clone());
        }
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

/// Returns the module path of a file below `src`.
fn module(path: &Path) -> Vec<String> {
    let steps = path
        .with_extension("")
        .components()
        .map(|step| step.as_os_str().to_string_lossy().into_owned())
        .collect();
    let mut steps: Vec<String> = steps;
    if steps.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        steps.pop();
    }
    steps
}

/// Returns the rooms that a source text uses.
fn uses(module: Vec<String>, text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).expect("a source file is Rust");
    let mut uses = Uses { module, rooms: BTreeSet::new() };
    uses.visit_file(&file);
    uses.rooms
}

/// Returns the uses of a room above, or of a module that is not a room.
fn wrong_arrows(layers: &Layers, files: &[(Vec<String>, String)]) -> BTreeSet<String> {
    let level = |room: &str| layers.rooms.iter().position(|known| *known == room);
    let mut wrong = BTreeSet::new();
    for (module, text) in files {
        let Some(room) = module.first() else { continue };
        for used in uses(module.clone(), text) {
            if level(room).is_none() || level(&used) > level(room) || level(&used).is_none() {
                wrong.insert(format!("{room} -> {used}"));
            }
        }
    }
    wrong
}

fn files(layers: &Layers) -> Vec<(Vec<String>, String)> {
    let folder = root().join(layers.folder);
    let paths = contract_tests::files::rust_files(&folder);
    let text = |path: &Path| fs::read_to_string(path).expect("a source file is text");
    paths
        .iter()
        .map(|path| {
            (module(path.strip_prefix(&folder).expect("it is below the folder")), text(path))
        })
        .collect()
}

#[track_caller]
fn check(layers: &Layers) {
    let files = files(layers);
    assert_eq!(
        wrong_arrows(layers, &files),
        BTreeSet::new(),
        "{} has arrows that point up",
        layers.folder
    );
    let rooms: BTreeSet<&str> =
        files.iter().filter_map(|(module, _)| module.first()).map(String::as_str).collect();
    assert_eq!(rooms, layers.rooms.iter().copied().collect(), "{} has other rooms", layers.folder);
}

#[test]
fn rooms_of_openapi_use_those_below_them() {
    check(&OPENAPI);
}

#[test]
fn rooms_of_codegen_use_those_below_them() {
    check(&CODEGEN);
}

#[test]
fn rooms_of_changes_use_those_below_them() {
    check(&CHANGES);
}

#[test]
fn rooms_of_the_runtime_use_those_below_them() {
    check(&RUNTIME);
}

#[test]
fn rooms_of_xtask_use_those_below_them() {
    check(&XTASK);
}

/// Every way to name a room is seen.
#[test]
fn an_arrow_that_points_up_is_seen() {
    let layers = Layers { folder: "", rooms: &["low", "high"] };
    for text in [
        "use crate::high;",
        "use crate::{low, high::{self, Thing}};",
        "use super::super::high::Thing;",
        "fn f() { crate::high::call() }",
        "fn f() { assert!(low(), crate::high::NAME) }",
        "#[cfg(test)] mod tests { use super::super::super::high::*; }",
    ] {
        let file = (vec!["low".to_owned(), "part".to_owned()], text.to_owned());
        assert_eq!(
            wrong_arrows(&layers, &[file]),
            BTreeSet::from(["low -> high".to_owned()]),
            "{text}"
        );
    }
    let quoted = (
        vec!["low".to_owned()],
        "use crate::low::other; fn f() { quote!(crate::high) }".to_owned(),
    );
    assert_eq!(wrong_arrows(&layers, &[quoted]), BTreeSet::new());
}
