//! Runs every example as a program against a server on loopback.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::thread::JoinHandle;

/// Starts a server that sends each response once and returns the first lines of the requests.
fn serve(
    answers: &'static [(u16, &'static str, &'static str)],
) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let server = format!("http://{}", listener.local_addr().expect("the listener is bound"));
    let thread = std::thread::spawn(move || {
        let mut first_lines = Vec::new();
        for (status, header, body) in answers {
            let (mut stream, _) = listener.accept().expect("the example connects");
            let mut bytes = Vec::new();
            let mut buffer = [0; 4096];
            while !is_complete(&bytes) {
                let count = stream.read(&mut buffer).expect("the request can be read");
                bytes.extend_from_slice(&buffer[..count]);
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            first_lines.push(text.lines().next().unwrap_or_default().to_owned());
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Status\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(format!("{head}{body}").as_bytes()).expect("the response is taken");
        }
        first_lines
    });
    (server, thread)
}

fn is_complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        body.len() >= length.map_or(0, |length| length.parse().expect("a length is a number"))
    })
}

/// Runs an example against the responses. Returns its output and the requests.
fn run(
    program: &str,
    variables: &[(&str, &str)],
    answers: &'static [(u16, &str, &str)],
) -> (String, Vec<String>) {
    let (output, requests) = finished(program, variables, answers);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    (String::from_utf8_lossy(&output.stdout).into_owned(), requests)
}

/// Runs an example that may fail. Returns its end and the requests.
fn finished(
    program: &str,
    variables: &[(&str, &str)],
    answers: &'static [(u16, &str, &str)],
) -> (Output, Vec<String>) {
    let (server, thread) = serve(answers);
    let mut command = Command::new(program);
    let output = command
        .env_clear()
        .env("SERVER", server)
        .envs(variables.iter().copied())
        .output()
        .expect("it runs");
    let (printed, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(
        !printed.contains("canary") && !errors.contains("canary"),
        "a secret was printed: {printed} {errors}"
    );
    (output, thread.join().expect("the server ran to its end"))
}

const APP: &[(&str, &str)] =
    &[("CLIENT_ID", "Iv1.1"), ("CLIENT_SECRET", "canary"), ("TOKEN", "canary")];
const AZURE: &[(&str, &str)] = &[
    ("AZURE_TOKEN", "canary"),
    ("SUBSCRIPTION_ID", "12345678-1234-1234-1234-123456789012"),
    ("RESOURCE_GROUP", "group"),
    ("CONTAINER_APP", "app"),
    ("FACTORY", "factory"),
    ("GITHUB_CODE", "canary"),
];

/// A file that does not exist yet, in a folder that is deleted when the value is dropped.
fn token_file() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("token").display().to_string();
    (folder, path)
}

fn with<'v>(
    variables: &[(&'v str, &'v str)],
    name: &'v str,
    value: &'v str,
) -> Vec<(&'v str, &'v str)> {
    variables.iter().copied().chain([(name, value)]).collect()
}

#[test]
fn revokes_a_leaked_token_that_is_alive() {
    let program = env!("CARGO_BIN_EXE_revoke_leaked_token");
    let (printed, requests) =
        run(program, APP, &[(200, "", r#"{"token":"canary"}"#), (204, "", "")]);
    assert_eq!(printed, "The token was alive and is revoked.\n");
    let path = "/api/v3/applications/Iv1.1/token HTTP/1.1";
    assert_eq!(requests, [format!("POST {path}"), format!("DELETE {path}")]);
    let (printed, requests) = run(program, APP, &[(404, "", "{}")]);
    assert_eq!((printed.as_str(), requests.len()), ("The token is dead already.\n", 1));
}

#[test]
fn a_page_of_another_server_does_not_say_that_a_token_is_dead() {
    let program = env!("CARGO_BIN_EXE_revoke_leaked_token");
    let (output, requests) = finished(program, APP, &[(404, "", "<html>Not Found</html>")]);
    assert_eq!((output.status.code(), requests.len()), (Some(1), 1));
    assert!(output.stdout.is_empty());
}

#[test]
fn rotates_a_token() {
    let (_folder, path) = token_file();
    let program = env!("CARGO_BIN_EXE_rotate_token");
    let (_, requests) =
        run(program, &with(APP, "TOKEN_FILE", &path), &[(200, "", r#"{"token":"canary-2"}"#)]);
    assert_eq!(requests, ["PATCH /api/v3/applications/Iv1.1/token HTTP/1.1"]);
    assert_eq!(std::fs::read_to_string(path).expect("the file is there"), "canary-2");
}

#[test]
fn lists_the_grants_of_all_pages() {
    let program = env!("CARGO_BIN_EXE_list_grants");
    let variables = [("USERNAME", "octocat"), ("PASSWORD", "canary"), ("OTP", "canary")];
    let (printed, requests) = run(
        program,
        &variables,
        &[
            (
                200,
                "link: </api/v3/applications/grants?page=2>; rel=\"next\"\r\n",
                r#"[{"app":{"name":"A"},"scopes":["repo"]}]"#,
            ),
            (200, "", r#"[{"app":null,"scopes":null}]"#),
        ],
    );
    assert_eq!(printed, "A: repo\nan app without a name: \n");
    let pages = ["per_page=100", "page=2"]
        .map(|query| format!("GET /api/v3/applications/grants?{query} HTTP/1.1"));
    assert_eq!(requests, pages);
}

#[test]
fn gets_a_container_app_token() {
    let program = env!("CARGO_BIN_EXE_container_app_token");
    let body = r#"{"properties":{"token":"canary","expires":"2022-07-14T19:22:50.3080223Z"}}"#;
    let answers: &'static [(u16, &str, &str)] = vec![(200, "", body)].leak();
    let (printed, requests) = run(program, AZURE, answers);
    assert_eq!(printed, "A token of 6 characters, which expires 2022-07-14T19:22:50.3080223Z.\n");
    assert!(requests[0].contains("/containerApps/app/getAuthtoken?api-version="), "{requests:?}");
}

#[test]
fn exchanges_a_github_code() {
    let (_folder, path) = token_file();
    let program = env!("CARGO_BIN_EXE_exchange_github_code");
    let (_, requests) = run(
        program,
        &with(AZURE, "TOKEN_FILE", &path),
        &[(200, "", r#"{"gitHubAccessToken":"canary-2"}"#)],
    );
    assert!(
        requests[0].contains("/factories/factory/getGitHubAccessToken?api-version="),
        "{requests:?}"
    );
    assert_eq!(std::fs::read_to_string(path).expect("the file is there"), "canary-2");
}
