//! The input of the pipeline: the source text of a document and its path.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Subject};
use crate::policy::Policy;
use crate::rule::Rule;
use crate::{markdown, naming};

/// The names of existing modules, crates and features.
const TAKEN: [&str; 10] =
    ["alloc", "core", "default", "lib", "main", "mod", "runtime", "serde", "serde_json", "std"];

/// The files that a vendor's document may refer to, by their paths relative to one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferencedFiles {
    /// The path of the document itself, such as `openapi.yaml`.
    pub document: String,
    /// The source text of each other file, or the reason why it is not read.
    pub texts: BTreeMap<String, Result<String, String>>,
}

/// The source text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecSource {
    /// The path in reports, relative to the workspace, such as `specs/github.yaml`.
    pub path: String,
    /// The whole source text, YAML or JSON.
    pub text: String,
    /// The files that a vendor's document may refer to. Specs are one file each.
    pub referenced: Box<ReferencedFiles>,
    /// The offset of the first byte that is not UTF-8.
    not_utf8: Option<usize>,
}

impl SpecSource {
    /// Creates a source from its path in reports and its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        let document = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let referenced = Box::new(ReferencedFiles { document, texts: BTreeMap::new() });
        Self { path, text: text.into(), referenced, not_utf8: None }
    }

    /// Creates a source from its path in reports and its bytes. Invalid UTF-8 becomes a finding.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let not_utf8 = Some(error.utf8_error().valid_up_to());
                Self { not_utf8, ..Self::new(path, String::from_utf8_lossy(error.as_bytes())) }
            }
        }
    }

    /// Returns the same document with the files that it may refer to.
    #[must_use]
    pub fn with_files(self, referenced: ReferencedFiles) -> Self {
        Self { referenced: Box::new(referenced), ..self }
    }

    /// Reports what is wrong with the file as a whole, before its text is parsed.
    pub(crate) fn bad_file(&self, policy: Policy) -> Option<Diagnostic> {
        self.bad_encoding().or_else(|| self.bad_name().filter(|_| policy == Policy::Refuse))
    }

    fn bad_encoding(&self) -> Option<Diagnostic> {
        self.not_utf8.map(|offset| Diagnostic {
            rule: Rule::NotUtf8,
            subject: Subject::Node,
            location: Location::Offset(offset),
            what: format!("The file is not valid UTF-8 at byte {offset}."),
            why: "Nobody can tell which characters are meant.".to_owned(),
            help: "Save the file as UTF-8.".to_owned(),
        })
    }

    /// Returns the file stem, which names the module and the Cargo feature.
    #[must_use]
    pub fn stem(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.split_once('.').map_or(file, |(stem, _)| stem)
    }

    /// Returns the name of the module: the file stem, or a valid name instead if it is a vendor's
    /// document.
    pub fn module(&self) -> String {
        let name = naming::snake(self.stem());
        if is_module(&name) { name } else { naming::snake(&format!("api {name}")) }
    }

    /// Reports a file name that is not a valid module name.
    fn bad_name(&self) -> Option<Diagnostic> {
        let better = better_stem(self.stem())?;
        let what =
            format!("The file name `{}` is not a valid module name.", markdown::code(self.stem()));
        Some(self.about_name(what, format!("Rename the file, for instance to `{better}.yaml`.")))
    }

    /// Reports that another file has the same stem.
    pub fn repeated_name(&self) -> Diagnostic {
        let what = format!("Another file has the same name, `{}`.", markdown::code(self.stem()));
        self.about_name(what, "Rename one of the two files.".to_owned())
    }

    /// Reports that the package has a feature of the same name that is not an API.
    pub fn taken_name(&self, feature: &str) -> Diagnostic {
        let what = format!("The package has a feature `{feature}` that is not an API.");
        self.about_name(what, "Rename the file or the feature.".to_owned())
    }

    fn about_name(&self, what: String, help: String) -> Diagnostic {
        let why = "It names the module and the Cargo feature of the client.".to_owned();
        Diagnostic {
            rule: Rule::FileName,
            subject: Subject::Node,
            location: Location::Pointer(String::new()),
            what,
            why,
            help,
        }
    }
}

/// Returns a valid stem if `stem` is not valid: modules are in snake case, and some names are
/// reserved.
#[must_use]
pub fn better_stem(stem: &str) -> Option<String> {
    let others =
        || [naming::snake(stem), naming::snake(&format!("{stem} api")), "unnamed_api".to_owned()];
    (!is_module(stem))
        .then(|| others().into_iter().find(|name| is_module(name)).unwrap_or_default())
}

fn is_module(name: &str) -> bool {
    name.is_ascii() && naming::snake(name) == name && !TAKEN.contains(&name)
}
