//! The objects of OpenAPI 3.0: their kinds, their keywords, and their locations in a document.

mod kinds;
mod list;
mod operations;
pub(crate) mod table;
mod visit;

pub(crate) use kinds::{Kind, Rest, Shape, is_extension, section};
pub(crate) use list::{Node, list};
pub use operations::{METHODS, operations, operations_mut, operations_of};
pub(crate) use visit::visit;
