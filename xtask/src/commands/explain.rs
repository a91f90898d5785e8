//! `cargo xtask explain`: explains a rule, with a bad and a good example.

use std::fs;

use openapi::rule::Rule;
use openapi::words::nearest;
use thiserror::Error;

use crate::exit::{Exit, Problem};
use crate::io::workspace::Workspace;
use crate::io::{difference, messages};

/// An unknown rule.
#[derive(Debug, Error)]
#[error("there is no rule `{id}`{}", nearest.map_or(String::new(), |rule| format!("; did you mean `{rule}`?")))]
pub(crate) struct UnknownRule {
    id: String,
    nearest: Option<&'static str>,
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
pub(crate) fn run(workspace: &Workspace, id: Option<&str>) -> Result<Exit, UnknownRule> {
    let Some(id) = id else {
        for rule in Rule::ALL {
            let title =
                format!("{} ({}, {})", rule.id(), rule.severity().name(), rule.group().name());
            messages::print(&format!("{title:60}{}\n", summary(*rule)));
        }
        for rule in changes::Rule::ALL {
            let title = format!("{rule} (a change)");
            messages::print(&format!("{title:60}{}\n", rule.verdict().why));
        }
        return Ok(Exit::Success);
    };
    if let Some(rule) = changes::Rule::ALL.iter().find(|rule| rule.id() == id) {
        return Ok(change(workspace, *rule));
    }
    let rule = Rule::by_id(id).ok_or_else(|| UnknownRule {
        id: id.to_owned(),
        nearest: nearest(
            id,
            Rule::ALL
                .iter()
                .map(|rule| rule.id())
                .chain(changes::Rule::ALL.iter().map(|rule| rule.id())),
        ),
    })?;
    let acceptable = if rule.is_acceptable() { "can be accepted" } else { "cannot be accepted" };
    messages::print(&format!(
        "{} in {}; {acceptable}\n\n",
        rule.severity().name(),
        rule.group().name()
    ));
    messages::print(rule.explanation());
    Ok(Exit::Success)
}

/// Prints the meaning of a kind of change, with the example in its fixture.
fn change(workspace: &Workspace, rule: changes::Rule) -> Exit {
    let verdict = rule.verdict();
    messages::print(&format!("# {rule}\n\n{}\n\n", verdict.why));
    messages::print(&format!("- programs that are built: {}\n", verdict.deployed.name()));
    messages::print(&format!("- source code: {}\n", verdict.source.name()));
    if let Some(behaviour) = verdict.behaviour() {
        messages::print(&format!("- behaviour: {behaviour}\n"));
    }
    let folder = workspace.root().join("changes/tests/fixtures").join(rule.id());
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    if let Some((before, after)) = read("before.yaml").zip(read("after.yaml")) {
        let example = difference::unified(&before, &after, 3, ["before", "after"]);
        messages::print(&format!("\n## Example\n\n```diff\n{}\n```\n", example.trim_end()));
    }
    Exit::Success
}

/// Returns the first sentence of the explanation.
fn summary(rule: Rule) -> &'static str {
    let text = rule.explanation().lines().find(|line| !line.is_empty() && !line.starts_with('#'));
    text.unwrap_or_default()
}
