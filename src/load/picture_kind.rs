//! The kinds of pictures: how a file's name and its bytes tell them apart. Whether one is whole enough to be shown is
//! for `sound`.

/// The kinds of pictures that both a browser and `typst` show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG
    Png,
    /// JPEG
    Jpeg,
    /// GIF
    Gif,
    /// WebP
    Webp,
    /// SVG
    Svg,
}

impl PictureKind {
    const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Gif, Self::Webp, Self::Svg];

    /// The endings a file of this kind has, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Svg => &["svg"],
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
        }
    }

    /// Such as `image/png`.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The kind that a file's name promises.
    pub fn of_ending(file: &str) -> Option<Self> {
        let (_, ending) = file.rsplit_once('.')?;
        let has = |kind: &Self| {
            kind.endings()
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        };
        Self::ALL.into_iter().find(has)
    }

    /// The kind that a file's content begins as.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let starts = |kind: &Self| match kind {
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1A\n"),
            Self::Jpeg => bytes.starts_with(b"\xFF\xD8\xFF"),
            Self::Gif => bytes.starts_with(b"GIF8"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Svg => is_svg(bytes),
        };
        Self::ALL.into_iter().find(starts)
    }

    /// Whether the content also ends as it should: half a picture costs the whole PDF.
    pub fn is_whole(self, bytes: &[u8]) -> bool {
        let has = |mark: &[u8]| memchr::memmem::rfind(bytes, mark).is_some();
        match self {
            Self::Png => has(b"IEND"),
            Self::Jpeg => has(b"\xFF\xD9"),
            Self::Gif => has(b";"),
            Self::Webp => bytes.get(4..8).is_some_and(|size| {
                let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]);
                bytes.len() as u64 >= u64::from(size) + 8
            }),
            Self::Svg => has(b"</svg") || has(b"/>"),
        }
    }
}

/// An SVG may begin with a comment, but the element has to come.
fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = [b"<svg".as_slice(), b"<?xml", b"<!--", b"<!DOCTYPE svg"];
    begins.iter().any(|start| bytes.starts_with(start))
        && memchr::memmem::find(bytes, b"<svg").is_some()
}
