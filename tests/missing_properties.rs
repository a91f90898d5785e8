//! Tests the errors about responses that lack a property that the caller needs.

use oauth_token_clients::runtime::{MissingPropertyError, SecretString};
use oauth_token_clients::{azure_container_apps, azure_data_factory, ghes_oauth_authorizations};

/// Reads a token from a response. Returns the token or the error message.
#[track_caller]
fn check<T: serde::de::DeserializeOwned>(
    body: &str,
    token: fn(&T) -> Result<&SecretString, MissingPropertyError>,
    expected: Result<&str, &str>,
) {
    let response: T = serde_json::from_str(body).expect("whatever is received decodes");
    let found =
        token(&response).map(SecretString::expose_secret).map_err(|missing| missing.to_string());
    assert_eq!(found.as_ref().map(|token| *token).map_err(String::as_str), expected);
}

#[test]
fn an_empty_token_is_none() {
    let token = ghes_oauth_authorizations::types::Authorization::require_token;
    check(r#"{"token": "abcdefgh12345678"}"#, token, Ok("abcdefgh12345678"));
    check(
        r#"{"token": ""}"#,
        token,
        Err("property `token` of `Authorization` is empty in the response"),
    );
    for body in ["{}", r#"{"token": null}"#] {
        check(body, token, Err("property `token` of `Authorization` is missing from the response"));
    }
}

#[test]
fn an_error_names_the_property_as_in_json() {
    let token = azure_data_factory::types::GitHubAccessTokenResponse::require_github_access_token;
    check(
        "{}",
        token,
        Err(
            "property `gitHubAccessToken` of `GitHubAccessTokenResponse` is missing from the response",
        ),
    );
}

#[test]
fn the_way_to_a_token_can_be_missing() {
    type Answer = azure_container_apps::types::ContainerAppAuthToken;
    fn token(answer: &Answer) -> Result<&SecretString, MissingPropertyError> {
        answer.require_properties()?.require_token()
    }
    check(r#"{"properties": {"token": "testToken"}}"#, token, Ok("testToken"));
    check(
        "{}",
        token,
        Err("property `properties` of `ContainerAppAuthToken` is missing from the response"),
    );
    let properties =
        Err("property `token` of `ContainerAppAuthTokenProperties` is missing from the response");
    check(r#"{"properties": {}}"#, token, properties);
}
