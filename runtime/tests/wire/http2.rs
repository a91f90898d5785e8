//! The part of HTTP/2 (RFC 9113) that tells what a client has read: a client answers a ping only
//! after that.

use std::io::{Read, Write};
use std::net::TcpStream;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const PING: u8 = 6;

const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

/// `:status: 200` by its index in HPACK's static table.
const STATUS_200: u8 = 0x88;

/// Answers the first request with a head and the start of a body, and returns once the client has
/// read them.
pub(crate) fn start_answer(stream: &mut TcpStream) -> String {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).expect("a client starts with the preface");
    while read_frame(stream).0 != HEADERS {}
    let start = [
        frame(SETTINGS, 0, 0, &[]),
        frame(HEADERS, END_HEADERS, 1, &[STATUS_200]),
        frame(DATA, 0, 1, b"{"),
        frame(PING, 0, 0, &[0; 8]),
    ];
    stream.write_all(&start.concat()).expect("the client reads");
    while read_frame(stream) != (PING, ACK) {}
    String::from_utf8_lossy(&preface).into_owned()
}

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("the payload is short");
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Reads the next frame, and returns its type and flags.
fn read_frame(stream: &mut TcpStream) -> (u8, u8) {
    let mut head = [0; 9];
    stream.read_exact(&mut head).expect("the client sends frames");
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; length.try_into().expect("a frame fits into memory")];
    stream.read_exact(&mut payload).expect("a frame is whole");
    (head[3], head[4])
}
