//! Tests that a value of another type than documented does not hide the values beside it.

use contract_tests::server::{Server, block_on, response};
use oauth_token_clients::ghes_oauth_authorizations::outcomes::CreateAuthorizationError;
use oauth_token_clients::ghes_oauth_authorizations::{Client, credentials, types};
use oauth_token_clients::runtime::{Error, Response};

/// Creates an authorization at a server that answers with `body`.
fn create(
    status: u16,
    body: &str,
) -> Result<Response<types::Authorization>, Error<CreateAuthorizationError>> {
    let server = Server::answering(response(status, "application/json", body));
    let client = Client::new(&server.base_url, credentials::User::new("octocat", "secret"))
        .expect("it is acceptable");
    #[expect(deprecated, reason = "deprecated operations are called like all others")]
    block_on(client.create_authorization().send())
}

#[test]
fn a_token_is_there_whatever_is_beside_it() {
    let body = r#"{"id": "12", "token": "canary", "scopes": [null, "repo", 5], "app": "none",
        "user": {"id": 1e3, "login": []}, "created_at": false}"#;
    let created = create(201, body).expect("it is a success");
    assert_eq!(created.value().require_token().map(|token| token.expose_secret()), Ok("canary"));
    assert_eq!(created.value().id, Some(12));
    assert_eq!(created.value().scopes.as_deref(), Some(&["repo".to_owned()][..]));
    assert_eq!(created.value().user.as_ref().and_then(|user| user.id), Some(1000));
    let undecoded = ["/app", "/created_at", "/scopes/0", "/scopes/2", "/user/login"];
    assert_eq!(created.undecoded(), undecoded);
    assert!(!format!("{created:?}").contains("canary"));
}

#[test]
fn an_error_keeps_its_message() {
    let body = r#"{"message": "Validation Failed", "errors": ["some words", {"code": "x"}]}"#;
    let error = create(422, body).expect_err("it is an error");
    let Some(CreateAuthorizationError::UnprocessableEntity(payload)) = error.documented() else {
        panic!("it is documented");
    };
    assert_eq!(payload.undecoded(), ["/errors/0"]);
    let decoded = payload.decoded().expect("the rest fits");
    assert_eq!(decoded.message.as_deref(), Some("Validation Failed"));
    assert_eq!(decoded.errors.as_ref().map(Vec::len), Some(1));
}

#[test]
fn a_body_of_another_kind_is_an_error_without_its_content() {
    for body in [r#"["canary"]"#, r#""canary""#, "canary"] {
        let error = create(201, body).expect_err("it is no object");
        assert!(!format!("{error} {error:?}").contains("canary"));
        assert_eq!(error.raw_body().and_then(|body| body.expose_text()), Some(body));
    }
}
