//! Tests the requests of the clients of shapes, over real sockets. The test of all shapes compiles
//! it together with them.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use client::runtime::{Connection, ErrorKind, FilePart};

/// A server that records one request.
struct Server {
    url: String,
    request: Receiver<String>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let (sender, request) = channel();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("the client connects");
            let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
            while !is_complete(&String::from_utf8_lossy(&bytes)) {
                let count = stream.read(&mut buffer).expect("the client sends");
                bytes.extend_from_slice(&buffer[..count]);
            }
            stream.write_all(b"HTTP/1.1 204 Done\r\n\r\n").expect("the client reads");
            drop(sender.send(String::from_utf8_lossy(&bytes).into_owned()));
        });
        Self { url, request }
    }

    /// Returns the request line, the media type and the body.
    fn received(&self) -> (String, String, String) {
        let request = self.request.recv().expect("a request arrives");
        let (head, body) = request.split_once("\r\n\r\n").expect("the head ends");
        let line = head.lines().next().unwrap_or_default().to_owned();
        let media_type = head.lines().find_map(|line| line.strip_prefix("content-type: "));
        (line, media_type.unwrap_or_default().to_owned(), body.to_owned())
    }
}

fn is_complete(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length is a number"))
}

fn connection(server: &Server) -> Connection {
    Connection::new(&server.url).expect("the connection is built")
}

fn block_on<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(call)
}

fn two(first: &str, second: &str) -> Vec<String> {
    vec![first.to_owned(), second.to_owned()]
}

#[test]
fn forms_have_the_documented_encodings() {
    use client::form_encodings::{Client, types};

    let server = Server::start();
    let body = types::AddThingRequest::new()
        .csv(two("a,b", "c d"))
        .deep([("k".to_owned(), "v".to_owned())].into())
        .flat(types::AddThingRequestFlat::new().inner(1))
        .json(two("a", "b"))
        .list(two("a", "b"))
        .piped(two("a", "b"))
        .spaced(two("a", "b"));
    let client = Client::with_connection(connection(&server), ());
    block_on(client.add_thing(&body).send()).expect("the server answers");
    let (_, media_type, form) = server.received();
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    let expected = "csv=a%2Cb,c+d&deep%5Bk%5D=v&inner=1&json=%5B%22a%22%2C%22b%22%5D\
                    &list%5B%5D=a&list%5B%5D=b&piped=a%7Cb&spaced=a+b";
    assert_eq!(form, expected);
}

#[test]
fn parts_are_json_where_the_document_says_so() {
    use client::multipart_encodings::{Client, types};

    let server = Server::start();
    let body = types::AddThingRequest::new()
        .file(FilePart::new("{}").file_name("f"))
        .rows(vec![types::AddThingRequestRowsItem::new().a(1)])
        .size(types::AddThingRequestSize::new().a(2))
        .tags(two("t1", "t2"))
        .text("te")
        .many("x");
    let client = Client::with_connection(connection(&server), ());
    block_on(client.add_thing(&body).send()).expect("the server answers");
    let (_, media_type, body) = server.received();
    let (_, boundary) = media_type.split_once("boundary=").expect("there is a boundary");
    let part = |name: &str, media_type: &str, content: &str| {
        format!("--{boundary}\r\ncontent-disposition: form-data; name={name}\r\ncontent-type: {media_type}\r\n\r\n{content}\r\n")
    };
    let expected = [
        part("\"file\"; filename=\"f\"", "application/json", "{}"),
        part("\"many\"", "text/plain", "x"),
        part("\"rows\"", "application/json", "{\"a\":1}"),
        part("\"size\"", "application/json", "{\"a\":2}"),
        part("\"tags\"", "application/vnd.tags+json", "[\"t1\",\"t2\"]"),
        part("\"text\"", "application/json", "\"te\""),
    ];
    assert_eq!(body, format!("{}--{boundary}--\r\n", expected.concat()));
}

#[test]
fn parts_have_the_documented_styles() {
    use client::styles_of_parts::{Client, types};

    let server = Server::start();
    let body = types::AddThingRequest::new()
        .deep([("k l".to_owned(), "v&".to_owned())].into())
        .listed(two("c", "d"))
        .piped(two("a", "b c"))
        .plain(two("e", "f"));
    let client = Client::with_connection(connection(&server), ());
    block_on(client.add_thing(&body).send()).expect("the server answers");
    let (_, media_type, body) = server.received();
    let (_, boundary) = media_type.split_once("boundary=").expect("there is a boundary");
    let parts = [
        ("deep[k l]", "v&"),
        ("listed", "c,d"),
        ("piped", "a|b c"),
        ("plain", "e"),
        ("plain", "f"),
    ];
    let expected = parts.map(|(name, content)| {
        format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    });
    assert_eq!(body, format!("{}--{boundary}--\r\n", expected.concat()));
}

#[test]
fn a_caller_names_the_media_type_within_a_range() {
    use client::media_types_that_callers_choose::Client;

    let server = Server::start();
    let client = Client::with_connection(connection(&server), ());
    let call = client.put_image("query", "text/plain", "x");
    let error = block_on(call.send()).expect_err("nothing is sent");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let sent = block_on(client.put_anything().body("a/b; c=d", "x").send());
    sent.expect("the server answers");
    let (_, media_type, body) = server.received();
    assert_eq!((media_type.as_str(), body.as_str()), ("a/b; c=d", "x"));
}

#[test]
fn the_first_type_of_json_is_sent_unless_there_is_plain_json() {
    use client::order_of_media_types::Client;

    for (is_plain, expected) in [(true, "application/json"), (false, "application/z+json")] {
        let server = Server::start();
        let client = Client::with_connection(connection(&server), ());
        // The answer is not the documented one.
        let _ = match is_plain {
            true => block_on(client.post_plain(1).send()).is_ok(),
            false => block_on(client.post_first(1).send()).is_ok(),
        };
        assert_eq!(server.received().1, expected);
    }
}

#[test]
fn bytes_are_sent_in_base64_where_the_document_says_so() {
    let server = Server::start();
    let client = client::base64_bodies::Client::with_connection(connection(&server), ());
    block_on(client.put_file(vec![0xfb, 0xff]).send()).expect("the server answers");
    assert_eq!(server.received().2, "+/8=");
}

#[test]
fn operations_have_servers_of_their_own() {
    use client::servers_of_operations::{Client, credentials::Key};

    let (server, files) = (Server::start(), Server::start());
    let client = Client::with_connection(connection(&server), Key::new("canary"));
    let error = block_on(client.get_files().send()).expect_err("nothing is sent");
    assert!(error.to_string().contains("https://files.example.com"), "{error}");
    let client = Client::builder(&server.url)
        .replace_origin("https://files.example.com", &files.url)
        .build(Key::new("canary"))
        .expect("the client is built");
    block_on(client.get_files().send()).expect("the server answers");
    assert_eq!(files.received().0, "GET /up/files HTTP/1.1");
    block_on(client.get_newer().send()).expect("the server answers");
    assert_eq!(server.received().0, "GET /v2/newer HTTP/1.1");
}

#[test]
fn a_client_holds_credentials_in_any_order() {
    use client::alternative_security::{
        Client,
        credentials::{App, Key, Token},
    };

    let (app, key, token) = (App::new("user", "password"), Key::new("key"), Token::new("token"));
    let client = Client::new("example.com", (key.clone(), token.clone())).expect("a client");
    let _ = (client.get_a(), client.get_b(), client.get_c());
    let client = Client::new("example.com", (token.clone(), key.clone())).expect("a client");
    let _ = (client.get_a(), client.get_b(), client.get_c());
    let all = (token.clone(), app.clone(), key.clone());
    let client = Client::new("example.com", all).expect("a client");
    let _ = (client.get_a(), client.get_c(), client.get_d());
    let client = Client::new("example.com", Arc::new((key, token, app))).expect("a client");
    let _ = (client.get_a(), client.get_b(), client.get_c(), client.get_d());
}

#[test]
fn the_credential_fills_the_parameters_that_repeat_its_user_id() {
    use client::values_from_the_credential::{Client, credentials::App};

    let server = Server::start();
    let client = Client::with_connection(connection(&server), App::new("Iv1 1", "canary"));
    block_on(client.list_widgets_of_app("round").send()).expect("the server answers");
    let request = server.received();
    assert_eq!(request.0, "GET /apps/Iv1%201/widgets?shape=round HTTP/1.1");
}
