//! Alternatives that nothing in their JSON tells apart.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{Validate, Validator};
use crate::objects::Objects;
use crate::secrets::{Wiped, exposing_secrets};

/// Decodes one of several alternatives. Generated types use it.
///
/// Objects ignore properties that they do not know, so the same JSON often fits several
/// alternatives. The first one that keeps every value and satisfies its constraints is taken, else
/// the first one that keeps every value, else the first one that fits.
///
/// # Errors
/// The error of the deserializer, or that no alternative fits.
pub fn alternative<'de, D: Deserializer<'de>, T: Serialize + Validate>(
    deserializer: D,
    alternatives: &[fn(&Value) -> Option<T>],
) -> Result<T, D::Error> {
    let json = Wiped(Value::deserialize(deserializer)?);
    let mut best: Option<(Fit, T)> = None;
    for fitting in alternatives.iter().filter_map(|decode| decode(&json.0)) {
        let fit = Fit::of(&fitting, &json.0);
        if best.as_ref().is_none_or(|(known, _)| fit > *known) {
            best = Some((fit, fitting));
        }
        if fit == Fit::Valid {
            break;
        }
    }
    let none = || D::Error::custom("the JSON fits none of the alternatives");
    best.map(|(_, fitting)| fitting).ok_or_else(none)
}

/// Decodes JSON as one alternative, if it fits. Generated types use it.
pub fn fitting<T: DeserializeOwned>(json: &Value) -> Option<T> {
    T::deserialize(Objects(json)).ok()
}

/// How well JSON fits an alternative, from bad to good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Something in the JSON is lost.
    InPart,
    /// Nothing is lost, but a constraint is violated.
    Whole,
    /// Nothing is lost, and all constraints are satisfied.
    Valid,
}

impl Fit {
    fn of(value: &(impl Serialize + Validate), json: &Value) -> Self {
        let encoded = exposing_secrets(|| serde_json::to_value(value).map(Wiped));
        if !encoded.is_ok_and(|encoded| is_same(&encoded.0, json)) {
            return Self::InPart;
        }
        let mut validator = Validator::default();
        value.validate(&mut validator);
        if validator.into_invalid().is_some() { Self::Whole } else { Self::Valid }
    }
}

/// Returns true if two values are equal, apart from how their numbers are written.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Constraint, Validator};
    use crate::secrets::{SecretString, wiped_by};

    #[derive(Debug, Deserialize, Serialize)]
    struct Card {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<SecretString>,
    }

    #[derive(Debug, Deserialize, Serialize)]
    struct Owner {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<SecretString>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        share: Option<f64>,
    }

    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    enum Payment {
        Card(Card),
        Owner(Owner),
        Short(f64),
        Name(String),
        Names(Vec<String>),
    }

    impl Validate for Payment {
        fn validate(&self, validator: &mut Validator) {
            if let Self::Card(card) = self {
                validator.property("number", &card.number, &[Constraint::MaxLength(2)]);
            }
        }
    }

    impl<'de> Deserialize<'de> for Payment {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let alternatives: [fn(&Value) -> Option<Self>; 5] = [
                |json| fitting(json).map(Self::Card),
                |json| fitting(json).map(Self::Owner),
                |json| fitting(json).map(Self::Short),
                |json| fitting(json).map(Self::Name),
                |json| fitting(json).map(Self::Names),
            ];
            alternative(deserializer, &alternatives)
        }
    }

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let payment = serde_json::from_str::<Payment>(json);
        let found = payment.as_ref().map_or("none".to_owned(), |payment| format!("{payment:?}"));
        assert!(found.starts_with(expected), "{json}: {found}");
    }

    #[test]
    fn the_alternative_that_keeps_everything_is_chosen() {
        check(r#"{"number": "1"}"#, "Card(");
        check(r#"{"name": "a"}"#, "Owner(");
        check(r#"{"number": "1", "name": "a"}"#, "Owner(");
        check(r#"{"number": "1", "share": 1}"#, "Owner(");
        check("{}", "Card(");
        check("1", "Short(1");
        check(r#"["1"]"#, "Names(");
        check("[]", "Names(");
        check("true", "none");
    }

    #[test]
    fn constraints_decide_between_those_that_keep_everything() {
        check(r#"{"number": "123"}"#, "Owner(");
    }

    #[test]
    fn without_a_better_one_the_first_that_fits_is_chosen() {
        check(r#"{"number": "1", "other": 5}"#, "Card(");
        check(r#"{"number": null}"#, "Card(");
    }

    #[test]
    fn no_copy_of_a_secret_stays_behind() {
        let wiped = wiped_by(|| serde_json::from_str::<Payment>(r#"{"number": "123"}"#));
        assert_eq!(wiped, ["123", "123", "123"]);
    }
}
