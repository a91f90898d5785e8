//! References within a document: `$ref` (OpenAPI 3.0.3, Reference Object) and what it refers to.

use serde_json::{Value, json};

use crate::object::Object;
use crate::pointer;

/// The prefix of references to named schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// Returns the JSON pointer of a reference within the document, and `None` for any other reference.
#[must_use]
pub fn pointer_of(reference: &str) -> Option<String> {
    pointer::from_fragment(reference.strip_prefix('#')?)
}

/// Returns the `$ref` of a reference in place of an object.
#[must_use]
pub fn of(node: &(impl Object + ?Sized)) -> Option<&str> {
    node.string("$ref")
}

/// Returns the target of a reference within the document.
#[must_use]
pub fn target<'r>(root: &'r Value, reference: &str) -> Option<&'r Value> {
    root.pointer(&pointer_of(reference)?)
}

/// The longest chain of references that is followed. A longer one leads back to itself.
const LONGEST_CHAIN: usize = 64;

/// Follows a chain of references to the object at its end. References were checked to resolve; one
/// that does not is returned itself.
#[must_use]
pub fn resolve<'n, 'r: 'n>(root: &'r Value, node: &'n Value) -> &'n Value {
    let mut node = node;
    for _ in 0..LONGEST_CHAIN {
        match of(node).and_then(|reference| target(root, reference)) {
            Some(next) => node = next,
            None => break,
        }
    }
    node
}

/// Returns the name of the schema in `components` that a reference refers to.
#[must_use]
pub fn named_schema(reference: &str) -> Option<&str> {
    reference.strip_prefix(SCHEMAS)
}

/// Returns the name of the component that a schema's `$ref` refers to.
#[must_use]
pub fn schema_name(schema: &(impl Object + ?Sized)) -> Option<&str> {
    named_schema(of(schema)?)
}

/// Returns the values with which a discriminator selects the schema that a reference refers to: the
/// name of the schema, unless it has others.
#[must_use]
pub fn discriminator_values<'d>(discriminator: &'d Value, reference: &'d str) -> Vec<&'d str> {
    let name = named_schema(reference).unwrap_or(reference);
    let is_it = |target: &Value| target == reference || target == name;
    let mapping = discriminator.entries("mapping").filter(|(_, target)| is_it(target));
    let values: Vec<&str> = mapping.map(|(value, _)| value.as_str()).collect();
    if values.is_empty() { vec![name] } else { values }
}

/// Returns a reference to a schema in `components`, as a string.
#[must_use]
pub fn schema_reference(name: &str) -> String {
    format!("{SCHEMAS}{name}")
}

/// Returns a reference to a schema in `components`, as a Reference Object.
#[must_use]
pub fn to_schema(name: &str) -> Value {
    json!({ "$ref": schema_reference(name) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        discriminator_values, named_schema, pointer_of, resolve, schema_name, schema_reference,
        target, to_schema,
    };

    #[test]
    fn a_chain_of_references_is_followed_to_its_end() {
        let root = json!({"a": {"$ref": "#/b%7Bc%7D"}, "b{c}": {"type": "string"}});
        assert_eq!(*resolve(&root, &json!({"$ref": "#/a"})), json!({"type": "string"}));
        assert_eq!(*resolve(&root, &json!({"$ref": "#/nowhere"})), json!({"$ref": "#/nowhere"}));
    }

    #[test]
    fn only_references_within_the_document_have_a_pointer() {
        let root = json!({"a": 1});
        assert_eq!(
            (pointer_of("#/a%20b").as_deref(), pointer_of("#").as_deref()),
            (Some("/a b"), Some(""))
        );
        for reference in ["other.yaml#/a", "/a", "a", "", "#/a%7"] {
            assert_eq!(
                (pointer_of(reference), target(&root, reference)),
                (None, None),
                "{reference}"
            );
        }
        assert_eq!((target(&root, "#/a"), target(&root, "#/b")), (Some(&json!(1)), None));
    }

    #[test]
    fn a_discriminator_selects_a_schema_by_its_mapping_or_its_name() {
        let mapping =
            json!({"a": "#/components/schemas/A", "b": "A", "c": "#/components/schemas/C"});
        let discriminator = json!({"propertyName": "kind", "mapping": mapping});
        let values = |reference| discriminator_values(&discriminator, reference);
        assert_eq!(values("#/components/schemas/A"), ["a", "b"]);
        assert_eq!(values("#/components/schemas/D"), ["D"]);
    }

    #[test]
    fn only_references_to_components_have_the_name_of_a_schema() {
        assert_eq!(schema_name(&to_schema("Widget")), Some("Widget"));
        assert_eq!(schema_name(&json!({"$ref": "#/paths/~1a"})), None);
        assert_eq!(named_schema(&schema_reference("Widget")), Some("Widget"));
        assert_eq!(named_schema("Widget"), None);
    }
}
