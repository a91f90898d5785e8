//! Tests of parameters in all styles, and of API keys.

use std::sync::Arc;

use std::collections::BTreeMap;
use std::convert::Infallible;

use oauth_token_clients_runtime::{
    __codegen::{Call, Constraint, Encoding, Explode, Method, Operation, StatusPattern, Style},
    ApiKey, Connection, Credential, ErrorKind, RequestPart, SecretString,
};

use crate::server::{Act, Server, block_on};

static GET: Operation = Operation {
    name: "get",
    method: Method::GET,
    path: "/things{range}/{id}",
    accept: "*/*",
    idempotent: true,
    success: &[StatusPattern::Code(200)],
    rate_limit: None,
};

/// Sends a call that `fill` fills, and returns the request.
fn send(credential: Option<Arc<dyn Credential>>, fill: impl FnOnce(&mut Call)) -> String {
    let server = Server::start(&[Act::answer(200, &[], "")]);
    let connection = Connection::new(&server.base_url).expect("the connection is built");
    let mut call = Call::new(&connection, credential, &GET);
    fill(&mut call);
    block_on(call.send_empty::<Infallible>()).expect("the server answers");
    server.requests().concat()
}

fn secrets() -> BTreeMap<String, SecretString> {
    [("from", "a/b"), ("to", "..")]
        .map(|(name, value)| (name.to_owned(), SecretString::from(value)))
        .into()
}

#[test]
fn objects_stay_in_their_part_of_the_request_including_secrets() {
    let request = send(None, |call| {
        call.styled(RequestPart::Path, "range", &secrets(), Style::Matrix, Explode::Yes);
        call.path("id", "7", &[]);
        call.styled(RequestPart::Query, "deep", &secrets(), Style::DeepObject, Explode::Yes);
        call.styled(RequestPart::Query, "deep", &secrets(), Style::DeepObject, Explode::Yes);
        call.styled(RequestPart::Query, "json", &secrets(), Style::Json, Explode::No);
        call.styled(RequestPart::Header, "x-range", &secrets(), Style::Simple, Explode::No);
        call.styled(RequestPart::Cookie, "ids", &[1_i64, 2][..], Style::Form, Explode::No);
        call.styled(RequestPart::Cookie, "theme", "dark; x", Style::Form, Explode::Yes);
    });
    let line = "GET /things;from=a%2Fb;to=../7?deep%5Bfrom%5D=a%2Fb&deep%5Bto%5D=..\
                &json=%7B%22from%22%3A%22a%2Fb%22%2C%22to%22%3A%22..%22%7D HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    assert!(request.contains("x-range: from,a/b,to,..\r\n"), "{request}");
    assert!(request.contains("cookie: ids=1,2; theme=dark%3B%20x\r\n"), "{request}");
}

#[test]
fn api_keys_are_added_to_the_parameters_of_a_call() {
    let keys = (
        ApiKey::in_query("key", SecretString::from("k&y")),
        ApiKey::in_cookie("sid", SecretString::from("s;d")),
    );
    let request = send(Some(Arc::new(keys)), |call| {
        call.styled(RequestPart::Path, "range", "r", Style::Label, Explode::No);
        call.path("id", "7", &[]);
        call.query("q", "x", &[], Explode::Yes);
        call.styled(RequestPart::Cookie, "theme", "dark", Style::Form, Explode::Yes);
    });
    assert!(request.starts_with("GET /things.r/7?q=x&key=k%26y HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("cookie: theme=dark; sid=s%3Bd\r\n"), "{request}");
}

#[test]
fn values_that_change_the_resource_or_violate_a_constraint_are_not_sent() {
    let connection = Connection::new("http://127.0.0.1:9").expect("the connection is built");
    let refused = |fill: fn(&mut Call)| {
        let mut call = Call::new(&connection, None, &GET);
        fill(&mut call);
        let error = block_on(call.send_empty::<Infallible>()).expect_err("nothing is sent");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        error.to_string()
    };
    let message =
        refused(|call| call.styled(RequestPart::Path, "range", "..", Style::Simple, Explode::No));
    assert!(message.contains("path parameter `range` must not be"), "{message}");
    let message = refused(|call| {
        call.styled(RequestPart::Path, "range", &no_secrets(), Style::Simple, Explode::No)
    });
    assert!(message.contains("path parameter `range` must not be"), "{message}");
    let message = refused(|call| {
        let items = ["a|b".to_owned()];
        let (style, explode) = (Style::PipeDelimited, Explode::No);
        call.styled(RequestPart::Query, "tags", &items[..], style, explode)
    });
    assert!(message.contains("query parameter `tags` must not contain the delimiter"), "{message}");
    let message = refused(|call| {
        let form: BTreeMap<String, Vec<String>> =
            [("tags".to_owned(), vec!["a b".to_owned()])].into();
        let encoding = Encoding::Styled(Style::SpaceDelimited, Explode::No);
        call.form("application/x-www-form-urlencoded", &form, &[("tags", encoding)])
    });
    assert!(message.contains("body property `tags` must not contain the delimiter"), "{message}");
    let message = refused(|call| {
        call.check(RequestPart::Cookie, "ids", &vec![1_i64], &[Constraint::MinItems(2)])
    });
    assert!(message.contains("cookie `ids` must have at least 2 items"), "{message}");
}

fn no_secrets() -> BTreeMap<String, SecretString> {
    BTreeMap::new()
}

#[test]
fn commas_separate_the_items_of_a_path_and_are_encoded_inside_of_them() {
    let request = send(None, |call| {
        call.styled(RequestPart::Path, "range", &[1_i64, 2][..], Style::Matrix, Explode::Yes);
        call.path("id", &["a,b".to_owned(), "c/d".to_owned(), "..".to_owned()][..], &[]);
    });
    assert!(
        request.starts_with("GET /things;range=1;range=2/a%2Cb,c%2Fd,.. HTTP/1.1"),
        "{request}"
    );
}
