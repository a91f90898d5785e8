//! The commands, a file or folder each.

pub mod bench;
pub mod ci;
pub mod corpus;
pub mod explain;
pub mod fuzz;
pub mod import;
pub mod lint;
pub mod list;
pub mod new;
pub mod regen;
pub mod review;
mod steps;
