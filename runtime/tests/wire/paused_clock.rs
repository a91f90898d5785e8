//! Tests of waits and timeouts to the second, on a paused clock.
//!
//! A paused clock jumps to the next timer whenever the runtime is idle, even while bytes are on
//! their way. tokio stops the clock while a blocking task runs, so one runs from the start of each
//! attempt until the server knows that the client has read everything.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oauth_token_clients_runtime::{
    __codegen::{Call, Operation},
    ClientBuilder, Connection, Credential, CredentialError, Error, ErrorKind, Response,
    RetryPolicy,
    transport::{Body, BoxFuture},
};
use tokio::time::Instant;

use crate::misbehaviour::{MINT, MINT_LIMITED, NotFound, READ, READ_LIMITED, ok};
use crate::server::{Act, Server};

/// A credential that stops the clock during attempts and records their starts. Each attempt asks
/// the credential.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Attempts>>);

#[derive(Debug, Default)]
struct Attempts {
    starts: Vec<Instant>,
    /// The clock stands still until this is dropped.
    held: Option<Sender<()>>,
}

impl Clock {
    fn hold(&self) {
        let (held, released): (_, Receiver<()>) = channel();
        tokio::task::spawn_blocking(move || released.recv());
        let mut attempts = self.0.lock().expect("no thread panicked");
        attempts.starts.push(Instant::now());
        attempts.held = Some(held);
    }

    fn release(&self) {
        self.0.lock().expect("no thread panicked").held = None;
    }
}

impl Credential for Clock {
    fn apply<'a>(
        &'a self,
        _: &'a mut http::Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        self.hold();
        Box::pin(std::future::ready(Ok(())))
    }
}

type Outcome = Result<Response<serde_json::Value>, Error<NotFound>>;

/// The outcome of a call, the starts of its attempts and its end.
struct Timed {
    outcome: Outcome,
    starts: Vec<Duration>,
    end: Duration,
}

/// Calls the operation of a server that follows the script. Fails if that takes long on the system
/// clock.
#[track_caller]
fn timed(
    script: &[Act],
    operation: &'static Operation,
    settings: fn(ClientBuilder) -> ClientBuilder,
) -> Timed {
    let clock = Clock::default();
    let server = Server::reporting(script, {
        let clock = clock.clone();
        move || clock.release()
    });
    let connection =
        settings(Connection::builder(&server.base_url)).build().expect("the connection is built");
    let (done, result) = channel();
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        let timed = runtime.expect("a runtime starts").block_on(async {
            fastrand::seed(SEED);
            let start = Instant::now();
            let outcome =
                Call::new(&connection, Some(Arc::new(clock.clone())), operation).send_json().await;
            let starts = std::mem::take(&mut clock.0.lock().expect("no thread panicked").starts);
            Timed {
                outcome,
                starts: starts.iter().map(|at| *at - start).collect(),
                end: start.elapsed(),
            }
        });
        // Nobody receives this if the test has already failed.
        let _ = done.send(timed);
    });
    result
        .recv_timeout(Duration::from_secs(20))
        .expect("the call ends, since no wait takes real time")
}

/// Checks the kind of the error, and the seconds at which the attempts started and the call ended.
#[track_caller]
fn check(
    script: &[Act],
    operation: &'static Operation,
    settings: fn(ClientBuilder) -> ClientBuilder,
    kind: Option<ErrorKind>,
    (starts, end): (&[u64], u64),
) -> Outcome {
    let timed = timed(script, operation, settings);
    assert_eq!(timed.outcome.as_ref().err().map(Error::kind), kind, "{:?}", timed.outcome);
    let seconds: Vec<u64> = timed.starts.iter().map(Duration::as_secs).collect();
    assert_eq!(
        (seconds.as_slice(), timed.end.as_secs()),
        (starts, end),
        "{:?} {:?}",
        timed.starts,
        timed.end
    );
    timed.outcome
}

/// The seed of the random waits.
const SEED: u64 = 7;

fn defaults(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn retry_later(status: u16, headers: &[(&str, &str)]) -> Act {
    Act::answer(status, &[headers, &[("date", "Thu, 01 Jan 1970 00:16:40 GMT")]].concat(), "")
}

#[test]
fn requested_waits_are_exact_to_the_second() {
    for (status, headers) in [
        (503, &[("retry-after", "30")][..]),
        (429, &[("retry-after", "Thu, 01 Jan 1970 00:17:10 GMT")]),
        (403, &[("x-left", "0"), ("x-reset", "1030")]),
        (403, &[("retry-after", "30")]),
    ] {
        let script = [retry_later(status, headers), retry_later(status, headers), ok()];
        check(&script, &READ_LIMITED, defaults, None, (&[0, 30, 60], 60))
            .expect("the third attempt succeeds");
    }
    let script = [retry_later(429, &[("retry-after", "30")]), ok()];
    check(&script, &MINT, defaults, None, (&[0, 30], 30))
        .expect("the server asks for the second attempt");
}

#[test]
fn a_rate_limit_that_only_the_body_tells_of_waits_as_documented() {
    let patient = |builder: ClientBuilder| {
        builder.retry(RetryPolicy::default().max_wait(Duration::from_secs(60)))
    };
    for status in [403, 429] {
        let limited = Act::answer(status, &[], r#"{"message":"Too many requests. Wait."}"#);
        let script = [limited, ok()];
        check(&script, &READ_LIMITED, patient, None, (&[0, 60], 60))
            .expect("the second attempt succeeds");
        let error =
            check(&script, &READ_LIMITED, defaults, Some(ErrorKind::Undocumented), (&[0], 0))
                .expect_err("30 seconds is the longest wait");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert!(error.is_retryable() && error.is_rate_limited());
        assert!(error.to_string().ends_with("; the rate limit is exceeded: wait 60 s"), "{error}");
        let error =
            check(&script, &MINT_LIMITED, patient, Some(ErrorKind::Undocumented), (&[0], 0))
                .expect_err("only idempotent calls are repeated");
        assert!(error.is_rate_limited() && !error.is_retryable());
    }
}

#[test]
fn a_403_is_no_rate_limit_unless_the_document_and_the_response_say_so() {
    let headers = [("x-left", "0"), ("x-reset", "1030")];
    let undocumented = [retry_later(403, &headers), ok()];
    let other = [Act::answer(403, &[], "forbidden"), ok()];
    for (script, operation) in [(undocumented, &READ), (other, &READ_LIMITED)] {
        let error = check(&script, operation, defaults, Some(ErrorKind::Undocumented), (&[0], 0))
            .expect_err("it is no rate limit");
        assert!(!error.is_rate_limited() && !error.is_retryable() && error.retry_after().is_none());
    }
}

#[test]
fn attempts_are_limited_in_number() {
    let script = [retry_later(503, &[("retry-after", "10")])];
    let times: (&[u64], u64) = (&[0, 10, 20], 20);
    check(&script, &READ, defaults, Some(ErrorKind::Undocumented), times)
        .expect_err("all attempts fail");
}

#[test]
fn a_wait_that_is_too_long_is_not_started() {
    let script = [retry_later(503, &[("retry-after", "31")]), ok()];
    check(&script, &READ, defaults, Some(ErrorKind::Undocumented), (&[0], 0))
        .expect_err("30 seconds is the longest wait");
}

#[test]
fn the_total_timeout_limits_waits() {
    let many = |builder: ClientBuilder| builder.retry(RetryPolicy::default().max_attempts(100));
    let script = [retry_later(503, &[("retry-after", "30")])];
    let times: (&[u64], u64) = (&[0, 30, 60, 90], 90);
    check(&script, &READ, many, Some(ErrorKind::Undocumented), times)
        .expect_err("a fifth attempt would be too late");
}

#[test]
fn the_total_timeout_limits_the_last_attempt() {
    let short = |builder: ClientBuilder| builder.total_timeout(Duration::from_secs(40));
    check(&[Act::Hang], &READ, short, Some(ErrorKind::Timeout), (&[0, 30], 40))
        .expect_err("nothing comes");
}

#[test]
fn an_attempt_without_a_response_times_out_and_is_retried_if_idempotent() {
    check(&[Act::Hang, ok()], &READ, defaults, None, (&[0, 30], 30))
        .expect("the second attempt succeeds");
    check(&[Act::Hang, ok()], &MINT, defaults, Some(ErrorKind::Timeout), (&[0], 30))
        .expect_err("there is no second attempt");
}

#[test]
fn a_body_that_does_not_end_times_out() {
    let http2 =
        |builder: ClientBuilder| builder.http(reqwest::Client::builder().http2_prior_knowledge());
    let error = check(&[Act::Stall], &MINT, http2, Some(ErrorKind::Timeout), (&[0], 30))
        .expect_err("too little comes");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.raw_body().map(|body| body.expose_bytes().to_vec()), Some(b"{".to_vec()));
}

#[test]
fn other_waits_are_random_below_bounds_that_double_up_to_the_longest() {
    let many = |builder: ClientBuilder| {
        builder
            .retry(RetryPolicy::default().max_attempts(9))
            .total_timeout(Duration::from_secs(1_000))
    };
    let timed = timed(&[Act::answer(503, &[], "")], &READ, many);
    fastrand::seed(SEED);
    let drawn = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0].map(|bound| bound * fastrand::f64());
    let waits: Vec<f64> =
        timed.starts.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    assert_eq!(waits.len(), drawn.len(), "{:?}", timed.outcome);
    let is_rounded = |(wait, drawn): (&f64, &f64)| (0.0..0.002).contains(&(wait - drawn));
    assert!(waits.iter().zip(&drawn).all(is_rounded), "{waits:?} is not {drawn:?}");
}

/// A credential that never resolves.
#[derive(Debug)]
struct Never;

impl Credential for Never {
    fn apply<'a>(
        &'a self,
        _: &'a mut http::Request<Body>,
    ) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_credential_that_hangs_times_out_and_sends_nothing() {
    let server = Server::start(&[ok()]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let (outcome, seconds) = runtime.expect("a runtime starts").block_on(async {
        let start = Instant::now();
        let outcome: Outcome =
            Call::new(&connection, Some(Arc::new(Never)), &READ).send_json().await;
        (outcome, start.elapsed().as_secs())
    });
    let error = outcome.expect_err("there is no credential");
    assert_eq!((error.kind(), error.was_sent(), seconds), (ErrorKind::Timeout, false, 30));
    assert_eq!(server.requests().len(), 0);
}
