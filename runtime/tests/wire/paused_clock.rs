//! Waits and timeouts to the second, on a clock that is paused.
//!
//! A paused clock jumps to the next timer whenever the runtime has nothing to do, which it has not either while bytes are
//! on their way. tokio keeps it where it is while a blocking task runs, so one runs from the start of each try until the
//! server knows that the client has read what there is.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oauth_token_clients_runtime::{
    BoxFuture, Call, Connection, ConnectionBuilder, Credential, CredentialError, Error, ErrorKind, Operation, Request,
    Response, RetryPolicy,
};
use tokio::time::Instant;

use crate::misbehaviour::{MINT, NotFound, READ, ok};
use crate::server::{Act, Server};

/// Holds the clock during tries, and knows when they started. It stands in for a credential, which every try asks for.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Tries>>);

#[derive(Debug, Default)]
struct Tries {
    starts: Vec<Instant>,
    /// The clock is held until this is dropped.
    held: Option<Sender<()>>,
}

impl Clock {
    fn hold(&self) {
        let (held, released): (_, Receiver<()>) = channel();
        tokio::task::spawn_blocking(move || released.recv());
        let mut tries = self.0.lock().expect("no thread panicked");
        tries.starts.push(Instant::now());
        tries.held = Some(held);
    }

    fn release(&self) {
        self.0.lock().expect("no thread panicked").held = None;
    }
}

impl Credential for Clock {
    fn apply<'a>(&'a self, _: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
        self.hold();
        Box::pin(std::future::ready(Ok(())))
    }
}

type Outcome = Result<Response<serde_json::Value>, Error<NotFound>>;

/// What a call came to, and when its tries started and the call ended.
struct Timed {
    outcome: Outcome,
    starts: Vec<Duration>,
    end: Duration,
}

/// Calls the operation of a server that follows the script; fails when that takes long on the clock of the system.
#[track_caller]
fn timed(script: &[Act], operation: &'static Operation, settings: fn(ConnectionBuilder) -> ConnectionBuilder) -> Timed {
    let clock = Clock::default();
    let server = Server::reporting(script, {
        let clock = clock.clone();
        move || clock.release()
    });
    let connection = settings(Connection::builder(&server.base_url)).build().expect("the connection is built");
    let (done, result) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        let timed = runtime.expect("a runtime starts").block_on(async {
            fastrand::seed(SEED);
            let start = Instant::now();
            let outcome = Call::new(&connection, Some(&clock), operation).send_json().await;
            let starts = std::mem::take(&mut clock.0.lock().expect("no thread panicked").starts);
            Timed { outcome, starts: starts.iter().map(|at| *at - start).collect(), end: start.elapsed() }
        });
        // Nobody listens any more if the test has failed already.
        let _ = done.send(timed);
    });
    result.recv_timeout(Duration::from_secs(20)).expect("the call ends, since no wait takes real time")
}

/// Holds the kind of failure, and the seconds at which tries started and the call ended, against what is expected.
#[track_caller]
fn check(
    script: &[Act],
    operation: &'static Operation,
    settings: fn(ConnectionBuilder) -> ConnectionBuilder,
    kind: Option<ErrorKind>,
    (starts, end): (&[u64], u64),
) -> Outcome {
    let timed = timed(script, operation, settings);
    assert_eq!(timed.outcome.as_ref().err().map(Error::kind), kind, "{:?}", timed.outcome);
    let seconds: Vec<u64> = timed.starts.iter().map(Duration::as_secs).collect();
    assert_eq!((seconds.as_slice(), timed.end.as_secs()), (starts, end), "{:?} {:?}", timed.starts, timed.end);
    timed.outcome
}

/// What the waits without an invitation are drawn with.
const SEED: u64 = 7;

fn defaults(builder: ConnectionBuilder) -> ConnectionBuilder {
    builder
}

fn invitation(status: u16, headers: &[(&str, &str)]) -> Act {
    Act::answer(status, &[headers, &[("date", "Thu, 01 Jan 1970 00:16:40 GMT")]].concat(), "")
}

#[test]
fn a_wait_that_the_server_asks_for_is_kept_to_the_second() {
    for (status, headers) in [
        (503, &[("retry-after", "30")][..]),
        (429, &[("retry-after", "Thu, 01 Jan 1970 00:17:10 GMT")]),
        (403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1030")]),
    ] {
        let script = [invitation(status, headers), invitation(status, headers), ok()];
        check(&script, &READ, defaults, None, (&[0, 30, 60], 60)).expect("the third try succeeds");
    }
    let script = [invitation(429, &[("retry-after", "30")]), ok()];
    check(&script, &MINT, defaults, None, (&[0, 30], 30)).expect("the server asks for the second try");
}

#[test]
fn tries_are_bounded_in_number() {
    let script = [invitation(503, &[("retry-after", "10")])];
    let times: (&[u64], u64) = (&[0, 10, 20], 20);
    check(&script, &READ, defaults, Some(ErrorKind::Undocumented), times).expect_err("all tries fail");
}

#[test]
fn a_wait_that_is_too_long_is_not_begun() {
    let script = [invitation(503, &[("retry-after", "31")]), ok()];
    check(&script, &READ, defaults, Some(ErrorKind::Undocumented), (&[0], 0)).expect_err("half a minute is the most");
}

#[test]
fn the_total_time_bounds_waits() {
    let many = |builder: ConnectionBuilder| builder.retry(RetryPolicy::default().max_attempts(100));
    let script = [invitation(503, &[("retry-after", "30")])];
    let times: (&[u64], u64) = (&[0, 30, 60, 90], 90);
    check(&script, &READ, many, Some(ErrorKind::Undocumented), times).expect_err("a fifth try would come too late");
}

#[test]
fn the_total_time_bounds_the_last_try() {
    let short = |builder: ConnectionBuilder| builder.total_timeout(Duration::from_secs(40));
    check(&[Act::Hang], &READ, short, Some(ErrorKind::Timeout), (&[0, 30], 40)).expect_err("nothing comes");
}

#[test]
fn a_try_that_gets_no_answer_ends_and_is_repeated_if_it_can_be() {
    check(&[Act::Hang, ok()], &READ, defaults, None, (&[0, 30], 30)).expect("the second try succeeds");
    check(&[Act::Hang, ok()], &MINT, defaults, Some(ErrorKind::Timeout), (&[0], 30)).expect_err("no second try");
}

#[test]
fn a_body_that_does_not_end_ends_the_try() {
    let http2 = |builder: ConnectionBuilder| builder.http(reqwest::Client::builder().http2_prior_knowledge());
    let error = check(&[Act::Stall], &MINT, http2, Some(ErrorKind::Timeout), (&[0], 30)).expect_err("too little comes");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.raw_body().map(|body| body.expose_bytes().to_vec()), Some(b"{".to_vec()));
}

#[test]
fn waits_without_an_invitation_are_drawn_below_bounds_that_double_up_to_the_longest() {
    let many = |builder: ConnectionBuilder| {
        builder.retry(RetryPolicy::default().max_attempts(9)).total_timeout(Duration::from_secs(1_000))
    };
    let timed = timed(&[Act::answer(503, &[], "")], &READ, many);
    fastrand::seed(SEED);
    let drawn = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0].map(|bound| bound * fastrand::f64());
    let waits: Vec<f64> = timed.starts.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    assert_eq!(waits.len(), drawn.len(), "{:?}", timed.outcome);
    let is_rounded = |(wait, drawn): (&f64, &f64)| (0.0..0.002).contains(&(wait - drawn));
    assert!(waits.iter().zip(&drawn).all(is_rounded), "{waits:?} is not {drawn:?}");
}

/// A credential that never comes.
#[derive(Debug)]
struct Never;

impl Credential for Never {
    fn apply<'a>(&'a self, _: &'a mut Request) -> BoxFuture<'a, Result<(), CredentialError>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_credential_that_does_not_come_ends_the_try_and_sends_nothing() {
    let server = Server::start(&[ok()]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let (outcome, seconds) = runtime.expect("a runtime starts").block_on(async {
        let start = Instant::now();
        let outcome: Outcome = Call::new(&connection, Some(&Never), &READ).send_json().await;
        (outcome, start.elapsed().as_secs())
    });
    let error = outcome.expect_err("there is no credential");
    assert_eq!((error.kind(), error.was_sent(), seconds), (ErrorKind::Timeout, false, 30));
    assert_eq!(server.requests().len(), 0);
}
