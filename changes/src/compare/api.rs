//! Compares what is stated of an API as a whole.

use codegen::api::{Api, Direction, RateLimit, Server};

use super::found::{Log, Place};
use super::security;
use crate::rule::Rule;

pub(super) fn compare(log: &mut Log<'_>) {
    let Api {
        name: _,
        title,
        version,
        description,
        source: _,
        servers,
        schemes: _,
        operations: _,
        schemas: _,
        rate_limit: _,
        samples: _,
    } = log.before;
    let (before, after) = (log.before, log.after);
    let at = |pointer: &str, name: &str| Place {
        operation: None,
        from: pointer.to_owned(),
        to: pointer.to_owned(),
        name: name.to_owned(),
        direction: Direction::Request,
    };
    let info = at("/info", "the API");
    log.words(&(title, description), &(&after.title, &after.description), &info);
    let source = |of: &codegen::api::Source| {
        [&of.title, &of.vendor, &of.version, &of.document].map(String::clone)
    };
    log.words(&source(&before.source), &source(&after.source), &info);
    if *version != after.version {
        let text = format!("The version of the API is {}, not {version}.", after.version);
        log.both(Rule::ApiVersion, &at("/info/version", "the version"), text);
    }
    if rate_limit(before) != rate_limit(after) {
        let text = "An exceeded rate limit is told in another way.".to_owned();
        log.both(Rule::RateLimit, &at("/info/x-rate-limit", "the rate limit"), text);
    }
    servers_changed(log, servers, &at("/servers", "the servers"));
    security::schemes(log);
}

/// Returns the facts of a rate limit: status codes, names, and the wait.
fn rate_limit(api: &Api) -> Option<(&[u16], [&str; 3], u64)> {
    let RateLimit { status_codes, remaining, reset, message, wait } = api.rate_limit.as_ref()?;
    Some((status_codes, [remaining, reset, message], *wait))
}

fn servers_changed(log: &mut Log<'_>, before: &[Server], at: &Place) {
    let after = &log.after.servers;
    let facts = |server: &Server| {
        let variables = server.variables.iter();
        let variables =
            variables.map(|one| [vec![one.name.clone(), one.default.clone()], one.allowed.clone()]);
        (server.url.clone(), variables.collect::<Vec<_>>())
    };
    let words = |server: &Server| server.description.clone();
    let all = |servers: &[Server]| servers.iter().map(facts).collect::<Vec<_>>();
    if all(before) == all(after) {
        let texts = |servers: &[Server]| servers.iter().map(words).collect::<Vec<_>>();
        let texts = (texts(before), texts(after));
        return log.words(&texts.0, &texts.1, at);
    }
    let urls = |servers: &[Server]| match servers {
        [] => "none".to_owned(),
        _ => servers.iter().map(|one| format!("`{}`", one.url)).collect::<Vec<_>>().join(", "),
    };
    let text = format!("The documented servers are {}, not {}.", urls(after), urls(before));
    let is_fixed = |servers: &[Server]| servers.first().is_some_and(|one| one.variables.is_empty());
    let is_removed = is_fixed(before) && !is_fixed(after);
    log.both(if is_removed { Rule::ServerRemoved } else { Rule::ServerChanged }, at, text);
}
