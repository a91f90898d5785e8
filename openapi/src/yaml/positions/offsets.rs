//! Converts the character offsets of the YAML parser to byte offsets.

/// The number of characters between two marks.
const STRIDE: usize = 64;

/// The byte offsets of the characters of a source text.
pub(super) struct Offsets<'a> {
    text: &'a str,
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(offset, _)| offset).collect()
        };
        Self { text, marks }
    }

    /// Returns the byte offset of a character, or the length of the source text if there are fewer
    /// characters.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(character / STRIDE) else {
            return self.text.len();
        };
        let mut rest = self.text[mark..].char_indices();
        rest.nth(character % STRIDE).map_or(self.text.len(), |(offset, _)| mark + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn counts_bytes_of_characters() {
        let text = "é€𝄞a".repeat(50);
        let offsets = Offsets::new(&text);
        for (index, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(index), offset);
        }
        assert_eq!(offsets.byte(200), text.len());
        assert_eq!(offsets.byte(usize::MAX), text.len());
        assert_eq!(Offsets::new("").byte(3), 0);
    }
}
