//! Validation of objects before they are sent.

use std::collections::BTreeMap;

use super::{Constrained, Constraint, FilePart, InvalidRequestError, RequestPart};
use crate::secrets::SecretString;

/// A value that can be validated before it is sent.
pub trait Validate {
    /// Reports values that violate documented constraints to `validator`.
    fn validate(&self, validator: &mut Validator) {
        let _ = validator;
    }
}

/// The first violated constraint, and the path to the value that is being validated.
#[derive(Debug)]
pub struct Validator {
    part: RequestPart,
    path: Vec<String>,
    invalid: Option<InvalidRequestError>,
}

/// Creates a validator for a body.
impl Default for Validator {
    fn default() -> Self {
        Self::of(RequestPart::Body, "")
    }
}

impl Validator {
    /// Creates a validator for the parameter `name`, or for the body if `name` is empty.
    pub(crate) fn of(part: RequestPart, name: &str) -> Self {
        let path = Some(name.to_owned()).filter(|name| !name.is_empty());
        Self { part, path: path.into_iter().collect(), invalid: None }
    }

    /// Checks the property `name` against `constraints`.
    pub fn property(
        &mut self,
        name: &str,
        value: &(impl Constrained + ?Sized),
        constraints: &[Constraint],
    ) {
        if self.invalid.is_none()
            && let Some(violated) =
                constraints.iter().find(|constraint| !value.satisfies(constraint))
        {
            let name =
                self.path.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".");
            self.invalid = Some(InvalidRequestError {
                part: self.part,
                name,
                requirement: violated.requirement(),
            });
        }
    }

    /// Checks each item of the property `name` against `constraints`.
    pub fn items<'v, T: Constrained + 'v>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = &'v T>,
        constraints: &[Constraint],
    ) {
        for (index, item) in items.into_iter().enumerate() {
            self.property(&format!("{name}[{index}]"), item, constraints);
        }
    }

    /// Validates the value of the property `name`.
    pub fn nested(&mut self, name: &str, value: &impl Validate) {
        self.path.push(name.to_owned());
        value.validate(self);
        self.path.pop();
    }

    pub(crate) fn into_invalid(self) -> Option<InvalidRequestError> {
        self.invalid
    }
}

macro_rules! unconstrained {
    ($($scalar:ty),*) => {$(impl Validate for $scalar {})*};
}
unconstrained!(FilePart, str, bool, f32, f64, i32, i64, u32, u64, SecretString, String, serde_json::Value, serde_json::Map<String, serde_json::Value>);

impl<T: Validate> Validate for Option<T> {
    fn validate(&self, validator: &mut Validator) {
        if let Some(value) = self {
            value.validate(validator);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn validate(&self, validator: &mut Validator) {
        (**self).validate(validator);
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate(&self, validator: &mut Validator) {
        self.as_slice().validate(validator);
    }
}

impl<T: Validate> Validate for [T] {
    fn validate(&self, validator: &mut Validator) {
        for (index, item) in self.iter().enumerate() {
            validator.nested(&format!("[{index}]"), item);
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn validate(&self, validator: &mut Validator) {
        for (key, value) in self {
            validator.nested(key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Owner {
        emails: Vec<String>,
    }

    impl Validate for Owner {
        fn validate(&self, validator: &mut Validator) {
            validator.property("emails", &self.emails, &[Constraint::MinItems(1)]);
            validator.items("emails", &self.emails, &[Constraint::MinLength(1)]);
        }
    }

    #[track_caller]
    fn check(emails: &[&str], expected: Option<&str>) {
        let owner = Owner { emails: emails.iter().map(|&email| email.to_owned()).collect() };
        let mut validator = Validator::default();
        validator.nested("owner", &Some(owner));
        assert_eq!(
            validator.into_invalid().map(|invalid| invalid.to_string()).as_deref(),
            expected
        );
    }

    #[test]
    fn reports_the_path_of_the_first_invalid_value() {
        check(&["a"], None);
        check(&[], Some("body property `owner.emails` must have at least 1 item"));
        check(&["a", "", ""], Some("body property `owner.emails[1]` must not be empty"));
    }
}
