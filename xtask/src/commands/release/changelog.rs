//! The changelog: the section of a version, and its date.

use super::Version;

/// Returns the section of a version, with its heading.
pub(super) fn section(changelog: &str, version: Version) -> Option<&str> {
    let start = heading(changelog, version)?;
    let below = &changelog[start..];
    let end = below[1..].find("\n## ").map_or(below.len(), |end| end + 1);
    Some(&below[..end])
}

/// Returns the offset of the heading of a version.
fn heading(changelog: &str, version: Version) -> Option<usize> {
    let line = format!("\n## {version}");
    let found = changelog
        .match_indices(&line)
        .find(|(start, _)| changelog[start + line.len()..].starts_with([' ', '\n']));
    found.map(|(start, _)| start + 1)
}

/// Returns the changelog with the date of a release in its heading. A version without a section gets
/// one with the entry.
pub(super) fn released(changelog: &str, version: Version, entry: &str, date: &str) -> String {
    let head = format!("## {version} ({date})");
    match heading(changelog, version) {
        Some(start) => {
            let end = changelog[start..].find('\n').map_or(changelog.len(), |end| start + end);
            format!("{}{head}{}", &changelog[..start], &changelog[end..])
        }
        None => match changelog.split_once("\n## ") {
            Some((above, below)) => format!("{above}\n{head}\n\n{entry}\n## {below}"),
            None => format!("{}\n\n{head}\n\n{entry}", changelog.trim_end()),
        },
    }
}

/// Returns the date of a day since 1970, such as `2026-01-31`.
pub(super) fn date(days: u64) -> String {
    let is_leap = |year: u64| {
        (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
    };
    let (mut year, mut left) = (1970, days);
    while left >= 365 + u64::from(is_leap(year)) {
        left -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", left + 1)
}

#[cfg(test)]
mod tests {
    use super::super::Version;
    use super::{date, released, section};

    const CHANGELOG: &str =
        "# Changelog\n\n## 0.2.0 (not released)\n\n- New.\n\n## 0.1.0 (2026-01-02)\n\n- Old.\n";

    #[test]
    fn a_section_gets_its_date_or_is_made() {
        let dated = released(CHANGELOG, Version([0, 2, 0]), "- Found.\n", "2026-03-04");
        assert_eq!(dated, CHANGELOG.replace("not released", "2026-03-04"));
        let made = released(CHANGELOG, Version([0, 3, 0]), "- Found.\n", "2026-03-04");
        assert!(
            made.starts_with("# Changelog\n\n## 0.3.0 (2026-03-04)\n\n- Found.\n\n## 0.2.0"),
            "{made}"
        );
        assert_eq!(section(&made, Version([0, 3, 0])), Some("## 0.3.0 (2026-03-04)\n\n- Found.\n"));
        assert_eq!(section(&made, Version([0, 3, 1])), None);
    }

    #[test]
    fn days_become_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_818, "2026-12-31"),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
