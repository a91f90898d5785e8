//! The input of the pipeline: the text of one spec and where it came from.

use crate::diagnostic::{Diagnostic, Location};
use crate::{doc_text, naming};

/// Modules, crates and features that there are already.
const TAKEN: [&str; 14] = [
    "alloc",
    "core",
    "default",
    "lib",
    "main",
    "mod",
    "oauth_token_clients",
    "oauth_token_clients_runtime",
    "runtime",
    "rustls",
    "serde",
    "serde_json",
    "std",
    "tracing",
];

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

    /// What is wrong with the name of the file, if it can name no module.
    pub(crate) fn bad_name(&self) -> Option<Diagnostic> {
        let stem = self.stem();
        let is_name = stem.is_ascii() && naming::snake(stem) == stem && !TAKEN.contains(&stem);
        (!is_name).then(|| {
            self.about_name(
                format!("The file name `{}` can name no module.", doc_text::code(stem)),
                format!("Rename the file, for instance to `{}.yaml`.", naming::snake(&format!("{stem} api"))),
            )
        })
    }

    /// That another file has the same name, but for its extension.
    pub(crate) fn repeated_name(&self) -> Diagnostic {
        let what = format!("Another file is named `{}`, too.", doc_text::code(self.stem()));
        self.about_name(what, "Rename one of the two files.".to_owned())
    }

    fn about_name(&self, what: String, help: String) -> Diagnostic {
        let why = "It names the module and the Cargo feature of the client.".to_owned();
        Diagnostic { rule: "file-name", location: Location::Pointer(String::new()), what, why, help }
    }
}
