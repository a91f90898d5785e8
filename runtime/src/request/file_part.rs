//! Files in multipart bodies.

use std::cell::RefCell;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::secrets::RawBody;

/// A file in a multipart body: bytes with a file name and a media type.
///
/// The bytes may contain secrets, so `Debug` prints only their number. Serialization writes only
/// their number, too, except into the request body.
///
/// ```
/// use oauth_token_clients_runtime::FilePart;
///
/// let logo = FilePart::new(vec![0x89, 0x50, 0x4e, 0x47])
///     .file_name("logo.png")
///     .media_type("image/png");
/// assert_eq!(format!("{logo:?}"), "[4 bytes]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(crate) bytes: RawBody,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
}

impl FilePart {
    /// Creates a file. By default its name is that of its property, and its media type is the
    /// documented one.
    pub fn new(bytes: impl Into<RawBody>) -> Self {
        Self { bytes: bytes.into(), file_name: None, media_type: None }
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl<B: Into<RawBody>> From<B> for FilePart {
    fn from(bytes: B) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.fmt(formatter)
    }
}

/// Writes a placeholder while files are collected for a request body, and the number of bytes
/// elsewhere.
impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let placeholder = COLLECTED.with_borrow_mut(|collected| {
            let collected = collected.as_mut()?;
            collected.files.push(self.clone());
            Some(format!("{}{}", collected.placeholder, collected.files.len() - 1))
        });
        serializer.serialize_str(&placeholder.unwrap_or_else(|| format!("{self:?}")))
    }
}

/// Reads a string as the bytes of a file, as the examples of documents have it.
impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

struct CollectedFiles {
    placeholder: String,
    files: Vec<FilePart>,
}

thread_local! {
    /// The files that were serialized so far, within [`collect_files`] on this thread.
    static COLLECTED: RefCell<Option<CollectedFiles>> = const { RefCell::new(None) };
}

/// Runs `serialize`, in which each file is written as `placeholder` and an index, and returns the
/// files, too.
pub(crate) fn collect_files<R>(
    placeholder: &str,
    serialize: impl FnOnce() -> R,
) -> (R, Vec<FilePart>) {
    struct Restore(Option<CollectedFiles>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let outer = self.0.take();
            COLLECTED.with_borrow_mut(|collected| *collected = outer);
        }
    }
    let collected = CollectedFiles { placeholder: placeholder.to_owned(), files: Vec::new() };
    let _restore = Restore(COLLECTED.replace(Some(collected)));
    let written = serialize();
    let files = COLLECTED.take().map(|collected| collected.files).unwrap_or_default();
    (written, files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_collected_and_replaced_by_placeholders() {
        let file = FilePart::new("canary");
        let write = || serde_json::to_string(&file).expect("a file serializes");
        assert_eq!(write(), "\"[6 bytes]\"");
        let (written, files) = collect_files("mark-", || format!("{} {}", write(), write()));
        assert_eq!((written.as_str(), files.len()), ("\"mark-0\" \"mark-1\"", 2));
        assert_eq!(files[1].bytes.expose_bytes(), b"canary");
        assert_eq!(write(), "\"[6 bytes]\"");
    }
}
