//! Rules for specs that say everything that the vendor's page says.

mod bodies;
mod credentials;
mod descriptions;
mod examples;
mod lists;
mod placeholders;
mod responses;
mod types;

use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::extensions::{SOURCE, SOURCE_PROPERTIES};
use crate::object::Object;
use crate::objects::Kind;
use crate::rule::Rule;
use crate::words::one_of;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    source(view, found);
    descriptions::check(view, found);
    types::check(view, found);
    examples::check(view, found);
    bodies::check(view, found);
    responses::check(view, found);
    lists::check(view, found);
    credentials::check(view, found);
    placeholders::check(view, found);
}

fn source(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for info in view.all(Kind::Info) {
        let source = info.keyword(SOURCE);
        let is_missing =
            |member: &&str| source.is_none_or(|source| source.trimmed(member).is_empty());
        let missing: Vec<&str> = SOURCE_PROPERTIES.into_iter().filter(is_missing).collect();
        if missing.is_empty() {
            continue;
        }
        let (pointer, what) = match source {
            Some(_) => (info.member("x-source"), format!("`x-source` lacks {}.", all_of(&missing))),
            None => (
                info.pointer.clone(),
                "The spec does not name the page that it was transcribed from.".into(),
            ),
        };
        found.push(Diagnostic {
            rule: Rule::NoSource,
            subject: Subject::Node,
            location: Location::Key(pointer),
            what,
            why:
                "Nobody could compare the spec with the page, or notice that the page has changed."
                    .into(),
            help: format!("Write `x-source` with {}, each a string.", all_of(&SOURCE_PROPERTIES)),
        });
    }
}

/// Joins words, such as `` `a`, `b` and `c` ``.
fn all_of(words: &[&str]) -> String {
    one_of(words).replace(" or ", " and ")
}
