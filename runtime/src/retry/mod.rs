//! Retries: whether a call is sent again, and after which wait.

mod policy;
mod retry_after;

pub(crate) use policy::AttemptOutcome;
pub use policy::RetryPolicy;
pub(crate) use retry_after::requested_wait;
