//! Bodies of several parts: `multipart/form-data` and its relatives (RFC 7578; OpenAPI 3.0.3, section on multipart content).

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::FilePart;
use crate::secrets::ZeroizingBuffer;

/// What a document says of the parts: the media type of each that it names.
pub(crate) type MediaTypes<'m> = &'m [(&'static str, &'static str)];

/// A boundary, which no body has by accident.
pub(crate) fn boundary() -> String {
    format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// A JSON object as parts: one for each member, or for each item of one that is a list. A text that is the boundary and an
/// index stands for that file of `files`. Members without a value are left out, and objects inside are written as JSON.
///
/// Nothing if it is no object.
pub(crate) fn encode(
    json: &[u8],
    files: &[FilePart],
    boundary: &str,
    media_types: MediaTypes<'_>,
) -> Option<ZeroizingBuffer> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(json).ok()?;
    let mut body = ZeroizingBuffer::default();
    for (name, value) in members {
        let media_type = media_types.iter().find(|(known, _)| *known == name).map(|(_, media_type)| *media_type);
        let part = Part { name: &name, media_type, files, boundary };
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.into_iter().try_for_each(|item| part.write(&mut body, item))?;
        } else {
            part.write(&mut body, value)?;
        }
    }
    body.push(["--", boundary, "--\r\n"]);
    Some(body)
}

/// A part, but for its value.
struct Part<'p> {
    name: &'p str,
    media_type: Option<&'p str>,
    files: &'p [FilePart],
    boundary: &'p str,
}

impl Part<'_> {
    fn write(&self, body: &mut ZeroizingBuffer, value: &RawValue) -> Option<()> {
        let json = value.get();
        if json == "null" {
            return Some(());
        }
        body.push(["--", self.boundary, "\r\ncontent-disposition: form-data; name=\"", &quoted(self.name), "\""]);
        if !json.starts_with('"') {
            let media_type = json.starts_with(['{', '[']).then_some("application/json");
            self.content(body, self.media_type.or(media_type), json.as_bytes());
            return Some(());
        }
        let text: Zeroizing<String> = Zeroizing::new(serde_json::from_str(json).ok()?);
        match text.strip_prefix(self.boundary).and_then(|index| self.files.get(index.parse::<usize>().ok()?)) {
            Some(file) => {
                let name = file.file_name.as_deref().unwrap_or(self.name);
                body.push(["; filename=\"", &quoted(name), "\""]);
                let media_type = file.media_type.as_deref().or(self.media_type);
                let media_type = media_type.unwrap_or("application/octet-stream");
                self.content(body, Some(media_type), file.bytes.expose_bytes());
            }
            None => self.content(body, self.media_type, text.as_bytes()),
        }
        Some(())
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

/// A name as it stands between quotes: what would end it is percent-encoded, as browsers have it (HTML, section on
/// multipart form data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::{FilePart, encode};

    #[test]
    fn members_are_parts_and_lists_are_several() {
        let json = br#"{"a": "x", "b": ["B0", null, "B1"], "c": {"d": 1}, "e": true, "f": null, "g": "{}"}"#;
        let files =
            [FilePart::new("one"), FilePart::new("two").file_name("t\"\r\n.txt").media_type("text/csv\r\nx: y")];
        let body = encode(json, &files, "B", &[("b", "image/png"), ("g", "application/json")]).expect("an object");
        let expected = "--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx\r\n\
            --B\r\ncontent-disposition: form-data; name=\"b\"; filename=\"b\"\r\ncontent-type: image/png\r\n\r\none\r\n\
            --B\r\ncontent-disposition: form-data; name=\"b\"; filename=\"t%22%0D%0A.txt\"\r\ncontent-type: text/csvx: y\r\n\r\ntwo\r\n\
            --B\r\ncontent-disposition: form-data; name=\"c\"\r\ncontent-type: application/json\r\n\r\n{\"d\": 1}\r\n\
            --B\r\ncontent-disposition: form-data; name=\"e\"\r\n\r\ntrue\r\n\
            --B\r\ncontent-disposition: form-data; name=\"g\"\r\ncontent-type: application/json\r\n\r\n{}\r\n--B--\r\n";
        assert_eq!(body.as_str(), expected);
        assert!(encode(b"[1]", &[], "B", &[]).is_none());
    }
}
