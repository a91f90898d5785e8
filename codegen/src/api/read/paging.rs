//! Reads the query parameter that counts the pages of an array.

use serde_json::Value;

use super::Reader;
use crate::api::{Operation, ParameterLocation};
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;
use openapi::words::{describe, nearest, one_of, quote};

/// Returns the value of `x-paging`, if it names an integer query parameter and the operation
/// returns an array.
pub(super) fn read_page_parameter(
    reader: &mut Reader<'_>,
    node: &Value,
    operation: &Operation,
) -> Option<String> {
    let stated = node.get("x-paging")?;
    match problem(stated, operation) {
        None => stated.as_str().map(str::to_owned),
        Some((what, help)) => {
            reader.diagnostics.push(Diagnostic {
                rule: Rule::BadPaging,
                subject: Subject::Node,
                location: Location::Pointer(format!("{}/x-paging", operation.pointer)),
                what,
                why: "The generated client could not request any page after the first.".to_owned(),
                help,
            });
            None
        }
    }
}

/// Returns the problem with the value, and the remedy.
fn problem(stated: &Value, operation: &Operation) -> Option<(String, String)> {
    let query: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Query)
        .collect();
    let integers = query.iter().filter(|parameter| parameter.rust_type.is_integer());
    let integers: Vec<&str> = integers.map(|parameter| parameter.name.as_str()).collect();
    let Some(name) = stated.as_str() else {
        let what = format!(
            "`x-paging` must be the name of a query parameter, but this is {}.",
            describe(stated)
        );
        return Some((what, instead(&integers)));
    };
    match query.iter().find(|parameter| parameter.name == name) {
        None => {
            let meant = nearest(name, integers.iter().copied())
                .map(|meant| format!("Did you mean `{meant}`?"));
            let what = format!("The operation has no query parameter {}.", quote(name));
            Some((what, meant.unwrap_or_else(|| instead(&integers))))
        }
        Some(parameter) if !parameter.rust_type.is_integer() => Some((
            format!("The query parameter {} is not an integer.", quote(name)),
            instead(&integers),
        )),
        Some(_) if operation.list_item().is_none() => {
            let help =
                "Describe every success response as the same `type: array`, or remove `x-paging`."
                    .to_owned();
            Some(("The operation does not return an array, so it has no pages.".to_owned(), help))
        }
        Some(_) => None,
    }
}

fn instead(integers: &[&str]) -> String {
    match integers {
        [] => "Add the integer query parameter that counts the pages, or remove `x-paging`."
            .to_owned(),
        names => format!("Write {}, or remove `x-paging`.", one_of(names)),
    }
}
