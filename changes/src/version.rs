//! The version of a release.

use std::fmt;

/// A version of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub [u64; 3]);

impl Version {
    /// Reads a version such as `0.1.0`, without what follows the three numbers. Returns `None` if
    /// it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let release = text.split(['-', '+']).next().unwrap_or_default();
        let numbers: Option<Vec<u64>> =
            release.split('.').map(|number| number.parse().ok()).collect();
        numbers?.try_into().ok().map(Self)
    }

    /// Returns true if it is before 1.0.
    #[must_use]
    pub fn is_initial(self) -> bool {
        self.0[0] == 0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_have_three_numbers_and_an_order() {
        assert_eq!(Version::parse("0.2.0-rc.1"), Some(Version([0, 2, 0])));
        assert_eq!((Version::parse("0.1"), Version::parse("x.1.2")), (None, None));
        assert!(Version::parse("0.10.0") > Version::parse("0.9.9"));
    }
}
