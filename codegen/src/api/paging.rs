//! Reads which query parameter counts the pages of a list.

use serde_json::Value;

use super::read::Reader;
use super::{Operation, Place, RustType};
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;
use openapi::words::{describe, nearest, one_of, quote};

/// The name in `x-paging`, if it is that of an integer query parameter and the operation gives a list.
pub fn read_page_parameter(reader: &mut Reader<'_>, node: &Value, operation: &Operation) -> Option<String> {
    let stated = node.get("x-paging")?;
    match problem(stated, operation) {
        None => stated.as_str().map(str::to_owned),
        Some((what, help)) => {
            reader.diagnostics.push(Diagnostic {
                rule: Rule::BadPaging,
                subject: Subject::Node,
                location: Location::Pointer(format!("{}/x-paging", operation.pointer)),
                what,
                why: "The generated client could not ask for any page behind the first.".to_owned(),
                help,
            });
            None
        }
    }
}

/// What is wrong with the value, and what to write instead.
fn problem(stated: &Value, operation: &Operation) -> Option<(String, String)> {
    let query: Vec<_> = operation.parameters.iter().filter(|parameter| parameter.place == Place::Query).collect();
    let integers = query.iter().filter(|parameter| is_integer(&parameter.rust_type));
    let integers: Vec<&str> = integers.map(|parameter| parameter.name.as_str()).collect();
    let Some(name) = stated.as_str() else {
        let what = format!("`x-paging` must be the name of a query parameter, but this is {}.", describe(stated));
        return Some((what, instead(&integers)));
    };
    match query.iter().find(|parameter| parameter.name == name) {
        None => {
            let meant = nearest(name, integers.iter().copied()).map(|meant| format!("Did you mean `{meant}`?"));
            let what = format!("The operation has no query parameter {}.", quote(name));
            Some((what, meant.unwrap_or_else(|| instead(&integers))))
        }
        Some(parameter) if !is_integer(&parameter.rust_type) => {
            Some((format!("The query parameter {} is no integer.", quote(name)), instead(&integers)))
        }
        Some(_) if operation.list_item().is_none() => {
            let help = "Describe every success as the same `type: array`, or remove `x-paging`.".to_owned();
            Some(("The operation gives no list that could have pages.".to_owned(), help))
        }
        Some(_) => None,
    }
}

fn is_integer(value: &RustType) -> bool {
    matches!(value, RustType::Int32 | RustType::Int64)
}

fn instead(integers: &[&str]) -> String {
    match integers {
        [] => "Add the integer query parameter that counts the pages, or remove `x-paging`.".to_owned(),
        names => format!("Write {}, or remove `x-paging`.", one_of(names)),
    }
}
