//! Schemas that do not say what type their values are of.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::texts::parts;
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;

/// What says which values there can be. `items` without a type is refused.
const TELLING: [&str; 7] = ["allOf", "anyOf", "enum", "items", "not", "oneOf", "type"];

/// Keywords whose schemas are about the same value as the one around them.
const SHARING: [&str; 4] = ["allOf", "anyOf", "not", "oneOf"];

/// Constraints, and the type whose values they are about.
const OF_A_TYPE: [(&str, &[&str]); 4] = [
    ("object", &["additionalProperties", "maxProperties", "minProperties", "properties", "required"]),
    ("array", &["maxItems", "minItems", "uniqueItems"]),
    ("string", &["maxLength", "minLength", "pattern"]),
    ("number", &["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"]),
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for schema in view.all(Kind::Schema).filter(|schema| is_silent(schema)) {
        // The schema of a parameter that has no type is refused.
        let is_of_parameter = view.holder(schema).is_some_and(|holder| holder.kind == Kind::Parameter);
        if is_of_parameter || schema.under == "not" || is_stated_around(view, schema) {
            continue;
        }
        let ty = OF_A_TYPE.iter().find(|(_, keywords)| has(schema, keywords)).map(|(ty, _)| *ty);
        found.push(Diagnostic {
            rule: Rule::MissingType,
            subject: Subject::Node,
            location: Location::Key(schema.pointer.clone()),
            what: "This schema does not say what type its values are of.".into(),
            why: "The client would send and give any JSON in its place.".into(),
            help: ty.map_or_else(
                || "Add `type`. If it can be anything, write `{}`, or accept the finding and say so.".into(),
                |ty| format!("Add `type: {ty}`, as the other keywords have it."),
            ),
        });
    }
}

/// Whether a schema says something, but not the type. One that says nothing is for any value on purpose.
fn is_silent(schema: &Node<'_>) -> bool {
    !schema.members.is_empty() && !has(schema, &TELLING)
}

fn has(schema: &Node<'_>, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| schema.has(keyword))
}

/// Whether the type is stated in a schema that this one is a part or an alternative of, or in another part of it.
fn is_stated_around<'a>(view: &View<'a>, schema: &'a Node<'a>) -> bool {
    let mut whole = schema;
    while let Some(holder) = view.holder(whole).filter(|_| SHARING.contains(&whole.under)) {
        whole = holder;
        if parts(view, whole).iter().any(|part| has(part, &["type"])) {
            return true;
        }
    }
    false
}
