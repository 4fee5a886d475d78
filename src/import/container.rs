//! The zip file that a document of Word or LibreOffice is: its parts by name, bounded in number and size.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::refusal::Refusal;

/// The largest file that is opened at all.
pub const LARGEST_FILE: usize = 100 << 20;
/// What a container may hold.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// The bytes of one part, unpacked.
    part: u64,
    /// The bytes of all parts that are read, unpacked.
    sum: u64,
    /// The number of parts; a document with a thousand pictures has some more than that.
    parts: usize,
}

/// Far beyond what anybody writes.
const USUAL: Bounds = Bounds {
    part: 64 << 20,
    sum: 256 << 20,
    parts: 10_000,
};

/// A container whose parts are read when they are asked for.
#[derive(Debug)]
pub struct Container<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    bounds: Bounds,
    unpacked: u64,
}

impl<'b> Container<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// When it is no zip file, or has more parts than a document.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        Self::open_within(bytes, USUAL)
    }

    fn open_within(bytes: &'b [u8], bounds: Bounds) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
        if archive.len() > bounds.parts {
            return Err(Refusal::TooLarge);
        }
        Ok(Self {
            archive,
            bounds,
            unpacked: 0,
        })
    }

    /// The names of all parts.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.archive.file_names().filter_map(Result::ok)
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part's bytes; `None` where there is no such part.
    ///
    /// # Errors
    /// When it is damaged, encrypted, or larger than it may be. What the container says of its size is not
    /// relied on.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let part = match self.archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(
                zip::result::ZipError::PASSWORD_REQUIRED,
            )) => return Err(Refusal::Encrypted),
            Err(_) => return Err(Refusal::Broken),
        };
        let most = self.bounds.part.min(self.bounds.sum - self.unpacked);
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Refusal::Broken)?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(Refusal::TooLarge);
        }
        self.unpacked += size;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, bytes) in parts {
            writer.start_file(*name, options).expect("a new part");
            writer.write_all(bytes).expect("room in memory");
        }
        writer.finish().expect("a container").into_inner()
    }

    #[test]
    fn parts_are_read_by_name() {
        let bytes = packed(&[("a/b.xml", b"hej")]);
        let mut container = Container::open(&bytes).expect("a container");
        assert_eq!(container.part("a/b.xml"), Ok(Some(b"hej".to_vec())));
        assert_eq!(container.part("c"), Ok(None));
    }

    const SMALL: Bounds = Bounds {
        part: 100_000,
        sum: 150_000,
        parts: 3,
    };

    #[test]
    fn a_part_that_unpacks_to_more_than_it_may_is_refused() {
        let bytes = packed(&[("word/document.xml", &[0; 100_001]), ("b", &[0; 100_000])]);
        assert!(bytes.len() < 1000, "a bomb is small");
        let mut container = Container::open_within(&bytes, SMALL).expect("a container");
        assert_eq!(container.part("word/document.xml"), Err(Refusal::TooLarge));
        assert_eq!(
            container.part("b").map(|part| part.map(|part| part.len())),
            Ok(Some(100_000))
        );
    }

    #[test]
    fn parts_that_are_too_much_together_are_refused() {
        let bytes = packed(&[("a", &[0; 90_000]), ("b", &[0; 90_000])]);
        let mut container = Container::open_within(&bytes, SMALL).expect("a container");
        assert!(container.part("a").is_ok());
        assert_eq!(container.part("b"), Err(Refusal::TooLarge));
    }

    #[test]
    fn more_parts_than_a_document_has_are_refused() {
        let bytes = packed(&[("a", b""), ("b", b""), ("c", b""), ("d", b"")]);
        assert_eq!(
            Container::open_within(&bytes, SMALL).err(),
            Some(Refusal::TooLarge)
        );
    }

    #[test]
    fn half_a_container_is_broken() {
        let bytes = packed(&[("a", b"hej")]);
        assert_eq!(
            Container::open(&bytes[..bytes.len() / 2]).err(),
            Some(Refusal::Broken)
        );
    }
}
