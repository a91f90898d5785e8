//! Types that are named after their locations in the document, if a name is taken and would get a
//! number.

use openapi::components::schema_pointer;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::notes::{NewName, Note};
use openapi::rule::Rule;
use openapi::words::quote;

pub(super) fn check(notes: &[Note], found: &mut Vec<Diagnostic>) {
    let taken = |note: &Note| note.new_name.clone().filter(NewName::was_taken);
    for (note, name) in notes.iter().filter_map(|note| Some((note, taken(note)?))) {
        let has_it =
            |other: &&Note| other.new_name.as_ref().is_some_and(|other| other.given == name.wanted);
        let component = || schema_pointer(&name.wanted);
        let other = notes.iter().find(has_it).map_or_else(component, |other| other.pointer.clone());
        found.push(Diagnostic {
            rule: Rule::CollidingNames,
            subject: Subject::Name(name.wanted.clone()),
            location: Location::Pointer(note.pointer.clone()),
            what: format!(
                "This schema would get the Rust name {}, which the schema at {} has.",
                quote(&name.wanted),
                quote(&other)
            ),
            why: "One of the two would get a number appended, and their order decides which."
                .into(),
            help: "Move it to `components/schemas` under its own name, and refer to it.".into(),
        });
    }
}
