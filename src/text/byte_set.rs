//! Which bytes a text has: gathered once, so that whoever looks for some signs need not go through every text.
//!
//! A set says what may be there. Where a sign stands and what it means is for who asks.

/// Some of the 256 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

impl Default for ByteSet {
    fn default() -> Self {
        Self::ALL
    }
}

impl ByteSet {
    /// No byte.
    pub const NONE: Self = Self([0; 4]);
    /// Every byte: those of a text of which nothing is known.
    pub const ALL: Self = Self([u64::MAX; 4]);
    /// The digits 0 to 9.
    pub const DIGITS: Self = Self::NONE.and_from(b'0', b'9');
    /// The first bytes of signs and letters that are neither ASCII nor letters of Danish or its neighbours, as
    /// [`begins_sign`](super::begins_sign) has them.
    pub const SIGNS: Self = Self::NONE.and(&[0xC2]).and_from(0xC4, 0xFF);
    /// One of these stands in every link and every picture of Markdown.
    pub const LINKS: Self = Self::NONE.and(b"[</@");

    /// These too.
    #[must_use]
    pub const fn and(mut self, bytes: &[u8]) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            self.0[bytes[at] as usize / 64] |= 1 << (bytes[at] % 64);
            at += 1;
        }
        self
    }

    /// All from one to another too.
    #[must_use]
    pub const fn and_from(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        while byte < last {
            self = self.and(&[byte]);
            byte += 1;
        }
        self.and(&[last])
    }

    /// Those of another set too.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a | e, b | f, c | g, d | h])
    }

    /// The bytes of a text.
    pub fn of(text: &str) -> Self {
        if text.len() < FEW {
            return Self::NONE.and(text.as_bytes());
        }
        // Storing is quicker than putting bits together.
        let mut seen = [false; 256];
        for byte in text.bytes() {
            seen[usize::from(byte)] = true;
        }
        let bits = |seen: &[bool]| {
            let bits = seen.iter().zip(0..u64::BITS);
            bits.fold(0, |all, (&seen, at)| all | (u64::from(seen) << at))
        };
        let (words, _) = seen.as_chunks::<64>();
        let mut set = [0; 4];
        for (word, seen) in set.iter_mut().zip(words) {
            *word = bits(seen);
        }
        Self(set)
    }

    /// Whether some byte is in both.
    pub const fn meets(self, other: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a & e | b & f | c & g | d & h != 0
    }
}

/// The bytes of a shorter text are put together one by one.
const FEW: usize = 128;

#[cfg(test)]
mod tests {
    use super::super::begins_sign;
    use super::*;

    #[test]
    fn a_set_has_the_bytes_of_its_text_and_no_others() {
        for text in [
            "",
            "a7",
            &"æ]".repeat(100),
            "\u{10FFFF}\0",
            &"x\u{7F}".repeat(64),
        ] {
            let set = ByteSet::of(text);
            for byte in 0..=u8::MAX {
                let is_there = text.bytes().any(|other| other == byte);
                assert_eq!(
                    set.meets(ByteSet::NONE.and(&[byte])),
                    is_there,
                    "{byte} in {text:?}"
                );
            }
        }
    }

    #[test]
    fn the_sets_with_a_name_have_what_they_say() {
        for byte in 0..=u8::MAX {
            let only = ByteSet::NONE.and(&[byte]);
            assert_eq!(ByteSet::DIGITS.meets(only), byte.is_ascii_digit(), "{byte}");
            assert_eq!(ByteSet::SIGNS.meets(only), begins_sign(byte), "{byte}");
            assert!(
                ByteSet::ALL.meets(only) && !ByteSet::NONE.meets(only),
                "{byte}"
            );
        }
        let both = ByteSet::DIGITS.with(ByteSet::SIGNS);
        assert!(both.meets(ByteSet::DIGITS) && both.meets(ByteSet::SIGNS));
        assert!(!both.meets(ByteSet::LINKS));
    }
}
