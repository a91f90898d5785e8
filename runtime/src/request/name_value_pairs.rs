//! NameValuePairs of a query or of cookies: `name=value`, percent-encoded.

use crate::secrets::ZeroizingBuffer;
use crate::url_encoding::percent_encode;

/// NameValuePairs in the order in which their parameters were set. A parameter has none if it is absent, and can have several.
pub(crate) struct NameValuePairs {
    separator: &'static str,
    /// All pairs, with the separator between.
    text: ZeroizingBuffer,
    /// Name of the parameter that each pair is of, which for the members of an object is not that of the pair; and where in
    /// the text the pair starts.
    starts: Vec<(&'static str, usize)>,
}

impl NameValuePairs {
    /// No pairs yet.
    pub(crate) fn separated_by(separator: &'static str) -> Self {
        Self { separator, text: ZeroizingBuffer::default(), starts: Vec::new() }
    }

    /// Takes out the pairs that a parameter has so far.
    pub(crate) fn clear(&mut self, parameter: &'static str) {
        if !self.starts.iter().any(|(known, _)| *known == parameter) {
            return;
        }
        let old = std::mem::replace(self, Self::separated_by(self.separator));
        let ends = old.starts.iter().skip(1).map(|(_, next)| next - old.separator.len()).chain([old.text.len()]);
        for (&(known, start), end) in old.starts.iter().zip(ends) {
            if known != parameter {
                self.start(known).push([&old.text.as_str()[start..end]]);
            }
        }
    }

    /// Starts a pair of a parameter; the value is to be written behind it, percent-encoded.
    pub(crate) fn add(&mut self, parameter: &'static str, name: &str) -> &mut ZeroizingBuffer {
        let text = self.start(parameter);
        text.push(percent_encode(name));
        text.push(["="]);
        text
    }

    fn start(&mut self, parameter: &'static str) -> &mut ZeroizingBuffer {
        if !self.starts.is_empty() {
            self.text.push([self.separator]);
        }
        self.starts.push((parameter, self.text.len()));
        &mut self.text
    }

    /// All pairs in one.
    pub(crate) fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// All pairs in one, to be kept.
    pub(crate) fn into_buffer(self) -> ZeroizingBuffer {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::NameValuePairs;

    #[test]
    fn a_parameter_that_is_set_again_goes_to_the_end() {
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
