//! The runtime over real sockets on loopback.

#[cfg(feature = "azure_core")]
mod azure;
mod misbehaviour;
mod paging;
mod server;
