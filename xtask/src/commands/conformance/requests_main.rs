//! Records the requests of all sample calls, each with the required inputs and with all.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, channel};

#[allow(warnings, reason = "generated code does not know who includes it")]
#[path = "../sample_calls/mod.rs"]
mod sample_calls;

use ::client::runtime::RetryPolicy;
use sample_calls::SampleCall;
use serde_json::{Value, json};

fn main() {
    let path = std::env::args().nth(1).expect("the output is named");
    let mut output = std::fs::File::create(path).expect("the output can be written");
    let (server, requests) = serve();
    // Panics are outcomes.
    std::panic::set_hook(Box::new(|_| {}));
    for call in sample_calls::all() {
        let read = |inputs| serde_json::from_str::<Value>(inputs).expect("inputs are JSON");
        let (required, optional) = (read(call.required), read(call.optional));
        let mut all = required.clone();
        let more = optional.as_object().expect("inputs are an object").clone();
        all.as_object_mut().expect("inputs are an object").extend(more);
        let sets = [("required", required.clone()), ("all", all)];
        for (inputs, values) in sets.into_iter().filter(|(name, all)| *name == "required" || *all != required) {
            let (outcome, value) = outcome(call, &server, values, &requests);
            let operation = call.name.split('/').nth(1).unwrap_or(call.name);
            let line = json!({"operation": operation, "inputs": inputs, "outcome": outcome, "value": value});
            writeln!(output, "{line}").expect("the output can be written");
        }
    }
}

/// Calls an operation. Returns the kind of outcome, with the request in hexadecimal digits or the
/// reason why there is none.
fn outcome(call: &SampleCall, server: &str, inputs: Value, requests: &Receiver<Vec<u8>>) -> (&'static str, String) {
    // Documents name paths without that of the server.
    let connection = (call.connection)(server).path("").retry(RetryPolicy::never());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let called = catch_unwind(AssertUnwindSafe(|| runtime.block_on((call.call)(connection, inputs))));
    match (called, requests.try_recv()) {
        (_, Ok(request)) => ("sent", request.iter().map(|byte| format!("{byte:02x}")).collect()),
        (Ok(outcome), Err(_)) => ("refused", outcome.summary),
        (Err(panic), Err(_)) => {
            let message = panic.downcast_ref::<String>().cloned();
            let constant = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            ("panicked", message.or(constant).unwrap_or_default())
        }
    }
}

/// Starts a server that keeps each request.
fn serve() -> (String, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("the listener is bound");
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a client connects");
            let request = read_request(&mut stream);
            sender.send(request).expect("the program is running");
            let _ = stream.write_all(b"HTTP/1.1 503 Recorded\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    (format!("http://{address}"), receiver)
}

fn read_request(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65536];
    while !is_complete(&bytes) {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    bytes
}

fn is_complete(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match header("content-length:").and_then(|length| length.parse::<usize>().ok()) {
        Some(length) => bytes.len() >= end + 4 + length,
        None => header("transfer-encoding:").is_none() || bytes.ends_with(b"0\r\n\r\n"),
    }
}
