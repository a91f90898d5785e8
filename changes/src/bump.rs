//! The part of the version number that a release must raise.

use std::fmt;

use crate::change::Change;
use crate::rule::{Effect, Source};
use crate::version::Version;

/// The part of the version number that a release must raise, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing that a consumer notices has changed.
    None,
    /// The last part.
    Patch,
    /// The middle part.
    Minor,
    /// The first part.
    Major,
}

/// Returns the bump that changes require together.
#[must_use]
pub fn required<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Bump {
    changes.into_iter().map(Change::bump).max().unwrap_or(Bump::None)
}

impl Change {
    /// Returns the bump that this change requires.
    #[must_use]
    pub fn bump(&self) -> Bump {
        match (self.verdict.source, self.verdict.effect) {
            (Source::Breaks, _) | (_, Effect::Silent(_)) => Bump::Major,
            (Source::Warns, _) | (_, Effect::Added | Effect::Behaviour(_)) => Bump::Minor,
            (_, Effect::Facts) => Bump::Patch,
            (_, Effect::None) => Bump::None,
        }
    }
}

impl Bump {
    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the version that follows another one. Before 1.0 a break raises the middle part, and
    /// anything else the last one.
    #[must_use]
    pub fn next(self, version: Version) -> Version {
        let Version([major, minor, patch]) = version;
        Version(match (self, major) {
            (Self::None, _) => version.0,
            (Self::Major, 0) => [0, minor + 1, 0],
            (Self::Patch | Self::Minor, 0) | (Self::Patch, _) => [major, minor, patch + 1],
            (Self::Major, _) => [major + 1, 0, 0],
            (Self::Minor, _) => [major, minor + 1, 0],
        })
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Bump;
    use crate::version::Version;

    #[test]
    fn before_1_0_a_break_raises_the_middle_part() {
        for (version, next) in [
            ([0, 1, 4], ["0.1.4", "0.1.5", "0.1.5", "0.2.0"]),
            ([2, 3, 4], ["2.3.4", "2.3.5", "2.4.0", "3.0.0"]),
        ] {
            let bumps = [Bump::None, Bump::Patch, Bump::Minor, Bump::Major];
            assert_eq!(bumps.map(|bump| bump.next(Version(version)).to_string()), next);
        }
    }
}
