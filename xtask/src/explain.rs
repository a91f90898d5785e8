//! `cargo xtask explain`: what a rule says, with a bad and a good example.

use openapi::rule::Rule;

use crate::{FAILURE, SUCCESS, messages};

/// Prints the explanation of a rule, or the list of all rules if none is named.
pub fn run(id: Option<&str>) -> u8 {
    let Some(id) = id else {
        for rule in Rule::ALL {
            let title = format!("{} ({}, {})", rule.id(), rule.severity().name(), rule.group().name());
            messages::print(&format!("{title:60}{}\n", summary(*rule)));
        }
        return SUCCESS;
    };
    let Some(rule) = Rule::by_id(id) else {
        let meant = Rule::nearest(id).map_or(String::new(), |rule| format!("; did you mean `{rule}`?"));
        messages::error(&format!("there is no rule `{id}`{meant}"));
        messages::next("`cargo xtask explain` lists all rules");
        return FAILURE;
    };
    let acceptable = if rule.is_acceptable() { "can be accepted at its place" } else { "cannot be accepted" };
    messages::print(&format!("{} in {}; {acceptable}\n\n", rule.severity().name(), rule.group().name()));
    messages::print(rule.explanation());
    SUCCESS
}

/// The first sentence of the explanation.
fn summary(rule: Rule) -> &'static str {
    let text = rule.explanation().lines().find(|line| !line.is_empty() && !line.starts_with('#'));
    text.unwrap_or_default()
}
