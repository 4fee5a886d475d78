//! An open text with the place in it that somebody asks about. What is answered is for each kind of question to say.

use jiff::civil::Date;

use super::house::House;
use super::position::{Lines, address};
use super::scan::Scan;
use crate::model::FileKind;

/// An open text that somebody asks about.
pub(super) struct Asked<'a> {
    pub(super) house: &'a mut House,
    /// Its address, as the editor has it.
    pub(super) uri: String,
    /// Its path from the area's root.
    pub(super) path: String,
    pub(super) kind: FileKind,
    pub(super) text: &'a str,
    pub(super) lines: Lines<'a>,
    pub(super) scan: Scan,
    pub(super) today: Date,
    /// The byte that is asked about.
    pub(super) byte: usize,
}

impl Asked<'_> {
    /// The address of a file of the area.
    pub(super) fn uri_of(&self, path: &str) -> Option<String> {
        if path == self.path {
            return Some(self.uri.clone());
        }
        if path.starts_with('<') {
            return None;
        }
        let uri = address(&self.house.root().join(path))?;
        Some(uri.as_str().to_owned())
    }
}
