//! The folders of the workspace, and the specs in it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use changes::Version;
use codegen::file_tree::FileTree;
use codegen::package::Package;
use openapi::Findings;
use openapi::source::SpecSource;

use super::files::{Action, Cannot, FileError, read_bytes, read_document};
use super::messages;
use super::spec_files::SpecFile;
use super::spec_folder::FolderError;
use super::workspace_error::WorkspaceError;

/// The number of characters of a name for each of which one may be wrong.
const CHARACTERS_FOR_A_WRONG_ONE: usize = 4;

/// Documents that a command is about.
#[derive(Default)]
pub(crate) struct Documents {
    /// Specs of the workspace.
    pub specs: Vec<SpecSource>,
    /// Vendors' documents.
    pub others: Vec<SpecSource>,
}

/// A checkout of the workspace.
#[derive(Clone)]
pub(crate) struct Workspace {
    /// Absolute, since programs are run in other folders.
    root: PathBuf,
    /// The argument of `--root`, as it was typed.
    named: Option<PathBuf>,
}

impl Workspace {
    /// Returns the workspace at `root`, or else the one that this program was built from.
    pub(crate) fn new(root: Option<PathBuf>) -> Self {
        let built_from = || {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .map_or_else(PathBuf::new, Path::to_path_buf)
        };
        let root_or_default = root.clone().unwrap_or_else(built_from);
        Self { root: absolute(&root_or_default).unwrap_or(root_or_default), named: root }
    }

    /// Writes a command about this workspace that can be run again.
    pub(crate) fn command(&self, command: &str) -> String {
        let root = self
            .named
            .as_ref()
            .map(|root| format!(" --root {}", messages::word(&root.display().to_string())));
        format!("cargo xtask{} {command}", root.unwrap_or_default())
    }

    /// Returns its folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder of the specs.
    pub(crate) fn spec_folder(&self) -> PathBuf {
        self.root.join("specs")
    }

    /// Checks that there is a folder of specs.
    ///
    /// # Errors
    /// If there is none, or something else has its name.
    pub(crate) fn check_spec_folder(&self) -> Result<(), FolderError> {
        let folder = self.spec_folder();
        match fs::metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Ok(_) => Err(FolderError::NoFolder(folder)),
            Err(source) => Err(FolderError::of(folder, source)),
        }
    }

    /// Returns the folder of the generated crate.
    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// Returns the folder of the snapshots that reviewers read.
    pub(crate) fn snapshots(&self) -> PathBuf {
        self.root.join("tests/snapshots")
    }

    /// Returns the names of the specs, without extensions; none if they cannot be read.
    pub(crate) fn spec_stems(&self) -> Vec<String> {
        let paths = spec_paths(&self.spec_folder()).unwrap_or_default();
        paths
            .iter()
            .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
            .collect()
    }

    /// Reads every spec.
    ///
    /// # Errors
    /// If there is none, or one cannot be read or is not named as a spec.
    pub(crate) fn specs(&self) -> Result<Vec<SpecSource>, WorkspaceError> {
        let folder = self.spec_folder();
        let paths = spec_paths(&folder).or_cannot(Action::Read, &folder)?;
        // A client would go away without a word with the file that it was made of.
        for path in files(&folder).or_cannot(Action::Read, &folder)? {
            if let SpecFile::Misnamed(help) = SpecFile::of(&path) {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                return Err(WorkspaceError::Misnamed { name, help });
            }
        }
        if paths.is_empty() {
            return Err(WorkspaceError::NoSpec { folder });
        }
        Ok(paths.iter().map(|path| read_spec(path)).collect::<Result<_, _>>()?)
    }

    /// Reads the package that is generated from the manifest of the workspace. Returns the findings
    /// in the manifest, if any.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn package(&self) -> Result<Result<Package, Vec<Findings>>, FileError> {
        let path = self.root.join("Cargo.toml");
        let read = |path: &Path| read_bytes(path).or_cannot(Action::Read, path);
        let manifest = match path.exists() {
            true => Some(SpecSource::from_bytes("Cargo.toml", read(&path)?)),
            false => None,
        };
        let mut licenses = FileTree::new();
        for path in files(&self.root).or_cannot(Action::Read, &self.root)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("LICENSE-") {
                licenses
                    .insert(name.into_owned(), String::from_utf8_lossy(&read(&path)?).into_owned());
            }
        }
        Ok(Package::read(manifest, licenses))
    }

    /// Returns the version in the manifest of the workspace, if it can be read.
    pub(crate) fn version(&self) -> Option<Version> {
        let package = self.package().ok()?.ok()?;
        Version::parse(&package.version?)
    }

    /// Prints the files of the folder that are not specs, so that nobody expects clients of them.
    pub(crate) fn report_strays(&self) {
        // Whoever reads the specs says why the folder cannot be read.
        let files = files(&self.spec_folder()).unwrap_or_default();
        for path in files.iter().filter(|path| SpecFile::of(path) == SpecFile::Stray) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            messages::attention(
                "Ignored",
                &format!("specs/{name}: rename it to end in `.yaml`, or move it elsewhere"),
            );
        }
    }

    /// Reads the documents that a user names, by path or by the stem of a spec; all specs if none
    /// is named.
    ///
    /// # Errors
    /// If one is not there or cannot be read.
    pub(crate) fn documents(&self, named: &[PathBuf]) -> Result<Documents, WorkspaceError> {
        let mut documents = Documents::default();
        if named.is_empty() {
            documents.specs = self.specs()?;
        }
        let mut known = BTreeSet::new();
        for path in named {
            let path = if path.exists() {
                path.clone()
            } else {
                self.by_stem(path).unwrap_or_else(|| path.clone())
            };
            if !known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                continue;
            }
            if self.holds(&path) {
                documents.specs.push(read_spec(&path)?);
            } else {
                documents
                    .others
                    .push(read_document(&path).map_err(|error| self.misspelt(error, &path))?);
            }
        }
        Ok(documents)
    }

    /// Reads a spec that a user names, by path or by stem.
    ///
    /// # Errors
    /// If it is not there or cannot be read, or is no spec of the workspace.
    pub(crate) fn spec(&self, named: &Path) -> Result<SpecSource, WorkspaceError> {
        let elsewhere =
            || WorkspaceError::Elsewhere { path: named.to_path_buf(), folder: self.spec_folder() };
        self.documents(&[named.to_path_buf()])?.specs.pop().ok_or_else(elsewhere)
    }

    fn by_stem(&self, stem: &Path) -> Option<PathBuf> {
        let path = self.spec_folder().join(stem).with_extension("yaml");
        path.exists().then_some(path)
    }

    /// Adds a suggestion to the error about a missing document, if there is a spec with a similar
    /// name.
    fn misspelt(&self, error: FileError, named: &Path) -> WorkspaceError {
        let named = named.file_stem().unwrap_or_default().to_string_lossy();
        let distance = |stem: &String| strsim::damerau_levenshtein(stem, &named);
        let is_near = |stem: &String| distance(stem) <= stem.len() / CHARACTERS_FOR_A_WRONG_ONE;
        let stems = self.spec_stems().into_iter();
        let near = stems.filter(|stem| is_near(stem) || is_short_for(&named, stem));
        match near.min_by_key(distance) {
            Some(nearest) => WorkspaceError::Misspelt { error, nearest },
            None => error.into(),
        }
    }

    fn holds(&self, path: &Path) -> bool {
        let folder = |path: &Path| path.canonicalize().ok();
        let whole = folder(path);
        whole
            .is_some_and(|path| path.parent().map(Path::to_path_buf) == folder(&self.spec_folder()))
    }
}

/// Returns true if a name has only characters of another one in their order, and its first one.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut characters = name.chars();
    short.len() > 2
        && short.chars().next() == name.chars().next()
        && short.chars().all(|one| characters.any(|letter| letter == one))
}

fn spec_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if SpecFile::of(&path) == SpecFile::Spec {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Returns the files of a folder, but not the folders in it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn read_spec(path: &Path) -> Result<SpecSource, FileError> {
    let name = format!("specs/{}", path.file_name().unwrap_or_default().to_string_lossy());
    let bytes = read_bytes(path).or_cannot(Action::Read, Path::new(&name))?;
    Ok(SpecSource::from_bytes(name, bytes))
}

#[cfg(test)]
mod tests {
    use std::env::current_dir;

    use super::Workspace;

    #[test]
    fn a_relative_root_holds_in_every_folder_and_is_repeated_as_typed() {
        let workspace = Workspace::new(Some("some/where".into()));
        assert_eq!(
            workspace.root(),
            current_dir().expect("tests run in a folder").join("some/where")
        );
        assert_eq!(workspace.command("list"), "cargo xtask --root some/where list");
        assert_eq!(Workspace::new(None).command("list"), "cargo xtask list");
    }
}
