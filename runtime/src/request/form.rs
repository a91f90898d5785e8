//! Form bodies: `application/x-www-form-urlencoded`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::encoding::{self, Encoding, Encodings};
use super::style::{Syntax, Unwritable, pairs};
use super::{Explode, Style};
use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::form_encode;

/// The syntax of the pairs in a form.
const FORM: Syntax = Syntax { encode: encoded, space: "+", pipe: "%7C" };

/// Encodes a JSON object as a form (OpenAPI 3.0.4, Encoding Object; WHATWG's URL Standard).
///
/// Without a documented encoding there is one pair for each property, and for each item of an
/// array, and objects are written as JSON. Null is left out.
///
/// # Errors
/// The name of a property and the reason why it cannot be written. The whole has an empty name.
pub(crate) fn encode(
    json: &[u8],
    encodings: Encodings<'_>,
) -> Result<ZeroizingBuffer, (String, Unwritable)> {
    let properties: BTreeMap<String, &RawValue> =
        serde_json::from_slice(json).map_err(|_| (String::new(), Unwritable::NoObject))?;
    let mut form = ZeroizingBuffer::default();
    for (name, value) in properties {
        let (style, explode) = match encoding::of(&name, encodings) {
            Some(Encoding::Styled(style, explode)) => (style, explode),
            Some(Encoding::Json(_)) => (Style::Json, Explode::No),
            _ if value.get().starts_with('{') => (Style::Json, Explode::No),
            _ => (Style::Form, Explode::Yes),
        };
        let pairs = pairs(&name, value, style, explode, FORM);
        for (name, value) in pairs.map_err(|reason| (name, reason))? {
            form.push([if form.is_empty() { "" } else { "&" }]);
            form.push(form_encode(&name));
            form.push(["=", value.as_str()]);
        }
    }
    Ok(form)
}

fn encoded(string: &str) -> ZeroizingBuffer {
    let mut encoded = ZeroizingBuffer::default();
    encoded.push(form_encode(string));
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Encodings, Explode, Style, encode};

    #[track_caller]
    fn check(json: &str, encodings: Encodings<'_>, form: Option<&str>) {
        let encoded = encode(json.as_bytes(), encodings).ok();
        assert_eq!(encoded.as_ref().map(|form| form.as_str()), form);
    }

    #[test]
    fn properties_are_pairs_and_arrays_are_several_pairs() {
        check(
            r#"{"b": "x y&z=ä", "a": 1.5, "c": [true, "q~*", null], "d": null, "e": {"f": "\""}, "l[]": [[1]]}"#,
            &[],
            Some(
                "a=1.5&b=x+y%26z%3D%C3%A4&c=true&c=q%7E*&e=%7B%22f%22%3A+%22%5C%22%22%7D&l%5B%5D=%5B1%5D",
            ),
        );
        check("{}", &[], Some(""));
    }

    #[test]
    fn documented_encodings_replace_the_default() {
        const ARRAY: &str = r#"{"a": ["x y", "b,c"]}"#;
        const OBJECT: &str = r#"{"a": {"b": [{"c": "d e"}], "f": 1}}"#;
        let styled = |style, explode| [("a", Encoding::Styled(style, explode))];
        check(ARRAY, &styled(Style::Form, Explode::No), Some("a=x+y,b%2Cc"));
        let words = r#"{"a": ["x", "b,c"]}"#;
        check(words, &styled(Style::SpaceDelimited, Explode::No), Some("a=x+b%2Cc"));
        check(ARRAY, &styled(Style::PipeDelimited, Explode::No), Some("a=x+y%7Cb%2Cc"));
        check(ARRAY, &styled(Style::DeepObject, Explode::Yes), Some("a%5B%5D=x+y&a%5B%5D=b%2Cc"));
        check(
            ARRAY,
            &[("a", Encoding::Json("application/json"))],
            Some("a=%5B%22x+y%22%2C+%22b%2Cc%22%5D"),
        );
        check(r#"{"a": "x"}"#, &[("a", Encoding::Json("application/json"))], Some("a=%22x%22"));
        check(
            OBJECT,
            &styled(Style::DeepObject, Explode::Yes),
            Some("a%5Bb%5D%5B0%5D%5Bc%5D=d+e&a%5Bf%5D=1"),
        );
        check(
            r#"{"a": {"b": 1, "c": [2, 3]}}"#,
            &styled(Style::Form, Explode::Yes),
            Some("b=1&c=2&c=3"),
        );
        check(r#"{"a": {"b": 1, "c": "2"}}"#, &styled(Style::Form, Explode::No), Some("a=b,1,c,2"));
    }

    #[test]
    fn what_a_style_would_split_is_refused() {
        let encodings = |style| [("a", Encoding::Styled(style, Explode::No))];
        for (json, style) in [
            (r#"{"a": ["x y"]}"#, Style::SpaceDelimited),
            (r#"{"a": ["x|y"]}"#, Style::PipeDelimited),
        ] {
            check(json, &encodings(style), None);
        }
        check(r#"{"a": ["x+y", "z"]}"#, &encodings(Style::SpaceDelimited), Some("a=x%2By+z"));
    }

    #[test]
    fn only_objects_are_forms() {
        check("[1]", &[], None);
        check("\"string\"", &[], None);
    }
}
