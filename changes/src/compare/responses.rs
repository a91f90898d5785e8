//! Compares the documented responses of an operation.

use codegen::api::{
    Api, Direction, Header, Operation, Response, ResponseBody, RustType, Status, type_of,
};

use super::found::{Log, Place, type_text};
use super::schemas::{self, Slot};
use crate::rule::{Effect, Rule, Source};

pub(super) fn compare(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let at = &Place { direction: Direction::Response, ..at.clone() };
    for one in &before.responses {
        if let Some(other) = with_status(after, one.status) {
            response(log, one, other, &place(one, other, at));
        }
    }
    if before.successes().count().min(2) != after.successes().count().min(2)
        && after.successes().count() + before.successes().count() > 1
    {
        let text = format!("{} has another number of successes.", at.name);
        log.both(Rule::SuccessesDistinguished, at, text);
    }
    role_of_default(log, before, after, at);
    let (gone, new) = (missing(before, after), missing(after, before));
    let successes = |some: &[&Response]| -> Vec<Status> {
        let successes = some.iter().filter(|one| one.status.is_success());
        successes.map(|one| one.status).collect()
    };
    let mut moved = Vec::new();
    if let ([from], [to]) = (successes(&gone).as_slice(), successes(&new).as_slice()) {
        let (from, to) = (*from, *to);
        moved = vec![from, to];
        moved_success(log, with_status(before, from).zip(with_status(after, to)), before, at);
    }
    for one in gone.into_iter().filter(|one| !moved.contains(&one.status)) {
        removed(log, one, before, &place(one, one, at));
    }
    for other in new.into_iter().filter(|other| !moved.contains(&other.status)) {
        added(log, other, before, &place(other, other, at));
    }
}

fn with_status(operation: &Operation, status: Status) -> Option<&Response> {
    operation.responses.iter().find(|response| response.status == status)
}

/// Returns the responses of `some` whose status codes `others` does not list.
fn missing<'o>(some: &'o Operation, others: &Operation) -> Vec<&'o Response> {
    some.responses.iter().filter(|one| with_status(others, one.status).is_none()).collect()
}

fn place(before: &Response, after: &Response, at: &Place) -> Place {
    let method = at.operation.as_deref().unwrap_or_default();
    Place {
        from: before.pointer.clone(),
        to: after.pointer.clone(),
        name: format!("the response {} of `{method}`", after.status),
        ..at.clone()
    }
}

fn moved_success(
    log: &mut Log<'_>,
    moved: Option<(&Response, &Response)>,
    operation: &Operation,
    at: &Place,
) {
    let Some((from, to)) = moved else { return };
    let place = place(from, to, at);
    let text = format!("{} succeeds with {}, not {}.", at.name, to.status, from.status);
    log.both(Rule::StatusMoved, &place, text);
    if operation.successes().count() > 1
        && let Some(found) = log.found.last_mut()
    {
        // The variant of the old status code is gone.
        found.verdict.source = Source::Breaks;
    }
    response(log, from, to, &place);
}

fn role_of_default(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let role = |operation: &Operation| {
        with_status(operation, Status::Default)
            .map(|_| operation.successes().any(|one| one.status == Status::Default))
    };
    if let (Some(old), Some(new)) = (role(before), role(after))
        && old != new
    {
        let role = if new { "a success" } else { "an error" };
        let text = format!("A status code that {} does not list is {role}.", at.name);
        log.both(Rule::DefaultRole, at, text);
    }
}

fn removed(log: &mut Log<'_>, before: &Response, operation: &Operation, at: &Place) {
    let rule = match before.status.is_success() {
        true if operation.successes().count() > 1 => Rule::SuccessVariantRemoved,
        true => Rule::SuccessRemoved,
        false => Rule::ErrorRemoved,
    };
    log.gone(rule, at, format!("{} is no longer documented.", at.name));
}

fn added(log: &mut Log<'_>, after: &Response, operation: &Operation, at: &Place) {
    let is_success = after.status.is_success();
    let rule = if is_success { Rule::SuccessAdded } else { Rule::ErrorAdded };
    log.new_one(rule, at, format!("{} is new.", at.name));
    if !is_success
        && operation.errors().next().is_none()
        && let Some(found) = log.found.last_mut()
    {
        // Without documented errors, there was no enum of them.
        found.verdict.source = Source::Breaks;
    }
}

fn response(log: &mut Log<'_>, before: &Response, after: &Response, at: &Place) {
    let Response { status: _, pointer: _, description, headers, body } = before;
    log.words(description, &after.description, at);
    match (body, &after.body) {
        (None, None) => {}
        (None, Some(_)) => {
            log.both(Rule::ResponseBodyAdded, at, format!("{} has a body.", at.name));
        }
        (Some(_), None) => {
            log.both(Rule::ResponseBodyRemoved, at, format!("{} has no body.", at.name));
        }
        (Some(before), Some(after)) => {
            let ResponseBody { media_type, schema, rust_type: _, examples } = before;
            if *media_type != after.media_type {
                let (name, new) = (&at.name, &after.media_type);
                let text = format!("{name} is `{new}`, not `{media_type}`.");
                log.both(Rule::ResponseMediaType, at, text);
            }
            log.words(&schemas::examples(examples), &schemas::examples(&after.examples), at);
            let name = format!("the body of {}", at.name);
            schemas::values(log, schema, &after.schema, &at.below("", "", name), Slot::Whole);
        }
    }
    for one in headers {
        let at = header_place(one, at);
        match after.headers.iter().find(|other| same_header(one, other)) {
            Some(other) => header(log, one, other, &at),
            None => {
                log.gone(Rule::ResponseHeaderRemoved, &at, format!("{} is gone.", at.name));
                if constant(log.after, one).is_some() {
                    spare(log);
                }
            }
        }
    }
    for other in
        after.headers.iter().filter(|other| !headers.iter().any(|one| same_header(one, other)))
    {
        let at = header_place(other, at);
        log.new_one(Rule::ResponseHeaderAdded, &at, format!("{} is new.", at.name));
    }
}

fn same_header(one: &Header, other: &Header) -> bool {
    one.name.eq_ignore_ascii_case(&other.name)
}

fn header_place(header: &Header, at: &Place) -> Place {
    let step = format!("/headers/{}", openapi::pointer::escape(&header.name));
    at.below(&step, &step, format!("the header `{}` of {}", header.name, at.name))
}

fn header(log: &mut Log<'_>, before: &Header, after: &Header, at: &Place) {
    let Header { name: _, required, description, schema, examples } = before;
    if *required != after.required {
        let required = if after.required { "required" } else { "optional" };
        log.both(Rule::ResponseHeaderRequired, at, format!("{} is {required}.", at.name));
    }
    let (old, new) = (header_type(before), header_type(after));
    if old != new {
        let text = format!("{} is {}, not {}.", at.name, type_text(&new), type_text(&old));
        log.both(Rule::ReceivedTypeChanged, at, text);
        if constant(log.before, before) == constant(log.after, before) {
            spare(log);
        }
    } else if *schema != after.schema {
        let text = format!("Other constraints of {} are stated.", at.name);
        log.both(Rule::ReceivedConstraint, at, text);
    }
    let words = (description, schemas::examples(examples));
    log.words(&words, &(&after.description, schemas::examples(&after.examples)), at);
}

/// Returns the type of a header's values in Rust.
fn header_type(header: &Header) -> RustType {
    match type_of(&header.schema) {
        number if number.is_number() => number,
        secret if secret.is_secret() => RustType::Secret,
        _ => RustType::String,
    }
}

/// Returns the type of the constant that all responses with a header share.
fn constant(api: &Api, header: &Header) -> Option<RustType> {
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let mut headers = responses.flat_map(|response| &response.headers);
    headers.find(|one| same_header(one, header)).map(header_type)
}

/// Notes of the last change that the constant of the header stays.
fn spare(log: &mut Log<'_>) {
    if let Some(found) = log.found.last_mut() {
        found.verdict.source = Source::Works;
        found.verdict.effect = Effect::Facts;
    }
}
