//! Views of the objects of a document, which are borrowed JSON values.

use serde_json::{Map, Value};

/// Reads the keywords of an object of OpenAPI.
///
/// A keyword that is absent, or has a value of another type, is read as none, as empty or as false.
pub trait Object {
    /// Returns the value of a keyword.
    fn keyword(&self, keyword: &str) -> Option<&Value>;

    /// Returns the value of a keyword that is a string.
    fn string(&self, keyword: &str) -> Option<&str> {
        self.keyword(keyword)?.as_str()
    }

    /// Returns true if the value of a keyword is `true`.
    fn is_true(&self, keyword: &str) -> bool {
        self.keyword(keyword) == Some(&Value::Bool(true))
    }

    /// Returns the items of a keyword that is an array.
    fn array(&self, keyword: &str) -> &[Value] {
        self.keyword(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Returns the value of a keyword that is an object.
    fn object(&self, keyword: &str) -> Option<&Map<String, Value>> {
        self.keyword(keyword)?.as_object()
    }

    /// Returns the entries of a keyword that is an object.
    fn entries<'v>(&'v self, keyword: &str) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v, Self> {
        self.object(keyword).into_iter().flatten()
    }
}

impl Object for Value {
    fn keyword(&self, keyword: &str) -> Option<&Value> {
        self.get(keyword)
    }
}

impl Object for Map<String, Value> {
    fn keyword(&self, keyword: &str) -> Option<&Value> {
        self.get(keyword)
    }
}

/// Reads a Schema Object (OpenAPI 3.0.3), or what stands in the place of one.
pub trait Schema: Object {
    /// Returns the value of `type`.
    fn stated_type(&self) -> Option<&str> {
        self.string("type")
    }

    /// Returns the value of `format`, or an empty string.
    fn format(&self) -> &str {
        self.string("format").unwrap_or_default()
    }

    /// Returns true if values of the schema itself are secrets.
    fn is_secret(&self) -> bool {
        self.format() == "password"
    }

    /// Returns true if null is a value of the schema.
    fn is_nullable(&self) -> bool {
        self.is_true("nullable")
    }

    /// Returns the properties with their schemas.
    fn properties<'v>(&'v self) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v, Self> {
        self.entries("properties")
    }

    /// Returns the schema of a property.
    fn property(&self, name: &str) -> Option<&Value> {
        self.object("properties")?.get(name)
    }

    /// Returns true if a property is required.
    fn requires(&self, name: &str) -> bool {
        self.array("required").iter().any(|required| required == name)
    }

    /// Returns the subschemas of `allOf`.
    fn subschemas(&self) -> &[Value] {
        self.array("allOf")
    }

    /// Returns the alternatives of `oneOf`, then those of `anyOf`.
    fn alternatives<'v>(&'v self) -> impl Iterator<Item = &'v Value> + use<'v, Self> {
        self.array("oneOf").iter().chain(self.array("anyOf"))
    }
}

impl<O: Object + ?Sized> Schema for O {}
