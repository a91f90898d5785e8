//! Decodes JSON that does not fit its type, without the properties and items that do not fit.
//!
//! A token that is minted once must not be lost because a property beside it has another type. The
//! JSON is decoded again and again, each time without what failed before. Nothing of this runs for
//! JSON that fits.
//!
//! Two kinds of values are accepted instead of left out. To JSON Schema, `5.0` and `1e3` are
//! integers. A string of digits where a number is documented is a number that was quoted, usually
//! so that JavaScript does not round it; no other reading of it exists.
//!
//! JSON can also have values that no type of Rust represents, such as `1e999`. They are left out
//! before anything is decoded.

mod left_out;
mod path;
mod readable;

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::Decoded;
use crate::objects::Objects;
use crate::secrets::Wiped;
use left_out::LeftOut;
use path::{Path, Step};

/// The amount of JSON that is decoded, in bytes, before a value that does not fit takes the array
/// or object around it along. It bounds the time that a body with many such values takes.
const WORK: usize = 128 << 20;

/// Decodes JSON without what does not fit. Returns `None` if it is not JSON, or if the value as a
/// whole does not fit.
#[cold]
pub(super) fn decode<T: DeserializeOwned>(json: &[u8]) -> Option<Decoded<T>> {
    let mut left_out = LeftOut::default();
    let root = readable::read(json, &mut left_out)?;
    let attempts = WORK / json.len().max(1);
    let mut body = Body { root, left_out, attempts, widened: 0 };
    loop {
        match body.read::<T>() {
            Ok(value) => return Some(Decoded::new(value, body.left_out.into_pointers())),
            Err(path) => body.correct::<T>(path)?,
        }
    }
}

/// JSON that does not fit yet.
struct Body {
    root: Wiped,
    left_out: LeftOut,
    /// The number of attempts that are left at the present width.
    attempts: usize,
    /// The number of levels around a value that does not fit that are left out with it.
    widened: usize,
}

impl Body {
    /// Decodes what is left. The error is the path of the first value that does not fit.
    fn read<T: DeserializeOwned>(&mut self) -> Result<T, Path> {
        self.attempts = self.attempts.saturating_sub(1);
        serde_path_to_error::deserialize(Objects(&self.root.0))
            .map_err(|error| Path::within(&self.root.0, error.path()))
    }

    /// Changes or leaves out the value at `path`, or a part of it. Returns `None` if that is the
    /// whole value.
    fn correct<T: DeserializeOwned>(&mut self, path: Path) -> Option<()> {
        if self.attempts == 0 {
            self.attempts = 1;
            self.widened += 1;
        }
        if self.widened > 0 {
            return self.leave_out(&path.shortened(self.widened));
        }
        self.fit_within::<T>(&path)
    }

    /// Makes the value at `path` fit: as a number, or as an object or array without what does not
    /// fit in it. Otherwise it is left out. Entries and items are added one at a time, and those
    /// with which the whole does not fit are made to fit in turn.
    ///
    /// serde reads some values as a whole first, such as the entries that no field takes. It does
    /// not tell the path of an error within them.
    fn fit_within<T: DeserializeOwned>(&mut self, path: &Path) -> Option<()> {
        let node = path.resolve(&mut self.root.0)?;
        if let Some(number) = as_number(node) {
            drop(Wiped(std::mem::replace(node, number)));
            return if self.fails_at::<T>(path) { self.fit_within::<T>(path) } else { Some(()) };
        }
        match node {
            Value::Object(entries) if !entries.is_empty() => {
                let entries = Wiped(Value::Object(std::mem::take(entries)));
                self.fit_entries::<T>(path, entries)
            }
            Value::Array(items) if !items.is_empty() => {
                let items = Wiped(Value::Array(std::mem::take(items)));
                self.fit_items::<T>(path, items)
            }
            _ => self.leave_out(path),
        }
    }

    fn fit_entries<T: DeserializeOwned>(&mut self, path: &Path, mut entries: Wiped) -> Option<()> {
        let Value::Object(entries) = &mut entries.0 else { return None };
        if entries.len() > self.attempts || self.fails_at::<T>(path) {
            return self.leave_out(path);
        }
        for (name, value) in entries {
            let Value::Object(present) = path.resolve(&mut self.root.0)? else { return None };
            present.insert(name.clone(), value.take());
            if self.fails_at::<T>(path) {
                self.fit_within::<T>(&path.below(Step::Property(name.clone())))?;
            }
        }
        Some(())
    }

    fn fit_items<T: DeserializeOwned>(&mut self, path: &Path, mut items: Wiped) -> Option<()> {
        let Value::Array(items) = &mut items.0 else { return None };
        if items.len() > self.attempts || self.fails_at::<T>(path) {
            return self.leave_out(path);
        }
        for value in items {
            let Value::Array(present) = path.resolve(&mut self.root.0)? else { return None };
            present.push(value.take());
            let last = present.len() - 1;
            if self.fails_at::<T>(path) {
                self.fit_within::<T>(&path.below(Step::Item(last)))?;
            }
        }
        Some(())
    }

    /// Returns true if the value at `path` does not fit as a whole.
    fn fails_at<T: DeserializeOwned>(&mut self, path: &Path) -> bool {
        self.read::<T>().is_err_and(|failing| path.starts_with(&failing))
    }

    /// Leaves out the value at `path`. A null item takes all other nulls of its array along, since
    /// they do not fit either.
    fn leave_out(&mut self, path: &Path) -> Option<()> {
        let (around, last) = path.split_last()?;
        match (around.resolve(&mut self.root.0)?, last) {
            (Value::Object(entries), Step::Property(name)) => {
                self.left_out.add(&around, std::slice::from_ref(last));
                drop(entries.remove(name).map(Wiped));
            }
            (Value::Array(items), Step::Item(index)) => {
                let positions: Vec<usize> = match items.get(*index)? {
                    Value::Null => (0..items.len()).filter(|at| items[*at].is_null()).collect(),
                    _ => vec![*index],
                };
                let steps: Vec<Step> = positions.iter().copied().map(Step::Item).collect();
                self.left_out.add(&around, &steps);
                positions.iter().rev().for_each(|at| drop(Wiped(items.remove(*at))));
            }
            _ => return None,
        }
        Some(())
    }
}

/// Returns the number that a value means where a number is documented: a number that is written as
/// a string, or an integer that is written with a fraction or an exponent.
fn as_number(value: &Value) -> Option<Value> {
    match value {
        Value::String(digits) => digits.parse::<Number>().ok().map(Value::Number),
        Value::Number(number) if number.is_f64() => integer(number.as_f64()?).map(Value::from),
        _ => None,
    }
}

/// Returns a number without a fraction as an integer, if that is exact.
#[expect(clippy::cast_possible_truncation, reason = "the bounds are those of exact integers")]
fn integer(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests;
