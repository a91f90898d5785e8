//! The location of a schema in a document, and a name that is derived from it.

use crate::naming;

/// The location of a schema: a step, and the location that it starts from.
///
/// Most visitors do not use it, so the pointer and the name are built on demand.
#[derive(Clone, Copy, Debug)]
pub struct Site<'s> {
    outer: Option<&'s Self>,
    keyword: &'static str,
    key: Key<'s>,
    pub(super) hint: Hint<'s>,
}

/// The key behind a keyword.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'s> {
    None,
    Name(&'s str),
    Index(usize),
}

/// The part of a schema's name that a step contributes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hint<'s> {
    /// A name in the document.
    Name(&'s str),
    /// A fixed word.
    Word(&'static str),
    /// A name in the document, followed by a fixed word.
    NameAndWord(&'s str, &'static str),
    /// The id of an operation, which replaces the name so far.
    Operation(&'s str),
}

pub(super) const NO_HINT: Hint<'static> = Hint::Word("");

impl<'s> Site<'s> {
    /// The document itself, or a schema without a location.
    pub const TOP: Self = Self { outer: None, keyword: "", key: Key::None, hint: NO_HINT };

    /// Returns the location of a named schema, for walks that start there.
    pub const fn of_schema(name: &'s str) -> Self {
        Self { outer: None, keyword: "components/schemas", key: Key::Name(name), hint: NO_HINT }
    }

    pub(super) const fn step(
        &'s self,
        keyword: &'static str,
        key: Key<'s>,
        hint: Hint<'s>,
    ) -> Self {
        Self { outer: Some(self), keyword, key, hint }
    }

    /// Returns the site with another hint.
    pub(super) const fn with(&self, hint: Hint<'s>) -> Self {
        Self { hint, ..*self }
    }

    /// Returns the JSON pointer to the schema.
    pub fn pointer(&self) -> String {
        let mut pointer = self.outer.map(Self::pointer).unwrap_or_default();
        if !self.keyword.is_empty() {
            pointer.push('/');
            pointer.push_str(self.keyword);
        }
        match self.key {
            Key::None => {}
            Key::Name(name) => {
                pointer.push('/');
                pointer.push_str(&crate::pointer::escape(name));
            }
            Key::Index(index) => pointer.push_str(&format!("/{index}")),
        }
        pointer
    }

    /// Returns a name for the schema, derived from its location.
    pub fn hint(&self) -> String {
        let before = || self.outer.map(Self::hint).unwrap_or_default();
        match self.hint {
            Hint::Name(name) => before() + &naming::pascal(name),
            Hint::Word(word) => before() + word,
            Hint::NameAndWord(name, word) => before() + &naming::pascal(name) + word,
            Hint::Operation(id) => naming::type_of_method(&naming::method(id)),
        }
    }

    /// Returns true if the schema is an item of the keyword's array.
    pub fn is_one_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(_))
    }

    /// Returns true if the schema is the first item of the keyword's array.
    pub fn is_first_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(0))
    }

    /// Returns true if the schema is a named one.
    pub fn is_named(&self) -> bool {
        self.keyword == "schemas" && self.outer.is_some_and(|outer| outer.keyword == "components")
    }

    /// Returns true if the schema is that of a parameter.
    pub fn is_of_parameter(&self) -> bool {
        self.keyword == "schema" && self.outer.is_some_and(|outer| outer.keyword == "parameters")
    }
}
