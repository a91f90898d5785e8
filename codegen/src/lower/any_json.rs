//! Replaces a schema that progenitor rejects with any JSON, so that a document is not refused
//! because of one of its types.
//!
//! No pass knows what a later progenitor rejects. The schema keeps its name, and all other schemas
//! keep their types.

use serde_json::{Map, Value, json};

use super::Lowered;
use crate::schema::holds_secret;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::notes::Note;
use openapi::policy::Policy;
use openapi::rule::Rule;
use openapi::words::quote;

/// Name of the pass.
pub(super) const NAME: &str = "any_json";

fn untyped(name: &str, pointer: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::UntypedSchema,
        subject: Subject::Name(name.to_owned()),
        location: Location::Pointer(pointer.to_owned()),
        what: format!("The client takes the schema {} as any JSON.", quote(name)),
        why: "progenitor makes no type of it that the generator knows.".to_owned(),
        help: "Simplify the schema, or report it together with this document.".to_owned(),
    }
}

impl Lowered {
    /// Replaces the schema at `pointer` with any JSON, unless it contains a secret, which would be
    /// printed.
    pub(crate) fn take_as_any_json(&mut self, pointer: &str) -> bool {
        if self.policy == Policy::Refuse {
            return false;
        }
        let Some(name) = pointer.strip_prefix("/components/schemas/") else { return false };
        let schemas =
            self.api.schemas.iter().map(|schema| (schema.name.clone(), schema.documented.clone()));
        let schemas: Value = schemas.collect::<Map<_, _>>().into();
        let Some(schema) = self.api.schemas.iter_mut().find(|schema| schema.name == name) else {
            return false;
        };
        let Some(components) = &mut self.openapi.components else { return false };
        let mut any = json!({});
        if let Some(description) = schema.documented.get("description") {
            any["description"] = description.clone();
        }
        if schema.documented == any || holds_secret(&schemas, &schema.documented) {
            return false;
        }
        let Ok(lowered) = serde_json::from_value(any.clone()) else { return false };
        components.schemas.insert(name.to_owned(), lowered);
        schema.documented = any;
        self.found.push(untyped(&schema.name, &schema.pointer));
        let text = "is any JSON, since progenitor rejects it".to_owned();
        self.notes.push(Note { pass: NAME, pointer: pointer.to_owned(), text, new_name: None });
        self.notes.sort();
        true
    }
}
