//! A buffer for what may hold a secret: it is wiped when it is dropped, and whenever it grows.

use std::io;

use zeroize::Zeroizing;

/// Bytes that are written one after the other. Growing copies into a new buffer, so that the old one is wiped.
#[derive(Default)]
pub(crate) struct WipedBuffer(Zeroizing<Vec<u8>>);

impl WipedBuffer {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn extend(&mut self, chunk: &[u8]) {
        let needed = self.0.len() + chunk.len();
        if needed > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(2 * self.0.capacity())));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(chunk);
    }

    /// Writes text piece by piece.
    pub(crate) fn push<'p>(&mut self, pieces: impl IntoIterator<Item = &'p str>) {
        pieces.into_iter().for_each(|piece| self.extend(piece.as_bytes()));
    }

    /// What was written, if it is text; nothing else is written into a buffer that is asked for it.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl AsRef<[u8]> for WipedBuffer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl io::Write for WipedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::WipedBuffer;

    #[test]
    fn what_is_written_is_kept_however_it_grows() {
        let mut buffer = WipedBuffer::default();
        for _ in 0..100 {
            buffer.push(["pie", "ce"]);
        }
        assert_eq!((buffer.len(), buffer.text()), (500, "piece".repeat(100).as_str()));
    }
}
