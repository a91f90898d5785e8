//! The part of HTTP/2 (RFC 9113) that the tests need, by hand: a server that refuses streams, and
//! one that knows what a client has read, since a client answers a ping only after that.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// `:status: 200` by its index in HPACK's static table.
const STATUS_200: u8 = 0x88;

const REFUSED_STREAM: [u8; 4] = [0, 0, 0, 7];
const NO_ERROR: [u8; 4] = [0, 0, 0, 0];

/// The answer to a stream.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// Refuses it.
    Refuse,
    /// Sends a head, and then refuses it.
    RefuseAfterHead,
    /// Says that no stream will be processed.
    GoAway,
    /// Says that no later stream will be processed, and closes the connection.
    GoAwayAfterIt,
    /// Sends a success.
    Succeed,
}

/// A server that counts the streams that are opened.
pub(crate) struct Streams {
    pub base_url: String,
    opened: Arc<Mutex<usize>>,
}

impl Streams {
    /// Gives one answer of the script to each stream, and repeats the last one.
    pub(crate) fn start(script: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let opened = Arc::new(Mutex::new(0));
        let (counter, script) = (Arc::clone(&opened), script.to_vec());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (counter, script) = (Arc::clone(&counter), script.clone());
                std::thread::spawn(move || {
                    serve(&mut stream.expect("a client connects"), &script, &counter)
                });
            }
        });
        Self { base_url, opened }
    }

    /// Returns the number of `HEADERS` frames that arrived.
    pub(crate) fn opened(&self) -> usize {
        *self.opened.lock().expect("no thread panicked")
    }
}

fn serve(stream: &mut TcpStream, script: &[Answer], opened: &Mutex<usize>) {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).expect("a client starts with the preface");
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).expect("the client reads");
    while let Some((kind, _, id)) = next_frame(stream) {
        if kind != HEADERS {
            continue;
        }
        let mut opened = opened.lock().expect("no thread panicked");
        let answer = script[(*opened).min(script.len() - 1)];
        *opened += 1;
        drop(opened);
        let frames = match answer {
            Answer::Refuse => vec![frame(RST_STREAM, 0, id, &REFUSED_STREAM)],
            Answer::RefuseAfterHead => vec![
                frame(HEADERS, END_HEADERS, id, &[STATUS_200]),
                frame(RST_STREAM, 0, id, &REFUSED_STREAM),
            ],
            Answer::GoAway => vec![frame(GOAWAY, 0, 0, &[[0; 4], NO_ERROR].concat())],
            Answer::GoAwayAfterIt => {
                vec![frame(GOAWAY, 0, 0, &[[0, 0, 0, id], NO_ERROR].concat())]
            }
            Answer::Succeed => vec![
                frame(HEADERS, END_HEADERS, id, &[STATUS_200]),
                frame(DATA, END_STREAM, id, b"{}"),
            ],
        };
        // The client may have closed the connection.
        if stream.write_all(&frames.concat()).is_err() || matches!(answer, Answer::GoAwayAfterIt) {
            return;
        }
    }
}

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
    let (kind, flags, _) = next_frame(stream).expect("the client sends frames");
    (kind, flags)
}

/// Reads the next frame, and returns its type, its flags and the last byte of its stream's number.
fn next_frame(stream: &mut TcpStream) -> Option<(u8, u8, u8)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).ok()?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; length.try_into().expect("a frame fits into memory")];
    stream.read_exact(&mut payload).ok()?;
    Some((head[3], head[4], head[8]))
}
