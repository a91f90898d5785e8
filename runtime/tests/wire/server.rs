//! A server on loopback that follows a script and counts what it was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

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
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, script) = (Arc::clone(&requests), script.to_vec());
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let act = script[index.min(script.len() - 1)].clone();
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || perform(&mut stream.expect("a client connects"), &act, &kept));
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

fn perform(stream: &mut TcpStream, act: &Act, requests: &Mutex<Vec<String>>) {
    if matches!(act, Act::Reset) {
        requests.lock().expect("no thread panicked").push(String::new());
        return;
    }
    let request = read_request(stream);
    requests.lock().expect("no thread panicked").push(request);
    // The client may be gone before all is sent; that is its right.
    match act {
        Act::Reset | Act::Close => {}
        Act::Hang => std::thread::sleep(Duration::from_secs(60)),
        Act::Send(bytes) => drop(stream.write_all(bytes)),
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
