//! A server on loopback that keeps its connections open and sends the responses of the vendor's
//! page.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// The vendor's example of an authorization.
pub const AUTHORIZATION: &str = include_str!("authorization.json");

/// Headers that the vendor's servers send.
const HEADERS: &str = "server: GitHub.com\r\ndate: Tue, 06 Sep 2011 20:39:23 GMT\r\n\
    content-type: application/json; charset=utf-8\r\ncache-control: private, max-age=60, s-maxage=60\r\n\
    vary: Accept, Authorization, Cookie, X-GitHub-OTP\r\netag: \"644b5b0155e6404a9cc4bd9d8b1ae730\"\r\n\
    x-github-media-type: github.v3; format=json\r\nx-ratelimit-limit: 5000\r\nx-ratelimit-remaining: 4987\r\n\
    x-ratelimit-reset: 1315342800\r\nx-github-request-id: 0C5A:1F3B:2A1D0C:3C5E7F:4E668A4B\r\n";

/// Starts the server on its own thread and returns its address, such as `http://127.0.0.1:1234`.
///
/// # Errors
/// Returns an error if it cannot listen.
pub fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || serve(stream));
        }
    });
    Ok(address)
}

/// Answers every request of a connection.
fn serve(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    while let Some(request) = read(&mut requests)? {
        let body = match request.starts_with("GET ") {
            true => format!("[{AUTHORIZATION}]"),
            false => AUTHORIZATION.to_owned(),
        };
        let length = body.len();
        stream.write_all(
            format!("HTTP/1.1 200 OK\r\n{HEADERS}content-length: {length}\r\n\r\n{body}")
                .as_bytes(),
        )?;
    }
    Ok(())
}

/// Reads the next request to its end and returns its first line.
fn read(requests: &mut impl BufRead) -> io::Result<Option<String>> {
    let (mut first, mut length) = (String::new(), 0);
    requests.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if requests.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().unwrap_or(0)
            }
            Some(_) => {}
            None => break,
        }
    }
    io::copy(&mut requests.take(length), &mut io::sink())?;
    Ok(Some(first))
}
