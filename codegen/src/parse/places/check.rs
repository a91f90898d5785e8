//! Finds what is wrong with the text of a spec before it is read: syntax, repeated keys, and YAML
//! features that a spec must do without.

use std::ops::ControlFlow;

use super::{DEPTH_LIMIT, Earlier, Feature, Found, Step, Style, SyntaxError, walk};
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::words::quote;

/// Everything that is wrong with the text as YAML.
pub(crate) fn check(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut documents = 0;
    let outcome = walk(text, &mut |step| {
        if matches!(step.found, Found::Document) {
            documents += 1;
            if documents > 1 {
                found.push(second_document(step.range.start));
                return ControlFlow::Break(());
            }
        }
        found.extend(finding(text, &step));
        ControlFlow::Continue(())
    });
    if let Err(error) = outcome {
        found.push(syntax(text, &error));
    } else if documents == 0 {
        found.push(empty());
    }
    found
}

fn finding(text: &str, step: &Step<'_>) -> Option<Diagnostic> {
    let offset = step.range.start;
    match step.found {
        Found::Key {
            text: key,
            quoted: false,
            ..
        } if key == "<<" => Some(merge_key(step)),
        Found::Key {
            text: key, earlier, ..
        } if earlier.times > 0 => Some(duplicate_key(text, step.pointer, key, earlier)),
        Found::Key {
            inside: Style::Block,
            ..
        } => tab_before(text, offset).map(tab),
        Found::Scalar {
            text: number,
            quoted: false,
        } => unspeakable_number(step, number),
        Found::Beyond(feature) => Some(beyond(offset, feature)),
        Found::KeyThatIsNoText => Some(key_that_is_no_text(offset)),
        Found::TooDeep => Some(too_deep(offset)),
        Found::Document | Found::Key { .. } | Found::Scalar { .. } | Found::Collection => None,
    }
}

fn duplicate_key(text: &str, pointer: &str, key: &str, earlier: Earlier) -> Diagnostic {
    let line = text[..earlier.first].matches('\n').count() + 1;
    Diagnostic {
        rule: "duplicate-key",
        location: Location::RepeatedKey(pointer.to_owned(), earlier.times),
        what: format!("The key {} stands twice in this mapping; the first is on line {line}.", quote(key)),
        why: "Only one of the two would reach the generated client, and the other would be lost without a word.".into(),
        help: "Remove one of them, or rename it if both are meant.".into(),
    }
}

fn merge_key(step: &Step<'_>) -> Diagnostic {
    Diagnostic {
        rule: "merge-key",
        location: Location::Key(step.pointer.to_owned()),
        what: "The merge key `<<` is not part of OpenAPI.".into(),
        why: "What it copies would be missing from the generated client.".into(),
        help: "Write the copied members out here, or move them to `components` and use `$ref`."
            .into(),
    }
}

fn beyond(offset: usize, feature: Feature) -> Diagnostic {
    let (rule, what, help) = match feature {
        Feature::Anchor => (
            "anchor",
            "The anchor `&…` is more than a spec may use of YAML.",
            "Remove the anchor. To share an object, move it to `components` and use `$ref`.",
        ),
        Feature::Alias => (
            "alias",
            "The alias `*…` is more than a spec may use of YAML.",
            "Write the value out here. If the text starts with `*`, as in `\"*/*\"`, put it in quotes.",
        ),
        Feature::Tag => (
            "tag",
            "The tag `!…` is more than a spec may use of YAML.",
            "Remove the tag. If the text starts with `!`, put it in quotes.",
        ),
    };
    Diagnostic {
        rule,
        location: Location::Offset(offset),
        what: what.into(),
        why: "Readers of YAML disagree about it, so the client could differ from what a reviewer sees here.".into(),
        help: help.into(),
    }
}

fn key_that_is_no_text(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: "key-not-text",
        location: Location::Offset(offset),
        what: "This key is a mapping or a list.".into(),
        why: "Keys become names in the generated client, so they must be text.".into(),
        help: "Write the key as text. If it starts with `{` or `[`, put it in quotes.".into(),
    }
}

fn too_deep(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: "too-deep",
        location: Location::Offset(offset),
        what: format!("Mappings and lists nest more than {DEPTH_LIMIT} levels deep here."),
        why: "The generator reads with a limit, so that no input can exhaust its stack.".into(),
        help: "Move inner objects to `components` and use `$ref`.".into(),
    }
}

fn second_document(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: "several-documents",
        location: Location::Offset(offset),
        what: "A second YAML document starts here.".into(),
        why: "Only the first one would become part of the generated client.".into(),
        help: "Remove the line `---`, or move the second document to a file of its own.".into(),
    }
}

fn empty() -> Diagnostic {
    Diagnostic {
        rule: "empty",
        location: Location::Offset(0),
        what: "The spec is empty.".into(),
        why: "There is nothing to generate a client from.".into(),
        help: "Start it with `openapi: 3.0.3`, followed by `info` and `paths`.".into(),
    }
}

fn unspeakable_number(step: &Step<'_>, text: &str) -> Option<Diagnostic> {
    let digits = text.trim_start_matches(['+', '-']);
    let huge = digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.len() > 15
        && !digits.starts_with('0')
        && text.parse::<i64>().is_err()
        && text.parse::<u64>().is_err();
    let not_finite = matches!(digits.to_ascii_lowercase().as_str(), ".inf" | ".nan");
    (huge || not_finite).then(|| Diagnostic {
        rule: "number-out-of-range",
        location: Location::Pointer(step.pointer.to_owned()),
        what: format!(
            "The number {} has no exact counterpart in JSON.",
            quote(text)
        ),
        why: "The generated client would work with a different number than the spec has.".into(),
        help: "Write a number that fits 64 bits, remove it, or put it in quotes if it is text."
            .into(),
    })
}

fn tab(offset: usize) -> Diagnostic {
    Diagnostic {
        rule: "tab-indentation",
        location: Location::Offset(offset),
        what: "This line is indented with a tab.".into(),
        why: "YAML does not say how wide a tab is, so it is unclear what the line belongs to."
            .into(),
        help: "Indent with two spaces per level.".into(),
    }
}

/// The offset of a tab in the indentation of the line, if `offset` is the first text on it.
fn tab_before(text: &str, offset: usize) -> Option<usize> {
    let line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..offset];
    let indentation = before.trim_start_matches(['-', ' ', '\t']).is_empty();
    before
        .find('\t')
        .filter(|_| indentation)
        .map(|tab| line + tab)
}

fn syntax(text: &str, error: &SyntaxError) -> Diagnostic {
    let lines = text[..error.offset].rfind('\n').map_or(0, |end| end + 1);
    let indented = text[lines..]
        .split('\n')
        .take(2)
        .scan(lines, |start, line| {
            let offset = *start;
            *start += line.len() + 1;
            Some((offset, line))
        });
    for (start, line) in indented {
        let content = line.len() - line.trim_start_matches([' ', '\t']).len();
        if error.message.contains("tab") && line[..content].contains('\t') {
            return tab(start + line.find('\t').unwrap_or(0));
        }
    }
    if error.message.contains("recursion limit") {
        return too_deep(error.offset);
    }
    if error.message.contains("anchor") {
        return beyond(error.offset, Feature::Alias);
    }
    let (what, help) = explain(&error.message);
    Diagnostic {
        rule: "syntax",
        location: Location::Offset(error.offset),
        what,
        why: "The rest of the spec cannot be read, so no client can be generated.".into(),
        help,
    }
}

fn explain(message: &str) -> (String, String) {
    let (what, help) = if message.contains("mapping values are not allowed") {
        (
            "There is a second `: ` on this line.",
            "Put the text in double quotes if the `:` is part of it, or start a new line.",
        )
    } else if message.contains("simple key expect") || message.contains("did not find expected key")
    {
        (
            "A key with a `:` was expected here.",
            "Write `key: value`, and indent the line like its neighbours.",
        )
    } else if message.contains("quoted scalar") && message.contains("end of stream") {
        (
            "A quoted text starts here and does not end.",
            "Close the quote.",
        )
    } else if message.contains("invalid indentation") || message.contains("wrongly indented") {
        (
            "The indentation of this line fits none of the lines above.",
            "Indent it like its neighbours, with two spaces per level.",
        )
    } else if message.contains("escape") {
        (
            "This escape in double quotes is unknown.",
            "Write `\\\\` for a backslash, or use single quotes.",
        )
    } else if message.contains("unexpected character") {
        (
            "A text cannot start with this character unless it is in quotes.",
            "Put the text in double quotes.",
        )
    } else if message.contains("flow mapping") || message.contains("flow sequence") {
        (
            "A bracket is not closed, or a comma is missing before this.",
            "Close the bracket, or put a comma between the entries.",
        )
    } else {
        return (
            format!("This is not YAML: {message}."),
            "Check indentation, quotes and brackets here and on the line before.".into(),
        );
    };
    (what.into(), help.into())
}
