//! Input and output that the commands share.

pub mod disk;
pub mod files;
pub mod messages;
pub mod process;
pub mod spec_files;
pub mod spec_folder;
pub mod workspace;
