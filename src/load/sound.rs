//! Whether a picture is sound: one that a browser still shows in part can cost the whole PDF.
//!
//! Pictures are decoded here and thrown away again. What there is to say about a flaw stands in the rule
//! `billede`.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::picture_kind::PictureKind;
use crate::text::has_letter;

/// Why a picture cannot be shown by every output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early.
    Half,
    /// What it says about itself does not hold.
    Broken,
    /// It has more points than can be shown.
    TooLarge,
    /// A drawing that is no sound XML; the line.
    Unreadable(u32),
    /// A drawing without a width or a height.
    NoSize,
    /// A drawing that fetches from or leads to the address.
    Leads(String),
    /// A drawing with a letter that the PDF has no face for.
    Letter(char),
}

/// The most points a picture may have on a side.
const LONGEST_SIDE: u32 = 16_000;
/// The quality of a photograph that is written again, of 100: what its maker's was at most, to the eye.
const QUALITY: u8 = 92;
/// The most memory a picture may take while it is looked at.
const MOST_BYTES: usize = 512 << 20;

/// What is wrong with the content of a picture of some kind, if anything is.
pub fn flaw(kind: PictureKind, bytes: &[u8]) -> Option<Flaw> {
    if !kind.is_whole(bytes) {
        return Some(Flaw::Half);
    }
    match kind {
        PictureKind::Png => png(bytes).err(),
        PictureKind::Jpeg => jpeg(bytes).err(),
        PictureKind::Svg => svg(bytes).err(),
        PictureKind::Gif => gif(bytes).is_none().then_some(Flaw::Broken),
        PictureKind::Webp => webp(bytes).is_none().then_some(Flaw::Broken),
    }
}

fn png(bytes: &[u8]) -> Result<(), Flaw> {
    let broken = |_| Flaw::Broken;
    let limits = png::Limits { bytes: MOST_BYTES };
    let decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    if info.width > LONGEST_SIDE || info.height > LONGEST_SIDE {
        return Err(Flaw::TooLarge);
    }
    while reader.next_row().map_err(broken)?.is_some() {}
    reader.finish().map_err(broken)
}

fn jpeg(bytes: &[u8]) -> Result<(), Flaw> {
    // A small picture of itself inside the file has an end of its own.
    let scan = memchr::memmem::rfind(bytes, b"\xFF\xDA");
    let end = memchr::memmem::rfind(bytes, b"\xFF\xD9");
    if scan > end {
        return Err(Flaw::Half);
    }
    let side = LONGEST_SIDE as usize;
    let options = DecoderOptions::default()
        .set_max_width(side)
        .set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode().map_err(|_| Flaw::Broken)?;
    Ok(())
}

/// A photograph in the colours of a printing house (CMYK) in those of a screen, since the PDF cannot show the former;
/// `None` for any other picture.
pub(super) fn for_screens(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    if !matches!(
        decoder.input_colorspace(),
        Some(ColorSpace::CMYK | ColorSpace::YCCK)
    ) {
        return None;
    }
    let points = decoder.decode().ok()?;
    let info = decoder.info()?;
    let mut written = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut written, QUALITY);
    let color = jpeg_encoder::ColorType::Rgb;
    encoder
        .encode(&points, info.width, info.height, color)
        .ok()?;
    Some(written)
}

/// Goes through the blocks of a GIF, whose pictures each say how long they are; `None` where they do not lead to its
/// end, or show nothing.
fn gif(bytes: &[u8]) -> Option<()> {
    /// How many bytes a table of colours takes, by the flags that say so.
    fn colors(flags: u8) -> usize {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    }
    fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                return Some(at);
            }
        }
    }
    let mut at = 13 + colors(*bytes.get(10)?);
    let mut shows = false;
    loop {
        match bytes.get(at)? {
            0x21 => at = after_blocks(bytes, at + 2)?,
            0x2C => {
                let head = bytes.get(at + 1..at + 10)?;
                let side = |low: usize| u16::from_le_bytes([head[low], head[low + 1]]);
                let data = at + 10 + colors(head[8]);
                // The smallest code has two bits to eight.
                if side(4) == 0 || side(6) == 0 || !(2..=8).contains(bytes.get(data)?) {
                    return None;
                }
                at = after_blocks(bytes, data + 1)?;
                shows = true;
            }
            0x3B => return shows.then_some(()),
            _ => return None,
        }
    }
}

/// Goes through the pieces of a WebP, which each say how long they are; `None` where they do not lead to its end, or
/// none is a picture.
fn webp(bytes: &[u8]) -> Option<()> {
    let length = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let end = length(4)?
        .checked_add(8)
        .filter(|end| *end <= bytes.len())?;
    let mut at = 12;
    let mut shows = false;
    while at + 8 <= end {
        let size = length(at + 4)?;
        let body = bytes.get(at + 8..(at + 8).checked_add(size)?)?;
        shows |= match &bytes[at..at + 4] {
            // A key frame begins with these three bytes behind its tag, a lossless picture with this one.
            b"VP8 " => body.get(3..6) == Some(&[0x9D, 0x01, 0x2A]),
            b"VP8L" => body.first() == Some(&0x2F),
            b"ANMF" => true,
            _ => false,
        };
        at = (at + 8).checked_add(size + size % 2)?;
    }
    shows.then_some(())
}

fn svg(bytes: &[u8]) -> Result<(), Flaw> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Flaw::Unreadable(1))?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options)
        .map_err(|error| Flaw::Unreadable(error.pos().row))?;
    let root = document.root_element();
    let has_size = |name: &str| root.attribute(name).is_none_or(is_positive);
    let view = root.attribute("viewBox").map(view_size);
    if !has_size("width") || !has_size("height") || view == Some(false) {
        return Err(Flaw::NoSize);
    }
    for node in document.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value().trim();
            if attribute.name() == "href"
                && !(value.starts_with(['#']) || value.starts_with("data:"))
            {
                return Err(Flaw::Leads(value.to_owned()));
            }
        }
        if node.is_text()
            && node
                .ancestors()
                .any(|above| above.tag_name().name() == "text")
        {
            let letters = node.text().unwrap_or_default();
            if let Some(c) = letters.chars().find(|c| !has_letter(*c)) {
                return Err(Flaw::Letter(c));
            }
        }
    }
    Ok(())
}

/// Whether a length is more than nothing; one in percent is.
fn is_positive(length: &str) -> bool {
    let number = length.trim();
    let end = number.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
    let number: Result<f64, _> = number[..end.unwrap_or(number.len())].parse();
    number.is_ok_and(|number| number > 0.0)
}

/// Whether a view box is more than nothing.
fn view_size(view: &str) -> bool {
    let numbers = view.split([' ', ',', '\t', '\n', '\r']);
    let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
    matches!(numbers.as_slice(), [_, _, width, height] if is_positive(width) && is_positive(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A red point.
    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

    /// A lossless picture of one point.
    const WEBP: &[u8] = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00";

    #[test]
    fn the_blocks_of_a_gif_lead_to_its_end() {
        assert_eq!(gif(GIF), Some(()));
        let with = |at: usize, byte: u8| {
            let mut broken = GIF.to_vec();
            broken[at] = byte;
            broken
        };
        let picture = 19;
        assert_eq!(GIF[picture], b',');
        // No width, an impossible code, a block that is too long, and no picture at all.
        for broken in [
            with(picture + 5, 0),
            with(picture + 10, 9),
            with(picture + 11, 40),
            with(picture, b';'),
        ] {
            assert_eq!(gif(&broken), None, "{broken:?}");
        }
        for end in 0..GIF.len() {
            assert_eq!(gif(&GIF[..end]), None, "{end}");
        }
    }

    #[test]
    fn the_pieces_of_a_webp_lead_to_its_end() {
        assert_eq!(webp(WEBP), Some(()));
        let with = |at: usize, byte: u8| {
            let mut broken = WEBP.to_vec();
            broken[at] = byte;
            broken
        };
        // Longer than it is, a piece that is too long, one that is no picture, and a wrong beginning of one.
        for broken in [with(4, 99), with(16, 99), with(15, b'X'), with(20, 0)] {
            assert_eq!(webp(&broken), None, "{broken:?}");
        }
        for end in 0..WEBP.len() {
            assert_eq!(webp(&WEBP[..end]), None, "{end}");
        }
    }
}
