//! Input and output that the commands share.

pub mod difference;
pub mod disk;
pub mod files;
pub mod messages;
pub mod process;
pub mod snapshots;
pub mod spec_files;
pub mod spec_folder;
pub mod workspace;
pub mod workspace_error;
