//! A change of an API.

use crate::rule::{Rule, Verdict};

/// A line of a document, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line(pub usize);

/// A change of an API, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of change.
    pub rule: Rule,
    /// The module of the API.
    pub api: String,
    /// The method of the client, or the first one that it is about. A change of the whole API has
    /// none.
    pub operation: Option<String>,
    /// JSON pointer to the changed node: in the new document, or in the old one if it is gone.
    pub pointer: String,
    /// The line in the old document.
    pub from: Option<Line>,
    /// The line in the new document.
    pub to: Option<Line>,
    /// The meaning of the change.
    pub verdict: Verdict,
    /// The change in words, for a consumer.
    pub text: String,
    /// The name to set by `x-rust-name` so that the name in Rust stays.
    pub rust_name: Option<String>,
}
