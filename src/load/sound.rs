//! Whether a picture is sound: one that a browser still shows in part can cost the whole PDF.
//!
//! Pictures are decoded here and thrown away again. What there is to say about a flaw stands in the rule
//! `billede`.

use std::io::Cursor;
use std::num::NonZeroU64;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::drawing;
use super::flaw::Flaw;
use super::picture_kind::PictureKind;

/// The most points a picture may have on a side.
const LONGEST_SIDE: u32 = 16_000;
/// The quality of a photograph that is written again, of 100: what its maker's was at most, to the eye.
const QUALITY: u8 = 92;
/// The most memory a picture may take while it is looked at, as typst has it.
const MOST_BYTES: usize = 512 << 20;
/// The same for a crate that asks for a number that is not 0.
const MOST_MEMORY: NonZeroU64 = NonZeroU64::new(MOST_BYTES as u64).expect("it is not 0");
/// The most points a picture may have in all: four bytes each are what it takes.
const MOST_POINTS: u64 = MOST_BYTES as u64 / 4;

/// What is wrong with the content of a picture of some kind, if anything is.
pub fn flaw(kind: PictureKind, bytes: &[u8]) -> Option<Flaw> {
    if !kind.is_whole(bytes) {
        return Some(Flaw::Half);
    }
    match kind {
        PictureKind::Png => png(bytes).err(),
        PictureKind::Jpeg => jpeg(bytes).err(),
        PictureKind::Svg => drawing::flaw(bytes, 0, flaw).err(),
        PictureKind::Gif => gif(bytes).err(),
        PictureKind::Webp => webp(bytes).err(),
    }
}

fn png(bytes: &[u8]) -> Result<(), Flaw> {
    let broken = |_| Flaw::Broken;
    let limits = png::Limits { bytes: MOST_BYTES };
    let decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    fits(info.width, info.height)?;
    // Its points are numbers of colours, and the list of those is missing: browsers show nothing, typst ends.
    if info.color_type == png::ColorType::Indexed && info.palette.is_none() {
        return Err(Flaw::Broken);
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
    decoder.decode_headers().map_err(|_| Flaw::Broken)?;
    let (width, height) = decoder.dimensions().ok_or(Flaw::Broken)?;
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    fits(side(width), side(height))?;
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

/// The first picture of a GIF is what paper shows, and is decoded; the blocks of those behind it must lead to its end.
fn gif(bytes: &[u8]) -> Result<(), Flaw> {
    let broken = |_| Flaw::Broken;
    let mut options = gif::DecodeOptions::new();
    options.set_memory_limit(gif::MemoryLimit::Bytes(MOST_MEMORY));
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(broken)?;
    fits(decoder.width().into(), decoder.height().into())?;
    let frame = decoder.next_frame_info().map_err(broken)?;
    let frame = frame.ok_or(Flaw::Broken)?;
    if frame.width == 0 || frame.height == 0 {
        return Err(Flaw::Broken);
    }
    fits(frame.width.into(), frame.height.into())?;
    let mut points = vec![0; decoder.buffer_size()];
    decoder.read_into_buffer(&mut points).map_err(broken)?;
    blocks_lead_to_end(bytes).ok_or(Flaw::Broken)
}

/// Goes through the blocks of a GIF, which each say how long they are; `None` where they do not lead to its end.
fn blocks_lead_to_end(bytes: &[u8]) -> Option<()> {
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
    loop {
        match bytes.get(at)? {
            0x21 => at = after_blocks(bytes, at + 2)?,
            0x2C => at = after_blocks(bytes, at + 11 + colors(*bytes.get(at + 9)?))?,
            0x3B => return Some(()),
            _ => return None,
        }
    }
}

/// Of a WebP that moves the first picture is decoded: it is what paper shows.
fn webp(bytes: &[u8]) -> Result<(), Flaw> {
    let broken = |_| Flaw::Broken;
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    fits(width, height)?;
    decoder.set_memory_limit(MOST_BYTES);
    let size = decoder.output_buffer_size().ok_or(Flaw::TooLarge)?;
    decoder.read_image(&mut vec![0; size]).map_err(broken)?;
    pieces_lead_to_end(bytes).ok_or(Flaw::Broken)
}

/// Goes through the pieces of a WebP, which each say how long they are; `None` where they do not lead to its end, or
/// none is a picture.
fn pieces_lead_to_end(bytes: &[u8]) -> Option<()> {
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
        bytes.get(at + 8..(at + 8).checked_add(size)?)?;
        shows |= matches!(&bytes[at..at + 4], b"VP8 " | b"VP8L" | b"ANMF");
        at = (at + 8).checked_add(size + size % 2)?;
    }
    shows.then_some(())
}

/// Whether a picture of this width and height has no more points than can be shown.
fn fits(width: u32, height: u32) -> Result<(), Flaw> {
    let points = u64::from(width) * u64::from(height);
    if width > LONGEST_SIDE || height > LONGEST_SIDE || points > MOST_POINTS {
        return Err(Flaw::TooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A red point.
    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

    /// A lossless picture of one point.
    const WEBP: &[u8] = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00";

    /// The flaw of a picture with one byte another.
    fn with(
        picture: &[u8],
        at: usize,
        byte: u8,
        flaw: fn(&[u8]) -> Result<(), Flaw>,
    ) -> Option<Flaw> {
        let mut broken = picture.to_vec();
        broken[at] = byte;
        flaw(&broken).err()
    }

    #[test]
    fn a_gif_is_decoded_and_its_blocks_lead_to_its_end() {
        assert_eq!(gif(GIF), Ok(()));
        let picture = 19;
        assert_eq!(GIF[picture], b',');
        // No width, an impossible code, a block that is too long, no picture at all, and points of no colour.
        for (at, byte) in [
            (picture + 5, 0),
            (picture + 10, 13),
            (picture + 11, 40),
            (picture, b';'),
            (picture + 12, 0xFF),
        ] {
            assert_eq!(with(GIF, at, byte, gif), Some(Flaw::Broken), "{at}");
        }
        for end in 0..GIF.len() {
            assert!(gif(&GIF[..end]).is_err(), "{end}");
        }
        // 16,001 points wide, where the screen is and where the picture is.
        for at in [6, picture + 5] {
            let mut wide = GIF.to_vec();
            wide[at..at + 2].copy_from_slice(&16_001_u16.to_le_bytes());
            assert_eq!(gif(&wide), Err(Flaw::TooLarge));
        }
    }

    #[test]
    fn a_webp_is_decoded() {
        assert_eq!(webp(WEBP), Ok(()));
        // A piece that is too long, one that is no picture, a wrong beginning of one, and points that cannot be read.
        for (at, byte) in [(16, 99), (15, b'X'), (20, 0), (30, 0xFF)] {
            assert_eq!(with(WEBP, at, byte, webp), Some(Flaw::Broken), "{at}");
        }
        for end in 0..WEBP.len() {
            assert!(webp(&WEBP[..end]).is_err(), "{end}");
        }
    }
}
