//! The output of the pipeline as a value.

use std::collections::BTreeMap;

/// The text of each file, by its path under `generated/` with `/` as separator.
pub type FileTree = BTreeMap<String, String>;
