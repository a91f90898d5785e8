//! Calls that are ready to be sent.

use reqwest::Url;

use crate::connection::{CallOptions, Connection};
use crate::credentials::Credential;
use crate::request::header_list::HeaderList;
use crate::request::{Operation, RequestBody};

/// A request whose values are all valid. It can be sent more than once, unless its body is a
/// stream.
pub(crate) struct PreparedCall<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) credential: Option<&'c dyn Credential>,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    pub(crate) headers: HeaderList,
    pub(crate) body: Option<RequestBody>,
    pub(crate) options: CallOptions,
    /// True if the caller reads the body of a success.
    pub(crate) streams_success: bool,
}
