//! Which lists a document has: `numbering.xml` with one list for each that counts by itself.

use std::fmt::Write as _;

/// What the lists of `templates/page/docx/numbering.xml` are there, and the last one's number.
const KINDS: &str = include_str!("../../../templates/page/docx/numbering.xml");

/// The list that the headings of sections count in, by their styles.
pub(super) const HEADINGS: u32 = 1;
/// The list that appendices count in.
pub(super) const APPENDICES: u32 = 2;
/// Points.
pub(super) const POINTS: u32 = 3;
/// Boxes to tick.
pub(super) const BOXES: u32 = 4;
/// Boxes that are ticked.
pub(super) const TICKED: u32 = 5;
/// The first list that begins to count by itself.
const FIRST_OWN: u32 = 6;
/// The kind of list that counts.
const NUMBERS: u32 = 5;

/// The most levels a list has.
pub(super) const LEVELS: u8 = 9;

/// The lists that count by themselves: the level and the number that each begins with.
#[derive(Debug, Default)]
pub(super) struct Lists {
    own: Vec<(u8, u64)>,
}

impl Lists {
    /// One more list that counts, from `start` at a level.
    pub(super) fn counting(&mut self, level: u8, start: u64) -> u32 {
        self.own.push((level, start));
        FIRST_OWN + u32::try_from(self.own.len() - 1).unwrap_or(u32::MAX)
    }

    /// `numbering.xml`
    pub(super) fn xml(&self) -> String {
        let mut lists = String::new();
        for (at, (level, start)) in self.own.iter().enumerate() {
            // Word knows no numbers beyond these.
            let start = (*start).min(32_767);
            let id = FIRST_OWN as usize + at;
            write!(
                lists,
                "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{NUMBERS}\"/><w:lvlOverride w:ilvl=\"{level}\">\
                 <w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>"
            )
            .expect("a string takes every text");
        }
        KINDS.replace("</w:numbering>", &format!("{lists}</w:numbering>"))
    }
}
