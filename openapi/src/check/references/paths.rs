//! Checks that the path templates and the path parameters match.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::check::State;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::{Node, operations_of};
use crate::path_template;
use crate::pointer;
use crate::reference;
use crate::rule::Rule;
use crate::words::{nearest, one_of, quote};

/// A declared parameter, inline or by reference.
struct Declared<'a> {
    pointer: String,
    name: &'a str,
    location: &'a str,
}

/// Reports template variables without a parameter and path parameters without a template variable.
pub(super) fn check(root: &Value, nodes: &[Node<'_>], state: State<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for node in nodes.iter().filter(|node| node.kind == Kind::PathItem) {
        let is_path = node.holder.is_some_and(|holder| nodes[holder].kind == Kind::Paths);
        if is_path && !node.has("$ref") {
            match path_template::names(node.under) {
                Some(names) => check_path(root, node, &names, &mut found),
                None if matches!(state, State::Written(_)) => found.push(malformed(node)),
                // Nobody can tell which path is meant, so the generator leaves out its operations.
                None => {}
            }
        }
    }
    found
}

fn check_path(root: &Value, item: &Node<'_>, names: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) {
    let shared = declared(root, item.members, &item.pointer, found);
    report_strangers(&shared, names, found);
    let mut missing_in = Vec::new();
    let mut operations = 0;
    for (method, operation) in operations_of(item) {
        operations += 1;
        let pointer = item.member(method);
        let own = declared(root, operation, &pointer, found);
        report_strangers(&own, names, found);
        let known = in_path(&shared).chain(in_path(&own)).collect::<BTreeSet<_>>();
        for name in names.difference(&known) {
            let guess = nearest(name, known.difference(names).copied());
            missing_in.push((*name, pointer.clone(), guess));
        }
    }
    for name in names {
        let locations = missing_in.iter().filter(|(missing, ..)| missing == name);
        let everywhere = locations.clone().count() == operations;
        for (_, pointer, guess) in locations.take(if everywhere { 1 } else { operations }) {
            let location = if everywhere { &item.pointer } else { pointer };
            found.push(undeclared(name, location, *guess));
        }
    }
}

/// Returns the parameters of a path item or an operation. Reports duplicates.
fn declared<'a>(
    root: &'a Value,
    holder: &'a (impl Object + ?Sized),
    pointer: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Declared<'a>> {
    let list = pointer::child(pointer, "parameters");
    let mut declared: Vec<Declared<'_>> = Vec::new();
    for (index, entry) in holder.array("parameters").iter().enumerate() {
        let Some((name, location)) = name_and_location(root, entry) else {
            continue;
        };
        let pointer = pointer::entry(&list, index);
        if declared.iter().any(|other| other.name == name && other.location == location) {
            found.push(twice(name, location, &pointer));
        }
        declared.push(Declared { pointer, name, location });
    }
    declared
}

/// Returns the name and the location of a parameter, behind any references.
fn name_and_location<'a>(root: &'a Value, entry: &'a Value) -> Option<(&'a str, &'a str)> {
    let parameter = reference::resolve(root, entry);
    Some((parameter.string("name")?, parameter.string("in")?))
}

fn in_path<'a>(declared: &[Declared<'a>]) -> impl Iterator<Item = &'a str> {
    declared.iter().filter(|parameter| parameter.location == "path").map(|parameter| parameter.name)
}

fn report_strangers(
    declared: &[Declared<'_>],
    names: &BTreeSet<&str>,
    found: &mut Vec<Diagnostic>,
) {
    for parameter in declared.iter().filter(|parameter| parameter.location == "path") {
        if names.contains(parameter.name) {
            continue;
        }
        let names: Vec<&str> = names.iter().copied().collect();
        found.push(Diagnostic {
            rule: Rule::PathParameterWithoutTemplate,
            subject: Subject::Name(parameter.name.to_owned()),
            location: Location::Pointer(parameter.pointer.clone()),
            what: format!(
                "The path has no {} for this parameter.",
                quote(&format!("{{{}}}", parameter.name))
            ),
            why: "The generated client would ask for a value and never send it.".into(),
            help: if names.is_empty() {
                "Add its name in braces to the path, or remove the parameter.".into()
            } else {
                format!("Use the name that the path has: {}.", one_of(&names))
            },
        });
    }
}

fn undeclared(name: &str, pointer: &str, guess: Option<&str>) -> Diagnostic {
    Diagnostic {
        rule: Rule::UndeclaredPathParameter,
        subject: Subject::Name(name.to_owned()),
        location: Location::Key(pointer.to_owned()),
        what: format!("The path parameter {} is not declared.", quote(&format!("{{{name}}}"))),
        why: "The generated client would send the braces as they are.".into(),
        help: guess.map_or_else(
            || format!("Add a parameter with `name: {name}`, `in: path` and `required: true`."),
            |guess| {
                format!(
                    "Did you mean the parameter {}? Use the same name in both locations.",
                    quote(guess)
                )
            },
        ),
    }
}

fn twice(name: &str, location: &str, pointer: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::DuplicateParameter,
        subject: Subject::Name(name.to_owned()),
        location: Location::Pointer(pointer.to_owned()),
        what: format!("The {location} parameter {} is declared twice.", quote(name)),
        why: "The generated method would have two arguments of the same name.".into(),
        help: "Remove one of them.".into(),
    }
}

fn malformed(node: &Node<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::MalformedPath,
        subject: Subject::Node,
        location: Location::Key(node.pointer.clone()),
        what: "The braces in this path do not match, or do not hold the name of a parameter."
            .into(),
        why: "The generated client would send the braces as they are.".into(),
        help: "Write each parameter as its name in one pair of braces, such as `/widgets/{id}`."
            .into(),
    }
}
