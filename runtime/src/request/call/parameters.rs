//! The parameters of a request in the making.

use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::request::style::{self, encoded};
use crate::request::{Call, Constrained, Constraint, Explode, ParameterValue, RequestPart, Style, Validate};
use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::percent_encode;

impl Call<'_> {
    /// Fills the next `{name}` of the path template.
    ///
    /// The value arrives as one segment, or part of one: it is percent-encoded, and refused where that is not enough.
    pub fn path<T>(&mut self, name: &'static str, value: &T, constraints: &[Constraint])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Path, name, value, constraints);
        self.segment(name, |path| write_list(path, value, "%2C"));
    }

    /// Writes the next part of the path, which is percent-encoded.
    fn segment(&mut self, name: &str, write: impl FnOnce(&mut ZeroizingBuffer)) {
        let (before, after) = split_template(self.template);
        self.path.push([before]);
        let start = self.path.len();
        write(&mut self.path);
        self.template = after;
        // Dots are never percent-encoded.
        if matches!(&self.path.as_ref()[start..], b"" | b"." | b"..") {
            self.refuse(RequestPart::Path, name, "must not be empty, `.` or `..`: it would name another resource");
        }
    }

    /// Sets the query parameter `name`.
    pub fn query<T>(&mut self, name: &'static str, value: &T, constraints: &[Constraint], explode: Explode)
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Query, name, value, constraints);
        self.query.clear(name);
        match explode {
            Explode::Yes => value.each(&mut |value| self.query.add(name, name).push(percent_encode(value))),
            Explode::No => write_list(self.query.add(name, name), value, ","),
        }
    }

    /// Writes the parameter `name` in a style of its own: an object, a value of several types, or a cookie.
    ///
    /// A path parameter fills the next `{name}` of the template. A header's name is in lower case.
    pub fn styled(
        &mut self,
        part: RequestPart,
        name: &'static str,
        value: &(impl Serialize + Validate + ?Sized),
        style: Style,
        explode: Explode,
    ) {
        let Some(json) = self.as_json(part, name, value) else { return };
        let written = serde_json::from_slice::<&RawValue>(json.as_ref());
        if !written.is_ok_and(|json| self.write_styled(part, name, json, style, explode).is_some()) {
            self.refuse(part, name, "cannot be written in the style that the document asks for");
        }
    }

    fn write_styled(
        &mut self,
        part: RequestPart,
        name: &'static str,
        json: &RawValue,
        style: Style,
        explode: Explode,
    ) -> Option<()> {
        match part {
            RequestPart::Path => {
                let text = style::to_string(name, json, style, explode, encoded)?;
                self.segment(name, |path| path.push([text.as_str()]));
            }
            RequestPart::Header => {
                let text = style::to_string(name, json, style, explode, style::verbatim)?;
                self.insert_header(name, text.as_str());
            }
            RequestPart::Query | RequestPart::Cookie => {
                let all = if part == RequestPart::Cookie { &mut self.cookies } else { &mut self.query };
                all.clear(name);
                for (pair, value) in style::pairs(name, json, style, explode)? {
                    all.add(name, &pair).push([value.as_str()]);
                }
            }
            RequestPart::Body => return None,
        }
        Some(())
    }

    /// Sets the header `name`, which is in lower case.
    pub fn header<T>(&mut self, name: &'static str, value: &T, constraints: &[Constraint])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Header, name, value, constraints);
        self.insert_header(name, joined(value).as_str());
    }

    fn insert_header(&mut self, name: &'static str, text: &str) {
        match HeaderValue::from_str(text) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.set(HeaderName::from_static(name), value);
            }
            Err(_) => self.refuse(RequestPart::Header, name, "must be printable ASCII"),
        }
    }
}

/// Values of a list are written with commas between (`style: simple`).
fn joined(value: &(impl ParameterValue + ?Sized)) -> ZeroizingBuffer {
    let mut joined = ZeroizingBuffer::default();
    let mut separator = "";
    value.each(&mut |text| joined.push([std::mem::replace(&mut separator, ","), text]));
    joined
}

/// Writes the values of a list, percent-encoded, with `separator` between.
fn write_list(text: &mut ZeroizingBuffer, values: &(impl ParameterValue + ?Sized), separator: &'static str) {
    let mut next = "";
    values.each(&mut |value| {
        text.push([std::mem::replace(&mut next, separator)]);
        text.push(percent_encode(value));
    });
}

/// What stands before and after the first `{…}`.
fn split_template(template: &'static str) -> (&'static str, &'static str) {
    let start = template.find('{').unwrap_or(template.len());
    let end = template[start..].find('}').map_or(template.len(), |length| start + length + 1);
    (&template[..start], &template[end..])
}
