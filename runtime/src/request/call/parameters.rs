//! The parameters of a call.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::request::style::{self, Syntax, Unwritable, encoded};
use crate::request::{
    Call, Constrained, Constraint, Explode, ParameterValue, RequestPart, Style, Validate,
};
use crate::secrets::{SecretString, ZeroizingBuffer};
use crate::url_encoding::percent_encode;

impl Call {
    /// Fills the next `{name}` of the path template.
    ///
    /// The value stays within its path segment: it is percent-encoded, and a segment such as `..`
    /// is refused.
    pub fn path<T>(&mut self, name: &'static str, value: &T, constraints: &[Constraint])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Path, name, value, constraints);
        self.fill_path(name, |path| write_items(path, value, ","));
    }

    /// Returns the user ID of the credential, for the parameter `name`. Without one, the call is
    /// invalid.
    pub fn user_id(&mut self, part: RequestPart, name: &str) -> SecretString {
        let user_id = self.credential.as_ref().and_then(|credential| credential.user_id());
        user_id.unwrap_or_else(|| {
            self.refuse(part, name, "must be the user ID of the credential, which has none");
            SecretString::from("")
        })
    }

    /// Fills the next `{name}` of the path template with the percent-encoded value that `write`
    /// writes.
    fn fill_path(&mut self, name: &str, write: impl FnOnce(&mut ZeroizingBuffer)) {
        let (before, after) = split_template(self.template);
        self.path.push([before]);
        let start = self.path.len();
        write(&mut self.path);
        self.template = after;
        // Percent-encoding leaves dots alone.
        if matches!(&self.path.as_ref()[start..], b"" | b"." | b"..") {
            self.refuse(
                RequestPart::Path,
                name,
                "must not be empty, `.` or `..`: it would name another resource",
            );
        }
    }

    /// Sets the query parameter `name`.
    pub fn query<T>(
        &mut self,
        name: &'static str,
        value: &T,
        constraints: &[Constraint],
        explode: Explode,
    ) where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Query, name, value, constraints);
        self.query.clear(name);
        match explode {
            Explode::Yes => {
                value.each(&mut |item| self.query.add(name, name).push(percent_encode(item)))
            }
            Explode::No => write_items(self.query.add(name, name), value, ","),
        }
    }

    /// Sets the parameter `name` in the given style, for cookies, objects and values of several
    /// types.
    ///
    /// A path parameter fills the next `{name}` of the template. The name of a header must be in
    /// lower case.
    pub fn styled(
        &mut self,
        part: RequestPart,
        name: &'static str,
        value: &(impl Serialize + Validate + ?Sized),
        style: Style,
        explode: Explode,
    ) {
        let Some(json) = self.as_json(part, name, value) else { return };
        let written = serde_json::from_slice::<&RawValue>(json.as_ref())
            .map_err(|_| Unwritable::NoJson)
            .and_then(|json| self.write_styled(part, name, json, style, explode));
        if let Err(reason) = written {
            self.refuse(part, name, reason.requirement());
        }
    }

    fn write_styled(
        &mut self,
        part: RequestPart,
        name: &'static str,
        json: &RawValue,
        style: Style,
        explode: Explode,
    ) -> Result<(), Unwritable> {
        match part {
            RequestPart::Path => {
                let string = style::to_string(name, json, style, explode, encoded)?;
                self.fill_path(name, |path| path.push([string.as_str()]));
            }
            RequestPart::Header => {
                let string = style::to_string(name, json, style, explode, style::verbatim)?;
                self.insert_header(name, string);
            }
            RequestPart::Query | RequestPart::Cookie => {
                let pairs =
                    if part == RequestPart::Cookie { &mut self.cookies } else { &mut self.query };
                pairs.clear(name);
                for (pair, value) in style::pairs(name, json, style, explode, Syntax::QUERY)? {
                    pairs.add(name, &pair).push([value.as_str()]);
                }
            }
            RequestPart::Body => return Err(Unwritable::NoJson),
        }
        Ok(())
    }

    /// Sets the header `name`, which must be in lower case.
    pub fn header<T>(&mut self, name: &'static str, value: &T, constraints: &[Constraint])
    where
        T: ParameterValue + Constrained + ?Sized,
    {
        self.check(RequestPart::Header, name, value, constraints);
        self.insert_header(name, joined(value));
    }

    /// Sets a header to a value, which is wiped after its last use.
    fn insert_header(&mut self, name: &'static str, value: ZeroizingBuffer) {
        let is_printable = value.as_ref().iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
        match HeaderValue::from_maybe_shared(Bytes::from_owner(value)) {
            Ok(mut value) if is_printable => {
                value.set_sensitive(true);
                self.headers.set(HeaderName::from_static(name), value);
            }
            _ => self.refuse(RequestPart::Header, name, "must be printable ASCII"),
        }
    }
}

/// Joins the items of an array with commas (`style: simple`).
fn joined(value: &(impl ParameterValue + ?Sized)) -> ZeroizingBuffer {
    let mut joined = ZeroizingBuffer::default();
    let mut separator = "";
    value.each(&mut |item| joined.push([std::mem::replace(&mut separator, ","), item]));
    joined
}

/// Writes the items of an array, percent-encoded, with `separator` between them.
fn write_items(
    target: &mut ZeroizingBuffer,
    items: &(impl ParameterValue + ?Sized),
    separator: &'static str,
) {
    let mut next = "";
    items.each(&mut |item| {
        target.push([std::mem::replace(&mut next, separator)]);
        target.push(percent_encode(item));
    });
}

/// Splits a path template into the parts before and after its first `{…}`.
fn split_template(template: &'static str) -> (&'static str, &'static str) {
    let start = template.find('{').unwrap_or(template.len());
    let end = template[start..].find('}').map_or(template.len(), |length| start + length + 1);
    (&template[..start], &template[end..])
}
