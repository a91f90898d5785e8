//! The place of a schema that is being merged: a pointer for findings, and a name for its type.

use openapi::naming;
use openapi::pointer;

/// A step, and the place that it starts from. Most places are never asked, so the pointer and the
/// name are built on demand.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    outer: Option<&'a Self>,
    keyword: &'a str,
    name: &'a str,
    depth: usize,
}

impl<'a> Place<'a> {
    /// Returns the place at a pointer, where a type would have this name.
    pub(super) const fn top(pointer: &'a str, name: &'a str) -> Self {
        Self { outer: None, keyword: pointer, name, depth: 0 }
    }

    /// Returns a place within this one: a keyword, and the key behind it, if it is a map.
    pub(super) const fn inside(&'a self, keyword: &'a str, name: &'a str) -> Self {
        Self { outer: Some(self), keyword, name, depth: self.depth + 1 }
    }

    /// Returns the number of steps.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let Some(outer) = self.outer else { return self.keyword.to_owned() };
        let inside = pointer::child(&outer.pointer(), self.keyword);
        if self.name.is_empty() { inside } else { pointer::child(&inside, self.name) }
    }

    /// Returns a name for a type at this place.
    pub(super) fn hint(&self) -> String {
        let Some(outer) = self.outer else { return self.name.to_owned() };
        outer.hint()
            + &match self.keyword {
                "items" => "Item".to_owned(),
                "additionalProperties" => "Value".to_owned(),
                "oneOf" | "anyOf" => "Alternative".to_owned(),
                _ => naming::pascal(self.name),
            }
    }
}
