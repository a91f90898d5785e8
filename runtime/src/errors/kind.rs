//! The kinds of failure.

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value breaks a documented constraint; nothing was sent.
    InvalidRequest,
    /// There is no credential, or none that a request can carry; nothing was sent.
    Credential,
    /// The server could not be reached.
    Connect,
    /// The call took too long.
    Timeout,
    /// The connection failed while the request was sent or the response received.
    Transport,
    /// The response's body is larger than the client accepts.
    BodyTooLarge,
    /// A success whose body is not what the document promises.
    Undecodable,
    /// A status that the document does not list.
    Undocumented,
    /// The next page of a list is on another origin, which credentials are not sent to.
    CrossOriginLink,
    /// A documented error: see [`Error::documented`](super::Error::documented).
    Documented,
}
