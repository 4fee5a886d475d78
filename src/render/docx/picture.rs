//! How large a picture is, from its first bytes.

/// The room that a picture may take: the width of the text and most of a page, in English Metric Units.
const WIDEST: u64 = 5_760_000;
const HIGHEST: u64 = 7_200_000;
/// English Metric Units to a CSS pixel.
const UNITS: u64 = 9525;
/// What is taken for a picture that does not say.
const USUAL: (u64, u64) = (400, 300);

/// The width and height on the page, in English Metric Units: as large as the picture is, or as there is room for.
pub(super) fn extent(bytes: &[u8], media_type: &str) -> (u64, u64) {
    let (width, height) = pixels(bytes, media_type)
        .filter(|(width, height)| *width > 0 && *height > 0)
        .unwrap_or(USUAL);
    let (mut wide, mut high) = (width.min(1 << 24) * UNITS, height.min(1 << 24) * UNITS);
    if wide > WIDEST {
        high = (high * WIDEST / wide).max(UNITS);
        wide = WIDEST;
    }
    if high > HIGHEST {
        wide = (wide * HIGHEST / high).max(UNITS);
        high = HIGHEST;
    }
    (wide, high)
}

fn pixels(bytes: &[u8], media_type: &str) -> Option<(u64, u64)> {
    let big = |at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        Some(
            digits
                .iter()
                .fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
        )
    };
    let little = |at: usize| Some(u64::from(*bytes.get(at)?) | u64::from(*bytes.get(at + 1)?) << 8);
    match media_type {
        "image/png" => Some((big(16, 4)?, big(20, 4)?)),
        "image/gif" => Some((little(6)?, little(8)?)),
        "image/jpeg" => {
            let mut at = 2;
            // From segment to segment, to the one with the frame.
            loop {
                let marker = u8::try_from(big(at + 1, 1)?).ok()?;
                if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
                    return Some((big(at + 7, 2)?, big(at + 5, 2)?));
                }
                at += 2 + usize::try_from(big(at + 2, 2)?).ok()?;
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_it_says_or_as_there_is_room_for() {
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        png.extend(100_u32.to_be_bytes());
        png.extend(50_u32.to_be_bytes());
        assert_eq!(extent(&png, "image/png"), (100 * UNITS, 50 * UNITS));
        let gif = b"GIF89a\x0A\x00\x14\x00";
        assert_eq!(extent(gif, "image/gif"), (10 * UNITS, 20 * UNITS));
        let jpeg = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC2\x00\x0B\x08\x04\x00\x08\x00\x03";
        assert_eq!(extent(jpeg, "image/jpeg"), (WIDEST, WIDEST / 2));
        let usual = (400 * UNITS, 300 * UNITS);
        assert_eq!(extent(b"\xFF\xD8\xFF", "image/jpeg"), usual);
        assert_eq!(extent(b"", "image/png"), usual);
    }
}
