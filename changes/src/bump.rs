//! The part of the version number that a release must raise.

use std::fmt;

use crate::change::Change;
use crate::rule::{Effect, Source};

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

    /// Returns the version that follows `version`, such as `0.1.0`. Before 1.0 a break raises the
    /// middle part, and anything else the last one. Returns `None` if it is no such version.
    #[must_use]
    pub fn next(self, version: &str) -> Option<String> {
        let release = version.split(['-', '+']).next().unwrap_or_default();
        let parts: Option<Vec<u64>> = release.split('.').map(|part| part.parse().ok()).collect();
        let [major, minor, patch] = parts?[..] else { return None };
        Some(match (self, major) {
            (Self::None, _) => version.to_owned(),
            (Self::Major, 0) => format!("0.{}.0", minor + 1),
            (Self::Patch | Self::Minor, 0) => format!("0.{minor}.{}", patch + 1),
            (Self::Major, _) => format!("{}.0.0", major + 1),
            (Self::Minor, _) => format!("{major}.{}.0", minor + 1),
            (Self::Patch, _) => format!("{major}.{minor}.{}", patch + 1),
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

    #[test]
    fn before_1_0_a_break_raises_the_middle_part() {
        for (version, next) in [
            ("0.1.4", ["0.1.4", "0.1.5", "0.1.5", "0.2.0"]),
            ("2.3.4", ["2.3.4", "2.3.5", "2.4.0", "3.0.0"]),
        ] {
            let bumps = [Bump::None, Bump::Patch, Bump::Minor, Bump::Major];
            assert_eq!(bumps.map(|bump| bump.next(version).unwrap_or_default()), next);
        }
        assert_eq!((Bump::Major.next("1.2"), Bump::Major.next("x.1.2")), (None, None));
    }
}
