//! What the examples share: how they are told what to do.

use std::error::Error;

/// What an example comes to.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The environment variable `name`.
///
/// # Errors
/// When it is not set, empty, or no text; the message names it.
pub fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value),
        // The error holds the value, which may be a secret.
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("{name} is no text").into()),
        _ => Err(format!("{name} is not set").into()),
    }
}
