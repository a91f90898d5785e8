//! Turns OpenAPI documents into a hardened Rust client: source text in, file tree out.
//!
//! [`generate`] is the data flow. Nothing here reads files, the environment, a clock or a network;
//! `xtask` does.

#![warn(clippy::disallowed_methods)]

pub mod api;
pub mod cache;
mod client_rules;
pub mod emit;
pub mod file_tree;
mod format;
mod generate;
mod harden;
mod inventory;
pub mod lower;
pub mod package;
mod parallel;
pub mod plan;
pub mod progress;
mod samples;
mod schema;
pub mod snapshots;
pub mod surface;
mod tokens;

pub use generate::{Generated, generate, generate_observed, lint, lint_against};
pub use inventory::Inventory;
pub use surface::{ChangeKind, ChangedName, changed_names};
