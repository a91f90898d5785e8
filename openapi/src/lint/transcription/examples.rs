//! Operations without an example.

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Node;
use crate::rule::Rule;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for operation in view.operations().filter(|operation| !has_example(view, operation)) {
        found.push(Diagnostic {
            rule: Rule::NoExample,
            subject: Subject::Node,
            location: Location::Key(operation.pointer.clone()),
            what: "This operation has no example.".into(),
            why: "Nothing shows that the schemas match what the service really accepts and returns.".into(),
            help: "Copy the page's examples to `example` or `examples` of parameters, request bodies and responses."
                .into(),
        });
    }
}

fn has_example(view: &View<'_>, operation: &Node<'_>) -> bool {
    let bodies = view.under(operation, "requestBody").map(|body| view.target(body));
    let responses = view.responses(operation).map(|(_, response)| response);
    let mut places: Vec<&Node<'_>> = view.parameters(operation).collect();
    for message in bodies.chain(responses) {
        places.extend(view.under(message, "content"));
        places.extend(view.under(message, "headers").map(|header| view.target(header)));
    }
    let schemas: Vec<&Node<'_>> =
        places.iter().flat_map(|place| view.under(place, "schema")).collect();
    places.iter().any(|place| place.has("example") || place.has("examples"))
        || schemas.iter().any(|schema| view.target(schema).has("example"))
}
