//! Finds what no rule has found: operations and schemas whose lines in the plan differ although no
//! change of them is known.

use std::collections::BTreeMap;

use codegen::api::{Api, Direction};
use codegen::plan;

use super::found::{Log, Place};
use crate::rule::Rule;

pub(super) fn compare(log: &mut Log<'_>) {
    let (before, after) = (sections(log.before), sections(log.after));
    let new_names = new_names(log);
    let counterparts = counterparts(log);
    for (subject, (from, to, name)) in counterparts {
        let one = before.get(&subject).map(|section| renamed(section, &new_names));
        let other = after.get(&to.0).cloned();
        let is_explained = log.touched.contains(&subject) || other.is_none();
        if one != other && !is_explained {
            let at = Place { operation: None, from, to: to.1, name, direction: Direction::Request };
            log.subject.clone_from(&subject);
            log.both(Rule::Other, &at, format!("{} differs.", at.name));
        }
    }
    if log.found.is_empty() && plan::render(log.before) != plan::render(log.after) {
        let at = Place {
            operation: None,
            from: String::new(),
            to: String::new(),
            name: "the API".to_owned(),
            direction: Direction::Request,
        };
        log.both(Rule::Other, &at, "The API differs.".to_owned());
    }
}

type Counterpart = (String, (String, String), String);

/// Returns the subjects of the old plan: the pointer of each, the subject and the pointer that it
/// has in the new one, and its name in words.
fn counterparts(log: &Log<'_>) -> Vec<(String, Counterpart)> {
    let operations = log.before.operations.iter().filter_map(|one| {
        let new_name = log.operations.get(&one.rust_name)?;
        let other = log.after.operations.iter().find(|other| other.rust_name == *new_name)?;
        let to = (format!("operation {new_name}"), other.pointer.clone());
        let name = format!("`{}`", one.rust_name);
        Some((format!("operation {}", one.rust_name), (one.pointer.clone(), to, name)))
    });
    let schemas = log.seen.iter().filter_map(|pair| {
        let one = log.before.schema(&pair.before)?;
        let other = log.after.schema(&pair.after)?;
        let to = (format!("schema {}", pair.after), other.pointer.clone());
        let name = format!("`{}`", pair.before);
        Some((format!("schema {}", pair.before), (one.pointer.clone(), to, name)))
    });
    operations.chain(schemas).collect()
}

/// Returns the names of types and schemes that were renamed, with their new names.
fn new_names(log: &Log<'_>) -> BTreeMap<String, String> {
    let types = log.seen.iter().filter(|pair| pair.before != pair.after);
    let types = types.map(|pair| (pair.before.clone(), pair.after.clone()));
    types.chain(log.schemes.clone()).collect()
}

/// Returns a section in which each word that is an old name is the new one.
fn renamed(section: &str, new_names: &BTreeMap<String, String>) -> String {
    let is_end = |character: char| !(character.is_alphanumeric() || character == '_');
    let words = section.split_inclusive(is_end).map(|word| {
        let (name, end) = word.split_at(word.trim_end_matches(is_end).len());
        new_names.get(name).map_or_else(|| word.to_owned(), |new| format!("{new}{end}"))
    });
    words.collect()
}

/// Returns the plan of each operation and schema, by its name.
fn sections(api: &Api) -> BTreeMap<String, String> {
    let rendered = plan::render(api);
    // The plan separates what is about an operation or a schema by an empty line, in this order.
    let mut sections = rendered.split("\n\n").skip(1);
    let operations = api.operations.iter().map(|one| format!("operation {}", one.rust_name));
    let schemas = api.schemas.iter().map(|one| format!("schema {}", one.name));
    operations
        .chain(schemas)
        .filter_map(|subject| Some((subject, sections.next()?.trim_end().to_owned())))
        .collect()
}
