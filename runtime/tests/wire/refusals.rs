//! Tests of HTTP/2 servers that refuse streams: the number of streams that they see, which is the
//! number of attempts.

use std::convert::Infallible;
use std::time::Duration;

use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    Connection, Error, ErrorKind, Response, RetryPolicy,
};

use crate::http2::{Answer, Streams};
use crate::server::block_on;

static CHANGE: Operation = Operation {
    name: "change",
    method: Method::PATCH,
    path: "/tokens",
    accept: "application/json",
    idempotent: false,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

type Outcome = Result<Response<serde_json::Value>, Error<Infallible>>;

/// Sends one `PATCH` after another on one client, and checks the number of streams after each.
#[track_caller]
fn check(policy: RetryPolicy, script: &[Answer], streams: &[usize]) -> Vec<Outcome> {
    let server = Streams::start(script);
    let connection = Connection::builder(&server.base_url)
        .retry(policy.first_backoff(Duration::from_millis(1)))
        .http(reqwest::Client::builder().http2_prior_knowledge())
        .build()
        .expect("the connection is built");
    block_on(async {
        let mut outcomes = Vec::new();
        for expected in streams {
            let mut call = Call::new(&connection, None, &CHANGE);
            call.raw("application/json", "{}");
            let outcome: Outcome = call.send_json().await;
            assert_eq!(server.opened(), *expected, "{outcome:?}");
            outcomes.push(outcome);
        }
        outcomes
    })
}

/// Returns the kind of the error, and the number of attempts.
fn failure(outcome: &Outcome) -> (ErrorKind, u32) {
    let error = outcome.as_ref().expect_err("the call fails");
    (error.kind(), error.attempts())
}

#[test]
fn nothing_is_sent_twice_without_retries() {
    for answer in [Answer::Refuse, Answer::RefuseAfterHead, Answer::GoAway, Answer::GoAwayAfterIt] {
        let outcomes = check(RetryPolicy::never(), &[answer, Answer::Succeed], &[1, 2]);
        assert_eq!(failure(&outcomes[0]), (ErrorKind::Transport, 1));
        assert!(outcomes[1].is_ok(), "{outcomes:?}");
        let outcomes = check(RetryPolicy::never(), &[Answer::Succeed, answer], &[1, 2]);
        assert_eq!(failure(&outcomes[1]), (ErrorKind::Transport, 1));
    }
}

#[test]
fn a_refused_stream_is_sent_again_and_counted() {
    for answer in [Answer::Refuse, Answer::GoAway] {
        let outcomes = check(RetryPolicy::default(), &[answer, Answer::Succeed], &[2]);
        assert_eq!(outcomes[0].as_ref().expect("the second attempt succeeds").attempts(), 2);
        let outcomes = check(RetryPolicy::default(), &[answer], &[3]);
        assert_eq!(failure(&outcomes[0]), (ErrorKind::Transport, 3));
        let error = outcomes[0].as_ref().expect_err("all attempts fail");
        assert!(error.is_retryable() && error.was_sent());
        let expected = "change: the server refused to process the request; try again";
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn a_stream_that_may_have_been_processed_is_not_sent_again() {
    for answer in [Answer::RefuseAfterHead, Answer::GoAwayAfterIt] {
        let outcomes = check(RetryPolicy::default(), &[answer, Answer::Succeed], &[1]);
        assert_eq!(failure(&outcomes[0]), (ErrorKind::Transport, 1));
        assert!(!outcomes[0].as_ref().expect_err("the attempt fails").is_retryable());
    }
}
