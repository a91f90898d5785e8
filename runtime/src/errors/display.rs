//! The messages of errors: one line that says what went wrong and what to do about it, without
//! values.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::SystemTime;

use httpdate::HttpDate;

use super::rounded::Rounded;
use super::{Cause, DocumentedError, Failure, TimeLimit};
use crate::response::{Notices, Received};
use crate::retry::Answer;
use crate::transport::TransportError;

/// Writes the message of a failure.
pub(crate) fn write<E: DocumentedError>(
    failure: &Failure<E>,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Failure { operation, cause, received, refused_credential, .. } = failure;
    write!(formatter, "{}: ", operation.name)?;
    if let Some(received) = received {
        write!(formatter, "{} from {} {}: ", received.status, operation.method, operation.path)?;
    }
    match (refused_credential, cause) {
        (Some(credential), Cause::Undocumented) => refusal(credential, formatter),
        (Some(credential), cause) => {
            refusal(credential, formatter)?;
            formatter.write_str(": ")?;
            reason(cause, formatter)
        }
        (None, cause) => reason(cause, formatter),
    }?;
    if let (Cause::Documented(error), Some(received)) = (cause, received)
        && !error.has_documented_body()
    {
        let media_type = received.media_type().unwrap_or("without a media type");
        write!(formatter, "; but the body is not the documented one ({media_type})")?;
    }
    if failure.claims_challenge().is_some() {
        formatter.write_str(
            "; the server wants a token with other claims: request one with those that \
             `claims_challenge` returns",
        )?;
    }
    if let Some(answer) = failure.answer() {
        advice(&answer, formatter)?;
    }
    details(failure, formatter)
}

/// Names the credential that was refused with a 401.
fn refusal(credential: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match credential {
        "" => formatter.write_str("no credential was sent"),
        credential => write!(formatter, "{credential} was refused"),
    }
}

fn reason<E: DocumentedError>(cause: &Cause<E>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match cause {
        Cause::InvalidRequest(invalid) => write!(formatter, "{invalid}; nothing was sent"),
        Cause::Credential(error) => write!(formatter, "{error}; nothing was sent"),
        Cause::Connect { error, origin } => unreachable_server(error, origin, formatter),
        Cause::Transport(error) if error.is_timeout() => {
            formatter.write_str("the HTTP client timed out; raise the limit in its `reqwest::ClientBuilder`")
        }
        Cause::Transport(error) if error.is_refused() => {
            formatter.write_str("the server refused to process the request; try again")
        }
        Cause::Transport(_) => formatter.write_str("the connection failed before the whole response had arrived"),
        Cause::Timeout(TimeLimit::Attempt(limit)) => {
            write!(
                formatter,
                "the attempt took longer than {}; raise the limit with `attempt_timeout`",
                Rounded(*limit)
            )
        }
        Cause::Timeout(TimeLimit::Total(limit)) => {
            write!(formatter, "the call took longer than {}; raise the limit with `total_timeout`", Rounded(*limit))
        }
        Cause::BodyTooLarge { limit } => {
            write!(
                formatter,
                "the body is larger than {limit} bytes; raise the limit with `ClientBuilder::body_limit`"
            )
        }
        Cause::Undecodable(error) => {
            write!(formatter, "the body is not as documented: {error}; `raw_body` returns it as received")
        }
        Cause::Undocumented => formatter.write_str("the document does not list this status code"),
        Cause::CrossOriginLink => formatter
            .write_str("the next page is on another origin, to which the credential is not sent; check the base URL, or allow the origin with `ClientBuilder::allow_origin`"),
        Cause::Documented(error) => formatter.write_str(error.description()),
    }
}

/// Returns true if the origin cannot be reached because this crate was built without TLS.
pub(crate) fn lacks_tls(origin: &str) -> bool {
    cfg!(not(any(feature = "rustls", feature = "native-tls"))) && origin.starts_with("https:")
}

fn unreachable_server(
    error: &TransportError,
    origin: &str,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if lacks_tls(origin) {
        return write!(
            formatter,
            "{origin} needs TLS, which is not built in: enable the feature `rustls` or `native-tls`"
        );
    }
    if is_tls_failure(error) {
        return write!(
            formatter,
            "the TLS handshake with {origin} failed: its certificate is not trusted, or it does not speak TLS; \
             to trust another CA, pass a `reqwest::ClientBuilder` with it to `ClientBuilder::http`"
        );
    }
    let limit = if error.is_timeout() { " within `connect_timeout`" } else { "" };
    write!(
        formatter,
        "{origin} could not be reached{limit}; check the host name, the network and the proxy"
    )
}

/// Returns true if the TLS handshake failed. Only rustls is recognized, which reports invalid data;
/// the errors of other libraries look like network errors.
fn is_tls_failure(error: &TransportError) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::InvalidData => return true,
            // Its `source` is that of the inner error, so following it would skip the inner error.
            Some(error) => error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static)),
            None => error.source(),
        };
    }
    false
}

/// Says what to do about a status code, documented or not.
fn advice(answer: &Answer<'_>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if answer.is_rate_limited() {
        formatter.write_str("; the rate limit is exceeded")?;
        return wait(answer, ": wait", formatter);
    }
    match answer.status.as_u16() {
        301..=303 | 307 | 308 => formatter.write_str(
            "; redirects are not followed, so that the credential is not sent elsewhere; check the base URL",
        ),
        404 | 410 => announced(&Notices::of(answer.headers), formatter),
        403 | 429 | 503 => wait(answer, "; the server asks to wait", formatter),
        _ => Ok(()),
    }
}

/// Says that what is gone was announced to be so.
fn announced(notices: &Notices, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match notices.sunset() {
        Some(sunset) => {
            let date = HttpDate::from(sunset);
            write!(formatter, "; the server announces the end of this operation for {date}")
        }
        None if notices.is_deprecated() => {
            formatter.write_str("; the server says that this operation is deprecated")
        }
        None => Ok(()),
    }
}

fn wait(answer: &Answer<'_>, request: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match answer.requested_wait(SystemTime::now()) {
        Some(wait) if !wait.is_zero() => write!(formatter, "{request} {}", Rounded(wait)),
        _ => Ok(()),
    }
}

/// Writes further details in parentheses.
fn details<E>(failure: &Failure<E>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let received = failure.received.as_ref();
    let code = failure.code.as_ref().map(|code| format!("code {code}"));
    let gone = received.is_some_and(|received| matches!(received.status.as_u16(), 404 | 410));
    let attempts = (failure.attempts > 1).then(|| format!("after {} attempts", failure.attempts));
    let earlier =
        (failure.attempts > 1 && gone).then(|| "an earlier one may have succeeded".to_owned());
    let request_id = received.and_then(Received::request_id).map(|id| format!("request ID {id}"));
    let details: Vec<String> =
        [code, attempts, earlier, request_id].into_iter().flatten().collect();
    if details.is_empty() { Ok(()) } else { write!(formatter, " ({})", details.join("; ")) }
}
