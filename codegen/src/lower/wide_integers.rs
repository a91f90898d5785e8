//! Gives integers beyond 64 bits with a sign the type that can hold them.
//!
//! An integer is an `i64`, unless its format says more. Constants and bounds say it, too: an
//! untyped `const: 18446744073709551615` could otherwise be neither sent nor received.

use serde_json::{Value, json};

use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::integers::{Width, width};
use openapi::notes::PassNotes;
use openapi::object::Schema;
use openapi::rule::Rule;
use openapi::walk;

pub(super) fn run(root: &mut Value, notes: &mut PassNotes<'_>) {
    walk::document_mut(root, &mut |site, schema| {
        let is_integer = schema.stated_type() == Some("integer") && schema.format().is_empty();
        let Some(members) = schema.as_object_mut().filter(|_| is_integer) else { return };
        let at = site.pointer();
        match width(members) {
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
