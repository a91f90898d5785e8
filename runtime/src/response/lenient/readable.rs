//! Reads JSON without the values that no type of Rust represents.
//!
//! The grammar of JSON has no limits: `"\ud800"` is half a character, `1e999` is larger than any
//! float, and arrays can be nested without end. Some servers also cut a string within a character,
//! or send another encoding than UTF-8. serde_json refuses the whole body for each of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::left_out::LeftOut;
use super::path::{Path, Step};
use crate::secrets::Wiped;

/// The largest number of arrays and objects within each other, which is that of serde_json. Types
/// can be recursive, and decoding them must not overflow the stack.
const DEEPEST: usize = 127;

/// Reads JSON, and adds to `left_out` what cannot be represented. Returns `None` if it is not JSON,
/// or if that is the whole.
pub(super) fn read(json: &[u8], left_out: &mut LeftOut) -> Option<Wiped> {
    if let Ok(value) = serde_json::from_slice(json) {
        return Some(Wiped(value));
    }
    let json = in_utf8(json)?;
    let json: &RawValue = serde_json::from_str(&json).ok()?;
    value(json, &mut Path::default(), left_out).map(Wiped)
}

/// Returns JSON with half a character in place of each sequence that is not UTF-8, so that the
/// string around it cannot be read. Returns `None` if that would change an escape.
fn in_utf8(json: &[u8]) -> Option<Zeroizing<String>> {
    const HALF: &str = "\\ud800";
    let size = json.utf8_chunks().map(|chunk| chunk.valid().len() + HALF.len()).sum();
    let mut utf8 = Zeroizing::new(String::with_capacity(size));
    for chunk in json.utf8_chunks() {
        utf8.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let backslashes = utf8.bytes().rev().take_while(|byte| *byte == b'\\').count();
            if backslashes % 2 == 1 {
                return None;
            }
            utf8.push_str(HALF);
        }
    }
    Some(utf8)
}

/// Returns a value without what cannot be represented in it, or `None` if that is the whole value.
fn value(json: &RawValue, path: &mut Path, left_out: &mut LeftOut) -> Option<Value> {
    let is_deep = path.steps().len() >= DEEPEST;
    match json.get().as_bytes().first()? {
        b'[' | b'{' if is_deep => None,
        b'[' => items(parsed(json)?, path, left_out),
        b'{' => entries(parsed(json)?, path, left_out),
        _ => parsed(json),
    }
}

fn parsed<'j, T: Deserialize<'j>>(json: &'j RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}

fn items(json: Vec<&RawValue>, path: &mut Path, left_out: &mut LeftOut) -> Option<Value> {
    let mut items = Vec::with_capacity(json.len());
    let mut unreadable = Vec::new();
    for (index, item) in json.into_iter().enumerate() {
        match path.within_step(Step::Item(index), |path| value(item, path, left_out)) {
            Some(item) => items.push(item),
            None => unreadable.push(Step::Item(index)),
        }
    }
    // Until here the positions of all items are those in the body.
    left_out.add(path, &unreadable);
    Some(Value::Array(items))
}

fn entries(
    json: BTreeMap<Name, &RawValue>,
    path: &mut Path,
    left_out: &mut LeftOut,
) -> Option<Value> {
    let mut entries = Map::new();
    for (Name(name), entry) in json {
        let step = Step::Property(name.clone());
        match path.within_step(step.clone(), |path| value(entry, path, left_out)) {
            Some(value) => drop(entries.insert(name, value)),
            None => left_out.add(path, &[step]),
        }
    }
    Some(Value::Object(entries))
}

/// The name of an entry, with replacement characters for what cannot be represented.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_bytes<E>(self, name: &[u8]) -> Result<Name, E> {
                Ok(Name(String::from_utf8_lossy(name).into_owned()))
            }
        }
        // serde_json takes any string for bytes, even half a character.
        deserializer.deserialize_bytes(NameVisitor)
    }
}
