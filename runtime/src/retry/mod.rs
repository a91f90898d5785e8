//! Retries: whether a call is sent again, and after which wait.

mod answer;
mod policy;
mod rate_limit;
mod retry_after;

pub(crate) use answer::Answer;
pub(crate) use policy::AttemptOutcome;
pub use policy::RetryPolicy;
pub use rate_limit::RateLimit;
