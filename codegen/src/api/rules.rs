//! The constraints that a schema puts on values that are sent.

use serde_json::Value;

use crate::schema::needs_name;
use openapi::doc_text::is_invisible;
use openapi::marks::FILE;
use openapi::object::Schema;

/// A constraint; the variants are those of the runtime's `Rule`.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `format: uuid`.
    Uuid,
    /// `uniqueItems: true`.
    UniqueItems,
    /// Variant's name and a length or count.
    Count(&'static str, u64),
    /// Variant's name and a bound.
    Bound(&'static str, f64),
    /// `enum` of numbers.
    Among(Vec<f64>),
    /// `pattern`.
    Pattern(String),
}

/// The constraints of `schema` itself, not of what is inside it; those for another type than its own say nothing.
pub fn rules(schema: &impl Schema) -> Vec<Rule> {
    let mut rules = Vec::new();
    match schema.stated_type() {
        Some("string") if needs_name(schema) || schema.has(FILE) => {}
        Some("string") => {
            counts(schema, &[("minLength", "MinLength"), ("maxLength", "MaxLength")], &mut rules);
            if schema.format() == "uuid" {
                rules.push(Rule::Uuid);
            }
            if let Some(pattern) = schema.string("pattern") {
                rules.push(Rule::Pattern(pattern.to_owned()));
            }
        }
        Some("integer" | "number") => bounds(schema, &mut rules),
        Some("array") => {
            counts(schema, &[("minItems", "MinItems"), ("maxItems", "MaxItems")], &mut rules);
            if schema.is_true("uniqueItems") {
                rules.push(Rule::UniqueItems);
            }
        }
        Some("object") if !needs_name(schema) => {
            counts(schema, &[("minProperties", "MinProperties"), ("maxProperties", "MaxProperties")], &mut rules);
        }
        _ => {}
    }
    rules
}

fn counts(schema: &impl Schema, keywords: &[(&str, &'static str)], rules: &mut Vec<Rule>) {
    for (keyword, variant) in keywords {
        if let Some(count) = schema.count(keyword).filter(|&count| count > 0 || keyword.starts_with("max")) {
            rules.push(Rule::Count(variant, count));
        }
    }
}

fn bounds(schema: &impl Schema, rules: &mut Vec<Rule>) {
    for (keyword, exclusive, variant, exclusive_variant) in [
        ("minimum", "exclusiveMinimum", "Minimum", "ExclusiveMinimum"),
        ("maximum", "exclusiveMaximum", "Maximum", "ExclusiveMaximum"),
    ] {
        if let Some(bound) = schema.number(keyword) {
            let excluded = schema.is_true(exclusive);
            rules.push(Rule::Bound(if excluded { exclusive_variant } else { variant }, bound));
        }
    }
    if let Some(divisor) = schema.number("multipleOf").filter(|&divisor| divisor > 0.0) {
        rules.push(Rule::Bound("MultipleOf", divisor));
    }
    let among: Vec<f64> = schema.array("enum").iter().filter_map(Value::as_f64).collect();
    if !among.is_empty() {
        rules.push(Rule::Among(among));
    }
}

/// The constraints of `schema` as sentences of a documentation.
pub fn rules_in_words(schema: &Value) -> String {
    rules(schema).iter().map(in_words).collect::<Vec<_>>().join(" ")
}

fn in_words(rule: &Rule) -> String {
    match rule {
        Rule::Uuid => "A UUID.".to_owned(),
        Rule::UniqueItems => "No item twice.".to_owned(),
        Rule::Count("MinLength", 1) => "Not empty.".to_owned(),
        Rule::Count("MinLength", count) => format!("At least {count} characters."),
        Rule::Count("MaxLength", count) => format!("At most {count} characters."),
        Rule::Count("MinItems", count) => format!("At least {count} items."),
        Rule::Count("MaxItems", count) => format!("At most {count} items."),
        Rule::Count("MinProperties", count) => format!("At least {count} entries."),
        Rule::Count(_, count) => format!("At most {count} entries."),
        Rule::Bound("Minimum", bound) => format!("At least {bound}."),
        Rule::Bound("ExclusiveMinimum", bound) => format!("More than {bound}."),
        Rule::Bound("Maximum", bound) => format!("At most {bound}."),
        Rule::Bound("ExclusiveMaximum", bound) => format!("Less than {bound}."),
        Rule::Bound(_, divisor) => format!("A multiple of {divisor}."),
        Rule::Among(values) => {
            let values: Vec<String> = values.iter().map(f64::to_string).collect();
            format!("One of {}.", values.join(", "))
        }
        // In a code span nothing needs escaping but backticks, which cannot be.
        Rule::Pattern(pattern)
            if pattern.contains(|sign: char| sign == '`' || sign.is_control() || is_invisible(sign)) =>
        {
            "Matches the document's pattern.".to_owned()
        }
        Rule::Pattern(pattern) => format!("Matches `{pattern}`."),
    }
}
