//! Tests of refused tokens: which calls are sent once more with a new one.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use oauth_token_clients_runtime::{
    __codegen::{Call, Operation},
    Bearer, CallOptions, Connection, Error, Response, RetryPolicy, SecretString, TokenSource,
    TokenSourceError, Upload,
};

use crate::misbehaviour::{MINT, READ, ok};
use crate::server::{Act, Server, block_on};
use crate::streams::Chunks;

/// A source whose next token is another one after a refusal.
struct Numbered {
    refusals: AtomicUsize,
    can_refresh: bool,
}

impl TokenSource for Numbered {
    async fn token(&self) -> Result<SecretString, TokenSourceError> {
        Ok(SecretString::from(format!("token-{}", self.refusals.load(Ordering::SeqCst))))
    }

    fn refused(&self) {
        self.refusals.fetch_add(1, Ordering::SeqCst);
    }

    fn can_refresh(&self) -> bool {
        self.can_refresh
    }
}

type Outcome = Result<Response<serde_json::Value>, Error<Infallible>>;

/// Calls the operation and checks the tokens that the server received.
#[track_caller]
fn check(
    script: &[Act],
    can_refresh: bool,
    operation: &'static Operation,
    set_up: impl FnOnce(&mut Call),
    tokens: &[&str],
) -> Outcome {
    let server = Server::start(script);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let credential = Bearer::new(Numbered { refusals: AtomicUsize::new(0), can_refresh });
    let mut call = Call::new(&connection, Some(Arc::new(credential)), operation);
    set_up(&mut call);
    let outcome: Outcome = block_on(call.send_json());
    let received: Vec<String> = server.requests();
    let received: Vec<&str> = received
        .iter()
        .filter_map(|request| {
            request.lines().find_map(|line| line.strip_prefix("authorization: Bearer "))
        })
        .collect();
    assert_eq!(received, tokens, "{outcome:?}");
    outcome
}

fn refusal(challenge: &str) -> Act {
    Act::answer(401, &[("www-authenticate", challenge)], "")
}

fn nothing(_: &mut Call) {}

#[test]
fn a_refused_token_is_replaced_once() {
    let bare = || Act::answer(401, &[], "");
    let outcome = check(&[bare(), ok()], true, &READ, nothing, &["token-0", "token-1"]);
    assert_eq!(outcome.expect("the second token is accepted").attempts(), 2);
    let error = check(&[bare()], true, &READ, nothing, &["token-0", "token-1"])
        .expect_err("the second token is refused as well");
    assert!(!error.is_retryable() && error.attempts() == 2);
    check(&[bare(), ok()], false, &READ, nothing, &["token-0"]).expect_err("there is one token");
}

#[test]
fn a_call_that_is_not_idempotent_is_repeated_only_after_a_challenge() {
    let tokens: &[&str] = &["token-0", "token-1"];
    check(&[refusal("Bearer"), ok()], true, &MINT, nothing, tokens)
        .expect("the second token is accepted");
    check(&[Act::answer(401, &[], ""), ok()], true, &MINT, nothing, &["token-0"])
        .expect_err("the request may have been applied");
}

#[test]
fn a_refresh_keeps_to_the_policy_and_to_bodies_that_can_be_repeated() {
    let never = |call: &mut Call| {
        call.options(CallOptions::new().retry(RetryPolicy::never()));
    };
    check(&[refusal("Bearer"), ok()], true, &READ, never, &["token-0"])
        .expect_err("there is one attempt");
    let stream = |call: &mut Call| {
        call.raw("application/json", Upload::stream(Chunks(vec![Ok("{}")])));
    };
    check(&[refusal("Bearer"), ok()], true, &MINT, stream, &["token-0"])
        .expect_err("a stream is sent once");
}

#[test]
fn a_claims_challenge_is_named_and_not_repeated() {
    let challenge = r#"Bearer authorization_uri="https://login.example/", error="insufficient_claims", claims="eyJjIjoxfQ==""#;
    let error = check(&[refusal(challenge), ok()], true, &READ, nothing, &["token-0"])
        .expect_err("the same token would be refused again");
    assert_eq!(error.claims_challenge().as_deref(), Some("eyJjIjoxfQ=="));
    let expected = "the bearer token was refused; the server wants a token with other claims: \
                    request one with those that `claims_challenge` returns";
    assert!(error.to_string().ends_with(expected), "{error}");
    let forbidden = Act::answer(403, &[("www-authenticate", challenge)], "");
    let error = check(&[forbidden], true, &READ, nothing, &["token-0"]).expect_err("a 403");
    assert_eq!(error.claims_challenge(), None);
}
