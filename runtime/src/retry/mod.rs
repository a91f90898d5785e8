//! The decision whether and when a call is sent again.

mod policy;
mod retry_after;

pub(crate) use policy::Outcome;
pub use policy::RetryPolicy;
pub(crate) use retry_after::asked_wait;
