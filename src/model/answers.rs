//! Which section answers which requirement and which point of the skabelon, and the obligatory texts that are
//! printed in them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::numbering::{Numbering, without_label};
use super::protocol::Protocol;
use super::richtext::RichText;
use super::section::Section;
use super::skabelon::{Requirement, Skabelon};
use super::slips::Slip;
use super::variables::Variables;

/// The answers of one protocol, looked up both ways.
///
/// A section answers a requirement or a point when its `opfylder` names it, or when its heading is one of the
/// wordings that the skabelon gives for it and stands at the requirement's own depth.
#[derive(Debug, Default)]
pub struct Answers<'p> {
    /// Requirements and points by id: the sections that answer them, in reading order.
    by_id: BTreeMap<&'p str, Vec<&'p Section>>,
    /// Requirements by id: the first section that has one of its wordings for heading, at any depth.
    by_wording: BTreeMap<&'p str, &'p Section>,
    /// Requirements with an obligatory text that may differ between protocols, by their place in memory: the text, once
    /// somebody has asked for it.
    obligatory: BTreeMap<usize, OnceCell<(RichText, Vec<Slip>)>>,
    /// What those texts are made of.
    source: Option<(&'p Skabelon, &'p Variables)>,
}

/// Two requirements may bear one id, which is a finding; where they lie tells them apart.
fn address(requirement: &Requirement) -> usize {
    std::ptr::from_ref(requirement).addr()
}

impl<'p> Answers<'p> {
    /// Finds every answer.
    pub fn of(protocol: &'p Protocol, skabelon: &'p Skabelon) -> Self {
        let mut answers = Self {
            source: Some((skabelon, &protocol.variables)),
            ..Self::default()
        };
        skabelon.visit(&mut |requirement| {
            if requirement.has_obligatory() && requirement.fixed_obligatory().is_none() {
                let text = OnceCell::new();
                answers.obligatory.insert(address(requirement), text);
            }
        });
        let numbering = protocol.edition.numbering.unwrap_or_default();
        for part in &protocol.sections {
            answers.gather(part, skabelon, numbering, &[]);
        }
        for part in &protocol.appendices {
            answers.gather(part, skabelon, Numbering::Numbers, &[]);
        }
        answers
    }

    /// Adds what a section answers, and then those below it; `above` is what the section above it answers. Where
    /// sections have letters or nothing, what is typed before a heading is no part of its words.
    fn gather(
        &mut self,
        section: &'p Section,
        skabelon: &'p Skabelon,
        among: Numbering,
        above: &[&str],
    ) {
        let heading = match among {
            Numbering::Numbers => section.heading.text.as_str(),
            Numbering::Letters | Numbering::Nothing => without_label(&section.heading.text),
        };
        let said = section.answers.iter().map(|answer| answer.value.as_str());
        let tasks = section.blocks.tasks.iter();
        let by_task = tasks.flat_map(|task| &task.answers);
        let by_task = by_task.map(|answer| answer.text.as_str());
        let wordings = skabelon.wordings(heading).iter();
        for wording in wordings.clone() {
            self.by_wording.entry(&wording.id).or_insert(section);
        }
        let by_heading = wordings
            .filter(|wording| wording.counts(usize::from(section.level), above))
            .map(|wording| wording.id.as_str());
        let own: Vec<&'p str> = said.chain(by_task).chain(by_heading).collect();
        for id in &own {
            self.add(id, section);
        }
        // Below letters a typed "A.1" is as good as "A." above.
        let below = match among.below(section.numbering) {
            Numbering::Numbers if among == Numbering::Letters => Numbering::Letters,
            below => below,
        };
        for child in &section.children {
            self.gather(child, skabelon, below, &own);
        }
    }

    fn add(&mut self, id: &'p str, section: &'p Section) {
        let sections = self.by_id.entry(id).or_default();
        if !sections
            .last()
            .is_some_and(|last| std::ptr::eq(*last, section))
        {
            sections.push(section);
        }
    }

    /// The sections that answer a requirement or a point, in reading order.
    pub fn to(&self, id: &str) -> &[&'p Section] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// The section that a requirement's obligatory text is printed in: the first that answers it, and where none
    /// does, the first that has its heading at another depth. The check asks for more (RP101), but readers lose
    /// nothing, and what an approval counted is still counted.
    pub fn printed_in(&self, id: &str) -> Option<&'p Section> {
        self.first(id).or_else(|| self.by_wording.get(id).copied())
    }

    /// A requirement's obligatory text with the protocol's variables in it, and the slips of that. It is read once,
    /// for whoever asks first: rules hold texts against it, and the document prints it.
    pub fn obligatory<'a>(
        &'a self,
        requirement: &'a Requirement,
    ) -> Option<&'a (RichText, Vec<Slip>)> {
        let (skabelon, variables) = self.source?;
        if let Some(fixed) = requirement.fixed_obligatory() {
            return Some(fixed);
        }
        let text = self.obligatory.get(&address(requirement))?;
        Some(text.get_or_init(|| {
            skabelon
                .obligatory(requirement, variables)
                .expect("those without a text are not listed")
        }))
    }

    /// The first section that answers a requirement or a point.
    pub fn first(&self, id: &str) -> Option<&'p Section> {
        self.to(id).first().copied()
    }

    /// The requirements that a section is the first to answer, in the skabelon's order.
    pub fn led_by<'s>(&self, section: &Section, skabelon: &'s Skabelon) -> Vec<&'s Requirement> {
        let mut led = Vec::new();
        skabelon.visit(&mut |requirement| {
            if self
                .first(&requirement.id.value)
                .is_some_and(|first| std::ptr::eq(first, section))
            {
                led.push(requirement);
            }
        });
        led
    }
}
