//! A buffer for what may hold a secret: it is wiped when it is dropped, and whenever it grows.

use std::io;

use zeroize::Zeroize as _;

/// Bytes that are written one after the other. Growing copies into a new buffer, so that the old one is wiped.
#[derive(Default)]
pub(crate) struct ZeroizingBuffer(Vec<u8>);

/// What is written in small pieces starts with this capacity: to wipe and to allocate anew costs more than a few bytes.
const SMALLEST: usize = 128;

impl ZeroizingBuffer {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn extend(&mut self, chunk: &[u8]) {
        let needed = self.0.len() + chunk.len();
        if needed > self.0.capacity() {
            self.grow(needed);
        }
        self.0.extend_from_slice(chunk);
    }

    #[cold]
    fn grow(&mut self, needed: usize) {
        let mut larger = Self(Vec::with_capacity(needed.max(2 * self.0.capacity()).max(SMALLEST)));
        larger.0.extend_from_slice(&self.0);
        *self = larger;
    }

    /// Writes text piece by piece.
    pub(crate) fn push<'p>(&mut self, pieces: impl IntoIterator<Item = &'p str>) {
        pieces.into_iter().for_each(|piece| self.extend(piece.as_bytes()));
    }

    /// What was written, if it is text; nothing else is written into a buffer that is asked for it.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A slice is wiped in one go, which a vector would be byte by byte.
impl Drop for ZeroizingBuffer {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
        self.0.spare_capacity_mut().zeroize();
    }
}

impl AsRef<[u8]> for ZeroizingBuffer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl io::Write for ZeroizingBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ZeroizingBuffer;

    #[test]
    fn what_is_written_is_kept_however_it_grows() {
        let mut buffer = ZeroizingBuffer::default();
        for _ in 0..100 {
            buffer.push(["pie", "ce"]);
        }
        assert_eq!((buffer.len(), buffer.as_str()), (500, "piece".repeat(100).as_str()));
    }
}
