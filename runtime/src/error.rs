//! Why a call failed.

use std::convert::Infallible;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::{DecodeError, InvalidCredential, Operation, RawBody, Received};

/// A failed call; `E` is the operation's enum of documented errors.
///
/// No message holds a secret: neither values of parameters, nor bodies, nor URLs.
pub struct Error<E>(Box<Failure<E>>);

struct Failure<E> {
    operation: &'static Operation,
    cause: Cause<E>,
    received: Option<Received>,
}

pub(crate) enum Cause<E> {
    InvalidRequest(InvalidRequest),
    InvalidCredential(InvalidCredential),
    Transport(reqwest::Error),
    BodyTooLarge { limit: usize },
    Undecodable(DecodeError),
    Undocumented,
    Documented(E),
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value breaks a documented constraint; nothing was sent.
    InvalidRequest,
    /// The credential cannot be written into a request; nothing was sent.
    InvalidCredential,
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
    /// A documented error: see [`Error::documented`].
    Documented,
}

/// An operation's documented errors, one variant for each status.
pub trait DocumentedError: fmt::Debug + Sized {
    /// Selects the variant by the status; `None` for a status that the document does not list.
    fn by_status(received: &Received) -> Option<Self>;

    /// What the document says of the variant.
    fn description(&self) -> &'static str;
}

/// Of operations that document no error.
impl DocumentedError for Infallible {
    fn by_status(_: &Received) -> Option<Self> {
        None
    }

    fn description(&self) -> &'static str {
        match *self {}
    }
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &'static Operation, cause: Cause<E>, received: Option<Received>) -> Self {
        Self(Box::new(Failure { operation, cause, received }))
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.cause {
            Cause::InvalidRequest(_) => ErrorKind::InvalidRequest,
            Cause::InvalidCredential(_) => ErrorKind::InvalidCredential,
            Cause::Transport(error) if error.is_timeout() => ErrorKind::Timeout,
            Cause::Transport(error) if error.is_connect() => ErrorKind::Connect,
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::BodyTooLarge { .. } => ErrorKind::BodyTooLarge,
            Cause::Undecodable(_) => ErrorKind::Undecodable,
            Cause::Undocumented => ErrorKind::Undocumented,
            Cause::Documented(_) => ErrorKind::Documented,
        }
    }

    /// The documented error, if it is one.
    pub fn documented(&self) -> Option<&E> {
        match &self.0.cause {
            Cause::Documented(error) => Some(error),
            _ => None,
        }
    }

    /// The documented error by value.
    ///
    /// # Errors
    /// The error itself if it is none of the documented ones.
    pub fn into_documented(self) -> Result<E, Self> {
        let Failure { operation, cause, received } = *self.0;
        match cause {
            Cause::Documented(error) => Ok(error),
            cause => Err(Self::new(operation, cause, received)),
        }
    }

    /// What is wrong with the request, if it was never sent for that.
    pub fn invalid_request(&self) -> Option<&InvalidRequest> {
        match &self.0.cause {
            Cause::InvalidRequest(invalid) => Some(invalid),
            _ => None,
        }
    }

    /// Status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.received.as_ref().map(|received| received.status)
    }

    /// Headers of the response, if one arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.received.as_ref().map(|received| &received.headers)
    }

    /// Body of the response as it arrived, if one did.
    pub fn raw_body(&self) -> Option<&RawBody> {
        self.0.received.as_ref().map(|received| &received.body)
    }
}

impl<E: DocumentedError> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { operation, cause, received } = &*self.0;
        write!(formatter, "{}: ", operation.name)?;
        if let Some(received) = received {
            write!(formatter, "{} from {} {}: ", received.status, operation.method, operation.path)?;
        }
        match cause {
            Cause::InvalidRequest(invalid) => write!(formatter, "{invalid}; nothing was sent"),
            Cause::InvalidCredential(invalid) => write!(formatter, "{invalid}; nothing was sent"),
            Cause::Transport(_) => formatter.write_str(match self.kind() {
                ErrorKind::Timeout => "the call took too long",
                ErrorKind::Connect => "the server could not be reached",
                _ => "the connection failed",
            }),
            Cause::BodyTooLarge { limit } => write!(formatter, "the body is larger than {limit} bytes"),
            Cause::Undecodable(error) => write!(formatter, "the body is not as documented: {error}"),
            Cause::Undocumented => formatter.write_str("the document does not list this status"),
            Cause::Documented(error) => formatter.write_str(error.description()),
        }
    }
}

impl<E: DocumentedError> fmt::Debug for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("operation", &self.0.operation.name)
            .field("kind", &self.kind())
            .field("message", &format_args!("{self}"))
            .field("documented", &self.documented())
            .field("received", &self.0.received)
            .finish()
    }
}

impl<E: DocumentedError> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::InvalidRequest(invalid) => Some(invalid),
            Cause::InvalidCredential(invalid) => Some(invalid),
            Cause::Transport(error) => Some(error),
            Cause::Undecodable(error) => Some(error),
            Cause::BodyTooLarge { .. } | Cause::Undocumented | Cause::Documented(_) => None,
        }
    }
}

/// Where in a request a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Path => "path parameter",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body field",
        })
    }
}

/// A value that the document does not allow. The value itself is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) requirement: String,
}

impl InvalidRequest {
    /// Where in the request the value goes.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The document's name of the parameter or field; nested fields as in `owner.emails[0]`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} `{}` {}", self.place, self.name, self.requirement)
    }
}

impl std::error::Error for InvalidRequest {}
