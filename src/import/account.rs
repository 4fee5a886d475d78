//! Whether every word of the source is placed or listed: what was written is read back by the program's own loader
//! and counted against the source.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ledger::Ledger;
use super::source::{Source, words};
use crate::load::{CONFIG_FILE, Repository};
use crate::model::{Area, Inline, InlineKind, Protocol, RichText, Section, Text, visit_runs};
use crate::text::SourceFile;

/// How many words there are of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Words of the source.
    pub source: usize,
    /// Those that stand in the protocol.
    pub placed: usize,
    /// Those that are listed with a reason.
    pub left: usize,
    /// Words of the source that are neither: a bug of ours, told so that the author can look.
    pub missing: Vec<String>,
    /// Words of the protocol that nobody wrote: the same.
    pub surplus: Vec<String>,
}

/// Words and how often they come, whatever their case.
type Bag = BTreeMap<String, i64>;

fn add(bag: &mut Bag, text: &str, by: i64) -> usize {
    let words = words(text);
    for word in &words {
        *bag.entry(word.to_lowercase()).or_default() += by;
    }
    words.len()
}

/// Counts. `files` are those of the protocol by their paths in a repository, `title` what of the front page came
/// from the source.
pub fn account(
    source: &Source,
    files: &BTreeMap<String, Vec<u8>>,
    (folder, slug): (&str, &str),
    title: &str,
    ledger: &Ledger,
) -> Account {
    let mut bag = Bag::new();
    let mut account = Account::default();
    for text in source.texts() {
        account.source += add(&mut bag, &text, 1);
    }
    let mut written = add(&mut bag, title, -1);
    for text in read_back(files, folder, slug) {
        written += add(&mut bag, &text, -1);
    }
    for left in &ledger.left {
        account.left += add(&mut bag, &left.text, -1);
    }
    let mut added = 0;
    for text in &ledger.added {
        added += add(&mut bag, text, 1);
    }
    account.placed = written - added.min(written);
    for (word, count) in bag {
        let list = if count > 0 {
            &mut account.missing
        } else {
            &mut account.surplus
        };
        list.extend(std::iter::repeat_n(
            word,
            usize::try_from(count.abs()).unwrap_or(0),
        ));
    }
    account
}

/// Every text of a protocol, as the loader reads it.
fn read_back(files: &BTreeMap<String, Vec<u8>>, folder: &str, slug: &str) -> Vec<String> {
    let repository = Repository::held(files.clone());
    let mut texts = Vec::new();
    let config = Arc::new(SourceFile::new(CONFIG_FILE, ""));
    if let Ok(Some(read)) = repository.read_protocol(folder, slug, None) {
        let (protocol, _) = Protocol::read(read, &Area::read(&config).0);
        for section in protocol.sections.iter().chain(&protocol.appendices) {
            section.visit(&mut |section| push_section(section, &mut texts));
        }
    }
    for bytes in files.values() {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(table) = text.parse::<toml::Table>() {
            push_notes(&table, &mut texts);
        }
    }
    texts
}

/// The texts of a section.
fn push_section(section: &Section, texts: &mut Vec<String>) {
    section.texts(&mut |text| match text {
        Text::Running(text) => push_rich(text, texts),
        text => texts.extend(text.line().map(|line| line.text.clone())),
    });
}

fn push_rich(text: &RichText, texts: &mut Vec<String>) {
    let mut push = |run: &[Inline]| {
        let mut plain = String::new();
        push_run(run, &mut plain);
        texts.push(plain);
    };
    visit_runs(&text.blocks, &mut |run| push(run));
    for note in &text.notes {
        visit_runs(&note.blocks, &mut |run| push(run));
    }
}

fn push_run(run: &[Inline], plain: &mut String) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => plain.push_str(text),
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::Link { content, .. } => push_run(content, plain),
            InlineKind::SoftBreak | InlineKind::HardBreak => plain.push('\n'),
            InlineKind::Image { alt, .. } => {
                plain.push(' ');
                plain.push_str(alt);
                plain.push(' ');
            }
            InlineKind::NoteMarker(_) => {}
        }
    }
}

/// The notes for authors, which the model does not keep.
fn push_notes(table: &toml::Table, texts: &mut Vec<String>) {
    for (key, value) in table {
        match value {
            toml::Value::String(text) if key == "note" => texts.push(text.clone()),
            toml::Value::Table(inner) => push_notes(inner, texts),
            toml::Value::Array(items) => {
                for item in items {
                    if let toml::Value::Table(inner) = item {
                        push_notes(inner, texts);
                    }
                }
            }
            _ => {}
        }
    }
}
