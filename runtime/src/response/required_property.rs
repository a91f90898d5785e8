//! Properties of responses that callers require.

use std::fmt;

use crate::secrets::SecretString;

/// The error for a required property that a response does not have. Some servers omit documented
/// properties.
///
/// ```
/// use oauth_token_clients_runtime::{SecretString, __codegen::required_secret};
///
/// let token = SecretString::from("");
/// let missing = required_secret(Some(&token), "Authorization", "token").unwrap_err();
/// assert_eq!(missing.to_string(), "property `token` of `Authorization` is empty in the response");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingPropertyError {
    /// The Rust type that has the property.
    pub owner: &'static str,
    /// The name of the property in JSON.
    pub name: &'static str,
    /// The content of the response in place of the value.
    pub found: Found,
}

/// The content of a response in place of a required value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// No such property, or null.
    Nothing,
    /// An empty string in place of a secret.
    Empty,
}

impl fmt::Display for MissingPropertyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.found {
            Found::Nothing => "missing from",
            Found::Empty => "empty in",
        };
        write!(formatter, "property `{}` of `{}` is {found} the response", self.name, self.owner)
    }
}

impl std::error::Error for MissingPropertyError {}

/// Returns the value of a required property. Generated accessors call this function.
///
/// # Errors
/// [`MissingPropertyError`] if there is no value.
pub fn required<T>(
    value: Option<T>,
    owner: &'static str,
    name: &'static str,
) -> Result<T, MissingPropertyError> {
    value.ok_or(MissingPropertyError { owner, name, found: Found::Nothing })
}

/// Returns the value of a required secret. Some servers return an empty token instead of none, so
/// an empty secret counts as missing.
///
/// # Errors
/// [`MissingPropertyError`] if there is no value, or an empty one.
pub fn required_secret<'s>(
    value: Option<&'s SecretString>,
    owner: &'static str,
    name: &'static str,
) -> Result<&'s SecretString, MissingPropertyError> {
    let secret = required(value, owner, name)?;
    match secret.expose_secret() {
        "" => Err(MissingPropertyError { owner, name, found: Found::Empty }),
        _ => Ok(secret),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(token: Option<&str>, expected: Result<&str, &str>) {
        let token = token.map(SecretString::from);
        let found = required_secret(token.as_ref(), "Authorization", "token");
        let found = found.map(SecretString::expose_secret).map_err(|missing| missing.to_string());
        assert_eq!(found.as_ref().map(|token| *token).map_err(String::as_str), expected);
    }

    #[test]
    fn missing_and_empty_secrets_are_errors() {
        check(Some("16c7"), Ok("16c7"));
        check(Some(""), Err("property `token` of `Authorization` is empty in the response"));
        check(None, Err("property `token` of `Authorization` is missing from the response"));
    }

    #[test]
    fn the_error_converts_to_a_boxed_error() {
        fn is_boxed(_: Box<dyn std::error::Error + Send + Sync + 'static>) {}
        is_boxed(required(None::<u8>, "Grant", "id").unwrap_err().into());
    }
}
