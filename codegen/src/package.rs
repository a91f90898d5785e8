//! The names of the packages that are generated, and that the generated code stands on.

/// Package that consumers depend on.
pub const PACKAGE: &str = "oauth-token-clients";
/// Package that the generated code stands on.
pub const RUNTIME_PACKAGE: &str = "oauth-token-clients-runtime";
/// The same as a Rust path.
pub const RUNTIME_CRATE: &str = "oauth_token_clients_runtime";
