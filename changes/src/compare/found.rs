//! Collects what is found, at the pointers of both documents.

use std::collections::{BTreeMap, BTreeSet};

use codegen::api::{Api, Direction, RustType};

use crate::rule::{Rule, Verdict};

/// A change that is found, before its lines are known.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) rule: Rule,
    pub(super) operation: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) verdict: Verdict,
    pub(super) text: String,
    pub(super) rust_name: Option<String>,
}

impl Found {
    pub(super) fn new(
        rule: Rule,
        operation: Option<&str>,
        (from, to): (Option<&str>, Option<&str>),
        text: String,
    ) -> Self {
        Self {
            rule,
            operation: operation.map(str::to_owned),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            verdict: rule.verdict(),
            text,
            rust_name: None,
        }
    }
}

/// A pair of named schemas that stand in the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) before: String,
    pub(super) after: String,
}

/// The location of what is compared, in both documents.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The method of the client.
    pub(super) operation: Option<String>,
    pub(super) from: String,
    pub(super) to: String,
    /// Its name in words, such as "the parameter `limit`".
    pub(super) name: String,
    pub(super) direction: Direction,
}

impl Place {
    /// Returns the same place with another name, below two steps.
    pub(super) fn below(&self, from: &str, to: &str, name: String) -> Self {
        Self {
            from: format!("{}{from}", self.from),
            to: format!("{}{to}", self.to),
            name,
            ..self.clone()
        }
    }

    /// Returns one of two rules, by the direction.
    pub(super) fn rule(&self, sent: Rule, received: Rule) -> Rule {
        if self.direction == Direction::Request { sent } else { received }
    }
}

/// What is found, and the schemas that are yet to be compared.
pub(super) struct Log<'a> {
    pub(super) before: &'a Api,
    pub(super) after: &'a Api,
    pub(super) found: Vec<Found>,
    /// The pairs of schemas, each with the operation that led to it first.
    pub(super) open: Vec<(Pair, Option<String>)>,
    pub(super) seen: BTreeSet<Pair>,
    /// The operations and schemas of the old document that a change was found in.
    pub(super) touched: BTreeSet<String>,
    /// The methods of the old client, with those that they became.
    pub(super) operations: BTreeMap<String, String>,
    /// The security schemes of the old document that were renamed, with their new names.
    pub(super) schemes: BTreeMap<String, String>,
    /// The operation or schema that is being compared.
    pub(super) subject: String,
}

impl<'a> Log<'a> {
    pub(super) fn new(before: &'a Api, after: &'a Api) -> Self {
        Self {
            before,
            after,
            found: Vec::new(),
            open: Vec::new(),
            seen: BTreeSet::new(),
            touched: BTreeSet::new(),
            operations: BTreeMap::new(),
            schemes: BTreeMap::new(),
            subject: String::new(),
        }
    }

    /// Adds a change.
    pub(super) fn push(&mut self, found: Found) {
        self.touched.insert(self.subject.clone());
        self.found.push(found);
    }

    /// Adds a change of something that is in both documents.
    pub(super) fn both(&mut self, rule: Rule, at: &Place, text: String) {
        let ends = (Some(at.from.as_str()), Some(at.to.as_str()));
        self.push(Found::new(rule, at.operation.as_deref(), ends, text));
    }

    /// Adds something that is in the new document alone.
    pub(super) fn new_one(&mut self, rule: Rule, at: &Place, text: String) {
        self.push(Found::new(rule, at.operation.as_deref(), (None, Some(&at.to)), text));
    }

    /// Adds something that is in the old document alone.
    pub(super) fn gone(&mut self, rule: Rule, at: &Place, text: String) {
        self.push(Found::new(rule, at.operation.as_deref(), (Some(&at.from), None), text));
    }

    /// Adds a change of a name in Rust, with the name that would stay.
    pub(super) fn renamed(&mut self, rule: Rule, at: &Place, text: String, before: &str) {
        self.both(rule, at, text);
        if let Some(found) = self.found.last_mut() {
            found.rust_name = Some(before.to_owned());
        }
    }

    /// Compares values that only documentation shows.
    pub(super) fn words<T: PartialEq>(&mut self, before: &T, after: &T, at: &Place) {
        if before != after {
            let text = format!("The documentation of {} is another.", at.name);
            self.both(Rule::Documentation, at, text);
        }
    }

    /// Notes that two named schemas stand in the same place.
    pub(super) fn pair(&mut self, before: &str, after: &str, operation: Option<&str>) {
        let pair = Pair { before: before.to_owned(), after: after.to_owned() };
        if self.seen.insert(pair.clone()) {
            self.open.push((pair, operation.map(str::to_owned)));
        }
    }
}

/// Returns a Rust type in words.
pub(super) fn type_text(rust_type: &RustType) -> String {
    match rust_type {
        RustType::Bool => "bool".to_owned(),
        RustType::Int32 => "i32".to_owned(),
        RustType::Int64 => "i64".to_owned(),
        RustType::UInt64 => "u64".to_owned(),
        RustType::Float32 => "f32".to_owned(),
        RustType::Float64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Secret => "SecretString".to_owned(),
        RustType::Named(name) => name.clone(),
        RustType::List(inner) => format!("Vec<{}>", type_text(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", type_text(inner)),
        RustType::Nullable(inner) => format!("{} or null", type_text(inner)),
        RustType::Any => "any JSON".to_owned(),
        RustType::Raw => "bytes".to_owned(),
        RustType::File => "a file".to_owned(),
    }
}
