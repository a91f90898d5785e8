//! Tests that callers can read documented headers of successes and errors by their constants.

use contract_tests::server::{Server, block_on};
use oauth_token_clients::runtime::{DocumentedError, Error, HeaderField, Response};
use oauth_token_clients::{azure_agriculture, ghes_oauth_authorizations};

/// Starts a server that responds with a status code and a header.
fn server(status: u16, header: &str, body: &str) -> Server {
    let head =
        format!("HTTP/1.1 {status} Status\r\n{header}\r\ncontent-length: {}\r\n", body.len());
    Server::answering(format!("{head}connection: close\r\n\r\n{body}").into_bytes())
}

/// Compares the value of a documented header with the expected one.
#[track_caller]
fn check<T, E: DocumentedError>(
    sent: Result<Response<T>, Error<E>>,
    field: HeaderField<String>,
    expected: &str,
) {
    let found = match &sent {
        Ok(response) => response.header(field),
        Err(error) => error.header(field),
    };
    assert_eq!(found.as_deref(), Some(expected), "{}", field.name());
}

fn authorizations(
    server: &Server,
) -> ghes_oauth_authorizations::Client<ghes_oauth_authorizations::credentials::User> {
    let user = ghes_oauth_authorizations::credentials::User::new("octocat", "secret");
    ghes_oauth_authorizations::Client::new(&server.base_url, user)
        .expect("the server is acceptable")
}

#[test]
#[expect(deprecated, reason = "deprecated operations are called like all others")]
fn link_and_location_come_with_successes() {
    use ghes_oauth_authorizations::{headers, types};

    let link = "</applications/grants?page=2>; rel=\"next\"";
    let pages = server(200, &format!("Link: {link}"), "[]");
    check(block_on(authorizations(&pages).list_grants().send()), headers::LINK, link);

    let address = "https://host/api/v3/authorizations/1";
    let created = server(201, &format!("Location: {address}"), "{}");
    let request = types::GetOrCreateAuthorizationForAppRequest::new("secret");
    let call = authorizations(&created);
    let call = call.get_or_create_authorization_for_app("client_id", &request);
    check(block_on(call.send()), headers::LOCATION, address);
}

#[test]
#[expect(deprecated, reason = "deprecated operations are called like all others")]
fn the_demand_for_a_one_time_password_comes_with_an_error() {
    let refusing = server(401, "X-GitHub-OTP: required; app", "{}");
    let sent = block_on(authorizations(&refusing).list_grants().send());
    check(sent, ghes_oauth_authorizations::headers::X_GITHUB_OTP, "required; app");
}

#[test]
fn the_code_of_an_error_comes_with_it() {
    use azure_agriculture::{Client, credentials, headers, types};

    let failing = server(400, "x-ms-error-code: InvalidParty", "{}");
    let client = Client::new(&failing.base_url, credentials::Authorization::new("token"))
        .expect("it is acceptable");
    let request = types::OAuthConnectRequest::new("JOHNDEERE", "PARTY123", "https://example.com");
    let sent = block_on(client.get_oauth_connection_link(&request).send());
    check(sent, headers::X_MS_ERROR_CODE, "InvalidParty");
}
