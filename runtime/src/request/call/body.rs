//! The body of a call.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use crate::request::file_part::collect_files;
use crate::request::media_type::{is_media_type, matches_range};
use crate::request::upload::RequestBody;
use crate::request::{Call, Encoding, RequestPart, Upload, Validate, Validator, form, multipart};
use crate::secrets::{ZeroizingBuffer, exposing_secrets};

impl Call {
    /// Sets the body to `value` as JSON.
    pub fn json(&mut self, media_type: &'static str, value: &(impl Serialize + Validate + ?Sized)) {
        if let Some(bytes) = self.as_json(RequestPart::Body, "", value) {
            self.body(media_type, Bytes::from_owner(bytes));
        }
    }

    /// Sets the body to `value` as a form: one pair for each property, unless `encodings` says
    /// otherwise. They are pairs of a property name and its documented encoding.
    pub fn form(
        &mut self,
        media_type: &'static str,
        value: &(impl Serialize + Validate + ?Sized),
        encodings: &[(&'static str, Encoding)],
    ) {
        let Some(json) = self.as_json(RequestPart::Body, "", value) else { return };
        match form::encode(json.as_ref(), encodings) {
            Ok(form) => self.body(media_type, Bytes::from_owner(form)),
            Err((name, reason)) => self.refuse(RequestPart::Body, &name, reason.requirement()),
        }
    }

    /// Sets the body to `value` as multipart: one part for each property.
    ///
    /// `encodings` are pairs of a property name and its documented encoding.
    pub fn multipart(
        &mut self,
        media_type: &'static str,
        value: &(impl Serialize + Validate + ?Sized),
        encodings: &[(&'static str, Encoding)],
    ) {
        let boundary = multipart::boundary();
        let (json, files) = collect_files(&boundary, || self.as_json(RequestPart::Body, "", value));
        let Some(json) = json else { return };
        match multipart::encode(json.as_ref(), &files, &boundary, encodings) {
            Ok(parts) => {
                self.body(media_type, Bytes::from_owner(parts));
                if let Ok(value) =
                    HeaderValue::from_str(&format!("{media_type}; boundary={boundary}"))
                {
                    self.headers.set(CONTENT_TYPE, value);
                }
            }
            Err((name, reason)) => self.refuse(RequestPart::Body, &name, reason.requirement()),
        }
    }

    /// Sets the body to bytes or a stream of bytes.
    pub fn raw(&mut self, media_type: &'static str, value: impl Into<Upload>) {
        self.sent_body(media_type, value.into().into_body());
    }

    /// Sets the body to bytes or a stream of bytes in base64 (RFC 4648, section 4).
    pub fn base64(&mut self, media_type: &'static str, value: impl Into<Upload>) {
        self.sent_body(media_type, value.into().in_base64().into_body());
    }

    /// Sets the media type of the body, which has been set, to one that the caller has chosen. It
    /// must match one of the documented media types or ranges.
    pub fn media_type(&mut self, choices: &[&str], media_type: &str) {
        let value = HeaderValue::from_str(media_type).ok().filter(|_| is_media_type(media_type));
        match value.filter(|_| choices.iter().any(|choice| matches_range(choice, media_type))) {
            Some(value) => self.headers.set(CONTENT_TYPE, value),
            None => {
                let requirement =
                    format!("must have a media type that matches {}", choices.join(" or "));
                self.refuse(RequestPart::Body, "", &requirement);
            }
        }
    }

    fn body(&mut self, media_type: &'static str, bytes: Bytes) {
        self.sent_body(media_type, RequestBody::Bytes(bytes));
    }

    fn sent_body(&mut self, media_type: &'static str, body: RequestBody) {
        self.body = Some(body);
        self.headers.set(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }

    /// Serializes a value, including its secrets. If the value is invalid, the call becomes
    /// invalid.
    pub(super) fn as_json(
        &mut self,
        part: RequestPart,
        name: &str,
        value: &(impl Serialize + Validate + ?Sized),
    ) -> Option<ZeroizingBuffer> {
        let mut validator = Validator::of(part, name);
        value.validate(&mut validator);
        self.invalid = self.invalid.take().or_else(|| validator.into_invalid());
        let mut json = ZeroizingBuffer::default();
        if exposing_secrets(|| serde_json::to_writer(&mut json, value)).is_err() {
            self.refuse(part, name, "cannot be written as JSON");
            return None;
        }
        Some(json)
    }
}
