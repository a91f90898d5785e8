//! Marks that the pipeline leaves in a document for its own later stages. No document brings one along.

use serde_json::Value;

use crate::objects::{Kind, visit};

/// Marks what a request needs and nothing is known of, so that the operations that send it are left out.
pub const UNSENDABLE: &str = "x-unsendable";

/// Marks a string that is a file of a multipart body.
pub const FILE: &str = "x-file";

/// Marks a schema that would be any JSON although it holds a secret.
pub const HOLDS_SECRET: &str = "x-holds-secret";

/// Takes out marks that a document has been written with, so that it is read as if it had none.
pub(crate) fn take_out(root: &mut Value) {
    visit(root, Kind::OpenApi, "", &mut |_, _, members| {
        members.retain(|keyword, _| ![UNSENDABLE, FILE, HOLDS_SECRET].contains(&keyword.as_str()));
    });
}
