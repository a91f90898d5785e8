//! Loads a document: from the source text to a JSON value that is known to be OpenAPI 3.0.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location};
use crate::findings::Findings;
use crate::notes::Notes;
use crate::policy::Policy;
use crate::rule::Severity;
use crate::source::SpecSource;
use crate::yaml::KeyOrder;
use crate::{anchors, bundle, check, marks, repair, yaml};

/// A document that is known to be OpenAPI 3.0.
#[derive(Clone, Debug)]
pub struct Document {
    /// The source of the document.
    pub source: SpecSource,
    /// The parsed value.
    pub root: Value,
    /// The policy that the document was loaded with.
    pub policy: Policy,
    /// The same before it was converted to 3.0, if it is a vendor's document of OpenAPI 3.1.
    pub as_3_1: Option<Value>,
    /// The repairs that only restated something.
    pub notes: Notes,
    /// Findings that did not prevent the document from being read. If one is an error, no client
    /// can be generated.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Returns true if no client can be generated, although the document could be read.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(is_error)
    }

    /// Returns the byte offsets of the keys that JSON pointers name, in the same order. A node that
    /// is not in the source text has the offset of the nearest node that contains it.
    #[must_use]
    pub fn offsets_of_keys(&self, pointers: &[String]) -> Vec<usize> {
        let locations: Vec<Location> = pointers.iter().cloned().map(Location::Key).collect();
        let ranges = yaml::resolve(&self.source.text, &locations.iter().collect::<Vec<_>>());
        ranges.into_iter().map(|range| range.start).collect()
    }

    /// Returns the order of all keys in the source text. What comes from other files has none.
    #[must_use]
    pub fn key_order(&self) -> KeyOrder {
        yaml::key_order(&self.source.text)
    }
}

/// Reads a document, repairs it if its policy says so, and checks that it is OpenAPI 3.0.
///
/// # Errors
/// Returns the findings of the first step that fails, and all warnings about the source text.
pub fn load(source: SpecSource, policy: Policy) -> Result<Document, Findings> {
    if let Some(diagnostic) = source.bad_file(policy) {
        return Err(Findings { source, diagnostics: vec![diagnostic] });
    }
    let mut notes = Notes::default();
    let mut diagnostics = Vec::new();
    let loaded = match policy {
        Policy::Refuse => read_strictly(&source.text, &mut diagnostics).map(|root| (root, None)),
        Policy::Repair => read_and_repair(&source, &mut diagnostics, &mut notes),
    };
    match loaded {
        Ok((root, as_3_1)) => Ok(Document { source, root, policy, as_3_1, notes, diagnostics }),
        Err(errors) => {
            diagnostics.extend(errors);
            Err(Findings { source, diagnostics })
        }
    }
}

fn read_strictly(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Value, Vec<Diagnostic>> {
    let (errors, warnings) = yaml::check(text).into_iter().partition(is_error);
    *diagnostics = warnings;
    none(errors)?;
    let mut root = yaml::to_value(text)?;
    none(check::check(&root, check::State::Written(text)))?;
    marks::take_out(&mut root);
    diagnostics.extend(check::schemas(&root));
    Ok(root)
}

/// Returns the repaired document, and the document of OpenAPI 3.1 that it was converted from.
fn read_and_repair(
    source: &SpecSource,
    diagnostics: &mut Vec<Diagnostic>,
    notes: &mut Notes,
) -> Result<(Value, Option<Value>), Vec<Diagnostic>> {
    let text = source.text.as_str();
    let mut root = match yaml::json(text) {
        Some(root) => root,
        None => {
            let (errors, warnings) = yaml::check_readable(text).into_iter().partition(is_error);
            *diagnostics = warnings;
            none(errors)?;
            yaml::to_value(text)?
        }
    };
    anchors::run(&mut root, notes);
    let missing = bundle::run(&mut root, source, notes);
    // Files may have anchors, too.
    anchors::run(&mut root, notes);
    marks::take_out(&mut root);
    let repair::Repaired { mut lost, as_3_1 } = repair::run(&mut root, notes)?;
    // A reference to a missing file is cut like others, and reported once.
    lost.retain(|one| missing.iter().all(|other| other.location != one.location));
    diagnostics.extend(missing);
    diagnostics.extend(lost);
    Ok((root, as_3_1))
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == Severity::Error
}

/// Fails if a step has found something.
fn none(found: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if found.is_empty() { Ok(()) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::load;
    use crate::marks::{
        FILE, HOLDS_SECRET, POSITION, PROPERTY_ORDER, STYLED_PARTS, UNSENDABLE, VERBATIM,
    };
    use crate::policy::Policy;
    use crate::source::SpecSource;

    /// Returns a document with `mark` wherever a later stage reads a mark, and with `data` as a
    /// value or a name.
    fn document(mark: &Value, data: &Value) -> Value {
        let with_mark = |mut object: Value| {
            let members = object.as_object_mut().expect("an object");
            members.extend(mark.as_object().expect("an object").clone());
            object
        };
        let string = || with_mark(json!({"type": "string"}));
        json!({
            "openapi": "3.0.3", "info": {"title": "Widgets", "version": "1"},
            "paths": {"/widgets": {"post": {
                "operationId": "add_widget",
                "parameters": [with_mark(json!({"name": "limit", "in": "query", "schema": string()}))],
                "requestBody": with_mark(json!({"content": {"application/json": with_mark(json!({"schema": string(), "example": data}))}})),
                "responses": {"200": {"description": "Done"}}}}},
            "components": {"schemas": {"Widget": {
                "type": "object", "properties": data, "allOf": [string()], "not": string(),
                "additionalProperties": with_mark(json!({"items": string(), "type": "array"}))}}}
        })
    }

    #[test]
    fn a_document_with_marks_is_read_as_if_it_had_none() {
        let marks = json!({FILE: true, UNSENDABLE: true, HOLDS_SECRET: true, POSITION: 1,
            PROPERTY_ORDER: ["b", "a"], STYLED_PARTS: true, VERBATIM: true});
        let data = json!({FILE: {"type": "string"}, UNSENDABLE: {}});
        for policy in [Policy::Refuse, Policy::Repair] {
            let read = |mark: &Value| {
                let text = document(mark, &data).to_string();
                load(SpecSource::new("specs/widgets.yaml", text), policy)
                    .expect("the document is good")
                    .root
            };
            assert_eq!(read(&marks), document(&json!({}), &data));
            assert_eq!(read(&json!({})), document(&json!({}), &data));
        }
    }
}
