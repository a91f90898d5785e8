//! Views of the objects of a document, which are borrowed JSON values.

use serde_json::{Map, Value};

/// Reads the keywords of an OpenAPI object.
///
/// A keyword that is absent or has a value of another type is read as none, as empty or as false.
pub trait Object {
    /// Returns the value of a keyword.
    fn keyword(&self, keyword: &str) -> Option<&Value>;

    /// Returns the value of a keyword that is a string.
    fn string(&self, keyword: &str) -> Option<&str> {
        self.keyword(keyword)?.as_str()
    }

    /// Returns the value of a keyword that is a string, without white space around it, or an empty
    /// string.
    fn trimmed(&self, keyword: &str) -> &str {
        self.string(keyword).unwrap_or_default().trim()
    }

    /// Returns the value of a keyword that is a number.
    fn number(&self, keyword: &str) -> Option<f64> {
        self.keyword(keyword)?.as_f64()
    }

    /// Returns the value of a keyword that is an integer from 0.
    fn count(&self, keyword: &str) -> Option<u64> {
        self.keyword(keyword)?.as_u64()
    }

    /// Returns true if a keyword is there, whatever its value.
    fn has(&self, keyword: &str) -> bool {
        self.keyword(keyword).is_some()
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
    fn entries<'v>(
        &'v self,
        keyword: &str,
    ) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v, Self> {
        self.object(keyword).into_iter().flatten()
    }
}

/// Changes the keywords of an object of OpenAPI.
pub trait ObjectMut: Object {
    /// Returns the value of a keyword.
    fn keyword_mut(&mut self, keyword: &str) -> Option<&mut Value>;

    /// Returns the items of a keyword that is an array.
    fn array_mut(&mut self, keyword: &str) -> Option<&mut Vec<Value>> {
        self.keyword_mut(keyword)?.as_array_mut()
    }

    /// Returns the value of a keyword that is an object.
    fn object_mut(&mut self, keyword: &str) -> Option<&mut Map<String, Value>> {
        self.keyword_mut(keyword)?.as_object_mut()
    }

    /// Returns the entries of a keyword that is an object.
    fn entries_mut<'v>(
        &'v mut self,
        keyword: &str,
    ) -> impl Iterator<Item = (&'v String, &'v mut Value)> + use<'v, Self> {
        self.object_mut(keyword).into_iter().flatten()
    }
}

impl Object for Value {
    fn keyword(&self, keyword: &str) -> Option<&Value> {
        self.get(keyword)
    }
}

impl ObjectMut for Value {
    fn keyword_mut(&mut self, keyword: &str) -> Option<&mut Value> {
        self.get_mut(keyword)
    }
}

impl Object for Map<String, Value> {
    fn keyword(&self, keyword: &str) -> Option<&Value> {
        self.get(keyword)
    }
}

impl ObjectMut for Map<String, Value> {
    fn keyword_mut(&mut self, keyword: &str) -> Option<&mut Value> {
        self.get_mut(keyword)
    }
}

/// Returns true if a value can be one of a schema with this type.
pub fn is_of_type(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Returns true if a value is or contains an object that `is_one` accepts. Objects in examples and
/// other data count, too.
///
/// Each object comes before those that it holds.
pub fn any_object<'v>(
    value: &'v Value,
    is_one: &mut dyn FnMut(&'v Map<String, Value>) -> bool,
) -> bool {
    match value {
        Value::Object(entries) => {
            is_one(entries) || entries.values().any(|value| any_object(value, is_one))
        }
        Value::Array(items) => items.iter().any(|item| any_object(item, is_one)),
        _ => false,
    }
}

/// The `format` of strings that are secrets.
pub const SECRET_FORMAT: &str = "password";

/// Reads a Schema Object (OpenAPI 3.0.3), or a reference in its place.
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
        self.format() == SECRET_FORMAT
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Object, ObjectMut, Schema, any_object};

    #[test]
    fn a_keyword_of_another_type_is_read_as_none() {
        let object =
            json!({"name": 1, "list": {}, "map": [], "flag": "true", "count": -1, "size": "1"});
        assert_eq!((object.string("name"), object.trimmed("name")), (None, ""));
        assert_eq!(
            (object.count("count"), object.number("count"), object.number("size")),
            (None, Some(-1.0), None)
        );
        assert!(object.array("list").is_empty() && object.entries("map").next().is_none());
        assert!(object.has("flag") && !object.is_true("flag") && !object.has("none"));
        assert!(!json!([]).has("name") && json!("name").string("name").is_none());
    }

    #[test]
    fn white_space_around_a_string_is_taken_off() {
        assert_eq!(json!({"title": " A title.\n"}).trimmed("title"), "A title.");
    }

    #[test]
    fn keywords_are_changed_in_place() {
        let mut object = json!({"list": [1], "map": {"a": 1, "b": 2}});
        object.array_mut("list").expect("it is there").push(json!(2));
        object.entries_mut("map").for_each(|(name, value)| *value = json!(name));
        assert!(object.object_mut("list").is_none() && object.array_mut("none").is_none());
        assert_eq!(object, json!({"list": [1, 2], "map": {"a": "a", "b": "b"}}));
    }

    #[test]
    fn a_schema_is_read_by_what_its_keywords_mean() {
        let schema = json!({"format": "password", "nullable": true, "properties": {"a": {}}, "required": ["b"],
            "anyOf": [2], "oneOf": [1]});
        assert!(
            schema.is_secret()
                && schema.is_nullable()
                && schema.requires("b")
                && !schema.requires("a")
        );
        assert_eq!((schema.property("a"), schema.property("b")), (Some(&json!({})), None));
        assert_eq!(schema.alternatives().collect::<Vec<_>>(), [1, 2]);
        assert!(schema.as_object().expect("it is an object").is_secret());
    }

    #[test]
    fn objects_are_found_at_any_depth_until_one_is_taken() {
        let value = json!([{"a": {"b": [{"c": {}}]}}, {"d": {}}]);
        let mut seen = Vec::new();
        let found = any_object(&value, &mut |object| {
            seen.extend(object.keys().map(String::as_str));
            object.has("c")
        });
        assert_eq!((found, seen), (true, vec!["a", "b", "c"]));
        assert!(!any_object(&value, &mut |object| object.has("e")));
    }
}
