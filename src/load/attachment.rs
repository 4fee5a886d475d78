//! PDF files that an appendix has with it: where they may lie, and what they must be.
//!
//! They are handed on as they are; nobody looks into them beyond the first bytes.

use std::path::{Component, Path};

use super::picture::locate;
use crate::fs::{self, Content};

/// Larger files are no reading for a phone, and all of them stay in git for good.
pub const LARGEST_ATTACHMENT: u64 = 20_000_000;

/// The protocol's own PDF, among whose neighbours the attached ones lie.
const OWN_PDF: &str = "protokol.pdf";

/// Whether a file's content begins as a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// Whether a file's name says that it is a PDF.
pub fn is_pdf_name(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// The path a file has among the pages, with `/`: the one an author wrote, without `./`. `None` where it
/// leads out of the folder, is no PDF's, or is that of the protocol's own PDF on any system.
pub fn attachment_path(file: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(file).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    let path = parts.join("/");
    (is_pdf_name(&path) && !path.eq_ignore_ascii_case(OWN_PDF)).then_some(path)
}

/// The bytes, if they can be attached.
pub(super) fn attached(bytes: Vec<u8>) -> Option<Vec<u8>> {
    (bytes.len() as u64 <= LARGEST_ATTACHMENT && is_pdf(&bytes)).then_some(bytes)
}

/// Reads an attached PDF by the path an author wrote, relative to the protocol's folder; `None` for one
/// that cannot be attached, of which rule RP206 says why.
pub(super) fn read_attachment(folder: &Path, file: &str) -> Option<Vec<u8>> {
    attachment_path(file)?;
    match fs::read_plain(&locate(folder, file)?, LARGEST_ATTACHMENT) {
        Content::Bytes(bytes) => attached(bytes),
        Content::Missing | Content::Refused(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_known_by_its_first_bytes() {
        assert!(is_pdf(b"%PDF-1.7\n%more"));
        for other in [&b"<html>%PDF-1.7"[..], b"%PD", b"", b"\x89PNG\r\n\x1A\n"] {
            assert!(!is_pdf(other));
        }
    }

    #[test]
    fn a_path_among_the_pages_stays_in_its_folder() {
        assert_eq!(
            attachment_path("./filer/./a.pdf").as_deref(),
            Some("filer/a.pdf")
        );
        for none in [
            "../a.pdf",
            "/a.pdf",
            "filer/../../a.pdf",
            "",
            ".",
            "index.html",
            "./Protokol.PDF",
        ] {
            assert_eq!(attachment_path(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_pdf_in_the_folder_is_not_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let put = |name: &str, bytes: &[u8]| {
            fs::write(&folder.path().join(name), bytes).expect("a file");
        };
        put("a.pdf", b"%PDF-1.7 and more");
        put("b.pdf", b"<html>");
        let read = |file: &str| read_attachment(folder.path(), file);
        assert_eq!(read("a.pdf").as_deref(), Some(&b"%PDF-1.7 and more"[..]));
        assert_eq!(read("b.pdf"), None);
        assert_eq!(read("c.pdf"), None);
        assert_eq!(read("../a.pdf"), None);
    }
}
