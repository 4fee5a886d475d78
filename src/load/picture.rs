//! Pictures that texts show: where they may lie and what kinds every output can show.

use std::path::{Component, Path, PathBuf};

use anyhow::Result;

use crate::fs;

/// A picture's bytes and what they are.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file as it is.
    pub bytes: Vec<u8>,
    /// Such as `image/png`.
    pub media_type: &'static str,
}

/// Why a file cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureProblem {
    /// The path leads out of the protocol's folder, or to another host.
    Outside,
    /// There is no such file.
    Missing,
    /// Its name has an ending that is none of a picture's.
    UnknownType,
    /// Its content is not what its name says.
    WrongContent,
}

/// The endings of pictures that HTML and the PDF both show, and what they are.
const TYPES: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("svg", "image/svg+xml"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
];

/// Reads a picture by the path an author wrote, relative to the protocol's folder.
///
/// # Errors
/// The outer error is the operator's (a file that is there and cannot be read), the inner the author's.
pub fn read_picture(folder: &Path, file: &str) -> Result<Result<Picture, PictureProblem>> {
    let path = match locate(folder, file) {
        Ok(path) => path,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(media_type) = media_type(file) else {
        return Ok(Err(PictureProblem::UnknownType));
    };
    let bytes = fs::read(&path)?;
    if !fits(media_type, &bytes) {
        return Ok(Err(PictureProblem::WrongContent));
    }
    Ok(Ok(Picture { bytes, media_type }))
}

/// The file on disk, links followed, if it lies in the folder.
fn locate(folder: &Path, file: &str) -> Result<PathBuf, PictureProblem> {
    let path = Path::new(file);
    let stays = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !stays || file.contains(['\\', ':']) {
        return Err(PictureProblem::Outside);
    }
    let root = fs::real_path(folder).ok_or(PictureProblem::Missing)?;
    let real = fs::real_path(&folder.join(path)).ok_or(PictureProblem::Missing)?;
    if !real.starts_with(root) {
        return Err(PictureProblem::Outside);
    }
    if !fs::metadata(&real).is_some_and(|metadata| metadata.is_file()) {
        return Err(PictureProblem::Missing);
    }
    Ok(real)
}

fn media_type(file: &str) -> Option<&'static str> {
    let (_, ending) = file.rsplit_once('.')?;
    let known = TYPES
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known));
    known.map(|(_, media_type)| *media_type)
}

/// Whether the content begins as its type does: typst refuses a picture that is not what it says.
fn fits(media_type: &str, bytes: &[u8]) -> bool {
    match media_type {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1A\n"),
        "image/jpeg" => bytes.starts_with(b"\xFF\xD8\xFF"),
        "image/gif" => bytes.starts_with(b"GIF8"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => memchr::memmem::find(bytes, b"<svg").is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_may_not_lie_outside_its_folder() {
        let folder = Path::new(".");
        for file in [
            "../x.png",
            "/x.png",
            "a/../../x.png",
            "http://a.dk/x.png",
            "C:\\x.png",
        ] {
            assert_eq!(locate(folder, file), Err(PictureProblem::Outside), "{file}");
        }
    }

    #[test]
    fn a_picture_must_be_what_its_name_says() {
        assert!(fits("image/png", b"\x89PNG\r\n\x1A\nrest"));
        assert!(!fits("image/png", b"<svg></svg>"));
        assert!(fits("image/svg+xml", b"<?xml version='1.0'?><svg/>"));
    }
}
