//! RP201 `ukendt-henvisning`: a reference that leads to nothing, to another kind of place than it says, or
//! in a circle; a building block that two texts want to have.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding, Subject};
use crate::model::{
    Inline, InlineKind, Reference, ReferenceKind, Section, nearest, plain, readers_editions,
};
use crate::text::{Place, Spanned};

/// Of longer lists no more ids, and of longer circles no more places, than these are shown.
const MOST_IDS: usize = 8;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_links(&mut |section, inline| {
        check_link(context, inline, &|| section.place(inline.span), findings);
    });
    context.visit_obligatory("](", &mut |text, _| {
        text.visit_inlines(&mut |inline| {
            check_link(
                context,
                inline,
                &|| context.skabelon_place(inline.span),
                findings,
            );
        });
    });
    in_prefaces(context, findings);
    placed_again(context, findings);
    let mut inserts = false;
    context.protocol.visit(&mut |section| {
        for insert in &section.inserts {
            inserts = true;
            check_insert(context, section, insert, findings);
        }
    });
    if inserts {
        circles(context, findings);
    }
}

/// References in what stands first in editions: one text for all protocols, each of which has other parts.
fn in_prefaces(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (area, skabelon) = (context.area, context.skabelon);
    for edition in readers_editions(&area.editions, &skabelon.editions) {
        let is_areas = area.editions.iter().any(|own| std::ptr::eq(own, edition));
        let file = if is_areas { &area.file } else { &skabelon.file };
        if let Some(preface) = &edition.preface {
            preface.visit_inlines(&mut |inline| {
                let place = || Place::new(file, inline.span);
                check_link(context, inline, &place, findings);
            });
        }
    }
}

fn check_link(
    context: &Context<'_>,
    inline: &Inline,
    place: &dyn Fn() -> Place,
    findings: &mut Vec<Finding>,
) {
    let InlineKind::Link {
        target: Reference::Named(kind, id),
        content,
    } = &inline.kind
    else {
        return;
    };
    let write = |kind: ReferenceKind, id: &str| {
        let text = plain(content);
        format!("[{text}]({}:{id})", kind.prefix())
    };
    findings.extend(wrong(context, *kind, id, place, &write));
}

/// Lines of their own that would print a block which an earlier one has placed.
fn placed_again(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for ((kind, path), span) in context.targets.blocks().placed_again() {
        let Some(section) = context.section_by(*kind, path) else {
            continue;
        };
        let typed = section.file.slice(*span);
        let finding = Finding::new(
            Code::UkendtHenvisning,
            section.place(*span),
            format!("»{typed}« er sat ind et andet sted, og det kan kun stå ét sted."),
        );
        findings.push(finding.with_help(
            "Slet linjen her eller den anden. Skal læseren ledes derhen, så skriv henvisningen inde i en sætning.",
        ));
    }
}

fn check_insert(
    context: &Context<'_>,
    section: &Section,
    insert: &Spanned<Reference>,
    findings: &mut Vec<Finding>,
) {
    let Reference::Named(kind, id) = &insert.value else {
        return;
    };
    let write = |kind: ReferenceKind, id: &str| {
        format!(
            "indsaet = {}",
            typed::string(&format!("{}:{id}", kind.prefix()))
        )
    };
    let place = || section.place(insert.span);
    findings.extend(wrong(context, *kind, id, &place, &write));
}

/// What is wrong with a reference, if anything; `write` is how one is written where it stands.
fn wrong(
    context: &Context<'_>,
    kind: ReferenceKind,
    id: &str,
    place: &dyn Fn() -> Place,
    write: &dyn Fn(ReferenceKind, &str) -> String,
) -> Option<Finding> {
    if id.contains("{{") {
        // The variable is RP009's.
        return None;
    }
    let found = match kind {
        ReferenceKind::Document => context.area.documents.contains_key(id),
        ReferenceKind::Contact => is_contact(context, id),
        kind if kind.is_block() => context.targets.blocks().find(kind, id).is_some(),
        _ => context
            .targets
            .find(kind, id)
            .is_some_and(|target| kind != ReferenceKind::Section || !is_appendix(target)),
    };
    if found {
        return None;
    }
    let finding = |message: String| {
        Finding::new(Code::UkendtHenvisning, place(), message).about(Subject::Target(id.to_owned()))
    };
    if id.is_empty() {
        let example = write(kind, ids(context, kind).first().copied().unwrap_or("id"));
        return Some(
            finding(format!(
                "Henvisningen »{}:« nævner ikke noget id.",
                kind.prefix()
            ))
            .with_help(format!("Skriv id'et efter kolon, for eksempel {example}")),
        );
    }
    if let Some(other) = other_kind(context, kind, id) {
        return Some(
            finding(format!("»{id}« er {}, ikke {}.", noun(other), noun(kind)))
                .with_help(format!("Skriv {}", write(other, id))),
        );
    }
    let help = help(context, kind, id, write);
    Some(finding(format!("Der er ikke {} med id'et »{id}«.", any(kind))).with_help(help))
}

fn is_appendix(target: &crate::model::Target) -> bool {
    target.kind == ReferenceKind::Appendix && target.path.len() == 1
}

/// Whether the protocol or the area has a contact with this id.
fn is_contact(context: &Context<'_>, id: &str) -> bool {
    context.targets.contact(id).is_some() || context.area.contact(id).is_some()
}

/// The kind of thing that has this id, where it is another than the one named.
fn other_kind(context: &Context<'_>, kind: ReferenceKind, id: &str) -> Option<ReferenceKind> {
    let place = context
        .targets
        .find(ReferenceKind::Section, id)
        .map(|target| {
            if is_appendix(target) {
                ReferenceKind::Appendix
            } else {
                ReferenceKind::Section
            }
        });
    let document = || {
        let documents = &context.area.documents;
        documents
            .contains_key(id)
            .then_some(ReferenceKind::Document)
    };
    let contact = || is_contact(context, id).then_some(ReferenceKind::Contact);
    let block = || {
        let mut kinds = ReferenceKind::ALL.into_iter();
        kinds.find(|kind| context.targets.blocks().find(*kind, id).is_some())
    };
    let other = place.or_else(document).or_else(contact).or_else(block);
    other.filter(|other| *other != kind)
}

fn help(
    context: &Context<'_>,
    kind: ReferenceKind,
    id: &str,
    write: &dyn Fn(ReferenceKind, &str) -> String,
) -> String {
    let known = ids(context, kind);
    if let Some(near) = nearest(id, &known) {
        return format!("Mente du »{near}«? Skriv {}", write(kind, near));
    }
    for other in ReferenceKind::ALL {
        if other != kind
            && let Some(near) = nearest(id, &ids(context, other))
        {
            return format!(
                "Mente du {} »{near}«? Skriv {}",
                the(other),
                write(other, near)
            );
        }
    }
    if kind == ReferenceKind::Document {
        return format!(
            "Skriv dokumentet ind i rusprot.toml: [dokumenter.{}] på en linje for sig og titel = \"…\" på \
             den næste.",
            crate::model::slug(id)
        );
    }
    if kind == ReferenceKind::Contact {
        return format!(
            "Skriv kontakten ind dér, hvor den hører til: [[kontakt]] på en linje for sig og id = {} og \
             funktion = \"…\" på de næste.",
            typed::string(&crate::model::slug(id))
        );
    }
    if kind.is_block() {
        return format!(
            "Lav det, der mangler: [[{}]] på en linje for sig og id = {} på den næste.",
            table_of(kind),
            typed::string(&crate::model::slug(id))
        );
    }
    if known.is_empty() {
        return "Lav det, der mangler, eller skriv teksten uden link.".to_owned();
    }
    let more = if known.len() > MOST_IDS { " …" } else { "" };
    format!(
        "Vælg et id, der findes: {}{more}. Id'et er filens navn uden nummer og endelse.",
        known[..known.len().min(MOST_IDS)].join(", ")
    )
}

/// The ids there are of a kind, in order.
fn ids<'c>(context: &Context<'c>, kind: ReferenceKind) -> Vec<&'c str> {
    match kind {
        ReferenceKind::Document => context.area.documents.keys().map(String::as_str).collect(),
        ReferenceKind::Contact => {
            let of_area = context.area.contacts.keys().map(String::as_str);
            context.targets.contact_ids().chain(of_area).collect()
        }
        kind if kind.is_block() => {
            let blocks = context.targets.blocks().of_kind(kind);
            blocks.map(|block| block.id.as_str()).collect()
        }
        _ => context.targets.ids(kind).collect(),
    }
}

/// The table of a section that makes a block of this kind.
const fn table_of(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Card => "handling",
        kind => kind.prefix(),
    }
}

const fn noun(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Appendix => "et bilag",
        ReferenceKind::Section => "et afsnit",
        ReferenceKind::Document => "et dokument i rusprot.toml",
        ReferenceKind::Contact => "en kontakt",
        ReferenceKind::Figure => "en figur",
        ReferenceKind::Table => "en tabel",
        ReferenceKind::Card => "et kort",
    }
}

const fn any(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Appendix => "noget bilag",
        ReferenceKind::Section => "noget afsnit",
        ReferenceKind::Document => "noget dokument i rusprot.toml",
        ReferenceKind::Contact => "nogen kontakt",
        ReferenceKind::Figure => "nogen figur",
        ReferenceKind::Table => "nogen tabel",
        ReferenceKind::Card => "noget kort",
    }
}

const fn the(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Appendix => "bilaget",
        ReferenceKind::Section => "afsnittet",
        ReferenceKind::Document => "dokumentet",
        ReferenceKind::Contact => "kontakten",
        ReferenceKind::Figure => "figuren",
        ReferenceKind::Table => "tabellen",
        ReferenceKind::Card => "kortet",
    }
}

/// How far the walk for circles has come with a section.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    OnTheWay,
    Done,
}

/// A step of the walk: into a section, by an insert or from its parent.
#[derive(Clone, Copy)]
struct Step<'p> {
    to: &'p Section,
    insert: Option<(&'p Section, &'p Spanned<Reference>)>,
}

/// The walk through sections: what is printed inside what.
struct Walk<'c, 'p> {
    context: &'c Context<'p>,
    marks: BTreeMap<*const Section, Mark>,
    /// The steps that lead to where the walk is, each with those still to be taken from there.
    way: Vec<(Step<'p>, Vec<Step<'p>>)>,
}

/// Finds one `indsaet` of each circle. A section stands in a circle when printing it would print itself
/// again, be it through what it inserts or through its own sub-sections.
fn circles(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut walk = Walk {
        context,
        marks: BTreeMap::new(),
        way: Vec::new(),
    };
    for section in context.sections() {
        walk.enter(Step {
            to: section,
            insert: None,
        });
        while let Some((_, open)) = walk.way.last_mut() {
            let Some(step) = open.pop() else {
                walk.leave();
                continue;
            };
            match walk.marks.get(&std::ptr::from_ref(step.to)) {
                None => walk.enter(step),
                Some(Mark::OnTheWay) => findings.extend(walk.circle(step)),
                Some(Mark::Done) => {}
            }
        }
    }
}

impl<'p> Walk<'_, 'p> {
    fn enter(&mut self, step: Step<'p>) {
        let key = std::ptr::from_ref(step.to);
        if self.marks.contains_key(&key) {
            return;
        }
        self.marks.insert(key, Mark::OnTheWay);
        let section = step.to;
        let below = section.children.iter().map(|child| Step {
            to: child,
            insert: None,
        });
        let inserted = section.inserts.iter().filter_map(|insert| {
            let Reference::Named(kind, id) = &insert.value else {
                return None;
            };
            let target = self.context.targets.find(*kind, id)?;
            Some(Step {
                to: self.context.section_at(target)?,
                insert: Some((section, insert)),
            })
        });
        // Taken from the end, so the other way round.
        let mut open: Vec<Step<'p>> = inserted.chain(below).collect();
        open.reverse();
        self.way.push((step, open));
    }

    fn leave(&mut self) {
        if let Some((step, _)) = self.way.pop() {
            self.marks.insert(std::ptr::from_ref(step.to), Mark::Done);
        }
    }

    /// The circle that a step closes, told at its last `indsaet`.
    fn circle(&self, closing: Step<'p>) -> Option<Finding> {
        let way = self.way.iter().map(|(step, _)| *step);
        let start = self
            .way
            .iter()
            .position(|(step, _)| std::ptr::eq(step.to, closing.to))?;
        let round: Vec<Step<'p>> = way.skip(start + 1).chain([closing]).collect();
        let (section, insert) = round.iter().rev().find_map(|step| step.insert)?;
        let mut names = vec![quoted(closing.to)];
        names.extend(round.iter().map(|step| quoted(step.to)));
        if names.len() > MOST_IDS {
            let left_out = MOST_IDS / 2..names.len() - MOST_IDS / 2;
            names.splice(left_out, ["…".to_owned()]);
        }
        let mut finding = Finding::new(
            Code::UkendtHenvisning,
            section.place(insert.span),
            format!("indsaet går i ring: {}.", names.join(" → ")),
        )
        .with_help(if round.len() == 1 {
            format!("Et sted kan ikke hente sig selv. Slet »{}«.", insert.value.written())
        } else {
            format!(
                "Vælg ét sted, hvor reglerne bor, og slet »{}« her eller den anden indsaet i ringen.",
                insert.value.written()
            )
        });
        let others = round.iter().filter_map(|step| step.insert);
        let others = others.filter(|(_, other)| !std::ptr::eq(*other, insert));
        for (section, other) in others.take(MOST_IDS) {
            finding = finding.with_related(section.place(other.span), "Her går ringen videre.");
        }
        Some(finding)
    }
}

fn quoted(section: &Section) -> String {
    format!("»{}«", section.heading.text)
}
