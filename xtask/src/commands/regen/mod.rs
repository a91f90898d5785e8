//! `cargo xtask regen`: brings `generated/` up to date with the specs, or checks that it is.

mod notice;
pub(crate) mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use codegen::{ChangeKind, ChangedName, Generated};
use openapi::Findings;
use openapi::policy::Policy;
use thiserror::Error;

use super::changes::{print_summary, since_last_tag};
use crate::child::{Limits, watched};
use crate::exit::{Exit, Problem};
use crate::findings::{self, Extent, count};
use crate::io::disk::{self, Change};
use crate::io::files::FileError;
use crate::io::messages;
use crate::io::workspace::Workspace;
use crate::io::workspace_error::WorkspaceError;
use crate::io::{difference, snapshots};

/// The command that brings `generated/` up to date.
pub(crate) const REGEN: &str = "cargo xtask regen";

/// The command that renews the snapshots.
pub(crate) const REVIEW: &str = "cargo xtask review";

/// Lines of a file's difference that are shown.
const MOST_LINES: usize = 60;

/// The reasons why `generated/` is not up to date.
#[derive(Debug, Error)]
pub(crate) enum RegenError {
    /// The specs cannot be read.
    #[error(transparent)]
    Specs(#[from] WorkspaceError),
    /// `generated/` cannot be read or written.
    #[error(transparent)]
    Generated(#[from] FileError),
    /// There are errors in the specs.
    #[error("{0}")]
    Refused(String),
    /// It is out of date and was only to be checked.
    #[error("generated/ is not what specs/ and codegen/ give")]
    Stale,
}

impl Problem for RegenError {
    fn next(&self) -> String {
        match self {
            Self::Specs(_) | Self::Generated(_) => {
                format!("put that right, then run `{REGEN}` again")
            }
            Self::Refused(_) => {
                format!("correct the spec, then run `{REGEN}` again; generated/ is untouched")
            }
            Self::Stale => format!("run `{REGEN}` and review the difference"),
        }
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Stale) { Exit::Stale } else { Exit::Failure }
    }
}

/// The generated files and how those on disk differ.
struct Compared {
    generated: Generated,
    changes: BTreeMap<String, Change>,
    /// The public names that exist only on disk, and those with other arguments there.
    gone: Vec<ChangedName>,
}

/// Writes the changed files.
///
/// # Errors
/// If the specs are not good, or a file cannot be written.
pub(crate) fn write(
    workspace: &Workspace,
    extent: Extent,
    limits: Limits,
) -> Result<Exit, RegenError> {
    let Compared { generated, changes, gone } = compare(workspace, extent, limits)?;
    disk::write(&generated.files, &changes, &workspace.generated())?;
    print_groups(&groups(&generated, &changes), "Generated");
    print_deleted(&changes);
    print_gone(&gone);
    messages::status("Finished", &summary(&generated, &changes));
    print_meaning(workspace);
    print_stale_snapshots(workspace, &generated)?;
    Ok(Exit::Success)
}

/// Prints what the changes of the specs since the last tag mean, in three lines. There may be no
/// earlier state to compare with.
fn print_meaning(workspace: &Workspace) {
    let changes = since_last_tag(workspace).unwrap_or_default();
    if !changes.is_empty() {
        print_summary(&changes, workspace.version());
        messages::next("`cargo xtask changes` tells them one by one");
    }
}

/// Names the outdated snapshots. A workspace may have no snapshots at all.
fn print_stale_snapshots(workspace: &Workspace, generated: &Generated) -> Result<(), FileError> {
    let folder = workspace.snapshots();
    let stale =
        if folder.is_dir() { snapshots::stale(&folder, generated)? } else { BTreeSet::new() };
    if !stale.is_empty() {
        messages::attention(
            "Stale",
            &format!("{}: {}", count(stale.len(), "snapshot"), Vec::from_iter(stale).join(", ")),
        );
        messages::next(&format!("`{REVIEW}` makes them anew and shows how they change"));
    }
    Ok(())
}

/// Generates the client, and returns it if `generated/` is up to date.
///
/// # Errors
/// If it is not, or the specs are not good.
pub(crate) fn fresh(workspace: &Workspace, extent: Extent) -> Result<Generated, RegenError> {
    let Compared { generated, changes, .. } = compare(workspace, extent, Limits::default())?;
    if changes.is_empty() { Ok(generated) } else { Err(RegenError::Stale) }
}

/// Shows the differences.
///
/// # Errors
/// If the specs are not good, or something would change.
pub(crate) fn check(
    workspace: &Workspace,
    extent: Extent,
    limits: Limits,
) -> Result<Exit, RegenError> {
    let Compared { generated, changes, gone } = compare(workspace, extent, limits)?;
    for (path, change) in &changes {
        print_difference(workspace, &generated, path, *change);
    }
    print_groups(&groups(&generated, &changes), "Stale");
    print_gone(&gone);
    messages::status("Checked", &summary(&generated, &changes));
    if changes.is_empty() { Ok(Exit::Success) } else { Err(RegenError::Stale) }
}

fn compare(workspace: &Workspace, extent: Extent, limits: Limits) -> Result<Compared, RegenError> {
    let sources = workspace.specs()?;
    workspace.report_strays();
    let package = workspace.package()?;
    let generated = messages::progress("Generating", &count(sources.len(), "spec"), || {
        let package = package?;
        watched(limits, |observer| {
            codegen::generate_observed(&package, sources, Policy::Refuse, observer)
        })
    });
    let generated = generated.map_err(|found| refused(&found, extent))?;
    findings::print_error(&generated.warnings, extent);
    if !generated.warnings.is_empty() {
        messages::attention("Found", &findings::summary(&generated.warnings));
    }
    let changes = disk::compare(&generated.files, &workspace.generated())?;
    let before = disk::name_lists(&workspace.generated())?;
    let gone = codegen::changed_names(&before, &generated.files);
    Ok(Compared { generated, changes, gone })
}

/// Prints the findings in the specs.
fn refused(found: &[Findings], extent: Extent) -> RegenError {
    findings::print_error(found, extent);
    let outlook = findings::outlook(found);
    RegenError::Refused(format!(
        "{} in {}{outlook}",
        findings::summary(found),
        count(found.len(), "spec")
    ))
}

/// The number of files of each API and of the changed ones. The last group is that of the shared
/// files.
pub(crate) type Groups<'g> = BTreeMap<&'g str, [usize; 2]>;

/// Sorts files and changes by API.
pub(crate) fn groups<'g>(
    generated: &'g Generated,
    changes: &'g BTreeMap<String, Change>,
) -> Groups<'g> {
    let apis: Vec<&str> = generated.apis.iter().map(|lowered| lowered.api.name.as_str()).collect();
    let mut groups = Groups::new();
    for path in generated.files.keys() {
        groups.entry(group(path, &apis)).or_default()[0] += 1;
    }
    for path in changes.keys() {
        groups.entry(group(path, &apis)).or_default()[1] += 1;
    }
    groups
}

/// Prints a line for each group.
pub(crate) fn print_groups(groups: &Groups<'_>, verb: &str) {
    for (group, [files, changed]) in groups {
        match changed {
            0 => messages::status("Fresh", &format!("{group} ({})", count(*files, "file"))),
            _ => messages::attention(
                verb,
                &format!("{group} ({changed} of {})", count(*files.max(changed), "file")),
            ),
        }
    }
}

/// Prints the files that are no longer generated.
pub(crate) fn print_deleted(changes: &BTreeMap<String, Change>) {
    for (path, _) in changes.iter().filter(|(_, change)| **change == Change::Extra) {
        messages::attention("Deleted", &format!("generated/{path}"));
    }
}

/// Prints the public names that were removed, and those with other arguments.
pub(crate) fn print_gone(names: &[ChangedName]) {
    for name in names {
        let path = name.path();
        match &name.kind {
            ChangeKind::Gone => messages::attention(
                "Gone",
                &format!("{path}: consumers that use it no longer compile"),
            ),
            ChangeKind::Arguments { before, now } => {
                messages::attention("Changed", &format!("arguments of `{path}`: {before} -> {now}"))
            }
        }
    }
}

/// Returns the API that a file belongs to, by a folder or the stem of its name.
fn group<'a>(path: &str, apis: &[&'a str]) -> &'a str {
    let belongs = |api: &&&str| path.split(['/', '.']).any(|part| part == **api);
    apis.iter().find(belongs).copied().unwrap_or("package")
}

/// Prints the numbers of generated files and of differing ones.
pub(crate) fn summary(generated: &Generated, changes: &BTreeMap<String, Change>) -> String {
    let operations: usize = generated.apis.iter().map(|lowered| lowered.api.operations.len()).sum();
    let number = |change: Change| changes.values().filter(|one| **one == change).count();
    format!(
        "{}, {}, {}: {} changed, {} missing, {} extra",
        count(generated.apis.len(), "spec"),
        count(operations, "operation"),
        count(generated.files.len(), "file"),
        number(Change::Changed),
        number(Change::Missing),
        number(Change::Extra),
    )
}

fn print_difference(workspace: &Workspace, generated: &Generated, path: &str, change: Change) {
    let on_disk = fs::read(workspace.generated().join(path)).unwrap_or_default();
    let on_disk = String::from_utf8_lossy(&on_disk);
    let wanted = generated.files.get(path).map_or("", String::as_str);
    let header = match change {
        Change::Changed => "changed",
        Change::Missing => "missing",
        Change::Extra => "extra",
    };
    messages::print(&format!("{header}: generated/{path}\n"));
    let diff = difference::unified(&on_disk, wanted, 2, ["on disk", "from the specs"]);
    for line in diff.lines().take(MOST_LINES) {
        messages::print(&format!("{line}\n"));
    }
    let left = diff.lines().count().saturating_sub(MOST_LINES);
    if left > 0 {
        messages::print(&format!("… {left} more lines; `{REGEN}` and `git diff` show all\n"));
    }
    messages::print("\n");
}
