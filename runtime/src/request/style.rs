//! The OpenAPI styles of parameters that are cookies, objects or values of several types.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::Explode;
use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::percent_encode;

/// The style of a parameter (OpenAPI 3.0.4, Parameter Object, section Style Values; RFC 6570).
///
/// OpenAPI does not define how to write nested values. In a deep object they are written as most
/// servers read them: objects as `name[key][inner]=a`, arrays of scalars as `name[key][]=a`, and
/// arrays of anything else as `name[key][0][inner]=a`, since only an index tells which item a
/// property belongs to. In all other styles a nested value is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` and `key,value` in a path or header.
    Simple,
    /// `.a,b` and `.key,value` in a path.
    Label,
    /// `;name=a,b` and `;name=key,value` in a path.
    Matrix,
    /// `name=a,b` and `name=key,value` in a query or cookie.
    Form,
    /// `name=a%20b` in a query.
    SpaceDelimited,
    /// `name=a%7Cb` in a query.
    PipeDelimited,
    /// `name[key]=value` in a query.
    DeepObject,
    /// The whole value as JSON (`content` of a Parameter Object).
    Json,
}

/// A name and a value, of which only the value is percent-encoded.
pub(crate) type Pair = (String, ZeroizingBuffer);

/// The reason why a value cannot be written in a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwritable {
    /// It is not JSON.
    NoJson,
    /// It is not an object, so it has no properties that could be sent.
    NoObject,
    /// An item or a key contains the delimiter, for which there is no escape (OpenAPI 3.0.4,
    /// Appendix E). A server would read several.
    Delimiter,
}

impl Unwritable {
    /// Returns the requirement that the value violates.
    pub(crate) fn requirement(self) -> &'static str {
        match self {
            Self::NoJson => "cannot be written in the documented style",
            Self::NoObject => "must be an object",
            Self::Delimiter => {
                "must not contain the delimiter of the documented style: it would be split there"
            }
        }
    }
}

/// The characters of pairs.
#[derive(Clone, Copy)]
pub(crate) struct Syntax {
    /// Encodes a value.
    pub(crate) encode: fn(&str) -> ZeroizingBuffer,
    /// An encoded space.
    pub(crate) space: &'static str,
    /// An encoded `|`.
    pub(crate) pipe: &'static str,
}

impl Syntax {
    /// The syntax of queries and cookies.
    pub(crate) const QUERY: Self = Self { encode: encoded, space: "%20", pipe: "%7C" };
    /// The syntax of parts, in which nothing is encoded (OpenAPI 3.1.1, Encoding Object).
    pub(crate) const PARTS: Self = Self { encode: verbatim, space: " ", pipe: "|" };
}

/// Returns the pairs for a value in the query or in cookies.
///
/// # Errors
/// [`Unwritable`] if the style cannot express the value.
pub(crate) fn pairs(
    name: &str,
    json: &RawValue,
    style: Style,
    explode: Explode,
    syntax: Syntax,
) -> Result<Vec<Pair>, Unwritable> {
    let Syntax { encode, space, pipe } = syntax;
    let delimiter = match style {
        Style::SpaceDelimited => space,
        Style::PipeDelimited => pipe,
        _ => ",",
    };
    let one = |name: &str, value: &str| vec![(name.to_owned(), encode(value))];
    let all = |pairs: &mut dyn Iterator<Item = Result<Vec<Pair>, Unwritable>>| {
        Ok(pairs.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    };
    Ok(match (style, Value::read(json)?) {
        (_, Value::Null) => Vec::new(),
        (Style::Json, _) => one(name, json.get()),
        (_, Value::Scalar(string)) => one(name, &string),
        (Style::DeepObject, Value::Array(items)) if items.iter().all(|item| is_scalar(item)) => {
            item_pairs(&format!("{name}[]"), &items, encode)?
        }
        (Style::DeepObject, Value::Array(items)) => {
            let inner = |(index, item): (usize, &&RawValue)| {
                pairs(&format!("{name}[{index}]"), item, style, explode, syntax)
            };
            all(&mut items.iter().enumerate().map(inner))?
        }
        (Style::DeepObject, Value::Object(properties)) => {
            let inner = |(key, value): (String, &RawValue)| {
                pairs(&format!("{name}[{key}]"), value, style, explode, syntax)
            };
            all(&mut properties.into_iter().map(inner))?
        }
        (_, Value::Array(items)) if explode == Explode::Yes => item_pairs(name, &items, encode)?,
        (_, Value::Array(items)) => vec![(name.to_owned(), joined(&items, delimiter, encode)?)],
        (_, Value::Object(properties)) if explode == Explode::Yes => {
            let inner = |(key, value): (String, &RawValue)| match Value::read(value)? {
                Value::Array(items) => item_pairs(&key, &items, encode),
                Value::Null => Ok(Vec::new()),
                _ => Ok(one(&key, &scalar_or_json(value)?)),
            };
            all(&mut properties.into_iter().map(inner))?
        }
        (_, Value::Object(properties)) => {
            let mut joined = Joined::by(delimiter);
            for (key, value) in without_null(properties) {
                joined.push(&encode(&key))?;
                joined.push(&encode(&scalar_or_json(value)?))?;
            }
            vec![(name.to_owned(), joined.string)]
        }
    })
}

/// Returns the string for a value in the path or in a header. Each scalar in it is encoded by
/// `encode`.
///
/// # Errors
/// [`Unwritable`] if the style cannot express the value.
pub(crate) fn to_string(
    name: &str,
    json: &RawValue,
    style: Style,
    explode: Explode,
    encode: fn(&str) -> ZeroizingBuffer,
) -> Result<ZeroizingBuffer, Unwritable> {
    let exploded = explode == Explode::Yes;
    let (prefix, delimiter) = match style {
        Style::Label => (".", if exploded { "." } else { "," }),
        Style::Matrix => (";", if exploded { ";" } else { "," }),
        _ => ("", ","),
    };
    let value = Value::read(json)?;
    let mut string = ZeroizingBuffer::default();
    string.push([prefix]);
    let is_named = style == Style::Matrix && (!exploded || matches!(value, Value::Scalar(_)));
    if is_named {
        string.push([name, "="]);
    }
    match value {
        Value::Null => return Ok(ZeroizingBuffer::default()),
        _ if style == Style::Json => string.extend(encode(json.get()).as_ref()),
        Value::Scalar(value) => string.extend(encode(&value).as_ref()),
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                string.push([if index == 0 { "" } else { delimiter }]);
                if style == Style::Matrix && exploded {
                    string.push([name, "="]);
                }
                string.extend(encode(&scalar_or_json(item)?).as_ref());
            }
        }
        Value::Object(properties) => {
            for (index, (key, value)) in without_null(properties).enumerate() {
                string.push([if index == 0 { "" } else { delimiter }]);
                string.extend(encode(&key).as_ref());
                string.push([if exploded { "=" } else { delimiter }]);
                string.extend(encode(&scalar_or_json(value)?).as_ref());
            }
        }
    }
    Ok(string)
}

/// Encoded strings with a delimiter between them.
struct Joined {
    delimiter: &'static str,
    string: ZeroizingBuffer,
    is_empty: bool,
}

impl Joined {
    fn by(delimiter: &'static str) -> Self {
        Self { delimiter, string: ZeroizingBuffer::default(), is_empty: true }
    }

    fn push(&mut self, encoded: &ZeroizingBuffer) -> Result<(), Unwritable> {
        if encoded.as_str().contains(self.delimiter) {
            return Err(Unwritable::Delimiter);
        }
        self.string.push([if self.is_empty { "" } else { self.delimiter }]);
        self.string.extend(encoded.as_ref());
        self.is_empty = false;
        Ok(())
    }
}

/// A value whose items or properties are still JSON.
enum Value<'j> {
    Null,
    Scalar(Zeroizing<String>),
    Array(Vec<&'j RawValue>),
    Object(BTreeMap<String, &'j RawValue>),
}

impl<'j> Value<'j> {
    fn read(json: &'j RawValue) -> Result<Self, Unwritable> {
        Ok(match json.get().as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b'[') => Self::Array(parsed(json)?),
            Some(b'{') => Self::Object(parsed(json)?),
            _ => Self::Scalar(scalar_or_json(json)?),
        })
    }
}

pub(super) fn parsed<'j, T: Deserialize<'j>>(json: &'j RawValue) -> Result<T, Unwritable> {
    serde_json::from_str(json.get()).map_err(|_| Unwritable::NoJson)
}

/// Returns a string without its quotes, and anything else as JSON.
fn scalar_or_json(json: &RawValue) -> Result<Zeroizing<String>, Unwritable> {
    let is_string = json.get().starts_with('"');
    Ok(Zeroizing::new(if is_string { parsed(json)? } else { json.get().to_owned() }))
}

fn is_scalar(json: &RawValue) -> bool {
    !json.get().starts_with(['[', '{'])
}

fn is_null(json: &RawValue) -> bool {
    json.get() == "null"
}

/// Returns the properties that are not null.
fn without_null(
    properties: BTreeMap<String, &RawValue>,
) -> impl Iterator<Item = (String, &RawValue)> {
    properties.into_iter().filter(|(_, value)| !is_null(value))
}

/// Returns one pair for each item that is not null.
fn item_pairs(
    name: &str,
    items: &[&RawValue],
    encode: fn(&str) -> ZeroizingBuffer,
) -> Result<Vec<Pair>, Unwritable> {
    let items = items.iter().filter(|item| !is_null(item));
    items.map(|item| Ok((name.to_owned(), encode(&scalar_or_json(item)?)))).collect()
}

fn joined(
    items: &[&RawValue],
    delimiter: &'static str,
    encode: fn(&str) -> ZeroizingBuffer,
) -> Result<ZeroizingBuffer, Unwritable> {
    let mut joined = Joined::by(delimiter);
    for item in items.iter().filter(|item| !is_null(item)) {
        joined.push(&encode(&scalar_or_json(item)?))?;
    }
    Ok(joined.string)
}

/// Percent-encodes a string.
pub(crate) fn encoded(string: &str) -> ZeroizingBuffer {
    let mut encoded = ZeroizingBuffer::default();
    encoded.push(percent_encode(string));
    encoded
}

/// Copies a string without encoding it.
pub(crate) fn verbatim(string: &str) -> ZeroizingBuffer {
    let mut verbatim = ZeroizingBuffer::default();
    verbatim.push([string]);
    verbatim
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        serde_json::from_str(json).expect("it is JSON")
    }

    #[track_caller]
    fn check_pairs(json: &str, style: Style, explode: Explode, expected: &str) {
        let pairs = pairs("c", &raw(json), style, explode, Syntax::QUERY);
        let pairs = pairs.expect("it can be written");
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", value.as_str())).collect();
        assert_eq!(pairs.join("&"), expected, "{style:?} {explode:?}");
    }

    #[track_caller]
    fn check_string(json: &str, style: Style, explode: Explode, expected: &str) {
        let written =
            to_string("c", &raw(json), style, explode, encoded).expect("it can be written");
        assert_eq!(written.as_str(), expected, "{style:?} {explode:?}");
    }

    const ARRAY: &str = r#"["blue", "a&b", 3]"#;
    const OBJECT: &str = r#"{"R": 100, "G": "x y", "B": null, "L": ["p", "q"]}"#;

    #[test]
    fn pairs_match_the_table_in_openapi() {
        use Explode::{No, Yes};
        check_pairs("\"blue\"", Style::Form, Yes, "c=blue");
        check_pairs("null", Style::Form, Yes, "");
        check_pairs(ARRAY, Style::Form, Yes, "c=blue&c=a%26b&c=3");
        check_pairs(ARRAY, Style::Form, No, "c=blue,a%26b,3");
        check_pairs(ARRAY, Style::SpaceDelimited, No, "c=blue%20a%26b%203");
        check_pairs(ARRAY, Style::PipeDelimited, No, "c=blue%7Ca%26b%7C3");
        check_pairs(ARRAY, Style::PipeDelimited, Yes, "c=blue&c=a%26b&c=3");
        check_pairs(ARRAY, Style::DeepObject, Yes, "c[]=blue&c[]=a%26b&c[]=3");
        check_pairs(OBJECT, Style::Form, Yes, "G=x%20y&L=p&L=q&R=100");
        check_pairs(OBJECT, Style::Form, No, "c=G,x%20y,L,%5B%22p%22%2C%20%22q%22%5D,R,100");
        check_pairs(OBJECT, Style::DeepObject, Yes, "c[G]=x%20y&c[L][]=p&c[L][]=q&c[R]=100");
        check_pairs(r#"{"a": {"gte": 1}}"#, Style::DeepObject, Yes, "c[a][gte]=1");
        check_pairs(
            r#"[{"p": 1, "q": [2]}, null, {"p": 3}]"#,
            Style::DeepObject,
            Yes,
            "c[0][p]=1&c[0][q][]=2&c[2][p]=3",
        );
        check_pairs("[[1, 2], [3]]", Style::DeepObject, Yes, "c[0][]=1&c[0][]=2&c[1][]=3");
        check_pairs("[1, null]", Style::Form, Yes, "c=1");
        check_pairs("[null, 1]", Style::Form, No, "c=1");
        check_pairs(r#"{"a": {"b": 1}}"#, Style::Form, Yes, "a=%7B%22b%22%3A%201%7D");
        check_pairs("[1]", Style::Json, Yes, "c=%5B1%5D");
    }

    #[test]
    fn what_a_style_would_split_is_refused() {
        use Explode::{No, Yes};
        let written = |json: &str, style, explode| {
            pairs("c", &raw(json), style, explode, Syntax::QUERY).map(|pairs| pairs.len())
        };
        let delimiter = Err(Unwritable::Delimiter);
        for (style, array, object, key) in [
            (Style::SpaceDelimited, r#"["a b"]"#, r#"{"k": "a b"}"#, r#"{"k l": 1}"#),
            (Style::PipeDelimited, r#"["a|b"]"#, r#"{"k": "a|b"}"#, r#"{"k|l": 1}"#),
        ] {
            for json in [array, object, key] {
                assert_eq!(written(json, style, No), delimiter, "{json}");
                assert_eq!(written(json, style, Yes), Ok(1), "{json}");
                assert_eq!(written(json, Style::Form, No), Ok(1), "{json}");
            }
        }
        assert_eq!(written(r#"["a%20b", "a%7Cb", "", ""]"#, Style::SpaceDelimited, No), Ok(1));
        assert_eq!(written(r#""a b""#, Style::SpaceDelimited, No), Ok(1));
        check_pairs(r#"["", "a", ""]"#, Style::PipeDelimited, No, "c=%7Ca%7C");
    }

    #[test]
    fn strings_match_the_table_in_openapi() {
        use Explode::{No, Yes};
        const OBJECT: &str = r#"{"R": 100, "G": "a/b"}"#;
        check_string("\"a/b\"", Style::Simple, No, "a%2Fb");
        check_string("\"blue\"", Style::Label, No, ".blue");
        check_string("\"blue\"", Style::Matrix, No, ";c=blue");
        check_string("\"blue\"", Style::Matrix, Yes, ";c=blue");
        check_string("[1, 2]", Style::Simple, Yes, "1,2");
        check_string("[1, 2]", Style::Label, No, ".1,2");
        check_string("[1, 2]", Style::Label, Yes, ".1.2");
        check_string("[1, 2]", Style::Matrix, No, ";c=1,2");
        check_string("[1, 2]", Style::Matrix, Yes, ";c=1;c=2");
        check_string(OBJECT, Style::Simple, No, "G,a%2Fb,R,100");
        check_string(OBJECT, Style::Simple, Yes, "G=a%2Fb,R=100");
        check_string(OBJECT, Style::Label, No, ".G,a%2Fb,R,100");
        check_string(OBJECT, Style::Label, Yes, ".G=a%2Fb.R=100");
        check_string(OBJECT, Style::Matrix, No, ";c=G,a%2Fb,R,100");
        check_string(OBJECT, Style::Matrix, Yes, ";G=a%2Fb;R=100");
        check_string("[1]", Style::Json, No, "%5B1%5D");
    }
}
