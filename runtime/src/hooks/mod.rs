//! Hooks that are called before and after each attempt of a call.

mod attempts;
mod list;

pub(crate) use attempts::{Attempt, Ended};
pub use attempts::{FinishedAttempt, StartedAttempt};
pub(crate) use list::Hooks;

/// A hook that is called before and after each attempt of a call, such as to count or log attempts.
///
/// A hook only looks: it cannot change the request, and what is repeated is not up to it. It sees
/// no secret unless it asks for one, by the methods that start with `expose_`. It runs within the
/// call, so it should return soon.
///
/// ```
/// use oauth_token_clients_runtime::{AttemptHook, Connection, FinishedAttempt};
///
/// /// Prints a line for each attempt.
/// struct Log;
///
/// impl AttemptHook for Log {
///     fn after_attempt(&self, attempt: &FinishedAttempt<'_>) {
///         println!("{attempt:?}");
///     }
/// }
///
/// let connection = Connection::builder("https://example.com").hook(Log).build()?;
/// # Ok::<(), oauth_token_clients_runtime::BuildError>(())
/// ```
pub trait AttemptHook: Send + Sync {
    /// Called when the request of an attempt is complete, with its credential, and before it is
    /// sent. Not called if the credential cannot be had.
    fn before_attempt(&self, attempt: &StartedAttempt<'_>) {
        let _ = attempt;
    }

    /// Called when an attempt that was started has ended: with a response, of which the body was
    /// read unless the caller reads it as a stream, or without one. Not called if the caller drops
    /// the call.
    fn after_attempt(&self, attempt: &FinishedAttempt<'_>) {
        let _ = attempt;
    }
}
