//! Strings that must not be printed: tokens, codes, passwords, client secrets.

use std::cell::Cell;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// The replacement for a secret in debug output and serialized data.
const REDACTED: &str = "[redacted]";

/// A string that is kept secret.
///
/// `Debug` prints `[redacted]`, there is no `Display`, and serialization writes `[redacted]` except
/// within [`exposing_secrets`]. The memory is overwritten when the value is dropped. The only way
/// to read the value is [`expose_secret`](Self::expose_secret).
///
/// ```
/// use oauth_token_clients_runtime::SecretString;
///
/// let token = SecretString::from("16c7e42f292c6912");
/// assert_eq!(format!("{token:?}"), "[redacted]");
/// assert_eq!(token.expose_secret(), "16c7e42f292c6912");
/// ```
#[derive(Clone)]
pub struct SecretString(Zeroizing<Box<str>>);

impl SecretString {
    /// Returns the secret. The caller is responsible for keeping it secret.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretString {
    fn from(secret: String) -> Self {
        // `into_boxed_str` may copy into a smaller allocation and free the larger one unwiped.
        let secret = Zeroizing::new(secret);
        Self::from(secret.as_str())
    }
}

impl From<&str> for SecretString {
    fn from(secret: &str) -> Self {
        Self(Zeroizing::new(Box::from(secret)))
    }
}

impl FromStr for SecretString {
    type Err = Infallible;

    fn from_str(secret: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(secret))
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(REDACTED)
    }
}

impl Serialize for SecretString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exposed = EXPOSING.get() > 0;
        serializer.serialize_str(if exposed { self.expose_secret() } else { REDACTED })
    }
}

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(SecretVisitor)
    }
}

/// Copies the string once, straight from the deserializer.
struct SecretVisitor;

impl Visitor<'_> for SecretVisitor {
    type Value = SecretString;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E>(self, secret: &str) -> Result<SecretString, E> {
        Ok(SecretString::from(secret))
    }

    fn visit_string<E>(self, secret: String) -> Result<SecretString, E> {
        Ok(SecretString::from(secret))
    }
}

thread_local! {
    /// The number of calls of [`exposing_secrets`] that are running on this thread.
    static EXPOSING: Cell<usize> = const { Cell::new(0) };
}

/// Runs `serialize` with secrets written out instead of redacted, on this thread only.
///
/// Request bodies are serialized this way. Applications need it only to store secrets that they
/// received.
pub fn exposing_secrets<R>(serialize: impl FnOnce() -> R) -> R {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            EXPOSING.set(EXPOSING.get() - 1);
        }
    }
    EXPOSING.set(EXPOSING.get() + 1);
    let _leave = Leave;
    serialize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serializes_only_within_the_exposing_scope() {
        let secret = SecretString::from("canary");
        let redacted = serde_json::to_string(&secret).expect("a string serializes");
        let exposed =
            exposing_secrets(|| serde_json::to_string(&secret)).expect("a string serializes");
        assert_eq!((redacted.as_str(), exposed.as_str()), ("\"[redacted]\"", "\"canary\""));
        assert_eq!(serde_json::to_string(&secret).expect("a string serializes"), "\"[redacted]\"");
    }

    #[test]
    fn leaves_the_exposing_scope_on_panic() {
        let panicked = std::panic::catch_unwind(|| exposing_secrets(|| panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(EXPOSING.get(), 0);
    }
}
