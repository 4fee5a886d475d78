//! The names that the files of a protocol have.

use unicode_normalization::UnicodeNormalization;

/// The file that makes a folder a protocol.
pub const PROTOCOL_FILE: &str = "protokol.toml";

/// A file name `NN-<name>.toml` taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The number the files are ordered by.
    pub number: u32,
    /// The name between number and ending, in NFC: the section's id.
    pub name: String,
}

impl FileName {
    /// Takes a file name apart; `None` for one that is not `NN-<name>.toml`.
    pub fn parse(file_name: &str) -> Option<Self> {
        let stem = strip_toml(file_name)?;
        let (number, name) = stem.split_once('-')?;
        if number.is_empty() || name.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        Some(Self {
            number: number.parse().ok()?,
            name: name.nfc().collect(),
        })
    }

    /// By number, then by name.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.number, &self.name).cmp(&(other.number, &other.name))
    }
}

/// The name without its ending `.toml`, in any case.
pub(super) fn strip_toml(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ending.eq_ignore_ascii_case("toml").then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_a_number_and_an_id() {
        let name = FileName::parse("3-husorden.toml").expect("a section's name");
        assert_eq!((name.number, name.name.as_str()), (3, "husorden"));
        assert_eq!(
            FileName::parse("10-a-b.TOML").map(|name| name.name),
            Some("a-b".into())
        );
    }

    #[test]
    fn other_names_are_no_sections() {
        for name in [
            "husorden.toml",
            "3-.toml",
            "-x.toml",
            "3-x.md",
            "x3-y.toml",
            ".toml",
        ] {
            assert_eq!(FileName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn ten_comes_after_nine() {
        let mut names =
            ["10-b.toml", "9-a.toml"].map(|name| FileName::parse(name).expect("a name"));
        names.sort_by(FileName::order);
        assert_eq!(names[0].number, 9);
    }
}
