//! What a rule is, and what it may look at.

use jiff::civil::Date;

use super::across::{AreaFinding, Digest};
use super::texts::institutions::Institutions;
use super::texts::language::Language;
use crate::diag::Finding;
use crate::model::{
    Answers, Area, Inline, InlineKind, LawRegister, Line, Protocol, ReferenceKind, Requirement,
    RichText, Section, Skabelon, Slip, Target, Targets, Variables,
};
use crate::text::{ByteSet, Place, Span, Spanned};

/// A rule: a function from what is known of a protocol to findings.
pub type Rule = fn(&Context<'_>, &mut Vec<Finding>);

/// A rule about what several protocols say: a function from what was kept of each, in order, to findings.
pub type AcrossRule = fn(&Area, &[&Digest], &mut Vec<AreaFinding>);

/// A rule about the area's own file.
pub type AreaRule = fn(&Area, &mut Vec<Finding>);

/// A rule about a skabelon: a function from what is known of it to findings.
pub type SkabelonRule = fn(&SkabelonContext<'_>, &mut Vec<Finding>);

/// One protocol with all that bears on it, read-only.
#[derive(Clone, Copy)]
pub struct Context<'p> {
    /// The area's settings.
    pub area: &'p Area,
    /// What the protocol must contain.
    pub skabelon: &'p Skabelon,
    /// The protocol.
    pub protocol: &'p Protocol,
    /// Which section answers what.
    pub answers: &'p Answers<'p>,
    /// Every place that can be referred to.
    pub targets: &'p Targets,
    /// Its texts as words and sentences.
    pub language: &'p Language<'p>,
    /// The names of all institutions of the area.
    pub institutions: &'p Institutions,
    /// What is known of laws.
    pub laws: &'p LawRegister,
    /// The day that dates are held against.
    pub today: Date,
    /// The fingerprint of what the protocol says. It takes putting the document together, so only who needs
    /// it asks.
    pub fingerprint: &'p dyn Fn() -> String,
}

impl<'p> Context<'p> {
    /// Every section and appendix with those below, in reading order.
    pub fn sections(&self) -> Vec<&'p Section> {
        let mut sections = Vec::new();
        self.protocol.visit(&mut |section| sections.push(section));
        sections
    }

    /// Every Markdown text with the section it stands in, in reading order.
    pub fn markdown_texts(&self) -> impl Iterator<Item = (&'p Section, &'p RichText)> {
        self.language.markdown.iter().copied()
    }

    /// Visits every Markdown text that may have one of some bytes, with the section it stands in.
    pub fn texts_with(&self, bytes: ByteSet) -> impl Iterator<Item = (&'p Section, &'p RichText)> {
        self.markdown_texts()
            .filter(move |(_, text)| text.bytes.meets(bytes))
    }

    /// Visits every link and every picture of the Markdown texts, obligatory ones left aside, with its section.
    pub fn visit_links(&self, visit: &mut dyn FnMut(&'p Section, &'p Inline)) {
        for (section, text) in self.texts_with(ByteSet::LINKS) {
            text.visit_inlines(&mut |inline| {
                if matches!(
                    inline.kind,
                    InlineKind::Link { .. } | InlineKind::Image { .. }
                ) {
                    visit(section, inline);
                }
            });
        }
    }

    /// Visits the obligatory texts this protocol prints that have certain characters, with its variables
    /// in them, and the slips of that.
    pub fn visit_obligatory(&self, characters: &str, visit: &mut dyn FnMut(&RichText, &[Slip])) {
        self.skabelon.visit(&mut |requirement| {
            if requirement.obligatory_has(characters)
                && self.answers.printed_in(&requirement.id.value).is_some()
                && let Some((text, slips)) = self.answers.obligatory(requirement)
            {
                visit(text, slips);
            }
        });
    }

    /// Whether a section, or one below it, is among those that answer a requirement or a point.
    pub fn answers_within(&self, section: &Section, id: &str) -> bool {
        let answering = self.answers.to(id);
        if answering.is_empty() {
            return false;
        }
        let mut within = false;
        section.visit(&mut |below| {
            within |= answering
                .iter()
                .any(|candidate| std::ptr::eq(*candidate, below));
        });
        within
    }

    /// The section at a target's place.
    pub fn section_at(&self, target: &Target) -> Option<&'p Section> {
        self.section_by(target.kind, &target.path)
    }

    /// The section at the end of a path.
    pub fn section_by(&self, kind: ReferenceKind, path: &[usize]) -> Option<&'p Section> {
        let mut sections: &[Section] = match kind {
            ReferenceKind::Appendix => &self.protocol.appendices,
            _ => &self.protocol.sections,
        };
        let mut found = None;
        for &index in path {
            let section = sections.get(index)?;
            sections = &section.children;
            found = Some(section);
        }
        found
    }

    /// Every requirement of the skabelon with those below it, in order.
    pub fn requirements(&self) -> Vec<&'p Requirement> {
        let mut requirements = Vec::new();
        self.skabelon
            .visit(&mut |requirement| requirements.push(requirement));
        requirements
    }

    /// A place in the skabelon's file.
    pub fn skabelon_place(&self, span: Span) -> Place {
        Place::new(&self.skabelon.file, span)
    }
}

/// A skabelon with what bears on it, read-only.
#[derive(Debug)]
pub struct SkabelonContext<'s> {
    /// The skabelon.
    pub skabelon: &'s Skabelon,
    /// Every variable that some protocol of the area has; `None` where there is no protocol yet, or one
    /// whose variables cannot be read.
    pub variables: Option<&'s Variables>,
    /// What protocols are asked for: requirements and points, each before those below it.
    pub asked: Vec<Asked<'s>>,
}

/// A requirement or a point, with the wordings of a heading that answers it.
#[derive(Debug)]
pub struct Asked<'s> {
    /// Its id.
    pub id: &'s Spanned<String>,
    /// The heading of a requirement, the text of a point.
    pub heading: &'s Line,
    /// The other wordings that count: as well, and those to be replaced.
    pub aliases: Vec<&'s Line>,
    /// Whether it is a point.
    pub is_point: bool,
    /// Whether the skabelon has a text that is printed where it is answered.
    pub has_obligatory: bool,
    /// Where the requirements it stands below are in the list, the outermost first.
    below: Vec<usize>,
}

impl Asked<'_> {
    /// Every wording that answers it, its own first.
    pub fn wordings(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(self.heading).chain(self.aliases.iter().copied())
    }

    /// As it is called in a message: `kravet »gaester«`.
    pub fn called(&self) -> String {
        let what = if self.is_point { "punktet" } else { "kravet" };
        format!("{what} »{}«", self.id.value)
    }

    /// Whether a heading that is looked for here may stand where one is looked for there: a point and a
    /// required sub-heading are looked for in the section of the requirement above, all others everywhere.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.below.starts_with(&other.below) || other.below.starts_with(&self.below)
    }
}

impl<'s> SkabelonContext<'s> {
    /// A skabelon in an area whose protocols have these variables.
    pub fn new(skabelon: &'s Skabelon, variables: Option<&'s Variables>) -> Self {
        let mut asked = Vec::new();
        list(&skabelon.requirements, &mut Vec::new(), &mut asked);
        Self {
            skabelon,
            variables,
            asked,
        }
    }

    /// A place in the skabelon's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.skabelon.file, span)
    }
}

/// Lists requirements with their points and those below them; `below` is where those above are in the list.
fn list<'s>(requirements: &'s [Requirement], below: &mut Vec<usize>, asked: &mut Vec<Asked<'s>>) {
    for requirement in requirements {
        let index = asked.len();
        asked.push(Asked {
            id: &requirement.id,
            heading: &requirement.heading,
            aliases: requirement.wordings().skip(1).collect(),
            is_point: false,
            has_obligatory: requirement.has_obligatory(),
            below: below.clone(),
        });
        below.push(index);
        asked.extend(requirement.points.iter().map(|point| Asked {
            id: &point.id,
            heading: &point.text,
            aliases: point.aliases.iter().collect(),
            is_point: true,
            has_obligatory: false,
            below: below.clone(),
        }));
        list(&requirement.children, below, asked);
        below.pop();
    }
}
