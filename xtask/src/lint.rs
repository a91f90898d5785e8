//! `cargo xtask lint`: what is wrong with specs, without writing anything.

use std::io::Write;
use std::path::{Path, PathBuf};

use openapi::Findings;
use openapi::policy::Policy;
use openapi::report::Style;
use openapi::rule::Severity;

use crate::beside;
use crate::disk;
use crate::findings::{self, Format, count};
use crate::guarded::{self, Limits};
use crate::workspace::{Documents, Workspace};
use crate::{FAILURE, FOUND, SUCCESS, messages};

/// Prints the findings on standard output, and how many there are on standard error.
pub fn run(workspace: &Workspace, named: &[PathBuf], format: Format, limits: Limits) -> u8 {
    let documents = match workspace.documents(named) {
        Ok(documents) => documents,
        Err(problem) => {
            messages::error(&problem);
            messages::next(match named {
                [] => "put that right, then run the command again",
                _ => "name specs by path or stem, or none to lint all of specs/",
            });
            return FAILURE;
        }
    };
    if named.is_empty() {
        workspace.report_strays();
    }
    let number = documents.specs.len() + documents.others.len();
    let found = match messages::progress("Linting", &count(number, "spec"), || find(workspace, documents, limits)) {
        Ok(found) => found,
        Err(problem) => {
            messages::error(&problem);
            return FAILURE;
        }
    };
    let colored = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let style = if colored { Style::Colored } else { Style::Plain };
    let text = findings::render(&found, format, style);
    if let Err(error) = anstream::stdout().write_all(text.as_bytes()) {
        messages::error(&format!("cannot print the findings: {error}"));
        return FAILURE;
    }
    let outlook = findings::outlook(&found);
    messages::status("Linted", &format!("{}: {}{outlook}", count(number, "spec"), findings::summary(&found)));
    if findings::number(&found, Severity::Error) == 0 {
        return SUCCESS;
    }
    messages::next("`cargo xtask explain RULE` says more about a rule, with examples");
    FOUND
}

fn find(workspace: &Workspace, documents: Documents, limits: Limits) -> Result<Vec<Findings>, String> {
    let on_disk = disk::name_lists(&workspace.generated())?;
    let mut found = match workspace.package()? {
        Ok(package) => codegen::lint_against(&package, documents.specs, Policy::Refuse, &on_disk),
        Err(found) => found,
    };
    for document in documents.others {
        let path = Path::new(&document.path);
        let outcome = guarded::generate(workspace, path, limits, beside::folder_of(path), None)?;
        if !outcome.diagnostics.is_empty() {
            found.push(Findings { source: document, diagnostics: outcome.diagnostics });
        }
    }
    Ok(found)
}
