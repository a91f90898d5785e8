//! Reads a vendor's document with the files that it refers to, and no others.
//!
//! A vendor's document must not make this program read arbitrary files of the machine: only files
//! below one folder are read, also if there are symbolic links, and no more of them than any real
//! document has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use openapi::files_referred_to;
use openapi::source::{ReferencedFiles, SpecSource};
use thiserror::Error;

use crate::io::files::{Action, Cannot, FileError, read_bytes, read_document};

/// The largest number of files of one document.
const MOST_FILES: usize = 2_000;
/// The largest total size of these files, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// The reasons why a file that a document refers to is not read.
#[derive(Debug, Error)]
enum NotRead {
    #[error("no more than {MOST_FILES} files of a document are read")]
    TooManyFiles,
    #[error(
        "it leads out of the folder that files are read from; `--within DIR` names another one"
    )]
    Outside,
    #[error("no more than {} MiB of a document are read", MOST_BYTES >> 20)]
    TooManyBytes,
    #[error("it is not UTF-8")]
    NotUtf8,
    #[error(transparent)]
    System(#[from] io::Error),
}

/// The files that have been read, and the remaining limit.
struct Reader {
    /// The folder, without links.
    folder: PathBuf,
    bytes_left: u64,
    texts: BTreeMap<String, Result<String, String>>,
}

/// Returns the folder of a document, below which files are read by default.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Reads a document with the files below the folder that it refers to.
///
/// # Errors
/// If the document itself cannot be read, or is not below the folder.
pub(crate) fn read_with_files(path: &Path, folder: &Path) -> Result<SpecSource, FileError> {
    let source = read_document(path)?;
    let real = |path: &Path| path.canonicalize().or_cannot(Action::Read, path);
    // The document may be a symbolic link. References use its own name.
    let named = real(folder_of(path))?.join(path.file_name().unwrap_or_default());
    let folder = real(folder)?;
    let Ok(below) = named.strip_prefix(&folder) else {
        let problem = format!("it is not below {}, which `--within` names", folder.display());
        return Err(io::Error::other(problem)).or_cannot(Action::Read, path);
    };
    let document = steps(below);
    let mut reader = Reader { folder, bytes_left: MOST_BYTES, texts: BTreeMap::new() };
    reader.follow(&document, &source.text);
    Ok(source.with_files(ReferencedFiles { document, texts: reader.texts }))
}

/// Returns a relative path in the notation of references.
fn steps(path: &Path) -> String {
    let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
    steps.join("/")
}

impl Reader {
    /// Reads all files that the document refers to, directly or indirectly.
    fn follow(&mut self, document: &str, text: &str) {
        let mut open: BTreeSet<String> = files_referred_to(document, text);
        while let Some(path) = open.pop_first() {
            if path == document || self.texts.contains_key(&path) {
                continue;
            }
            let read = self.read(&path);
            if let Ok(text) = &read {
                open.extend(files_referred_to(&path, text));
            }
            self.texts.insert(path, read.map_err(|reason| reason.to_string()));
        }
    }

    /// Reads a file.
    fn read(&mut self, path: &str) -> Result<String, NotRead> {
        if self.texts.values().filter(|text| text.is_ok()).count() == MOST_FILES {
            return Err(NotRead::TooManyFiles);
        }
        let real = self.folder.join(path).canonicalize()?;
        if !real.starts_with(&self.folder) {
            return Err(NotRead::Outside);
        }
        let length = fs::metadata(&real)?.len();
        if length > self.bytes_left {
            return Err(NotRead::TooManyBytes);
        }
        let bytes = read_bytes(&real)?;
        self.bytes_left -= length;
        String::from_utf8(bytes).map_err(|_| NotRead::NotUtf8)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{MOST_BYTES, MOST_FILES, read_with_files};

    /// Writes files and reads the first one with the files below `folder` that it refers to.
    /// Returns the result for each file.
    fn check(root: &Path, folder: &str, files: &[(&str, &str)]) -> Vec<String> {
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder"))
                .expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let source = read_with_files(&root.join(files[0].0), &root.join(folder))
            .expect("the document is there");
        let line = |(path, text): (&String, &Result<String, String>)| match text {
            Ok(text) => format!("{path}: {}", text.trim()),
            Err(problem) => format!("{path} is not read: {problem}"),
        };
        source.referenced.texts.iter().map(line).collect()
    }

    #[test]
    fn files_are_read_from_file_to_file_and_no_others() {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let files = [
            (
                "api/openapi.yaml",
                "a: {$ref: s/A.yaml}\nb: {$ref: 'https://vendor.example/b.yaml'}\n",
            ),
            ("api/s/A.yaml", "$ref: ../../common.json#/a"),
            ("api/s/unused.yaml", "unused"),
            ("common.json", "{\"$ref\": \"api/openapi.yaml#/a\"}"),
        ];
        let a = "s/A.yaml: $ref: ../../common.json#/a";
        assert_eq!(check(root.path(), "api", &files), [a]);
        let [a, common] = [format!("api/{a}"), format!("common.json: {}", files[3].1)];
        assert_eq!(check(root.path(), "", &files), [a, common]);
    }

    #[test]
    #[cfg(unix)]
    fn links_do_not_lead_out_of_the_folder() {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let files = [
            ("api/openapi.yaml", "a: {$ref: link.yaml}\nb: {$ref: ../secret.yaml}\n"),
            ("secret.yaml", "secret"),
        ];
        fs::create_dir(root.path().join("api")).expect("a folder can be made");
        std::os::unix::fs::symlink("../secret.yaml", root.path().join("api/link.yaml"))
            .expect("a link can be made");
        let expected = "link.yaml is not read: it leads out of the folder that files are read from; `--within DIR` names another one";
        assert_eq!(check(root.path(), "api", &files), [expected]);
        std::os::unix::fs::symlink("api", root.path().join("linked")).expect("a link can be made");
        assert_eq!(check(root.path(), "linked", &files), [expected]);
    }

    #[test]
    fn files_that_are_missing_too_large_or_not_utf8_are_not_read() {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir(root.path().join("folder.yaml")).expect("a folder can be made");
        fs::write(root.path().join("bytes.yaml"), [0xff]).expect("a file can be written");
        let large = fs::File::create(root.path().join("large.yaml")).expect("a file can be made");
        large.set_len(MOST_BYTES + 1).expect("a file can have holes");
        let text = "a: {$ref: folder.yaml}\nb: {$ref: bytes.yaml}\nc: {$ref: large.yaml}\nd: {$ref: none.yaml}\n";
        let found = check(root.path(), "", &[("openapi.yaml", text)]).join("\n");
        for shown in
            ["folder.yaml is not read: it is no file", "bytes.yaml is not read: it is not UTF-8"]
        {
            assert!(found.contains(shown), "{found}");
        }
        assert!(found.contains("large.yaml is not read: no more than 64 MiB"), "{found}");
        assert!(found.contains("none.yaml is not read: No such file"), "{found}");
    }

    #[test]
    fn a_document_consists_of_a_limited_number_of_files() {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let names: Vec<String> =
            (0..=MOST_FILES).map(|number| format!("{number:04}.yaml")).collect();
        let text: String = names.iter().map(|name| format!("{name}: {{$ref: {name}}}\n")).collect();
        let mut files = vec![("openapi.yaml", text.as_str())];
        files.extend(names.iter().map(|name| (name.as_str(), "a: b")));
        let found = check(root.path(), "", &files);
        let refused: Vec<&String> =
            found.iter().filter(|line| line.contains("no more than 2000 files")).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
    }
}
