//! The kinds of snapshots, with advice for reviewers.

/// The subject of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Surface,
    Plan,
    Lowering,
    Wire,
}

impl Kind {
    /// Returns the kind of a snapshot, which its name starts with.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name.split_once("__")?.0 {
            "surface" => Some(Self::Surface),
            "plan" => Some(Self::Plan),
            "lowering" => Some(Self::Lowering),
            "wire" => Some(Self::Wire),
            _ => None,
        }
    }

    /// Returns advice on how to review a snapshot of this kind.
    pub(super) fn look_at(self) -> &'static str {
        match self {
            Self::Surface => "a line that goes or changes breaks consumers",
            Self::Plan => "hold it against the page",
            Self::Lowering => "a new line needs a reason",
            Self::Wire => "the request as a server gets it, and the outcome of every status code",
        }
    }
}
