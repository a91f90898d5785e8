//! Marks that the pipeline adds to a document for its later stages. They are removed from documents
//! that already have them.

use serde_json::Value;

use crate::objects::{Kind, visit};

/// Marks a parameter or request body of which nothing is known, or a path that cannot be requested,
/// so that its operations are left out.
pub const UNSENDABLE: &str = "x-unsendable";

/// Marks a string that is a file of a multipart body.
pub const FILE: &str = "x-file";

/// Marks a schema that would be any JSON although it contains a secret.
pub const HOLDS_SECRET: &str = "x-holds-secret";

/// Holds the position of a media type among those of its body, in the order of the source text.
pub const POSITION: &str = "x-position-of-media-type";

/// Marks an Encoding Object of strings that are documents of its media type already, such as JSON.
pub const VERBATIM: &str = "x-verbatim";

/// Marks an encoding of a property whose style counts in `multipart/form-data`, as it does since
/// OpenAPI 3.1.
pub const STYLED_PARTS: &str = "x-styled-parts";

/// Lists the properties of a schema in the order of the source text, if they are not sorted there.
pub const PROPERTY_ORDER: &str = "x-property-order";

/// Marks a schema whose type is not stated in the document.
pub const TYPE_INFERRED: &str = "x-type-inferred";

/// All marks.
const ALL: [&str; 8] = [
    UNSENDABLE,
    FILE,
    HOLDS_SECRET,
    POSITION,
    VERBATIM,
    STYLED_PARTS,
    PROPERTY_ORDER,
    TYPE_INFERRED,
];

/// Removes marks that the source text contains.
pub(crate) fn take_out(root: &mut Value) {
    visit(root, Kind::OpenApi, "", &mut |_, _, members| {
        members.retain(|keyword, _| !ALL.contains(&keyword.as_str()));
    });
}
