//! Decoded bodies, with what could not be decoded.

use std::fmt;
use std::ops::Deref;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::{DecodeError, lenient};
use crate::objects::Objects;

/// A value that was decoded from JSON, property by property.
///
/// A property or an item that is not of the documented type does not spoil the rest: it is left
/// out, and [`undecoded`](Self::undecoded) names it. It dereferences to the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded<T> {
    value: T,
    undecoded: Vec<String>,
}

impl<T> Decoded<T> {
    /// Returns a value with the JSON pointers of what was left out.
    pub(super) fn new(value: T, undecoded: Vec<String>) -> Self {
        Self { value, undecoded }
    }

    /// Returns the JSON pointers (RFC 6901) of the properties and items that were left out because
    /// they are not of the documented type. They point into the body as it was received.
    pub fn undecoded(&self) -> &[String] {
        &self.undecoded
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Changes the value, and keeps what is known about it.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded { value: change(self.value), undecoded: self.undecoded }
    }
}

/// A value that nothing was left out of.
impl<T> From<T> for Decoded<T> {
    fn from(value: T) -> Self {
        Self { value, undecoded: Vec::new() }
    }
}

impl<T> Deref for Decoded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints a complete value as it is.
impl<T: fmt::Debug> fmt::Debug for Decoded<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.undecoded.is_empty() {
            return self.value.fmt(formatter);
        }
        formatter
            .debug_struct("Decoded")
            .field("value", &self.value)
            .field("undecoded", &self.undecoded)
            .finish()
    }
}

/// Decodes JSON. What fits costs nothing more than with serde_json.
pub(super) fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<Decoded<T>, DecodeError> {
    match strictly::<T>(json) {
        Ok(value) => Ok(value.into()),
        Err(error) if error.is_data() || error.is_syntax() => {
            lenient::decode(json).ok_or_else(|| DecodeError::new(&error, misfit::<T>(json)))
        }
        Err(error) => Err(DecodeError::new(&error, String::new())),
    }
}

/// The longest name in a pointer, in bytes. A longer one may be data.
const MAX_NAME_LENGTH: usize = 64;

/// Returns the JSON pointer of the first value that does not fit, up to the first name that could
/// not be part of a message.
#[cold]
fn misfit<T: DeserializeOwned>(json: &[u8]) -> String {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let found = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
    let Some(error) = found.err().filter(|error| error.inner().is_data()) else {
        return String::new();
    };
    let is_name = |name: &str| {
        name.len() <= MAX_NAME_LENGTH && name.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let steps = error.path().iter().map_while(|segment| match segment {
        Segment::Map { key } if is_name(key) => Some(key.replace('~', "~0").replace('/', "~1")),
        Segment::Seq { index } => Some(index.to_string()),
        _ => None,
    });
    steps.flat_map(|step| ["/".to_owned(), step]).collect()
}

fn strictly<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = T::deserialize(Objects(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::misfit;

    #[test]
    fn a_pointer_ends_before_a_name_that_may_be_data() {
        let longest = "k".repeat(64);
        let names = [
            ("a/b~", "/a~1b~0"),
            (&longest, &format!("/{longest}")),
            (&format!("{longest}k"), ""),
            ("two words", ""),
            ("\u{e9}", ""),
        ];
        for (name, pointer) in names {
            let json = serde_json::json!({ name: "canary" }).to_string();
            assert_eq!(misfit::<BTreeMap<String, u8>>(json.as_bytes()), pointer, "{name}");
        }
    }
}
