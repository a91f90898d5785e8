//! Sends the calls of clients to servers that answer as they are told, and prints what comes of it.

#[allow(dead_code, reason = "only a part of it is used")]
#[path = "../../sample_calls/mod.rs"]
mod sample_calls;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use client::runtime::RetryPolicy;
use serde_json::{Value, json};

fn main() {
    let calls = std::fs::read_to_string("calls.json").expect("there are calls");
    let calls: Vec<Value> = serde_json::from_str(&calls).expect("the calls are JSON");
    let results: Vec<Value> = calls.iter().filter_map(run).collect();
    println!("{}", Value::Array(results));
}

/// Runs a call to its end, on a server that sends one response.
fn run(call: &Value) -> Option<Value> {
    let sample = sample_calls::all().into_iter().find(|sample| sample.name == call["name"])?;
    let text = |key: &str| call[key].as_str().unwrap_or_default().to_owned();
    let response = response(call["status"].as_u64()?, &text("media_type"), &text("body"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("the listener is bound");
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().ok()?;
        let request = read_request(&mut stream);
        stream.write_all(response.as_bytes()).ok()?;
        Some(request)
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let url = format!("http://{address}");
    let connection = (sample.connection)(&url).retry(RetryPolicy::never());
    let inputs = serde_json::from_str(sample.required).expect("inputs are JSON");
    let outcome = runtime.block_on((sample.call)(connection, inputs));
    // A call that sends nothing leaves the server waiting.
    drop(TcpStream::connect(address));
    let request = server.join().expect("the server ends").unwrap_or_default();
    Some(json!({"call": call, "outcome": outcome.summary, "request": request}))
}

fn response(status: u64, media_type: &str, body: &str) -> String {
    let content = match media_type {
        "" => "content-length: 0\r\n".to_owned(),
        media_type => format!("content-type: {media_type}\r\ncontent-length: {}\r\n", body.len()),
    };
    let content = if status == 204 { "" } else { &content };
    format!("HTTP/1.1 {status} Status\r\n{content}connection: close\r\n\r\n{body}")
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let is_chunked = head.contains("transfer-encoding: chunked");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
            if (is_chunked && body.ends_with("0\r\n\r\n")) || (!is_chunked && body.len() >= length) {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}
