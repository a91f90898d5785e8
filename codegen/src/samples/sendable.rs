//! Values that a client sends: not all strings can be a segment of a path, or stand in a header.

use serde_json::Value;

use crate::api::{Body, Coding, Encoding, Parameter, ParameterLocation, Style};
use openapi::pointer::child;

/// Returns true if a client sends the value of a parameter in this location.
pub(super) fn is_sendable(location: ParameterLocation, value: &Value) -> bool {
    match location {
        ParameterLocation::Path => is_segment(value),
        ParameterLocation::Query => true,
        ParameterLocation::Header | ParameterLocation::Cookie => all_strings(value, &|text| {
            let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            is_visible && text.trim() == text
        }),
    }
}

/// Characters that items must not contain, by the JSON pointers to their arrays or objects.
pub(super) type Delimiters = Vec<(String, char)>;

/// Returns the delimiter of a parameter, if its style has one without an escape.
pub(super) fn of_parameter(parameter: &Parameter) -> Delimiters {
    let delimiter = delimiter(parameter.style).filter(|_| !parameter.explode);
    delimiter.map(|delimiter| (String::new(), delimiter)).into_iter().collect()
}

/// Returns the delimiters of the properties of a body.
pub(super) fn of_body(body: &Body) -> Delimiters {
    let styled = body.encodings.iter().filter_map(|(name, encoding)| match encoding {
        Encoding::Styled(style, false) => {
            // Parts are not encoded, so commas are not either.
            let comma = (body.coding == Coding::Multipart && *style == Style::Form).then_some(',');
            Some((child("", name), delimiter(*style).or(comma)?))
        }
        _ => None,
    });
    styled.collect()
}

fn delimiter(style: Style) -> Option<char> {
    match style {
        Style::SpaceDelimited => Some(' '),
        Style::PipeDelimited => Some('|'),
        _ => None,
    }
}

/// Returns true if a server can tell the items of a value apart.
pub(super) fn is_told_apart(delimiters: &Delimiters, value: &Value) -> bool {
    delimiters.iter().all(|(pointer, delimiter)| match value.pointer(pointer) {
        Some(Value::Array(items)) => {
            items.iter().all(|item| all_strings(item, &|text| !text.contains(*delimiter)))
        }
        Some(Value::Object(entries)) => entries.iter().all(|(name, value)| {
            !name.contains(*delimiter) && all_strings(value, &|text| !text.contains(*delimiter))
        }),
        _ => true,
    })
}

/// Returns true if a value can be a segment of a path, which is not empty and not a dot segment.
fn is_segment(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(is_segment),
        Value::Object(properties) => !properties.is_empty(),
        Value::String(text) => !matches!(text.as_str(), "" | "." | ".."),
        Value::Null => false,
        _ => true,
    }
}

fn all_strings(value: &Value, is_one: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_one(text),
        Value::Array(items) => items.iter().all(|item| all_strings(item, is_one)),
        Value::Object(properties) => properties.values().all(|value| all_strings(value, is_one)),
        _ => true,
    }
}
