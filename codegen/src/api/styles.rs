//! The styles of parameter values.

use serde_json::Value;

use super::{ParameterLocation, RustType};
use openapi::object::Object;

/// The style of a parameter value. The variants except the first are those of the runtime's
/// `Style`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The default style of the location, for strings and arrays of strings.
    Plain,
    /// The default style of paths and headers, for all other values.
    Simple,
    /// `style: label`.
    Label,
    /// `style: matrix`.
    Matrix,
    /// The default style of queries, for all other values, and of cookies.
    Form,
    /// `style: spaceDelimited`.
    SpaceDelimited,
    /// `style: pipeDelimited`.
    PipeDelimited,
    /// `style: deepObject`.
    DeepObject,
    /// As JSON, by the media type in `content`.
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

/// Returns the style of a parameter with a `schema`. Its values are strings, numbers or booleans or
/// arrays of those if it `is_simple`. Returns `None` if the style is not valid in the location.
pub(super) fn of_schema(
    node: &Value,
    location: ParameterLocation,
    rust_type: &RustType,
    is_simple: bool,
) -> Option<Style> {
    let stated = node.string("style");
    let is_scalar = is_simple && !matches!(rust_type, RustType::List(_));
    let is_exploded = node.is_true("explode");
    Some(match (location, stated) {
        (ParameterLocation::Query, Some("spaceDelimited" | "pipeDelimited" | "deepObject"))
            if is_scalar =>
        {
            Style::Plain
        }
        (ParameterLocation::Query, Some("spaceDelimited" | "pipeDelimited"))
            if is_exploded && is_simple =>
        {
            Style::Plain
        }
        (ParameterLocation::Query, Some("spaceDelimited")) => Style::SpaceDelimited,
        (ParameterLocation::Query, Some("pipeDelimited")) => Style::PipeDelimited,
        (ParameterLocation::Query, Some("deepObject")) => Style::DeepObject,
        (ParameterLocation::Query, None | Some("form"))
        | (ParameterLocation::Path | ParameterLocation::Header, None | Some("simple"))
            if is_simple =>
        {
            Style::Plain
        }
        (ParameterLocation::Query | ParameterLocation::Cookie, None | Some("form")) => Style::Form,
        (ParameterLocation::Path | ParameterLocation::Header, None | Some("simple")) => {
            Style::Simple
        }
        (ParameterLocation::Path, Some("label")) => Style::Label,
        (ParameterLocation::Path, Some("matrix")) => Style::Matrix,
        _ => return None,
    })
}

/// Returns true if the items or properties of the value are sent separately, by `explode` or by the
/// default of the style.
pub(super) fn explode(node: &Value, location: ParameterLocation) -> bool {
    let is_form = matches!(node.string("style"), None | Some("form"));
    let by_default =
        matches!(location, ParameterLocation::Query | ParameterLocation::Cookie) && is_form;
    node.keyword("explode").and_then(Value::as_bool).unwrap_or(by_default)
}
