//! The scaffold of an operation.

use serde_json::Value;

use crate::edit::operation_ids;

/// Methods of operations that send a body.
const WITH_BODY: [&str; 3] = ["post", "put", "patch"];

/// Methods of operations that say whether sending them twice makes a difference.
const WITH_IDEMPOTENCE: [&str; 2] = ["post", "patch"];

/// Returns a placeholder for the id of an operation that no other operation has.
pub(super) fn id(root: &Value) -> String {
    let taken = operation_ids(root);
    let numbered = (2..).map(|number| format!("TODO_{number}"));
    let mut ids = std::iter::once("TODO".to_owned()).chain(numbered);
    ids.find(|id| !taken.contains(id.as_str())).unwrap_or_default()
}

/// Writes the lines of an operation, from the first column on, with its path parameters and the
/// usual parts for its method.
pub(super) fn operation(root: &Value, method: &str, path: &str, id: &str) -> String {
    let mut lines = format!("{method}:\n  operationId: {id}\n");
    if WITH_IDEMPOTENCE.contains(&method) {
        lines
            .push_str("  # `true` only where the page says that sending it twice has the effect of sending it once.\n");
        lines.push_str("  x-idempotent: false\n");
    }
    lines.push_str("  summary: TODO what the operation does, in a few words\n");
    lines.push_str("  description: TODO what a caller must know before calling it\n");
    lines.push_str(
        "  # Every parameter with its bounds: minimum, maximum, minLength, maxLength, pattern, enum, default.\n",
    );
    let parameters: String =
        names(path).into_iter().filter_map(|name| parameter(root, path, name)).collect();
    if !parameters.is_empty() {
        lines.push_str(&format!("  parameters:\n{parameters}"));
    }
    if WITH_BODY.contains(&method) {
        lines.push_str(BODY);
    }
    lines + RESPONSES
}

/// Returns the names between braces in a path.
fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

/// Returns the lines of a path parameter: none if all operations of the path have it, and a
/// reference if it is a component.
fn parameter(root: &Value, path: &str, name: &str) -> Option<String> {
    let is_it = |parameter: &Value| parameter["name"] == name && parameter["in"] == "path";
    let known = root["components"]["parameters"]
        .as_object()
        .into_iter()
        .flatten()
        .find(|(_, one)| is_it(one));
    let reference = known.map(|(component, _)| format!("#/components/parameters/{component}"));
    let is_reference = |parameter: &Value| {
        parameter["$ref"].as_str().is_some_and(|one| Some(one) == reference.as_deref())
    };
    let mut shared = root["paths"][path]["parameters"].as_array().into_iter().flatten();
    if shared.any(|parameter| is_it(parameter) || is_reference(parameter)) {
        return None;
    }
    Some(match reference {
        Some(reference) => format!("    - $ref: \"{reference}\"\n"),
        None => format!(
            "    - name: {name}
      in: path
      required: true
      description: TODO what is named by it
      schema:
        type: string
      example: TODO
"
        ),
    })
}

const BODY: &str = "  requestBody:
    required: true
    description: TODO what is sent
    content:
      application/json:
        # Tokens, codes, secrets and passwords have `format: password`.
        schema:
          type: object
          description: TODO what is asked for
          properties:
            name:
              type: string
              description: TODO what it is
        # The examples of the page, unchanged.
        examples:
          sample:
            summary: TODO what the example shows
            value:
              name: TODO
";

const RESPONSES: &str = "  # Every status code that the page has, with its headers.
  responses:
    \"200\":
      description: TODO what it means
      content:
        application/json:
          schema:
            type: object
            description: TODO what is received
            properties:
              name:
                type: string
                description: TODO what it is
          examples:
            sample:
              summary: TODO what the example shows
              value:
                name: TODO
    \"404\":
      description: TODO when it comes
";
