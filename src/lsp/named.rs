//! What has an id: where it is named, where it says so itself, and another id for it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::asked::Asked;
use crate::model::{BlockPlace, InlineKind, NamedBlock, Reference, ReferenceKind, Section};
use crate::site::Work;
use crate::text::{SourceFile, Span, toml_string};

/// Something that references lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Thing {
    /// A part of the protocol, by where it stands in it.
    Part(ReferenceKind, Vec<usize>),
    Contact(String),
    Document(String),
    /// A figure, a table or a card, by where it stands.
    Block(BlockPlace),
}

/// A stretch of a file.
type Stretch = (Arc<SourceFile>, Range<usize>);

/// The reference that a byte stands in: its kind, and where its id stands.
pub(super) fn reference_at(text: &str, byte: usize) -> Option<(ReferenceKind, Range<usize>)> {
    let is_part = |c: char| c.is_alphanumeric() || "_-:".contains(c);
    let start = text[..byte].trim_end_matches(is_part).len();
    let rest = text[byte..].trim_start_matches(is_part);
    let end = text.len() - rest.len();
    let (kind, id) = text[start..end].split_once(':')?;
    let kind = ReferenceKind::ALL
        .into_iter()
        .find(|one| one.prefix().eq_ignore_ascii_case(kind))?;
    Some((kind, end - id.len()..end))
}

/// What a reference leads to.
fn led_to(work: &Work<'_>, kind: ReferenceKind, id: &str) -> Option<Thing> {
    match kind {
        ReferenceKind::Contact => Some(Thing::Contact(id.to_owned())),
        ReferenceKind::Document => Some(Thing::Document(id.to_owned())),
        kind if kind.is_block() => {
            let block = work.targets.blocks().find(kind, id)?;
            Some(Thing::Block(block.place.clone()))
        }
        _ => {
            let target = work.targets.find(kind, id)?;
            Some(Thing::Part(target.kind, target.path.clone()))
        }
    }
}

/// Every part of the protocol with where it stands.
fn parts<'w>(work: &Work<'w>) -> Vec<(Thing, &'w Section)> {
    fn walk<'w>(
        sections: &'w [Section],
        kind: ReferenceKind,
        above: &[usize],
        parts: &mut Vec<(Thing, &'w Section)>,
    ) {
        for (index, section) in sections.iter().enumerate() {
            let path = [above, &[index]].concat();
            parts.push((Thing::Part(kind, path.clone()), section));
            walk(&section.children, kind, &path, parts);
        }
    }
    let mut parts = Vec::new();
    let protocol = work.protocol;
    walk(&protocol.sections, ReferenceKind::Section, &[], &mut parts);
    walk(
        &protocol.appendices,
        ReferenceKind::Appendix,
        &[],
        &mut parts,
    );
    parts
}

/// What stands at a byte of a file, and where its name stands there.
fn meant(work: &Work<'_>, path: &str, text: &str, byte: usize) -> Option<(Thing, Range<usize>)> {
    if let Some((kind, range)) = reference_at(text, byte) {
        let thing = led_to(work, kind, &text[range.clone()])?;
        return Some((thing, range));
    }
    let holds = |span: Span| span.start() <= byte && byte <= span.end();
    for (thing, section) in parts(work) {
        if section.file.path() != path {
            continue;
        }
        for span in section.id_span().into_iter().chain([section.heading.span]) {
            if holds(span) {
                return Some((thing, letters(text, span)));
            }
        }
        for block in blocks(work, &thing) {
            if holds(block.span) {
                return Some((Thing::Block(block.place.clone()), letters(text, block.span)));
            }
        }
        for contact in &section.blocks.contacts {
            if holds(contact.id.span) {
                let thing = Thing::Contact(contact.id.value.clone());
                return Some((thing, letters(text, contact.id.span)));
            }
        }
    }
    None
}

/// The figures, tables and cards of a part itself.
fn blocks<'w>(work: &'w Work<'_>, part: &Thing) -> Vec<&'w NamedBlock> {
    let kinds = [
        ReferenceKind::Figure,
        ReferenceKind::Table,
        ReferenceKind::Card,
    ];
    let named = work.targets.blocks();
    let all = kinds.into_iter().flat_map(|kind| named.of_kind(kind));
    all.filter(|block| {
        let ((kind, path), ..) = &block.place;
        matches!(part, Thing::Part(of, way) if of == kind && way == path)
    })
    .collect()
}

/// What stands between the quotes of a string.
fn letters(text: &str, span: Span) -> Range<usize> {
    let typed = text.get(span.start()..span.end()).unwrap_or_default();
    let quotes = match typed.as_bytes() {
        [a @ (b'"' | b'\''), b, c, ..] if a == b && b == c && typed.len() > 5 => 3,
        [b'"' | b'\'', ..] if typed.len() > 1 => 1,
        _ => 0,
    };
    span.start() + quotes..span.end() - quotes
}

/// Where a thing says what it is called: its id, else its heading.
fn declaration(work: &Work<'_>, thing: &Thing) -> Option<(Arc<SourceFile>, Span)> {
    match thing {
        Thing::Part(..) => {
            let parts = parts(work);
            let (_, section) = parts.into_iter().find(|(one, _)| one == thing)?;
            let span = section.id_span().unwrap_or(section.heading.span);
            Some((Arc::clone(&section.file), span))
        }
        Thing::Contact(id) => {
            for (_, section) in parts(work) {
                let mut contacts = section.blocks.contacts.iter();
                if let Some(contact) = contacts.find(|contact| contact.id.value == *id) {
                    return Some((Arc::clone(&section.file), contact.id.span));
                }
            }
            let contact = work.site.area.contact(id)?;
            Some((Arc::clone(&work.site.area.file), contact.id.span))
        }
        Thing::Block(place) => {
            let ((kind, path), ..) = place;
            let part = Thing::Part(*kind, path.clone());
            let parts = parts(work);
            let (_, section) = parts.into_iter().find(|(one, _)| *one == part)?;
            let block = work.targets.blocks().at(place);
            Some((Arc::clone(&section.file), block.span))
        }
        Thing::Document(id) => {
            let document = work.site.area.documents.get(id)?;
            Some((Arc::clone(&work.site.area.file), document.title.span))
        }
    }
}

/// Every place that names a thing, with where its id stands there.
fn uses(work: &Work<'_>, thing: &Thing) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut note = |section: &Section, target: &Reference, span: Span| {
        if let Reference::Named(kind, id) = target
            && led_to(work, *kind, id).as_ref() == Some(thing)
        {
            found.extend(
                id_in(&section.file, span, *kind).map(|id| (Arc::clone(&section.file), id)),
            );
        }
    };
    work.protocol.visit(&mut |section| {
        for insert in &section.inserts {
            note(section, &insert.value, insert.span);
        }
        section.markdown_texts(&mut |text| {
            text.visit_inlines(&mut |inline| {
                if let InlineKind::Link { target, .. } = &inline.kind {
                    note(section, target, inline.span);
                }
            });
        });
    });
    found.sort_by(|(a, at), (b, other)| (a.path(), at.start).cmp(&(b.path(), other.start)));
    found.dedup_by(|(a, at), (b, other)| a.path() == b.path() && at == other);
    found
}

/// Where the id stands in what is typed as a reference: behind the last `kind:` of it.
fn id_in(file: &SourceFile, span: Span, kind: ReferenceKind) -> Option<Range<usize>> {
    let typed = file.text().get(span.start()..span.end())?;
    let mark = format!("{}:", kind.prefix());
    let at = typed.to_ascii_lowercase().rfind(&mark)? + mark.len();
    let (_, range) = reference_at(file.text(), span.start() + at)?;
    Some(range)
}

impl Asked<'_> {
    /// Asks about what stands at the place; `None` where nothing with an id does.
    fn about<R>(
        &mut self,
        ask: impl FnOnce(&Work<'_>, &Thing, Range<usize>) -> R,
    ) -> Result<Option<R>> {
        let Some(slug) = self.house.slug_of(&self.path) else {
            return Ok(None);
        };
        let (path, text, byte) = (&self.path, self.text, self.byte);
        let answered = self.house.work(&slug, self.today, |work| {
            let (thing, range) = meant(work, path, text, byte)?;
            Some(ask(work, &thing, range))
        })?;
        Ok(answered.flatten())
    }

    fn location(&self, file: &SourceFile, range: Range<usize>) -> Option<Value> {
        let lines = super::position::Lines::of(file.text());
        let range = lines.between(range.start, range.end);
        Some(json!({ "uri": self.uri_of(file.path())?, "range": range }))
    }
}

/// Where the thing says what it is called.
pub(super) fn definition(asked: Asked<'_>) -> Result<Value> {
    let mut asked = asked;
    let found = asked
        .about(|work, thing, _| declaration(work, thing))?
        .flatten();
    let place = found.and_then(|(file, span)| asked.location(&file, span.start()..span.end()));
    Ok(place.unwrap_or_default())
}

/// Every place that names it.
pub(super) fn references(asked: Asked<'_>) -> Result<Value> {
    let mut asked = asked;
    let found = asked.about(|work, thing, _| uses(work, thing))?;
    let found = found.into_iter().flatten();
    Ok(found
        .filter_map(|(file, range)| asked.location(&file, range))
        .collect())
}

/// What would be renamed.
pub(super) fn prepare(asked: Asked<'_>) -> Result<Value> {
    let mut asked = asked;
    let range = asked.about(|work, thing, range| {
        let own =
            matches!(declaration(work, thing), Some((file, _)) if file.path() != "rusprot.toml");
        own.then_some(range)
    })?;
    let range = range.flatten();
    Ok(range.map_or(Value::Null, |range| {
        json!(asked.lines.between(range.start, range.end))
    }))
}

/// Another id for a thing, and for all that name it.
pub(super) fn rename(asked: Asked<'_>, new: &str) -> Result<Value> {
    let mut asked = asked;
    let new = new.trim();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if new.is_empty() || !new.chars().all(fits) {
        bail!("Et id kan kun have bogstaver, tal, bindestreg og _.");
    }
    let found = asked.about(|work, thing, _| {
        let is_taken = match thing {
            Thing::Contact(_) => work.targets.contact(new).is_some(),
            Thing::Block((_, kind, _)) => work.targets.blocks().find(*kind, new).is_some(),
            _ => work.targets.find(ReferenceKind::Section, new).is_some(),
        };
        (
            is_taken,
            declaration(work, thing),
            uses(work, thing),
            own_id(work, thing),
        )
    })?;
    let Some((is_taken, Some((file, span)), uses, has_id)) = found else {
        bail!("Her står der ikke noget, som har et id i protokollen.");
    };
    if is_taken {
        bail!("Der er allerede noget i protokollen med id'et »{new}«.");
    }
    if file.path() == "rusprot.toml" {
        bail!("Id'et står i rusprot.toml og gælder for hele området. Ret det dér.");
    }
    let mut edits: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut add = |file: &SourceFile, range: Range<usize>, text: &str| {
        let lines = super::position::Lines::of(file.text());
        let range = lines.between(range.start, range.end);
        if let Some(uri) = asked.uri_of(file.path()) {
            edits
                .entry(uri)
                .or_default()
                .push(json!({ "range": range, "newText": text }));
        }
    };
    if has_id {
        add(&file, letters(file.text(), span), new);
    } else {
        // The id came from the file's name or the heading; now it is said.
        let rest = &file.text()[span.end()..];
        let line_end = rest
            .find('\n')
            .map_or(file.text().len(), |at| span.end() + at + 1);
        let gap = if file.text()[..line_end].ends_with('\n') {
            ""
        } else {
            "\n"
        };
        add(
            &file,
            line_end..line_end,
            &format!("{gap}id = {}\n", toml_string(new)),
        );
    }
    for (file, range) in uses {
        add(&file, range, new);
    }
    Ok(json!({ "changes": edits }))
}

/// Whether somebody has given it its id.
fn own_id(work: &Work<'_>, thing: &Thing) -> bool {
    if let Thing::Block(place) = thing {
        return work.targets.blocks().at(place).is_written;
    }
    let parts = parts(work);
    let part = parts.iter().find(|(one, _)| one == thing);
    part.is_none_or(|(_, section)| section.id_span().is_some())
}
