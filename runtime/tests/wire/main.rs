//! The runtime over real sockets on loopback.

mod misbehaviour;
mod paging;
mod server;
