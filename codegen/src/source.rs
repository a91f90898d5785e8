//! The input of the pipeline: the text of one spec and where it came from.

/// The text of one spec.
#[derive(Clone, Debug)]
pub struct SpecSource {
    /// Path that reports name, relative to the workspace, such as `specs/github.yaml`.
    pub path: String,
    /// The whole text, YAML or JSON.
    pub text: String,
}

impl SpecSource {
    /// The file stem, which names the module and the Cargo feature.
    #[must_use]
    pub fn stem(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.split_once('.').map_or(file, |(stem, _)| stem)
    }
}
