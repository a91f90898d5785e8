//! The runtime over real sockets on loopback.

mod bodies;
mod messages;
mod misbehaviour;
mod paging;
mod server;
