//! The commands, a file or folder each.

pub(crate) mod bench;
pub(crate) mod changes;
pub(crate) mod ci;
pub(crate) mod conformance;
pub(crate) mod corpus;
pub(crate) mod explain;
pub(crate) mod fuzz;
pub(crate) mod import;
pub(crate) mod lint;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod regen;
pub(crate) mod release;
pub(crate) mod review;
mod steps;
