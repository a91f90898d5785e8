//! The origins of a lowered document's named schemas.

use std::collections::BTreeMap;

use openapi::diagnostic::{Diagnostic, Location};
use openapi::notes::{NewName, Notes};
use openapi::pointer;

const SCHEMAS: &str = "/components/schemas";

/// The origins of named schemas, by their new names.
pub(super) struct Origins(BTreeMap<String, Origin>);

enum Origin {
    /// The schema had another name.
    Name(String),
    /// The schema had no name. Its location was this pointer.
    Pointer(String),
}

impl Origins {
    /// Collects the new names that passes have noted.
    pub(super) fn of(notes: &Notes) -> Self {
        let named = notes.iter().filter_map(|note| Some((note, note.new_name.as_ref()?)));
        let origins = named.map(|(note, NewName { before, given, .. })| {
            let origin =
                before.clone().map_or_else(|| Origin::Pointer(note.pointer.clone()), Origin::Name);
            (given.clone(), origin)
        });
        Self(origins.collect())
    }

    /// Returns the JSON pointer that a named schema had in the document as it was read.
    pub(super) fn pointer(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Origin::Name(before)) => pointer::child(SCHEMAS, before),
            Some(Origin::Pointer(stood)) => self.renamed(stood),
            None => pointer::child(SCHEMAS, name),
        }
    }

    /// Returns a pointer into a named schema with the schema's original name.
    pub(super) fn renamed(&self, stood: &str) -> String {
        let Some(inside) = stood.strip_prefix(SCHEMAS).and_then(|rest| rest.strip_prefix('/'))
        else {
            return stood.to_owned();
        };
        let end = inside.find('/').unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        self.pointer(&pointer::unescape(name)) + rest
    }

    /// Gives findings the pointers that their schemas had in the document as it was read.
    pub(super) fn restore(&self, found: &mut [Diagnostic]) {
        for diagnostic in found {
            if let Location::Pointer(pointer) = &mut diagnostic.location {
                *pointer = self.renamed(pointer);
            }
        }
    }
}
