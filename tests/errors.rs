//! Tests what an error tells beside its status code: the server's name for it, a rate limit, and
//! what the server announces.

use std::time::{Duration, SystemTime};

use contract_tests::server::{Server, block_on};
use oauth_token_clients::runtime::{Error, RetryPolicy, SecretString};
use oauth_token_clients::{azure_container_apps, ghes_oauth_authorizations};

type Denied = Error<azure_container_apps::outcomes::GetAuthTokenError>;

/// Returns the error of a server that answers with this status line, these headers and this body.
fn denied(status: &str, headers: &str, body: &str) -> Denied {
    use azure_container_apps::{Client, credentials};
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let server = Server::answering(answer.into_bytes());
    let credential = credentials::AzureAuth::new(SecretString::from("the-token"));
    let client = Client::new(&server.base_url, credential).expect("it is acceptable");
    let call = client.get_auth_token("00000000-0000-0000-0000-000000000000", "group", "app");
    block_on(call.send()).expect_err("the call fails")
}

#[test]
fn the_name_of_an_error_can_be_searched_for() {
    let body = r#"{"error": {"code": "AuthorizationFailed", "message": "the-token is refused"}}"#;
    let error = denied("403 Forbidden", "", body);
    assert_eq!(error.code(), Some("AuthorizationFailed"));
    let message = error.to_string();
    assert!(message.ends_with("(code AuthorizationFailed)"), "{message}");
    let echo = denied("403 Forbidden", "", r#"{"error": {"code": "the-token"}}"#);
    assert_eq!(echo.code(), None);
    assert!(!format!("{echo} {echo:?}").contains("the-token"), "{echo:?}");
}

#[test]
fn what_the_server_announces_is_typed() {
    let headers = "deprecation: @60\r\nsunset: Thu, 01 Jan 1970 00:01:30 GMT\r\n\
                   link: <https://example.com/old>; rel=\"deprecation\"\r\n\
                   api-supported-versions: 2024-03-01, 2025-01-01\r\n";
    let error = denied("404 Not Found", headers, "");
    let notices = error.notices();
    let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    assert_eq!((notices.deprecation(), notices.sunset()), (at(60), at(90)));
    assert_eq!(notices.deprecation_link(), Some("https://example.com/old"));
    assert_eq!(notices.supported_versions(), ["2024-03-01", "2025-01-01"]);
    assert!(error.to_string().contains("Thu, 01 Jan 1970 00:01:30 GMT"), "{error}");
}

#[test]
fn a_secondary_rate_limit_is_a_rate_limit() {
    use ghes_oauth_authorizations::{Client, credentials};
    let body = r#"{"message": "You have exceeded a secondary rate limit. Please wait."}"#;
    for (headers, seconds) in [("retry-after: 90\r\n", 90), ("", 60)] {
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 403 Forbidden\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        let server = Server::answering(answer.into_bytes());
        let user = credentials::User::new("octocat", "password");
        let client = Client::builder(&server.base_url)
            .retry(RetryPolicy::never())
            .build(user)
            .expect("it is acceptable");
        #[expect(deprecated, reason = "deprecated operations are called like all others")]
        let call = client.list_grants();
        let error = block_on(call.send()).expect_err("the limit is exceeded");
        assert!(error.is_rate_limited() && error.is_retryable(), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        let expected = format!("the rate limit is exceeded: wait {seconds} s");
        assert!(error.to_string().contains(&expected), "{error}");
    }
}
