//! The folders of the workspace, and the specs in it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::file_tree::FileTree;
use codegen::package::Package;
use openapi::Findings;
use openapi::source::SpecSource;

use crate::messages;
use crate::spec_files::SpecFile;

/// Of how many letters of a name one may be wrong.
const LETTERS_FOR_A_WRONG_ONE: usize = 4;

/// Documents that a command is about.
#[derive(Default)]
pub struct Documents {
    /// Specs of the workspace.
    pub specs: Vec<SpecSource>,
    /// Documents from elsewhere.
    pub others: Vec<SpecSource>,
}

/// A checkout of the workspace.
pub struct Workspace {
    root: PathBuf,
    /// Whether it was named by `--root`.
    is_named: bool,
}

impl Workspace {
    /// The workspace at `root`, or else the one that this program was built from.
    pub fn new(root: Option<PathBuf>) -> Self {
        let built_from = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf);
        Self { is_named: root.is_some(), root: root.unwrap_or_else(built_from) }
    }

    /// A command about this workspace, to be repeated.
    pub fn command(&self, command: &str) -> String {
        let root = self.is_named.then(|| format!(" --root {}", messages::word(&self.root.display().to_string())));
        format!("cargo xtask{} {command}", root.unwrap_or_default())
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Folder of the specs.
    pub fn spec_folder(&self) -> PathBuf {
        self.root.join("specs")
    }

    /// Folder of the generated crate.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// Folder of the snapshots that reviewers read.
    pub fn snapshots(&self) -> PathBuf {
        self.root.join("tests/snapshots")
    }

    /// Names of the specs, without endings; none if they cannot be read.
    pub fn spec_stems(&self) -> Vec<String> {
        let paths = spec_paths(&self.spec_folder()).unwrap_or_default();
        paths.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect()
    }

    /// The text of every spec.
    ///
    /// # Errors
    /// What stands in the way, in a sentence that names the file.
    pub fn specs(&self) -> Result<Vec<SpecSource>, String> {
        let folder = self.spec_folder();
        let cannot_read = |error: io::Error| format!("cannot read {}: {error}", folder.display());
        let paths = spec_paths(&folder).map_err(cannot_read)?;
        // A client would go away without a word with the file that it was made of.
        for path in files(&folder).map_err(cannot_read)? {
            if let SpecFile::Misnamed(help) = SpecFile::of(&path) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                return Err(format!("specs/{name} would be left out, since a spec ends in `.yaml`: {help}"));
            }
        }
        if paths.is_empty() {
            return Err(format!("{} holds no spec: a spec is a file like `specs/my_api.yaml`", folder.display()));
        }
        paths.iter().map(|path| read_spec(path)).collect()
    }

    /// The package that is generated, as the manifest of the workspace states it.
    ///
    /// # Errors
    /// What stands in the way, in a sentence that names the file; or what is wrong with the manifest.
    pub fn package(&self) -> Result<Result<Package, Vec<Findings>>, String> {
        let path = self.root.join("Cargo.toml");
        let read = |path: &Path| read_file(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
        let manifest = match path.exists() {
            true => Some(SpecSource::from_bytes("Cargo.toml", read(&path)?)),
            false => None,
        };
        let mut licenses = FileTree::new();
        for path in files(&self.root).map_err(|error| format!("cannot read {}: {error}", self.root.display()))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("LICENSE-") {
                licenses.insert(name.into_owned(), String::from_utf8_lossy(&read(&path)?).into_owned());
            }
        }
        Ok(Package::read(manifest, licenses))
    }

    /// Names files of the folder that are no specs, so that nobody waits for what comes of them.
    pub fn report_strays(&self) {
        // Whoever reads the specs says why the folder cannot be read.
        let files = files(&self.spec_folder()).unwrap_or_default();
        for path in files.iter().filter(|path| SpecFile::of(path) == SpecFile::Stray) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            messages::attention("Ignored", &format!("specs/{name}: rename it to end in `.yaml`, or move it elsewhere"));
        }
    }

    /// The documents that a user names, by path or by the stem of a spec; all specs if none is named.
    ///
    /// # Errors
    /// What stands in the way, in a sentence that names the file.
    pub fn documents(&self, named: &[PathBuf]) -> Result<Documents, String> {
        let mut documents = Documents::default();
        if named.is_empty() {
            documents.specs = self.specs()?;
        }
        let mut known = BTreeSet::new();
        for path in named {
            let path = if path.exists() { path.clone() } else { self.by_stem(path).unwrap_or_else(|| path.clone()) };
            if !known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                continue;
            }
            if self.holds(&path) {
                documents.specs.push(read_spec(&path)?);
            } else {
                documents.others.push(read(&path).map_err(|problem| problem + &self.meant(&path))?);
            }
        }
        Ok(documents)
    }

    fn by_stem(&self, stem: &Path) -> Option<PathBuf> {
        let path = self.spec_folder().join(stem).with_extension("yaml");
        path.exists().then_some(path)
    }

    /// The spec that was most likely meant by what is neither a path nor a stem, as the end of a sentence.
    fn meant(&self, named: &Path) -> String {
        let named = named.file_stem().unwrap_or_default().to_string_lossy();
        let distance = |stem: &String| strsim::damerau_levenshtein(stem, &named);
        let is_near = |stem: &String| distance(stem) <= stem.len() / LETTERS_FOR_A_WRONG_ONE;
        let stems = self.spec_stems();
        let nearest =
            stems.iter().filter(|stem| is_near(stem) || is_short_for(&named, stem)).min_by_key(|stem| distance(stem));
        nearest.map_or_else(String::new, |stem| format!("; did you mean `{stem}`?"))
    }

    fn holds(&self, path: &Path) -> bool {
        let folder = |path: &Path| path.canonicalize().ok();
        let whole = folder(path);
        whole.is_some_and(|path| path.parent().map(Path::to_path_buf) == folder(&self.spec_folder()))
    }
}

/// Whether a name has the letters of another one in their order, and the first of them.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut letters = name.chars();
    short.len() > 2
        && short.chars().next() == name.chars().next()
        && short.chars().all(|one| letters.any(|letter| letter == one))
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

/// The files of a folder, and not the folders in it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn read_spec(path: &Path) -> Result<SpecSource, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = read_file(path).map_err(|error| format!("cannot read specs/{name}: {error}"))?;
    Ok(SpecSource::from_bytes(format!("specs/{name}"), bytes))
}

/// The document in a file.
///
/// # Errors
/// What stands in the way, in a sentence that names the file.
pub fn read(path: &Path) -> Result<SpecSource, String> {
    let bytes = read_file(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(SpecSource::from_bytes(path.display().to_string(), bytes))
}

/// The bytes of a file; a pipe would have to be waited for.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        return fs::read(path);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"))
}
