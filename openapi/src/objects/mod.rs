//! The objects of OpenAPI 3.0: their kinds, the keywords that each kind has, and where they stand in a document.

mod kinds;
mod list;
pub(crate) mod table;
mod visit;

pub(crate) use kinds::{Kind, Rest, Shape, is_extension, section};
pub(crate) use list::{Node, list};
pub(crate) use visit::visit;

/// HTTP methods that a path item can have, in OpenAPI's order.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
