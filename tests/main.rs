//! What the workspace promises, held against what it does.

mod canary;
mod compile_fail;
mod drift;
mod freshness;
mod repository;
mod sample_schemas;
mod snapshots;
mod tls;
mod wire;

#[rustfmt::skip]
#[path = "../generated/sample_calls/mod.rs"]
mod sample_calls;
