//! Strings and numbers that a schema accepts, the preferred ones first.

use openapi::matching::{all_matching, is_match};
use openapi::object::{Object, Schema};
use serde_json::{Value, json};

use super::merged::Merged;

/// The longest string, which is made to reach a lower bound, and the greatest number of items.
pub(super) const MOST: usize = 1000;

/// The number of strings of a pattern that are offered.
const MOST_STRINGS: usize = 4;

/// Returns strings for a property or parameter with a name. `others` more are needed.
pub(super) fn strings(schema: &Merged<'_>, name: &str, others: usize) -> Vec<Value> {
    let (least, most) = (schema.least("minLength"), schema.most("maxLength"));
    let padded = |text: &str| {
        let padding =
            std::iter::repeat_n('x', least.min(MOST).saturating_sub(text.chars().count()));
        text.chars().chain(padding).take(most).collect::<String>()
    };
    let mut strings: Vec<String> = of_format(schema.format(), name).into_iter().collect();
    strings.push(padded(name));
    strings.extend((0..others).map(|number| padded(&format!("{number}{name}"))));
    let patterns: Vec<&str> = schema.all("pattern").filter_map(Value::as_str).collect();
    if let Some(first) = patterns.first() {
        strings.retain(|text| patterns.iter().all(|pattern| is_match(pattern, text)));
        if strings.len() <= others {
            let matching = all_matching(first, least..=most)
                .filter(|text| patterns[1..].iter().all(|pattern| is_match(pattern, text)));
            strings.extend(matching.take(MOST_STRINGS + others));
        }
    }
    strings.into_iter().map(Value::String).collect()
}

/// Returns a string of a format.
fn of_format(format: &str, name: &str) -> Option<String> {
    Some(match format {
        "uuid" => "12345678-1234-1234-1234-123456789012".to_owned(),
        "date-time" => "2011-09-06T17:26:27Z".to_owned(),
        "date" => "2011-09-06".to_owned(),
        "time" => "17:26:27Z".to_owned(),
        "duration" => "P1D".to_owned(),
        "email" | "idn-email" => "name@example.com".to_owned(),
        "hostname" | "idn-hostname" => "example.com".to_owned(),
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" | "uri-template" => {
            "https://example.com/".to_owned()
        }
        "ipv4" => "192.0.2.1".to_owned(),
        "ipv6" => "2001:db8::1".to_owned(),
        "byte" | "base64url" => "dmFsdWU=".to_owned(),
        "json-pointer" => format!("/{name}"),
        "int32" | "int64" | "uint32" | "uint64" | "integer" => "1".to_owned(),
        "float" | "double" | "decimal" | "number" => "1.5".to_owned(),
        _ => return None,
    })
}

/// Returns a bound of the schema that satisfies all the others, then other numbers, `others` of
/// which are needed.
pub(super) fn numbers(schema: &Merged<'_>, otherwise: Value, others: usize) -> Vec<Value> {
    let bounds = || {
        let keywords = ["maximum", "minimum", "multipleOf"];
        keywords.into_iter().flat_map(|keyword| schema.all(keyword).cloned())
    };
    let beside = bounds()
        .filter_map(|bound| bound.as_i64())
        .flat_map(|bound| [bound.saturating_add(1), bound.saturating_sub(1)].map(Value::from));
    let offset = i64::try_from(others).unwrap_or_default();
    let around = bounds().chain([otherwise.clone()]).filter_map(|bound| bound.as_i64());
    let around = around.flat_map(|bound| {
        let numbers = 2..=offset + 2;
        numbers.flat_map(move |step| [bound.saturating_add(step), bound.saturating_sub(step)])
    });
    let candidates = bounds()
        .chain([otherwise])
        .chain(beside)
        .chain([json!(0.5)])
        .chain(around.map(Value::from))
        .chain(multiples(schema));
    let mut numbers: Vec<Value> = Vec::new();
    for number in candidates.filter(|number| is_within(schema, number)) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.truncate(MOST_STRINGS + others);
    numbers
}

/// Returns multiples of the divisor near the bounds.
fn multiples(schema: &Merged<'_>) -> Vec<Value> {
    let divisors = schema.all("multipleOf").filter_map(Value::as_f64);
    let Some(divisor) = divisors.filter(|divisor| *divisor > 0.0).reduce(f64::max) else {
        return Vec::new();
    };
    let bound = |keyword: &'static str| schema.all(keyword).find_map(Value::as_f64);
    let near = [bound("minimum"), bound("maximum")].into_iter().flatten().chain([divisor]);
    near.flat_map(|bound| [-1.0, 0.0, 1.0].map(|step| ((bound / divisor).round() + step) * divisor))
        .map(|number| if number.fract() == 0.0 { json!(number as i64) } else { json!(number) })
        .collect()
}

fn is_within(schema: &Merged<'_>, candidate: &Value) -> bool {
    let Some(value) = candidate.as_f64() else { return false };
    let is_one = |part: &&Value| {
        let is_above = part.number("minimum").is_none_or(|least| {
            value > least || value >= least && !part.is_true("exclusiveMinimum")
        });
        let is_below = part
            .number("maximum")
            .is_none_or(|most| value < most || value <= most && !part.is_true("exclusiveMaximum"));
        let divides = part.number("multipleOf").is_none_or(|divisor| {
            let quotient = value / divisor;
            (quotient - quotient.round()).abs() < 1e-9
        });
        let is_whole =
            candidate.is_i64() || candidate.is_u64() || part.stated_type() != Some("integer");
        is_above && is_below && divides && is_whole
    };
    schema.parts.iter().all(is_one)
}
