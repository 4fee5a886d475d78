//! The text as blocks, one from each header to the next with the comments right above it: what is added, taken
//! away and moved when tables are.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::literal;
use super::values::{Edit, applied, change, is_inline};
use super::{Changes, New, NoRoom, Row};
use crate::text::{end_of_line, line_end};

/// A step from a table to what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    /// One of several tables, as they stood.
    At(usize),
    /// One that is new.
    New,
}

type Path = Vec<Step>;

/// A block in its new place.
#[derive(Clone, Debug)]
struct Piece {
    /// The table it is, as it stood.
    path: Path,
    text: PieceText,
}

#[derive(Clone, Debug)]
enum PieceText {
    Old(Range<usize>),
    New(String),
}

/// The blocks of a text, and what changes in them.
pub(super) struct Blocks<'t> {
    text: &'t str,
    eol: &'static str,
    pieces: Vec<Piece>,
    edits: Vec<Edit>,
}

/// A table that is being changed: the way to it, and where its own block begins.
struct Here<'p> {
    path: &'p Path,
    /// Where its header ends; `None` for the root.
    header: Option<usize>,
}

impl<'t> Blocks<'t> {
    pub(super) fn of(text: &'t str, table: &DeTable<'_>) -> Self {
        let mut heads = Vec::new();
        heads_in(text, table, &Vec::new(), &mut heads);
        heads.sort_by_key(|(start, _)| *start);
        let mut pieces = Vec::with_capacity(heads.len() + 1);
        let mut from = 0;
        let mut path = Path::new();
        for (header, own) in heads {
            let start = with_comments(text, header, from);
            pieces.push(Piece {
                path,
                text: PieceText::Old(from..start),
            });
            from = start;
            path = own;
        }
        pieces.push(Piece {
            path,
            text: PieceText::Old(from..text.len()),
        });
        Self {
            text,
            eol: line_end(text),
            pieces,
            edits: Vec::new(),
        }
    }

    /// Changes the root table.
    pub(super) fn table(&mut self, table: &DeTable<'_>, changes: &Changes) -> Result<(), NoRoom> {
        let path = Path::new();
        let here = Here {
            path: &path,
            header: None,
        };
        self.keys(table, &here, changes)
    }

    fn keys(
        &mut self,
        table: &DeTable<'_>,
        here: &Here<'_>,
        changes: &Changes,
    ) -> Result<(), NoRoom> {
        let mut added = String::new();
        for (key, new) in changes {
            let found = table.get_key_value(key.as_str());
            match (found, new) {
                (None, None) => {}
                (None, Some(New::Table(changes))) => {
                    let path = below(here.path, key);
                    let block = block(&path, false, changes, self.eol);
                    self.add_after(here.path, path, block);
                }
                (None, Some(New::Tables(rows))) => {
                    for row in rows {
                        self.new_row(here.path, key, row);
                    }
                }
                (None, Some(new)) => {
                    let typed = literal::of(new, self.eol);
                    added.push_str(&format!("{} = {typed}{}", literal::key(key), self.eol));
                }
                (Some((name, value)), new) if is_inline(self.text, value) => match new {
                    Some(new) => change(self.text, value, new, self.eol, &mut self.edits)?,
                    None => self.remove_key(name.span(), value.span())?,
                },
                (Some((_, value)), new) => self.with_headers(here, key, value, new.as_ref())?,
            }
        }
        if !added.is_empty() {
            self.add_keys(table, here, &added)?;
        }
        Ok(())
    }

    /// Changes a table or tables that stand below headers of their own.
    fn with_headers(
        &mut self,
        here: &Here<'_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        new: Option<&New>,
    ) -> Result<(), NoRoom> {
        let path = below(here.path, key);
        match (value.get_ref(), new) {
            (_, None) => {
                self.remove(&path);
                Ok(())
            }
            (DeValue::Table(table), Some(New::Table(changes))) => {
                let here = Here {
                    path: &path,
                    header: Some(self.header_end(value)?),
                };
                self.keys(table, &here, changes)
            }
            (DeValue::Array(items), Some(New::Tables(rows))) => {
                for row in rows {
                    let Some(from) = row.from else { continue };
                    let item = items.get(from).ok_or(NoRoom)?;
                    let DeValue::Table(table) = item.get_ref() else {
                        return Err(NoRoom);
                    };
                    let mut path = path.clone();
                    path.push(Step::At(from));
                    let here = Here {
                        path: &path,
                        header: Some(self.header_end(item)?),
                    };
                    self.keys(table, &here, &row.changes)?;
                }
                self.order_rows(here.path, key, items.len(), rows);
                Ok(())
            }
            _ => Err(NoRoom),
        }
    }

    /// Where the header of a table ends; none where its keys are written in another way.
    fn header_end(&self, value: &Spanned<DeValue<'_>>) -> Result<usize, NoRoom> {
        let span = value.span();
        let is_header = self.text[span.clone()].starts_with('[');
        is_header.then_some(span.end).ok_or(NoRoom)
    }

    /// Puts the rows of a list in their new order: those that are gone go, new ones come in.
    fn order_rows(&mut self, parent: &Path, key: &str, count: usize, rows: &[Row]) {
        let path = below(parent, key);
        let is_as_before = rows.len() == count
            && rows
                .iter()
                .enumerate()
                .all(|(at, row)| row.from == Some(at));
        if is_as_before {
            return;
        }
        let at = self
            .pieces
            .iter()
            .position(|piece| piece.path.starts_with(&path));
        let Some(at) = at else { return };
        let (own, others): (Vec<Piece>, Vec<Piece>) = std::mem::take(&mut self.pieces)
            .into_iter()
            .partition(|piece| piece.path.starts_with(&path));
        let mut ordered = Vec::with_capacity(own.len());
        for row in rows {
            match row.from {
                Some(from) => {
                    let mut path = path.clone();
                    path.push(Step::At(from));
                    let pieces = own.iter().filter(|piece| piece.path.starts_with(&path));
                    ordered.extend(pieces.cloned());
                }
                None => ordered.push(self.row_piece(&path, row)),
            }
        }
        self.pieces = others;
        let behind = self.pieces.split_off(at);
        self.pieces.extend(ordered);
        self.pieces.extend(behind);
    }

    fn row_piece(&self, path: &Path, row: &Row) -> Piece {
        let mut own = path.clone();
        own.push(Step::New);
        Piece {
            text: PieceText::New(block(path, true, &row.changes, self.eol)),
            path: own,
        }
    }

    fn new_row(&mut self, parent: &Path, key: &str, row: &Row) {
        let path = below(parent, key);
        let piece = self.row_piece(&path, row);
        let PieceText::New(block) = piece.text else {
            return;
        };
        self.add_after(parent, piece.path, block);
    }

    /// Adds a block behind everything of a table.
    fn add_after(&mut self, parent: &Path, path: Path, block: String) {
        let last = self
            .pieces
            .iter()
            .rposition(|piece| piece.path.starts_with(parent));
        let piece = Piece {
            path,
            text: PieceText::New(block),
        };
        self.pieces
            .insert(last.map_or(self.pieces.len(), |last| last + 1), piece);
    }

    /// Takes a table away, or tables, with all below them.
    fn remove(&mut self, path: &Path) {
        self.pieces.retain(|piece| !piece.path.starts_with(path));
    }

    /// Takes a key away with the line it stands on; a comment behind it stays.
    fn remove_key(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), NoRoom> {
        let start = self.text[..key.start].rfind('\n').map_or(0, |end| end + 1);
        if !self.text[start..key.start].trim().is_empty() {
            return Err(NoRoom);
        }
        let end = end_of_line(self.text, value.end);
        let behind = &self.text[value.end..end];
        let comment = behind.find('#').map_or("", |at| &behind[at..]);
        self.edits.push(Edit::new(start..end, comment));
        Ok(())
    }

    /// Adds lines with keys behind those that the table has itself.
    fn add_keys(
        &mut self,
        table: &DeTable<'_>,
        here: &Here<'_>,
        lines: &str,
    ) -> Result<(), NoRoom> {
        let text = self.text;
        let own = table.iter().filter(|(_, value)| is_inline(text, value));
        let last = own.map(|(_, value)| value.span().end).max();
        let eol = self.eol;
        if let Some(behind) = last.or(here.header) {
            let at = end_of_line(text, behind);
            let gap = if text[..at].ends_with('\n') { "" } else { eol };
            self.edits.push(Edit::new(at..at, format!("{gap}{lines}")));
            return Ok(());
        }
        // The root has no key yet: they come before the first header, below what comments begin the file.
        let alone = self.pieces.len() == 1;
        let first = self.pieces.first_mut().ok_or(NoRoom)?;
        let PieceText::Old(range) = &first.text else {
            return Err(NoRoom);
        };
        let mut start = text[range.clone()].to_owned();
        if !start.is_empty() && !start.ends_with('\n') {
            start.push_str(eol);
        }
        start.push_str(lines);
        if !alone {
            start.push_str(eol);
        }
        first.text = PieceText::New(start);
        Ok(())
    }

    /// The text, with an empty line before a block that has come to stand elsewhere.
    pub(super) fn joined(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut end = Some(0);
        for piece in &self.pieces {
            let (own, begins) = match &piece.text {
                PieceText::Old(range) => (
                    applied(self.text, range.clone(), &self.edits),
                    Some(range.start),
                ),
                PieceText::New(text) => (text.clone(), None),
            };
            let is_in_place = begins.is_some() && begins == end;
            if !is_in_place && !out.is_empty() && !own.is_empty() {
                if !out.ends_with('\n') {
                    out.push_str(self.eol);
                }
                let empty = format!("{0}{0}", self.eol);
                if !out.ends_with(&empty) && out != self.eol {
                    out.push_str(self.eol);
                }
            }
            out.push_str(&own);
            end = match &piece.text {
                PieceText::Old(range) => Some(range.end),
                // What begins the file stands in its own place.
                PieceText::New(_) if piece.path.is_empty() => self.preamble_end(),
                PieceText::New(_) => None,
            };
        }
        out
    }

    /// Where the first header's block begins.
    fn preamble_end(&self) -> Option<usize> {
        let olds = self.pieces.iter().filter_map(|piece| match &piece.text {
            PieceText::Old(range) => Some(range.start),
            PieceText::New(_) => None,
        });
        olds.min()
    }
}

fn below(path: &Path, key: &str) -> Path {
    let mut path = path.clone();
    path.push(Step::Key(key.to_owned()));
    path
}

/// Every header with the table that it begins.
fn heads_in(text: &str, table: &DeTable<'_>, path: &Path, heads: &mut Vec<(usize, Path)>) {
    for (key, value) in table {
        let path = below(path, key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => {
                let start = value.span().start;
                if text[start..].starts_with('[') {
                    heads.push((start, path.clone()));
                }
                if !text[start..].starts_with('{') {
                    heads_in(text, table, &path, heads);
                }
            }
            DeValue::Array(items) if !is_inline(text, value) => {
                for (at, item) in items.iter().enumerate() {
                    let mut path = path.clone();
                    path.push(Step::At(at));
                    heads.push((item.span().start, path.clone()));
                    if let DeValue::Table(table) = item.get_ref() {
                        heads_in(text, table, &path, heads);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Where a header's block begins: with the comments right above it, but not before `least`.
fn with_comments(text: &str, header: usize, least: usize) -> usize {
    let mut start = text[..header]
        .rfind('\n')
        .map_or(0, |end| end + 1)
        .max(least);
    while start > least {
        let above = text[..start - 1].rfind('\n').map_or(0, |end| end + 1);
        if above < least || !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// A table that was not there before, with those in it.
fn block(path: &Path, several: bool, changes: &Changes, eol: &str) -> String {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(literal::key(key)),
        Step::At(_) | Step::New => None,
    });
    let keys = keys.collect::<Vec<_>>().join(".");
    let mut out = if several {
        format!("[[{keys}]]{eol}")
    } else {
        format!("[{keys}]{eol}")
    };
    let mut inside = String::new();
    for (key, new) in changes {
        match new {
            None => {}
            Some(New::Table(changes)) => {
                inside.push_str(eol);
                inside.push_str(&block(&below(path, key), false, changes, eol));
            }
            Some(New::Tables(rows)) => {
                for row in rows {
                    inside.push_str(eol);
                    inside.push_str(&block(&below(path, key), true, &row.changes, eol));
                }
            }
            Some(new) => {
                let typed = literal::of(new, eol);
                out.push_str(&format!("{} = {typed}{eol}", literal::key(key)));
            }
        }
    }
    out + &inside
}
