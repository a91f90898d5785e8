//! The runtime over real sockets on loopback.

mod bodies;
mod misbehaviour;
mod paging;
mod server;
