//! Invalid media types, and those that resemble a well-known one.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::{nearest, quote};

/// The registered types, with the subtypes of bodies that another subtype could be misspelt as.
const KNOWN: [(&str, &[&str]); 10] = [
    (
        "application",
        &[
            "bson",
            "cbor",
            "csv",
            "graphql",
            "gzip",
            "hal+json",
            "javascript",
            "jose",
            "json",
            "json-patch+json",
            "json-seq",
            "json5",
            "jsonl",
            "jwt",
            "ld+json",
            "merge-patch+json",
            "msgpack",
            "octet-stream",
            "pdf",
            "problem+json",
            "problem+xml",
            "protobuf",
            "rtf",
            "scim+json",
            "sql",
            "toml",
            "x-ndjson",
            "x-www-form-urlencoded",
            "x-yaml",
            "xhtml+xml",
            "xml",
            "yaml",
            "zip",
        ],
    ),
    ("audio", &["aac", "mp3", "mp4", "mpeg", "ogg", "wav"]),
    ("font", &["otf", "ttf", "woff", "woff2"]),
    ("haptics", &[]),
    ("image", &["bmp", "gif", "jpeg", "png", "svg+xml", "tiff", "webp"]),
    ("message", &["http", "rfc822"]),
    ("model", &[]),
    ("multipart", &["alternative", "byteranges", "form-data", "mixed", "related"]),
    (
        "text",
        &[
            "calendar",
            "css",
            "csv",
            "event-stream",
            "html",
            "javascript",
            "markdown",
            "plain",
            "xml",
            "yaml",
        ],
    ),
    ("video", &["mp4", "mpeg", "ogg", "webm"]),
];

/// Reports the keys of `content` and the media types in `x-accept`.
pub(super) fn check(nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    for node in nodes {
        match node.kind {
            Kind::MediaType => {
                check_one(&pointer::last(&node.pointer), Location::Key(node.pointer.clone()), found)
            }
            Kind::Operation => {
                let accepted =
                    node.string("x-accept").into_iter().flat_map(|accepted| accepted.split(','));
                accepted.for_each(|one| {
                    check_one(one, Location::Pointer(node.member("x-accept")), found)
                });
            }
            _ => {}
        }
    }
}

fn check_one(text: &str, location: Location, found: &mut Vec<Diagnostic>) {
    let bare = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let parts = bare.split_once('/').filter(|(ty, subtype)| is_name(ty) && is_name(subtype));
    let meant = match parts {
        Some((ty, subtype)) => meant(ty, subtype),
        None => meant_by_malformed(&bare),
    };
    if parts.is_some() && meant.is_none() {
        return;
    }
    let what = match parts {
        Some(_) => format!("{} is not a known media type.", quote(text)),
        None => format!("{} is not a media type.", quote(text)),
    };
    found.push(Diagnostic {
        rule: Rule::BadMediaType,
        subject: Subject::Node,
        location,
        what,
        why: "The client would send or request a media type that the service does not know.".into(),
        help: meant.map_or_else(
            || "Write a type and a subtype separated by `/`, such as `application/json`.".into(),
            |meant| format!("Did you mean {}?", quote(&meant)),
        ),
    });
}

/// Returns the nearest media type, unless it is the same.
fn meant(ty: &str, subtype: &str) -> Option<String> {
    let known_type = nearest(ty, KNOWN.iter().map(|(known, _)| *known)).filter(|_| ty != "*")?;
    let (_, subtypes) = KNOWN.iter().find(|(known, _)| *known == known_type)?;
    let known_subtype =
        nearest(subtype, subtypes.iter().copied()).filter(|_| !subtypes.contains(&subtype));
    let meant = format!("{known_type}/{}", known_subtype.unwrap_or(subtype));
    (meant != format!("{ty}/{subtype}")).then_some(meant)
}

/// Returns the media type that a malformed one was meant to be.
fn meant_by_malformed(text: &str) -> Option<String> {
    let all = || {
        KNOWN.iter().flat_map(|(ty, subtypes)| {
            subtypes.iter().map(move |subtype| format!("{ty}/{subtype}"))
        })
    };
    let is_subtype =
        |known: &String| known.split_once('/').is_some_and(|(_, subtype)| subtype == text);
    let known: Vec<String> = all().collect();
    let by_subtype = all().find(is_subtype);
    by_subtype.or_else(|| nearest(text, known.iter().map(String::as_str)).map(str::to_owned))
}

/// Returns true if the string is an HTTP token, as types and subtypes are.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
        })
}

#[cfg(test)]
mod tests {
    use super::{meant, meant_by_malformed};

    #[test]
    fn what_others_have_registered_is_let_pass() {
        for (ty, subtype) in [
            ("application", "json"),
            ("application", "vnd.widgets.v3+json"),
            ("application", "x-tar"),
            ("*", "*"),
            ("text", "*"),
            ("image", "x-icon"),
            ("chemical", "x-pdb"),
        ] {
            assert_eq!(meant(ty, subtype), None, "{ty}/{subtype}");
        }
    }

    #[test]
    fn what_is_nearest_is_guessed() {
        assert_eq!(meant("aplication", "jsn").as_deref(), Some("application/json"));
        assert_eq!(
            meant("aplication", "vnd.widgets+json").as_deref(),
            Some("application/vnd.widgets+json")
        );
        assert_eq!(meant("image", "jpg").as_deref(), Some("image/jpeg"));
        assert_eq!(meant_by_malformed("application-json").as_deref(), Some("application/json"));
        assert_eq!(meant_by_malformed("json").as_deref(), Some("application/json"));
        assert_eq!(meant_by_malformed("widgets"), None);
    }
}
