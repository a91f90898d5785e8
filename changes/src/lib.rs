//! Tells what the change of a document means for the users of its client.
//!
//! [`compare`] takes two [`State`]s of an API and returns the [`Change`]s between them: for
//! programs that are built already, for code that is compiled against the new client, and for what
//! compiles and acts differently. [`Bump`] is what a release with these changes requires, and
//! [`report`] renders them. Nothing here reads files, the environment, a clock or a network.

#![warn(clippy::disallowed_methods)]

mod bump;
mod change;
mod compare;
pub mod report;
mod rule;
mod state;
mod version;

pub use bump::{Bump, required};
pub use change::{Change, Line};
pub use compare::{added, compare, removed};
pub use rule::{Deployed, Effect, Rule, Source, Verdict};
pub use state::State;
pub use version::Version;
