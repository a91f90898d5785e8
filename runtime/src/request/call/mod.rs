//! Calls: requests that are filled with checked values and then sent.

mod body;
mod parameters;
mod prepared;

pub(crate) use prepared::PreparedCall;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderValue};
use url::Url;

use crate::connection::{BaseUrl, CallOptions, Connection};
use crate::credentials::Credential;
use crate::request::header_list::HeaderList;
use crate::request::name_value_pairs::NameValuePairs;
use crate::request::upload::RequestBody;
use crate::request::{Constrained, Constraint, InvalidRequestError, Operation, RequestPart};
use crate::secrets::ZeroizingBuffer;

/// A request for one operation, to be filled with values and sent.
///
/// The first value that violates a constraint makes the call invalid. Sending an invalid call
/// returns an error and sends nothing.
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    connection: Connection,
    credential: Option<Arc<dyn Credential>>,
    operation: &'static Operation,
    /// The server of the operation, if it is not that of the connection.
    server: Option<BaseUrl>,
    /// The path, as far as the template is filled.
    path: ZeroizingBuffer,
    /// The rest of the path template.
    template: &'static str,
    query: NameValuePairs,
    cookies: NameValuePairs,
    headers: HeaderList,
    body: Option<RequestBody>,
    options: CallOptions,
    streams_success: bool,
    invalid: Option<InvalidRequestError>,
}

impl Call {
    /// Creates a request for `operation`.
    pub fn new(
        connection: &Connection,
        credential: Option<Arc<dyn Credential>>,
        operation: &'static Operation,
    ) -> Self {
        let mut path = ZeroizingBuffer::default();
        path.push([connection.base_url().path()]);
        Self {
            connection: connection.clone(),
            credential,
            operation,
            server: None,
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

    /// Sends the request to a server of the operation's own, before any value is set: to the first
    /// of `servers` whose origin the caller has allowed. URLs can be relative to the base URL.
    pub fn at(mut self, servers: &[&str]) -> Self {
        let base_url = self.connection.base_url();
        let urls: Vec<Url> = servers.iter().filter_map(|server| base_url.resolve(server)).collect();
        let allowed = urls.iter().find_map(|url| self.connection.allowed(url));
        match allowed.and_then(BaseUrl::of_allowed) {
            Some(server) => {
                self.path = ZeroizingBuffer::default();
                self.path.push([server.path()]);
                self.server = Some(server);
            }
            None => {
                let origins = urls.iter().map(|url| url.origin().ascii_serialization());
                let origins = origins.collect::<Vec<_>>().join(" or ");
                let requirement = format!(
                    "is on {origins}, not on the server of the client: \
                     allow that with `ClientBuilder::allow_origin`"
                );
                self.refuse(RequestPart::Path, "", &requirement);
            }
        }
        self
    }

    /// Checks each item of an array against `constraints`.
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

    /// Sets options that override the settings of the connection.
    pub fn options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// Lets the caller read the body of a success.
    pub(crate) fn stream_success(&mut self) {
        self.streams_success = true;
    }

    /// Returns the request to send, or the first value that violates a constraint.
    pub(crate) fn prepare(mut self) -> Result<PreparedCall, InvalidRequestError> {
        if let Some(invalid) = self.invalid {
            return Err(invalid);
        }
        self.path.push([self.template]);
        let server = self.server.as_ref().unwrap_or(self.connection.base_url());
        let url = server.join(self.path.as_str(), self.query.as_str());
        self.write_cookies();
        self.headers.set(ACCEPT, HeaderValue::from_static(self.operation.accept));
        // RFC 9110, section 8.6: a request without content states its length if the method
        // anticipates content.
        if self.body.is_none()
            && matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH)
        {
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
        let cookies =
            std::mem::replace(&mut self.cookies, NameValuePairs::separated_by("; ")).into_buffer();
        if !cookies.is_empty()
            && let Ok(mut value) = HeaderValue::from_maybe_shared(Bytes::from_owner(cookies))
        {
            value.set_sensitive(true);
            self.headers.set(COOKIE, value);
        }
    }

    /// Returns the operation that is called.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Checks a value against `constraints`. Bodies that are objects are checked by
    /// [`Validate`](crate::request::Validate).
    pub fn check<T: Constrained + ?Sized>(
        &mut self,
        part: RequestPart,
        name: &str,
        value: &T,
        constraints: &[Constraint],
    ) {
        if let Some(violated) = constraints.iter().find(|constraint| !value.satisfies(constraint)) {
            self.refuse(part, name, &violated.requirement());
        }
    }

    fn refuse(&mut self, part: RequestPart, name: &str, requirement: &str) {
        self.invalid.get_or_insert_with(|| InvalidRequestError {
            part,
            name: name.to_owned(),
            requirement: requirement.to_owned(),
        });
    }
}

/// Leaves out URL, headers and body, since each may contain a secret.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &self.operation.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;
    use crate::credentials::Basic;
    use crate::request::{Explode, Style};
    use crate::secrets::SecretString;
    use http::header::HeaderMap;

    static OPERATION: Operation = Operation {
        name: "get",
        method: Method::GET,
        path: "/apps/{client_id}/tokens/{token}.json",
        accept: "application/json",
        idempotent: true,
        success: &[],
        rate_limit: None,
    };

    fn prepared(
        client_id: &str,
        token: &str,
        note: &str,
        otp: &str,
    ) -> Result<(Url, HeaderMap), InvalidRequestError> {
        let connection =
            Connection::new("https://example.com/api/v3").expect("the connection is built");
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
    fn path_values_that_would_change_the_resource_are_refused() {
        for value in ["", ".", ".."] {
            assert!(prepared(value, "t", "", "").is_err(), "{value:?}");
            assert!(prepared("c", value, "", "").is_err(), "{value:?}");
        }
    }

    #[test]
    fn headers_are_printable_ascii() {
        for value in ["\u{e9}", "a\u{7f}", "a\n"] {
            assert!(prepared("c", "t", "", value).is_err(), "{value:?}");
        }
        assert!(prepared("c", "t", "", "a\t~").is_ok());
    }

    #[test]
    fn headers_and_cookies_are_marked_as_sensitive() {
        let connection = Connection::new("https://example.com").expect("the connection is built");
        let mut call = Call::new(&connection, None, &OPERATION);
        call.path("client_id", "c", &[]);
        call.path("token", "t", &[]);
        call.header("x-otp", "canary", &[]);
        call.styled(RequestPart::Header, "x-range", "canary", Style::Simple, Explode::No);
        call.styled(RequestPart::Cookie, "sid", "canary", Style::Form, Explode::Yes);
        let headers = written(&call.prepare().expect("all values are valid").headers);
        assert!(["x-otp", "x-range", "cookie"].iter().all(|name| headers[*name].is_sensitive()));
        assert!(!format!("{headers:?}").contains("canary"), "{headers:?}");
    }

    #[test]
    fn a_user_id_is_that_of_the_credential() {
        let connection = Connection::new("https://example.com").expect("the connection is built");
        let mut call =
            Call::new(&connection, Some(Arc::new(Basic::new("me", "canary"))), &OPERATION);
        let user_id = call.user_id(RequestPart::Path, "client_id");
        assert_eq!(user_id, SecretString::from("me"));
        let mut call = Call::new(&connection, None, &OPERATION);
        call.user_id(RequestPart::Path, "client_id");
        let refused = call.prepare().err().map(|invalid| invalid.to_string());
        assert!(refused.is_some_and(|refused| refused.contains("`client_id`")));
    }

    /// Strings that are likely to break out of their part of the request, and any others.
    fn string() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[./\\\\?#%2eEfF5cC;:@&=+ \r\n\t\u{0}a]{0,8}"]
    }

    proptest! {
        #[test]
        fn no_value_leaves_its_part_of_the_request(client_id in string(), token in string(), note in string(), otp in string()) {
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
