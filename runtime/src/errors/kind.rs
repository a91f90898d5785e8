//! The kinds of errors.

/// The kind of an [`Error`](super::Error).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value violates a documented constraint. Nothing was sent.
    InvalidRequest,
    /// There is no credential, or it cannot be written to a request. Nothing was sent.
    Credential,
    /// The server could not be reached.
    Connect,
    /// The call took too long.
    Timeout,
    /// The connection failed while the request was being sent or the response received.
    Transport,
    /// The body of the response is larger than the limit.
    BodyTooLarge,
    /// The body of a success is not as documented.
    Undecodable,
    /// The document does not list the status code.
    Undocumented,
    /// The link to the next page points to another origin, to which no credentials are sent.
    CrossOriginLink,
    /// The response is a documented error; see [`Error::documented`](super::Error::documented).
    Documented,
}
