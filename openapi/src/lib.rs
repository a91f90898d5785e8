//! Reads, checks, repairs, imports and reports OpenAPI documents.
//!
//! [`load`] reads a [`Document`] from a source text, [`lint`](lint::lint) checks it against the
//! rules, [`import`](import::import) creates a spec from it, and [`report`] renders the findings.
//! Nothing here reads files, the environment, a clock or a network.
//!
//! The modules are listed from the bottom up: each one uses those above it alone.

#![warn(clippy::disallowed_methods)]

mod anchors;
mod bundle;
mod check;
pub mod components;
pub mod diagnostic;
pub mod extensions;
mod findings;
pub mod import;
pub mod integers;
pub mod lint;
mod load;
pub mod markdown;
pub mod marks;
pub mod matching;
pub mod media_type;
pub mod naming;
pub mod notes;
pub mod object;
pub mod objects;
pub mod path_template;
pub mod pointer;
pub mod policy;
pub mod reference;
mod repair;
pub mod report;
pub mod rule;
pub mod secrets;
pub mod servers;
pub mod source;
pub mod walk;
pub mod words;
mod yaml;

pub use bundle::files_referred_to;
pub use findings::Findings;
pub use load::{Document, load};
pub use yaml::KeyOrder;
