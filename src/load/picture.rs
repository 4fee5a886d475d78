//! Pictures that texts show: where they may lie and what kinds every output can show.

use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::picture_kind::PictureKind;
use super::sound::{flaw, for_screens};
use crate::fs::{self, Content};

/// Larger pictures make pages that no phone shows, and all of them stay in git for good.
pub const LARGEST_PICTURE: u64 = 20_000_000;

/// A picture's bytes and what they are.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What is shown.
    pub bytes: Vec<u8>,
    /// Such as `image/png`.
    pub media_type: &'static str,
    /// The file as it is, where that cannot be shown by every output and `bytes` is a copy in other colours. It is
    /// what a fingerprint counts, since a copy may come out otherwise one day.
    pub original: Option<Vec<u8>>,
}

/// Reads a picture by the path an author wrote, relative to the protocol's folder; `None` for one that
/// cannot be shown, of which rule RP206 says why.
pub(super) fn read_picture(folder: &Path, file: &str) -> Option<Picture> {
    PictureKind::of_ending(file)?;
    match fs::read_plain(&locate(folder, file)?, LARGEST_PICTURE) {
        Content::Bytes(bytes) => shown(file, bytes),
        Content::Missing | Content::Refused(_) => None,
    }
}

/// The picture that bytes are, if they are what the file's name promises.
pub(super) fn shown(file: &str, bytes: Vec<u8>) -> Option<Picture> {
    let kind = PictureKind::of_ending(file)?;
    let shows = PictureKind::of_bytes(&bytes) == Some(kind) && flaw(kind, &bytes).is_none();
    if !shows {
        return None;
    }
    let copy = if kind == PictureKind::Jpeg {
        for_screens(&bytes)
    } else {
        None
    };
    let (bytes, original) = match copy {
        Some(copy) => (copy, Some(bytes)),
        None => (bytes, None),
    };
    Some(Picture {
        bytes,
        media_type: kind.media_type(),
        original,
    })
}

/// The file on disk, links followed, if it lies in the folder.
pub(super) fn locate(folder: &Path, file: &str) -> Option<PathBuf> {
    let path = Path::new(file);
    let stays = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !stays || file.contains(['\\', ':']) {
        return None;
    }
    let root = fs::real_path(folder)?;
    let real = fs::real_path(&find_in(folder, file))?;
    let is_file = fs::metadata(&real).is_some_and(|metadata| metadata.is_file());
    (is_file && real.starts_with(root)).then_some(real)
}

/// A path in a folder as the disk has it: a Mac may have decomposed the letters of a name that an author
/// typed composed, or the other way. The path as it was typed where nothing else is there.
pub(super) fn find_in(folder: &Path, file: &str) -> PathBuf {
    let typed = folder.join(file);
    if file.is_ascii() || fs::metadata(&typed).is_some() {
        return typed;
    }
    let mut found = folder.to_owned();
    for part in file.split('/') {
        let exact = found.join(part);
        let composed: String = part.nfc().collect();
        let entries = match fs::metadata(&exact) {
            Some(_) => Vec::new(),
            // A folder that cannot be read has no other name to offer.
            None => fs::list(&found).unwrap_or_default(),
        };
        let other = entries
            .into_iter()
            .find(|entry| entry.name.nfc().eq(composed.chars()));
        found = other.map_or(exact, |entry| found.join(entry.name));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_may_not_lie_outside_its_folder() {
        let folder = Path::new(".");
        assert!(locate(folder, "Cargo.toml").is_some());
        for file in [
            "../x.png",
            "/x.png",
            "a/../../x.png",
            "http://a.dk/x.png",
            "C:\\x.png",
        ] {
            assert_eq!(locate(folder, file), None, "{file}");
        }
    }

    #[test]
    fn a_kind_shows_in_the_first_bytes() {
        let kind = |bytes: &[u8]| PictureKind::of_bytes(bytes).map(PictureKind::name);
        assert_eq!(kind(b"\x89PNG\r\n\x1A\nrest"), Some("PNG"));
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), Some("JPEG"));
        assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8 "), Some("WebP"));
        assert_eq!(kind(b"\n<?xml version=\"1.0\"?><svg/>"), Some("SVG"));
        assert_eq!(kind(b"<html>"), None);
        assert_eq!(kind(b""), None);
    }

    #[test]
    fn a_picture_is_known_by_how_it_begins_and_whole_by_how_it_ends() {
        let png = b"\x89PNG\r\n\x1A\n----IEND----";
        assert_eq!(PictureKind::of_bytes(png), Some(PictureKind::Png));
        assert!(PictureKind::Png.is_whole(png));
        assert!(!PictureKind::Png.is_whole(&png[..12]));
        let svg = b"<?xml version='1.0'?><svg><path/></svg>";
        assert_eq!(PictureKind::of_bytes(svg), Some(PictureKind::Svg));
        assert!(!PictureKind::Svg.is_whole(b"<svg><path d='M0"));
        assert_eq!(PictureKind::of_bytes(b"<html></html>"), None);
    }
}
