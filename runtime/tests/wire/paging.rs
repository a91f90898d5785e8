//! Tests of paging: the requests that are sent, and the end of a list.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::Poll;

use futures_core::Stream;
use oauth_token_clients_runtime::{
    __codegen::{Call, Constraint, Explode, Method, Operation, PageNumber, StatusPattern},
    Connection, ErrorKind, RetryPolicy,
};

use crate::server::{Act, Server, block_on};

static LIST: Operation = Operation {
    name: "list",
    method: Method::GET,
    path: "/tokens",
    accept: "application/json",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Returns the next item of a stream.
async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

fn page(body: &str, link: &str) -> Act {
    if link.is_empty() {
        Act::answer(200, &[], body)
    } else {
        Act::answer(200, &[("link", link)], body)
    }
}

/// Reads all items, past errors. Checks the items and error kinds in order, and the requests.
#[track_caller]
fn check(script: &[Act], expected: &[Result<u8, ErrorKind>], request_lines: &[&str]) {
    check_pages(None, &[], script, expected, request_lines);
}

/// Does the same for a list with page numbers; the caller sets `numbers`.
#[track_caller]
fn check_numbered(
    numbers: &[i64],
    script: &[Act],
    expected: &[Result<u8, ErrorKind>],
    request_lines: &[&str],
) {
    let number = PageNumber { name: "page", first: 1, constraints: &[Constraint::Maximum("9")] };
    check_pages(Some(number), numbers, script, expected, request_lines);
}

#[track_caller]
fn check_pages(
    number: Option<PageNumber>,
    numbers: &[i64],
    script: &[Act],
    expected: &[Result<u8, ErrorKind>],
    request_lines: &[&str],
) {
    let server = Server::start(script);
    let connection = Connection::builder(&server.base_url)
        .retry(RetryPolicy::never())
        .build()
        .expect("it is built");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let mut call = Call::new(&connection, None, &LIST);
    call.query("per_page", &2_i64, &[], Explode::Yes);
    for set in numbers {
        call.query("page", set, &[], Explode::Yes);
    }
    let pages = match number {
        Some(number) => call.numbered_pages::<u8, Infallible>(number),
        None => call.pages(),
    };
    let mut items = pages.items();
    let mut found = Vec::new();
    runtime.block_on(async {
        // Reads one item more than expected, so that an endless list fails instead of hanging.
        while let Some(item) = next(&mut items).await
            && found.len() <= expected.len()
        {
            found.push(item.map_err(|error| error.kind()));
        }
    });
    assert_eq!(found, expected);
    let expected: Vec<String> =
        request_lines.iter().map(|path| format!("GET {path} HTTP/1.1")).collect();
    assert_eq!(server.request_lines(), expected);
}

#[test]
fn follows_links_until_there_is_none() {
    let script = [
        page("[1,2]", "</tokens?page=2>; rel=\"next\""),
        page("[]", "</tokens?page=3>; rel=next"),
        page("[3]", ""),
    ];
    let requests = ["/tokens?per_page=2", "/tokens?page=2", "/tokens?page=3"];
    check(&script, &[Ok(1), Ok(2), Ok(3)], &requests);
}

#[test]
fn stops_at_loops() {
    let fragments = [page("[1]", "</tokens?per_page=2#1>; rel=next")];
    check(&fragments, &[Ok(1)], &["/tokens?per_page=2"]);
    let script =
        [page("[1]", "</tokens?page=2>; rel=next"), page("[2]", "</tokens?per_page=2>; rel=next")];
    check(&script, &[Ok(1), Ok(2)], &["/tokens?per_page=2", "/tokens?page=2"]);
}

#[test]
fn never_follows_a_link_to_another_origin() {
    let script = [page("[1]", "<http://127.0.0.2:9/tokens?page=2>; rel=next")];
    check(&script, &[Ok(1), Err(ErrorKind::CrossOriginLink)], &["/tokens?per_page=2"]);
}

#[test]
fn follows_a_link_to_an_origin_that_the_caller_has_allowed() {
    let other = Server::start(&[
        page("[2]", "<https://next.example/tokens?page=3>; rel=next"),
        page("[3]", ""),
    ]);
    let server = Server::start(&[page("[1]", "<https://next.example/tokens?page=2>; rel=next")]);
    let connection = Connection::builder(&server.base_url)
        .replace_origin("https://next.example", &other.base_url)
        .build()
        .expect("it is built");
    let mut items = Call::new(&connection, None, &LIST).pages::<u8, Infallible>().items();
    let found = block_on(async {
        let mut found = Vec::new();
        while let Some(item) = next(&mut items).await {
            found.push(item.expect("the page is there"));
        }
        found
    });
    assert_eq!(found, [1, 2, 3]);
    assert_eq!(
        other.request_lines(),
        ["GET /tokens?page=2 HTTP/1.1", "GET /tokens?page=3 HTTP/1.1"]
    );
}

#[test]
fn a_retryable_error_keeps_the_position() {
    let script =
        [page("[1]", "</tokens?page=2>; rel=next"), Act::answer(500, &[], ""), page("[2]", "")];
    let requests = ["/tokens?per_page=2", "/tokens?page=2", "/tokens?page=2"];
    check(&script, &[Ok(1), Err(ErrorKind::Undocumented), Ok(2)], &requests);
}

#[test]
fn any_other_error_is_the_last_item() {
    for (answer, kind) in [
        (Act::answer(404, &[], ""), ErrorKind::Undocumented),
        (Act::answer(200, &[], "{}"), ErrorKind::Undecodable),
    ] {
        let script = [page("[1]", "</tokens?page=2>; rel=next"), answer, page("[2]", "")];
        check(&script, &[Ok(1), Err(kind)], &["/tokens?per_page=2", "/tokens?page=2"]);
    }
}

#[test]
fn counts_pages_until_an_empty_one_if_there_are_no_links() {
    let script = [page("[1,2]", ""), page("[3]", ""), page("[]", "")];
    let requests = ["/tokens?per_page=2", "/tokens?per_page=2&page=2", "/tokens?per_page=2&page=3"];
    check_numbered(&[], &script, &[Ok(1), Ok(2), Ok(3)], &requests);
    check(&script, &[Ok(1), Ok(2)], &requests[..1]);
}

#[test]
fn a_page_whose_items_do_not_fit_is_not_the_last_one() {
    let script = [page("[null, \"a\"]", ""), page("[3, 500]", ""), page("[]", "")];
    let requests = ["/tokens?per_page=2", "/tokens?per_page=2&page=2", "/tokens?per_page=2&page=3"];
    check_numbered(&[], &script, &[Ok(3)], &requests);
}

#[test]
fn items_name_what_was_left_out_of_their_pages() {
    let server =
        Server::start(&[page("[1, null]", "</tokens?page=2>; rel=next"), page("[\"a\", 2]", "")]);
    let connection = Connection::builder(&server.base_url).build().expect("it is built");
    let mut items = Call::new(&connection, None, &LIST).pages::<u8, Infallible>().items();
    let found = block_on(async {
        let mut found = Vec::new();
        while let Some(item) = next(&mut items).await {
            found.push(item.expect("the page is there"));
        }
        found
    });
    assert_eq!((found, items.undecoded()), (vec![1, 2], &["/1".to_owned(), "/0".to_owned()][..]));
}

#[test]
fn counts_from_the_number_that_the_caller_sets() {
    let script = [page("[1]", ""), page("[]", "")];
    check_numbered(
        &[7],
        &script,
        &[Ok(1)],
        &["/tokens?per_page=2&page=7", "/tokens?per_page=2&page=8"],
    );
}

#[test]
fn links_take_precedence_over_numbers() {
    let script =
        [page("[1]", "</tokens?page=5>; rel=next"), page("[2]", "</tokens?page=1>; rel=first")];
    check_numbered(&[], &script, &[Ok(1), Ok(2)], &["/tokens?per_page=2", "/tokens?page=5"]);
    let script = [page("[]", "</tokens?page=5>; rel=next"), page("[2]", ""), page("[]", "")];
    check_numbered(
        &[],
        &script,
        &[Ok(2)],
        &["/tokens?per_page=2", "/tokens?page=5", "/tokens?page=6"],
    );
    let script = [page("[1]", "<http://127.0.0.2:9/tokens?page=2>; rel=next")];
    check_numbered(
        &[],
        &script,
        &[Ok(1), Err(ErrorKind::CrossOriginLink)],
        &["/tokens?per_page=2"],
    );
}

#[test]
fn a_retryable_error_keeps_the_number() {
    let script = [page("[1]", ""), Act::answer(500, &[], ""), page("[2]", ""), page("[]", "")];
    let requests = [1, 2, 2, 3].map(|number| format!("/tokens?per_page=2&page={number}"));
    let requests: Vec<&str> = requests.iter().map(String::as_str).collect();
    check_numbered(&[1], &script, &[Ok(1), Err(ErrorKind::Undocumented), Ok(2)], &requests);
}

#[test]
fn a_server_that_ignores_the_number_is_asked_twice_and_read_once() {
    let error = Act::answer(500, &[], "");
    let script = [page("[1]", ""), error, page("[1]", "")];
    let requests = ["/tokens?per_page=2", "/tokens?per_page=2&page=2", "/tokens?per_page=2&page=2"];
    check_numbered(&[], &script, &[Ok(1), Err(ErrorKind::Undocumented)], &requests);
    let script =
        [page("[1]", "</tokens?page=2>; rel=next"), page("[1]", "</tokens?page=2>; rel=first")];
    check_numbered(&[], &script, &[Ok(1), Ok(1)], &["/tokens?per_page=2", "/tokens?page=2"]);
}

#[test]
fn stops_at_loops_of_links_and_numbers() {
    let script = [
        page("[1]", "</tokens?page=1>; rel=next"),
        page("[2]", ""),
        page("[3]", "</tokens?page=1>; rel=next"),
    ];
    check_numbered(
        &[],
        &script,
        &[Ok(1), Ok(2), Ok(3)],
        &["/tokens?per_page=2", "/tokens?page=1", "/tokens?page=2"],
    );
    let script = [
        page("[1]", "</tokens?page=2>; rel=next"),
        page("[2]", "</tokens?page=1>; rel=next"),
        page("[3]", ""),
    ];
    check_numbered(
        &[],
        &script,
        &[Ok(1), Ok(2), Ok(3)],
        &["/tokens?per_page=2", "/tokens?page=2", "/tokens?page=1"],
    );
}

#[test]
fn an_invalid_number_is_the_last_item() {
    let expected = [Ok(1), Err(ErrorKind::InvalidRequest)];
    check_numbered(&[9], &[page("[1]", "")], &expected, &["/tokens?per_page=2&page=9"]);
}

#[test]
fn an_invalid_value_is_the_only_item() {
    let connection = Connection::new("http://127.0.0.1:9").expect("it is built");
    let mut call = Call::new(&connection, None, &LIST);
    call.header("x-name", "two\nlines", &[]);
    let mut pages = call.pages::<u8, Infallible>();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let first = Pin::new(&mut pages).poll_next(&mut context);
    assert!(
        matches!(first, Poll::Ready(Some(Err(error))) if error.kind() == ErrorKind::InvalidRequest)
    );
    assert!(matches!(Pin::new(&mut pages).poll_next(&mut context), Poll::Ready(None)));
}
