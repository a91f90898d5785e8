//! What the examples share: how they are told what to do.

use std::error::Error;

/// What an example comes to.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The environment variable `name`.
///
/// # Errors
/// When it is not set, or no text; the message names it.
pub fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    std::env::var(name).map_err(|error| format!("{name}: {error}").into())
}
