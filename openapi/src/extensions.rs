//! The names of extensions that several stages read.

/// The extension that accepts findings about an object: `{rule: reason}`.
pub const ACCEPTANCES: &str = "x-lint-ignore";

/// The extension of `info` that names the page a spec was transcribed from.
pub const SOURCE: &str = "x-source";

/// The properties of [`SOURCE`].
pub const SOURCE_PROPERTIES: [&str; 4] = ["title", "vendor", "version", "document"];

/// The extension of `info` that says how the server tells of an exceeded rate limit.
pub const RATE_LIMIT: &str = "x-rate-limit";

/// The extension of a property of an error that is the name of the error.
pub const ERROR_CODE: &str = "x-error-code";

/// The extension that sets a name in Rust.
pub const RUST_NAME: &str = "x-rust-name";

/// The extension of a parameter whose value is a part of the credential.
pub const FROM_CREDENTIAL: &str = "x-from-credential";

/// The extension of a security scheme for basic authentication that names the two parts of its
/// credential.
pub const BASIC_CREDENTIALS: &str = "x-basic-credentials";

/// The properties of [`BASIC_CREDENTIALS`]: the part before the colon, and the one behind it, which
/// is secret.
pub const BASIC_CREDENTIALS_PROPERTIES: [&str; 2] = ["user-id", "password"];
