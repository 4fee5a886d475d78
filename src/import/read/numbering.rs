//! The lists of a Word document, and the counting in them.

use std::collections::{HashMap, HashSet};

use crate::import::source::{Mark, MarkKind};
use crate::import::xml::Element;

/// Signs of Wingdings and its kin that are boxes to tick.
const BOXES: [char; 8] = [
    '\u{F0A8}', '\u{F06F}', '\u{F071}', '\u{F072}', '\u{F0A3}', '☐', '□', '❑',
];

/// Every list of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each kind of list, by the kind's id.
    kinds: HashMap<String, HashMap<u8, Level>>,
    /// The lists: their kind, and the numbers that some of their levels begin with.
    lists: HashMap<String, (String, HashMap<u8, u64>)>,
    counted: HashMap<(String, u8), u64>,
    begun: HashSet<(String, u8)>,
}

#[derive(Clone, Copy, Debug)]
struct Level {
    kind: LevelKind,
    start: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LevelKind {
    Nothing,
    /// No sign at all: the paragraph goes on in the item before it.
    Continues,
    Bullet,
    Box,
    Ticked,
    Number,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(root: &Element) -> Self {
        let mut numbering = Self::default();
        for kind in root.all("w:abstractNum") {
            let levels = kind.all("w:lvl").filter_map(|level| {
                let number = level.get("w:ilvl")?.parse().ok()?;
                Some((number, Level::read(level)))
            });
            let id = kind.get("w:abstractNumId").unwrap_or_default();
            numbering.kinds.insert(id.to_owned(), levels.collect());
        }
        for list in root.all("w:num") {
            let value = |element: &Element, name: &str| {
                element
                    .child(name)
                    .and_then(|child| child.get("w:val"))
                    .map(str::to_owned)
            };
            let (Some(id), Some(kind)) = (list.get("w:numId"), value(list, "w:abstractNumId"))
            else {
                continue;
            };
            let starts = list.all("w:lvlOverride").filter_map(|level| {
                let start = value(level, "w:startOverride")?.parse().ok()?;
                Some((level.get("w:ilvl")?.parse().ok()?, start))
            });
            let starts = starts.collect();
            numbering.lists.insert(id.to_owned(), (kind, starts));
        }
        numbering
    }

    /// Whether paragraphs of a list's level go on in the item before them.
    pub(super) fn continues(&self, list: &str, level: u8) -> bool {
        let kind = self
            .lists
            .get(list)
            .and_then(|(kind, _)| self.kinds.get(kind));
        let of_level = kind.and_then(|kind| kind.get(&level));
        of_level.is_some_and(|level| level.kind == LevelKind::Continues)
    }

    /// The mark of the next item of a list; `None` where it has none.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<Mark> {
        let (kind_id, starts) = self.lists.get(list)?;
        let kind = self.kinds.get(kind_id)?;
        let of_level = kind.get(&level).copied().unwrap_or(Level {
            kind: LevelKind::Bullet,
            start: 1,
        });
        let kind = match of_level.kind {
            LevelKind::Nothing | LevelKind::Continues => return None,
            LevelKind::Bullet => MarkKind::Bullet,
            LevelKind::Box => MarkKind::Box(false),
            LevelKind::Ticked => MarkKind::Box(true),
            LevelKind::Number => {
                let begins = starts.get(&level).copied();
                let restart = begins.filter(|_| !self.begun.contains(&(list.to_owned(), level)));
                let key = (kind_id.clone(), level);
                let number = match (restart, self.counted.get(&key)) {
                    (Some(start), _) => start,
                    (None, Some(before)) => before + 1,
                    (None, None) => of_level.start,
                };
                self.begun.insert((list.to_owned(), level));
                self.counted.insert(key, number);
                MarkKind::Number(number)
            }
        };
        // What lies deeper begins anew.
        let kind_id = kind_id.clone();
        self.counted
            .retain(|(id, deeper), _| *id != kind_id || *deeper <= level);
        Some(Mark { level, kind })
    }
}

impl Level {
    fn read(level: &Element) -> Self {
        let value = |name: &str| level.child(name).and_then(|child| child.get("w:val"));
        let text = value("w:lvlText").unwrap_or_default();
        let kind = match value("w:numFmt") {
            Some("none") => LevelKind::Nothing,
            Some("bullet") if text.trim().is_empty() => LevelKind::Continues,
            Some("bullet") if text.contains(BOXES) => LevelKind::Box,
            Some("bullet") if text.contains(['☑', '☒']) => LevelKind::Ticked,
            Some("bullet") => LevelKind::Bullet,
            _ => LevelKind::Number,
        };
        Self {
            kind,
            start: value("w:start")
                .and_then(|start| start.parse().ok())
                .unwrap_or(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_one_kind_go_on_counting_until_one_begins_anew() {
        let xml = "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
            <w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl>\
            <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerLetter\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
            <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
            </w:numbering>";
        let mut numbering = Numbering::read(&Element::parse(xml.as_bytes()).expect("well-formed"));
        let mut number = |list: &str, level| match numbering.next(list, level).map(|mark| mark.kind)
        {
            Some(MarkKind::Number(number)) => number,
            other => panic!("{other:?}"),
        };
        let counted = [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 0),
            ("1", 1),
            ("2", 0),
            ("2", 0),
        ];
        let numbers = counted.map(|(list, level)| number(list, level));
        assert_eq!(numbers, [1, 1, 2, 2, 1, 1, 2]);
    }
}
