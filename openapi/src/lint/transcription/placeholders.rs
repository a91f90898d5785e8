//! Placeholders that nobody has replaced.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::objects::Node;
use crate::objects::{Kind, Shape};
use crate::pointer;
use crate::rule::Rule;
use crate::words::{PLACEHOLDER, quote};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for paths in view.all(Kind::Paths) {
        let unfinished = paths.members.keys().filter(|path| path.split('/').any(is_placeholder));
        found.extend(unfinished.map(|path| finding(Location::Key(paths.member(path)), path)));
    }
    for node in view.nodes() {
        for (member, value) in
            node.members.iter().filter(|(member, _)| !holds_objects(node, member))
        {
            let mut names = Vec::new();
            collect(value, member.clone(), &mut names);
            found.extend(
                names.iter().map(|name| finding(Location::Pointer(node.member(member)), name)),
            );
        }
    }
}

/// Returns true if a keyword contains OpenAPI objects, which are examined separately.
fn holds_objects(node: &Node<'_>, member: &str) -> bool {
    let shape = node.kind.shape(member).filter(|_| node.reference().is_none());
    matches!(shape, Some(Shape::One(_) | Shape::OneOrBoolean(_) | Shape::Array(_) | Shape::Map(_)))
}

/// The names of the placeholders in a value. Each has the path to it, which a search for objects
/// does not know.
fn collect(value: &Value, name: String, names: &mut Vec<String>) {
    match value {
        Value::String(text) if is_placeholder(text) => names.push(name),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(item, pointer::entry(&name, index), names));
        }
        Value::Object(members) => {
            members
                .iter()
                .for_each(|(member, value)| collect(value, format!("{name}/{member}"), names));
        }
        _ => {}
    }
}

fn is_placeholder(text: &str) -> bool {
    let rest = text.trim_start().strip_prefix(PLACEHOLDER);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn finding(location: Location, name: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::Placeholder,
        subject: Subject::Name(name.to_owned()),
        location,
        what: format!("{} is still a placeholder.", quote(name)),
        why: "The placeholder would end up in the client's documentation or in a value.".into(),
        help: "Write what the page says, or remove it if the page says nothing.".into(),
    }
}
