//! `rusprot.lock`: which edition of each shared skabelon lies here, with a sum of every file.
//!
//! The program writes it and reads it; what lies on the disk is not looked at here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::{Table, Value};

/// The version of this form.
const VERSION: i64 = 1;

const HEAD: &str = "\
# Hvilken udgave af hver fælles skabelon der ligger her, og summen (SHA-256) af hver fil.
# rusprot skriver filen: ret den ikke selv. Kør i stedet: rusprot templates update
";

/// What is known of the copies of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockFile {
    /// The copies by name.
    pub copies: BTreeMap<String, Locked>,
}

/// One copy as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// The key it was named under: `git` or `sti`.
    pub key: String,
    /// The address or the path, as it was written in `rusprot.toml`.
    pub address: String,
    /// The revision that was asked for.
    pub rev: Option<String>,
    /// The folder there.
    pub folder: String,
    /// The commit it came from; none from a folder.
    pub commit: Option<String>,
    /// SHA-256 of every file by its path in the copy, 64 hexadecimal digits.
    pub files: BTreeMap<String, String>,
}

impl LockFile {
    /// Reads the text of a `rusprot.lock`; `None` for one that the program has not written so.
    pub fn parse(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        if table.get("version")?.as_integer()? != VERSION {
            return None;
        }
        let copies = match table.get("skabelon") {
            Some(Value::Array(copies)) => copies.as_slice(),
            None => &[],
            Some(_) => return None,
        };
        let mut lock = Self::default();
        for copy in copies {
            let (name, locked) = locked(copy.as_table()?)?;
            if lock.copies.insert(name, locked).is_some() {
                return None;
            }
        }
        Some(lock)
    }

    /// The text of the file: the same for the same copies.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        let string = |text: &str| Value::String(text.to_owned()).to_string();
        for (name, copy) in &self.copies {
            let mut line = |key: &str, value: &str| {
                // Writing into a text cannot fail.
                let _always = writeln!(text, "{key} = {}", string(value));
            };
            line("\n[[skabelon]]\nnavn", name);
            line(&copy.key, &copy.address);
            if let Some(rev) = &copy.rev {
                line("rev", rev);
            }
            line("mappe", &copy.folder);
            if let Some(commit) = &copy.commit {
                line("commit", commit);
            }
            text.push_str("[skabelon.filer]\n");
            for (path, sum) in &copy.files {
                let _always = writeln!(text, "{} = {}", string(path), string(sum));
            }
        }
        text
    }
}

fn locked(table: &Table) -> Option<(String, Locked)> {
    let text = |key: &str| Some(table.get(key)?.as_str()?.to_owned());
    let key = ["git", "sti"]
        .into_iter()
        .find(|key| table.contains_key(*key))?;
    let files = table.get("filer")?.as_table()?.iter();
    let files = files.map(|(path, sum)| Some((path.clone(), sum.as_str()?.to_owned())));
    let locked = Locked {
        key: key.to_owned(),
        address: text(key)?,
        rev: text("rev"),
        folder: text("mappe")?,
        commit: text("commit"),
        files: files.collect::<Option<_>>()?,
    };
    Some((text("navn")?, locked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> LockFile {
        let locked = Locked {
            key: "git".to_owned(),
            address: "https://git.example/skabeloner.git".to_owned(),
            rev: Some("2026-1".to_owned()),
            folder: "social \"psykiatri\"".to_owned(),
            commit: Some("0f".repeat(20)),
            files: BTreeMap::from([("html/a.html".to_owned(), "ab".repeat(32))]),
        };
        LockFile {
            copies: BTreeMap::from([("social".to_owned(), locked)]),
        }
    }

    #[test]
    fn what_is_written_is_read_again_as_the_same() {
        let lock = lock();
        assert_eq!(LockFile::parse(&lock.text()), Some(lock));
        let none = LockFile::default();
        assert_eq!(LockFile::parse(&none.text()), Some(none));
    }

    #[test]
    fn what_the_program_has_not_written_so_is_no_lock() {
        let text = lock().text();
        let twice = format!("{text}{}", &text[text.find("[[").expect("a copy")..]);
        for wrong in [
            "",
            "version = 2\n",
            "<<<<<<< HEAD\nversion = 1\n",
            &text.replace("navn", "name"),
            &text.replace("[skabelon.filer]", "[skabelon.files]"),
            &twice,
        ] {
            assert_eq!(LockFile::parse(wrong), None, "{wrong}");
        }
    }
}
