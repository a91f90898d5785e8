//! The documented rate limit of an API.

/// The documented way in which a server tells of an exceeded rate limit. Generated code has one
/// `static` for each API whose document has `x-rate-limit`.
#[derive(Debug)]
pub struct RateLimit {
    /// The status codes that can mean an exceeded limit.
    pub status_codes: &'static [u16],
    /// The header with the number of requests that remain, or an empty string.
    pub remaining: &'static str,
    /// The header with the time at which the limit is reset, in seconds since 1970, or an empty
    /// string.
    pub reset: &'static str,
    /// The words in the body that name an exceeded limit, or an empty string. Case does not matter.
    pub message: &'static str,
    /// The wait in seconds if only the body says that a limit is exceeded.
    pub wait: u64,
}
