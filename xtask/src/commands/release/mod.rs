//! `cargo xtask release`: checks the version and the changelog against the changes since the last
//! release, packages both crates, and writes what the release needs.

mod changelog;
mod error;
mod manifest;

use std::process::Command;

use changes::{Bump, Change, Version, report, required};
use clap::Args;
use jiff::Timestamp;

use super::changes::{last_tag, print_summary, since_last_tag};
use super::ci;
use super::regen;
use crate::child::Limits;
use crate::exit::Exit;
use crate::findings::All;
use crate::io::files::{read_text, replace_text};
use crate::io::workspace::Workspace;
use crate::io::{messages, process};

pub(crate) use self::error::ReleaseError;

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
        let stated = workspace.version().ok_or(ReleaseError::NoVersion)?;
        let Some(tag) = last_tag(workspace)? else {
            return Ok(Self { last: None, stated, changes: Vec::new() });
        };
        let last = tag.strip_prefix('v').and_then(Version::parse);
        let last = last.ok_or(ReleaseError::Tag(tag))?;
        Ok(Self { last: Some(last), stated, changes: since_last_tag(workspace)? })
    }

    /// Returns the lowest version that the changes allow.
    fn needed(&self) -> Version {
        self.last.map_or(self.stated, |last| required(&self.changes).next(last))
    }
}

/// Does what the options say.
///
/// # Errors
/// If something is missing for a release.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<Exit, ReleaseError> {
    let outlook = Outlook::of(workspace)?;
    print_summary(&outlook.changes, outlook.last);
    if options.check {
        return check(workspace, &outlook);
    }
    let version = outlook.needed().max(outlook.stated);
    if outlook.last == Some(version) {
        return Err(ReleaseError::NothingNew(version));
    }
    check_licences(workspace)?;
    messages::status("Version", &format!("{} -> {version}", outlook.stated));
    let [manifest, changelog] = ["Cargo.toml", "CHANGELOG.md"].map(|it| workspace.root().join(it));
    let new_manifest = manifest::with_version(&read_text(&manifest)?, version);
    let new_manifest = new_manifest.ok_or(ReleaseError::NoVersion)?;
    let entry = report::render_markdown(&outlook.changes);
    let today = Timestamp::now().strftime("%Y-%m-%d").to_string();
    let new_changelog = changelog::released(&read_text(&changelog)?, version, &entry, &today);
    if options.dry_run {
        let section = changelog::section(&new_changelog, version).unwrap_or_default();
        messages::print(&format!("{section}\n"));
    } else {
        replace_text(&manifest, &new_manifest)?;
        replace_text(&changelog, &new_changelog)?;
        regen::write(workspace, All::default().extent(), Limits::default())?;
        let mut lock = Command::new("cargo");
        lock.args(["update", "--workspace", "--offline", "--quiet"]);
        process::succeed(lock.current_dir(workspace.root()))?;
    }
    ci::packaging(workspace).run(workspace.root())?;
    let done = if options.dry_run { "nothing was written" } else { "commit, then publish" };
    messages::status("Finished", done);
    for name in ci::packages(workspace) {
        messages::print(&format!("cargo publish --package {name}\n"));
    }
    messages::next(&format!("once both are published, `git tag v{version}`"));
    Ok(Exit::Success)
}

/// Checks that the version and the changelog have what the changes need.
fn check(workspace: &Workspace, outlook: &Outlook) -> Result<Exit, ReleaseError> {
    let (needed, stated) = (outlook.needed(), outlook.stated);
    let bump = required(&outlook.changes);
    if stated < needed {
        return Err(ReleaseError::NoBump { stated, needed, bump: bump.name() });
    }
    let changelog = || read_text(&workspace.root().join("CHANGELOG.md"));
    if bump != Bump::None && changelog::section(&changelog()?, stated).is_none() {
        return Err(ReleaseError::NoEntry(stated));
    }
    let since = outlook.last.map_or("there is no tag of a release".to_owned(), |last| {
        format!("the changes since {last} need at least {needed}")
    });
    messages::status("Checked", &format!("version {stated}: {since}"));
    Ok(Exit::Success)
}

/// Checks that both packages have the texts of their licences, and the licences of what they
/// depend on.
fn check_licences(workspace: &Workspace) -> Result<(), ReleaseError> {
    for folder in ["generated", "runtime"] {
        for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
            if !workspace.root().join(folder).join(name).is_file() {
                return Err(ReleaseError::NoLicence(format!("{folder}/{name}")));
            }
        }
    }
    let probe = Command::new("cargo").args(["deny", "--version"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        let text = "licences of dependencies: install cargo-deny to check them";
        messages::attention("Skipped", text);
        return Ok(());
    }
    let mut deny = Command::new("cargo");
    deny.args(["deny", "--offline", "check", "licenses"]);
    Ok(process::succeed(deny.current_dir(workspace.root()))?)
}
