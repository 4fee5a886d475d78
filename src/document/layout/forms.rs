//! Rules, groups of questions, blanks, action cards and signatures as primitives.

use super::{Element, Item, Mark, Piece, Room, spoken};
use crate::document::{Block, FieldItem, FieldKind, Question, RuleItem, StepItem};

/// House rules: how strongly each binds, why, and on what law it rests stand below it.
pub(super) fn rules(items: &[RuleItem]) -> Vec<Element<'_>> {
    vec![Element::List {
        class: "rules",
        mark: Mark::LargeNumber,
        items: items.iter().map(rule).collect(),
    }]
}

fn rule(rule: &RuleItem) -> Item<'_> {
    let RuleItem {
        number,
        text,
        strength,
        reason,
        basis,
        language,
    } = rule;
    let mut item = Item::of(*number, text);
    item.language = language.as_ref();
    item.body.extend(strength.map(|text| Element::Label {
        class: "strength",
        text,
    }));
    item.body.extend(reason.as_ref().map(|reason| Element::Box {
        anchor: None,
        language: None,
        class: "reason",
        body: vec![Element::text(reason)],
    }));
    item.body.extend(
        basis
            .as_ref()
            .map(|basis| Element::line("basis", format!("Hjemmel: {basis}"))),
    );
    item
}

/// A group of questions, with lines to answer on where there are any.
pub(super) fn group<'d>(
    name: Option<&'d str>,
    items: &'d [Question],
    lines: u32,
) -> Vec<Element<'d>> {
    let item = |question: &'d Question| {
        let Question { number, text } = question;
        let mut item = Item::of(*number, text);
        if lines > 0 {
            item.body.push(Element::Blank {
                label: None,
                room: Room::Lines { count: lines },
            });
        }
        item
    };
    let questions = Element::List {
        class: if lines > 0 {
            "questions with-lines"
        } else {
            "questions"
        },
        mark: Mark::Number,
        items: items.iter().map(item).collect(),
    };
    let heading = name.map(Element::heading);
    heading.into_iter().chain([questions]).collect()
}

/// Blanks to fill in.
pub(super) fn fields(items: &[FieldItem]) -> Vec<Element<'_>> {
    vec![Element::Box {
        anchor: None,
        language: None,
        class: "fields",
        body: items.iter().flat_map(field).collect(),
    }]
}

fn field(field: &FieldItem) -> Vec<Element<'_>> {
    let FieldItem {
        name,
        lines,
        kind,
        language,
    } = field;
    let blank = Element::Blank {
        label: Some(name),
        room: match kind {
            FieldKind::Text => Room::Lines {
                count: (*lines).max(1),
            },
            FieldKind::Date => Room::Date,
            FieldKind::Checkbox => Room::Checkbox,
        },
    };
    spoken(language.as_ref(), vec![blank])
}

/// An action card: its situation, the steps, who to turn to, and what is written down.
pub(super) fn card<'d>(
    anchor: Option<&'d str>,
    situation: &'d str,
    steps: &'d [StepItem],
    contacts: &'d [Vec<Block>],
    documentation: Option<&'d [Block]>,
) -> Vec<Element<'d>> {
    let steps = Element::List {
        class: "steps",
        mark: Mark::LargeNumber,
        items: steps.iter().map(step).collect(),
    };
    let mut body = vec![Element::heading(situation), steps];
    if !contacts.is_empty() {
        body.push(foot("Kontakt", Element::points(contacts)));
    }
    body.extend(documentation.map(|text| foot("Dokumentation", Element::text(text))));
    vec![Element::Box {
        anchor,
        language: None,
        class: "card",
        body,
    }]
}

/// A step, with who does it and when below it.
fn step(step: &StepItem) -> Item<'_> {
    let StepItem {
        number,
        what,
        who,
        when,
    } = step;
    let mut item = Item::of(*number, what);
    let mut pieces = Vec::new();
    pieces.extend(who.as_deref().map(|text| Piece::Strong { text }));
    if who.is_some() && when.is_some() {
        pieces.push(Piece::plain(" · "));
    }
    pieces.extend(when.as_deref().map(Piece::plain));
    if !pieces.is_empty() {
        item.body.push(Element::Line {
            class: "who",
            pieces,
        });
    }
    item
}

/// What stands last on a card, with its label.
pub(super) fn foot<'d>(label: &'static str, body: Element<'d>) -> Element<'d> {
    Element::Box {
        anchor: None,
        language: None,
        class: "card-foot",
        body: vec![Element::label(label), body],
    }
}

/// What is signed for, a row for each role, and what stands after them.
pub(super) fn signature<'d>(
    intro: Option<&'d [Block]>,
    place: Option<&'d str>,
    roles: &'d [String],
    outro: Option<&'d [Block]>,
) -> Vec<Element<'d>> {
    let rows = roles.iter();
    let rows = rows.map(|role| Element::SignatureRow { role, place });
    let intro = intro.into_iter().map(Element::text);
    let outro = outro.into_iter().map(Element::text);
    vec![Element::Box {
        anchor: None,
        language: None,
        class: "signature",
        body: intro.chain(rows).chain(outro).collect(),
    }]
}
