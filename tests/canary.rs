//! No secret is printed, whatever fails: canaries stand in every sensitive input, credential and response.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::api::{Api, Operation, RustType, schema_name};
use contract_tests::server::{Server, block_on};
use contract_tests::specs::GENERATED;
use oauth_token_clients::runtime::{Connection, ConnectionBuilder, RetryPolicy};
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::sample_calls::{self, SampleCall};

const CANARY: &str = "canary";

/// Everything that is logged, by whomever.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no thread panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

fn operation(call: &SampleCall) -> (&'static Api, &'static Operation) {
    let (api, name) = call.name.split_once('/').expect("a call names API and operation");
    let api = &GENERATED.apis.iter().find(|lowered| lowered.api.name == api).expect("the API is there").api;
    let operation = api.operations.iter().find(|operation| operation.rust_name == name);
    (api, operation.expect("the operation is there"))
}

/// Puts canaries in place of all that is sensitive in `value`.
fn plant(api: &Api, schema: &Value, value: &mut Value) {
    if let Some(named) = schema_name(schema).and_then(|name| api.schema(name)) {
        plant(api, &named.documented, value);
    }
    if schema["format"] == "password" {
        *value = json!(CANARY);
    }
    match value {
        Value::Object(members) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                members.get_mut(name).into_iter().for_each(|member| plant(api, property, member));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(api, &schema["items"], item)),
        _ => {}
    }
}

/// All inputs of a call, with canaries.
fn inputs(call: &SampleCall) -> Value {
    let (api, operation) = operation(call);
    let mut inputs: Value = serde_json::from_str(call.required).expect("inputs are JSON");
    let optional: Value = serde_json::from_str(call.optional).expect("inputs are JSON");
    let members = inputs.as_object_mut().expect("inputs are an object");
    members.extend(optional.as_object().expect("inputs are an object").clone());
    for parameter in operation.parameters.iter().filter(|parameter| parameter.rust_type == RustType::Secret) {
        inputs[&parameter.rust_name] = json!(CANARY);
    }
    if let Some(body) = &operation.body {
        plant(api, &body.schema, &mut inputs["body"]);
    }
    inputs
}

/// A response with canaries in headers that may hold secrets, and with `length` announced.
fn response(status: u16, body: &str, length: usize) -> Vec<u8> {
    let location = format!("http://127.0.0.2:9/?code={CANARY}");
    let headers = format!("location: {location}\r\nset-cookie: {CANARY}\r\nwww-authenticate: {CANARY}\r\n");
    format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

/// What a server can answer, each with canaries.
fn responses(call: &SampleCall) -> Vec<Vec<u8>> {
    let (api, operation) = operation(call);
    let whole = |status: u16, body: &str| response(status, body, body.len());
    let canary = format!("{{\"token\": [\"{CANARY}\"], \"scopes\": {{\"{CANARY}\": 1}}}}");
    let mut responses = vec![
        whole(200, &canary[..canary.len() - 1]),
        whole(200, &format!("\"{CANARY}\"")),
        whole(200, &format!("[[\"{CANARY}\"]]")),
        whole(200, &format!("{{\"{CANARY}\": 1, \"id\": {{\"{CANARY}\": []}}}}")),
        response(200, &canary, canary.len() + 10),
        whole(200, &canary.repeat(100)),
        whole(307, &canary),
        whole(418, &canary),
    ];
    for (documented, &(status, _, body)) in operation.responses.iter().zip(call.responses) {
        responses.push(whole(status, &canary));
        if let Some(schema) = documented.body.as_ref().map(|body| &body.schema) {
            let mut body: Value = serde_json::from_str(body).expect("a sample is JSON");
            plant(api, schema, &mut body);
            responses.push(whole(status, &body.to_string()));
        }
    }
    responses
}

fn connection(server: &str) -> ConnectionBuilder {
    let never = RetryPolicy::never();
    Connection::builder(server).retry(never).attempt_timeout(Duration::from_millis(500)).body_limit(4_000)
}

#[test]
fn no_secret_is_printed_whatever_fails() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    subscriber.with_writer(log.clone()).with_ansi(false).init();
    let refusing = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        format!("http://{}", free.local_addr().expect("the listener is bound"))
    };
    let silent = format!("http://{}", Server::deaf(Vec::new()));
    let no_tls = format!("https://{}", Server::deaf(CANARY.repeat(10).into_bytes()));
    let mut printed = String::new();
    for call in sample_calls::all() {
        let mut outcome = |server: &str, inputs: Value| {
            let outcome = block_on((call.call)(connection(server), inputs));
            printed.push_str(&format!("{} {} {}\n", call.name, outcome.summary, outcome.printed));
        };
        for server in [&refusing, &silent, &no_tls] {
            outcome(server, inputs(call));
        }
        for response in responses(call) {
            outcome(&Server::answering(response).base_url, inputs(call));
        }
        let broken = inputs(call).as_object().expect("inputs are an object").clone();
        for (name, value) in broken.iter().filter(|(_, value)| value.is_string()) {
            let mut inputs = inputs(call);
            inputs[name] = json!(format!("{CANARY}\r\n{}", value.as_str().unwrap_or_default()));
            outcome(&refusing, inputs);
        }
    }
    let logged = String::from_utf8_lossy(&log.0.lock().expect("no thread panicked")).into_owned();
    for kind in ["Connect", "Timeout", "Transport", "Undecodable", "BodyTooLarge", "Documented", "InvalidRequest"] {
        assert!(printed.contains(&format!("Err {kind}")), "{kind} was not tried");
    }
    assert!(logged.contains("http_client_call") && logged.contains("TRACE"), "nothing was logged");
    let pairs = ["client_id", "username"].map(|user| STANDARD.encode(format!("{user}:{CANARY}")));
    for needle in [CANARY, &pairs[0], &pairs[1]] {
        for line in printed.lines().chain(logged.lines()) {
            assert!(!line.contains(needle), "a secret was printed: {line}");
        }
    }
}
