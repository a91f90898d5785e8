//! Renders changes: for people, for programs, and as an entry of a changelog.

mod human;
mod json;
mod markdown;

pub use human::{render, summary};
pub use json::render as render_json;
pub use markdown::render as render_markdown;
