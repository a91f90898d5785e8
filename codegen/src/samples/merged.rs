//! A schema together with everything that it refers to and consists of.

use openapi::object::{Object, Schema};
use openapi::reference;
use serde_json::Value;

/// One of several schemas that a value matches.
#[derive(Clone, Copy)]
pub(super) enum Alternative<'d> {
    /// A schema in `oneOf` or `anyOf`.
    Stated(&'d Value),
    /// A schema that a discriminator selects, by its reference.
    Subtype(&'d str),
    /// No other schema.
    None,
}

/// The subschemas of a schema, behind their references.
#[derive(Clone, Default)]
pub(super) struct Merged<'d> {
    /// The schema itself, then its subschemas.
    pub parts: Vec<&'d Value>,
    /// The alternatives of which a value matches one, with the subschema that has them.
    pub groups: Vec<(&'d Value, Vec<Alternative<'d>>)>,
    /// The references that were followed.
    pub references: Vec<&'d str>,
    /// The number of parts whose examples were tried before.
    pub known: usize,
    /// The values of properties that select an alternative.
    pub selected: Vec<(&'d str, Value)>,
}

impl<'d> Merged<'d> {
    /// Returns the subschemas of all schemas, whose values are those that match each of them.
    pub(super) fn of(root: &'d Value, schemas: &[&'d Value]) -> Self {
        let mut merged = Self::default();
        schemas.iter().for_each(|schema| merged.add(root, schema));
        merged
    }

    /// Returns the schema for the values that match an alternative of the first group, too.
    pub(super) fn with_alternative(&self, root: &'d Value, alternative: Alternative<'d>) -> Self {
        let mut merged = self.clone();
        let (owner, _) = merged.groups.remove(0);
        merged.known = merged.parts.len();
        let reference = match alternative {
            Alternative::Stated(schema) => {
                merged.add(root, schema);
                reference::of(schema)
            }
            Alternative::Subtype(reference) => {
                merged.add_reference(root, reference);
                Some(reference)
            }
            Alternative::None => None,
        };
        if let Some(reference) = reference {
            merged.selected.extend(selected(owner, reference));
        }
        merged
    }

    fn add(&mut self, root: &'d Value, schema: &'d Value) {
        if let Some(reference) = reference::of(schema) {
            self.add_reference(root, reference);
            return;
        }
        self.parts.push(schema);
        let stated = [schema.array("oneOf"), schema.array("anyOf")];
        for group in stated.into_iter().filter(|group| !group.is_empty()) {
            self.groups.push((schema, group.iter().map(Alternative::Stated).collect()));
        }
        if schema.alternatives().next().is_none()
            && let Some(first) = self.references.first()
        {
            // The schema around it selects itself.
            self.selected.extend(selected(schema, first));
            let subtypes = self.subtypes(schema);
            if !subtypes.is_empty() {
                self.groups.push((schema, subtypes));
            }
        }
        schema.subschemas().iter().for_each(|subschema| self.add(root, subschema));
    }

    fn add_reference(&mut self, root: &'d Value, reference: &'d str) {
        if !self.references.contains(&reference) {
            self.references.push(reference);
            if let Some(target) = reference::target(root, reference) {
                self.add(root, target);
            }
        }
    }

    /// Returns the subtypes that a schema names, and the schema without any of them. As a part of
    /// another schema it stands for no subtype.
    fn subtypes(&self, schema: &'d Value) -> Vec<Alternative<'d>> {
        let discriminator = schema.keyword("discriminator").filter(|_| self.parts.len() == 1);
        let mapping = discriminator.into_iter().flat_map(|one| one.entries("mapping"));
        let mut targets: Vec<&str> = mapping
            .filter_map(|(_, target)| target.as_str())
            .filter(|target| !self.references.contains(target))
            .collect();
        targets.dedup();
        let none = (!targets.is_empty()).then_some(Alternative::None);
        targets.into_iter().map(Alternative::Subtype).chain(none).collect()
    }

    /// Returns the type of the values, which may only show in the keywords.
    pub(super) fn value_type(&self) -> Option<&'d str> {
        let has = |keyword: &str| self.parts.iter().any(|part| part.has(keyword));
        let stated = self.parts.iter().find_map(|part| part.stated_type());
        let of_keyword = [
            ("properties", "object"),
            ("additionalProperties", "object"),
            ("items", "array"),
            ("format", "string"),
            ("pattern", "string"),
            ("minLength", "string"),
            ("minimum", "number"),
        ];
        let implied = of_keyword.into_iter().find(|(keyword, _)| has(keyword));
        stated.or_else(|| implied.map(|(_, value_type)| value_type))
    }

    /// Returns the first format.
    pub(super) fn format(&self) -> &'d str {
        self.parts.iter().find_map(|part| part.string("format")).unwrap_or_default()
    }

    /// Returns the values of a keyword.
    pub(super) fn all(&self, keyword: &'static str) -> impl Iterator<Item = &'d Value> {
        self.parts.iter().filter_map(move |part| part.keyword(keyword))
    }

    /// Returns the greatest value of a keyword that is a count.
    pub(super) fn least(&self, keyword: &'static str) -> usize {
        let counts = self.all(keyword).filter_map(Value::as_u64);
        counts.max().map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Returns the smallest value of a keyword that is a count.
    pub(super) fn most(&self, keyword: &'static str) -> usize {
        let counts = self.all(keyword).filter_map(Value::as_u64);
        counts.min().map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Returns true if a keyword is `true`.
    pub(super) fn is_true(&self, keyword: &'static str) -> bool {
        self.all(keyword).any(|value| *value == Value::Bool(true))
    }

    /// Returns the values of which a value is one, without null.
    pub(super) fn listed(&self) -> Option<Vec<&'d Value>> {
        let mut lists = self.all("enum").filter_map(Value::as_array);
        let mut listed: Vec<&Value> = lists.next()?.iter().collect();
        for list in lists {
            listed.retain(|value| list.contains(value));
        }
        listed.retain(|value| !value.is_null());
        Some(listed)
    }

    /// Returns the names of the properties, each with its schemas.
    pub(super) fn properties(&self) -> Vec<(&'d str, Vec<&'d Value>)> {
        let mut properties: Vec<(&str, Vec<&Value>)> = Vec::new();
        for (name, schema) in self.parts.iter().flat_map(|part| part.properties()) {
            match properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, schemas)) => schemas.push(schema),
                None => properties.push((name, vec![schema])),
            }
        }
        properties
    }

    /// Returns true if a property is required.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.requires(name))
    }

    /// Returns the names of required properties without schemas.
    pub(super) fn undescribed(&self) -> Vec<&'d str> {
        let required = self.all("required").filter_map(Value::as_array).flatten();
        let is_described =
            |name: &&str| self.parts.iter().any(|part| part.property(name).is_some());
        required.filter_map(Value::as_str).filter(|name| !is_described(name)).collect()
    }

    /// Returns the schemas of additional properties.
    pub(super) fn entries(&self) -> Vec<&'d Value> {
        self.all("additionalProperties").filter(|schema| schema.is_object()).collect()
    }
}

/// Returns the property of a discriminator, and its value for the schema of a reference.
fn selected<'d>(owner: &'d Value, reference: &'d str) -> Option<(&'d str, Value)> {
    let discriminator = owner.keyword("discriminator")?;
    let property = discriminator.string("propertyName")?;
    let value = *reference::discriminator_values(discriminator, reference).first()?;
    Some((property, Value::String(value.to_owned())))
}
