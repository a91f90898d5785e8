//! Tests of bodies that are not JSON.

use std::collections::BTreeMap;
use std::convert::Infallible;

use oauth_token_clients_runtime::{
    __codegen::{Call, Encoding, Method, Operation, StatusPattern, Validate},
    Connection, ErrorKind, FilePart, RawBody, SecretString,
};

use crate::server::{Act, Server, block_on};

static POST: Operation = Operation {
    name: "post",
    method: Method::POST,
    path: "/bodies",
    accept: "*/*",
    idempotent: false,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Sends a call that `fill` fills, and returns the request and the body of the response. The server
/// responds with `answer`.
fn send(answer: &str, fill: impl FnOnce(&mut Call)) -> (String, RawBody) {
    let server = Server::start(&[Act::answer(200, &[("content-type", "text/plain")], answer)]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, None, &POST);
    fill(&mut call);
    let body = block_on(call.send_raw::<Infallible>()).expect("the server answers").into_value();
    (server.requests().concat(), body)
}

#[test]
fn a_form_has_a_pair_for_each_property_including_secrets() {
    let properties = [("grant_type", "device code"), ("client_secret", "s&e=c%ret")];
    let form: BTreeMap<String, SecretString> =
        properties.map(|(name, value)| (name.to_owned(), SecretString::from(value))).into();
    let (request, _) = send("", |call| call.form("application/x-www-form-urlencoded", &form, &[]));
    assert!(request.contains("content-type: application/x-www-form-urlencoded\r\n"), "{request}");
    assert!(
        request.ends_with("\r\n\r\nclient_secret=s%26e%3Dc%25ret&grant_type=device+code"),
        "{request}"
    );
}

#[test]
fn raw_bodies_are_sent_and_received_unchanged() {
    let body = RawBody::from("a,b\r\n1,2\r\n");
    let (request, answer) = send("plain \u{e4}", |call| call.raw("text/csv", &body));
    assert!(
        request.contains("content-type: text/csv\r\n")
            && request.ends_with("\r\n\r\na,b\r\n1,2\r\n"),
        "{request}"
    );
    assert_eq!(answer.expose_text(), Some("plain \u{e4}"));
    assert_eq!(format!("{answer:?}"), "[8 bytes]");
}

#[test]
fn multipart_bodies_include_files_and_secrets_and_have_a_new_boundary_each_time() {
    #[derive(serde::Serialize)]
    struct Upload {
        logo: FilePart,
        token: SecretString,
    }
    impl Validate for Upload {}
    let upload = Upload {
        logo: FilePart::new(vec![0, 255]).file_name("l.png"),
        token: SecretString::from("canary"),
    };
    let boundaries = [(); 2].map(|()| {
        let (request, _) = send("", |call| call.multipart("multipart/form-data", &upload, &[("logo", Encoding::MediaType("image/png"))]));
        let (head, body) = request.split_once("\r\n\r\n").expect("there is a body");
        let (_, boundary) = head.split_once("content-type: multipart/form-data; boundary=").expect("it is multipart");
        let boundary = boundary.split("\r\n").next().expect("a line").to_owned();
        let expected = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"logo\"; filename=\"l.png\"\r\n\
             content-type: image/png\r\n\r\n\u{0}\u{fffd}\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\ncanary\r\n--{boundary}--\r\n"
        );
        assert_eq!(body, expected);
        boundary
    });
    assert_ne!(boundaries[0], boundaries[1]);
}

#[test]
fn a_body_of_base64_is_encoded() {
    let (request, _) = send("", |call| call.base64("application/pdf", vec![0xfb, 0xff, 1, 2]));
    assert!(request.contains("content-length: 8\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n+/8BAg=="), "{request}");
}

#[test]
fn a_caller_chooses_a_media_type_that_the_document_allows() {
    let choices = ["image/*", "text/csv"];
    let (request, _) = send("", |call| {
        call.raw("image/png", "x");
        call.media_type(&choices, "image/svg+xml; charset=utf-8");
    });
    assert!(request.contains("content-type: image/svg+xml; charset=utf-8\r\n"), "{request}");
    assert_eq!(request.matches("content-type").count(), 1, "{request}");
    let connection = Connection::new("http://127.0.0.1:9").expect("the connection is built");
    for media_type in ["text/plain", "image/*", "image", "image/png\r\nx: y", ""] {
        let mut call = Call::new(&connection, None, &POST);
        call.raw("image/png", "x");
        call.media_type(&choices, media_type);
        let error = block_on(call.send_empty::<Infallible>()).expect_err("nothing is sent");
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest), "{error}");
        let message = "the body must have a media type that matches image/* or text/csv";
        assert!(error.to_string().contains(message), "{error}");
    }
}
