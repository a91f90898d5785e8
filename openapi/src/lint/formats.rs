//! Unknown formats, most of which are misspelt.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::secrets::is_almost_password;
use crate::words::{nearest, quote};

/// The formats of OpenAPI 3.0.3 (Data Types), of JSON Schema and of
/// <https://spec.openapis.org/registry/format>, and `unix-time`, which is as common as the
/// registered `unixtime`. Of equally near formats, the first one is suggested.
const KNOWN: [&str; 51] = [
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
    "date",
    "date-time",
    "password",
    "base64url",
    "char",
    "commonmark",
    "date-time-local",
    "decimal",
    "decimal128",
    "double-int",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int8",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "unix-time",
    "unixtime",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Reports unknown formats. In a vendor's document only those that resemble a known one are
/// reported, since vendors define their own.
pub(super) fn check(nodes: &[Node<'_>], policy: Policy, found: &mut Vec<Diagnostic>) {
    for node in nodes.iter().filter(|node| node.kind == Kind::Schema && node.reference().is_none())
    {
        let Some(format) = node.string("format").filter(|format| !KNOWN.contains(format)) else {
            continue;
        };
        let meant = nearest(format, KNOWN);
        // A misspelt format of secrets is refused, since they would be printed.
        if is_almost_password(format) || (meant.is_none() && policy == Policy::Repair) {
            continue;
        }
        found.push(Diagnostic {
            rule: Rule::UnknownFormat,
            subject: Subject::Name(format.to_owned()),
            location: Location::Pointer(node.member("format")),
            what: format!("{} is not a known format.", quote(format)),
            why: "The client would ignore the format.".into(),
            help: meant.map_or_else(
                || "Write a format that OpenAPI or JSON Schema defines, or remove it and explain the value in the description.".into(),
                |meant| format!("Did you mean `{meant}`?"),
            ),
        });
    }
}
