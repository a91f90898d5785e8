//! What a failed call says: one line that names what went wrong and what to do about it, and no value.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::{Duration, SystemTime};

use super::{Cause, DocumentedError, Failure, TimeLimit};
use crate::response::Received;
use crate::retry::requested_wait;

/// Writes the message of a failure.
pub(crate) fn write<E: DocumentedError>(failure: &Failure<E>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Failure { operation, cause, received, refused, .. } = failure;
    write!(formatter, "{}: ", operation.name)?;
    if let Some(received) = received {
        write!(formatter, "{} from {} {}: ", received.status, operation.method, operation.path)?;
    }
    match (refused, cause) {
        (Some(refused), Cause::Undocumented) => refusal(refused, formatter),
        (Some(refused), cause) => {
            refusal(refused, formatter)?;
            formatter.write_str(": ")?;
            reason(cause, formatter)
        }
        (None, cause) => reason(cause, formatter),
    }?;
    if let Some(received) = received {
        advice(received, formatter)?;
    }
    notes(failure, formatter)
}

/// What was refused by 401.
fn refusal(refused: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match refused {
        "" => formatter.write_str("no credential was sent"),
        refused => write!(formatter, "{refused} was refused"),
    }
}

fn reason<E: DocumentedError>(cause: &Cause<E>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match cause {
        Cause::InvalidRequest(invalid) => write!(formatter, "{invalid}; nothing was sent"),
        Cause::Credential(error) => write!(formatter, "{error}; nothing was sent"),
        Cause::Connect { error, origin } => unreachable_server(error, origin, formatter),
        Cause::Transport(error) if error.is_timeout() => {
            formatter.write_str("a timeout of the HTTP client ran out; its `reqwest::ClientBuilder` raises it")
        }
        Cause::Transport(_) => formatter.write_str("the connection broke before the whole response was there"),
        Cause::Timeout(TimeLimit::Attempt(limit)) => {
            write!(formatter, "the try took longer than {}; `attempt_timeout` raises the limit", Seconds(*limit))
        }
        Cause::Timeout(TimeLimit::Total(limit)) => {
            write!(formatter, "the call took longer than {}; `total_timeout` raises the limit", Seconds(*limit))
        }
        Cause::BodyTooLarge { limit } => {
            write!(formatter, "the body is larger than {limit} bytes; `ConnectionBuilder::body_limit` raises the limit")
        }
        Cause::Undecodable(error) => {
            write!(formatter, "the body is not as documented: {error}; `raw_body` has it as it came")
        }
        Cause::Undocumented => formatter.write_str("the document does not list this status"),
        Cause::CrossOriginLink => formatter
            .write_str("the next page is on another origin, which the credential is not sent to; check the base URL"),
        Cause::Documented(error) => formatter.write_str(error.description()),
    }
}

/// Whether nothing at this origin can be reached, since this crate was built without TLS.
pub(crate) fn lacks_tls(origin: &str) -> bool {
    cfg!(not(any(feature = "rustls", feature = "native-tls"))) && origin.starts_with("https:")
}

fn unreachable_server(error: &reqwest::Error, origin: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if lacks_tls(origin) {
        return write!(
            formatter,
            "{origin} needs TLS, which is not built in: enable the feature `rustls` or `native-tls`"
        );
    }
    if is_tls_failure(error) {
        return write!(
            formatter,
            "TLS with {origin} failed: its certificate is not trusted, or it is no TLS server; \
             a `reqwest::ClientBuilder` with a CA of your own goes to `ConnectionBuilder::http`"
        );
    }
    let limit = if error.is_timeout() { " within `connect_timeout`" } else { "" };
    write!(formatter, "{origin} could not be reached{limit}; check its name, the network and the proxy")
}

/// Whether TLS came to nothing, which rustls reports as invalid data; other libraries cannot be told from the network.
fn is_tls_failure(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::InvalidData => return true,
            // Its source is that of the error inside, which would be passed over.
            Some(error) => error.get_ref().map(|inside| inside as &(dyn std::error::Error + 'static)),
            None => error.source(),
        };
    }
    false
}

/// What to do about a status, whatever the document says of it.
fn advice(received: &Received, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match received.status.as_u16() {
        301..=303 | 307 | 308 => formatter.write_str(
            "; redirects are not followed, since one would carry the credential elsewhere: check the base URL",
        ),
        403 | 429 | 503 => match requested_wait(&received.headers, SystemTime::now()) {
            Some(wait) if !wait.is_zero() => write!(formatter, "; the server asks to wait {}", Seconds(wait)),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// What else is known, in parentheses.
fn notes<E>(failure: &Failure<E>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let received = failure.received.as_ref();
    let gone = received.is_some_and(|received| matches!(received.status.as_u16(), 404 | 410));
    let tries = (failure.attempts > 1).then(|| format!("after {} tries", failure.attempts));
    let earlier = (failure.attempts > 1 && gone).then(|| "an earlier one may have succeeded".to_owned());
    let request_id = received.and_then(Received::request_id).map(|id| format!("request id {id}"));
    let notes: Vec<String> = [tries, earlier, request_id].into_iter().flatten().collect();
    if notes.is_empty() { Ok(()) } else { write!(formatter, " ({})", notes.join("; ")) }
}

/// A time as people write it.
struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} s", self.0.as_secs_f64())
    }
}
