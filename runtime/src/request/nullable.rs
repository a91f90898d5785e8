//! Values that can be null.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Constrained, Constraint, Validate, Validator};

/// The value of an optional property that can be null.
///
/// An absent property and null often differ: a PATCH leaves the one as it is and clears the other.
/// So the field is an `Option` of this type.
///
/// ```
/// use oauth_token_clients_runtime::Nullable;
///
/// #[derive(Default, serde::Serialize)]
/// struct Update {
///     #[serde(skip_serializing_if = "Option::is_none")]
///     note: Option<Nullable<String>>,
/// }
///
/// let json = |update: &Update| serde_json::to_string(update).unwrap();
/// assert_eq!(json(&Update { note: None }), "{}");
/// assert_eq!(json(&Update { note: Some(Nullable::Null) }), r#"{"note":null}"#);
/// assert_eq!(json(&Update { note: Some(Nullable::Value("new".into())) }), r#"{"note":"new"}"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nullable<T> {
    /// Null.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value, if it is not null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

/// Null satisfies every constraint.
impl<T: Constrained> Constrained for Nullable<T> {
    fn satisfies(&self, constraint: &Constraint) -> bool {
        self.value().is_none_or(|value| value.satisfies(constraint))
    }
}

impl<T: Validate> Validate for Nullable<T> {
    fn validate(&self, validator: &mut Validator) {
        if let Some(value) = self.value() {
            value.validate(validator);
        }
    }
}

/// Decodes a property that is present, though it may be null. Generated types use it.
///
/// # Errors
/// The error of the deserializer.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Update {
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        note: Option<Nullable<i64>>,
    }

    #[track_caller]
    fn check(json: &str, note: Option<Nullable<i64>>) {
        let update = Update { note };
        assert_eq!(serde_json::to_string(&update).expect("it serializes"), json);
        assert_eq!(serde_json::from_str::<Update>(json).expect("it deserializes"), update);
    }

    #[test]
    fn absent_null_and_a_value_differ() {
        check("{}", None);
        check(r#"{"note":null}"#, Some(Nullable::Null));
        check(r#"{"note":5}"#, Some(5.into()));
    }

    #[test]
    fn null_satisfies_constraints() {
        let constraint = Constraint::MinLength(1);
        assert!(Nullable::<String>::Null.satisfies(&constraint));
        assert!(!Nullable::Value(String::new()).satisfies(&constraint));
    }
}
