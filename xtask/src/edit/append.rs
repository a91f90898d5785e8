//! Appends the lines of operations and components to those of a spec.

use std::collections::BTreeMap;

use openapi::import::print_spec;
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::addition::Addition;
use super::outline::{self, Block};

/// The indentation of the entries of a mapping below its key, where there are none yet.
const STEP: usize = 2;

/// The reasons why nothing can be added to a file.
#[derive(Debug, Error)]
pub(crate) enum AppendError {
    /// A mapping is not written in lines of its own.
    #[error("{} is written behind its key, where no line can be added", .0.join("/"))]
    Inline(Vec<String>),
    /// A mapping is not there, or not written as a key at the start of a line.
    #[error("there is no line `{}:` to add to", .0.join("/"))]
    NoKey(Vec<String>),
    /// The meaning of the file would change.
    #[error("{0} would not say what it says now and what is added, so that it stays as it is")]
    Misread(String),
}

impl AppendError {
    /// Says what to do about it.
    pub(crate) fn next(&self) -> String {
        let next = match self {
            Self::Inline(_) | Self::NoKey(_) => {
                "write that part of the spec with a key on each line, without braces, then run the command again"
            }
            Self::Misread(_) => {
                "lay out the spec with a key on each line, indented by spaces, then run the command again"
            }
        };
        next.to_owned()
    }
}

/// The way in which an addition is written.
#[derive(Debug, Default)]
pub(crate) struct Layout<'a> {
    /// A document in whose order the names of what is printed stand.
    pub like: &'a str,
    /// The lines of operations, by path and method, that are not printed but written as they are,
    /// comments included.
    pub written: BTreeMap<(String, String), String>,
}

/// Returns the file with an addition at the end of its paths and components.
///
/// # Errors
/// If a part of it is not written in lines.
pub(super) fn append(
    text: &str,
    addition: &Addition,
    layout: &Layout<'_>,
) -> Result<String, AppendError> {
    let mut edited = text.replace("\r\n", "\n");
    if !edited.ends_with('\n') {
        edited.push('\n');
    }
    for (path, item) in &addition.paths {
        let operations = item.as_object().into_iter().flatten();
        if outline::find(&lines(&edited), &["paths", path]).is_none() {
            let written = of_path(path, item, layout);
            edited = insert(&edited, &["paths"], &written)?;
            continue;
        }
        for (method, operation) in operations {
            let written = of_operation(path, method, operation, layout);
            edited = insert(&edited, &["paths", path], &written)?;
        }
    }
    for (section, components) in &addition.components {
        for (name, component) in components.as_object().into_iter().flatten() {
            let whole = json!({"components": {section.as_str(): {name.as_str(): component}}});
            edited = insert_component(
                &edited,
                section,
                &sliced(&whole, &["components", section], layout),
            )?;
        }
    }
    Ok(if text.contains("\r\n") { edited.replace('\n', "\r\n") } else { edited })
}

/// A path with its operations, each as it is written or printed.
fn of_path(path: &str, item: &Value, layout: &Layout<'_>) -> String {
    let operations = item.as_object().into_iter().flatten();
    let (written, printed): (Vec<_>, Vec<_>) = operations.partition(|(method, _)| {
        layout.written.contains_key(&(path.to_owned(), (*method).clone()))
    });
    let printed: Map<String, Value> =
        printed.into_iter().map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
    let is_empty = printed.is_empty();
    let head = sliced(&json!({"paths": {path: printed}}), &["paths"], layout);
    let key = head.strip_suffix(" {}\n").filter(|_| is_empty).map(|key| format!("{key}\n"));
    let head = key.unwrap_or(head);
    let written =
        written.into_iter().map(|(method, value)| of_operation(path, method, value, layout));
    head + &written.map(|text| indented(&text, STEP)).collect::<String>()
}

fn of_operation(path: &str, method: &str, operation: &Value, layout: &Layout<'_>) -> String {
    let written = layout.written.get(&(path.to_owned(), method.to_owned())).cloned();
    written.unwrap_or_else(|| {
        sliced(&json!({"paths": {path: {method: operation}}}), &["paths", path], layout)
    })
}

/// Prints a document, and returns the lines of the value at a path of keys, from the first column
/// on.
fn sliced(whole: &Value, path: &[&str], layout: &Layout<'_>) -> String {
    let printed = print_spec(whole, layout.like);
    let lines = lines(&printed);
    let Some(Block { start, end, indent, .. }) = outline::find(&lines, path) else {
        return String::new();
    };
    let indent = indent.unwrap_or_default();
    lines[start..end]
        .iter()
        .map(|line| line.get(indent..).unwrap_or_default().to_owned() + "\n")
        .collect()
}

/// Appends lines to the value at a path of keys.
fn insert(text: &str, path: &[&str], written: &str) -> Result<String, AppendError> {
    let lines = lines(text);
    let named = || path.iter().map(|key| (*key).to_owned()).collect();
    let block = outline::find(&lines, path).ok_or_else(|| AppendError::NoKey(named()))?;
    if block.is_inline {
        return Err(AppendError::Inline(named()));
    }
    Ok(insert_at(
        &lines,
        block.end,
        &indented(written, block.indent.unwrap_or(block.key_indent + STEP)),
    ))
}

/// Appends a component to those of its kind, with the enclosing keywords if they are missing.
fn insert_component(text: &str, section: &str, written: &str) -> Result<String, AppendError> {
    let found = |path: &[&str]| outline::find(&lines(text), path).is_some();
    if found(&["components", section]) {
        return insert(text, &["components", section], written);
    }
    let written = format!("{section}:\n{}", indented(written, STEP));
    if found(&["components"]) {
        return insert(text, &["components"], &written);
    }
    let lines = lines(text);
    Ok(insert_at(
        &lines,
        outline::root(&lines).end,
        &format!("components:\n{}", indented(&written, STEP)),
    ))
}

fn insert_at(lines: &[&str], at: usize, written: &str) -> String {
    let line = |line: &&str| format!("{line}\n");
    lines[..at].iter().map(line).collect::<String>()
        + written
        + &lines[at..].iter().map(line).collect::<String>()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// Indents the lines further, except for empty ones.
fn indented(text: &str, by: usize) -> String {
    let line = |line: &str| {
        if line.is_empty() { "\n".to_owned() } else { format!("{}{line}\n", " ".repeat(by)) }
    };
    text.lines().map(line).collect()
}
