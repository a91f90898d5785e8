//! Where a schema stands in a document, and what it can be named after there.

use crate::naming;

/// Where a schema stands: a step, and the site that it starts from.
///
/// Most visitors ask for nothing of it, so that pointer and name are put together by those that do.
#[derive(Clone, Copy, Debug)]
pub struct Site<'s> {
    outer: Option<&'s Self>,
    keyword: &'static str,
    key: Key<'s>,
    pub(super) hint: Hint<'s>,
}

/// What stands behind a keyword.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'s> {
    None,
    Name(&'s str),
    Index(usize),
}

/// What a step adds to the name of a schema.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hint<'s> {
    /// Words of the document.
    Name(&'s str),
    /// A word of ours.
    Word(&'static str),
    /// Words of the document, after which a word of ours stands.
    NameAndWord(&'s str, &'static str),
    /// The id of an operation, which replaces whatever stands before it.
    Operation(&'s str),
}

pub(super) const NO_HINT: Hint<'static> = Hint::Word("");

impl<'s> Site<'s> {
    /// The document itself, or a schema that stands nowhere.
    pub const TOP: Self = Self { outer: None, keyword: "", key: Key::None, hint: NO_HINT };

    /// A named schema, for walks that start at one.
    pub const fn of_schema(name: &'s str) -> Self {
        Self { outer: None, keyword: "components/schemas", key: Key::Name(name), hint: NO_HINT }
    }

    pub(super) const fn step(&'s self, keyword: &'static str, key: Key<'s>, hint: Hint<'s>) -> Self {
        Self { outer: Some(self), keyword, key, hint }
    }

    /// Returns the site with another hint.
    pub(super) const fn with(&self, hint: Hint<'s>) -> Self {
        Self { hint, ..*self }
    }

    /// JSON pointer to the schema.
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

    /// A name for the schema, made up from where it stands.
    pub fn hint(&self) -> String {
        let before = || self.outer.map(Self::hint).unwrap_or_default();
        match self.hint {
            Hint::Name(name) => before() + &naming::pascal(name),
            Hint::Word(word) => before() + word,
            Hint::NameAndWord(name, word) => before() + &naming::pascal(name) + word,
            Hint::Operation(id) => naming::pascal(&naming::method(id)),
        }
    }

    /// Whether the schema is one of the list behind `keyword`.
    pub fn is_one_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(_))
    }

    /// Whether the schema is the first of the list behind `keyword`.
    pub fn is_first_of(&self, keyword: &str) -> bool {
        self.keyword == keyword && matches!(self.key, Key::Index(0))
    }

    /// Whether the schema is a named one.
    pub fn is_named(&self) -> bool {
        self.keyword == "schemas" && self.outer.is_some_and(|outer| outer.keyword == "components")
    }

    /// Whether the schema is that of a parameter.
    pub fn is_of_parameter(&self) -> bool {
        self.keyword == "schema" && self.outer.is_some_and(|outer| outer.keyword == "parameters")
    }
}
