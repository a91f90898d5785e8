//! The contract tests: the promises of the workspace as a whole.

mod canary;
mod errors;
mod freshness;
mod headers;
mod layers;
mod missing_properties;
mod nulls;
mod outcomes;
mod repository;
mod snapshots;
mod spans;
mod tls;
mod tls_server;
mod undecoded;
mod wire;

#[expect(unreachable_pub, reason = "generated code does not know who includes it")]
#[rustfmt::skip]
#[path = "../generated/sample_calls/mod.rs"]
mod sample_calls;
