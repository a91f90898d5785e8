//! Tests the requests and outcomes of every operation, over real sockets.

use codegen::api::Status;
use contract_tests::server::{Server, block_on, response};
use contract_tests::specs::GENERATED;
use oauth_token_clients::runtime::{ClientBuilder, RetryPolicy};
use serde_json::{Map, Value};

use crate::sample_calls::{self, SampleCall};
use crate::snapshots::{snapshot, wire_name};

/// The address of the discard port, on which no server listens.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Calls the operation on a server that sends `response`. Returns the request and the outcome.
fn exchange(call: &SampleCall, response: Vec<u8>, inputs: Value) -> (String, String) {
    let server = Server::answering(response);
    let outcome = block_on((call.call)(once(call, &server.base_url), inputs)).summary;
    (server.request(), outcome)
}

/// Returns true if the operation documents the status code.
fn documents(call: &SampleCall, is_meant: fn(Status) -> bool) -> bool {
    let (api, name) = call.name.split_once('/').expect("a call names API and operation");
    let mut operations = GENERATED
        .apis
        .iter()
        .filter(|lowered| lowered.api.name == api)
        .flat_map(|lowered| &lowered.api.operations);
    let operation =
        operations.find(|operation| operation.rust_name == name).expect("the operation is there");
    operation.responses.iter().any(|response| is_meant(response.status))
}

/// Returns a connection to a server with the path of the API, without retries.
fn once(call: &SampleCall, server: &str) -> ClientBuilder {
    (call.connection)(server).retry(RetryPolicy::never())
}

/// Returns only the required inputs.
fn required(call: &SampleCall) -> Value {
    serde_json::from_str(call.required).expect("inputs are JSON")
}

/// Returns all inputs.
fn full(call: &SampleCall) -> Value {
    let optional: Map<String, Value> =
        serde_json::from_str(call.optional).expect("inputs are JSON");
    let mut inputs = required(call);
    inputs.as_object_mut().expect("inputs are an object").extend(optional);
    inputs
}

#[test]
fn requests_and_outcomes_are_as_reviewed() {
    for call in sample_calls::all() {
        let (first, _, _) = call.responses[0];
        let mut text = exchange(call, response(first, "", ""), required(call)).0;
        let full = exchange(call, response(first, "", ""), full(call)).0;
        if full != text {
            text = format!("{text}\n\n--- with all optional parameters\n{full}");
        }
        for &(status, media_type, body) in call.responses {
            let (_, outcome) = exchange(call, response(status, media_type, body), required(call));
            text = format!("{text}\n\n--- {status}\n{outcome}");
        }
        snapshot(&wire_name(call.name), &text);
    }
}

#[test]
fn status_alone_selects_the_error_whatever_the_body_is() {
    for call in sample_calls::all() {
        for &(status, _, body) in call.responses.iter().filter(|(status, _, _)| *status >= 300) {
            let (_, documented) =
                exchange(call, response(status, "application/json", body), required(call));
            let (_, html) =
                exchange(call, response(status, "text/html", "<h1>Not here</h1>"), required(call));
            assert!(html.starts_with("Err Documented"), "{} {status}: {html}", call.name);
            let variant = |outcome: &str| {
                outcome.lines().nth(2).map(|line| line.split(['(', ' ']).next().map(str::to_owned))
            };
            assert_eq!(variant(&documented), variant(&html), "{} {status}", call.name);
        }
    }
}

#[test]
fn undocumented_statuses_and_undecodable_successes_keep_their_status() {
    for call in sample_calls::all() {
        let documents_default =
            documents(call, |status| matches!(status, Status::Default | Status::Range(4)));
        let (_, outcome) = exchange(call, response(418, "text/plain", "teapot"), required(call));
        let expected = if documents_default { "Err Documented" } else { "Err Undocumented" };
        assert!(
            outcome.starts_with(expected) && outcome.contains("418"),
            "{}: {outcome}",
            call.name
        );
        for &(status, media_type, _) in call.responses.iter().filter(|(status, _, _)| *status < 300)
        {
            let (_, outcome) =
                exchange(call, response(status, "application/json", "<html>"), required(call));
            let expected = if media_type.is_empty() { "Ok" } else { "Err Undecodable" };
            assert!(
                outcome.starts_with(expected) && outcome.contains(&status.to_string()),
                "{}: {outcome}",
                call.name
            );
        }
    }
}

#[test]
fn redirects_are_outcomes_and_are_not_followed() {
    for call in sample_calls::all() {
        let elsewhere =
            b"HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.2:9/\r\ncontent-length: 0\r\n\r\n"
                .to_vec();
        let (_, outcome) = exchange(call, elsewhere, required(call));
        assert!(outcome.starts_with("Err") && outcome.contains("307"), "{}: {outcome}", call.name);
    }
}

#[test]
fn a_server_that_is_not_there_is_a_connect_error() {
    for call in sample_calls::all() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let base_url = format!("http://{}", free.local_addr().expect("the listener is bound"));
        drop(free);
        let outcome = block_on((call.call)(once(call, &base_url), full(call))).summary;
        assert!(outcome.starts_with("Err Connect"), "{}: {outcome}", call.name);
    }
}

/// The sample calls themselves prove that clients, errors and responses can be shared.
#[test]
fn every_call_can_go_to_another_thread() {
    for call in sample_calls::all() {
        let running = (call.call)(once(call, NOWHERE), required(call));
        let outcome = std::thread::spawn(|| block_on(running))
            .join()
            .expect("the call does not panic")
            .summary;
        assert!(outcome.starts_with("Err Connect"), "{}: {outcome}", call.name);
    }
}

#[test]
fn every_constraint_is_enforced_before_anything_is_sent() {
    let mut broken = 0;
    for call in sample_calls::all() {
        for &(rule, pointer, value) in call.violations {
            let mut inputs = full(call);
            let input = inputs
                .pointer_mut(pointer)
                .unwrap_or_else(|| panic!("{}: no example for {pointer}", call.name));
            *input = serde_json::from_str(value).expect("an input is JSON");
            let outcome = block_on((call.call)(once(call, NOWHERE), inputs)).summary;
            assert!(
                outcome.starts_with("Err InvalidRequest"),
                "{} {pointer} {rule}: {outcome}",
                call.name
            );
            broken += 1;
        }
    }
    assert!(broken >= 10, "only {broken} constraints were broken");
}

#[test]
fn the_path_of_a_server_is_not_appended_to_another_documented_server() {
    use oauth_token_clients::ghes_oauth_apps::Client;

    let base_url = |server: &str| {
        let connection = Client::builder(server).build_connection().expect("it is acceptable");
        connection.base_url().as_str().to_owned()
    };
    assert_eq!(base_url("api.github.com"), "https://api.github.com");
    assert_eq!(base_url("https://api.github.com/"), "https://api.github.com");
    assert_eq!(base_url("github.example.com"), "https://github.example.com/api/v3");
}

#[test]
fn a_client_that_holds_two_credentials_sends_the_one_that_the_operation_asks_for() {
    use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials};

    let authorization = |is_user: bool| {
        let server = Server::answering(response(204, "", ""));
        let both =
            (credentials::App::new("app", "secret"), credentials::User::new("user", "password"));
        let client = Client::builder(&server.base_url)
            .retry(RetryPolicy::never())
            .build(both)
            .expect("the server is acceptable");
        #[expect(deprecated, reason = "deprecated operations are called like all others")]
        let outcome = match is_user {
            true => block_on(client.delete_grant(1).send()).is_ok(),
            false => block_on(client.revoke_grant_for_application(&"token".into()).send()).is_ok(),
        };
        assert!(outcome);
        let request = server.request();
        let line = request.lines().find_map(|line| line.strip_prefix("authorization: Basic "));
        line.expect("a credential was sent").to_owned()
    };
    // `user:password` and `app:secret` in base64.
    assert_eq!(
        (authorization(true).as_str(), authorization(false).as_str()),
        ("dXNlcjpwYXNzd29yZA==", "YXBwOnNlY3JldA==")
    );
}
