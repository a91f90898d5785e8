//! Paths that cannot be requested, and those with a query or a fragment. The keys of `paths` must
//! not have them, but vendors publish such paths.

use serde_json::{Value, json};

use super::Reader;
use crate::api::{Parameter, ParameterLocation, RustType, Style, ValueSource};
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::marks::UNSENDABLE;
use openapi::naming;
use openapi::object::Object;
use openapi::path_template;
use openapi::rule::Rule;

/// Reports a path whose operations cannot be called, and returns true if it is one.
pub(super) fn is_refused(reader: &mut Reader<'_>, path: &str, item: &Value, pointer: &str) -> bool {
    let inside = path.split(['?', '#']).next().unwrap_or_default();
    let (what, help) = if item.has(UNSENDABLE) {
        ("a path that does not start with a slash", "Write it with a slash, if it is another one")
    } else if path_template::names(path).is_none() {
        (
            "a path whose braces do not match, or do not hold the name of a parameter",
            "Write each parameter as its name in one pair of braces, such as `/widgets/{id}`",
        )
    } else if path.contains(['?', '#']) && !reader.may_leave_out() {
        ("a path with a query or a fragment", "Write the query as parameters")
    } else if inside.split('/').any(is_dots) {
        // URLs lose such segments, so that the request would go to another path.
        ("a path with a dot segment", "Write the path without it")
    } else if item.has("$ref") {
        ("a path item that is a reference", "Define the path item inline")
    } else {
        if path.contains('#') {
            reader.warnings.push(fragment_not_sent(pointer));
        }
        return false;
    };
    reader.unsupported(pointer, what, help);
    true
}

/// Returns true for dot segments, which URLs lose by WHATWG's URL Standard.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// A parsed key of `paths`.
pub(super) struct Template<'d> {
    /// The path itself.
    pub path: &'d str,
    /// The parameters of the query, as they are written in the document.
    query: Vec<(&'d str, &'d str)>,
}

/// Parses a key of `paths`. The fragment, which distinguishes operations on the same path, is never
/// sent.
pub(super) fn split(key: &str) -> Template<'_> {
    let key = key.split('#').next().unwrap_or_default();
    let (path, query) = key.split_once('?').unwrap_or((key, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    Template { path, query: pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect() }
}

impl Template<'_> {
    /// Adds the parameters of the query: one that contains a template variable is that parameter,
    /// and any other one is always sent as it is. Returns `None` if one is neither.
    pub(super) fn add_query(&self, parameters: &mut Vec<Parameter>, pointer: &str) -> Option<()> {
        for (key, value) in &self.query {
            let inside = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            if let Some(name) = inside {
                let held = |parameter: &&mut Parameter| {
                    parameter.location == ParameterLocation::Path && parameter.name == name
                };
                let parameter = parameters.iter_mut().find(held)?;
                parameter.location = ParameterLocation::Query;
                parameter.name = (*key).to_owned();
            } else if value.contains(['{', '}']) || key.contains(['{', '}']) {
                return None;
            } else if !parameters
                .iter()
                .any(|known| known.location == ParameterLocation::Query && known.name == *key)
            {
                parameters.push(constant(key, value, pointer));
            }
        }
        Some(())
    }
}

/// Reports the fragment of a path.
fn fragment_not_sent(pointer: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::LossyRepair,
        subject: Subject::Node,
        location: Location::Key(pointer.to_owned()),
        what: "The path has a fragment.".to_owned(),
        why: "No fragment is ever sent, so the client requests the path without it.".to_owned(),
        help: "Write the path as it is sent.".to_owned(),
    }
}

fn constant(key: &str, value: &str, pointer: &str) -> Parameter {
    Parameter {
        name: key.to_owned(),
        rust_name: naming::snake(key),
        pointer: pointer.to_owned(),
        location: ParameterLocation::Query,
        required: true,
        deprecated: false,
        description: String::new(),
        schema: json!({"type": "string", "enum": [value]}),
        rust_type: RustType::String,
        style: Style::Plain,
        explode: true,
        source: ValueSource::Constant(value.to_owned()),
        examples: Vec::new(),
    }
}
