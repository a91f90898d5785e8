//! The patterns that a client does not enforce, and why.

use serde_json::Value;

use super::{Pattern, matching, tree};
use crate::object::Object;

/// The longest string that is written to see whether any string matches, in characters.
const LONGEST: usize = 1000;

/// The reason why a client does not enforce a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unenforced {
    /// It was written for another language.
    OtherSyntax,
    /// It has look-around that cannot be taken out.
    LookAround,
    /// It refers to what a group has matched.
    Backreference,
    /// It is too large, or names an unknown property of characters.
    Engine,
    /// No string was found that matches.
    NoString,
    /// There are examples, and none of them matches.
    NoExample,
}

impl Unenforced {
    /// Returns the reason as the predicate of a sentence about the pattern.
    #[must_use]
    pub fn predicate(self) -> &'static str {
        match self {
            Self::OtherSyntax => "is written in another syntax than that of ECMA 262",
            Self::LookAround => "looks around in its middle",
            Self::Backreference => "refers to a group",
            Self::Engine => {
                "is too large, or names a property of characters that Unicode does not have"
            }
            Self::NoString => "matches no string, as far as that can be told",
            Self::NoExample => "matches none of the examples of its schema",
        }
    }
}

/// Returns the reason why a client does not enforce the pattern of a schema, if it has one.
pub fn unenforced(schema: &impl Object) -> Option<Unenforced> {
    let text = schema.string("pattern")?;
    let pattern = match Pattern::new(text) {
        Ok(pattern) => pattern,
        Err(reason) => return Some(reason),
    };
    let examples: Vec<&str> = ["example", "default"]
        .into_iter()
        .filter_map(|keyword| schema.keyword(keyword))
        .chain(schema.array("examples"))
        .chain(schema.array("enum"))
        .filter_map(Value::as_str)
        .collect();
    if examples.iter().any(|example| pattern.is_match(example)) {
        return None;
    }
    if !examples.is_empty() {
        return Some(Unenforced::NoExample);
    }
    let is_tried = tree(text).is_some();
    (is_tried && matching(text, 0..=LONGEST).is_none()).then_some(Unenforced::NoString)
}
