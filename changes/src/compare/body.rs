//! Compares the request bodies of an operation.

use codegen::api::{Body, Operation};

use super::found::{Log, Place};
use super::schemas::{self, Slot};
use crate::rule::Rule;

pub(super) fn compare(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let method = at.operation.as_deref().unwrap_or_default();
    let name = format!("the body of `{method}`");
    let at = &at.below("/requestBody", "/requestBody", name);
    match (&before.body, &after.body) {
        (None, None) => {}
        (None, Some(body)) if body.required => {
            log.new_one(Rule::BodyAddedRequired, at, format!("{} is new, and required.", at.name));
        }
        (None, Some(_)) => {
            log.new_one(Rule::BodyAddedOptional, at, format!("{} is new, and optional.", at.name));
        }
        (Some(_), None) => log.gone(Rule::BodyRemoved, at, format!("{} is gone.", at.name)),
        (Some(before), Some(after)) => body(log, before, after, at),
    }
}

fn body(log: &mut Log<'_>, before: &Body, after: &Body, at: &Place) {
    let Body {
        required,
        description,
        media_type,
        media_type_choices,
        coding,
        encodings,
        schema,
        rust_type: _,
        examples: _,
    } = before;
    let name = &at.name;
    match (required, after.required) {
        (false, true) => log.both(Rule::BodyBecameRequired, at, format!("{name} is required.")),
        (true, false) => log.both(Rule::BodyBecameOptional, at, format!("{name} is optional.")),
        _ => {}
    }
    if *media_type_choices != after.media_type_choices {
        let text = format!("{name} has other media types to choose from.");
        log.both(Rule::BodyMediaTypeChoice, at, text);
    } else if (media_type, coding) != (&after.media_type, &after.coding) {
        let text = format!("{name} is sent as `{}`, not `{media_type}`.", after.media_type);
        log.both(Rule::BodyMediaType, at, text);
    }
    if *encodings != after.encodings {
        let text = format!("Properties of {name} are encoded in another way.");
        log.both(Rule::BodyEncoding, at, text);
    }
    let examples = |body: &Body| schemas::examples(&body.examples);
    log.words(&(description, examples(before)), &(&after.description, examples(after)), at);
    schemas::values(log, schema, &after.schema, at, Slot::Whole);
}
