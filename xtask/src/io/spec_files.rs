//! Distinguishes specs from other files in `specs/` by their names.

use std::path::Path;

/// The kinds of files in `specs/`, by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpecFile {
    Spec,
    /// A file that is meant as a spec, but has an extension that no spec has, with advice.
    Misnamed(String),
    /// An unexpected file that is not a spec.
    Stray,
    /// A file of an editor, a hidden file, or a readme.
    Other,
}

impl SpecFile {
    pub(crate) fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        // Editors write files of digits to see whether they may.
        let is_of_an_editor =
            name.starts_with(['.', '#']) || name.ends_with('~') || is_number(&name);
        if is_of_an_editor || stem.eq_ignore_ascii_case("readme") {
            return Self::Other;
        }
        match (extension, extension.to_ascii_lowercase().as_str()) {
            ("yaml" | "yml", _) => Self::Spec,
            (_, "yaml" | "yml") => {
                Self::Misnamed(format!("rename it to specs/{stem}.yaml, in lower case"))
            }
            (_, "json") => Self::Misnamed(format!(
                "rename it to specs/{stem}.yaml, since JSON is YAML as well"
            )),
            _ => Self::Stray,
        }
    }
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::SpecFile;

    #[track_caller]
    fn check(names: &[&str], expected: impl Fn(&SpecFile) -> bool) {
        for name in names {
            let file = SpecFile::of(&Path::new("specs").join(name));
            assert!(expected(&file), "{name}: {file:?}");
        }
    }

    #[test]
    fn files_are_told_apart_by_name() {
        check(&["widgets.yaml", "widgets.yml", "widgets.v1.yaml"], |file| *file == SpecFile::Spec);
        check(
            &["widgets.YAML", "widgets.Yml", "widgets.json", "widgets.JSON"],
            |file| matches!(file, SpecFile::Misnamed(help) if help.contains("specs/widgets.yaml")),
        );
        check(&["widgets.yml.bak", "notes.txt", "widgets", "widgets.yaml.orig"], |file| {
            *file == SpecFile::Stray
        });
        let others =
            [".widgets.yaml", "widgets.yaml~", "#widgets.yaml#", "README.md", "readme", "4913"];
        check(&others, |file| *file == SpecFile::Other);
    }
}
