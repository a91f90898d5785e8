//! The package that is generated: its name, its presentation, and the runtime that it depends on.
//!
//! A workspace states it in its `Cargo.toml`, in the table `[workspace.metadata.client]`, which
//! cargo leaves alone. This is the only file that names `toml`.

use std::ops::Range;

use serde::Deserialize;

use crate::file_tree::FileTree;
use openapi::Findings;
use openapi::diagnostic::{Diagnostic, Location, Subject};
use openapi::rule::Rule;
use openapi::source::SpecSource;

/// The name by which generated code knows the runtime, whatever its package is called.
pub const RUNTIME: &str = "runtime";

/// The package that is generated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The name that consumers depend on.
    pub name: Name,
    /// A description in one sentence: for registries, and for the readme if there is no
    /// introduction.
    pub description: String,
    /// The first paragraph of the readme, in Markdown.
    #[serde(default)]
    pub introduction: Option<String>,
    /// Keywords for registries.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Categories for registries.
    #[serde(default)]
    pub categories: Vec<String>,
    /// URL of the repository.
    #[serde(default)]
    pub repository: Option<String>,
    /// URL of the documentation, if it is not that of docs.rs.
    #[serde(default)]
    pub documentation: Option<String>,
    /// The runtime that the clients depend on.
    pub runtime: Runtime,
    /// The features of the runtime that the package passes on.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// The version of the workspace, which runtime and clients share.
    #[serde(skip)]
    pub version: Option<String>,
    /// Texts of the licences by file name, such as `LICENSE-MIT`.
    #[serde(skip)]
    pub licenses: FileTree,
}

/// The runtime that clients depend on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runtime {
    /// Name of its package.
    pub name: Name,
    /// Its folder, as seen from that of the generated package.
    pub path: String,
}

/// A feature of the runtime that the generated package passes on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Its name in both packages.
    pub name: Name,
    /// A description in one sentence.
    pub description: String,
    /// True if the feature is on by default.
    #[serde(default)]
    pub default: bool,
}

/// The name of a package or feature: ASCII letters, digits, `-` and `_`, starting with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

impl Name {
    /// Returns the name as in manifests.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name as in Rust paths.
    #[must_use]
    pub fn in_rust(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let is_part = |character: char| {
            character.is_ascii_alphanumeric() || character == '-' || character == '_'
        };
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(is_part);
        if is_name {
            Ok(Self(name))
        } else {
            Err(format!("`{}` is not a valid name of a package or feature", name.escape_debug()))
        }
    }
}

impl Default for Package {
    /// Returns the package of vendors' documents, and of specs without a manifest: `client`, which
    /// depends on `runtime`.
    fn default() -> Self {
        let name = |name: &str| Name(name.to_owned());
        Self {
            name: name("client"),
            description: "Clients of APIs, generated from their documentation.".to_owned(),
            introduction: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            repository: None,
            documentation: None,
            runtime: Runtime { name: name("runtime"), path: "../runtime".to_owned() },
            features: Vec::new(),
            version: None,
            licenses: FileTree::new(),
        }
    }
}

/// The part of a workspace's manifest that is read. Cargo reads the rest.
#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Shared,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Shared {
    version: String,
}

#[derive(Deserialize)]
struct Metadata {
    client: Package,
}

impl Package {
    /// Reads the package from the manifest of a workspace; without one it is the default package.
    ///
    /// # Errors
    /// Returns the findings in the manifest.
    pub fn read(manifest: Option<SpecSource>, licenses: FileTree) -> Result<Self, Vec<Findings>> {
        let Some(source) = manifest else { return Ok(Self { licenses, ..Self::default() }) };
        match toml::from_str::<Manifest>(&source.text) {
            Ok(Manifest { workspace: Workspace { package, metadata } }) => {
                Ok(Self { version: Some(package.version), licenses, ..metadata.client })
            }
            Err(error) => {
                let diagnostics = vec![diagnostic(error.message(), error.span())];
                Err(vec![Findings { source, diagnostics }])
            }
        }
    }

    /// Returns the feature with the name of a module, which would be a feature as well.
    #[must_use]
    pub fn feature(&self, module: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.name.in_rust() == module)
    }
}

fn diagnostic(problem: &str, span: Option<Range<usize>>) -> Diagnostic {
    Diagnostic {
        rule: Rule::BadPackage,
        subject: Subject::Node,
        location: Location::Offset(span.map_or(0, |span| span.start)),
        what: format!("The manifest of the workspace does not state the package to generate: {}.", problem.trim_end()),
        why: "The table `[workspace.metadata.client]` names and describes it, and its version is that of \
            `[workspace.package]`."
            .to_owned(),
        help: "Correct the manifest; `cargo xtask explain bad-package` shows one that is good.".to_owned(),
    }
}

/// Returns a string as a TOML value.
pub(crate) fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Returns strings as a TOML array.
pub(crate) fn toml_strings(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| toml_string(text)).collect();
    format!("[{}]", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::Package;
    use crate::file_tree::FileTree;
    use openapi::report::{Coloring, render};
    use openapi::source::SpecSource;

    const MANIFEST: &str = "[workspace.package]
version = \"1.2.3\"

[workspace.metadata.client]
name = \"widget-clients\"
description = \"Clients of widgets.\"
runtime = { name = \"widget-runtime\", path = \"../runtime\" }
features = [{ name = \"native-tls\", description = \"TLS.\", default = true }]
";

    fn read(manifest: &str) -> Result<Package, String> {
        let manifest = SpecSource::new("Cargo.toml", manifest);
        Package::read(Some(manifest), FileTree::new())
            .map_err(|found| render(&found[0].source, &found[0].diagnostics, Coloring::Plain))
    }

    #[test]
    fn a_manifest_states_the_package_and_its_version() {
        let package = read(MANIFEST).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(
            (package.name.in_rust().as_str(), package.version.as_deref()),
            ("widget_clients", Some("1.2.3"))
        );
        assert!(package.feature("native_tls").is_some_and(|feature| feature.default));
        assert_eq!(Package::read(None, FileTree::new()).ok(), Some(Package::default()));
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        for (good, bad, place, what) in [
            ("version = \"1.2.3\"", "", "Cargo.toml:1:1", "missing field `version`"),
            (
                "description = \"Clients of widgets.\"\n",
                "",
                "Cargo.toml:4:1",
                "missing field `description`",
            ),
            ("description", "describtion", "Cargo.toml:6:1", "unknown field `describtion`"),
            (
                "\"widget-clients\"",
                "\"widget clients\"",
                "Cargo.toml:5:8",
                "`widget clients` is not a valid name of a package",
            ),
            ("metadata.client]", "metadata.cliant]", "Cargo.toml:4:", "missing field `client`"),
            ("\"Clients of widgets.\"", "1", "Cargo.toml:6:15", "invalid type: integer `1`"),
            ("path = ", "path ", "Cargo.toml:7:", "the package to generate"),
        ] {
            assert!(MANIFEST.contains(good), "{good}");
            let report = read(&MANIFEST.replacen(good, bad, 1)).expect_err(what);
            assert!(
                report.contains(place) && report.contains(what) && report.contains("bad-package"),
                "{report}"
            );
        }
    }
}
