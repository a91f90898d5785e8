//! Merges a vendor's document and the files that it refers to into one document.
//!
//! A value in another file becomes a component, or is inlined if `components` has no section for
//! it. Schemas in different files may therefore refer to each other recursively. A component that
//! is only a reference to another file keeps its name and is replaced by what it refers to. Each
//! inclusion leaves a note. A reference that cannot be resolved stays, is reported, and is cut by
//! the repair. Documents without such references are unchanged.

mod address;
mod files;
mod visit;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::naming::UniqueNames;
use crate::notes::Notes;
use crate::objects::Kind;
use crate::pointer;
use crate::rule::Rule;
use crate::source::SpecSource;
use crate::words::quote;
use address::{Address, FileTarget};
use files::Files;
use visit::Position;

pub use address::files_referred_to;

/// Name of the pass in notes.
const PASS: &str = "external_references";

/// The kinds of objects that `components` has a section for.
const COMPONENTS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];

/// A component that still has to be copied from a file.
struct Waiting {
    kind: Kind,
    address: Address,
    pointer: String,
}

/// The state of the merge.
struct Bundle<'b> {
    /// The path of the document itself among the files.
    document: &'b str,
    files: Files,
    /// The pointers of values that are or will be in `components`, by section and address.
    placed: BTreeMap<(&'static str, Address), String>,
    names: BTreeMap<&'static str, UniqueNames>,
    waiting: Vec<Waiting>,
    /// The number of inlined values.
    written_out: usize,
    notes: &'b mut Notes,
    missing: Vec<Diagnostic>,
}

/// Includes the targets of a document's references. Returns the references that cannot be resolved.
pub(crate) fn run(root: &mut Value, source: &SpecSource, notes: &mut Notes) -> Vec<Diagnostic> {
    let mut is_split = false;
    address::references(root, &mut |reference| {
        is_split |= leaves(&source.referenced.document, reference)
    });
    if !is_split {
        return Vec::new();
    }
    let mut bundle = Bundle {
        document: &source.referenced.document,
        files: Files::new(source, root),
        placed: BTreeMap::new(),
        names: BTreeMap::new(),
        waiting: Vec::new(),
        written_out: 0,
        notes,
        missing: Vec::new(),
    };
    bundle.find_components();
    bundle.visit(root, Kind::OpenApi, &Position::root(&source.referenced.document));
    while let Some(next) = bundle.waiting.pop() {
        let Some(mut component) = bundle.copy(&next.address, next.kind) else { continue };
        bundle.visit(&mut component, next.kind, &Position::new(&next.address.file, &next.pointer));
        insert(root, &next.pointer, component);
    }
    bundle.missing
}

/// Returns true if a reference points to a file, or is meant to.
fn leaves(place: &str, reference: &str) -> bool {
    !reference.starts_with('#') && address::target_of(place, reference) != FileTarget::Other
}

/// Adds a component, and its section if there is none.
fn insert(root: &mut Value, at: &str, component: Value) {
    let mut holder = root;
    let steps: Vec<String> = at.split('/').skip(1).map(pointer::unescape).collect();
    let Some((name, outer)) = steps.split_last() else { return };
    for step in outer {
        let Some(members) = holder.as_object_mut() else { return };
        holder = members.entry(step).or_insert_with(|| json!({}));
    }
    if let Some(members) = holder.as_object_mut() {
        members.insert(name.clone(), component);
    }
}

impl Bundle<'_> {
    /// Collects the names of the document's components, and finds those that refer to other files.
    fn find_components(&mut self) {
        for kind in COMPONENTS {
            let Some(section) = crate::objects::section(kind) else { continue };
            let pointer = format!("/components/{section}");
            let mut names = UniqueNames::default();
            for name in self.names_at(&pointer) {
                names.take(&name);
                let pointer = pointer::child(&pointer, &name);
                let address = Address { file: self.document.to_owned(), pointer: pointer.clone() };
                if let Ok(origin) = self.files.locate(&address)
                    && origin.file != self.document
                {
                    self.placed.entry((section, origin)).or_insert(pointer);
                }
            }
            self.names.insert(section, names);
        }
    }

    /// Returns the keys of an object of the document. The object may be a reference itself.
    fn names_at(&self, pointer: &str) -> Vec<String> {
        let address = Address { file: self.document.to_owned(), pointer: pointer.to_owned() };
        let found = self.files.locate(&address).ok().and_then(|address| self.files.value(&address));
        found.and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect()
    }

    /// Returns the pointer of the component for a value in a file, and schedules the copy if there
    /// is none.
    fn component(&mut self, kind: Kind, address: &Address) -> Option<String> {
        let section = crate::objects::section(kind)?;
        let key = (section, address.clone());
        if let Some(pointer) = self.placed.get(&key) {
            return Some(pointer.clone());
        }
        let name = self.names.entry(section).or_default().take(&address.name());
        let pointer = pointer::child(&format!("/components/{section}"), &name);
        self.notes.add(PASS, &pointer, format!("is taken from {}", quote(&address.reference())));
        self.placed.insert(key, pointer.clone());
        self.waiting.push(Waiting { kind, address: address.clone(), pointer: pointer.clone() });
        Some(pointer)
    }

    /// Copies the value at an address without the definitions of a schema. Those that are used
    /// become components.
    fn copy(&self, address: &Address, kind: Kind) -> Option<Value> {
        let mut copy = self.files.value(address)?.clone();
        if let Some(members) = copy.as_object_mut().filter(|_| kind == Kind::Schema) {
            members.remove("$defs");
            members.remove("definitions");
        }
        Some(copy)
    }

    /// Adds a note and a finding about a reference in `file` that cannot be resolved.
    fn miss(&mut self, file: &str, reference: &str, at: &str, problem: &str) {
        self.notes.add(PASS, at, format!("{} is not included: {problem}", quote(reference)));
        let inside =
            if file == self.document { String::new() } else { format!(" in {}", quote(file)) };
        self.missing.push(Diagnostic {
            rule: Rule::MissingFile,
            subject: Subject::Name(reference.to_owned()),
            location: Location::Pointer(pointer::child(at, "$ref")),
            what: format!("The reference {}{inside} cannot be resolved.", quote(reference)),
            why: "The client takes a missing schema as any JSON, and leaves out what needs another missing object."
                .into(),
            help: format!("{problem} Add what is missing, or correct the reference."),
        });
    }
}
