//! One request in the making: every value is checked before anything is sent.

mod body;
mod parameters;

use std::fmt;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderValue};
use reqwest::{Method, Url};

use crate::connection::{CallOptions, Connection};
use crate::credentials::Credential;
use crate::request::header_list::HeaderList;
use crate::request::name_value_pairs::NameValuePairs;
use crate::request::upload::RequestBody;
use crate::request::{Constrained, Constraint, InvalidRequest, Operation, RequestPart};
use crate::secrets::ZeroizingBuffer;

/// A request that is being put together for one operation.
///
/// The first value that is not allowed is remembered, and sending reports it instead of sending anything.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c> {
    connection: &'c Connection,
    credential: Option<&'c dyn Credential>,
    operation: &'static Operation,
    /// Path as far as the template has been filled in.
    path: ZeroizingBuffer,
    /// Part of the path template that has not been written yet.
    template: &'static str,
    query: NameValuePairs,
    cookies: NameValuePairs,
    headers: HeaderList,
    body: Option<RequestBody>,
    options: CallOptions,
    streams_success: bool,
    invalid: Option<InvalidRequest>,
}

/// A request whose values are all allowed; it can be sent as often as need be.
pub(crate) struct PreparedCall<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) credential: Option<&'c dyn Credential>,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    pub(crate) headers: HeaderList,
    pub(crate) body: Option<RequestBody>,
    pub(crate) options: CallOptions,
    /// Whether the caller reads the body of a success.
    pub(crate) streams_success: bool,
}

impl<'c> Call<'c> {
    /// Starts a request for `operation`.
    pub fn new(
        connection: &'c Connection,
        credential: Option<&'c dyn Credential>,
        operation: &'static Operation,
    ) -> Self {
        let mut path = ZeroizingBuffer::default();
        path.push([connection.base_url().path()]);
        Self {
            connection,
            credential,
            operation,
            path,
            template: operation.path,
            query: NameValuePairs::separated_by("&"),
            cookies: NameValuePairs::separated_by("; "),
            headers: HeaderList::default(),
            body: None,
            options: CallOptions::default(),
            streams_success: false,
            invalid: None,
        }
    }

    /// Holds each item of a list against `constraints`.
    pub fn check_items<T: Constrained>(
        &mut self,
        part: RequestPart,
        name: &str,
        items: &[T],
        constraints: &[Constraint],
    ) {
        for (index, item) in items.iter().enumerate() {
            self.check(part, &format!("{name}[{index}]"), item, constraints);
        }
    }

    /// Lets this call differ from the settings of its connection.
    pub fn options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// Leaves the body of a success to the caller.
    pub(crate) fn stream_success(&mut self) {
        self.streams_success = true;
    }

    /// What is to be sent, or the first value that is not allowed.
    pub(crate) fn prepare(mut self) -> Result<PreparedCall<'c>, InvalidRequest> {
        if let Some(invalid) = self.invalid {
            return Err(invalid);
        }
        self.path.push([self.template]);
        let url = self.connection.base_url().join(self.path.as_str(), self.query.as_str());
        self.write_cookies();
        self.headers.set(ACCEPT, HeaderValue::from_static(self.operation.accept));
        // RFC 9110, section 8.6: a method that anticipates content says so when there is none.
        if self.body.is_none() && matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH) {
            self.headers.set(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(PreparedCall {
            connection: self.connection,
            credential: self.credential,
            operation: self.operation,
            url,
            headers: self.headers,
            body: self.body,
            options: self.options,
            streams_success: self.streams_success,
        })
    }

    fn write_cookies(&mut self) {
        let cookies = std::mem::replace(&mut self.cookies, NameValuePairs::separated_by("; ")).into_buffer();
        if !cookies.is_empty()
            && let Ok(mut value) = HeaderValue::from_maybe_shared(Bytes::from_owner(cookies))
        {
            value.set_sensitive(true);
            self.headers.set(COOKIE, value);
        }
    }

    /// The operation that is called.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Holds a value against `constraints`, which is how a body is checked that is no object.
    pub fn check<T: Constrained + ?Sized>(
        &mut self,
        part: RequestPart,
        name: &str,
        value: &T,
        constraints: &[Constraint],
    ) {
        if let Some(broken) = constraints.iter().find(|constraint| !value.satisfies(constraint)) {
            self.refuse(part, name, &broken.requirement());
        }
    }

    fn refuse(&mut self, part: RequestPart, name: &str, requirement: &str) {
        self.invalid.get_or_insert_with(|| InvalidRequest {
            part,
            name: name.to_owned(),
            requirement: requirement.to_owned(),
        });
    }
}

/// Prints neither URL, headers nor body, since each of them can hold a secret.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("operation", &self.operation.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;
    use crate::request::{Explode, Style};
    use reqwest::header::HeaderMap;

    static OPERATION: Operation = Operation {
        name: "get",
        method: Method::GET,
        path: "/apps/{client_id}/tokens/{token}.json",
        accept: "application/json",
        idempotent: true,
        success: &[],
    };

    fn prepared(client_id: &str, token: &str, note: &str, otp: &str) -> Result<(Url, HeaderMap), InvalidRequest> {
        let connection = Connection::new("https://example.com/api/v3").expect("the connection is built");
        let mut call = Call::new(&connection, None, &OPERATION);
        call.path("client_id", client_id, &[]);
        call.path("token", token, &[]);
        call.query("note", note, &[], Explode::Yes);
        call.header("x-otp", otp, &[]);
        call.prepare().map(|prepared| (prepared.url, written(&prepared.headers)))
    }

    fn written(headers: &HeaderList) -> HeaderMap {
        let mut map = HeaderMap::new();
        headers.write(&mut map);
        map
    }

    #[test]
    fn values_that_would_name_another_resource_are_refused() {
        for value in ["", ".", ".."] {
            assert!(prepared(value, "t", "", "").is_err(), "{value:?}");
            assert!(prepared("c", value, "", "").is_err(), "{value:?}");
        }
    }

    #[test]
    fn headers_and_cookies_are_not_printed_by_the_http_library() {
        let connection = Connection::new("https://example.com").expect("the connection is built");
        let mut call = Call::new(&connection, None, &OPERATION);
        call.path("client_id", "c", &[]);
        call.path("token", "t", &[]);
        call.header("x-otp", "canary", &[]);
        call.styled(RequestPart::Header, "x-range", "canary", Style::Simple, Explode::No);
        call.styled(RequestPart::Cookie, "sid", "canary", Style::Form, Explode::Yes);
        let headers = written(&call.prepare().expect("all values are allowed").headers);
        assert!(["x-otp", "x-range", "cookie"].iter().all(|name| headers[*name].is_sensitive()));
        assert!(!format!("{headers:?}").contains("canary"), "{headers:?}");
    }

    /// Texts that are likely to break out of where they belong, and any others.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[./\\\\?#%2eEfF5cC;:@&=+ \r\n\t\u{0}a]{0,8}"]
    }

    proptest! {
        #[test]
        fn no_value_leaves_its_place(client_id in text(), token in text(), note in text(), otp in text()) {
            let Ok((url, headers)) = prepared(&client_id, &token, &note, &otp) else { return Ok(()) };
            let segments: Vec<&str> = url.path().split('/').collect();
            prop_assert_eq!(segments.len(), 7, "{}", url);
            prop_assert_eq!(&segments[..4], &["", "api", "v3", "apps"]);
            prop_assert_eq!(segments[5], "tokens");
            let decoded = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
            prop_assert_eq!(decoded(segments[4]), client_id);
            prop_assert_eq!(decoded(segments[6]), format!("{token}.json"));
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("note".to_owned(), note)]);
            prop_assert!(url.host_str() == Some("example.com") && url.fragment().is_none() && url.username().is_empty());
            prop_assert_eq!(headers.get_all("x-otp").iter().count(), 1);
            prop_assert_eq!(headers["x-otp"].as_bytes(), otp.as_bytes());
            prop_assert!(!otp.contains(['\r', '\n', '\0']));
        }
    }
}
