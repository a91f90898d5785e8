//! `cargo xtask list`: all operations, with where they come from and what shows that they work.

mod markdown;
mod row;
mod table;

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use openapi::policy::Policy;

use crate::findings::count;
use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, messages, regen};

use self::row::Row;

/// How the list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal, a table for each API.
    Table,
    /// What consumers want to know, as README.md has it.
    Markdown,
    /// A JSON array with an object for each operation.
    Json,
}

/// Prints the list.
pub fn print(workspace: &Workspace, format: Format) -> u8 {
    with_rows(workspace, |rows| {
        let text = match format {
            Format::Table => table::render(rows),
            Format::Markdown => markdown::render(rows),
            Format::Json => format!("{:#}\n", rows.iter().map(Row::json).collect::<serde_json::Value>()),
        };
        anstream::stdout().write_all(text.as_bytes()).map_err(|error| format!("cannot print the list: {error}"))
    })
}

/// Puts the list as Markdown between the marks of a file.
pub fn write(workspace: &Workspace, path: &Path) -> u8 {
    let problem =
        |doing: &str, problem: &dyn std::fmt::Display| format!("cannot {doing} {}: {problem}", path.display());
    with_rows(workspace, |rows| {
        let before = fs::read_to_string(path).map_err(|error| problem("read", &error))?;
        let after = markdown::replace(&before, rows).map_err(|error| problem("update", &error))?;
        if before == after {
            messages::status("Fresh", &path.display().to_string());
            return Ok(());
        }
        fs::write(path, after).map_err(|error| problem("write", &error))?;
        messages::attention("Updated", &path.display().to_string());
        Ok(())
    })
}

/// Does something with the list of all operations.
fn with_rows(workspace: &Workspace, work: impl FnOnce(&[Row<'_>]) -> Result<(), String>) -> u8 {
    let failed = |problem: &str, next: &str| {
        messages::error(problem);
        messages::next(next);
        FAILURE
    };
    let sources = match workspace.specs() {
        Ok(sources) => sources,
        Err(problem) => return failed(&problem, "`cargo xtask new NAME` starts a spec"),
    };
    let package = match workspace.package() {
        Ok(package) => package,
        Err(problem) => return failed(&problem, "put that right, then run the command again"),
    };
    workspace.report_strays();
    let text = count(sources.len(), "spec");
    let generated = messages::progress("Reading", &text, || {
        package.and_then(|package| codegen::generate(&package, sources, Policy::Refuse))
    });
    let generated = match generated {
        Ok(generated) => generated,
        Err(found) => {
            regen::report_findings(&found);
            return failed("only good specs can be listed", "`cargo xtask lint` shows what is wrong with them");
        }
    };
    let apis = generated.apis.iter().map(|lowered| &lowered.api);
    let rows: Vec<Row<'_>> =
        apis.flat_map(|api| api.operations.iter().map(move |operation| Row::new(workspace, api, operation))).collect();
    match work(&rows) {
        Ok(()) => SUCCESS,
        Err(problem) => failed(&problem, "put that right, then run the command again"),
    }
}
