//! Keywords of a schema that contradict its `type`, or that have no effect on it.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::{Object, Schema, is_of_type};
use crate::objects::Kind;
use crate::objects::Node;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::words::{describe_kind, one_of, quote};

/// The types, and the constraints that apply to each. `items` and `properties` on another type are
/// an error.
const OWNERS: &[(&[&str], &[&str])] = &[
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (
        &["integer", "number"],
        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    ),
    (&["array"], &["minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["minProperties", "maxProperties", "required", "additionalProperties"]),
];

/// Booleans that modify a bound.
const OF_A_BOUND: [(&str, &str); 2] =
    [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")];

pub(super) fn check(nodes: &[Node<'_>], policy: Policy, found: &mut Vec<Diagnostic>) {
    for node in nodes.iter().filter(|node| node.kind == Kind::Schema && node.reference().is_none())
    {
        if node.has("not") {
            let help = "Say in the description which values are not meant.".to_owned();
            found.push(without_effect(node, "not", "`not` has no effect.", help));
        }
        let Some(ty) = node.stated_type() else {
            // A spec has to state the type (`missing-type`).
            if policy == Policy::Repair {
                untyped(node, found);
            }
            continue;
        };
        ineffective(node, ty, found);
        if ty == "array" && !node.has("items") {
            found.push(without_items(node));
        }
        enum_values(node, ty, found);
    }
}

fn ineffective(node: &Node<'_>, ty: &str, found: &mut Vec<Diagnostic>) {
    for (types, keywords) in OWNERS.iter().filter(|(types, _)| !types.contains(&ty)) {
        let there = keywords.iter().filter(|keyword| node.has(keyword));
        found.extend(there.map(|keyword| {
            let help = format!(
                "Remove it, or correct the `type`: `{keyword}` applies to {}.",
                one_of(types)
            );
            without_effect(
                node,
                keyword,
                &format!("`{keyword}` has no effect on a value of type {}.", quote(ty)),
                help,
            )
        }));
    }
    for (modifier, bound) in OF_A_BOUND {
        let is_set = node.is_true(modifier);
        let is_number = matches!(ty, "integer" | "number");
        if is_set && is_number && !node.has(bound) {
            let what = format!("`{modifier}` has no effect without `{bound}`.");
            found.push(without_effect(
                node,
                modifier,
                &what,
                format!("Add `{bound}`, or remove `{modifier}`."),
            ));
        }
    }
}

/// Keywords that determine the values in another way than `type`.
const TELLING: [&str; 8] =
    ["additionalProperties", "allOf", "anyOf", "enum", "items", "not", "oneOf", "properties"];

/// Reports a constraint in a schema of any type, unless it is part of one that may state a type.
fn untyped(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    let is_part = matches!(node.under, "allOf" | "anyOf" | "not" | "oneOf");
    // A subschema can restate a property that another one gives a type.
    let is_restated = node.pointer.contains("/allOf/");
    if is_part || is_restated || TELLING.iter().any(|keyword| node.has(keyword)) {
        return;
    }
    let constraints = OWNERS.iter().flat_map(|(types, keywords)| {
        keywords.iter().filter(|keyword| node.has(keyword)).map(move |keyword| (types, keyword))
    });
    found.extend(constraints.map(|(types, keyword)| {
        let help = format!("Add the `type`: `{keyword}` applies to {}.", one_of(types));
        without_effect(node, keyword, &format!("`{keyword}` has no effect without `type`."), help)
    }));
}

fn without_effect(node: &Node<'_>, keyword: &str, what: &str, help: String) -> Diagnostic {
    Diagnostic {
        rule: Rule::IneffectiveConstraint,
        subject: Subject::Keyword(keyword.to_owned()),
        location: Location::Key(node.member(keyword)),
        what: what.to_owned(),
        why: "The client does not check what was meant to be checked.".into(),
        help,
    }
}

fn without_items(node: &Node<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::ArrayWithoutItems,
        subject: Subject::Node,
        location: Location::Pointer(node.member("type")),
        what: "This array has no `items`.".into(),
        why: "OpenAPI 3.0 requires it. Without it the client takes the items as any JSON.".into(),
        help: "Add `items` with the schema of an item, or `items: {}` if any JSON is allowed."
            .into(),
    }
}

fn enum_values(node: &Node<'_>, ty: &str, found: &mut Vec<Diagnostic>) {
    let is_stranger =
        |value: &&Value| !(is_of_type(value, ty) || value.is_null() && node.is_nullable());
    // The first one says it all: where one number lacks its quotes, all do.
    let Some(stranger) = node.array("enum").iter().find(is_stranger) else { return };
    found.push(Diagnostic {
        rule: Rule::EnumBreaksType,
        subject: Subject::Node,
        location: Location::Pointer(node.member("enum")),
        what: format!(
            "One of these values is {}, but the `type` is {}.",
            describe_kind(stranger),
            quote(ty)
        ),
        why: "Such a value is never valid, so either the value or the `type` is wrong.".into(),
        help: match (stranger, ty) {
            (Value::Null, _) => "Remove it, or add `nullable: true`.".into(),
            (Value::Number(_) | Value::Bool(_), "string") => {
                "Put it in quotes, or correct the `type`.".into()
            }
            _ => "Correct the value or the `type`.".into(),
        },
    });
}
