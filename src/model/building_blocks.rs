//! House rules, groups of questions, blanks, action cards and signatures, as they are written in a section.
//!
//! The other building blocks are in `entries` and `figure`.

use super::richtext::RichText;
use super::shape::{Keys, Kind, Line, Shape, read_all};

/// More answer lines than a page holds is a slip of the pen.
const MOST_LINES: u32 = 60;

/// A numbered rule.
#[derive(Clone, Debug)]
pub struct HouseRule {
    /// What it says.
    pub text: RichText,
    /// How strongly, where the author says so.
    pub strength: Option<Strength>,
    /// Why.
    pub reason: Option<RichText>,
    /// The legal basis.
    pub basis: Option<Line>,
}

/// How strongly a rule binds (`styrke`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// `skal`
    Must,
    /// `maa-ikke`
    MustNot,
    /// `boer`
    Should,
    /// `henstilling`
    Request,
    /// `oenske`
    Wish,
}

impl Strength {
    /// The word readers see.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Must => "Skal",
            Self::MustNot => "Må ikke",
            Self::Should => "Bør",
            Self::Request => "Henstilling",
            Self::Wish => "Ønske",
        }
    }
}

/// A group of questions.
#[derive(Clone, Debug)]
pub struct QuestionGroup {
    /// Its name.
    pub name: Option<Line>,
    /// The questions.
    pub items: Vec<RichText>,
    /// Answer lines under each.
    pub lines: u32,
}

/// A blank to fill in by hand.
#[derive(Clone, Debug)]
pub struct Field {
    /// The label.
    pub name: Line,
    /// Lines to write on, at least one.
    pub lines: u32,
    /// What is written there.
    pub kind: FieldKind,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A date.
    Date,
    /// A tick.
    Checkbox,
}

/// An action card.
#[derive(Clone, Debug)]
pub struct Action {
    /// When the card is taken out.
    pub situation: Line,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// Who to turn to.
    pub contacts: Vec<RichText>,
    /// What is written down, and where.
    pub documentation: Option<RichText>,
}

/// One step of an action card.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub what: RichText,
    /// The role that does it.
    pub who: Option<Line>,
    /// When.
    pub when: Option<Line>,
}

/// Signature lines.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Who signs.
    pub roles: Vec<Line>,
    /// What is signed for.
    pub intro: Option<RichText>,
    /// The place printed before the date.
    pub place: Option<Line>,
    /// What stands after the signatures.
    pub outro: Option<RichText>,
}

pub(super) static RULE: Kind = Kind {
    name: "en regel",
    keys: &["tekst", "styrke", "begrundelse", "hjemmel"],
};
pub(super) static GROUP: Kind = Kind {
    name: "en gruppe",
    keys: &["navn", "punkter", "linjer"],
};
pub(super) static FIELD: Kind = Kind {
    name: "et felt",
    keys: &["navn", "linjer", "type"],
};
pub(super) static ACTION: Kind = Kind {
    name: "en handling",
    keys: &["situation", "trin", "kontakt", "dokumentation"],
};
static STEP: Kind = Kind {
    name: "et trin",
    keys: &["goer", "hvem", "hvornaar"],
};
pub(super) static SIGNATURE: Kind = Kind {
    name: "underskriften",
    keys: &["roller", "indledning", "sted", "slut"],
};

const STRENGTHS: [(&str, Strength); 5] = [
    ("skal", Strength::Must),
    ("maa-ikke", Strength::MustNot),
    ("boer", Strength::Should),
    ("henstilling", Strength::Request),
    ("oenske", Strength::Wish),
];
const FIELD_KINDS: [(&str, FieldKind); 3] = [
    ("tekst", FieldKind::Text),
    ("dato", FieldKind::Date),
    ("afkrydsning", FieldKind::Checkbox),
];

pub(super) fn read_rule(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<HouseRule> {
    let text = shape.required_rich(keys, "tekst");
    let rule = HouseRule {
        strength: shape.choice(keys, "styrke", &STRENGTHS),
        reason: shape.rich(keys, "begrundelse"),
        basis: shape.line(keys, "hjemmel"),
        text: text?,
    };
    Some(rule)
}

pub(super) fn read_group(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<QuestionGroup> {
    if !keys.has("punkter") {
        shape.missing_key(keys, "punkter");
    }
    Some(QuestionGroup {
        name: shape.line(keys, "navn"),
        items: shape.rich_list(keys, "punkter"),
        lines: shape.count(keys, "linjer", MOST_LINES).unwrap_or(0),
    })
}

pub(super) fn read_field(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Field> {
    let name = shape.required_line(keys, "navn");
    let lines = shape.count(keys, "linjer", MOST_LINES);
    let kind = shape.choice(keys, "type", &FIELD_KINDS);
    Some(Field {
        name: name?,
        lines: lines.unwrap_or(1).max(1),
        kind: kind.unwrap_or(FieldKind::Text),
    })
}

pub(super) fn read_action(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Action> {
    let situation = shape.required_line(keys, "situation");
    if !keys.has("trin") {
        shape.missing_key(keys, "trin");
    }
    let action = Action {
        steps: read_all(shape, keys, "trin", &STEP, read_step),
        contacts: shape.rich_list(keys, "kontakt"),
        documentation: shape.rich(keys, "dokumentation"),
        situation: situation?,
    };
    Some(action)
}

fn read_step(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Step> {
    let what = shape.required_rich(keys, "goer");
    let step = Step {
        who: shape.line(keys, "hvem"),
        when: shape.line(keys, "hvornaar"),
        what: what?,
    };
    Some(step)
}

pub(super) fn read_signature(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Signature {
    if !keys.has("roller") {
        shape.missing_key(keys, "roller");
    }
    Signature {
        roles: shape.lines(keys, "roller"),
        intro: shape.rich(keys, "indledning"),
        place: shape.line(keys, "sted"),
        outro: shape.rich(keys, "slut"),
    }
}
