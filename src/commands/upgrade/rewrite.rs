//! The authors' files as they are to be with a new edition: headings and ids that are called something else, and the
//! sections that are new, with their guidance as comments. Every other byte stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::protocol::{Rename, renames};
use crate::check::masked;
use crate::commands::init::{child_text, new_files};
use crate::compare::ProtocolUpgrade;
use crate::fix::Quotes;
use crate::load::{LARGEST_TOML, Repository};
use crate::model::{Answers, Demand, Protocol, Requirement, Section, Skabelon};
use crate::site::Site;
use crate::text::{SourceFile, Span, line_end};
use crate::write::Change;

/// A file with the letters that are to be others.
struct Edits {
    file: Arc<SourceFile>,
    edits: Vec<(Range<usize>, String)>,
}

/// The files of a protocol that are to be others, by their paths.
type Files = BTreeMap<String, Edits>;

/// The changes of the disk that a protocol takes; what was written is told in `told`, and what could not be.
pub(super) fn protocol(
    site: &Site<'_>,
    told: &mut ProtocolUpgrade,
    former: &Skabelon,
    new: &Skabelon,
) -> Result<Vec<Change>> {
    let mut slugs = site.slugs.iter();
    let Some(slug) = slugs.find(|slug| masked(slug) == told.slug) else {
        bail!("protokollen {} er væk, mens kommandoen kørte", told.slug);
    };
    let mut left = Vec::new();
    let renamed = site.work(slug, |work| {
        let mut files = Files::new();
        for rename in renames(work.protocol, former, new, work.answers) {
            if !put(&mut files, &rename, work.protocol) {
                left.push(format!(
                    "{}: skriv »{}« i stedet for »{}«",
                    rename.place.file.path(),
                    rename.to,
                    rename.from
                ));
            }
        }
        files
    })?;
    let Some((files, _)) = renamed else {
        return Ok(Vec::new());
    };
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut repository = site.repository.clone();
    for (path, one) in files {
        let text = applied(one.file.text(), one.edits);
        repository.put(&path, text.as_str());
        texts.insert(path, text);
    }
    let fresh = sections(
        site,
        &repository,
        slug,
        (former, new),
        &mut texts,
        &mut left,
    )?;
    let mut changes = Vec::new();
    for (path, text) in texts {
        match change(site, &path, &text)? {
            Some(change) => {
                told.files.push(masked(&path).into_owned());
                changes.push(change);
            }
            None => left.push(format!("{path}: filen er ikke gemt som UTF-8")),
        }
    }
    for (path, text) in fresh {
        told.files.push(masked(&path).into_owned());
        changes.push(Change {
            target: site.repository.root().join(&path),
            before: None,
            after: Some(text.into_bytes()),
        });
    }
    told.left = left.iter().map(|text| masked(text).into_owned()).collect();
    Ok(changes)
}

/// Notes a rename; whether the string's quotes can hold it.
fn put(files: &mut Files, rename: &Rename, protocol: &Protocol) -> bool {
    let (file, span) = (&rename.place.file, rename.place.span);
    let text = file.text();
    let quotes = Quotes::of(text, span);
    let width = if quotes.has_lines() { 3 } else { 1 };
    let Some(typed) = quotes.typed(&rename.to) else {
        return false;
    };
    let mut edits = vec![(span.start() + width..span.end() - width, typed)];
    if rename.is_repeated
        && let Some(range) = with_comma(text, span)
    {
        edits = vec![(range, String::new())];
    }
    if let Some(id) = &rename.loses_id
        && is_referred_to(protocol, id)
    {
        // References lead to the id that came of the former heading.
        let key = format!("id = {}", crate::check::typed::string(id));
        edits.push(beside(text, span.end(), &key));
    }
    let noted = files
        .entry(file.path().to_owned())
        .or_insert_with(|| Edits {
            file: Arc::clone(file),
            edits: Vec::new(),
        });
    // A heading that answers two requirements cannot get both of their headings.
    if noted.edits.iter().any(|(other, _)| *other == edits[0].0) {
        return true;
    }
    let others = noted.edits.len();
    noted.edits.append(&mut edits);
    let after = applied(text, noted.edits.clone());
    let fine = after.parse::<toml::Table>().is_ok();
    if !fine {
        noted.edits.truncate(others);
    }
    fine
}

/// An item of a list with the comma before it, or behind the first one; `None` where something else stands between.
fn with_comma(text: &str, item: Span) -> Option<Range<usize>> {
    let before = text[..item.start()].trim_end();
    if before.ends_with(',') {
        return Some(before.len() - 1..item.end());
    }
    let behind = &text[item.end()..];
    let comma = behind.find(|c: char| !c.is_whitespace())?;
    let rest = behind[comma..].strip_prefix(',')?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    Some(item.start()..item.end() + comma + 1 + blanks)
}

/// A key for the table that a value ends in at this byte: on a line of its own, or in a table on one line behind it.
fn beside(text: &str, value_end: usize, key: &str) -> (Range<usize>, String) {
    let rest = &text[value_end..];
    if rest.trim_start().starts_with([',', '}']) {
        return (value_end..value_end, format!(", {key}"));
    }
    let end = value_end + rest.find('\n').unwrap_or(rest.len());
    let end = end - usize::from(text[..end].ends_with('\r'));
    (end..end, format!("{}{key}", line_end(text)))
}

fn is_referred_to(protocol: &Protocol, id: &str) -> bool {
    let reference = format!(":{id}");
    let mut found = false;
    protocol.visit(&mut |section| found |= section.file.text().contains(&reference));
    found
}

fn applied(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for (range, letters) in edits {
        new.push_str(&text[from..range.start]);
        new.push_str(&letters);
        from = range.end;
    }
    new.push_str(&text[from..]);
    new
}

/// The files of new sections, and new sub-sections in the texts of those that are there: what the former edition
/// did not ask for and nothing answers.
fn sections(
    site: &Site<'_>,
    renamed: &Repository,
    slug: &str,
    (former, new): (&Skabelon, &Skabelon),
    texts: &mut BTreeMap<String, String>,
    left: &mut Vec<String>,
) -> Result<Vec<(String, String)>> {
    let folder = &site.area.protocol_folder;
    let main = renamed.read_main(folder, slug)?;
    let Some(files) = renamed.read_protocol(folder, slug, main)? else {
        return Ok(Vec::new());
    };
    let (protocol, _) = Protocol::read(files, &site.area);
    let answers = Answers::of(&protocol, new);
    let is_new = |requirement: &Requirement| {
        requirement.demand == Demand::Must
            && answers.first(&requirement.id.value).is_none()
            && !asked_before(former, requirement)
    };
    let mut added = Added {
        protocol: &protocol,
        answers: &answers,
        is_new: &is_new,
        ids: BTreeSet::new(),
        files: BTreeMap::new(),
    };
    protocol.visit(&mut |section| {
        added.ids.insert(section.id.clone());
    });
    for requirement in &new.requirements {
        added.below(requirement);
    }
    for (path, one) in added.files {
        let text = one.file.text();
        let with = applied(text, one.in_order());
        if with.parse::<toml::Table>().is_ok() {
            texts.insert(path, with);
        } else {
            // A list of sub-sections on one line takes no table behind it.
            let headings = one.children.iter().map(|child| child.heading.as_str());
            left.extend(
                headings.map(|heading| {
                    format!("{path}: lav et underafsnit med overskriften »{heading}«")
                }),
            );
        }
    }
    let files = new_files(&protocol, new, &is_new);
    Ok(files
        .into_iter()
        .map(|(path, text)| (format!("{folder}/{slug}/{path}"), text))
        .collect())
}

fn asked_before(former: &Skabelon, requirement: &Requirement) -> bool {
    let known = |id: &str| {
        let mut found = false;
        former.visit(&mut |other| found |= other.id.value == id);
        found
    };
    known(&requirement.id.value) || requirement.former.iter().any(|id| known(&id.text))
}

/// The new sub-sections of a protocol.
struct Added<'a> {
    protocol: &'a Protocol,
    answers: &'a Answers<'a>,
    is_new: &'a dyn Fn(&Requirement) -> bool,
    ids: BTreeSet<String>,
    files: BTreeMap<String, Children>,
}

/// New sub-sections of one file.
struct Children {
    file: Arc<SourceFile>,
    children: Vec<Child>,
}

/// A new sub-section, with where in its file's text it is to stand.
struct Child {
    at: usize,
    level: u8,
    heading: String,
    text: String,
}

impl Added<'_> {
    /// Adds the new requirements below one that is answered, in its section's file.
    fn below(&mut self, requirement: &Requirement) {
        let section = self.answers.first(&requirement.id.value);
        for child in &requirement.children {
            self.below(child);
            let Some(section) = section.filter(|_| (self.is_new)(child)) else {
                continue;
            };
            let file = &section.file;
            let level = section.level + 1;
            let text = child_text(child, level, &mut self.ids);
            let of_file = self.files.entry(file.path().to_owned());
            let of_file = of_file.or_insert_with(|| Children {
                file: Arc::clone(file),
                children: Vec::new(),
            });
            of_file.children.push(Child {
                at: file.text().len() - behind(section, self.protocol),
                level,
                heading: child.heading.text.clone(),
                text,
            });
        }
    }
}

impl Children {
    /// What is put where. Of two at one place the deeper one comes first: it belongs to what stands before it.
    fn in_order(&self) -> Vec<(Range<usize>, String)> {
        let text = self.file.text();
        let eol = line_end(text);
        let mut children: Vec<&Child> = self.children.iter().collect();
        children.sort_by_key(|child| (child.at, u8::MAX - child.level));
        let edits = children.into_iter().map(|child| {
            let before = &text[..child.at];
            let gap = if before.ends_with('\n') { "" } else { eol };
            let next = if child.at == text.len() { "" } else { eol };
            let table = child.text.replace('\n', eol);
            // Where an empty line stands before it already, it needs no other.
            let table = if before.ends_with(&format!("{eol}{eol}")) {
                table.trim_start_matches(['\r', '\n'])
            } else {
                table.as_str()
            };
            (child.at..child.at, format!("{gap}{table}{next}"))
        });
        edits.collect()
    }
}

/// How many bytes of its file stand behind a section with all that is in it.
fn behind(section: &Section, protocol: &Protocol) -> usize {
    let text = section.file.text();
    let mut next = None;
    protocol.visit(&mut |other| {
        let is_behind = other.file.path() == section.file.path()
            && other.span.start > section.span.start
            && other.level <= section.level
            && !std::ptr::eq(other, section);
        if is_behind && section.level > 1 {
            let start = other.span.start();
            next = Some(next.map_or(start, |first: usize| first.min(start)));
        }
    });
    let Some(next) = next else { return 0 };
    let mut at = text[..next].rfind('\n').map_or(0, |end| end + 1);
    // What is written above a header belongs to it.
    while let Some(line) = text[..at].lines().next_back() {
        let is_of_next = line.trim_start().starts_with('#');
        if !is_of_next || at == 0 {
            break;
        }
        at = text[..at - 1].rfind('\n').map_or(0, |end| end + 1);
    }
    text.len() - at
}

/// The change of a file that was there; `None` for one whose bytes are not its text.
fn change(site: &Site<'_>, path: &str, text: &str) -> Result<Option<Change>> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let Some(before) = site.repository.bytes(path, LARGEST_TOML)? else {
        return Ok(None);
    };
    let Some(target): Option<PathBuf> = site.repository.real_path(path) else {
        return Ok(None);
    };
    if std::str::from_utf8(&before).is_err() {
        return Ok(None);
    }
    let mark = if before.starts_with(MARK) { MARK } else { &[] };
    let after = [mark, text.as_bytes()].concat();
    Ok(Some(Change {
        target,
        before: Some(before),
        after: Some(after),
    }))
}
