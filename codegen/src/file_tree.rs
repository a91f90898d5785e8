//! The output of the pipeline as a value.

use std::collections::BTreeMap;

/// Text of each file by its path under `generated/`, with `/` between folders.
pub type FileTree = BTreeMap<String, String>;
