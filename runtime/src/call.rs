//! One request in the making: every value is checked before anything is sent.

mod body;

use std::fmt;

use crate::header_list::HeaderList;
use crate::pairs::Pairs;
use crate::style::{self, encoded};
use crate::upload::SentBody;
use crate::wiped::WipedBuffer;
use crate::{
    CallOptions, Connection, Constrained, Credential, Explode, InvalidRequest, Operation, ParameterValue, Place, Rule,
    Style, Validate,
};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde::Serialize;
use serde_json::value::RawValue;

/// Everything but RFC 3986's unreserved characters is percent-encoded, so that no value can end its segment.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request that is being put together for one operation.
///
/// The first value that is not allowed is remembered, and sending reports it instead of sending anything.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c> {
    connection: &'c Connection,
    credential: Option<&'c dyn Credential>,
    operation: &'static Operation,
    /// Path as far as the template has been filled in.
    path: WipedBuffer,
    /// Part of the path template that has not been written yet.
    template: &'static str,
    query: Pairs,
    cookies: Pairs,
    headers: HeaderList,
    body: Option<SentBody>,
    options: CallOptions,
    streams_success: bool,
    invalid: Option<InvalidRequest>,
}

/// A request whose values are all allowed; it can be sent as often as need be.
pub(crate) struct Prepared<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) credential: Option<&'c dyn Credential>,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    pub(crate) headers: HeaderList,
    pub(crate) body: Option<SentBody>,
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
        let mut path = WipedBuffer::default();
        path.push([connection.base_url().path()]);
        Self {
            connection,
            credential,
            operation,
            path,
            template: operation.path,
            query: Pairs::separated_by("&"),
            cookies: Pairs::separated_by("; "),
            headers: HeaderList::default(),
            body: None,
            options: CallOptions::default(),
            streams_success: false,
            invalid: None,
        }
    }

    /// Fills the next `{name}` of the path template.
    ///
    /// The value arrives as one segment, or part of one: it is percent-encoded, and refused where that is not enough.
    pub fn path<T>(&mut self, name: &'static str, value: &T, rules: &[Rule])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(Place::Path, name, value, rules);
        self.segment(name, |path| write_list(path, value, "%2C"));
    }

    /// Writes the next part of the path, which is percent-encoded.
    fn segment(&mut self, name: &str, write: impl FnOnce(&mut WipedBuffer)) {
        let (before, after) = split_template(self.template);
        self.path.push([before]);
        let start = self.path.len();
        write(&mut self.path);
        self.template = after;
        // Dots are never percent-encoded.
        if matches!(&self.path.as_ref()[start..], b"" | b"." | b"..") {
            self.refuse(Place::Path, name, "must not be empty, `.` or `..`: it would name another resource");
        }
    }

    /// Sets the query parameter `name`.
    pub fn query<T>(&mut self, name: &'static str, value: &T, rules: &[Rule], explode: Explode)
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(Place::Query, name, value, rules);
        self.query.clear(name);
        match explode {
            Explode::Yes => value.each(&mut |text| self.query.add(name, name).push(utf8_percent_encode(text, ENCODED))),
            Explode::No => write_list(self.query.add(name, name), value, ","),
        }
    }

    /// Writes the parameter `name` in a style of its own: an object, a value of several types, or a cookie.
    ///
    /// A path parameter fills the next `{name}` of the template. A header's name is in lower case.
    pub fn styled(
        &mut self,
        place: Place,
        name: &'static str,
        value: &(impl Serialize + Validate + ?Sized),
        style: Style,
        explode: Explode,
    ) {
        let Some(json) = self.as_json(place, name, value) else { return };
        let written = serde_json::from_slice::<&RawValue>(json.as_ref());
        if !written.is_ok_and(|json| self.write_styled(place, name, json, style, explode).is_some()) {
            self.refuse(place, name, "cannot be written in the style that the document asks for");
        }
    }

    fn write_styled(
        &mut self,
        place: Place,
        name: &'static str,
        json: &RawValue,
        style: Style,
        explode: Explode,
    ) -> Option<()> {
        match place {
            Place::Path => {
                let text = style::text(name, json, style, explode, encoded)?;
                self.segment(name, |path| path.push([text.text()]));
            }
            Place::Header => {
                let text = style::text(name, json, style, explode, style::verbatim)?;
                self.insert_header(name, text.text());
            }
            Place::Query | Place::Cookie => {
                let all = if place == Place::Cookie { &mut self.cookies } else { &mut self.query };
                all.clear(name);
                for (pair, value) in style::pairs(name, json, style, explode)? {
                    all.add(name, &pair).push([value.text()]);
                }
            }
            Place::Body => return None,
        }
        Some(())
    }

    /// Sets the header `name`, which is in lower case.
    pub fn header<T>(&mut self, name: &'static str, value: &T, rules: &[Rule])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(Place::Header, name, value, rules);
        self.insert_header(name, joined(value).text());
    }

    fn insert_header(&mut self, name: &'static str, text: &str) {
        match HeaderValue::from_str(text) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.set(HeaderName::from_static(name), value);
            }
            Err(_) => self.refuse(Place::Header, name, "must be printable ASCII"),
        }
    }

    /// Holds a value against `rules`, which is how a body is checked that is no object.
    pub fn constrain<T: Constrained + ?Sized>(&mut self, place: Place, name: &str, value: &T, rules: &[Rule]) {
        self.check(place, name, value, rules);
    }

    /// Holds each item of a list against `rules`.
    pub fn constrain_items<T: Constrained>(&mut self, place: Place, name: &str, items: &[T], rules: &[Rule]) {
        for (index, item) in items.iter().enumerate() {
            self.check(place, &format!("{name}[{index}]"), item, rules);
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
    pub(crate) fn prepare(mut self) -> Result<Prepared<'c>, InvalidRequest> {
        if let Some(invalid) = self.invalid {
            return Err(invalid);
        }
        self.path.push([self.template]);
        let url = self.connection.base_url().with(self.path.text(), self.query.text());
        self.write_cookies();
        self.headers.set(ACCEPT, HeaderValue::from_static(self.operation.accept));
        // RFC 9110, section 8.6: a method that anticipates content says so when there is none.
        if self.body.is_none() && matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH) {
            self.headers.set(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(Prepared {
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
        let cookies = std::mem::replace(&mut self.cookies, Pairs::separated_by("; ")).into_text();
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

    fn check<T: Constrained + ?Sized>(&mut self, place: Place, name: &str, value: &T, rules: &[Rule]) {
        if let Some(broken) = rules.iter().find(|rule| !value.keeps(rule)) {
            self.refuse(place, name, &broken.requirement());
        }
    }

    fn refuse(&mut self, place: Place, name: &str, requirement: &str) {
        self.invalid.get_or_insert_with(|| InvalidRequest {
            place,
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

/// Values of a list are written with commas between (`style: simple`).
fn joined(value: &(impl ParameterValue + ?Sized)) -> WipedBuffer {
    let mut joined = WipedBuffer::default();
    let mut separator = "";
    value.each(&mut |text| joined.push([std::mem::replace(&mut separator, ","), text]));
    joined
}

/// Writes the values of a list, percent-encoded, with `separator` between.
fn write_list(text: &mut WipedBuffer, values: &(impl ParameterValue + ?Sized), separator: &'static str) {
    let mut next = "";
    values.each(&mut |value| {
        text.push([std::mem::replace(&mut next, separator)]);
        text.push(utf8_percent_encode(value, ENCODED));
    });
}

/// What stands before and after the first `{…}`.
fn split_template(template: &'static str) -> (&'static str, &'static str) {
    let start = template.find('{').unwrap_or(template.len());
    let end = template[start..].find('}').map_or(template.len(), |length| start + length + 1);
    (&template[..start], &template[end..])
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;
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
        call.styled(Place::Header, "x-range", "canary", Style::Simple, Explode::No);
        call.styled(Place::Cookie, "sid", "canary", Style::Form, Explode::Yes);
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
