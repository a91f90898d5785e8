//! Types for values that must satisfy several named schemas at once.
//!
//! Such a type is asked for while its schemas may still be being merged: a schema can restate a
//! property whose type is the schema itself. So it gets a reference at once and its content last.
//! If the content is that of one of its schemas, which is made of the others, that schema is the
//! type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::merger::Merger;
use super::place::Place;
use crate::schema::ANNOTATIONS;
use openapi::components::{add_schemas, schema_names, schema_pointer};
use openapi::naming;
use openapi::notes::PassNotes;
use openapi::reference::{schema_name, schema_reference, to_schema};
use openapi::walk;

/// What stands before the number of a joint type until it has a name. No name of a type has it.
const UNNAMED: char = '=';

/// The joint types, each at its number.
#[derive(Default)]
pub(super) struct JointTypes {
    types: Vec<JointType>,
    numbers: BTreeMap<(BTreeSet<String>, String), usize>,
}

struct JointType {
    /// The named schemas, in the order of the document.
    schemas: Vec<String>,
    /// Keywords that narrow them further.
    more: Map<String, Value>,
    /// The pointer to the place that first asked for it, and the name that a type has there.
    place: (String, String),
    content: Value,
    /// The schema that it is the same as.
    same_as: Option<String>,
}

impl JointTypes {
    /// Returns the first schema of a joint type.
    pub(super) fn first_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|joint| joint.schemas.first()).map(String::as_str)
    }

    /// Returns the schema that a joint type is the same as.
    pub(super) fn same_as(&self, name: &str) -> Option<String> {
        self.get(name)?.same_as.clone()
    }

    fn get(&self, name: &str) -> Option<&JointType> {
        self.types.get(number(name)?)
    }
}

pub(super) fn number(name: &str) -> Option<usize> {
    name.strip_prefix(UNNAMED)?.parse().ok()
}

impl Merger {
    /// Returns a reference to the type of values that satisfy all `schemas` and the keywords of
    /// `more`.
    pub(super) fn joint_type(
        &mut self,
        schemas: &[&str],
        more: &Map<String, Value>,
        at: &Place<'_>,
    ) -> Value {
        let mut names: Vec<String> = Vec::new();
        let mut all = Map::new();
        for name in schemas {
            let (inner, further) = match self.joint_types.get(name) {
                Some(joint) => (joint.schemas.clone(), joint.more.clone()),
                None => (vec![(*name).to_owned()], Map::new()),
            };
            names
                .extend(inner.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
            self.merge(&mut all, &further, at);
        }
        self.merge(&mut all, more, at);
        let key = (names.iter().cloned().collect(), json!(all).to_string());
        let number = match self.joint_types.numbers.get(&key) {
            Some(number) => *number,
            None => {
                let number = self.joint_types.types.len();
                self.joint_types.numbers.insert(key, number);
                let place = (at.pointer(), naming::schema_type(&at.hint()));
                let joint = JointType {
                    schemas: names,
                    more: all,
                    place,
                    content: json!({}),
                    same_as: None,
                };
                self.joint_types.types.push(joint);
                number
            }
        };
        to_schema(&format!("{UNNAMED}{number}"))
    }

    /// Fills in the content of all joint types, which may ask for further ones.
    fn fill(&mut self) {
        let mut number = 0;
        while let Some(joint) = self.joint_types.types.get(number) {
            let (schemas, more) = (joint.schemas.clone(), joint.more.clone());
            let (pointer, name) = joint.place.clone();
            let at = Place::top(&pointer, &name);
            let mut whole = Map::new();
            let mut description = None;
            for schema in &schemas {
                let content = self.named(schema);
                let Some(content) = content.as_object() else { continue };
                description = content.get("description").cloned().or(description);
                let constraints: Map<String, Value> = content
                    .iter()
                    .filter(|(keyword, _)| !is_annotation(keyword))
                    .map(|(keyword, value)| (keyword.clone(), value.clone()))
                    .collect();
                self.merge(&mut whole, &constraints, &at);
            }
            self.merge(&mut whole, &more, &at);
            if whole.contains_key("properties") {
                whole.insert("type".to_owned(), json!("object"));
            }
            whole.extend(description.map(|description| ("description".to_owned(), description)));
            self.joint_types.types[number].content = whole.into();
            number += 1;
        }
    }

    /// Finds the joint types that are the same as one of their schemas. Finding one can show that
    /// another one is.
    fn identify(&mut self) {
        loop {
            let mut found = Vec::new();
            for (number, joint) in self.joint_types.types.iter().enumerate() {
                if joint.same_as.is_some() {
                    continue;
                }
                let same = joint.schemas.iter().rev().find(|schema| {
                    let content = self.content(schema);
                    content.is_some_and(|content| {
                        self.is_same(&joint.content, content, (number, schema))
                    })
                });
                found.extend(same.map(|same| (number, same.clone())));
            }
            if found.is_empty() {
                return;
            }
            for (number, same) in found {
                self.joint_types.types[number].same_as = Some(same);
            }
        }
    }
}

pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword == "nullable" || keyword.starts_with("x-type-")
}

/// Gives the joint types that the document uses their content and their names.
pub(super) fn finish(merger: &mut Merger, root: &mut Value, notes: &mut PassNotes<'_>) {
    merger.fill();
    merger.identify();
    let used = used(merger, root);
    let mut names = schema_names(root);
    let mut added = Map::new();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for (number, joint) in merger.joint_types.types.iter().enumerate() {
        let unnamed = format!("{UNNAMED}{number}");
        if let Some(same_as) = &joint.same_as {
            renamed.insert(unnamed, same_as.clone());
            continue;
        }
        if !used.contains(&number) {
            continue;
        }
        let (pointer, wanted) = &joint.place;
        let quoted: Vec<String> = joint.schemas.iter().map(|name| format!("`{name}`")).collect();
        let text = match joint.more.is_empty() {
            true => format!("satisfies {}", quoted.join(" and ")),
            false => format!("satisfies {} and more", quoted.join(" and ")),
        };
        // A schema that is only used here leaves its name.
        let leaves_name = joint.schemas.contains(wanted)
            && merger.uses.get(wanted) == Some(&1)
            && !added.contains_key(wanted);
        let name = if leaves_name {
            notes.add(&schema_pointer(wanted), text);
            wanted.clone()
        } else {
            notes.add_name(pointer, (&mut names, wanted), |name| {
                format!("is `{name}`, which {text}")
            })
        };
        added.insert(name.clone(), joint.content.clone());
        renamed.insert(unnamed, name);
    }
    if renamed.is_empty() {
        return;
    }
    add_schemas(root, added);
    walk::document_mut(root, &mut |_, schema| {
        if let Some(name) = schema_name(schema).and_then(|name| renamed.get(name)) {
            schema["$ref"] = json!(schema_reference(name));
        }
    });
}

/// Returns the numbers of the joint types that a document uses, directly or within others.
fn used(merger: &Merger, root: &Value) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut open = Vec::new();
    walk::document(root, &mut |_, schema| open.extend(schema_name(schema).and_then(number)));
    while let Some(number) = open.pop() {
        let joint = merger.joint_types.types.get(number).filter(|joint| joint.same_as.is_none());
        let Some(joint) = joint.filter(|_| used.insert(number)) else { continue };
        walk::schema(&joint.content, &walk::Site::TOP, &mut |_, schema| {
            open.extend(schema_name(schema).and_then(self::number));
        });
    }
    used
}
