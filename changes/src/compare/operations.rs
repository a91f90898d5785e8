//! Pairs the operations of both documents, and compares each pair.

use codegen::api::{Api, Direction, Operation};

use super::found::{Log, Place};
use super::{body, parameters, responses, security};
use crate::rule::Rule;

/// Returns the number of operations in words.
pub(super) fn number(api: &Api) -> String {
    match api.operations.len() {
        1 => "1 operation".to_owned(),
        number => format!("{number} operations"),
    }
}

/// Compares all operations.
pub(super) fn compare(log: &mut Log<'_>) {
    let (before, after) = (log.before, log.after);
    let pairs = pairs(&before.operations, &after.operations);
    for (one, other) in &pairs {
        log.operations.insert(one.rust_name.clone(), other.rust_name.clone());
    }
    for one in &before.operations {
        match pairs.iter().find(|(paired, _)| paired.pointer == one.pointer) {
            Some((_, other)) => operation(log, one, other),
            None => {
                let at = place(one, one);
                log.gone(Rule::OperationRemoved, &at, format!("{} is gone.", at.name));
            }
        }
    }
    let is_new =
        |other: &&Operation| pairs.iter().all(|(_, paired)| paired.pointer != other.pointer);
    for other in after.operations.iter().filter(is_new) {
        let at = place(other, other);
        let text = format!("{} is new: {} {}.", at.name, other.method, other.path);
        log.new_one(Rule::OperationAdded, &at, text);
    }
    log.subject.clear();
}

/// A way to see that two operations are the same.
type Way<'w> = &'w dyn Fn(&Operation, &Operation) -> bool;

/// Pairs operations: by id, then by method and path, then by the name of the method.
fn pairs<'a>(
    before: &'a [Operation],
    after: &'a [Operation],
) -> Vec<(&'a Operation, &'a Operation)> {
    let same_id = |one: &Operation, other: &Operation| one.id == other.id;
    let same_request = |one: &Operation, other: &Operation| {
        one.method == other.method && blank(&one.path) == blank(&other.path)
    };
    let same_name = |one: &Operation, other: &Operation| one.rust_name == other.rust_name;
    let ways: [Way<'_>; 3] = [&same_id, &same_request, &same_name];
    let mut pairs: Vec<(&Operation, &Operation)> = Vec::new();
    for is_same in ways {
        for one in before {
            if pairs.iter().any(|(paired, _)| paired.pointer == one.pointer) {
                continue;
            }
            let free = |other: &&Operation| {
                pairs.iter().all(|(_, paired)| paired.pointer != other.pointer)
            };
            if let Some(other) = after.iter().filter(free).find(|other| is_same(one, other)) {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// Returns a path template without the names of its parameters.
fn blank(path: &str) -> String {
    let mut blank = String::new();
    let mut is_name = false;
    for character in path.chars() {
        is_name &= character != '}';
        if !is_name {
            blank.push(character);
        }
        is_name |= character == '{';
    }
    blank
}

fn place(before: &Operation, after: &Operation) -> Place {
    Place {
        operation: Some(before.rust_name.clone()),
        from: before.pointer.clone(),
        to: after.pointer.clone(),
        name: format!("`{}`", before.rust_name),
        direction: Direction::Request,
    }
}

fn operation(log: &mut Log<'_>, before: &Operation, after: &Operation) {
    let Operation {
        id,
        rust_name,
        pointer: _,
        method,
        path: _,
        servers,
        summary,
        description,
        deprecated: _,
        idempotent: _,
        page_parameter: _,
        parameters: _,
        body: _,
        accept,
        responses: _,
        security: _,
    } = before;
    log.subject = format!("operation {rust_name}");
    let at = place(before, after);
    let name = &at.name;
    if *rust_name != after.rust_name {
        let text = format!("{name} is called `{}`.", after.rust_name);
        log.renamed(Rule::OperationRenamed, &at, text, rust_name);
    }
    if *method != after.method {
        let text = format!("{name} sends {}, not {method}.", after.method);
        log.both(Rule::MethodChanged, &at, text);
    }
    path(log, before, after, &at);
    if *servers != after.servers {
        let text = format!("{name} goes to {}.", servers_in_words(&after.servers));
        log.both(Rule::OperationServers, &at, text);
    }
    if *accept != after.accept {
        let text = format!("{name} accepts `{}`, not `{accept}`.", after.accept);
        log.both(Rule::AcceptChanged, &at, text);
    }
    modes(log, before, after, &at);
    log.words(&(id, summary, description), &(&after.id, &after.summary, &after.description), &at);
    security::requirements(log, before, after, &at);
    parameters::compare(log, before, after, &at);
    body::compare(log, before, after, &at);
    responses::compare(log, before, after, &at);
}

fn servers_in_words(servers: &[String]) -> String {
    match servers {
        [] => "the server of the API".to_owned(),
        _ => servers.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(" or "),
    }
}

fn path(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    if before.path == after.path {
        return;
    }
    let text = format!("{} goes to `{}`, not `{}`.", at.name, after.path, before.path);
    let is_same = blank(&before.path) == blank(&after.path);
    log.both(if is_same { Rule::PathParameterRenamed } else { Rule::PathChanged }, at, text);
}

/// Compares deprecation, idempotency and paging.
fn modes(log: &mut Log<'_>, before: &Operation, after: &Operation, at: &Place) {
    let name = &at.name;
    deprecation(log, (before.deprecated, after.deprecated), at);
    match (before.idempotent, after.idempotent) {
        (false, true) => {
            log.both(Rule::BecameIdempotent, at, format!("{name} is safe to repeat."));
        }
        (true, false) => {
            log.both(Rule::BecameNotIdempotent, at, format!("{name} is not safe to repeat."));
        }
        _ => {}
    }
    match (before.is_paged(), after.is_paged()) {
        (false, true) => log.both(Rule::PagingAdded, at, format!("{name} has pages.")),
        (true, false) => log.both(Rule::PagingRemoved, at, format!("{name} has no pages.")),
        _ if before.page_parameter != after.page_parameter => {
            log.both(
                Rule::PagingChanged,
                at,
                format!("The pages of {name} are counted otherwise."),
            );
        }
        _ => {}
    }
}

/// Compares deprecation.
pub(super) fn deprecation(log: &mut Log<'_>, (before, after): (bool, bool), at: &Place) {
    match (before, after) {
        (false, true) => log.both(Rule::Deprecated, at, format!("{} is deprecated.", at.name)),
        (true, false) => {
            log.both(Rule::Undeprecated, at, format!("{} is no longer deprecated.", at.name));
        }
        _ => {}
    }
}
