//! Calls that are ready to be sent.

use std::sync::Arc;

use url::Url;

use crate::connection::{CallOptions, Connection};
use crate::credentials::Credential;
use crate::request::header_list::HeaderList;
use crate::request::{Operation, RequestBody};

/// A request whose values are all valid. It can be sent more than once, unless its body is a
/// stream.
pub(crate) struct PreparedCall {
    pub(crate) connection: Connection,
    pub(crate) credential: Option<Arc<dyn Credential>>,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    pub(crate) headers: HeaderList,
    pub(crate) body: Option<RequestBody>,
    pub(crate) options: CallOptions,
    /// True if the caller reads the body of a success.
    pub(crate) streams_success: bool,
}
