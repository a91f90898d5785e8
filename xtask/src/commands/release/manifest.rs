//! The manifest of the workspace, which states the version of both packages.

use changes::Version;

/// The end of the heading above the version, and the start of the version's line.
const MARKS: [&str; 2] = ["\n[workspace.package]", "\nversion = \""];

/// Returns the manifest with another version; `None` if it states none.
pub(super) fn with_version(manifest: &str, version: Version) -> Option<String> {
    let mut start = 0;
    for mark in MARKS {
        start += manifest[start..].find(mark)? + mark.len();
    }
    let length = manifest[start..].find('"')?;
    Some(format!("{}{version}{}", &manifest[..start], &manifest[start + length..]))
}

#[cfg(test)]
mod tests {
    use changes::Version;

    use super::with_version;

    #[test]
    fn the_version_of_the_workspace_is_replaced_and_no_other() {
        let manifest = "[package]\nversion = \"0.1.0\"\n\n[workspace.package]\nedition = \"2024\"\n\
            version = \"0.1.0\"\n\n[dependencies]\na = { version = \"0.1.0\" }\n";
        let expected = manifest.replace("2024\"\nversion = \"0.1.0", "2024\"\nversion = \"0.2.0");
        let written = |manifest| with_version(manifest, Version([0, 2, 0]));
        assert_eq!(written(manifest), Some(expected));
        assert_eq!(written("[package]\nversion = \"0.1.0\"\n"), None);
    }
}
