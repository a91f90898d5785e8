//! Tests the span of each call: it has OpenTelemetry's names and no parameter values.

use contract_tests::server::{Server, block_on};
use oauth_token_clients::ghes_oauth_apps::{Client, credentials, types};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::canary::Log;

#[test]
fn a_span_tells_template_status_and_request_id_but_no_value() {
    let answer = "HTTP/1.1 404 Not Found\r\nx-github-request-id: AB:12\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = Server::answering(answer.as_bytes().to_vec());
    let log = Log::default();
    let spans = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_span_events(FmtSpan::CLOSE);
    let guard = spans.with_writer(log.clone()).with_ansi(false).finish().set_default();
    let client = Client::new(&server.base_url, credentials::App::new("value-1", "value-2"))
        .expect("it is acceptable");
    let request = types::CheckTokenRequest::new("value-3");
    block_on(client.check_token(&request).send()).expect_err("there is no such token");
    drop(guard);
    let log = log.text();
    for field in [
        "http_client_call",
        "otel.name=POST /applications/{client_id}/token",
        "otel.kind=\"client\"",
        "http.request.method=POST",
        "url.template=\"/applications/{client_id}/token\"",
        "http.response.status_code=404",
        "http.response.request_id=\"AB:12\"",
        "error.type=Documented",
    ] {
        assert!(log.contains(field), "{field} is not in {log}");
    }
    assert!(!log.contains("value-"), "{log}");
}

#[test]
fn a_notice_is_an_event_without_the_texts_of_the_server() {
    let answer = "HTTP/1.1 404 Not Found\r\ndeprecation: @60\r\nsunset: Thu, 01 Jan 1970 00:01:30 GMT\r\n\
                  azure-deprecating: value-1\r\nlink: <value-2>; rel=sunset\r\ncontent-length: 0\r\n\
                  connection: close\r\n\r\n";
    let log = Log::default();
    let events = tracing_subscriber::fmt().with_max_level(LevelFilter::INFO);
    let guard = events.with_writer(log.clone()).with_ansi(false).finish().set_default();
    let server = Server::answering(answer.as_bytes().to_vec());
    let client = Client::new(&server.base_url, credentials::App::new("value-1", "value-2"))
        .expect("it is acceptable");
    let request = types::CheckTokenRequest::new("value-3");
    let call = client.check_token(&request);
    block_on(call.send()).expect_err("there is no such token");
    drop(guard);
    let log = log.text();
    for field in [
        "WARN",
        "the server announces a deprecation or an end",
        "deprecated=true",
        "deprecation=Thu, 01 Jan 1970 00:01:00 GMT",
        "sunset=Thu, 01 Jan 1970 00:01:30 GMT",
    ] {
        assert!(log.contains(field), "{field} is not in {log}");
    }
    assert!(!log.contains("value-"), "{log}");
}
