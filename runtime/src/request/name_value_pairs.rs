//! The `name=value` pairs of a query or of cookies, percent-encoded.

use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::percent_encode;

/// Pairs in the order in which their parameters were set. A parameter can have any number of pairs.
pub(crate) struct NameValuePairs {
    separator: &'static str,
    /// All pairs, joined by the separator.
    joined: ZeroizingBuffer,
    /// The parameter that each pair belongs to, and the index at which the pair starts. The name of
    /// a pair can differ from that of its parameter, as for the properties of an object.
    starts: Vec<(&'static str, usize)>,
}

impl NameValuePairs {
    /// Creates an empty list.
    pub(crate) fn separated_by(separator: &'static str) -> Self {
        Self { separator, joined: ZeroizingBuffer::default(), starts: Vec::new() }
    }

    /// Removes the pairs of a parameter.
    pub(crate) fn clear(&mut self, parameter: &'static str) {
        if !self.starts.iter().any(|(known, _)| *known == parameter) {
            return;
        }
        let old = std::mem::replace(self, Self::separated_by(self.separator));
        let ends = old
            .starts
            .iter()
            .skip(1)
            .map(|(_, next)| next - old.separator.len())
            .chain([old.joined.len()]);
        for (&(known, start), end) in old.starts.iter().zip(ends) {
            if known != parameter {
                self.start(known).push([&old.joined.as_str()[start..end]]);
            }
        }
    }

    /// Adds a pair to a parameter and returns the buffer, to which the caller writes the
    /// percent-encoded value.
    pub(crate) fn add(&mut self, parameter: &'static str, name: &str) -> &mut ZeroizingBuffer {
        let joined = self.start(parameter);
        joined.push(percent_encode(name));
        joined.push(["="]);
        joined
    }

    fn start(&mut self, parameter: &'static str) -> &mut ZeroizingBuffer {
        if !self.starts.is_empty() {
            self.joined.push([self.separator]);
        }
        self.starts.push((parameter, self.joined.len()));
        &mut self.joined
    }

    /// Returns all pairs as one string.
    pub(crate) fn as_str(&self) -> &str {
        self.joined.as_str()
    }

    /// Returns all pairs as one buffer.
    pub(crate) fn into_buffer(self) -> ZeroizingBuffer {
        self.joined
    }
}

#[cfg(test)]
mod tests {
    use super::NameValuePairs;

    #[test]
    fn a_parameter_that_is_set_again_moves_to_the_end() {
        let mut pairs = NameValuePairs::separated_by("; ");
        for (parameter, name) in [("a", "a"), ("b", "b[x]"), ("b", "b[y]"), ("c", "c")] {
            pairs.add(parameter, name).push(["1"]);
        }
        pairs.clear("b");
        pairs.add("b", "b").push(["2"]);
        assert_eq!(pairs.as_str(), "a=1; c=1; b=2");
        ["c", "b", "a"].iter().for_each(|parameter| pairs.clear(parameter));
        assert_eq!(pairs.as_str(), "");
    }
}
