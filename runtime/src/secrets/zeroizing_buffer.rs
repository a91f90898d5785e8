//! A buffer for data that may contain secrets.

use std::io;

use zeroize::Zeroize as _;

/// A growable buffer that is wiped when it is dropped. Growing copies into a new allocation and
/// wipes the old one.
#[derive(Default)]
pub(crate) struct ZeroizingBuffer(Vec<u8>);

/// The capacity of the first allocation. It saves small writes from allocating and wiping again and
/// again.
const MIN_CAPACITY: usize = 128;

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
        let mut larger =
            Self(Vec::with_capacity(needed.max(2 * self.0.capacity()).max(MIN_CAPACITY)));
        larger.0.extend_from_slice(&self.0);
        *self = larger;
    }

    /// Appends strings.
    pub(crate) fn push<'p>(&mut self, pieces: impl IntoIterator<Item = &'p str>) {
        pieces.into_iter().for_each(|piece| self.extend(piece.as_bytes()));
    }

    /// Returns the content as a string, or an empty string if it is not UTF-8. Callers only write
    /// strings to such a buffer.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Wipes the whole slice at once. The implementation for `Vec` wipes byte by byte.
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
    fn growing_keeps_the_content() {
        let mut buffer = ZeroizingBuffer::default();
        for _ in 0..100 {
            buffer.push(["pie", "ce"]);
        }
        assert_eq!((buffer.len(), buffer.as_str()), (500, "piece".repeat(100).as_str()));
    }
}
