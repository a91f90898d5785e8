//! Prints a document as YAML in the layout of hand-written specs.
//!
//! A library would choose the quotes and the layout itself: `serde_yaml` prints dates without
//! quotes, and long strings on one line. The caller parses the printed text again and compares it
//! with the document.

use serde_json::Value;

use super::arrange::Tree;
use super::scalars::{self, number};

/// The longest key that is printed on the same line as its value. YAML allows 1024 characters
/// including quotes.
const LONGEST_KEY: usize = 500;

/// The indentation of a nested block.
const STEP: usize = 2;

/// Prints a document.
pub(super) fn print(tree: &Tree<'_>) -> String {
    let mut text = String::new();
    match tree {
        Tree::Mapping(_) | Tree::List(_) => block(&mut text, tree, 0, false),
        Tree::Scalar(_) => value(&mut text, tree, 0),
    }
    text
}

/// Prints a mapping or a sequence, one entry per line. The first entry may continue a line that is
/// begun.
fn block(text: &mut String, tree: &Tree<'_>, indent: usize, is_begun: bool) {
    let mut is_begun = is_begun;
    let mut start = |text: &mut String| {
        if !std::mem::take(&mut is_begun) {
            text.push_str(&" ".repeat(indent));
        }
    };
    match tree {
        Tree::Mapping(members) => {
            for (name, member) in members {
                start(text);
                key(text, name, indent);
                value(text, member, indent);
            }
        }
        Tree::List(entries) => {
            for entry in entries {
                start(text);
                text.push('-');
                if is_empty(entry) || matches!(entry, Tree::Scalar(_)) {
                    value(text, entry, indent);
                } else {
                    text.push(' ');
                    block(text, entry, indent + STEP, true);
                }
            }
        }
        Tree::Scalar(_) => {}
    }
}

fn key(text: &mut String, name: &str, indent: usize) {
    let written = scalars::on_one_line(name);
    if written.chars().count() > LONGEST_KEY {
        text.push_str(&format!("? {written}\n{}:", " ".repeat(indent)));
    } else {
        text.push_str(&written);
        text.push(':');
    }
}

/// Prints a value after a colon or a dash, up to the end of its last line.
fn value(text: &mut String, tree: &Tree<'_>, indent: usize) {
    match tree {
        Tree::Mapping(members) if members.is_empty() => text.push_str(" {}\n"),
        Tree::List(entries) if entries.is_empty() => text.push_str(" []\n"),
        Tree::Mapping(_) | Tree::List(_) => {
            text.push('\n');
            block(text, tree, indent + STEP, false);
        }
        Tree::Scalar(scalar) => {
            text.push(' ');
            match scalar {
                Value::String(string) => {
                    let column = text.len() - text.rfind('\n').map_or(0, |end| end + 1);
                    text.push_str(&scalars::string(string, column, indent + STEP));
                }
                Value::Number(one) => text.push_str(&number(one)),
                other => text.push_str(&other.to_string()),
            }
            text.push('\n');
        }
    }
}

fn is_empty(tree: &Tree<'_>) -> bool {
    match tree {
        Tree::Mapping(members) => members.is_empty(),
        Tree::List(entries) => entries.is_empty(),
        Tree::Scalar(_) => false,
    }
}
