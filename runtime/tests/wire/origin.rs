//! Tests of the origins that requests go to, and of what is printed of them.

use std::sync::Arc;

use std::convert::Infallible;

use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    Basic, Bearer, Connection, SecretString,
};

use crate::server::{Act, Server, block_on};

static GET: Operation = Operation {
    name: "get",
    method: Method::GET,
    path: "/tokens",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

#[test]
fn plain_http_to_loopback_bypasses_proxies() {
    let (server, proxy) =
        (Server::start(&[Act::answer(200, &[], "")]), Server::start(&[Act::answer(200, &[], "")]));
    let http = reqwest::Client::builder()
        .proxy(reqwest::Proxy::all(&proxy.base_url).expect("the address is a URL"));
    let connection =
        Connection::builder(&server.base_url).http(http).build().expect("the connection is built");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime
        .block_on(Call::new(&connection, None, &GET).send_empty::<Infallible>())
        .expect("the server answers");
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

#[test]
fn user_ids_and_unchecked_base_urls_are_not_printed() {
    let basic = format!("{:?}", Basic::new("canary", "canary"));
    let builder = format!("{:?}", Connection::builder("https://user:canary@host.example"));
    assert!(!basic.contains("canary") && !builder.contains("canary"), "{basic} {builder}");
}

/// Sends a call of an operation with servers of its own, and returns the error.
fn send(connection: &Connection, servers: &[&str]) -> Result<(), String> {
    let token = Bearer::new(SecretString::from("canary"));
    let call = Call::new(connection, Some(Arc::new(token.clone())), &GET).at(servers);
    block_on(call.send_empty::<Infallible>()).map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_server_of_the_operations_own_gets_nothing_until_its_origin_is_allowed() {
    let server = Server::start(&[]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let error = send(&connection, &["https://files.example/up/", "https://other.example:8443"]);
    assert_eq!(
        error.expect_err("nothing is sent"),
        "get: the URL is on https://files.example or https://other.example:8443, not on the server \
         of the client: allow that with `ClientBuilder::allow_origin`; nothing was sent"
    );
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn an_allowed_server_gets_the_request_with_the_credential() {
    let answers = [Act::answer(200, &[], ""), Act::answer(200, &[], "")];
    let (server, files) = (Server::start(&[]), Server::start(&answers));
    let connection = Connection::builder(&server.base_url)
        .replace_origin("https://files.example/", &format!("{}/base", files.base_url))
        .allow_origin(&format!("{}/this/is/no/part/of/it", files.base_url))
        .build()
        .expect("the connection is built");
    send(&connection, &["https://third.example", "https://files.example/up/"]).expect("it is sent");
    send(&connection, &[&format!("{}/down", files.base_url)]).expect("it is sent");
    let requests = files.requests();
    assert!(requests[0].starts_with("GET /base/up/tokens HTTP/1.1"), "{requests:?}");
    assert!(requests[1].starts_with("GET /down/tokens HTTP/1.1"), "{requests:?}");
    assert!(requests.iter().all(|request| request.contains("Bearer canary")), "{requests:?}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_relative_server_is_relative_to_the_base_url() {
    let server = Server::start(&[Act::answer(200, &[], ""), Act::answer(200, &[], "")]);
    let connection = Connection::new(&format!("{}/api/v1", server.base_url));
    let connection = connection.expect("the connection is built");
    send(&connection, &["/v2"]).expect("it is sent");
    send(&connection, &["../v3/"]).expect("it is sent");
    let requests = server.requests().concat();
    assert!(requests.starts_with("GET /v2/tokens HTTP/1.1"), "{requests}");
    assert!(requests.contains("GET /api/v3/tokens HTTP/1.1"), "{requests}");
}

#[test]
fn an_allowed_origin_is_as_secure_as_the_base_url() {
    let build = |origin: &str| Connection::builder("example.com").allow_origin(origin).build();
    let error = build("http://files.example").expect_err("it is not secure");
    assert!(error.to_string().starts_with("an allowed origin is not valid: "), "{error}");
    assert!(build("http://127.0.0.1:1").is_ok() && build("https://files.example").is_ok());
}
