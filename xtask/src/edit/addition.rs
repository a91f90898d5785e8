//! The parts that are added to a document, and the conflicts that prevent it.

use serde_json::{Map, Value, json};
use thiserror::Error;

/// An item that two documents define differently under the same name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Clash {
    /// An operation.
    #[error("{} {path} is there already, and is another operation", method.to_uppercase())]
    Operation {
        /// Its method, in lower case.
        method: String,
        /// Its path.
        path: String,
    },
    /// The name of an operation.
    #[error("another operation has the id `{}` already", .0.escape_debug())]
    OperationId(String),
    /// The parameters that all operations of a path have.
    #[error("{0} is there already, with other parameters for all of its operations")]
    PathItem(String),
    /// A component.
    #[error("components/{section}/{name} is there already, and says something else")]
    Component {
        /// The keyword that it is under.
        section: String,
        /// Its name.
        name: String,
    },
}

/// The parts that are added to a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Addition {
    /// Operations by path, each path item with nothing else if there is one of that path.
    pub paths: Map<String, Value>,
    /// Components by the keyword that they are under.
    pub components: Map<String, Value>,
    /// The number of operations.
    pub operations: usize,
    /// The notes about omitted and renamed parts.
    pub notes: Vec<String>,
}

impl Addition {
    /// Adds a component.
    pub(crate) fn add(&mut self, section: &str, name: &str, component: &Value) {
        self.components.entry(section).or_insert_with(|| json!({}))[name] = component.clone();
    }

    /// Returns the document with the addition.
    pub(crate) fn merged(&self, mut root: Value) -> Value {
        for (path, item) in &self.paths {
            extend(&mut root["paths"][path], item);
        }
        for (section, components) in &self.components {
            extend(&mut root["components"][section], components);
        }
        root
    }
}

fn extend(object: &mut Value, more: &Value) {
    match (object, more) {
        (Value::Object(object), Value::Object(more)) => object.extend(more.clone()),
        (object, more) => *object = more.clone(),
    }
}
