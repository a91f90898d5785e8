//! Operation ids that a document lacks or repeats.

use std::collections::BTreeSet;

use serde_json::Value;

use super::log::Edit;
use crate::object::Object;
use crate::objects::operations;
use crate::pointer::{parent, unescape};

/// Names an operation after its method and path, such as `get_widgets_by_id`.
pub(super) fn make_up_operation_id(root: &mut Value, pointer: &str) -> Option<Edit> {
    let method = pointer.rsplit('/').next()?.to_owned();
    let path = unescape(parent(pointer)?.rsplit('/').next()?);
    let words = path.split('/').filter(|segment| !segment.is_empty()).map(|segment| match segment
        .strip_prefix('{')
        .and_then(|segment| segment.strip_suffix('}'))
    {
        Some(name) => format!("by_{name}"),
        None => segment.replace(['{', '}'], "_"),
    });
    let words: Vec<String> = std::iter::once(method).chain(words).collect();
    set(root, pointer, &words.join("_"))?;
    Some(Edit::Restated("It is named after its method and path."))
}

/// Appends a number to a repeated operation id.
pub(super) fn make_operation_id_unique(root: &mut Value, pointer: &str) -> Option<Edit> {
    let id = root.pointer(pointer)?.as_str()?.to_owned();
    set(root, parent(pointer)?, &id)?;
    Some(Edit::Restated("It gets a number."))
}

fn set(root: &mut Value, operation: &str, id: &str) -> Option<()> {
    let taken = ids(root);
    let numbered =
        std::iter::once(id.to_owned()).chain((2..).map(|number| format!("{id}_{number}")));
    let free = numbered.into_iter().find(|id| !taken.contains(id))?;
    root.pointer_mut(operation)?
        .as_object_mut()?
        .insert("operationId".to_owned(), Value::String(free));
    Some(())
}

fn ids(root: &Value) -> BTreeSet<String> {
    operations(root)
        .filter_map(|operation| operation.string("operationId").map(str::to_owned))
        .collect()
}
