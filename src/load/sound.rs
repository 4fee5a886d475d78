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
    /// A photograph in the colours of a printing house (CMYK).
    PrintColors,
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
        PictureKind::Gif | PictureKind::Webp => None,
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
    decoder.decode_headers().map_err(|_| Flaw::Broken)?;
    if matches!(
        decoder.input_colorspace(),
        Some(ColorSpace::CMYK | ColorSpace::YCCK)
    ) {
        return Err(Flaw::PrintColors);
    }
    decoder.decode().map_err(|_| Flaw::Broken)?;
    Ok(())
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
