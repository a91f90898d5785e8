//! `cargo xtask release`: checks the version and the changelog against the changes since the last
//! release, packages both crates, and writes what the release needs.

mod changelog;
mod error;
mod version;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use changes::{Bump, Change, report, required};
use clap::Args;

use super::changes::{last_tag, since_last_tag};
use super::ci::packages;
use super::regen;
use crate::child::Limits;
use crate::exit::Exit;
use crate::findings::All;
use crate::io::files::{Action, Cannot};
use crate::io::workspace::Workspace;
use crate::io::{messages, process};

pub(crate) use self::error::ReleaseError;
use self::version::Version;

/// What to do of a release.
#[derive(Args)]
pub(crate) struct Options {
    /// Check and package everything, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Only check that version and changelog have what the changes need, as CI does.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
}

/// The state of the workspace in comparison with the last release.
struct Outlook {
    /// The version of the last release, if there is one.
    last: Option<Version>,
    /// The version in `Cargo.toml`.
    stated: Version,
    changes: Vec<Change>,
}

impl Outlook {
    fn of(workspace: &Workspace) -> Result<Self, ReleaseError> {
        let stated = Version::of_workspace(workspace)?;
        let Some(tag) = last_tag(workspace)? else {
            return Ok(Self { last: None, stated, changes: Vec::new() });
        };
        let last =
            Version::parse(tag.trim_start_matches('v')).ok_or(ReleaseError::Tag(tag.clone()))?;
        let changes = since_last_tag(workspace)?;
        Ok(Self { last: Some(last), stated, changes })
    }

    /// Returns the lowest version that the changes allow.
    fn needed(&self) -> Version {
        match &self.last {
            None => self.stated,
            Some(last) => {
                let next = required(&self.changes).next(&last.to_string());
                next.and_then(|next| Version::parse(&next)).unwrap_or(*last)
            }
        }
    }

    /// Prints what the changes mean, in three lines.
    fn print(&self) {
        let version = self.last.map(|last| last.to_string());
        for line in report::summary(&self.changes, version.as_deref()).lines() {
            messages::status("Changes", line);
        }
    }
}

/// Does what the options say.
///
/// # Errors
/// If something is missing for a release.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ReleaseError> {
    let outlook = Outlook::of(workspace)?;
    if options.check {
        return check(workspace, &outlook);
    }
    let version = outlook.needed().max(outlook.stated);
    if outlook.last == Some(version) {
        return Err(ReleaseError::NothingNew(version));
    }
    let manifest = version.written_into(&read(workspace, "Cargo.toml")?);
    let entry = report::render_markdown(&outlook.changes);
    let changelog =
        changelog::released(&read(workspace, "CHANGELOG.md")?, version, &entry, &today());
    outlook.print();
    messages::status("Version", &format!("{} -> {version}", outlook.stated));
    if options.dry_run {
        messages::print(&format!(
            "{}\n",
            changelog::section(&changelog, version).unwrap_or_default()
        ));
    } else {
        write(workspace, "Cargo.toml", &manifest)?;
        write(workspace, "CHANGELOG.md", &changelog)?;
        regen::write(workspace, All::default().extent(), Limits::default())?;
    }
    licences(workspace)?;
    for name in packages(workspace) {
        messages::status("Packaging", &name);
    }
    package(workspace)?;
    messages::status(
        "Finished",
        if options.dry_run { "nothing was written" } else { "commit, then publish" },
    );
    for name in packages(workspace) {
        messages::print(&format!("cargo publish --package {name}\n"));
    }
    messages::next(&format!("once both are published, `git tag v{version}`"));
    Ok(Exit::Success)
}

/// Checks that the version and the changelog have what the changes need.
fn check(workspace: &Workspace, outlook: &Outlook) -> Result<Exit, ReleaseError> {
    let (needed, stated) = (outlook.needed(), outlook.stated);
    outlook.print();
    if stated < needed {
        let bump = required(&outlook.changes).name();
        return Err(ReleaseError::NoBump { stated, needed, bump });
    }
    let is_noticed = required(&outlook.changes) != Bump::None;
    if is_noticed && changelog::section(&read(workspace, "CHANGELOG.md")?, stated).is_none() {
        return Err(ReleaseError::NoEntry(stated));
    }
    let since = outlook.last.map_or("there is no release yet".to_owned(), |last| {
        format!("the changes since {last} need at least {needed}")
    });
    messages::status("Checked", &format!("version {stated}: {since}"));
    Ok(Exit::Success)
}

/// Checks that both packages have the texts of their licences, and those of what they depend on.
fn licences(workspace: &Workspace) -> Result<(), ReleaseError> {
    for folder in ["generated", "runtime"] {
        for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let path = workspace.root().join(folder).join(name);
            if !path.is_file() {
                return Err(ReleaseError::NoLicence(format!("{folder}/{name}")));
            }
        }
    }
    let deny = ["deny", "--offline", "check", "licenses"];
    if Command::new("cargo")
        .args(["deny", "--version"])
        .output()
        .is_ok_and(|it| it.status.success())
    {
        process::succeed(Command::new("cargo").args(deny).current_dir(workspace.root()))?;
    } else {
        messages::attention(
            "Skipped",
            "licences of dependencies: install cargo-deny to check them",
        );
    }
    Ok(())
}

fn package(workspace: &Workspace) -> Result<(), ReleaseError> {
    let mut command = Command::new("cargo");
    command.args(["package", "--locked", "--allow-dirty", "--target-dir"]);
    command.arg(format!("target/packages/{}", seconds()));
    for name in packages(workspace) {
        command.args(["--package", &name]);
    }
    Ok(process::succeed(command.current_dir(workspace.root()))?)
}

fn read(workspace: &Workspace, name: &str) -> Result<String, ReleaseError> {
    let path = workspace.root().join(name);
    Ok(fs::read_to_string(&path).or_cannot(Action::Read, Path::new(name))?)
}

fn write(workspace: &Workspace, name: &str, text: &str) -> Result<(), ReleaseError> {
    let path = workspace.root().join(name);
    Ok(fs::write(&path, text).or_cannot(Action::Write, Path::new(name))?)
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Returns the date in UTC, such as `2026-01-31`.
fn today() -> String {
    changelog::date(seconds() / (24 * 60 * 60))
}
