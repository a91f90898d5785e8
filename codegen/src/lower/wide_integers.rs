//! Gives integers beyond 64 bits with a sign the type that can hold them.
//!
//! An integer is an `i64`, unless its format says more. Constants and bounds say it, too: an
//! untyped `const: 18446744073709551615` could otherwise be neither sent nor received.

use serde_json::{Value, json};

use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::notes::PassNotes;
use openapi::object::{Object, Schema};
use openapi::rule::Rule;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let is_integer = schema.stated_type() == Some("integer") && schema.format().is_empty();
        let Some(members) = schema.as_object_mut().filter(|_| is_integer) else { return };
        let at = site.pointer();
        match width(members.array("enum"), members.get("minimum"), members.get("maximum")) {
            Width::Signed => {}
            Width::Unsigned => {
                members.insert("format".to_owned(), json!("uint64"));
                notes.add(&at, "is an integer of 64 bits without a sign");
            }
            Width::Float => {
                members.insert("type".to_owned(), json!("number"));
                notes.add(&at, "is a number, since its values have more than 64 bits");
            }
            Width::None => {
                members.remove("type");
                members.remove("enum");
                notes.report(any_json(&at));
            }
        }
    });
}

/// The Rust type that holds integers.
#[derive(Debug, PartialEq, Eq)]
enum Width {
    Signed,
    Unsigned,
    Float,
    /// None holds each of them.
    None,
}

/// Returns the type of the values of an `enum`, or of those within bounds.
fn width(values: &[Value], least: Option<&Value>, most: Option<&Value>) -> Width {
    let bounds = [least, most].map(|bound| bound.cloned());
    let values = match bounds {
        // Whatever is between them has the type that both have.
        [Some(least), Some(most)] if values.is_empty() => &[least, most][..],
        _ => values,
    };
    if values.iter().all(is_signed) {
        Width::Signed
    } else if values.iter().all(is_unsigned) {
        Width::Unsigned
    } else if values.iter().all(is_exact) {
        Width::Float
    } else {
        Width::None
    }
}

/// 2 to the power of 63.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;

fn is_signed(value: &Value) -> bool {
    // A number with a fraction, in the document or as it was read, is rounded at the ends.
    let is_within = |number: f64| number.abs() < SIGNED;
    value.is_i64() || !value.is_u64() && value.as_f64().is_some_and(is_within)
}

fn is_unsigned(value: &Value) -> bool {
    let is_within = |number: f64| (0.0..2.0 * SIGNED).contains(&number);
    value.is_u64() || !value.is_i64() && value.as_f64().is_some_and(is_within)
}

/// Returns true if a floating-point number is the same.
fn is_exact(value: &Value) -> bool {
    match (value.as_i64(), value.as_u64()) {
        (None, None) => value.is_number(),
        // 53 bits hold the digits.
        (Some(number), _) => number.unsigned_abs() <= 1 << 53,
        (None, Some(number)) => number.trailing_zeros() >= 11,
    }
}

fn any_json(pointer: &str) -> Diagnostic {
    Diagnostic {
        rule: Rule::UntypedSchema,
        subject: Subject::Node,
        location: Location::Pointer(pointer.to_owned()),
        what: "The client takes these integers as any JSON, and does not check them.".to_owned(),
        why: "No type of numbers holds each of them: they have more than 64 bits.".to_owned(),
        help: "Describe them as strings, if the service can.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Width, width};

    #[track_caller]
    fn check(values: &Value, expected: &Width) {
        let values = values.as_array().expect("they are listed");
        assert_eq!(width(values, None, None), *expected, "{values:?}");
        if let [least, most] = values.as_slice() {
            assert_eq!(width(&[], Some(least), Some(most)), *expected, "{values:?}");
        }
    }

    #[test]
    fn a_type_holds_each_of_the_values() {
        check(&json!([]), &Width::Signed);
        check(&json!([i64::MIN, i64::MAX]), &Width::Signed);
        check(&json!([1.0, -2.0]), &Width::Signed);
        check(&json!([0, u64::MAX]), &Width::Unsigned);
        check(&json!([0, 9.3e18]), &Width::Unsigned);
        check(&json!([1, 1e30]), &Width::Float);
        check(&json!([-1e19, -1]), &Width::Float);
        check(&json!([-1, u64::MAX]), &Width::None);
        check(&json!([1, i64::MAX, 1e30]), &Width::None);
    }
}
