//! The changelog: the section of a version, with the date of its release.

use changes::Version;

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

/// Returns the changelog with the date of a release in its heading. A version without a section
/// gets one with the entry.
pub(super) fn released(changelog: &str, version: Version, entry: &str, date: &str) -> String {
    let head = format!("## {version} ({date})");
    let entry = entry.trim_end();
    match heading(changelog, version) {
        Some(start) => {
            let end = changelog[start..].find('\n').map_or(changelog.len(), |end| start + end);
            format!("{}{head}{}", &changelog[..start], &changelog[end..])
        }
        None => match changelog.split_once("\n## ") {
            Some((above, below)) => format!("{above}\n{head}\n\n{entry}\n\n## {below}"),
            None => format!("{}\n\n{head}\n\n{entry}\n", changelog.trim_end()),
        },
    }
}

#[cfg(test)]
mod tests {
    use changes::Version;

    use super::{released, section};

    const CHANGELOG: &str =
        "# Changelog\n\n## 0.2.0 (not released)\n\n- New.\n\n## 0.1.0 (2026-01-02)\n\n- Old.\n";

    #[test]
    fn a_section_gets_its_date_or_is_made() {
        let dated = released(CHANGELOG, Version([0, 2, 0]), "- Found.\n", "2026-03-04");
        assert_eq!(dated, CHANGELOG.replace("not released", "2026-03-04"));
        let made = released(CHANGELOG, Version([0, 3, 0]), "- Found.\n\n", "2026-03-04");
        assert!(
            made.starts_with("# Changelog\n\n## 0.3.0 (2026-03-04)\n\n- Found.\n\n## 0.2.0"),
            "{made}"
        );
        assert_eq!(section(&made, Version([0, 3, 0])), Some("## 0.3.0 (2026-03-04)\n\n- Found.\n"));
        assert_eq!(section(&made, Version([0, 3, 1])), None);
    }
}
