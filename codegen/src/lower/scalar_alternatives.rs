//! Makes a scalar of alternatives that are all scalars of one type, such as named constants.
//!
//! Documents list the values of an enum as alternatives to give each one a title. progenitor would
//! generate a type for each of them. As an `enum` they keep their meaning.

use serde_json::{Map, Value, json};

use super::alternatives::alternatives;
use openapi::marks::TYPE_INFERRED;
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::reference::schema_name;
use openapi::walk;

/// The types of scalars, other than strings without an `enum`, of which `open_strings` takes care.
const SCALARS: [&str; 4] = ["string", "integer", "number", "boolean"];

/// The longest chain of references and alternatives that is followed.
const LONGEST_CHAIN: usize = 4;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or_default();
    walk::document_mut(root, &mut |site, schema| {
        let Some(scalar) = scalar(&schemas, schema, LONGEST_CHAIN) else { return };
        let is_listed = !scalar.values.is_empty();
        let is_string = schema.stated_type().is_none() && scalar.ty == "string";
        let is_more = ["properties", "items", "allOf"].iter().any(|keyword| schema.has(keyword));
        if is_more || is_string && !is_listed {
            return;
        }
        let Some(members) = schema.as_object_mut() else { return };
        for keyword in ["oneOf", "anyOf", "discriminator", "enum"] {
            members.remove(keyword);
        }
        members.insert("type".to_owned(), json!(scalar.ty));
        if is_listed {
            members.insert("enum".to_owned(), scalar.values.into());
            notes.add(&site.pointer(), "lists the values of its alternatives");
        } else {
            notes.add(&site.pointer(), format!("is any value of type `{}`", scalar.ty));
        }
        if scalar.is_nullable {
            members.insert("nullable".to_owned(), json!(true));
        }
    });
}

/// What alternatives have in common.
struct Scalar {
    ty: String,
    /// All values, if each alternative lists its own.
    values: Vec<Value>,
    is_nullable: bool,
}

/// Returns what the alternatives of a schema have in common, if they are scalars of one type.
fn scalar(schemas: &Value, schema: &Value, longest: usize) -> Option<Scalar> {
    let longest = longest.checked_sub(1)?;
    let all = alternatives(schema)?;
    let own_type = schema.stated_type().filter(|_| !schema.has(TYPE_INFERRED));
    let mut whole: Option<Scalar> = None;
    for one in &all {
        let one = one_scalar(schemas, one, own_type, longest)?;
        whole = Some(match whole {
            Some(before) => before.or(one)?,
            None => one,
        });
    }
    let mut whole = whole?;
    if let Some(own_type) = own_type {
        let are_integers = whole.values.iter().all(|value| value.is_i64() || value.is_u64());
        match own_type {
            "integer" if whole.ty == "number" && are_integers => own_type.clone_into(&mut whole.ty),
            other if other != whole.ty => return None,
            _ => {}
        }
    }
    let own_values = schema.array("enum");
    if !own_values.is_empty() && !whole.values.is_empty() {
        whole.values.retain(|value| own_values.contains(value));
    }
    Some(whole)
}

/// Returns the type and the values of an alternative, which has the type of the whole if it states
/// none.
fn one_scalar(
    schemas: &Value,
    schema: &Value,
    own_type: Option<&str>,
    longest: usize,
) -> Option<Scalar> {
    if let Some(name) = schema_name(schema) {
        let target = schemas.get(name)?;
        return one_scalar(schemas, target, own_type, longest.checked_sub(1)?);
    }
    let says_nothing_else = |keyword: &str| !["allOf", "not", "$ref"].contains(&keyword);
    if !schema
        .as_object()
        .is_some_and(|members: &Map<_, _>| members.keys().all(|k| says_nothing_else(k)))
    {
        return None;
    }
    if alternatives(schema).is_some() {
        return scalar(schemas, schema, longest);
    }
    let ty = match (schema.stated_type(), own_type) {
        (Some("number"), Some("integer")) if schema.has(TYPE_INFERRED) => "integer",
        (Some(ty), _) | (None, Some(ty)) => ty,
        (None, None) => return None,
    };
    if !SCALARS.contains(&ty) || schema.is_secret() {
        return None;
    }
    let (values, is_nullable) = (schema.array("enum").to_vec(), schema.is_nullable());
    Some(Scalar { ty: ty.to_owned(), values, is_nullable })
}

impl Scalar {
    /// Returns what both have in common. They list values only if each of them does.
    fn or(mut self, other: Self) -> Option<Self> {
        self.ty = match (self.ty.as_str(), other.ty.as_str()) {
            (one, other) if one == other => self.ty,
            ("integer", "number") | ("number", "integer") => "number".to_owned(),
            _ => return None,
        };
        if other.values.is_empty() {
            self.values.clear();
        } else if !self.values.is_empty() {
            let new: Vec<Value> =
                other.values.into_iter().filter(|value| !self.values.contains(value)).collect();
            self.values.extend(new);
        }
        self.is_nullable |= other.is_nullable;
        Some(self)
    }
}
