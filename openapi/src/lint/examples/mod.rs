//! Examples and defaults that do not match their schema.

mod checker;
mod constraints;
mod convert;
mod discriminators;
mod draft_2020_12;
mod formats;
mod single_precision;
mod steps;
mod undescribed;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::media_type::is_json;
use crate::object::Object;
use crate::objects::Kind;
use crate::objects::Node;
use crate::pointer;
use crate::rule::Rule;
use crate::words::quote;
use convert::Converter;
use validate::{Failure, Strictness};

pub use checker::Checker;

/// The dialect of JSON Schema that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Close to draft 4.
    OpenApi3_0,
    /// Draft 2020-12.
    OpenApi3_1,
}

/// The direction of a value, which decides about the properties that it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// From a client to the service.
    Sent,
    /// From the service to a client.
    Received,
    /// The direction is not known.
    Any,
}

impl Way {
    /// Returns true if values of this direction lack a property.
    #[must_use]
    pub fn leaves_out(self, root: &Value, property: &Value) -> bool {
        match self {
            Self::Sent => convert::is_one_way(root, property, "readOnly"),
            Self::Received => convert::is_one_way(root, property, "writeOnly"),
            Self::Any => false,
        }
    }
}

/// A value in a document, and the schema that it should match.
struct Example<'a> {
    rule: Rule,
    pointer: String,
    value: &'a Value,
    schema: String,
    way: Way,
}

/// Reports the examples that do not match their schemas, each at the most deeply nested failure.
pub(super) fn check(
    root: &Value,
    nodes: &[Node<'_>],
    dialect: Dialect,
    found: &mut Vec<Diagnostic>,
) {
    let examples = examples(nodes, dialect);
    let mut converter = Converter::new(root, nodes, dialect, Strictness::Lenient);
    let numbers: Vec<usize> =
        examples.iter().map(|example| converter.number(&example.schema, example.way)).collect();
    let (definitions, secrets) = converter.finish();
    let is_checked: Vec<bool> = examples
        .iter()
        .zip(&numbers)
        .map(|(example, number)| steps::are_few(&definitions, *number, example.value))
        .collect();
    for (example, _) in examples.iter().zip(&is_checked).filter(|(_, is_checked)| !**is_checked) {
        found.push(too_many_steps(example));
    }
    // One schema for all examples, so that each schema that they share is compiled only once.
    let properties = numbers
        .iter()
        .enumerate()
        .filter(|(index, _)| is_checked[*index])
        .map(|(index, number)| (index.to_string(), convert::link(*number)));
    let schema =
        json!({ "properties": properties.collect::<Map<_, _>>(), "definitions": definitions });
    let values = examples
        .iter()
        .enumerate()
        .map(|(index, example)| (index.to_string(), example.value.clone()));
    match validate::failures(dialect, &schema, &Value::Object(values.collect())) {
        Ok(failures) => report(&examples, failures, |index| secrets[numbers[index]], found),
        Err(problem) => found.push(unchecked(&problem)),
    }
}

/// Reports the properties in examples that their schemas do not describe.
pub(super) fn check_properties(root: &Value, nodes: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    undescribed::report(root, &examples(nodes, Dialect::OpenApi3_0), found);
}

fn report(
    examples: &[Example<'_>],
    failures: Vec<Failure>,
    is_secret: impl Fn(usize) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    let mut by_example: BTreeMap<usize, Vec<Failure>> = BTreeMap::new();
    for failure in failures {
        let (index, inside) = failure.pointer.trim_start_matches('/').split_once('/').map_or_else(
            || (failure.pointer.trim_start_matches('/'), String::new()),
            |(index, inside)| (index, format!("/{inside}")),
        );
        let Ok(index) = index.parse() else { continue };
        by_example.entry(index).or_default().push(Failure { pointer: inside, what: failure.what });
    }
    let mut seen = BTreeSet::new();
    for (index, failures) in by_example {
        let example = &examples[index];
        let Some(failure) = validate::deepest(failures.into_iter()) else { continue };
        if seen.insert((example.rule, &example.pointer)) {
            found.push(diagnostic(example, &failure, is_secret(index)));
        }
    }
}

fn diagnostic(example: &Example<'_>, failure: &Failure, is_secret: bool) -> Diagnostic {
    let at = format!("{}{}", example.pointer, failure.pointer);
    let subject =
        if failure.pointer.is_empty() { "it".to_owned() } else { quote(&failure.pointer) };
    let (name, why) = if example.rule == Rule::DefaultBreaksSchema {
        ("default", "The service cannot have a default that it would not accept.")
    } else {
        ("example", "Readers copy examples, and tests take them for payloads of the service.")
    };
    Diagnostic {
        rule: example.rule,
        subject: Subject::Node,
        location: if is_secret { Location::Hidden(at) } else { Location::Pointer(at) },
        what: format!("This {name} does not match its schema: {subject} {}.", failure.what),
        why: why.into(),
        help: format!("Correct the {name} or the schema."),
    }
}

fn too_many_steps(example: &Example<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::UncheckedExample,
        subject: Subject::Node,
        location: Location::Hidden(example.pointer.clone()),
        what: format!(
            "This example is not checked: that would take more than {} steps.",
            steps::MOST
        ),
        why: "Its schema is made of others that lead to the same schema again and again.".into(),
        help: "Let the schema refer to each of the others once.".into(),
    }
}

fn unchecked(problem: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::ExampleBreaksSchema,
        subject: Subject::Node,
        location: Location::Pointer(String::new()),
        what: format!("The examples could not be checked against their schemas: {problem}."),
        why: "The generator passed the validator a schema that it does not accept, which is a bug of the generator."
            .into(),
        help: "Report it together with this document. A client is generated nevertheless.".into(),
    }
}

fn examples<'a>(nodes: &[Node<'a>], dialect: Dialect) -> Vec<Example<'a>> {
    let by_pointer: BTreeMap<&str, &Node<'a>> =
        nodes.iter().map(|node| (node.pointer.as_str(), node)).collect();
    let mut examples = Vec::new();
    for node in nodes {
        match node.kind {
            // Keywords beside a reference count since 3.1.
            Kind::Schema if dialect == Dialect::OpenApi3_1 || node.reference().is_none() => {
                let rules = [
                    ("example", Rule::ExampleBreaksSchema),
                    ("default", Rule::DefaultBreaksSchema),
                ];
                for (member, rule) in rules {
                    let Some(value) = node.members.keyword(member) else { continue };
                    let (pointer, schema) = (node.member(member), node.pointer.clone());
                    examples.push(Example { rule, pointer, value, schema, way: way(nodes, node) });
                }
                for (index, value) in node.members.array("examples").iter().enumerate() {
                    let pointer = pointer::entry(&node.member("examples"), index);
                    let (rule, schema) = (Rule::ExampleBreaksSchema, node.pointer.clone());
                    examples.push(Example { rule, pointer, value, schema, way: way(nodes, node) });
                }
            }
            Kind::Parameter | Kind::Header | Kind::MediaType if node.has("schema") => {
                examples.extend(of_holder(
                    nodes,
                    node,
                    node.members.keyword("example"),
                    node.member("example"),
                ));
            }
            Kind::Example => {
                let Some(holder) = node.holder.map(|holder| &nodes[holder]) else { continue };
                let example = node
                    .target()
                    .map_or(Some(node), |target| by_pointer.get(target.as_str()).copied());
                let Some(example) = example else { continue };
                examples.extend(of_holder(
                    nodes,
                    holder,
                    example.members.keyword("value"),
                    example.member("value"),
                ));
            }
            _ => {}
        }
    }
    examples
}

/// Returns the example of a parameter, a header or a body.
fn of_holder<'a>(
    nodes: &[Node<'a>],
    holder: &Node<'a>,
    value: Option<&'a Value>,
    pointer: String,
) -> Option<Example<'a>> {
    holder.keyword("schema")?;
    // A body other than JSON can be given as a string.
    let is_message = holder.kind == Kind::MediaType && !is_json(&pointer::last(&holder.pointer));
    let value = value.filter(|value| !(is_message && value.is_string()))?;
    let (schema, way) = (holder.member("schema"), way(nodes, holder));
    Some(Example { rule: Rule::ExampleBreaksSchema, pointer, value, schema, way })
}

/// Returns the direction of the values of an object. Those of callbacks are not examined.
fn way(nodes: &[Node<'_>], node: &Node<'_>) -> Way {
    let mut way = Way::Any;
    let mut around = Some(node);
    while let Some(node) = around {
        match node.kind {
            Kind::Callback => return Way::Any,
            Kind::Parameter | Kind::RequestBody => way = Way::Sent,
            Kind::Response => way = Way::Received,
            _ => {}
        }
        around = node.holder.map(|holder| &nodes[holder]);
    }
    way
}
