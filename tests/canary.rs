//! Tests that no secret is printed, whatever fails. Every sensitive input, credential and response
//! contains a canary.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::api::{Api, Operation, RustType, Scheme, SchemeKind};
use contract_tests::server::{Server, block_on};
use contract_tests::specs::GENERATED;
use oauth_token_clients::runtime::{ClientBuilder, RetryPolicy};
use openapi::reference::schema_name;
use serde_json::{Value, json};
use tokio_rustls::rustls::{AlertDescription, Error};
use tracing_subscriber::fmt::MakeWriter;

use crate::sample_calls::{self, Outcome, SampleCall};
use crate::tls_server::TlsServer;

const CANARY: &str = "canary";

/// A logger that collects everything that is logged.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Returns the collected log.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no thread panicked")).into_owned()
    }
}

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
    let api = &GENERATED
        .apis
        .iter()
        .find(|lowered| lowered.api.name == api)
        .expect("the API is there")
        .api;
    let operation = api.operations.iter().find(|operation| operation.rust_name == name);
    (api, operation.expect("the operation is there"))
}

/// Replaces every sensitive string in `value` with a canary.
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

/// Returns all inputs of a call, with canaries.
fn inputs(call: &SampleCall) -> Value {
    let (api, operation) = operation(call);
    let mut inputs: Value = serde_json::from_str(call.required).expect("inputs are JSON");
    let optional: Value = serde_json::from_str(call.optional).expect("inputs are JSON");
    let members = inputs.as_object_mut().expect("inputs are an object");
    members.extend(optional.as_object().expect("inputs are an object").clone());
    for parameter in
        operation.parameters.iter().filter(|parameter| parameter.rust_type == RustType::Secret)
    {
        inputs[&parameter.rust_name] = json!(CANARY);
    }
    if let Some(body) = &operation.body {
        plant(api, &body.schema, &mut inputs["body"]);
    }
    inputs
}

/// Returns a response with canaries in the headers that may contain secrets, and with `length` as
/// `Content-Length`.
fn response(status: u16, body: &str, length: usize) -> Vec<u8> {
    let location = format!("http://127.0.0.2:9/?code={CANARY}");
    let headers =
        format!("location: {location}\r\nset-cookie: {CANARY}\r\nwww-authenticate: {CANARY}\r\n");
    format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

/// Returns responses with canaries, each with the outcome of the call if that is the same for all
/// calls.
fn responses(call: &SampleCall) -> Vec<(&'static str, Vec<u8>)> {
    let (api, operation) = operation(call);
    let whole = |status: u16, body: &str| response(status, body, body.len());
    let canary = format!("{{\"token\": [\"{CANARY}\"], \"scopes\": {{\"{CANARY}\": 1}}}}");
    let mut responses = vec![("Err", whole(307, &canary)), ("Err", whole(418, &canary))];
    let (success, _, _) = call.responses[0];
    if let Some(body) = &operation.responses[0].body {
        let is_text = matches!(body.rust_type, RustType::String | RustType::Secret);
        let wrong_type = if is_text { canary.clone() } else { format!("\"{CANARY}\"") };
        responses.extend([
            ("Err Undecodable", whole(success, &canary[..canary.len() - 1])),
            ("Err Undecodable", whole(success, &wrong_type)),
            ("", whole(success, &format!("[[\"{CANARY}\"]]"))),
            ("", whole(success, &format!("{{\"{CANARY}\": 1, \"id\": {{\"{CANARY}\": []}}}}"))),
            ("Err Transport", response(success, &canary, canary.len() + 10)),
            ("Err BodyTooLarge", whole(success, &canary.repeat(100))),
        ]);
    }
    for (documented, &(status, _, body)) in operation.responses.iter().zip(call.responses) {
        let expected = if documented.status.is_success() { "" } else { "Err Documented" };
        responses.push((expected, whole(status, &canary)));
        if let Some(schema) = documented.body.as_ref().map(|body| &body.schema) {
            let mut body: Value = serde_json::from_str(body).expect("an example is JSON");
            plant(api, schema, &mut body);
            let expected = if documented.status.is_success() { "Ok" } else { "Err Documented" };
            responses.push((expected, whole(status, &body.to_string())));
        }
    }
    responses
}

/// Returns a connection to a server without TLS. Reading the certificates of the system each time
/// would take the most time.
fn plain(call: &SampleCall, server: &str) -> ClientBuilder {
    (call.connection)(server).http(reqwest::Client::builder().tls_certs_only([]))
}

/// Calls the servers and compares the outcomes with the expected ones.
#[derive(Default)]
struct Calls {
    printed: String,
}

impl Calls {
    /// `expected` is the start of the outcome's summary. `sign` is a string that must be printed.
    fn check(
        &mut self,
        call: &SampleCall,
        server: ClientBuilder,
        inputs: Value,
        expected: &str,
        sign: &str,
    ) {
        let outcome =
            block_on((call.call)(server.retry(RetryPolicy::never()).body_limit(4_000), inputs));
        let Outcome { summary, printed } = &outcome;
        assert!(
            summary.starts_with(expected) && printed.contains(sign),
            "{} is not {expected}: {summary}",
            call.name
        );
        self.printed.push_str(&format!("{} {summary} {printed}\n", call.name));
    }

    /// Servers that do not exist, do not respond, or are not trusted by the client.
    fn connections(&mut self, call: &SampleCall, untrusted: &TlsServer) {
        let refusing = {
            let free =
                std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
            format!("http://{}", free.local_addr().expect("the listener is bound"))
        };
        self.check(call, plain(call, &refusing), inputs(call), "Err Connect", "ConnectionRefused");
        let silent = format!("http://{}", Server::deaf(Vec::new()));
        let silent = plain(call, &silent).attempt_timeout(Duration::from_millis(50));
        self.check(call, silent, inputs(call), "Err Timeout", "");
        let no_tls = format!("https://{}", Server::deaf(CANARY.repeat(10).into_bytes()));
        self.check(
            call,
            (call.connection)(&no_tls),
            inputs(call),
            "Err Connect",
            "InvalidContentType",
        );
        self.check(
            call,
            (call.connection)(&untrusted.base_url),
            inputs(call),
            "Err Connect",
            "UnknownIssuer",
        );
        let alert = Error::AlertReceived(AlertDescription::UnknownCA);
        assert_eq!(untrusted.handshake(), Err(alert), "{}", call.name);
        let trusting = reqwest::Client::builder().tls_certs_only([untrusted.certificate.clone()]);
        let trusting = (call.connection)(&untrusted.base_url).http(trusting);
        self.check(call, trusting, inputs(call), "", "status: 200");
        assert_eq!(untrusted.handshake(), Ok(()), "{}", call.name);
    }

    /// Connections that end within a success.
    fn resets(&mut self, call: &SampleCall) {
        let (success, media_type, _) = call.responses[0];
        if !media_type.is_empty() {
            let server = format!("http://{}", Server::resetting(response(success, CANARY, 100)));
            self.check(
                call,
                plain(call, &server),
                inputs(call),
                "Err Transport",
                "ConnectionReset",
            );
            self.check(
                call,
                plain(call, &server),
                inputs(call),
                "Err Transport",
                &format!("status: {success}"),
            );
        }
    }

    /// Inputs that are not valid in a header, or not allowed at all.
    fn broken_inputs(&mut self, call: &SampleCall) {
        let whole = inputs(call).as_object().expect("inputs are an object").clone();
        for (name, value) in whole.iter().filter(|(_, value)| value.is_string()) {
            let mut inputs = inputs(call);
            inputs[name] = json!(format!("{CANARY}\r\n{}", value.as_str().unwrap_or_default()));
            self.check(call, plain(call, "http://127.0.0.1:9"), inputs, "Err", "");
        }
    }
}

/// The security schemes of all APIs that their sample calls have a credential for.
fn schemes() -> impl Iterator<Item = &'static Scheme> {
    let is_required = |api: &Api, scheme: &Scheme| {
        let mut first =
            api.operations.iter().filter_map(|operation| operation.security.first()).flatten();
        first.any(|(name, _)| *name == scheme.name)
    };
    let apis = GENERATED.apis.iter().map(|lowered| &lowered.api);
    apis.flat_map(move |api| api.schemes.iter().filter(move |scheme| is_required(api, scheme)))
}

/// Returns the value that a server receives for basic authentication: the name of the first part, a
/// colon and the canary.
fn sent_pair(scheme: &Scheme) -> Option<String> {
    match &scheme.kind {
        SchemeKind::Basic { user_id, .. } => Some(STANDARD.encode(format!("{user_id}:{CANARY}"))),
        _ => None,
    }
}

/// A success with a canary wherever a response can contain one.
fn over_http2() -> http::Response<&'static [u8]> {
    let response = http::Response::builder()
        .status(200)
        .header("set-cookie", CANARY)
        .header("location", CANARY);
    response.body(b"{\"canary\": [\"canary\"]}".as_slice()).expect("the headers are allowed")
}

#[test]
fn no_secret_is_printed_whatever_fails() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    subscriber.with_writer(log.clone()).with_ansi(false).init();
    let tls = TlsServer::start(over_http2());
    let mut calls = Calls::default();
    for call in sample_calls::all() {
        calls.connections(call, &tls);
        calls.resets(call);
        calls.broken_inputs(call);
        for (expected, response) in responses(call) {
            calls.check(
                call,
                plain(call, &Server::answering(response).base_url),
                inputs(call),
                expected,
                "",
            );
        }
    }
    let logged = log.text();
    for kind in ["Undocumented", "Documented", "InvalidRequest"] {
        assert!(calls.printed.contains(&format!("Err {kind}")), "{kind} was not tried");
    }
    for source in ["http_client_call", "TRACE", "reqwest::", "hyper_util::", "rustls::", "h2::"] {
        assert!(logged.contains(source), "{source} has logged nothing");
    }
    let debugs =
        ["Client {", "Connection {", "Call {", "Response {", "Received {", "Basic {", "Bearer {"];
    for debug in debugs
        .map(str::to_owned)
        .into_iter()
        .chain(schemes().map(|scheme| format!("{}(", scheme.rust_name)))
    {
        assert!(calls.printed.contains(&debug), "no {debug} was printed");
    }
    let secrets: BTreeSet<String> =
        schemes().filter_map(sent_pair).chain([CANARY.to_owned()]).collect();
    assert!(secrets.len() > 1, "no API has basic authentication");
    for line in calls.printed.lines().chain(logged.lines()) {
        assert!(
            !secrets.iter().any(|secret| line.contains(secret)),
            "a secret was printed: {line}"
        );
    }
}
