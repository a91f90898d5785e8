//! Makes one document of a document from elsewhere and the files that it refers to.
//!
//! What stands in another file becomes a component, or is written out where `components` has no section for it; so
//! schemas may refer to each other in circles over files. A component that is nothing but a reference to another file
//! keeps its name and becomes what it refers to. Each inclusion leaves a note. What is not there stays a reference, which
//! the repair cuts, and is a finding. Documents without such references stay as they are.

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
use address::{Address, Lead};
use files::Files;
use visit::Place;

pub use address::files_referred_to;

/// Name of the pass in notes.
const PASS: &str = "external_references";

/// The kinds that `components` has sections for.
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

/// A component that is to be made of what stands in a file.
struct Waiting {
    kind: Kind,
    address: Address,
    pointer: String,
}

/// What is known while a document is put together.
struct Bundle<'b> {
    /// Where the document itself is among the files.
    place: &'b str,
    files: Files,
    /// The pointers of what stands in `components` already, or will, by its section and where it came from.
    placed: BTreeMap<(&'static str, Address), String>,
    names: BTreeMap<&'static str, UniqueNames>,
    waiting: Vec<Waiting>,
    /// How much was written out in place.
    written_out: usize,
    notes: &'b mut Notes,
    missing: Vec<Diagnostic>,
}

/// Includes what the references of a document lead to. Gives what is missing.
pub(crate) fn run(root: &mut Value, source: &SpecSource, notes: &mut Notes) -> Vec<Diagnostic> {
    let mut is_split = false;
    address::references(root, &mut |reference| is_split |= leaves(&source.beside.place, reference));
    if !is_split {
        return Vec::new();
    }
    let mut bundle = Bundle {
        place: &source.beside.place,
        files: Files::new(source, root),
        placed: BTreeMap::new(),
        names: BTreeMap::new(),
        waiting: Vec::new(),
        written_out: 0,
        notes,
        missing: Vec::new(),
    };
    bundle.find_components();
    bundle.visit(root, Kind::OpenApi, &Place::root(&source.beside.place));
    while let Some(next) = bundle.waiting.pop() {
        let Some(mut component) = bundle.copy(&next.address, next.kind) else { continue };
        bundle.visit(&mut component, next.kind, &Place::new(&next.address.file, &next.pointer));
        insert(root, &next.pointer, component);
    }
    bundle.missing
}

/// Whether a reference of the document leads, or is meant to lead, to a file.
fn leaves(place: &str, reference: &str) -> bool {
    !reference.starts_with('#') && address::lead(place, reference) != Lead::Elsewhere
}

/// Adds a component, whose section need not be there yet.
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
    /// Takes the names of the document's components, and finds out which of them are what stands in other files.
    fn find_components(&mut self) {
        for kind in COMPONENTS {
            let Some(section) = crate::objects::section(kind) else { continue };
            let pointer = format!("/components/{section}");
            let mut names = UniqueNames::default();
            for name in self.names_at(&pointer) {
                names.take(&name);
                let pointer = pointer::child(&pointer, &name);
                let address = Address { file: self.place.to_owned(), pointer: pointer.clone() };
                if let Ok(origin) = self.files.locate(&address)
                    && origin.file != self.place
                {
                    self.placed.entry((section, origin)).or_insert(pointer);
                }
            }
            self.names.insert(section, names);
        }
    }

    /// The names of the members of an object of the document, which may be a reference itself.
    fn names_at(&self, pointer: &str) -> Vec<String> {
        let address = Address { file: self.place.to_owned(), pointer: pointer.to_owned() };
        let found = self.files.locate(&address).ok().and_then(|address| self.files.value(&address));
        found.and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect()
    }

    /// The pointer of the component that what stands in a file is or becomes.
    fn component(&mut self, kind: Kind, address: &Address) -> Option<String> {
        let section = crate::objects::section(kind)?;
        let key = (section, address.clone());
        if let Some(pointer) = self.placed.get(&key) {
            return Some(pointer.clone());
        }
        let name = self.names.entry(section).or_default().take(&address.name());
        let pointer = pointer::child(&format!("/components/{section}"), &name);
        self.notes.add(PASS, &pointer, format!("is what stands at {}", quote(&address.reference())));
        self.placed.insert(key, pointer.clone());
        self.waiting.push(Waiting { kind, address: address.clone(), pointer: pointer.clone() });
        Some(pointer)
    }

    /// What stands at an address, without the definitions in a schema: those that are referred to become components.
    fn copy(&self, address: &Address, kind: Kind) -> Option<Value> {
        let mut copy = self.files.value(address)?.clone();
        if let Some(members) = copy.as_object_mut().filter(|_| kind == Kind::Schema) {
            members.remove("$defs");
            members.remove("definitions");
        }
        Some(copy)
    }

    /// Notes and reports that a reference in `file` leads to nothing.
    fn miss(&mut self, file: &str, reference: &str, at: &str, problem: &str) {
        self.notes.add(PASS, at, format!("{} is not included: {problem}", quote(reference)));
        let inside = if file == self.place { String::new() } else { format!(" in {}", quote(file)) };
        self.missing.push(Diagnostic {
            rule: Rule::MissingFile,
            subject: Subject::Name(reference.to_owned()),
            location: Location::Pointer(pointer::child(at, "$ref")),
            what: format!("The reference {}{inside} leads to nothing that is read.", quote(reference)),
            why: "The client takes a schema that is missing as any JSON, and lacks what needs other missing parts."
                .into(),
            help: format!("{problem} Put what is missing where it is looked for, or correct the reference."),
        });
    }
}
