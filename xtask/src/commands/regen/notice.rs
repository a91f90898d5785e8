//! Selects the file system notices that matter for specs.

use std::path::Path;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};

use crate::io::spec_files::SpecFile;

/// A notice of the system, or that it missed one.
pub(super) type Notice = notify::Result<Event>;

/// The meaning of a notice of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// A spec was read, if only by this program, or an editor wrote a file of its own.
    Nothing,
    /// A spec may have been written, added or removed.
    Change,
    /// The folder itself was moved or deleted, so there will be no further notices about its path.
    Gone,
}

impl Meaning {
    /// Returns the meaning of a notice for the folder of the specs.
    pub(super) fn of(notice: &Notice, folder: &Path) -> Self {
        // What was missed may have been a change.
        let Ok(event) = notice else { return Self::Change };
        match event.kind {
            EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write) => {
                Self::Nothing
            }
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                if event.paths.iter().any(|path| path == folder) =>
            {
                Self::Gone
            }
            _ if event.need_rescan() || event.paths.iter().any(|path| may_be_spec(path)) => {
                Self::Change
            }
            _ => Self::Nothing,
        }
    }
}

/// Returns true if a file is a spec, or is going to be one when it has the right name.
fn may_be_spec(path: &Path) -> bool {
    matches!(SpecFile::of(path), SpecFile::Spec | SpecFile::Misnamed(_))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{
        AccessKind, AccessMode, CreateKind, DataChange, Flag, ModifyKind, RemoveKind, RenameMode,
    };
    use notify::{Event, EventKind};

    use super::Meaning;

    #[track_caller]
    fn check(kind: EventKind, path: &str, meaning: Meaning) {
        let notice = Ok(Event::new(kind).add_path(path.into()));
        assert_eq!(Meaning::of(&notice, Path::new("w/specs")), meaning);
    }

    #[test]
    fn only_written_specs_and_the_folder_itself_count() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::Any));
        let closed = |mode| EventKind::Access(AccessKind::Close(mode));
        for kind in [
            written,
            moved,
            closed(AccessMode::Write),
            EventKind::Create(CreateKind::File),
            EventKind::Any,
        ] {
            check(kind, "w/specs/widgets.yaml", Meaning::Change);
            check(kind, "w/specs/widgets.json", Meaning::Change);
            check(kind, "w/specs/widgets.yaml~", Meaning::Nothing);
        }
        check(EventKind::Remove(RemoveKind::File), "w/specs/widgets.yml", Meaning::Change);
        for kind in [EventKind::Access(AccessKind::Open(AccessMode::Any)), closed(AccessMode::Read)]
        {
            check(kind, "w/specs/widgets.yaml", Meaning::Nothing);
        }
        check(moved, "w/specs", Meaning::Gone);
        check(EventKind::Remove(RemoveKind::Folder), "w/specs", Meaning::Gone);
        let missed = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(Meaning::of(&Ok(missed), Path::new("w/specs")), Meaning::Change);
    }
}
