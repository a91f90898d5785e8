//! A server on loopback that responds to one request with a given response and keeps the request.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// A server that is waiting for one request.
#[derive(Debug)]
pub struct Server {
    /// The address of the server.
    pub base_url: String,
    thread: JoinHandle<String>,
}

impl Server {
    /// Starts a server that sends `response`, byte for byte.
    #[must_use]
    pub fn answering(response: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("the listener is bound");
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let request = read_request(&mut stream);
            stream.write_all(&response).expect("the response is taken");
            request
        });
        Self { base_url: format!("http://{address}"), thread }
    }

    /// Starts a server that sends `bytes`, which may be empty, on every connection and reads
    /// nothing.
    #[must_use]
    pub fn deaf(bytes: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("the listener is bound");
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a client connects");
                // The client may be gone already; that is its right.
                let _ = stream.write_all(&bytes);
                let _ = stream.read(&mut [0; 4096]);
                std::thread::sleep(std::time::Duration::from_secs(if bytes.is_empty() {
                    60
                } else {
                    0
                }));
            }
        });
        address.to_string()
    }

    /// Starts a server that sends `bytes` on every connection and then resets it.
    #[must_use]
    pub fn resetting(bytes: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("the listener is bound");
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a client connects");
                stream.peek(&mut [0]).expect("a request comes");
                stream.write_all(&bytes).expect("the response is taken");
                // A connection that is closed with something left to read is reset.
            }
        });
        address.to_string()
    }

    /// Returns the request, with its headers in alphabetical order and without those that change
    /// from run to run.
    #[must_use]
    pub fn request(self) -> String {
        let request = self.thread.join().expect("the server ran to its end");
        let (head, body) = request.split_once("\r\n\r\n").expect("a request has a head");
        let (first, headers) = head.split_once("\r\n").expect("a request has headers");
        let changing = ["host: ", "user-agent: oauth-token-clients/"];
        let is_stable = |header: &&str| !changing.iter().any(|start| header.starts_with(start));
        let mut headers: Vec<&str> = headers.lines().filter(is_stable).collect();
        headers.sort_unstable();
        format!("{first}\n{}\n\n{body}", headers.join("\n"))
    }
}

/// Returns a response with a body of a media type, or without a body.
#[must_use]
pub fn response(status: u16, media_type: &str, body: &str) -> Vec<u8> {
    let content = match media_type {
        "" => String::new(),
        media_type => format!("content-type: {media_type}\r\ncontent-length: {}\r\n", body.len()),
    };
    format!(
        "HTTP/1.1 {status} Status\r\n{content}x-request-id: 1\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
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
        match stream.read(&mut buffer).expect("the request can be read") {
            0 => return text,
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

/// Runs a call to its end.
pub fn block_on<T>(call: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts")
        .block_on(call)
}
