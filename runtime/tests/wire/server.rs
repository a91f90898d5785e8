//! A scripted server on loopback that records its requests.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::http2;

/// The behaviour of the server for one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Closes the connection without reading, so the client sees a reset.
    Reset,
    /// Reads the request and closes the connection.
    Close,
    /// Reads the request and never responds.
    Hang,
    /// Sends these bytes and closes the connection.
    Send(Vec<u8>),
    /// Sends a head and the start of a body over HTTP/2, and then nothing.
    Stall,
    /// Sends these bytes, then endless spaces with a pause before each.
    Drip(Vec<u8>, Duration),
}

impl Act {
    /// Responds with a status code, headers and a body.
    pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        Self::Send(format!("{head}{body}").into_bytes())
    }
}

/// A running server.
pub(crate) struct Server {
    pub base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Performs one act of the script for each connection, and repeats the last one.
    pub(crate) fn start(script: &[Act]) -> Self {
        Self::reporting(script, || {})
    }

    /// Does the same, and calls `settled` when the client has read everything that it gets for a
    /// request.
    pub(crate) fn reporting(script: &[Act], settled: impl Fn() + Clone + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, script) = (Arc::clone(&requests), script.to_vec());
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let act = script[index.min(script.len() - 1)].clone();
                let (kept, settled) = (Arc::clone(&kept), settled.clone());
                std::thread::spawn(move || {
                    perform(&mut stream.expect("a client connects"), &act, &kept, &settled)
                });
            }
        });
        Self { base_url, requests }
    }

    /// Returns all requests.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no thread panicked").clone()
    }

    /// Returns the first lines of all requests.
    pub(crate) fn request_lines(&self) -> Vec<String> {
        self.requests()
            .iter()
            .filter_map(|request| request.lines().next().map(str::to_owned))
            .collect()
    }
}

/// Runs a call to completion.
pub(crate) fn block_on<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(call)
}

fn perform(stream: &mut TcpStream, act: &Act, requests: &Mutex<Vec<String>>, settled: &dyn Fn()) {
    let keep = |request: String| requests.lock().expect("no thread panicked").push(request);
    match act {
        Act::Reset => return keep(String::new()),
        Act::Stall => keep(http2::start_answer(stream)),
        _ => keep(read_request(stream)),
    }
    // The client may close the connection before everything is sent.
    match act {
        Act::Reset | Act::Close => {}
        Act::Hang | Act::Stall => {
            settled();
            std::thread::sleep(Duration::from_secs(60));
        }
        Act::Send(bytes) => {
            let _ = stream.write_all(bytes).and_then(|()| stream.shutdown(Shutdown::Write));
            // The client closes the connection once it has read the last byte.
            let _ = stream.read_to_end(&mut Vec::new());
            settled();
        }
        Act::Drip(bytes, pause) => {
            let mut sent = stream.write_all(bytes);
            while sent.is_ok() {
                std::thread::sleep(*pause);
                sent = stream.write_all(b" ");
            }
        }
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len()
                >= length.map_or(0, |length| length.parse().expect("a length is a number"))
            {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}
