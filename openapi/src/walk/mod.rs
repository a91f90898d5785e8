//! Visits the schemas of a document, and only those: not samples, defaults or other data that looks like one.
//!
//! The kinds of objects of [`objects`](crate::objects) are not asked here: most passes visit all schemas, so that a pointer for
//! each object would be most of their time, and they name schemas after where these stand. Callbacks, which no client has, are
//! left out.

mod site;
mod visit;

pub use site::Site;
pub use visit::{document, document_mut, request_bodies_mut, schema, schema_mut};
