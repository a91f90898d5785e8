//! Values that a response should hold and does not.

use std::fmt;

use crate::secrets::SecretString;

/// A member of a response that a caller needs and that is not there; servers leave out what their documents promise.
///
/// ```
/// use oauth_token_clients_runtime::{MissingProperty, SecretString, required_secret};
///
/// let token = SecretString::from("");
/// let missing = required_secret(Some(&token), "Authorization", "token").unwrap_err();
/// assert_eq!(missing.to_string(), "the response holds an empty `token` (member of `Authorization`)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingProperty {
    /// The type that has the member.
    pub owner: &'static str,
    /// Name of the member in JSON.
    pub name: &'static str,
    /// What was there instead of a value.
    pub found: Found,
}

/// What is there instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// No such member, or null.
    Nothing,
    /// An empty text, which no secret is.
    Empty,
}

impl fmt::Display for MissingProperty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.found {
            Found::Nothing => "no",
            Found::Empty => "an empty",
        };
        write!(formatter, "the response holds {found} `{}` (member of `{}`)", self.name, self.owner)
    }
}

impl std::error::Error for MissingProperty {}

/// The value of a member that is needed; the generated accessors are made of it.
///
/// # Errors
/// [`MissingProperty`] when there is none.
pub fn required<T>(value: Option<T>, owner: &'static str, name: &'static str) -> Result<T, MissingProperty> {
    value.ok_or(MissingProperty { owner, name, found: Found::Nothing })
}

/// The same for a secret, which is no use if it is empty: some servers answer with an empty token instead of none.
///
/// # Errors
/// [`MissingProperty`] when there is none, or an empty one.
pub fn required_secret<'s>(
    value: Option<&'s SecretString>,
    owner: &'static str,
    name: &'static str,
) -> Result<&'s SecretString, MissingProperty> {
    let secret = required(value, owner, name)?;
    match secret.expose_secret() {
        "" => Err(MissingProperty { owner, name, found: Found::Empty }),
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
    fn only_a_secret_that_can_be_used_is_a_value() {
        check(Some("16c7"), Ok("16c7"));
        check(Some(""), Err("the response holds an empty `token` (member of `Authorization`)"));
        check(None, Err("the response holds no `token` (member of `Authorization`)"));
    }

    #[test]
    fn the_error_goes_wherever_errors_go() {
        fn goes_anywhere(_: Box<dyn std::error::Error + Send + Sync + 'static>) {}
        goes_anywhere(required(None::<u8>, "Grant", "id").unwrap_err().into());
    }
}
