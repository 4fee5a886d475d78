//! What a rule may look at.

use crate::model::{Answers, Area, Protocol, RichText, Section, Skabelon, Targets};

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
}

impl<'p> Context<'p> {
    /// Every section and appendix with those below, in reading order.
    pub fn sections(&self) -> Vec<&'p Section> {
        let mut sections = Vec::new();
        self.protocol.visit(&mut |section| sections.push(section));
        sections
    }

    /// Visits every Markdown text with the section it stands in, in reading order.
    pub fn visit_texts(&self, visit: &mut dyn FnMut(&'p Section, &'p RichText)) {
        self.protocol.visit(&mut |section| {
            section.visit_texts(&mut |text| visit(section, text));
        });
    }
}
