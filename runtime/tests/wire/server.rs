//! A server on loopback that follows a script and counts what it was asked.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::http2;

/// What the server does with one request.
#[derive(Clone)]
pub enum Act {
    /// Closes the connection without reading, so that the client sees a reset.
    Reset,
    /// Reads the request and closes the connection.
    Close,
    /// Reads the request and never answers.
    Hang,
    /// Sends these bytes and closes the connection.
    Send(Vec<u8>),
    /// Answers over HTTP/2 with a head and the start of a body, and sends no more.
    Stall,
    /// Sends these bytes, then spaces without end, with a pause before each.
    Drip(Vec<u8>, Duration),
}

impl Act {
    /// Answers with a status, headers and a body.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
        Self::Send(format!("{head}{body}").into_bytes())
    }
}

/// A server that is running.
pub struct Server {
    pub base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Does one act of the script for each connection, the last one again and again.
    pub fn start(script: &[Act]) -> Self {
        Self::reporting(script, || {})
    }

    /// The same, and calls `settled` whenever the client has all that it will get for a request.
    pub fn reporting(script: &[Act], settled: impl Fn() + Clone + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, script) = (Arc::clone(&requests), script.to_vec());
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let act = script[index.min(script.len() - 1)].clone();
                let (kept, settled) = (Arc::clone(&kept), settled.clone());
                std::thread::spawn(move || perform(&mut stream.expect("a client connects"), &act, &kept, &settled));
            }
        });
        Self { base_url, requests }
    }

    /// The requests that came, whole.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no thread panicked").clone()
    }

    /// The first lines of the requests that came.
    pub fn request_lines(&self) -> Vec<String> {
        self.requests().iter().filter_map(|request| request.lines().next().map(str::to_owned)).collect()
    }
}

/// Runs a call to its end.
pub fn block_on<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(call)
}

fn perform(stream: &mut TcpStream, act: &Act, requests: &Mutex<Vec<String>>, settled: &dyn Fn()) {
    let keep = |request: String| requests.lock().expect("no thread panicked").push(request);
    match act {
        Act::Reset => return keep(String::new()),
        Act::Stall => keep(http2::start_answer(stream)),
        _ => keep(read_request(stream)),
    }
    // The client may be gone before all is sent; that is its right.
    match act {
        Act::Reset | Act::Close => {}
        Act::Hang | Act::Stall => {
            settled();
            std::thread::sleep(Duration::from_secs(60));
        }
        Act::Send(bytes) => {
            let _ = stream.write_all(bytes).and_then(|()| stream.shutdown(Shutdown::Write));
            // A client hangs up when it has read the last byte.
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
            if body.len() >= length.map_or(0, |length| length.parse().expect("a length is a number")) {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}
