//! The arguments and the result type that the examples share.

use std::error::Error;

/// The result of an example.
pub type Outcome = Result<(), Box<dyn Error>>;

/// Returns the environment variable `name`.
///
/// # Errors
/// Returns a message with the name if the variable is not set, empty or not Unicode.
pub fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value),
        // The error holds the value, which may be a secret.
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("{name} is no text").into()),
        _ => Err(format!("{name} is not set").into()),
    }
}
