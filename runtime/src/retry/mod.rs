//! The decision whether and when a call is sent again.

mod policy;
mod retry_after;

pub(crate) use policy::AttemptOutcome;
pub use policy::RetryPolicy;
pub(crate) use retry_after::requested_wait;
