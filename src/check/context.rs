//! What a rule may look at.

use jiff::civil::Date;

use super::{Institutions, Language};
use crate::model::{
    Answers, Area, Inline, LawRegister, Protocol, ReferenceKind, Requirement, RichText, Section,
    Skabelon, Slip, Target, Targets,
};
use crate::text::{Place, Span};

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
    /// it asks; none where a picture cannot be read.
    pub fingerprint: &'p dyn Fn() -> Option<String>,
}

impl<'p> Context<'p> {
    /// Every section and appendix with those below, in reading order.
    pub fn sections(&self) -> Vec<&'p Section> {
        let mut sections = Vec::new();
        self.protocol.visit(&mut |section| sections.push(section));
        sections
    }

    /// Visits every Markdown text with the section it stands in, in reading order.
    pub fn markdown_texts(&self, visit: &mut dyn FnMut(&'p Section, &'p RichText)) {
        self.protocol.visit(&mut |section| {
            section.markdown_texts(&mut |text| visit(section, text));
        });
    }

    /// Visits every inline of every Markdown text, obligatory ones left aside, with its section.
    pub fn visit_inlines(&self, visit: &mut dyn FnMut(&'p Section, &'p Inline)) {
        self.markdown_texts(&mut |section, text| {
            text.visit_inlines(&mut |inline| visit(section, inline));
        });
    }

    /// Visits the obligatory texts this protocol prints that have certain characters, with its variables
    /// in them, and the slips of that.
    pub fn visit_obligatory(&self, characters: &str, visit: &mut dyn FnMut(&RichText, &[Slip])) {
        self.skabelon.visit(&mut |requirement| {
            if requirement.obligatory_has(characters)
                && self.answers.first(&requirement.id.value).is_some()
                && let Some((text, slips)) = self
                    .skabelon
                    .obligatory(requirement, &self.protocol.variables)
            {
                visit(&text, &slips);
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
        let mut sections = match target.kind {
            ReferenceKind::Appendix => &self.protocol.appendices,
            _ => &self.protocol.sections,
        };
        let mut found = None;
        for &index in &target.path {
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
