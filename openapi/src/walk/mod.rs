//! Visits the schemas of a document, but not examples, defaults or other data that looks like a
//! schema.
//!
//! It does not use the kinds of [`objects`](crate::objects): most passes visit all schemas, so a
//! pointer for each object would take most of their time, and they name schemas after their
//! locations. Callbacks are left out, since no client has them.

mod site;
mod visit;

pub use site::Site;
pub use visit::{document, document_mut, request_bodies_mut, schema, schema_mut};
