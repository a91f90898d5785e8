//! A secret that is searched for in the memory of this process.

use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::sync::Mutex;

use zeroize::{Zeroize, Zeroizing};

/// The bytes of a canary are kept with these bits turned, so that the search does not find them.
const MASK: u8 = 0x5a;

/// The length of a canary, and of its end, which is searched for. What is freed is overwritten by
/// the allocator at its start.
const LENGTH: usize = 64;
const SEARCHED: usize = 24;

/// The number of bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// The user name of basic authentication, which is encoded together with the password.
pub(crate) const USER: &str = "user";

/// A random secret of letters and digits, and what a search for it needs. A search must not
/// allocate: that would overwrite what was freed.
pub(crate) struct Canary {
    masked: [u8; LENGTH],
    /// The password of [`USER`] in base64, masked.
    encoded: Vec<u8>,
    buffers: Mutex<Buffers>,
}

struct Buffers {
    /// The list of regions.
    maps: Vec<u8>,
    /// A part of a region.
    chunk: Vec<u8>,
}

impl Canary {
    pub(crate) fn new() -> Self {
        let masked = std::array::from_fn(|_| {
            let random = RandomState::new().hash_one(0_u8);
            b"0123456789abcdefghijklmnopqrstuv"[(random % 32) as usize] ^ MASK
        });
        let buffers = Buffers { maps: vec![0; CHUNK], chunk: vec![0; CHUNK] };
        Self { masked, encoded: masked_base64(&masked), buffers: Mutex::new(buffers) }
    }

    /// Returns the secret between two strings, in the one copy that is made here.
    pub(crate) fn between(&self, before: &str, after: &str) -> Zeroizing<String> {
        let mut string = Zeroizing::new(String::with_capacity(before.len() + LENGTH + after.len()));
        string.push_str(before);
        self.masked.iter().for_each(|byte| string.push(char::from(byte ^ MASK)));
        string.push_str(after);
        string
    }

    pub(crate) fn secret(&self) -> Zeroizing<String> {
        self.between("", "")
    }

    /// Counts the copies in the memory of the process, as they are or in base64.
    pub(crate) fn copies(&self) -> usize {
        let needles = [&self.masked[..], &self.encoded].map(|all| &all[all.len() - SEARCHED..]);
        let mut buffers = self.buffers.lock().expect("no search panicked");
        let Buffers { maps, chunk } = &mut *buffers;
        let own = chunk.as_ptr().addr()..chunk.as_ptr().addr() + CHUNK;
        let memory = File::open("/proc/self/mem").expect("a process can read its own memory");
        let mut found = 0;
        for (start, end) in read_maps(maps).lines().filter_map(writable) {
            let mut at = start;
            while at < end {
                let wanted = CHUNK.min(end - at);
                let Ok(count) = memory.read_at(&mut chunk[..wanted], at as u64) else { break };
                for needle in needles {
                    found += count_masked(&chunk[..count], needle, |offset| {
                        !own.contains(&(at + offset))
                    });
                }
                // A copy can lie across two chunks.
                at += if at + count >= end { count.max(1) } else { count - SEARCHED };
            }
        }
        chunk.as_mut_slice().zeroize();
        found
    }
}

/// Returns a secret in base64 after [`USER`] and a colon, without the last and incomplete group.
/// Both are masked; a library would leave a copy that is not.
fn masked_base64(masked: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let user = USER.bytes().chain([b':']).map(|byte| byte ^ MASK);
    let bytes: Vec<u8> = user.chain(masked.iter().copied()).collect();
    let groups = bytes.chunks_exact(3).flat_map(|group| {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(byte ^ MASK));
        [18, 12, 6, 0].map(|shift| DIGITS[bits >> shift & 63] ^ MASK)
    });
    groups.collect()
}

fn read_maps(buffer: &mut [u8]) -> &str {
    let mut file = File::open("/proc/self/maps").expect("Linux lists the regions");
    let mut length = 0;
    loop {
        match file.read(&mut buffer[length..]).expect("the list can be read") {
            0 => return std::str::from_utf8(&buffer[..length]).expect("the list is a string"),
            count => length += count,
        }
    }
}

/// Returns the bounds of a region that the process can write to: heaps, stacks and statics.
fn writable(line: &str) -> Option<(usize, usize)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let is_writable = words.next()?.starts_with("rw");
    let bounds = (usize::from_str_radix(start, 16).ok()?, usize::from_str_radix(end, 16).ok()?);
    is_writable.then_some(bounds)
}

/// Counts the places of a masked needle that `counts` accepts.
fn count_masked(bytes: &[u8], needle: &[u8], counts: impl Fn(usize) -> bool) -> usize {
    let is_here = |start: usize| {
        bytes.len() - start >= needle.len()
            && bytes[start..].iter().zip(needle).all(|(byte, masked)| byte ^ MASK == *masked)
    };
    let (mut found, mut start) = (0, 0);
    while let Some(next) = bytes[start..].iter().position(|byte| byte ^ MASK == needle[0]) {
        found += usize::from(is_here(start + next) && counts(start + next));
        start += next + 1;
    }
    found
}
