//! Reports schemas that contradict themselves or that values cannot be checked against.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::matching::is_ecma;
use crate::object::{Object, Schema};
use crate::rule::Rule;
use crate::secrets::is_almost_password;
use crate::walk::{self, Site};

/// Pairs of bounds, the lower one first.
const BOUNDS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(crate) fn check(root: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk::document(root, &mut |site, schema| {
        check_pattern(site, schema, &mut found);
        check_members(site, schema, &mut found);
        check_items(site, schema, &mut found);
        check_bounds(site, schema, &mut found);
        check_secret_format(site, schema, &mut found);
    });
    found
}

fn check_pattern(site: &Site, schema: &Value, found: &mut Vec<Diagnostic>) {
    let Some(pattern) = schema.string("pattern") else { return };
    if is_ecma(pattern) {
        return;
    }
    if let Err(error) = regress::Regex::new(pattern) {
        found.push(Diagnostic {
            rule: Rule::BadPattern,
            subject: Subject::Node,
            location: Location::Pointer(format!("{}/pattern", site.pointer())),
            what: format!("This pattern is not a valid ECMA-262 regular expression: {error}."),
            why: "The generated client could not check values against it.".to_owned(),
            help: "Correct the pattern, or remove it.".to_owned(),
        });
    }
}

/// Checks that `properties` is used with objects and `items` with arrays.
fn check_members(site: &Site, schema: &Value, found: &mut Vec<Diagnostic>) {
    let Some(stated) = schema.stated_type() else { return };
    for (keyword, owner) in [("properties", "object"), ("items", "array")] {
        if schema.has(keyword) && stated != owner {
            found.push(Diagnostic {
                rule: Rule::Contradiction,
                subject: Subject::Keyword(keyword.to_owned()),
                location: Location::Key(format!("{}/{keyword}", site.pointer())),
                what: format!("`{keyword}` is used in a schema with `type: {stated}`."),
                why: format!("Only values of type `{owner}` can have `{keyword}`, so the schema contradicts itself."),
                help: format!("Write `type: {owner}`, or remove `{keyword}`."),
            });
        }
    }
}

/// Checks that `items` comes with a type. In vendors' documents a repair has added it.
fn check_items(site: &Site, schema: &Value, found: &mut Vec<Diagnostic>) {
    let untyped =
        ["type", "oneOf", "anyOf", "allOf", "$ref"].iter().all(|keyword| !schema.has(keyword));
    let is_part = site.is_one_of("allOf");
    if untyped && !is_part && schema.has("items") {
        found.push(Diagnostic {
            rule: Rule::MissingKeyword,
            subject: Subject::Keyword("type".to_owned()),
            location: Location::Key(format!("{}/items", site.pointer())),
            what: "A schema with `items` requires `type`.".to_owned(),
            why: "Without it the schema allows any JSON, so no Rust type can be generated."
                .to_owned(),
            help: "Add `type: array`.".to_owned(),
        });
    }
}

fn check_bounds(site: &Site, schema: &Value, found: &mut Vec<Diagnostic>) {
    for (lower, upper) in BOUNDS {
        if let (Some(least), Some(most)) = (schema.number(lower), schema.number(upper))
            && least > most
        {
            found.push(Diagnostic {
                rule: Rule::Contradiction,
                subject: Subject::Names(vec![lower.to_owned(), upper.to_owned()]),
                location: Location::Pointer(format!("{}/{lower}", site.pointer())),
                what: format!("`{lower}` is greater than `{upper}`."),
                why: "No value can satisfy both.".to_owned(),
                help: "Correct one of the two.".to_owned(),
            });
        }
    }
}

/// Checks for misspelt formats of secrets, which would be printed.
fn check_secret_format(site: &Site, schema: &Value, found: &mut Vec<Diagnostic>) {
    let format = schema.format();
    if is_almost_password(format) {
        found.push(Diagnostic {
            rule: Rule::MisspeltFormat,
            subject: Subject::Node,
            location: Location::Pointer(format!("{}/format", site.pointer())),
            what: format!("`{}` is not a known format.", crate::markdown::code(format)),
            why: "The value would not be treated as a secret, so it could be printed.".to_owned(),
            help: "Did you mean `password`?".to_owned(),
        });
    }
}
