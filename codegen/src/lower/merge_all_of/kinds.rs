//! The kinds of named schemas, which decide how one is narrowed by another.

use serde_json::Value;

use super::merger::Merger;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;

/// The kind of a named schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has properties.
    Object,
    /// It lists strings.
    Enum,
    /// It has alternatives and no properties.
    Alternatives,
    /// It needs no type of its own.
    Plain,
}

impl Merger {
    /// Returns the kind of a named schema, which need not be merged yet.
    pub(super) fn kind(&self, name: &str) -> Kind {
        let mut seen = Vec::new();
        let name = self.joint_types.first_of(name).unwrap_or(name);
        self.schemas.get(name).map_or(Kind::Plain, |schema| self.kind_of(schema, &mut seen))
    }

    fn kind_of<'v>(&'v self, schema: &'v Value, seen: &mut Vec<&'v str>) -> Kind {
        if schema.properties().next().is_some() {
            return Kind::Object;
        }
        if schema.array("enum").iter().any(Value::is_string) {
            return Kind::Enum;
        }
        let mut kind = Kind::Plain;
        if schema.alternatives().next().is_some() {
            kind = Kind::Alternatives;
        }
        let named = schema_name(schema).filter(|name| !seen.contains(name)).and_then(|name| {
            seen.push(name);
            self.schemas.get(name)
        });
        for part in schema.subschemas().iter().chain(named) {
            match self.kind_of(part, seen) {
                Kind::Plain => {}
                Kind::Alternatives => kind = Kind::Alternatives,
                decided => return decided,
            }
        }
        kind
    }
}
