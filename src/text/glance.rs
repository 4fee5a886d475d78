//! Whether a text has one of some bytes, told many bytes at a time.
//!
//! For looking whether there is anything to look at; what a byte means is for who asks.

/// As many bytes are looked at in one go; the compiler makes a few instructions of so many comparisons.
const AT_ONCE: usize = 64;

/// Whether some byte of a text is one of those; `is` is asked for every byte and is best a few comparisons.
pub fn has_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    next_byte(text.as_bytes(), is).is_some()
}

/// Where the first bytes begin that hold one of those: at most as many before it as are looked at in one go.
#[inline]
pub fn next_byte(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<AT_ONCE>();
    // No `any`: it would be a jump for each byte.
    let has = |bytes: &[u8]| bytes.iter().fold(0, |any, &byte| any | u8::from(is(byte))) != 0;
    match chunks.iter().position(|chunk| has(chunk)) {
        Some(index) => Some(index * AT_ONCE),
        None => has(rest).then_some(chunks.len() * AT_ONCE),
    }
}

/// Where the first byte from one on stands that is one of those.
#[inline]
pub fn place_of(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let near = from + next_byte(&bytes[from..], &is)?;
    let place = bytes[near..].iter().position(|&byte| is(byte))?;
    Some(near + place)
}

/// How many bytes stand before the first that is no ASCII.
pub fn ascii_length(bytes: &[u8]) -> usize {
    run_length(bytes, |eight| eight)
}

const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;

/// How many bytes stand before the first that ends their run, told of eight at a time: `ends` makes the highest bit of
/// each byte that does, and does so for 0xFF. What the other bits become is all the same.
#[inline(always)] // it is asked for every word
pub fn run_length(bytes: &[u8], ends: impl Fn(u64) -> u64) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut before = 0;
    for eight in eights {
        let ends = ends(u64::from_le_bytes(*eight)) & HIGHEST_BITS;
        if ends != 0 {
            return before + ends.trailing_zeros() as usize / 8;
        }
        before += 8;
    }
    let mut last = [0xFF; 8];
    last[..rest.len()].copy_from_slice(rest);
    let ends = ends(u64::from_le_bytes(last)) & HIGHEST_BITS;
    before + ends.trailing_zeros() as usize / 8
}

/// How many of the first bytes are small letters from a to z.
#[inline]
pub fn small_letters(bytes: &[u8]) -> usize {
    run_length(bytes, ends_small_letters)
}

/// How many of eight bytes, beginning with the lowest, are small letters from a to z before the first other byte.
#[inline]
pub const fn small_letters_of(eight: u64) -> usize {
    (ends_small_letters(eight) & HIGHEST_BITS).trailing_zeros() as usize / 8
}

/// Makes the highest bit of each of eight bytes that is no small letter from a to z.
#[inline]
const fn ends_small_letters(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // Adding sets a byte's highest bit where the byte is large enough; one that has it already is no ASCII.
    let seven_bits = eight & (0x7F * EACH);
    let from_a = seven_bits + (0x80 - b'a' as u64) * EACH;
    let above_z = seven_bits + (0x7F - b'z' as u64) * EACH;
    !from_a | above_z | eight
}

/// Whether a byte makes å, æ or ø of the byte 0xC3 before it.
#[inline]
pub const fn is_second_of_danish(byte: u8) -> bool {
    matches!(byte, 0xA5 | 0xA6 | 0xB8)
}

/// Whether a byte is a digit.
#[inline]
pub const fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// Whether a byte begins a letter or a sign that is neither ASCII nor one of Danish or its neighbours (`Ã` to `ÿ` and
/// `À` to `Â` begin with 0xC3): a quotation mark, a dash, a bullet, a small digit.
#[inline]
pub const fn begins_sign(byte: u8) -> bool {
    // No `&&`: it would be a jump for each byte.
    (byte >= 0xC2) & (byte != 0xC3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for at in [0, 1, 63, 64, 65, 127, 128, 199] {
            let mut text = "a".repeat(200);
            text.replace_range(at..=at, "7");
            assert!(has_byte(&text, is_digit), "{at}");
            let near = next_byte(text.as_bytes(), is_digit).expect("it is there");
            assert!(near <= at && at - near < AT_ONCE, "{at}");
        }
        assert!(!has_byte(&"a".repeat(200), is_digit));
    }

    #[test]
    fn the_first_is_found_wherever_it_stands_and_from_wherever_one_looks() {
        let is = |byte| byte == b'x';
        for length in [0, 1, 63, 64, 65, 130] {
            let clean = "a".repeat(length);
            assert_eq!(place_of(clean.as_bytes(), 0, is), None, "{length}");
            for at in 0..length {
                let mut text = clean.clone();
                text.replace_range(at..=at, "x");
                for from in 0..=length {
                    let place = (from <= at).then_some(at);
                    let found = place_of(text.as_bytes(), from, is);
                    assert_eq!(found, place, "{length} {at} {from}");
                }
            }
        }
        assert_eq!(place_of(b"axxa", 2, is), Some(2));
    }

    #[test]
    fn ascii_goes_as_far_as_the_first_byte_of_another_letter() {
        for at in 0..20 {
            assert_eq!(
                ascii_length(format!("{}å og", "a".repeat(at)).as_bytes()),
                at
            );
            assert_eq!(ascii_length("\u{7F}".repeat(at).as_bytes()), at);
        }
    }

    #[test]
    fn what_is_no_letter_of_danish_begins_with_a_byte_of_its_own() {
        assert!(!has_byte("Æblegrød på én å, ü", begins_sign));
        for text in ["»", "–", "“", "•", "³", "\u{F0B7}", "é\u{301}"] {
            assert!(has_byte(text, begins_sign), "{text}");
        }
    }

    #[test]
    fn small_letters_are_counted_up_to_the_first_other_byte_wherever_it_stands() {
        for other in ["`", "{", "A", "Z", "0", " ", "å", "\u{80}", "\0", "\u{7F}"] {
            for at in 0..20 {
                let text = format!(
                    "{}{other}az",
                    "azazazazazazazazazaz".get(..at).expect("so many")
                );
                assert_eq!(small_letters(text.as_bytes()), at, "{text:?}");
                if let Some(eight) = text.as_bytes().first_chunk() {
                    let eight = u64::from_le_bytes(*eight);
                    assert_eq!(small_letters_of(eight), at.min(8), "{text:?}");
                }
            }
        }
        for length in 0..20 {
            assert_eq!(small_letters("z".repeat(length).as_bytes()), length);
        }
    }
}
