//! Input and output that the commands share.

pub(crate) mod difference;
pub(crate) mod disk;
pub(crate) mod files;
pub(crate) mod messages;
pub(crate) mod process;
pub(crate) mod snapshots;
pub(crate) mod spec_files;
pub(crate) mod spec_folder;
pub(crate) mod workspace;
pub(crate) mod workspace_error;
