//! Maps by words, which are hashed often: a quick hash, and what is made of it.
//!
//! It is no hash for what must not be the same by chance, nor one that an attacker could not steer.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words that are hashed often and come from people, not from attackers.
pub type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// FNV-1a over eight bytes at a time: fast for words.
#[derive(Debug)]
pub struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHasher {
    const fn add(&mut self, bytes: u64) {
        self.0 = (self.0 ^ bytes).wrapping_mul(0x0100_0000_01b3);
        self.0 ^= self.0 >> 29;
    }
}

impl Hasher for WordHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        if rest.is_empty() {
            return;
        }
        match bytes.last_chunk::<8>() {
            // The last eight once more, told apart from others by how many of them are new.
            Some(last) => self.add(u64::from_le_bytes(*last).rotate_left(rest.len() as u32)),
            None => {
                let last = rest.iter().rev();
                self.add(last.fold(0, |all, byte| (all << 8) | u64::from(*byte)));
            }
        }
    }

    fn finish(&self) -> u64 {
        // The last bytes are multiplied into the upper half alone.
        self.0 ^ (self.0 >> 32)
    }
}
