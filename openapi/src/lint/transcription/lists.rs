//! Lists that may continue beyond the first response.

use super::responses::has_header;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::lint::strings::parts;
use crate::lint::view::View;
use crate::object::Object;
use crate::objects::Node;
use crate::rule::Rule;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let unpaged = |operation: &&Node<'_>| operation.under == "get" && !operation.has("x-paging");
    for operation in view.operations().filter(unpaged) {
        let successes = view.responses(operation).filter(|(status, _)| status.starts_with('2'));
        let mut lists = successes
            .map(|(_, response)| response)
            .filter(|response| lists(view, operation, response));
        if lists.any(|list| !has_header(view, list, "link")) {
            found.push(Diagnostic {
                rule: Rule::ListWithoutPaging,
                subject: Subject::Node,
                location: Location::Key(operation.pointer.clone()),
                what: "This operation returns a list, but documents no paging.".into(),
                why: "If the service returns pages, a caller would take the first page for the whole list.".into(),
                help: "Add the response header `Link` or `x-paging` as the page describes it, or accept the finding."
                    .into(),
            });
        }
    }
}

/// Returns true if a response is a list: an array, or an object with an array if the path names a
/// collection.
fn lists(view: &View<'_>, operation: &Node<'_>, response: &Node<'_>) -> bool {
    let contents = view.under(response, "content");
    let mut schemas = contents.flat_map(|content| view.under(content, "schema"));
    schemas.any(|schema| {
        is_array(view, schema) || (names_collection(view, operation) && holds_array(view, schema))
    })
}

fn is_array<'a>(view: &View<'a>, schema: &'a Node<'a>) -> bool {
    parts(view, schema).iter().any(|part| part.has("items"))
}

/// Returns true if the path ends in a name, and not in a parameter, which would name a single
/// resource.
fn names_collection(view: &View<'_>, operation: &Node<'_>) -> bool {
    view.holder(operation).is_some_and(|item| !item.under.ends_with('}'))
}

/// Returns true if an object has exactly one property that is an array of objects.
fn holds_array<'a>(view: &View<'a>, schema: &'a Node<'a>) -> bool {
    let parts = parts(view, schema);
    let members = parts.iter().flat_map(|part| view.under(part, "properties"));
    let mut arrays = members.filter(|member| is_array_of_objects(view, member));
    arrays.next().is_some() && arrays.next().is_none()
}

fn is_array_of_objects<'a>(view: &View<'a>, schema: &'a Node<'a>) -> bool {
    let parts = parts(view, schema);
    let mut items = parts.iter().flat_map(|part| view.under(part, "items"));
    items.any(|item| self::parts(view, item).iter().any(|part| part.has("properties")))
}
