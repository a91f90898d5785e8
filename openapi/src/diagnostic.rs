//! Diagnostics: the location, the problem, the reason why it matters, and the remedy.

use std::any::Any;

use serde::{Deserialize, Serialize};

use crate::rule::{Rule, Severity};

/// A finding about a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that is violated.
    pub rule: Rule,
    /// The subject, for programs, which never parse messages.
    pub subject: Subject,
    /// The location in the document.
    pub location: Location,
    /// The problem, in one line.
    pub what: String,
    /// The consequences if nothing is done.
    pub why: String,
    /// The remedy.
    pub help: String,
}

impl Diagnostic {
    /// Reports that the generator itself failed, for instance because it panicked.
    #[must_use]
    pub fn stopped(how: &str) -> Self {
        Self {
            rule: Rule::GeneratorStopped,
            subject: Subject::Node,
            location: Location::Pointer(String::new()),
            what: format!("The generator failed on this document: {how}."),
            why: "This is a bug of the generator: no document should make it fail."
                .into(),
            help: "Report it together with the document. To find the cause, remove operations until the generator succeeds."
                .into(),
        }
    }

    /// Reports that a stage panicked, which is a bug of the generator.
    #[must_use]
    pub fn panicked(panic: &(dyn Any + Send)) -> Self {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref().copied());
        Self::stopped(&format!("it panicked with \"{}\"", message.unwrap_or("no message")))
    }

    /// Returns the severity of the rule.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

/// The subject of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// The node at its location.
    Node,
    /// A keyword of that node, which may be missing.
    Keyword(String),
    /// A name in the document or in its client.
    Name(String),
    /// Several such names, sorted.
    Names(Vec<String>),
    /// A version of OpenAPI.
    Version(String),
}

impl Subject {
    /// Returns the keyword, names or version.
    #[must_use]
    pub fn words(&self) -> &[String] {
        match self {
            Self::Node => &[],
            Self::Keyword(word) | Self::Name(word) | Self::Version(word) => {
                std::slice::from_ref(word)
            }
            Self::Names(names) => names,
        }
    }
}

/// A location in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    /// The value that a JSON pointer (RFC 6901) names, such as `/paths/~1grants/get`.
    Pointer(String),
    /// The same, but the value is not shown, since it may be a secret.
    Hidden(String),
    /// The key of the value that a JSON pointer names.
    Key(String),
    /// The `n`-th occurrence (from 0) of a key that is repeated in a mapping.
    RepeatedKey(String, usize),
    /// A byte offset, for source text that is not YAML.
    Offset(usize),
}

impl Location {
    /// Returns the JSON pointer, if the location has one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Pointer(pointer)
            | Self::Hidden(pointer)
            | Self::Key(pointer)
            | Self::RepeatedKey(pointer, _) => Some(pointer),
            Self::Offset(_) => None,
        }
    }
}
