//! Documented constraints on the values in a request.

/// A documented constraint on a value. Lengths are in characters. Numbers are decimals as JSON
/// writes them, since a floating-point number can lie beside a documented bound.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// `minLength` of a string.
    MinLength(usize),
    /// `maxLength` of a string.
    MaxLength(usize),
    /// `pattern` of a string. Requires the feature `pattern`.
    #[cfg(feature = "pattern")]
    #[cfg_attr(docsrs, doc(cfg(feature = "pattern")))]
    Pattern(super::Pattern),
    /// `format: uuid` of a string.
    Uuid,
    /// `minimum` of a number.
    Minimum(&'static str),
    /// `minimum` of a number with `exclusiveMinimum`.
    ExclusiveMinimum(&'static str),
    /// `maximum` of a number.
    Maximum(&'static str),
    /// `maximum` of a number with `exclusiveMaximum`.
    ExclusiveMaximum(&'static str),
    /// `multipleOf` of a number.
    MultipleOf(&'static str),
    /// `enum` of a number.
    Enum(&'static [&'static str]),
    /// `minItems` of an array.
    MinItems(usize),
    /// `maxItems` of an array.
    MaxItems(usize),
    /// `uniqueItems` of an array.
    UniqueItems,
    /// `minProperties` of a map.
    MinProperties(usize),
    /// `maxProperties` of a map.
    MaxProperties(usize),
}

impl Constraint {
    /// Returns the requirement as the predicate of a sentence about the value.
    pub(crate) fn requirement(&self) -> String {
        match self {
            Self::MinLength(1) => "must not be empty".to_owned(),
            Self::MinLength(length) => {
                format!("must have at least {}", count(*length, "character", "characters"))
            }
            Self::MaxLength(length) => {
                format!("must have at most {}", count(*length, "character", "characters"))
            }
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => {
                format!("must match the pattern `{}`", pattern.documented)
            }
            Self::Uuid => "must be a UUID".to_owned(),
            Self::Minimum(bound) => format!("must be at least {bound}"),
            Self::ExclusiveMinimum(bound) => format!("must be greater than {bound}"),
            Self::Maximum(bound) => format!("must be at most {bound}"),
            Self::ExclusiveMaximum(bound) => format!("must be less than {bound}"),
            Self::MultipleOf(divisor) => format!("must be a multiple of {divisor}"),
            Self::Enum(values) => format!("must be one of {}", values.join(", ")),
            Self::MinItems(items) => {
                format!("must have at least {}", count(*items, "item", "items"))
            }
            Self::MaxItems(items) => {
                format!("must have at most {}", count(*items, "item", "items"))
            }
            Self::UniqueItems => "must not repeat an item".to_owned(),
            Self::MinProperties(entries) => {
                format!("must have at least {}", count(*entries, "entry", "entries"))
            }
            Self::MaxProperties(entries) => {
                format!("must have at most {}", count(*entries, "entry", "entries"))
            }
        }
    }
}

fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}
