//! Tests of the runtime with real sockets on loopback.

#[cfg(feature = "azure_core")]
mod azure;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod echoes;
mod hooks;
mod http2;
mod messages;
mod misbehaviour;
mod origin;
mod paging;
mod parameters;
mod paused_clock;
mod per_call;
mod refreshes;
mod refusals;
mod server;
mod streams;
mod transports;
