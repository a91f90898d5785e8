//! The names of extensions that several stages read.

/// The extension that accepts findings about an object: `{rule: reason}`.
pub const ACCEPTANCES: &str = "x-lint-ignore";

/// The extension of `info` that names the page a spec was transcribed from.
pub const SOURCE: &str = "x-source";

/// The properties of [`SOURCE`].
pub const SOURCE_PROPERTIES: [&str; 4] = ["title", "vendor", "version", "document"];

/// The extension that sets a name in Rust.
pub const RUST_NAME: &str = "x-rust-name";
