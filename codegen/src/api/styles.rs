//! In which style the value of a parameter is written.

use serde_json::Value;

use super::{Place, RustType};
use openapi::object::Object;

/// How the value of a parameter is written; the variants but the first are those of the runtime's `Style`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As the default of its place has it for texts and lists of texts.
    Plain,
    /// As the default of a path or header has it for any other value.
    Simple,
    /// `style: label`.
    Label,
    /// `style: matrix`.
    Matrix,
    /// As the default of a query has it for any other value; cookies of any value.
    Form,
    /// `style: spaceDelimited`.
    SpaceDelimited,
    /// `style: pipeDelimited`.
    PipeDelimited,
    /// `style: deepObject`.
    DeepObject,
    /// As JSON, which the media type in `content` says.
    Json,
}

impl Style {
    /// The name of the runtime's variant; the style that a parameter has by default has none.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Plain => return None,
            Self::Simple => "Simple",
            Self::Label => "Label",
            Self::Matrix => "Matrix",
            Self::Form => "Form",
            Self::SpaceDelimited => "SpaceDelimited",
            Self::PipeDelimited => "PipeDelimited",
            Self::DeepObject => "DeepObject",
            Self::Json => "Json",
        })
    }
}

/// The style of a parameter with a `schema`, whose values are texts, numbers and flags or lists of those if it `is_simple`.
/// Nothing if it is not for parameters of that place.
pub fn of_schema(node: &Value, place: Place, rust_type: &RustType, is_simple: bool) -> Option<Style> {
    let stated = node.string("style");
    let is_scalar = is_simple && !matches!(rust_type, RustType::List(_));
    let is_exploded = node.is_true("explode");
    Some(match (place, stated) {
        (Place::Query, Some("spaceDelimited" | "pipeDelimited" | "deepObject")) if is_scalar => Style::Plain,
        (Place::Query, Some("spaceDelimited" | "pipeDelimited")) if is_exploded && is_simple => Style::Plain,
        (Place::Query, Some("spaceDelimited")) => Style::SpaceDelimited,
        (Place::Query, Some("pipeDelimited")) => Style::PipeDelimited,
        (Place::Query, Some("deepObject")) => Style::DeepObject,
        (Place::Query, None | Some("form")) | (Place::Path | Place::Header, None | Some("simple")) if is_simple => {
            Style::Plain
        }
        (Place::Query | Place::Cookie, None | Some("form")) => Style::Form,
        (Place::Path | Place::Header, None | Some("simple")) => Style::Simple,
        (Place::Path, Some("label")) => Style::Label,
        (Place::Path, Some("matrix")) => Style::Matrix,
        _ => return None,
    })
}

/// Whether the parts of the value are written one by one, as the document says or the default of the style has it.
pub fn explode(node: &Value, place: Place) -> bool {
    let is_form = matches!(node.string("style"), None | Some("form"));
    let by_default = matches!(place, Place::Query | Place::Cookie) && is_form;
    node.keyword("explode").and_then(Value::as_bool).unwrap_or(by_default)
}
