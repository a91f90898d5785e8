//! One request in the making: every value is checked before anything is sent.

use std::fmt;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Request, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Cause;
use crate::{
    ByStatus, Connection, Constrained, Credential, DecodeError, DocumentedError, Error, Explode, InvalidRequest,
    Operation, ParameterValue, Place, Received, Response, Rule, Validate, Validator, exposing_secrets,
};

/// Everything but RFC 3986's unreserved characters is percent-encoded, so that no value can end its segment.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Largest response body that is read, in bytes.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// A request that is being put together for one operation.
///
/// The first value that is not allowed is remembered, and sending reports it instead of sending anything.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'c> {
    connection: &'c Connection,
    credential: Option<&'c dyn Credential>,
    operation: &'static Operation,
    /// URL as far as the path template has been filled in.
    url: String,
    /// Part of the path template that has not been written yet.
    template: &'static str,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Option<Bytes>,
    invalid: Option<InvalidRequest>,
}

impl<'c> Call<'c> {
    /// Starts a request for `operation`.
    pub fn new(
        connection: &'c Connection,
        credential: Option<&'c dyn Credential>,
        operation: &'static Operation,
    ) -> Self {
        Self {
            connection,
            credential,
            operation,
            url: connection.base_url().as_str().to_owned(),
            template: operation.path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
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
        let text = joined(value);
        if matches!(text.as_str(), "" | "." | "..") {
            self.refuse(Place::Path, name, "must not be empty, `.` or `..`: it would name another resource");
        }
        let (before, after) = split_template(self.template);
        self.url.push_str(before);
        self.url.extend(utf8_percent_encode(&text, ENCODED));
        self.template = after;
    }

    /// Sets the query parameter `name`.
    pub fn query<T>(&mut self, name: &'static str, value: &T, rules: &[Rule], explode: Explode)
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(Place::Query, name, value, rules);
        self.query.retain(|(existing, _)| *existing != name);
        match explode {
            Explode::Yes => value.each(&mut |text| self.query.push((name, encoded(text)))),
            Explode::No => {
                let mut texts = Vec::new();
                value.each(&mut |text| texts.push(encoded(text)));
                self.query.push((name, texts.join(",")));
            }
        }
    }

    /// Sets the header `name`, which is in lower case.
    pub fn header<T>(&mut self, name: &'static str, value: &T, rules: &[Rule])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(Place::Header, name, value, rules);
        match HeaderValue::from_str(&joined(value)) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(HeaderName::from_static(name), value);
            }
            Err(_) => self.refuse(Place::Header, name, "must not hold control characters"),
        }
    }

    /// Sets the body to `value` as JSON.
    pub fn json(&mut self, media_type: &'static str, value: &(impl Serialize + Validate)) {
        let mut validator = Validator::default();
        value.validate(&mut validator);
        self.invalid = self.invalid.take().or_else(|| validator.into_invalid());
        match exposing_secrets(|| serde_json::to_vec(value)) {
            Ok(bytes) => self.body = Some(Bytes::from(bytes)),
            Err(_) => self.refuse(Place::Body, "", "cannot be written as JSON"),
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }

    /// Sends the request; the body of a success is JSON.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_json<T: DeserializeOwned, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(Received::json).await
    }

    /// Sends the request; a success has no body, and one that comes nevertheless is kept raw.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_empty<E: DocumentedError>(self) -> Result<Response<()>, Error<E>> {
        self.send(|_| Ok(())).await
    }

    /// Sends the request; the status of a success decides what its body is.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn send_by_status<T: ByStatus, E: DocumentedError>(self) -> Result<Response<T>, Error<E>> {
        self.send(T::by_status).await
    }

    async fn send<T, E: DocumentedError>(
        self,
        decode: fn(&Received) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error<E>> {
        let operation = self.operation;
        let received = match self.exchange().await {
            Ok(received) => received,
            Err((cause, received)) => return Err(Error::new(operation, cause, received)),
        };
        let cause = if operation.succeeds_with(received.status) {
            match decode(&received) {
                Ok(value) => return Ok(Response::new(value, received)),
                Err(error) => Cause::Undecodable(error),
            }
        } else {
            E::by_status(&received).map_or(Cause::Undocumented, Cause::Documented)
        };
        Err(Error::new(operation, cause, Some(received)))
    }

    async fn exchange<E>(self) -> Result<Received, (Cause<E>, Option<Received>)> {
        let http = self.connection.http();
        let request = self.into_request().map_err(|cause| (cause, None))?;
        let transport = |error: reqwest::Error| Cause::Transport(error.without_url());
        let mut response = http.execute(request).await.map_err(|error| (transport(error), None))?;
        let mut received = Received {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Default::default(),
        };
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > BODY_LIMIT => {
                    return Err((Cause::BodyTooLarge { limit: BODY_LIMIT }, Some(received)));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return Err((transport(error), Some(received))),
            }
        }
        received.body = Bytes::from(body).into();
        Ok(received)
    }

    fn into_request<E>(mut self) -> Result<Request, Cause<E>> {
        if let Some(invalid) = self.invalid {
            return Err(Cause::InvalidRequest(invalid));
        }
        self.url.push_str(self.template);
        for (index, (name, value)) in self.query.iter().enumerate() {
            self.url.push(if index == 0 { '?' } else { '&' });
            self.url.extend(utf8_percent_encode(name, ENCODED));
            self.url.push('=');
            self.url.push_str(value);
        }
        self.headers.insert(ACCEPT, HeaderValue::from_static(self.operation.accept));
        // RFC 9110, section 8.6: a method that anticipates content says so when there is none.
        if self.body.is_none() && matches!(self.operation.method, Method::POST | Method::PUT | Method::PATCH) {
            self.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(credential) = self.credential {
            credential.apply(&mut self.headers).map_err(Cause::InvalidCredential)?;
        }
        let url = Url::parse(&self.url).map_err(|_| {
            let requirement = "does not give a URL together with the base URL".to_owned();
            Cause::InvalidRequest(InvalidRequest {
                place: Place::Path,
                name: self.operation.path.to_owned(),
                requirement,
            })
        })?;
        let mut request = Request::new(self.operation.method.clone(), url);
        *request.headers_mut() = self.headers;
        *request.body_mut() = self.body.map(Into::into);
        Ok(request)
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

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Values of a list are written with commas between (`style: simple`).
fn joined(value: &(impl ParameterValue + ?Sized)) -> String {
    let mut joined = String::new();
    let mut first = true;
    value.each(&mut |text| {
        if !std::mem::take(&mut first) {
            joined.push(',');
        }
        joined.push_str(text);
    });
    joined
}

/// What stands before and after the first `{…}`.
fn split_template(template: &'static str) -> (&'static str, &'static str) {
    let start = template.find('{').unwrap_or(template.len());
    let end = template[start..].find('}').map_or(template.len(), |length| start + length + 1);
    (&template[..start], &template[end..])
}
