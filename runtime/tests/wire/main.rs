//! The runtime over real sockets on loopback.

mod messages;
mod misbehaviour;
mod paging;
mod server;
