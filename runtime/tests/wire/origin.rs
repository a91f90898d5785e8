//! Tests of the proxy and of the debug output of credentials and connections.

use std::convert::Infallible;

use oauth_token_clients_runtime::{Basic, Call, Connection, Method, Operation, StatusPattern};

use crate::server::{Act, Server};

static GET: Operation = Operation {
    name: "get",
    method: Method::GET,
    path: "/tokens",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
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
