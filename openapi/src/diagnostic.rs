//! What a maintainer is told about a spec: where, what, why and what to do instead.

use std::any::Any;

use serde::{Deserialize, Serialize};

use crate::rule::{Rule, Severity};

/// One finding about a spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that it breaks.
    pub rule: Rule,
    /// What it is about, for programs: no message is read by one.
    pub subject: Subject,
    /// Where in the spec.
    pub location: Location,
    /// What is wrong, in one line.
    pub what: String,
    /// Why it matters: what would go wrong if it stayed.
    pub why: String,
    /// What to write or do instead.
    pub help: String,
}

impl Diagnostic {
    /// That the generator itself broke off, for instance `it panicked`.
    #[must_use]
    pub fn stopped(how: &str) -> Self {
        Self {
            rule: Rule::GeneratorStopped,
            subject: Subject::Node,
            location: Location::Pointer(String::new()),
            what: format!("The generator stopped at this document: {how}."),
            why: "No document should stop it, so this is a mistake of the generator, whatever the document says."
                .into(),
            help: "Report it with the document; take out operations until it goes through to find what stops it."
                .into(),
        }
    }

    /// That a stage panicked, which is a mistake of the generator.
    #[must_use]
    pub fn panicked(panic: &(dyn Any + Send)) -> Self {
        let message = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
        Self::stopped(&format!("it panicked with \"{}\"", message.unwrap_or("no message")))
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

/// What a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// The node at its location.
    Node,
    /// A keyword of that node, which may be missing.
    Keyword(String),
    /// A name that the document gives, or that its client has.
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
            Self::Keyword(word) | Self::Name(word) | Self::Version(word) => std::slice::from_ref(word),
            Self::Names(names) => names,
        }
    }
}

/// A place in a spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    /// The node that a JSON pointer (RFC 6901) names, such as `/paths/~1grants/get`.
    Pointer(String),
    /// The same node, whose text is not shown, since it may be a secret.
    Hidden(String),
    /// The key of the node that a JSON pointer names.
    Key(String),
    /// The `n`-th occurrence (from 0) of a key that stands several times in one mapping.
    RepeatedKey(String, usize),
    /// A byte offset, for text that has no nodes because it is not YAML.
    Offset(usize),
}

impl Location {
    /// The JSON pointer of the node it is about, if it is about one.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Pointer(pointer) | Self::Hidden(pointer) | Self::Key(pointer) | Self::RepeatedKey(pointer, _) => {
                Some(pointer)
            }
            Self::Offset(_) => None,
        }
    }
}
