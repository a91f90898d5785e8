//! Collects the named schemas that operations use, and splits those that are both sent and
//! received.
//!
//! Sent values are checked against the document and received values are not, so one Rust type
//! cannot serve both.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::origins::Origins;
use super::{alternatives, one_direction_properties};
use crate::api::{Api, Direction, RustType, Schema, ValueSource, type_of, type_of_not_null};
use openapi::components::schema_pointer;
use openapi::diagnostic::Diagnostic;
use openapi::naming::UniqueNames;
use openapi::notes::Notes;
use openapi::reference::{schema_name, schema_reference};
use openapi::walk::{self, Site};

/// Name of the pass.
pub(super) const NAME: &str = "split_directions";

pub(super) fn run(api: &mut Api, root: &Value, notes: &mut Notes) -> Result<(), Vec<Diagnostic>> {
    let no_schemas = Value::Object(serde_json::Map::new());
    let schemas = root.pointer("/components/schemas").unwrap_or(&no_schemas);
    let (sent_schemas, mut sent_notes) = in_one_direction(schemas, Direction::Request);
    let (received_schemas, mut received_notes) = in_one_direction(schemas, Direction::Response);
    let origins = Origins::of(notes);
    let mut found = [sent_notes.take_found(), received_notes.take_found()].concat();
    if !found.is_empty() {
        found.dedup();
        origins.restore(&mut found);
        return Err(found);
    }
    let sent = reachable(&sent_schemas, sent(api));
    let received = reachable(&received_schemas, received(api));
    notes.extend_about(sent_notes, &sent);
    notes.extend_about(received_notes, &received);
    let renamed = rename_what_is_both(&sent, &received, notes);
    let as_sent = |schema: &Value| renamed_references(schema, &renamed);
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            parameter.schema = as_sent(&parameter.schema);
            parameter.rust_type = type_of_not_null(&parameter.schema);
        }
        if let Some(body) = operation.body.as_mut().filter(|body| body.rust_type != RustType::Raw) {
            body.schema = as_sent(&body.schema);
            body.rust_type = type_of(&body.schema);
        }
    }
    let origins = Origins::of(notes);
    let requests = sent.iter().filter_map(|name| {
        let documented = as_sent(sent_schemas.get(name)?);
        let pointer = origins.pointer(name);
        let name = renamed.get(name).unwrap_or(name).clone();
        Some(Schema { name, pointer, direction: Direction::Request, documented })
    });
    let responses = received.iter().filter_map(|name| {
        Some(Schema {
            name: name.clone(),
            pointer: origins.pointer(name),
            direction: Direction::Response,
            documented: received_schemas.get(name)?.clone(),
        })
    });
    api.schemas = requests.chain(responses).collect();
    api.schemas.sort_by(|one, other| one.name.cmp(&other.name));
    alternatives::check_secrets(&api.schemas)
}

/// Returns the schemas as they are in one direction, whether they are used there or not, with the
/// notes on them.
fn in_one_direction(schemas: &Value, direction: Direction) -> (Value, Notes) {
    let mut notes = Notes::default();
    let members = one_direction_properties::run(
        schemas,
        direction,
        &mut notes.of(one_direction_properties::NAME),
    );
    (alternatives::run(&members, direction, &mut notes.of(alternatives::NAME)), notes)
}

fn sent(api: &Api) -> Vec<&Value> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters
        .filter(|parameter| parameter.source == ValueSource::Caller)
        .map(|parameter| &parameter.schema);
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref())
        .map(|body| &body.schema);
    parameters.chain(bodies).collect()
}

fn received(api: &Api) -> Vec<&Value> {
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    responses.filter_map(|response| response.body.as_ref()).map(|body| &body.schema).collect()
}

fn reachable<'v>(schemas: &'v Value, uses: Vec<&'v Value>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = uses;
    while let Some(schema) = open.pop() {
        walk::schema(schema, &Site::TOP, &mut |_, schema| {
            let Some(name) = schema_name(schema) else { return };
            if let Some(target) = schemas.get(name)
                && names.insert(name.to_owned())
            {
                open.push(target);
            }
        });
    }
    names
}

fn rename_what_is_both(
    sent: &BTreeSet<String>,
    received: &BTreeSet<String>,
    notes: &mut Notes,
) -> BTreeMap<String, String> {
    let mut names = UniqueNames::default();
    for name in sent.union(received) {
        names.take(name);
    }
    let mut renamed = BTreeMap::new();
    for name in sent.intersection(received) {
        let wanted = format!("{name}Input");
        let text = |sent: &str| format!("is sent as `{sent}`, received as `{name}`");
        let request_name =
            notes.of(NAME).add_name(&schema_pointer(name), (&mut names, &wanted), text);
        renamed.insert(name.clone(), request_name);
    }
    renamed
}

fn renamed_references(schema: &Value, renamed: &BTreeMap<String, String>) -> Value {
    let mut schema = schema.clone();
    walk::schema_mut(&mut schema, &Site::TOP, &mut |_, schema| {
        if let Some(name) = schema_name(schema).and_then(|name| renamed.get(name)) {
            schema["$ref"] = Value::String(schema_reference(name));
        }
    });
    schema
}
