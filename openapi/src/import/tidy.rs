//! Takes out what is of no use for a client, with a note for each kind of thing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::check::known_extensions;
use crate::marks::UNSENDABLE;
use crate::notes::Notes;
use crate::objects::{Kind, is_extension, visit};
use crate::words::PLACEHOLDER;

/// Name of the pass in notes.
const PASS: &str = "left_out";

/// Keywords of texts that are written for people.
const TEXTS: [&str; 3] = ["description", "summary", "title"];

/// Takes out extensions that nobody reads, tags, links, callbacks, and documents elsewhere. Versions of OpenAPI 3.0 differ in
/// words alone.
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
        tidy_texts(members);
    });
    for (name, (pointer, times)) in left_out {
        let places = if times == 1 { String::new() } else { format!(", at {times} places") };
        notes.add(PASS, &pointer, format!("`{name}`{places}: of no use for a client"));
    }
}

/// Whether a member says nothing that a client is made of.
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

/// A spec has no marks of repairs: what a request needs and nothing is known of is for a person to describe.
fn ask_for_what_is_unknown(members: &mut Map<String, Value>) {
    if members.remove(UNSENDABLE).is_some() {
        members.insert("description".to_owned(), json!(format!("{PLACEHOLDER} describe what is sent here")));
    }
}

/// Line ends of other systems and white space at the end would only keep a text from being printed as lines.
fn tidy_texts(members: &mut Map<String, Value>) {
    for (name, value) in members.iter_mut().filter(|(name, _)| TEXTS.contains(&name.as_str())) {
        if let Value::String(text) = value {
            let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
            let tidy = if name == "description" { lines.join("\n") } else { lines.join(" ") };
            *text = tidy;
        }
    }
}
