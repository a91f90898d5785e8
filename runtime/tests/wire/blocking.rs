//! Tests of calls from code that is not async, outside and inside of a tokio runtime.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};

use oauth_token_clients_runtime::{
    __codegen::{Call, Method, Operation, StatusPattern},
    Connection, ErrorKind,
    blocking::Executor,
};

use crate::server::{Act, Server};

static LIST: Operation = Operation {
    name: "list",
    method: Method::GET,
    path: "/list",
    accept: "application/json",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Calls and reads a list from code that is not async.
fn call_and_list() {
    let server = Server::start(&[
        Act::answer(200, &[], "1"),
        Act::answer(404, &[], ""),
        Act::answer(200, &[("link", "</list?page=2>; rel=\"next\"")], "[1, 2]"),
        Act::answer(200, &[], "[3]"),
    ]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let call = || Call::new(&connection, None, &LIST);
    let executor = Executor::new().expect("a thread starts");
    let response = executor.block_on(call().send_json::<u8, Infallible>());
    assert_eq!(response.expect("the server answers").into_value(), 1);
    let error = executor.block_on(call().send_json::<u8, Infallible>()).expect_err("a 404");
    assert_eq!(error.kind(), ErrorKind::Undocumented);
    let mut items = executor.iter(call().pages::<u8, Infallible>().items());
    let listed: Vec<u8> = items.by_ref().map(|item| item.expect("the server answers")).collect();
    assert_eq!(listed, [1, 2, 3]);
    assert!(items.stream().is_none() && items.next().is_none());
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn calls_block_outside_of_a_runtime() {
    call_and_list();
}

#[tokio::test(flavor = "current_thread")]
async fn calls_block_inside_of_a_runtime_with_one_thread() {
    call_and_list();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_block_inside_of_a_runtime_with_several_threads() {
    call_and_list();
    tokio::spawn(async { call_and_list() }).await.expect("the task ends");
    tokio::task::spawn_blocking(call_and_list).await.expect("the task ends");
}

#[test]
fn a_panic_reaches_the_caller_and_the_executor_goes_on() {
    let executor = Executor::new().expect("a thread starts");
    let other = executor.clone();
    let panicked =
        catch_unwind(AssertUnwindSafe(|| executor.block_on(async { panic!("on purpose") })));
    assert!(panicked.is_err());
    drop(executor);
    assert_eq!(other.block_on(async { 1 }), 1);
}
