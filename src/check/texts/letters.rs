//! The letters of a text as one number, whatever signs stand between them and however they are written: what texts are
//! compared by before anybody looks at them letter by letter.
//!
//! Most are looked at eight at a time. What a number is for is for who asks.

use crate::text::{is_second_of_danish, small_letters_of};

/// What the number of no letters is: that of the hash FNV-1a for 64 bits.
pub(super) const EMPTY: u64 = 0xCBF2_9CE4_8422_2325;

/// The small å, æ or ø that begins at a place, as its bytes.
#[inline]
pub(super) fn danish_at(bytes: &[u8], at: usize) -> Option<u64> {
    match bytes[at..] {
        [first @ 0xC3, second, ..] if is_second_of_danish(second) => {
            Some(u64::from(u16::from_le_bytes([first, second])))
        }
        _ => None,
    }
}

/// What is no letter, digit or white space of ASCII.
pub(super) const SIGN: u8 = 0;
/// White space of ASCII.
pub(super) const SPACE: u8 = 1;
/// What is no ASCII.
pub(super) const NO_ASCII: u8 = 2;

/// For each byte one of those, or the letter or digit in lower case.
pub(super) static SMALL: [u8; 256] = {
    let mut small = [NO_ASCII; 256];
    let mut byte = 0;
    while byte < 0x80 {
        small[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte.to_ascii_lowercase(),
            _ => SIGN,
        };
        byte += 1;
    }
    small
};

/// The letters of a word as one number, made of eight bytes at a time: whether they come one by one or many at once
/// makes no difference to it. Different words share a number by the rarest of chances alone.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    /// What the bytes before the last few come to.
    before: u64,
    /// The bytes that are no eight yet, the first in the lowest place.
    last: u64,
    /// How many those are.
    length: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            before: EMPTY,
            last: 0,
            length: 0,
        }
    }
}

impl Letters {
    /// Adds the lowest of eight bytes, so many of them.
    #[inline]
    pub(super) const fn add(&mut self, bytes: u64, count: usize) {
        if count == 0 {
            return;
        }
        let bytes = bytes & (u64::MAX >> (u64::BITS as usize - 8 * count));
        self.last |= bytes << (8 * self.length);
        let length = self.length + count;
        if length < 8 {
            self.length = length;
            return;
        }
        self.before = folded(self.before ^ self.last);
        // Those for which there was no room; eight at once left none over.
        self.last = match self.length {
            0 => 0,
            length => bytes >> (8 * (8 - length)),
        };
        self.length = length - 8;
    }

    /// Adds a letter that is no ASCII, in lower case; no other sign. Says whether it was one.
    pub(super) fn add_lower(&mut self, c: char) -> bool {
        let add = |c: char| {
            let mut bytes = [0; 8];
            let length = c.encode_utf8(&mut bytes).len();
            self.add(u64::from_le_bytes(bytes), length);
        };
        let is_letter = c.is_alphanumeric();
        if is_letter {
            c.to_lowercase().for_each(add);
        }
        is_letter
    }

    /// Adds the first letters of a text, at most so many; says how many they were.
    pub(super) fn add_first(&mut self, text: &str, most: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut count) = (0, 0);
        while count < most && at < bytes.len() {
            if let Some(eight) = bytes[at..].first_chunk() {
                let eight = u64::from_le_bytes(*eight);
                let small = small_letters_of(eight).min(most - count);
                self.add(eight, small);
                at += small;
                count += small;
                if small == 8 || count == most {
                    continue;
                }
            }
            let small = SMALL[usize::from(bytes[at])];
            if let Some(letter) = danish_at(bytes, at) {
                self.add(letter, 2);
                at += 2;
                count += 1;
            } else if small == NO_ASCII {
                let c = text[at..].chars().next().expect("a letter begins here");
                at += c.len_utf8();
                count += usize::from(self.add_lower(c));
            } else {
                at += 1;
                if small > NO_ASCII {
                    self.add(u64::from(small), 1);
                    count += 1;
                }
            }
        }
        count
    }

    /// The same from the text's end, its last letter first.
    pub(super) fn add_last(&mut self, text: &str, most: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut end, mut count) = (bytes.len(), 0);
        while count < most && end > 0 {
            if let Some(eight) = bytes[..end].last_chunk() {
                let eight = u64::from_be_bytes(*eight);
                let small = small_letters_of(eight).min(most - count);
                self.add(eight, small);
                end -= small;
                count += small;
                if small == 8 || count == most {
                    continue;
                }
            }
            let small = SMALL[usize::from(bytes[end - 1])];
            if let Some(letter) = end.checked_sub(2).and_then(|at| danish_at(bytes, at)) {
                self.add(letter, 2);
                end -= 2;
                count += 1;
            } else if small == NO_ASCII {
                let c = text[..end].chars().next_back();
                let c = c.expect("a letter ends here");
                end -= c.len_utf8();
                count += usize::from(self.add_lower(c));
            } else {
                end -= 1;
                if small > NO_ASCII {
                    self.add(u64::from(small), 1);
                    count += 1;
                }
            }
        }
        count
    }

    /// The number.
    pub(super) const fn number(self) -> u64 {
        match self.length {
            0 => self.before,
            _ => folded(self.before ^ self.last),
        }
    }

    /// The number; `None` where there was no letter.
    pub(super) const fn key(self) -> Option<u64> {
        match self.number() {
            EMPTY => None,
            key => Some(key),
        }
    }
}

/// Each bit of a number spread over all of another: the two halves of a product, one on top of the other.
const fn folded(number: u64) -> u64 {
    /// An odd number without a pattern in its bits: the share of the golden section.
    const SPREAD: u128 = 0x9E37_79B9_7F4A_7C15;
    let product = number as u128 * SPREAD;
    (product as u64) ^ (product >> u64::BITS) as u64
}
