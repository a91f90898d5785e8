//! Strings that must not be printed: tokens, codes, passwords, client secrets.

use std::cell::Cell;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// The replacement for a secret in debug output and serialized data.
const REDACTED: &str = "[redacted]";

/// The reason why the replacement is not read as a secret.
const NOT_WRITTEN: &str = "`[redacted]` stands for a secret that was not written; \
    `exposing_secrets` writes secrets that are to be read back";

/// A string that is kept secret.
///
/// `Debug` prints `[redacted]`, there is no `Display`, and serialization writes `[redacted]` except
/// within [`exposing_secrets`]; reading `[redacted]` back is an error. The memory is overwritten
/// when the value is dropped. The only way to read the value is
/// [`expose_secret`](Self::expose_secret).
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

/// Compares in a time that depends on the lengths alone. There is no `Hash` and no `Ord`, since
/// their time would depend on the secrets.
impl PartialEq for SecretString {
    fn eq(&self, other: &Self) -> bool {
        self.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes()).into()
    }
}

impl Eq for SecretString {}

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

    fn visit_str<E: de::Error>(self, secret: &str) -> Result<SecretString, E> {
        if secret == REDACTED {
            Err(E::custom(NOT_WRITTEN))
        } else {
            Ok(SecretString::from(secret))
        }
    }

    fn visit_string<E: de::Error>(self, secret: String) -> Result<SecretString, E> {
        self.visit_str(&Zeroizing::new(secret))
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
    fn a_redacted_secret_is_not_read_back() {
        let read = |json: &str| serde_json::from_str::<SecretString>(json);
        let message = read("\"[redacted]\"").expect_err("it is no secret").to_string();
        assert!(message.contains("`exposing_secrets` writes secrets"), "{message}");
        let value = serde_json::json!("[redacted]");
        assert!(serde_json::from_value::<SecretString>(value).is_err());
        assert_eq!(read("\"redacted\"").expect("a secret"), SecretString::from("redacted"));
    }

    #[test]
    fn equal_secrets_are_equal() {
        let secret = SecretString::from("canary");
        assert_eq!(secret, SecretString::from("canary".to_owned()));
        for other in ["canarx", "xanary", "canar", "canaryy", ""] {
            assert_ne!(secret, SecretString::from(other));
        }
    }

    #[test]
    fn leaves_the_exposing_scope_on_panic() {
        let panicked = std::panic::catch_unwind(|| exposing_secrets(|| panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(EXPOSING.get(), 0);
    }
}
