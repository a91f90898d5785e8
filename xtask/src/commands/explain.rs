//! `cargo xtask explain`: explains a rule, with a bad and a good example.

use openapi::rule::Rule;
use thiserror::Error;

use crate::exit::{Exit, Problem};
use crate::io::messages;

/// An unknown rule.
#[derive(Debug, Error)]
#[error("there is no rule `{id}`{}", nearest.map_or(String::new(), |rule| format!("; did you mean `{rule}`?")))]
pub(crate) struct UnknownRule {
    id: String,
    nearest: Option<Rule>,
}

impl Problem for UnknownRule {
    fn next(&self) -> String {
        "`cargo xtask explain` lists all rules".to_owned()
    }
}

/// Prints the explanation of a rule, or the list of all rules if none is named.
///
/// # Errors
/// If there is no such rule.
pub(crate) fn run(id: Option<&str>) -> Result<Exit, UnknownRule> {
    let Some(id) = id else {
        for rule in Rule::ALL {
            let title =
                format!("{} ({}, {})", rule.id(), rule.severity().name(), rule.group().name());
            messages::print(&format!("{title:60}{}\n", summary(*rule)));
        }
        return Ok(Exit::Success);
    };
    let rule = Rule::by_id(id)
        .ok_or_else(|| UnknownRule { id: id.to_owned(), nearest: Rule::nearest(id) })?;
    let acceptable = if rule.is_acceptable() { "can be accepted" } else { "cannot be accepted" };
    messages::print(&format!(
        "{} in {}; {acceptable}\n\n",
        rule.severity().name(),
        rule.group().name()
    ));
    messages::print(rule.explanation());
    Ok(Exit::Success)
}

/// Returns the first sentence of the explanation.
fn summary(rule: Rule) -> &'static str {
    let text = rule.explanation().lines().find(|line| !line.is_empty() && !line.starts_with('#'));
    text.unwrap_or_default()
}
