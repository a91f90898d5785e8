//! Tests what the changes are said to mean against the compiler and on the wire.

mod cases;
mod deployed;
mod request;
mod source;
