//! Finds the schema that progenitor rejects, so that the report of a generator bug can name it.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::api::Operation;
use crate::lower::Lowered;
use openapi::object::any_object;
use openapi::reference::schema_name;

/// A schema that progenitor rejects.
pub(super) struct Refused {
    pub(super) name: String,
    /// A description of the schema and of where it is used.
    pub(super) what: String,
}

/// Returns the smallest schema that progenitor still rejects, with what it references.
pub(super) fn find(lowered: &Lowered, is_refused: impl Fn(&OpenAPI) -> bool) -> Option<Refused> {
    let components = lowered.openapi.components.as_ref()?;
    let references: BTreeMap<&str, BTreeSet<String>> = components
        .schemas
        .iter()
        .map(|(name, schema)| {
            (name.as_str(), references(&serde_json::to_value(schema).unwrap_or_default()))
        })
        .collect();
    let needed = |name: &String| closure(&references, BTreeSet::from([name.clone()]));
    let mut names: Vec<(&String, BTreeSet<String>)> =
        components.schemas.keys().map(|name| (name, needed(name))).collect();
    names.sort_by_key(|(_, needed)| needed.len());
    let (name, _) = names.into_iter().find(|(_, needed)| {
        let mut alone = lowered.openapi.clone();
        alone
            .components
            .iter_mut()
            .for_each(|components| components.schemas.retain(|name, _| needed.contains(name)));
        is_refused(&alone)
    })?;
    let uses = |operation: &&Operation| closure(&references, schemas_of(operation)).contains(name);
    let operation = lowered.api.operations.iter().find(uses);
    let used =
        operation.map(|operation| format!(", which `{}` uses", operation.id)).unwrap_or_default();
    Some(Refused {
        name: name.clone(),
        what: format!("the schema `{name}` of `{}`{used}", lowered.api.name),
    })
}

/// Returns the names of the schemas that a node refers to.
fn references(node: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    any_object(node, &mut |object| {
        names.extend(schema_name(object).map(str::to_owned));
        false
    });
    names
}

fn schemas_of(operation: &Operation) -> BTreeSet<String> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.schema);
    let body = operation.body.iter().map(|body| &body.schema);
    let responses =
        operation.responses.iter().filter_map(|response| Some(&response.body.as_ref()?.schema));
    parameters.chain(body).chain(responses).flat_map(references).collect()
}

/// Returns the names with everything that they refer to, directly or indirectly.
fn closure(
    references: &BTreeMap<&str, BTreeSet<String>>,
    names: BTreeSet<String>,
) -> BTreeSet<String> {
    let mut open: Vec<String> = names.iter().cloned().collect();
    let mut closed = names;
    while let Some(name) = open.pop() {
        for next in references.get(name.as_str()).into_iter().flatten() {
            if closed.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    closed
}
