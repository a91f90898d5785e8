//! The list in README.md, for consumers: a line for each operation.

use thiserror::Error;

use super::row::Row;

/// A file without marks around the list.
#[derive(Debug, Error)]
#[error("it lacks the lines {START:?} and {END:?}")]
pub(crate) struct NoMarks;

/// The line before the list in a file that holds it.
const START: &str = "<!-- operations: `cargo xtask list --write README.md` makes this table. -->\n";
/// The line after the list.
const END: &str = "<!-- end of operations -->\n";

/// Renders the table.
pub(super) fn render(rows: &[Row<'_>]) -> String {
    let head = "| API | operation | method | path | status codes | credential |\n|---|---|---|---|---|---|\n";
    head.to_owned() + &rows.iter().map(line).collect::<String>()
}

/// Puts the table between the marks of a file.
///
/// # Errors
/// If it has no marks.
pub(super) fn replace(text: &str, rows: &[Row<'_>]) -> Result<String, NoMarks> {
    let parts =
        text.split_once(START).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, behind) = parts.ok_or(NoMarks)?;
    Ok(format!("{before}{START}{}{END}{behind}", render(rows)))
}

fn line(row: &Row<'_>) -> String {
    let operation = row.operation;
    let deprecated = if operation.deprecated { " (deprecated)" } else { "" };
    let credential = |scheme: &str| {
        let scheme = row.api.schemes.iter().find(|known| known.name == scheme);
        code(scheme.map_or("", |scheme| &scheme.rust_name))
    };
    let cells = [
        code(&row.api.name),
        format!("{}{deprecated}", code(&operation.rust_name)),
        operation.method.clone(),
        code(&operation.path),
        row.statuses().join(" "),
        row.security(credential),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// Writes a string as code in a cell.
fn code(text: &str) -> String {
    let text: String = text.chars().filter(|one| !one.is_control() && *one != '`').collect();
    format!("`{}`", text.replace('|', "\\|"))
}
