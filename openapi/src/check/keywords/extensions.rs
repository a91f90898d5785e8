//! Checks the extensions that the generator reads: their spelling, location and value.

use super::types;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::{
    ACCEPTANCES, BASIC_CREDENTIALS, BASIC_CREDENTIALS_PROPERTIES, ERROR_CODE, FROM_CREDENTIAL,
    RATE_LIMIT, SOURCE, SOURCE_PROPERTIES,
};
use crate::object::Object;
use crate::objects::Node;
use crate::objects::{Kind, Shape, is_extension};
use crate::pointer;
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// An extension that the generator reads.
struct Extension {
    name: &'static str,
    shape: Shape,
    /// The properties that its value can have, if it is an object with known ones.
    members: &'static [&'static str],
    owner: Owner,
}

/// The objects in which an extension has an effect.
#[derive(Clone, Copy)]
enum Owner {
    Info,
    Operation,
    Parameter,
    Property,
    /// Anything whose Rust name is derived from the document.
    Named,
    Basic,
    ApiKey,
    Anywhere,
}

const fn extension(name: &'static str, shape: Shape, owner: Owner) -> Extension {
    Extension { name, shape, members: &[], owner }
}

const fn mapping(name: &'static str, members: &'static [&'static str], owner: Owner) -> Extension {
    Extension { name, shape: Shape::StringMap, members, owner }
}

const OURS: &[Extension] = &[
    mapping(SOURCE, &SOURCE_PROPERTIES, Owner::Info),
    Extension {
        name: RATE_LIMIT,
        shape: Shape::AnyMap,
        members: &["status-codes", "remaining", "reset", "message", "wait"],
        owner: Owner::Info,
    },
    extension(ERROR_CODE, Shape::Boolean, Owner::Property),
    extension("x-accept", Shape::String, Owner::Operation),
    extension("x-idempotent", Shape::Boolean, Owner::Operation),
    extension("x-paging", Shape::Any, Owner::Operation),
    extension("x-rust-name", Shape::String, Owner::Named),
    extension(FROM_CREDENTIAL, Shape::Any, Owner::Parameter),
    mapping(BASIC_CREDENTIALS, &BASIC_CREDENTIALS_PROPERTIES, Owner::Basic),
    extension("x-credential-prefix", Shape::String, Owner::ApiKey),
    extension(ACCEPTANCES, Shape::Any, Owner::Anywhere),
];

/// The shapes of the properties of [`RATE_LIMIT`]. Status codes are strings, as in `responses`.
const RATE_LIMIT_SHAPES: [(&str, Shape); 5] = [
    ("status-codes", Shape::Strings),
    ("remaining", Shape::String),
    ("reset", Shape::String),
    ("message", Shape::String),
    ("wait", Shape::Count),
];

impl Owner {
    fn admits(self, node: &Node<'_>) -> bool {
        match self {
            Self::Info => node.kind == Kind::Info,
            Self::Operation => node.kind == Kind::Operation,
            Self::Parameter => node.kind == Kind::Parameter,
            Self::Property => (node.kind, node.under) == PROPERTY,
            Self::Named => {
                matches!(node.kind, Kind::Operation | Kind::Parameter)
                    || (node.kind, node.under) == PROPERTY
            }
            // A misspelt value is reported separately.
            Self::Basic => is_scheme(node, "http") && is_almost(node.string("scheme"), "basic"),
            Self::ApiKey => is_scheme(node, "apiKey"),
            Self::Anywhere => true,
        }
    }

    /// Describes the objects as part of a sentence.
    fn describe(self) -> &'static str {
        match self {
            Self::Info => "`info`",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Property => "a property",
            Self::Named => "an operation, a parameter or a property",
            Self::Basic => "a security scheme with `type: http` and `scheme: basic`",
            Self::ApiKey => "a security scheme with `type: apiKey`",
            Self::Anywhere => "any object",
        }
    }
}

/// The kind and the keyword of a schema that describes a property.
const PROPERTY: (Kind, &str) = (Kind::Schema, "properties");

fn is_scheme(node: &Node<'_>, ty: &str) -> bool {
    node.kind == Kind::SecurityScheme && is_almost(node.string("type"), ty)
}

fn is_almost(stated: Option<&str>, known: &str) -> bool {
    stated.is_none_or(|stated| nearest(stated, [known]).is_some())
}

/// Returns the names of the extensions that the generator reads.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    OURS.iter().map(|extension| extension.name)
}

/// Reports misspelt extensions, and extensions in the wrong location or with invalid values.
pub(super) fn check(node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if node.reference().is_some() {
        return;
    }
    let extensions = node.members.keys().filter(|name| is_extension(name));
    for name in extensions.filter(|name| node.kind.shape(name).is_none()) {
        if let Some(ours) = OURS.iter().find(|ours| ours.name == name) {
            if ours.owner.admits(node) {
                check_value(node, ours, found);
            } else {
                found.push(misplaced(node, ours));
            }
            continue;
        }
        let Some(meant) = nearest(name, names()) else {
            continue;
        };
        found.push(Diagnostic {
            rule: Rule::MisspeltExtension,
            subject: Subject::Keyword(name.clone()),
            location: Location::Key(node.member(name)),
            what: format!("{} is not a known extension.", quote(name)),
            why: "The generated client would ignore it.".into(),
            help: format!("Did you mean `{meant}`?"),
        });
    }
}

fn misplaced(node: &Node<'_>, ours: &Extension) -> Diagnostic {
    Diagnostic {
        rule: Rule::MisplacedExtension,
        subject: Subject::Keyword(ours.name.to_owned()),
        location: Location::Key(node.member(ours.name)),
        what: format!(
            "`{}` has no effect here. It belongs in {}.",
            ours.name,
            ours.owner.describe()
        ),
        why: "The generated client would ignore it.".into(),
        help: "Move it there, or remove it.".into(),
    }
}

fn check_value(node: &Node<'_>, ours: &Extension, found: &mut Vec<Diagnostic>) {
    let Some(value) = node.keyword(ours.name) else { return };
    let pointer = node.member(ours.name);
    types::check(ours.name, value, ours.shape, || pointer.clone(), found);
    if ours.name == RATE_LIMIT {
        for (member, shape) in RATE_LIMIT_SHAPES {
            if let Some(value) = value.get(member) {
                types::check(member, value, shape, || pointer::child(&pointer, member), found);
            }
        }
    }
    let members = value.as_object().filter(|_| !ours.members.is_empty());
    for member in members.into_iter().flatten().map(|(member, _)| member) {
        if ours.members.contains(&member.as_str()) {
            continue;
        }
        let meant = nearest(member, ours.members.iter().copied());
        found.push(Diagnostic {
            rule: Rule::UnknownKeyword,
            subject: Subject::Keyword(member.clone()),
            location: Location::Key(pointer::child(&pointer, member)),
            what: format!("{} is not a property of `{}`.", quote(member), ours.name),
            why: "The generated client would ignore it.".into(),
            help: meant.map_or_else(
                || format!("Write {}.", one_of(ours.members)),
                |meant| format!("Did you mean `{meant}`?"),
            ),
        });
    }
}
