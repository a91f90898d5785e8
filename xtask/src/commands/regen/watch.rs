//! `cargo xtask regen --watch`: brings `generated/` up to date whenever a spec is saved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant, SystemTime};

use codegen::cache::Cache;
use codegen::package::Package;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use openapi::Findings;
use openapi::source::SpecSource;

use thiserror::Error;

use super::notice::{Meaning, Notice};
use crate::child::{Limits, watched};
use crate::exit::{Exit, Problem};
use crate::findings::{self, Extent, count};
use crate::io::files::FileError;
use crate::io::workspace::Workspace;
use crate::io::workspace_error::WorkspaceError;
use crate::io::{disk, messages};

/// The time without a change after which specs are read: editors save in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// The reasons why the specs cannot be watched any longer.
#[derive(Debug, Error)]
pub(crate) enum WatchError {
    /// The folder cannot be watched.
    #[error("cannot watch {}: {reason}", folder.display())]
    NotWatched {
        /// The folder of the specs.
        folder: PathBuf,
        /// The system's reason.
        reason: CannotWatch,
    },
    /// The folder is no longer there.
    #[error("{} was moved or deleted", .0.display())]
    Gone(PathBuf),
}

/// The system's reason not to watch a folder.
#[derive(Debug, Error)]
pub(crate) enum CannotWatch {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// It cannot be watched, or nothing can.
    #[error(transparent)]
    Refused(#[from] notify::Error),
}

impl Problem for WatchError {
    fn next(&self) -> String {
        "put that right, then run `cargo xtask regen --watch` again".to_owned()
    }
}

/// The package and the specs.
type Inputs = (Package, Vec<SpecSource>);

/// The reasons why `generated/` was not brought up to date this time.
#[derive(Debug, Error)]
enum NotWritten {
    #[error(transparent)]
    Specs(#[from] WorkspaceError),
    #[error(transparent)]
    Generated(#[from] FileError),
    #[error("{0}; generated/ is untouched")]
    Refused(String),
}

/// Generates, and again after every change, until the process is ended or `specs/` goes away.
///
/// # Errors
/// If `specs/` cannot be watched, or goes away.
pub(crate) fn run(
    workspace: &Workspace,
    extent: Extent,
    limits: Limits,
) -> Result<Exit, WatchError> {
    let (sender, notices) = mpsc::channel();
    let folder = workspace.spec_folder();
    let not_watched = |reason| WatchError::NotWatched { folder: folder.clone(), reason };
    let _watcher = watch(&folder, sender).map_err(not_watched)?;
    messages::status("Watching", &format!("{}; Ctrl-C ends it", folder.display()));
    let mut watch = Watch { workspace, extent, limits, cache: Cache::default(), last: None };
    let mut seen = Instant::now();
    loop {
        watch.regenerate(seen);
        seen = wait(&notices, &folder).ok_or_else(|| WatchError::Gone(folder.clone()))?;
    }
}

/// Starts to watch a folder, for as long as the result lives.
fn watch(folder: &Path, sender: Sender<Notice>) -> Result<RecommendedWatcher, CannotWatch> {
    fs::read_dir(folder)?;
    let mut watcher = notify::recommended_watcher(sender)?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// Waits for a change, and for quiet after it. Returns the time of the change, or `None` if the
/// folder is gone.
fn wait(notices: &Receiver<Notice>, folder: &Path) -> Option<Instant> {
    let mut meaning = Meaning::Nothing;
    while meaning == Meaning::Nothing {
        meaning = Meaning::of(&notices.recv().ok()?, folder);
    }
    let seen = Instant::now();
    let mut quiet_at = seen + QUIET;
    while let Ok(notice) = notices.recv_timeout(quiet_at.saturating_duration_since(Instant::now()))
    {
        let next = Meaning::of(&notice, folder);
        if next != Meaning::Nothing {
            quiet_at = Instant::now() + QUIET;
            meaning = meaning.max(next);
        }
    }
    (meaning != Meaning::Gone).then_some(seen)
}

/// The state that is kept from one generation to the next.
struct Watch<'w> {
    workspace: &'w Workspace,
    extent: Extent,
    limits: Limits,
    cache: Cache,
    /// The input of the last generation, or the input that was last refused.
    last: Option<Inputs>,
}

impl Watch<'_> {
    /// Brings `generated/` up to date if the input has changed, and prints the result.
    fn regenerate(&mut self, seen: Instant) {
        let inputs = self.inputs();
        if inputs.as_ref().ok().is_some_and(|inputs| self.last.as_ref() == Some(inputs)) {
            return;
        }
        let before = self.last.take().map(|(_, sources)| sources);
        let changed = inputs
            .as_ref()
            .map_or_else(|_| "specs".to_owned(), |(_, sources)| changes(before, sources));
        messages::status("Changed", &format!("{changed} at {}", time_of_day()));
        self.workspace.report_strays();
        let outcome = inputs.and_then(|inputs| self.write(inputs));
        let took = seen.elapsed().as_millis();
        match outcome {
            Ok(summary) => messages::status("Finished", &format!("{summary} in {took} ms")),
            Err(problem) => messages::error(&format!("{problem}, after {took} ms")),
        }
        anstream::eprintln!();
    }

    /// Reads the package and the specs.
    fn inputs(&self) -> Result<Inputs, NotWritten> {
        let sources = self.workspace.specs()?;
        let package = self.workspace.package()?.map_err(|found| self.refused(&found))?;
        Ok((package, sources))
    }

    /// Prints the reason why nothing was generated.
    fn refused(&self, found: &[Findings]) -> NotWritten {
        findings::print_error(found, self.extent);
        NotWritten::Refused(format!(
            "{} in {}",
            findings::summary(found),
            count(found.len(), "spec")
        ))
    }

    /// Generates and writes the changed files. Returns a summary.
    fn write(&mut self, (package, sources): Inputs) -> Result<String, NotWritten> {
        let generated = watched(self.limits, |observer| {
            self.cache.generate(&package, sources.clone(), observer)
        });
        let generated = match generated {
            Ok(generated) => generated,
            Err(found) => {
                self.last = Some((package, sources));
                return Err(self.refused(&found));
            }
        };
        findings::print_error(&generated.warnings, self.extent);
        let folder = self.workspace.generated();
        let changes = disk::compare(&generated.files, &folder)?;
        let gone = codegen::changed_names(&disk::name_lists(&folder)?, &generated.files);
        disk::write(&generated.files, &changes, &folder)?;
        self.last = Some((package, sources));
        let mut groups = super::groups(&generated, &changes);
        groups.retain(|_, [_, changed]| *changed > 0);
        super::print_groups(&groups, "Generated");
        super::print_deleted(&changes);
        super::print_gone(&gone);
        Ok(super::summary(&generated, &changes))
    }
}

/// Names the changed specs, or only their number if they are unknown.
fn changes(before: Option<Vec<SpecSource>>, now: &[SpecSource]) -> String {
    let Some(before) = before else { return count(now.len(), "spec") };
    let changed =
        now.iter().filter(|source| !before.contains(source)).map(|source| source.path.clone());
    let is_there = |source: &SpecSource| now.iter().any(|one| one.path == source.path);
    let removed = before
        .iter()
        .filter(|source| !is_there(source))
        .map(|source| format!("{} (removed)", source.path));
    changed.chain(removed).collect::<Vec<_>>().join(", ")
}

fn time_of_day() -> String {
    let since_epoch =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let (hours, minutes, seconds) =
        (since_epoch / 3600 % 24, since_epoch / 60 % 60, since_epoch % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02} UTC")
}
