//! Schemas without a type.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::strings::parts;
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::rule::Rule;

/// Keywords that determine the values of a schema. `items` without a type is refused.
const TELLING: [&str; 7] = ["allOf", "anyOf", "enum", "items", "not", "oneOf", "type"];

/// Keywords whose subschemas apply to the same value.
const SHARING: [&str; 4] = ["allOf", "anyOf", "not", "oneOf"];

/// The types, and the constraints that apply to each.
const OF_A_TYPE: [(&str, &[&str]); 4] = [
    (
        "object",
        &["additionalProperties", "maxProperties", "minProperties", "properties", "required"],
    ),
    ("array", &["maxItems", "minItems", "uniqueItems"]),
    ("string", &["maxLength", "minLength", "pattern"]),
    ("number", &["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"]),
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for schema in view.all(Kind::Schema).filter(|schema| is_silent(schema)) {
        // The schema of a parameter that has no type is refused.
        let is_of_parameter =
            view.holder(schema).is_some_and(|holder| holder.kind == Kind::Parameter);
        if is_of_parameter || schema.under == "not" || is_stated_around(view, schema) {
            continue;
        }
        let ty = OF_A_TYPE.iter().find(|(_, keywords)| has(schema, keywords)).map(|(ty, _)| *ty);
        found.push(Diagnostic {
            rule: Rule::MissingType,
            subject: Subject::Node,
            location: Location::Key(schema.pointer.clone()),
            what: "This schema has no `type`.".into(),
            why: "The client would take it as any JSON.".into(),
            help: ty.map_or_else(
                || "Add `type`. If any JSON is allowed, write `{}`, or accept the finding and say so.".into(),
                |ty| format!("Add `type: {ty}`, which the other keywords imply."),
            ),
        });
    }
}

/// Returns true if a schema has keywords, but no type. An empty schema allows any value on purpose.
fn is_silent(schema: &Node<'_>) -> bool {
    !schema.members.is_empty() && !has(schema, &TELLING)
}

fn has(schema: &Node<'_>, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| schema.has(keyword))
}

/// Returns true if the type is stated in a schema that contains this one as a subschema or an
/// alternative, or in another subschema of it.
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
