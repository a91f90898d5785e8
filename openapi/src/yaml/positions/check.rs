//! Finds problems of the source text before it is parsed: syntax errors, repeated keys, and YAML
//! features that a spec must not use.

use std::ops::ControlFlow;

use super::{CollectionStyle, DEPTH_LIMIT, Earlier, Feature, Step, StepKind, walk};
use super::{ambiguous, spaces, syntax, truncated};
use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::rule::Rule;
use crate::words::quote;

/// Returns the findings about the source text as YAML.
pub(crate) fn check(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut documents = 0;
    let dialect = ambiguous::Dialect::of(text);
    let outcome = walk(text, &mut |step| {
        if matches!(step.found, StepKind::Document) {
            documents += 1;
            if documents > 1 {
                found.push(second_document(step.range.start));
                return ControlFlow::Break(());
            }
        }
        found.extend(finding(text, &step).or_else(|| ambiguous::finding(dialect, &step)));
        found.extend(spaces::finding(text, &step).or_else(|| truncated::finding(text, &step)));
        ControlFlow::Continue(())
    });
    if let Err(error) = outcome {
        let syntax = syntax::finding(text, &error);
        // The cause of the syntax error may have been found already, as a character that looks like
        // a space.
        found.retain(|other| other.location != syntax.location);
        found.push(syntax);
    } else if documents == 0 {
        found.push(empty());
    }
    found
}

fn finding(text: &str, step: &Step<'_>) -> Option<Diagnostic> {
    let offset = step.range.start;
    match step.found {
        StepKind::Key { text: key, earlier, .. } if earlier.times > 0 => {
            Some(duplicate_key(text, step.pointer, key, earlier))
        }
        StepKind::Key { text: "<<", quoted: false, .. } => Some(merge_key(step)),
        StepKind::Key { inside: CollectionStyle::Block, .. } => tab_before(text, offset).map(tab),
        StepKind::Scalar { text: number, quoted: false } => not_finite(step, number),
        StepKind::Beyond(feature) => Some(beyond(offset, feature)),
        StepKind::KeyNotString => Some(key_not_string(offset)),
        StepKind::TooDeep => Some(too_deep(offset)),
        StepKind::RunawayAlias => Some(runaway_alias(offset)),
        StepKind::Document
        | StepKind::Key { .. }
        | StepKind::Scalar { .. }
        | StepKind::Collection => None,
    }
}

fn duplicate_key(text: &str, pointer: &str, key: &str, earlier: Earlier) -> Diagnostic {
    let line = text[..earlier.first].matches('\n').count() + 1;
    Diagnostic {
        rule: Rule::DuplicateKey,
        subject: Subject::Node,
        location: Location::RepeatedKey(pointer.to_owned(), earlier.times),
        what: format!("The key {} is repeated; it first appears on line {line}.", quote(key)),
        why: "Only one of the two values would reach the generated client; the other would be lost silently.".into(),
        help: "Remove one of them, or rename it if both are intended.".into(),
    }
}

fn merge_key(step: &Step<'_>) -> Diagnostic {
    Diagnostic {
        rule: Rule::MergeKey,
        subject: Subject::Node,
        location: Location::Key(step.pointer.to_owned()),
        what: "The merge key `<<` is not part of OpenAPI.".into(),
        why: "What it copies would be missing from the generated client.".into(),
        help: "Write the merged entries here, or move them to `components` and use `$ref`.".into(),
    }
}

pub(super) fn beyond(offset: usize, feature: Feature) -> Diagnostic {
    const ELSEWHERE: &str = "A reader could not see here what the client is generated from.";
    let (rule, what, why, help) = match feature {
        Feature::Anchor => (
            Rule::Anchor,
            "A spec must not contain an anchor (`&…`).",
            ELSEWHERE,
            "Remove the anchor. To share an object, move it to `components` and use `$ref`.",
        ),
        Feature::Alias => (
            Rule::Alias,
            "A spec must not contain an alias (`*…`).",
            ELSEWHERE,
            "Write the value here. If it is a string that starts with `*`, such as `\"*/*\"`, put it in quotes.",
        ),
        Feature::CoreTag => (
            Rule::CoreTag,
            "A spec must not contain a tag (`!!…`).",
            "The type of the value is seen without it, and parsers disagree where the two differ.",
            "Remove the tag. Write a string in quotes, and a number without.",
        ),
        Feature::Tag => (
            Rule::Tag,
            "A spec must not contain a tag (`!…`).",
            "YAML parsers disagree about tags, so the client could differ from what is meant.",
            "Remove the tag. If it is a string that starts with `!`, put it in quotes.",
        ),
    };
    Diagnostic {
        rule,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: what.into(),
        why: why.into(),
        help: help.into(),
    }
}

fn key_not_string(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: Rule::KeyNotString,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: "This key is a mapping or a sequence.".into(),
        why: "Keys become names in the generated client, so they must be strings.".into(),
        help: "Write the key as a string. If it starts with `{` or `[`, put it in quotes.".into(),
    }
}

pub(super) fn too_deep(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: Rule::TooDeep,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: format!(
            "Mappings and sequences are nested more than {DEPTH_LIMIT} levels deep here."
        ),
        why: "The generator limits the depth so that no input can exhaust its stack.".into(),
        help: "Move inner objects to `components` and use `$ref`.".into(),
    }
}

fn runaway_alias(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: Rule::RunawayAlias,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: "With this alias, the aliases repeat too many values.".into(),
        why: "The generator limits the number so that no input can exhaust its memory.".into(),
        help: "Move what is repeated to `components` and use `$ref`.".into(),
    }
}

fn second_document(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: Rule::SeveralDocuments,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: "A second YAML document starts here.".into(),
        why: "Only the first one would become part of the generated client.".into(),
        help: "Remove the line `---`, or move the second document to a file of its own.".into(),
    }
}

fn empty() -> Diagnostic {
    Diagnostic {
        rule: Rule::Empty,
        subject: Subject::Node,
        location: Location::Offset(0),
        what: "The spec is empty.".into(),
        why: "There is nothing to generate a client from.".into(),
        help: "Start it with `openapi: 3.0.3`, followed by `info` and `paths`.".into(),
    }
}

fn not_finite(step: &Step<'_>, text: &str) -> Option<Diagnostic> {
    let name = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    matches!(name.as_str(), ".inf" | ".nan").then(|| Diagnostic {
        rule: Rule::NumberNotFinite,
        subject: Subject::Node,
        location: Location::Pointer(step.pointer.to_owned()),
        what: format!("{} is not a JSON number.", quote(text)),
        why: "The generated client could not send it.".into(),
        help: "Write a number, remove it, or put it in quotes if it is a string.".into(),
    })
}

pub(super) fn tab(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: Rule::TabIndentation,
        subject: Subject::Node,
        location: Location::Offset(offset),
        what: "This line is indented with a tab.".into(),
        why: "YAML does not say how wide a tab is, so it is unclear what the line belongs to."
            .into(),
        help: "Indent with two spaces per level.".into(),
    }
}

/// Returns the offset of a tab in the indentation of the line, if nothing else comes before
/// `offset`.
fn tab_before(text: &str, offset: usize) -> Option<usize> {
    let line = line_start(text, offset);
    let before = &text[line..offset];
    let indentation = before.trim_start_matches(['-', ' ', '\t']).is_empty();
    before.find('\t').filter(|_| indentation).map(|tab| line + tab)
}

/// Returns the offset of the start of the line that contains another offset.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |end| end + 1)
}
