//! Runs the README's example against a server that knows one token, and then a small service.

mod service;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::OnceLock;

/// Returns the address at which the example finds the server.
static BASE_URL: OnceLock<String> = OnceLock::new();

fn base_url() -> String {
    BASE_URL.get().expect("the server was started").clone()
}

/// Responds to one request and returns it.
fn serve(listener: &TcpListener) -> String {
    let (mut stream, _) = listener.accept().expect("the example connects");
    let mut request = String::new();
    let mut buffer = [0; 4096];
    while !request.contains("\r\n\r\n") || !request.ends_with('}') {
        let count = stream.read(&mut buffer).expect("the request can be read");
        request.push_str(std::str::from_utf8(&buffer[..count]).expect("the request is text"));
    }
    let body = r#"{"id": 1, "token": "canary", "scopes": null}"#;
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).expect("the response is taken");
    request
}

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("the listener is bound");
    BASE_URL.set(format!("http://{address}")).expect("the server is started once");
    let server = std::thread::spawn(move || serve(&listener));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(check_token("Iv1.1", "secret", "token")).expect("the example succeeds");
    let request = server.join().expect("the server ran to its end");
    assert!(request.starts_with("POST /api/v3/applications/Iv1.1/token HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with(r#"{"access_token":"token"}"#), "{request}");
    println!("the README's example works");
    runtime.block_on(service::run()).expect("the clients can be built");
    println!("the service works");
}
