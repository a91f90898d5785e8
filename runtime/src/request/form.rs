//! Form bodies: `application/x-www-form-urlencoded`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::percent_encode;

/// Encodes a JSON object as a form (OpenAPI 3.0.3, Media Type Object, section on form bodies).
///
/// There is one pair for each property, and for each item of an array. Null is left out, and
/// objects in properties are written as JSON. Returns `None` if `json` is not an object.
pub(crate) fn encode(json: &[u8]) -> Option<ZeroizingBuffer> {
    let properties: BTreeMap<String, &RawValue> = serde_json::from_slice(json).ok()?;
    let mut form = ZeroizingBuffer::default();
    for (name, value) in properties {
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.into_iter().try_for_each(|item| push(&mut form, &name, item))?;
        } else {
            push(&mut form, &name, value)?;
        }
    }
    Some(form)
}

fn push(form: &mut ZeroizingBuffer, name: &str, value: &RawValue) -> Option<()> {
    let json = value.get();
    if json == "null" {
        return Some(());
    }
    if !form.is_empty() {
        form.push(["&"]);
    }
    form.push(percent_encode(name));
    form.push(["="]);
    if json.starts_with('"') {
        let string: Zeroizing<String> = Zeroizing::new(serde_json::from_str(json).ok()?);
        form.push(percent_encode(&string));
    } else {
        form.push(percent_encode(json));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[track_caller]
    fn check(json: &str, form: Option<&str>) {
        assert_eq!(encode(json.as_bytes()).as_ref().map(|form| form.as_str()), form);
    }

    #[test]
    fn properties_are_pairs_and_arrays_are_several_pairs() {
        check(
            r#"{"b": "x y&z=ä", "a": 1.5, "c": [true, "q"], "d": null, "e": {"f": "\""}}"#,
            Some("a=1.5&b=x%20y%26z%3D%C3%A4&c=true&c=q&e=%7B%22f%22%3A%20%22%5C%22%22%7D"),
        );
        check("{}", Some(""));
    }

    #[test]
    fn only_objects_are_forms() {
        check("[1]", None);
        check("\"string\"", None);
    }
}
