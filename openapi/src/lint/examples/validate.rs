//! Validates values against JSON Schema.
//!
//! This is the only file that names `jsonschema`. The crate's messages quote values, which may be
//! secrets, so failures are described in other words here.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::types::JsonType;
use jsonschema::{Draft, Keyword, ValidationError};
use serde_json::{Map, Value, json};

use super::{Dialect, formats};
use crate::matching::Matcher;
use crate::words::{describe_kind, quote};

/// The keyword that replaces `pattern`, with an ECMA-262 expression.
pub(super) const PATTERN: &str = "x-pattern";

/// A failure of a value to match a schema.
pub(super) struct Failure {
    /// The JSON pointer to the failure in the value.
    pub(super) pointer: String,
    /// The failure, from the verb on.
    pub(super) what: String,
}

/// The extent to which values are compared with what a document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// As lenient as readers of documents are.
    Lenient,
    /// To the letter.
    Strict,
}

/// A schema that values can be checked against.
pub(super) struct Validator(jsonschema::Validator);

impl Validator {
    /// Prepares a schema.
    ///
    /// # Errors
    /// Returns the reason why the schema cannot be used.
    pub(super) fn new(
        schema: &Value,
        dialect: Dialect,
        strictness: Strictness,
    ) -> Result<Self, String> {
        let draft = match dialect {
            Dialect::OpenApi3_0 => Draft::Draft4,
            Dialect::OpenApi3_1 => Draft::Draft202012,
        };
        let options = jsonschema::options();
        let options = options.with_draft(draft).should_validate_formats(true).offline();
        let options = options.with_keyword(PATTERN, |_: &Map<_, _>, pattern: &Value, _| {
            Ok(Box::new(Pattern::new(pattern)))
        });
        let options = match strictness {
            Strictness::Lenient => formats::ALL
                .iter()
                .fold(options, |options, (name, is_one, _)| options.with_format(*name, is_one)),
            Strictness::Strict => formats::STRICT.iter().fold(options, |options, name| {
                let is_one = format(name);
                options.with_format(*name, move |text: &str| is_one(text))
            }),
        };
        let validator = options.build(schema).map_err(|error| error.masked().to_string())?;
        Ok(Self(validator))
    }

    /// Returns all failures of `value` to match the schema.
    pub(super) fn failures(&self, value: &Value) -> Vec<Failure> {
        self.0.iter_errors(value).map(|error| failure(&error)).collect()
    }
}

/// Returns a predicate for the strings of a format, as the latest draft defines it.
fn format(name: &str) -> impl Fn(&str) -> bool + Send + Sync + 'static {
    let options = jsonschema::options();
    let options = options.with_draft(Draft::Draft202012).should_validate_formats(true).offline();
    let validator = options.build(&json!({ "format": name })).ok();
    move |text| validator.as_ref().is_none_or(|validator| validator.is_valid(&json!(text)))
}

/// Returns all failures of `value` to match `schema`.
///
/// # Errors
/// Returns the reason why the schema cannot be used.
pub(super) fn failures(
    dialect: Dialect,
    schema: &Value,
    value: &Value,
) -> Result<Vec<Failure>, String> {
    Ok(Validator::new(schema, dialect, Strictness::Lenient)?.failures(value))
}

/// The value of the keyword.
struct Pattern(Matcher);

impl Pattern {
    fn new(pattern: &Value) -> Self {
        Self(pattern.as_str().map_or(Matcher::Unknown, Matcher::new))
    }
}

impl<'i> Keyword<'i> for Pattern {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(value) { Ok(()) } else { Err(ValidationError::custom("")) }
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        value.as_str().is_none_or(|text| self.0.is_match(text))
    }
}

fn failure(error: &ValidationError<'_>) -> Failure {
    let inner = match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => nearest(context, depth(error)),
        _ => None,
    };
    inner.unwrap_or_else(|| Failure {
        pointer: error.instance_path().as_str().to_owned(),
        what: in_words(error.kind(), error.instance()),
    })
}

/// Returns the deepest failure of the alternative that the value comes nearest to, if there is one.
fn nearest(alternatives: &[Vec<ValidationError<'_>>], depth: usize) -> Option<Failure> {
    let is_null = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) })
    };
    let alternatives = alternatives.iter().filter(|errors| !errors.iter().any(is_null));
    let is_only = alternatives.clone().count() == 1;
    let deepest = alternatives
        .filter_map(|errors| deepest(errors.iter().map(failure)))
        .max_by_key(Failure::depth)?;
    Some(deepest).filter(|failure| is_only || failure.depth() > depth)
}

/// Returns the first of the most deeply nested failures.
pub(super) fn deepest(failures: impl Iterator<Item = Failure>) -> Option<Failure> {
    failures.reduce(|one, other| if other.depth() > one.depth() { other } else { one })
}

impl Failure {
    fn depth(&self) -> usize {
        self.pointer.matches('/').count()
    }
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().segments().count()
}

fn in_words(kind: &Kind, value: &Value) -> String {
    match kind {
        Kind::Type { kind } => format!("is {} instead of {}", describe_kind(value), types(kind)),
        Kind::Enum { .. } => "is not one of the `enum` values".to_owned(),
        Kind::Required { property } => {
            format!("lacks the required property {}", quote(property.as_str().unwrap_or_default()))
        }
        Kind::AdditionalProperties { unexpected } => {
            let first = unexpected.first().map_or("", String::as_str);
            format!("has the unknown property {}", quote(first))
        }
        Kind::Minimum { limit } => format!("is less than {limit}"),
        Kind::Maximum { limit } => format!("is greater than {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("is not greater than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("is not less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("is not a multiple of {multiple_of}"),
        Kind::MinLength { limit } => format!("has fewer than {limit} characters"),
        Kind::MaxLength { limit } => format!("has more than {limit} characters"),
        Kind::MinItems { limit } => format!("has fewer than {limit} items"),
        Kind::MaxItems { limit } => format!("has more than {limit} items"),
        Kind::UniqueItems => "has duplicate items".to_owned(),
        Kind::MinProperties { limit } => format!("has fewer than {limit} properties"),
        Kind::MaxProperties { limit } => format!("has more than {limit} properties"),
        Kind::Format { format } => format!("is not a {}", formats::in_words(format)),
        Kind::Custom { .. } => "does not match the pattern".to_owned(),
        Kind::AnyOf { .. } => "matches none of the alternatives".to_owned(),
        other => format!("violates {}", quote(other.keyword())),
    }
}

fn types(kind: &TypeKind) -> String {
    let name = |ty: JsonType| match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    };
    match kind {
        TypeKind::Single(ty) => name(*ty).to_owned(),
        TypeKind::Multiple(types) => types.iter().map(name).collect::<Vec<_>>().join(" or "),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Dialect, PATTERN, failures};

    #[track_caller]
    fn check(pattern: &str, text: &str, is_valid: bool) {
        let found = failures(Dialect::OpenApi3_0, &json!({ PATTERN: pattern }), &json!(text))
            .expect("the schema can be read");
        assert_eq!(found.is_empty(), is_valid, "{pattern}");
    }

    #[test]
    fn an_expression_that_takes_too_long_says_nothing_against_a_text() {
        check(r"^(a)\1$", "aa", true);
        check(r"^(a)\1$", "ab", false);
        // Each further character doubles the steps, and the back reference rules out a linear
        // match.
        check(r"^(([a-z])+\2?)+$", &format!("{}!", "a".repeat(60)), true);
    }
}
