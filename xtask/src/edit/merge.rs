//! Determines the parts of one document that another lacks: operations, and the components that
//! they need.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::addition::{Addition, Clash};
use super::content::is_same;
use super::{METHODS, security};

/// Determines the parts of `new`, a document with only the wanted operations, that `root` lacks.
///
/// # Errors
/// Everything that both define differently under the same name.
pub(crate) fn merge(root: &Value, mut new: Value) -> Result<Addition, Vec<Clash>> {
    let mut addition = Addition::default();
    let mut clashes = Vec::new();
    let renamed = security::add_schemes(root, &new, &mut addition, &mut clashes);
    security::rename_schemes(&mut new, &renamed);
    add_components(root, &new, &mut addition, &mut clashes);
    security::state(root, &mut new, &mut addition);
    for (path, item) in new["paths"].as_object().into_iter().flatten() {
        add_operations(root, path, item, &mut addition, &mut clashes);
    }
    note_servers(root, &new, &mut addition);
    if addition.operations == 0 {
        addition.components.clear();
    }
    if clashes.is_empty() { Ok(addition) } else { Err(clashes) }
}

fn add_components(root: &Value, new: &Value, addition: &mut Addition, clashes: &mut Vec<Clash>) {
    let sections = new["components"].as_object().into_iter().flatten();
    for (section, all) in sections.filter(|(section, _)| *section != "securitySchemes") {
        for (name, component) in all.as_object().into_iter().flatten() {
            match root["components"][section].get(name) {
                None => addition.add(section, name, component),
                Some(known) if is_same(known, component) => {}
                Some(_) => {
                    clashes.push(Clash::Component { section: section.clone(), name: name.clone() })
                }
            }
        }
    }
}

fn add_operations(
    root: &Value,
    path: &str,
    item: &Value,
    addition: &mut Addition,
    clashes: &mut Vec<Clash>,
) {
    let known = root["paths"].get(path);
    let mut added = Map::new();
    for (method, operation) in item.as_object().into_iter().flatten() {
        if !METHODS.contains(&method.as_str()) {
            continue;
        }
        let there = known.and_then(|known| known.get(method));
        if let Some(there) = there {
            if is_same(there, operation) {
                addition.notes.push(format!("{} {path} is there already", method.to_uppercase()));
            } else {
                clashes.push(Clash::Operation { method: method.clone(), path: path.to_owned() });
            }
            continue;
        }
        let id = operation["operationId"].as_str().unwrap_or_default();
        if operation_ids(root).contains(id) {
            clashes.push(Clash::OperationId(id.to_owned()));
        }
        match known
            .map_or_else(|| Some(operation.clone()), |known| with_shared(known, item, operation))
        {
            Some(operation) => drop(added.insert(method.clone(), operation)),
            None => clashes.push(Clash::PathItem(path.to_owned())),
        }
    }
    if added.is_empty() {
        return;
    }
    addition.operations += added.len();
    if known.is_none() {
        let shared = item.as_object().into_iter().flatten();
        let shared = shared.filter(|(keyword, _)| !METHODS.contains(&keyword.as_str()));
        added.extend(shared.map(|(keyword, value)| (keyword.clone(), value.clone())));
    }
    addition.paths.insert(path.to_owned(), added.into());
}

/// The operation with what it has in common with others of its path, which the other document's
/// path item lacks; nothing if that has parameters of its own for all operations.
fn with_shared(known: &Value, item: &Value, operation: &Value) -> Option<Value> {
    let none = json!([]);
    let (theirs, ours) =
        (known.get("parameters").unwrap_or(&none), item.get("parameters").unwrap_or(&none));
    let mut operation = operation.clone();
    if !is_same(theirs, ours) {
        let shared = ours.as_array().filter(|_| *theirs == none)?;
        let own = operation["parameters"].as_array().cloned().unwrap_or_default();
        let identity = |parameter: &Value| (parameter["name"].clone(), parameter["in"].clone());
        let is_replaced = |parameter: &&Value| {
            own.iter().any(|one| one.get("name").is_some() && identity(one) == identity(parameter))
        };
        let kept: Vec<Value> =
            shared.iter().filter(|parameter| !is_replaced(parameter)).cloned().collect();
        operation["parameters"] = kept.into_iter().chain(own.clone()).collect();
    }
    if let (Some(servers), Value::Object(operation)) = (item.get("servers"), &mut operation) {
        operation.entry("servers").or_insert_with(|| servers.clone());
    }
    Some(operation)
}

/// Returns the ids of all operations.
pub(crate) fn operation_ids(root: &Value) -> BTreeSet<&str> {
    let items = root["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = items.flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    operations.filter_map(|operation| operation["operationId"].as_str()).collect()
}

fn note_servers(root: &Value, new: &Value, addition: &mut Addition) {
    let urls = |root: &Value| -> Vec<String> {
        let servers = root["servers"].as_array().into_iter().flatten();
        servers
            .filter_map(|server| Some(server["url"].as_str()?.trim_end_matches('/').to_owned()))
            .collect()
    };
    let (known, new) = (urls(root), urls(new));
    if !new.is_empty() && known != new {
        addition.notes.push(format!(
            "the servers stay those of the spec; the document has {}",
            new.join(", ")
        ));
    }
}
