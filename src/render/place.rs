//! Where the letters stand that an output does not take as they are, told many bytes at a time: in a protocol nearly
//! none is one.
//!
//! Which letters they are is for each output to say.

/// As many bytes are looked at in one go; the compiler makes a few instructions of so many comparisons.
const AT_ONCE: usize = 32;

/// Where the first byte from one on stands that `is` tells. It is asked for every byte, is best a few comparisons,
/// and tells no space.
pub(super) fn place_of(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let has = |some: &[u8; AT_ONCE]| some.iter().fold(false, |any, &byte| any | is(byte));
    let (chunks, rest) = bytes[from..].as_chunks::<AT_ONCE>();
    let clean = chunks.iter().take_while(|chunk| !has(chunk)).count();
    if clean == chunks.len() {
        let mut last = [b' '; AT_ONCE];
        last[..rest.len()].copy_from_slice(rest);
        if !has(&last) {
            return None;
        }
    }
    let near = from + clean * AT_ONCE;
    let place = bytes[near..].iter().position(|&byte| is(byte));
    place.map(|place| near + place)
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn the_first_is_found_wherever_it_stands_and_from_wherever_one_looks() {
        let is = |byte| byte == b'x';
        for length in [0, 1, 31, 32, 33, 64, 100] {
            let clean = "a".repeat(length);
            assert_eq!(place_of(clean.as_bytes(), 0, is), None, "{length}");
            for at in 0..length {
                let mut text = clean.clone();
                text.replace_range(at..=at, "x");
                for from in 0..=length {
                    let place = (from <= at).then_some(at);
                    assert_eq!(
                        place_of(text.as_bytes(), from, is),
                        place,
                        "{length} {at} {from}"
                    );
                }
            }
        }
        assert_eq!(place_of(b"axxa", 2, is), Some(2));
    }
}
