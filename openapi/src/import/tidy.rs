//! Removes keywords that are of no use to a client, with a note for each.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::check::known_extensions;
use crate::marks::UNSENDABLE;
use crate::notes::Notes;
use crate::objects::{Kind, is_extension, visit};
use crate::words::PLACEHOLDER;

/// Name of the pass in notes.
const PASS: &str = "left_out";

/// Keywords whose strings are written for people.
const TEXTS: [&str; 3] = ["description", "summary", "title"];

/// Removes unknown extensions, tags, links, callbacks and external documentation, and normalizes
/// the patch version of OpenAPI 3.0.
pub(super) fn run(root: &mut Value, notes: &mut Notes) {
    let mut left_out: BTreeMap<String, (String, usize)> = BTreeMap::new();
    root["openapi"] = json!("3.0.3");
    visit(root, Kind::OpenApi, "", &mut |kind, pointer, members| {
        members.retain(|name, _| {
            let is_kept = !is_idle(kind, name);
            if !is_kept {
                left_out.entry(name.clone()).or_insert_with(|| (pointer.to_owned(), 0)).1 += 1;
            }
            is_kept
        });
        ask_for_what_is_unknown(members);
        tidy_strings(members);
    });
    for (name, (pointer, times)) in left_out {
        let places = if times == 1 { String::new() } else { format!(", in {times} places") };
        notes.add(PASS, &pointer, format!("`{name}`{places}: of no use to a client"));
    }
}

/// Returns true if the generator does not read the keyword.
fn is_idle(kind: Kind, name: &str) -> bool {
    let is_needed = name == UNSENDABLE || known_extensions().any(|known| known == name);
    match kind.shape(name) {
        None => is_extension(name) && !is_needed,
        Some(_) => match kind {
            Kind::OpenApi | Kind::Operation | Kind::Schema | Kind::Tag => {
                matches!(name, "tags" | "externalDocs" | "callbacks")
            }
            Kind::Components => matches!(name, "links" | "callbacks"),
            Kind::Response => name == "links",
            _ => false,
        },
    }
}

/// Replaces the marks of a repair: a person has to describe a request parameter or body of which
/// nothing is known.
fn ask_for_what_is_unknown(members: &mut Map<String, Value>) {
    if members.remove(UNSENDABLE).is_some() {
        members.insert(
            "description".to_owned(),
            json!(format!("{PLACEHOLDER} describe what is sent here")),
        );
    }
}

/// Normalizes line breaks and removes trailing white space, which would keep a string from being
/// printed as a block.
fn tidy_strings(members: &mut Map<String, Value>) {
    for (name, value) in members.iter_mut().filter(|(name, _)| TEXTS.contains(&name.as_str())) {
        if let Value::String(text) = value {
            let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
            let tidy = if name == "description" { lines.join("\n") } else { lines.join(" ") };
            *text = tidy;
        }
    }
}
