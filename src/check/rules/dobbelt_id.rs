//! RP010 `dobbelt-id`: two places or two contacts with one id, two files with one number.
//!
//! An id that nobody wrote, made from a file's name or a heading, gives way as long as nothing refers to
//! it: `model::Targets` gives the second place another anchor. A sub-heading gives way to a file's name in any
//! case, so what refers to that leads to the file.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding};
use crate::model::{InlineKind, NamedBlock, Reference, ReferenceKind, Section};
use crate::text::Place;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let parts = [
        (ReferenceKind::Section, &context.protocol.sections),
        (ReferenceKind::Appendix, &context.protocol.appendices),
    ];
    let referred = OnceCell::new();
    for (kind, sections) in parts {
        let mut places: BTreeMap<&str, Vec<&Section>> = BTreeMap::new();
        for top in sections {
            top.visit(&mut |section| places.entry(&section.id).or_default().push(section));
        }
        for (id, mut places) in places {
            if places.iter().any(|section| section.level == 1) {
                places.retain(|section| section.level == 1 || section.id_span().is_some());
            }
            let Some((first, others @ [_, ..])) = places.split_first() else {
                continue;
            };
            let referred = referred
                .get_or_init(|| referred_to(context))
                .contains(&(kind, id));
            let written = |section: &Section| section.id_span().is_some();
            let clash = others
                .iter()
                .filter(|other| referred || written(first) || written(other));
            findings.extend(clash.map(|other| same_id(first, other)));
        }
        for pair in sections.windows(2) {
            if pair[0].file_number == pair[1].file_number {
                findings.push(same_number(&pair[0], &pair[1]));
            }
        }
    }
    contacts(context, findings);
    blocks(context, findings);
}

/// Figures, tables and cards: an id made from words gives way as a heading's does.
fn blocks(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for kind in [
        ReferenceKind::Figure,
        ReferenceKind::Table,
        ReferenceKind::Card,
    ] {
        let mut first: BTreeMap<&str, &NamedBlock> = BTreeMap::new();
        for block in context
            .targets
            .blocks()
            .of_kind(kind)
            .filter(|block| !block.id.is_empty())
        {
            let before = *first.entry(&block.id).or_insert(block);
            let found = !std::ptr::eq(before, block)
                && (before.is_written && block.is_written
                    || before.is_written == block.is_written
                        && (before.is_referred_to || before.is_placed()));
            if found {
                findings.extend(same_block(context, before, block));
            }
        }
    }
}

fn same_block(context: &Context<'_>, first: &NamedBlock, second: &NamedBlock) -> Option<Finding> {
    let place = |block: &NamedBlock| {
        let ((kind, path), _, _) = &block.place;
        Some(context.section_by(*kind, path)?.place(block.span))
    };
    let noun = match second.place.1 {
        ReferenceKind::Figure => "figurer",
        ReferenceKind::Table => "tabeller",
        _ => "kort",
    };
    let finding = Finding::new(
        Code::DobbeltId,
        place(second)?,
        format!(
            "Id'et »{}« er brugt til to {noun} i protokollen.",
            second.id
        ),
    );
    let other = typed::string(&format!("{}-2", second.id));
    Some(
        finding
            .with_help(format!(
                "Giv den ene et andet id, for eksempel id = {other}"
            ))
            .with_related(place(first)?, "Her er det brugt første gang."),
    )
}

/// A contact's id is always written, so two of one protocol may never share it.
fn contacts(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    context.protocol.visit(&mut |section| {
        for contact in &section.blocks.contacts {
            let id = contact.id.value.as_str();
            let place = section.place(contact.id.span);
            let Some(before) = first.get(id) else {
                first.insert(id, place);
                continue;
            };
            let finding = Finding::new(
                Code::DobbeltId,
                place,
                format!("Id'et »{id}« er brugt til to kontakter i protokollen."),
            );
            findings.push(
                finding
                    .with_help(
                        "Er det den samme kontakt, så skriv den kun ét sted, og henvis til den. \
                         Er det en anden, så giv den et andet id.",
                    )
                    .with_related(before.clone(), "Her er det brugt første gang."),
            );
        }
    });
}

/// Every id that a link or an `indsaet` names.
fn referred_to<'p>(context: &Context<'p>) -> BTreeSet<(ReferenceKind, &'p str)> {
    let mut ids = BTreeSet::new();
    let mut add = |reference: &'p Reference| {
        if let Reference::Named(kind, id) = reference {
            ids.insert((*kind, id.as_str()));
        }
    };
    context.protocol.visit(&mut |section| {
        section.inserts.iter().for_each(|insert| add(&insert.value));
    });
    context.visit_links(&mut |_, inline| {
        if let InlineKind::Link { target, .. } = &inline.kind {
            add(target);
        }
    });
    ids
}

fn same_id(first: &Section, second: &Section) -> Finding {
    let place =
        |section: &Section| section.place(section.id_span().unwrap_or(section.heading.span));
    Finding::new(
        Code::DobbeltId,
        place(second),
        format!("Id'et »{}« er brugt to steder i protokollen.", second.id),
    )
    .with_help(help(second))
    .with_related(place(first), "Her er det brugt første gang.")
}

fn help(section: &Section) -> String {
    let id = &section.id;
    if section.id_span().is_none() && section.level == 1 {
        let number = section.file_number;
        format!(
            "Id'et er filens navn uden nummer. Giv filen et andet navn, for eksempel {number:02}-{id}-2.toml"
        )
    } else {
        format!(
            "Giv det ene sted et andet id, for eksempel id = {}",
            typed::string(&format!("{id}-2"))
        )
    }
}

fn same_number(first: &Section, second: &Section) -> Finding {
    let number = second.file_number;
    let name = |section: &Section| {
        let path = section.file.path();
        path.rsplit('/').next().unwrap_or(path).to_owned()
    };
    Finding::new(
        Code::DobbeltId,
        second.place(second.span),
        format!(
            "Filerne {} og {} har begge nummer {number}.",
            name(first),
            name(second)
        ),
    )
    .with_help("Giv den ene fil et andet nummer. Nummeret bestemmer rækkefølgen.")
    .with_related(first.place(first.span), "Her er den anden fil.")
}
