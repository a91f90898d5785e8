//! Multipart bodies: `multipart/form-data` and similar (RFC 7578; OpenAPI 3.0.3, section on
//! multipart content).

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::FilePart;
use super::encoding::{self, Encoding, Encodings};
use super::style::{Syntax, Unwritable, pairs, parsed};
use crate::secrets::ZeroizingBuffer;

/// Returns a random boundary, which in practice no body contains.
pub(crate) fn boundary() -> String {
    format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// Encodes a JSON object as a multipart body.
///
/// There is one part for each property, and for each item of an array. Objects, and properties that
/// are documented to be JSON, are one part of JSON. A string of the boundary and an index is the
/// placeholder for that file of `files`. Null is left out. A property with a style has the parts
/// that would be pairs in a query, unless it has files.
///
/// # Errors
/// The name of a property and the reason why it cannot be written. The whole has an empty name.
pub(crate) fn encode(
    json: &[u8],
    files: &[FilePart],
    boundary: &str,
    encodings: Encodings<'_>,
) -> Result<ZeroizingBuffer, (String, Unwritable)> {
    let properties: BTreeMap<String, &RawValue> =
        serde_json::from_slice(json).map_err(|_| (String::new(), Unwritable::NoObject))?;
    let mut body = ZeroizingBuffer::default();
    for (name, value) in properties {
        let encoding = encoding::of(&name, encodings);
        let media_type = match encoding {
            Some(Encoding::Json(media_type) | Encoding::MediaType(media_type)) => Some(media_type),
            _ => None,
        };
        let part = Part { name: &name, media_type, files, boundary };
        let encoding = encoding.filter(|_| !part.holds_files(value));
        part.write_all(&mut body, encoding, value).map_err(|reason| (name.clone(), reason))?;
    }
    body.push(["--", boundary, "--\r\n"]);
    Ok(body)
}

/// A part without its content.
#[derive(Clone, Copy)]
struct Part<'p> {
    name: &'p str,
    media_type: Option<&'p str>,
    files: &'p [FilePart],
    boundary: &'p str,
}

impl Part<'_> {
    /// Returns true if the value is a file or has files as items. Nothing else contains the
    /// boundary.
    fn holds_files(&self, value: &RawValue) -> bool {
        value.get().contains(self.boundary)
    }

    fn start(&self, body: &mut ZeroizingBuffer) {
        body.push([
            "--",
            self.boundary,
            "\r\ncontent-disposition: form-data; name=\"",
            &quoted(self.name),
            "\"",
        ]);
    }

    /// Writes all parts of a property.
    fn write_all(
        &self,
        body: &mut ZeroizingBuffer,
        encoding: Option<Encoding>,
        value: &RawValue,
    ) -> Result<(), Unwritable> {
        match encoding {
            Some(Encoding::Styled(style, explode)) => {
                for (name, content) in pairs(self.name, value, style, explode, Syntax::PARTS)? {
                    let part = Part { name: &name, ..*self };
                    part.start(body);
                    part.content(body, None, content.as_ref());
                }
                Ok(())
            }
            Some(Encoding::Json(media_type)) if value.get() != "null" => {
                self.start(body);
                self.content(body, Some(media_type), value.get().as_bytes());
                Ok(())
            }
            _ if value.get().starts_with('[') => {
                let items: Vec<&RawValue> = parsed(value)?;
                items.into_iter().try_for_each(|item| self.write(body, item))
            }
            _ => self.write(body, value),
        }
    }

    fn write(&self, body: &mut ZeroizingBuffer, value: &RawValue) -> Result<(), Unwritable> {
        let json = value.get();
        if json == "null" {
            return Ok(());
        }
        self.start(body);
        if json.starts_with(['{', '[']) {
            // Whatever else is documented, it is JSON, which is text as well.
            let media_type = self.media_type.filter(|media_type| media_type.starts_with("text/"));
            self.content(body, media_type.or(Some("application/json")), json.as_bytes());
            return Ok(());
        }
        if !json.starts_with('"') {
            self.content(body, self.media_type, json.as_bytes());
            return Ok(());
        }
        let string: Zeroizing<String> = Zeroizing::new(parsed(value)?);
        match string
            .strip_prefix(self.boundary)
            .and_then(|index| self.files.get(index.parse::<usize>().ok()?))
        {
            Some(file) => {
                let name = file.file_name.as_deref().unwrap_or(self.name);
                body.push(["; filename=\"", &quoted(name), "\""]);
                let media_type = file.media_type.as_deref().or(self.media_type);
                let media_type = media_type.unwrap_or("application/octet-stream");
                self.content(body, Some(media_type), file.bytes.expose_bytes());
            }
            None => self.content(body, self.media_type, string.as_bytes()),
        }
        Ok(())
    }

    fn content(&self, body: &mut ZeroizingBuffer, media_type: Option<&str>, content: &[u8]) {
        if let Some(media_type) = media_type {
            // A line break would end the header.
            body.push(["\r\ncontent-type: "]);
            body.push(media_type.split(['\r', '\n']));
        }
        body.push(["\r\n\r\n"]);
        body.extend(content);
        body.push(["\r\n"]);
    }
}

/// Percent-encodes the characters that would end a quoted name, as browsers do (HTML, section on
/// multipart form data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::{Encoding, FilePart, Unwritable, encode};
    use crate::request::{Explode, Style};

    #[test]
    fn properties_are_parts_and_arrays_are_several_parts() {
        let json = br#"{"a": "x", "b": ["B0", null, "B1"], "c": {"d": 1}, "e": true, "f": null, "g": "{}"}"#;
        let files = [
            FilePart::new("one"),
            FilePart::new("two").file_name("t\"\r\n.txt").media_type("text/csv\r\nx: y"),
        ];
        let body = encode(
            json,
            &files,
            "B",
            &[("b", Encoding::MediaType("image/png")), ("g", Encoding::MediaType("text/x-json"))],
        )
        .expect("an object");
        let expected = "--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx\r\n\
            --B\r\ncontent-disposition: form-data; name=\"b\"; filename=\"b\"\r\ncontent-type: image/png\r\n\r\none\r\n\
            --B\r\ncontent-disposition: form-data; name=\"b\"; filename=\"t%22%0D%0A.txt\"\r\ncontent-type: text/csvx: y\r\n\r\ntwo\r\n\
            --B\r\ncontent-disposition: form-data; name=\"c\"\r\ncontent-type: application/json\r\n\r\n{\"d\": 1}\r\n\
            --B\r\ncontent-disposition: form-data; name=\"e\"\r\n\r\ntrue\r\n\
            --B\r\ncontent-disposition: form-data; name=\"g\"\r\ncontent-type: text/x-json\r\n\r\n{}\r\n--B--\r\n";
        assert_eq!(body.as_str(), expected);
        assert!(encode(b"[1]", &[], "B", &[]).is_err());
    }

    #[test]
    fn properties_with_styles_are_the_pairs_of_a_query_without_percent_encoding() {
        let json = br#"{"a": {"b c": [1, "d&"]}, "e": ["f", "g h"], "i": ["j", null], "k": ["B0"], "l": "m,n"}"#;
        let no = |name, style| (name, Encoding::Styled(style, Explode::No));
        let encodings = [
            ("a", Encoding::Styled(Style::DeepObject, Explode::Yes)),
            no("e", Style::PipeDelimited),
            ("i", Encoding::Styled(Style::Form, Explode::Yes)),
            no("k", Style::Form),
            no("l", Style::Form),
        ];
        let body = encode(json, &[FilePart::new("file")], "B", &encodings).expect("an object");
        let part = |name: &str, content: &str| {
            format!("--B\r\ncontent-disposition: form-data; name={name}\r\n\r\n{content}\r\n")
        };
        let expected = [
            part("\"a[b c][]\"", "1"),
            part("\"a[b c][]\"", "d&"),
            part("\"e\"", "f|g h"),
            part("\"i\"", "j"),
            part("\"k\"; filename=\"k\"\r\ncontent-type: application/octet-stream", "file"),
            part("\"l\"", "m,n"),
        ];
        assert_eq!(body.as_str(), expected.concat() + "--B--\r\n");
        let split = encode(br#"{"a": ["b,c"]}"#, &[], "B", &[no("a", Style::Form)]);
        assert_eq!(split.err(), Some(("a".to_owned(), Unwritable::Delimiter)));
    }

    #[test]
    fn what_is_documented_as_json_is_one_part_of_json_unless_it_is_a_file() {
        let json = br#"{"a": "te", "b": ["t1", null], "c": {"d": 1}, "e": [{"f": 1}, [2]], "g": ["B0"], "h": null}"#;
        let json_parts =
            ["a", "b", "c", "g", "h"].map(|name| (name, Encoding::Json("application/x+json")));
        let body = encode(json, &[FilePart::new("{}")], "B", &json_parts).expect("an object");
        let part = |name: &str, media_type: &str, content: &str| {
            format!(
                "--B\r\ncontent-disposition: form-data; name={name}\r\ncontent-type: application/{media_type}\r\n\r\n{content}\r\n"
            )
        };
        let expected = [
            part("\"a\"", "x+json", "\"te\""),
            part("\"b\"", "x+json", "[\"t1\", null]"),
            part("\"c\"", "x+json", "{\"d\": 1}"),
            part("\"e\"", "json", "{\"f\": 1}"),
            part("\"e\"", "json", "[2]"),
            part("\"g\"; filename=\"g\"", "x+json", "{}"),
        ];
        assert_eq!(body.as_str(), expected.concat() + "--B--\r\n");
    }
}
