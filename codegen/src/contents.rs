//! What a document holds, for those who hold its client against it.

use serde_json::Value;

use crate::api::METHODS;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

/// What a document holds, whether the client has it or not.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// How many operations its paths have.
    pub operations: usize,
    /// Examples that are no values of their own schemas.
    pub wrong_examples: Vec<Value>,
}

/// Counts what the document holds. What was found in it tells which examples are wrong.
pub(crate) fn of(root: &Value, found: &[Diagnostic]) -> Contents {
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = items.map(|(_, item)| METHODS.iter().filter(|method| item.get(method).is_some()).count());
    let wrong = found.iter().filter(|diagnostic| diagnostic.rule == Rule::ExampleBreaksSchema);
    let wrong = wrong.filter_map(|diagnostic| diagnostic.location.pointer());
    Contents {
        operations: operations.sum(),
        wrong_examples: wrong.flat_map(|pointer| examples_around(root, pointer)).cloned().collect(),
    }
}

/// The examples that a place inside of one belongs to. A member of an example may be named like one, too.
fn examples_around<'r>(root: &'r Value, pointer: &str) -> impl Iterator<Item = &'r Value> {
    let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
    let around = ends.filter_map(|end| pointer.get(..end));
    around.filter(|around| around.ends_with("/example") || around.ends_with("/value")).filter_map(|at| root.pointer(at))
}

#[cfg(test)]
mod tests {
    use crate::generate;
    use crate::lint::Scope;
    use crate::package::Package;
    use crate::source::SpecSource;

    #[test]
    fn operations_left_out_and_wrong_examples_are_counted() {
        let document = r#"
openapi: 3.0.3
info: {title: Widgets, version: '1'}
paths:
  /widgets:
    get:
      responses:
        '200':
          description: All widgets.
          content: {application/json: {schema: {type: array, items: {type: integer}}, example: [1, {a: 2}]}}
    put: {responses: {'200': {description: One, content: {application/json: {schema: {type: integer}, example: 1}}}}}
  /widgets/../gadgets:
    get: {responses: {'204': {description: None}}}
"#;
        let source = SpecSource::new("widgets.yaml", document);
        let generated =
            generate(&Package::default(), vec![source], Scope::Document).unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(generated.apis[0].api.operations.len(), 2);
        assert_eq!(generated.contents[0].operations, 3);
        assert_eq!(generated.contents[0].wrong_examples, [serde_json::json!([1, {"a": 2}])]);
    }
}
