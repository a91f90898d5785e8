//! Requests: calls, their parameters and bodies, and the constraints on their values.

mod alternative;
mod base64_stream;
mod call;
mod constrained;
mod constraint;
mod decimal;
mod encoding;
mod file_part;
mod form;
mod header_list;
mod invalid_request;
mod media_type;
mod multipart;
mod name_value_pairs;
mod nullable;
mod operation;
mod parameter_value;
#[cfg(feature = "pattern")]
mod pattern;
mod style;
mod upload;
mod validate;

pub use alternative::{alternative, fitting};
pub use call::Call;
pub(crate) use call::PreparedCall;
pub use constrained::Constrained;
pub use constraint::Constraint;
pub use encoding::Encoding;
pub use file_part::FilePart;
pub use invalid_request::{InvalidRequestError, RequestPart};
pub use nullable::{Nullable, present};
pub use operation::{Operation, StatusPattern};
pub use parameter_value::{Explode, ParameterValue};
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub use style::Style;
pub(crate) use upload::RequestBody;
pub use upload::Upload;
pub use validate::{Validate, Validator};
