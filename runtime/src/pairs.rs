//! Pairs of a query or of cookies: `name=value`, percent-encoded.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;

use crate::call::ENCODED;
use crate::wiped::WipedBuffer;

/// Pairs in the order in which their parameters were set. A parameter has none if it is absent, and can have several.
#[derive(Default)]
pub(crate) struct Pairs(Vec<Pair>);

struct Pair {
    /// Name of the parameter that it is of, which for the members of an object is not that of the pair.
    parameter: &'static str,
    name: Cow<'static, str>,
    /// The value, percent-encoded.
    value: WipedBuffer,
}

impl Pairs {
    /// Takes out the pairs that a parameter has so far.
    pub(crate) fn clear(&mut self, parameter: &'static str) {
        self.0.retain(|pair| pair.parameter != parameter);
    }

    /// Adds a pair of a parameter; `value` is percent-encoded.
    pub(crate) fn add(&mut self, parameter: &'static str, name: impl Into<Cow<'static, str>>, value: WipedBuffer) {
        self.0.push(Pair { parameter, name: name.into(), value });
    }

    /// Writes all pairs, with `start` before the first and `separator` before each other one.
    pub(crate) fn write(&self, text: &mut WipedBuffer, start: &'static str, separator: &'static str) {
        for (index, pair) in self.0.iter().enumerate() {
            text.push([if index == 0 { start } else { separator }]);
            text.push(utf8_percent_encode(&pair.name, ENCODED));
            text.push(["=", pair.value.text()]);
        }
    }
}
