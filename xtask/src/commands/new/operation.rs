//! `cargo xtask new NAME --operation 'METHOD /path'`: adds operations to a spec, to be filled in
//! from the vendor's page.

use std::path::Path;

use serde_json::{Value, json};
use thiserror::Error;

use super::scaffold;
use crate::commands::steps::{Started, steps};
use crate::edit::{self, Addition, EditError, Layout, METHODS};
use crate::exit::{Exit, Problem};
use crate::findings::{self, Extent, LINT_ALL, count};
use crate::io::files::{FileError, replace_text};
use crate::io::messages;
use crate::io::workspace::Workspace;
use crate::io::workspace_error::WorkspaceError;

/// The reasons why no operation was added.
#[derive(Debug, Error)]
pub(crate) enum AddError {
    /// The spec does not exist.
    #[error(transparent)]
    Spec(#[from] WorkspaceError),
    /// The argument names no operation.
    #[error("`{}` names no operation", .0.escape_debug())]
    NoOperation(String),
    /// The spec has the operation.
    #[error("{path} has {operation} already")]
    Taken {
        /// The spec.
        path: String,
        /// Method and path.
        operation: String,
    },
    /// The spec has errors, or leaves no room for it.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The spec cannot be written.
    #[error(transparent)]
    NotWritten(#[from] FileError),
}

impl Problem for AddError {
    fn next(&self) -> String {
        match self {
            Self::Spec(_) => {
                "`cargo xtask new NAME` without `--operation` starts a spec".to_owned()
            }
            Self::NoOperation(_) => {
                "write a method and a path, such as `--operation 'GET /widgets/{id}'`".to_owned()
            }
            Self::Taken { .. } => "edit it, or name another operation".to_owned(),
            Self::Edit(error) => error.next(),
            Self::NotWritten(_) => "put that right, then run the command again".to_owned(),
        }
    }
}

/// The method and path of an operation.
struct MethodAndPath {
    /// The keyword in the path item.
    method: &'static str,
    path: String,
}

impl MethodAndPath {
    fn of(text: &str) -> Result<Self, AddError> {
        let mut words = text.split_whitespace();
        let method = words
            .next()
            .and_then(|word| METHODS.into_iter().find(|method| word.eq_ignore_ascii_case(method)));
        match (method, words.next(), words.next()) {
            (Some(method), Some(path), None) if path.starts_with('/') => {
                Ok(Self { method, path: path.to_owned() })
            }
            _ => Err(AddError::NoOperation(text.to_owned())),
        }
    }

    fn text(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

/// Adds operations to a spec, and prints what to do next.
///
/// # Errors
/// If there is no such spec, it has one of the operations, or its layout leaves no room for them.
pub(crate) fn add(
    workspace: &Workspace,
    name: &str,
    operations: &[String],
) -> Result<Exit, AddError> {
    let source = workspace.spec(Path::new(name))?;
    let named = operations
        .iter()
        .map(|text| MethodAndPath::of(text))
        .collect::<Result<Vec<MethodAndPath>, _>>()?;
    let mut root = edit::read(&source).inspect_err(print_found)?;
    let mut addition = Addition { operations: named.len(), ..Addition::default() };
    let mut layout = Layout::default();
    for MethodAndPath { method, path } in &named {
        if root["paths"][path].get(method).is_some() {
            let operation = format!("{} {path}", method.to_uppercase());
            return Err(AddError::Taken { path: source.path, operation });
        }
        let id = scaffold::id(&root);
        layout.written.insert(
            (path.clone(), (*method).to_owned()),
            scaffold::operation(&root, method, path, &id),
        );
        addition.paths.entry(path).or_insert_with(|| json!({}))[method] = Value::Null;
        root["paths"][path][method] = json!({"operationId": id});
    }
    let edited = edit::append(&source, &addition, &layout)?;
    replace_text(&workspace.root().join(&edited.path), &edited.text)?;
    let all: Vec<String> = named.iter().map(MethodAndPath::text).collect();
    messages::status(
        "Added",
        &format!("{} to {}: {}", count(named.len(), "operation"), edited.path, all.join(", ")),
    );
    let first = format!(
        "Fill in every TODO of {} from the vendor's page, and add what the page says besides.",
        edited.path
    );
    messages::print(&steps(&first, edited.stem(), Started::Operations));
    Ok(Exit::Success)
}

/// Prints the findings in a spec that cannot be extended.
fn print_found(error: &EditError) {
    if let EditError::Refused { found, .. } = error {
        findings::print_error(&[(**found).clone()], Extent::Few { more: LINT_ALL });
    }
}
