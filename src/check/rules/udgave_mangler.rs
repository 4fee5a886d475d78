//! RP112 `udgave-mangler`: an edition for some of the readers lacks what it must have, leads to what it does not
//! have, or has what is not for them.

use crate::check::context::Context;
use crate::diag::{Code, Finding, Subject};
use crate::model::{
    Demand, InlineKind, Reader, ReadersEdition, Reference, ReferenceKind, RichText, Section, Text,
    Way, readers_editions,
};
use crate::text::{ByteSet, Place, Span};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.incomplete {
        // What is missing may stand in what could not be read.
        return;
    }
    for edition in readers_editions(&context.area.editions, &context.skabelon.editions) {
        let mut held = edition.held(&context.protocol.sections);
        held.extend(edition.held(&context.protocol.appendices));
        let held = Held {
            context,
            edition,
            sections: held,
        };
        held.lacks(findings);
        held.leads_outside(findings);
        held.has_what_is_for_staff(findings);
    }
}

/// An edition of a protocol.
struct Held<'c, 'p> {
    context: &'c Context<'p>,
    edition: &'c ReadersEdition,
    sections: Vec<&'p Section>,
}

impl<'p> Held<'_, 'p> {
    fn has(&self, section: &Section) -> bool {
        let mut sections = self.sections.iter();
        sections.any(|own| std::ptr::eq(*own, section))
    }

    fn name(&self) -> &str {
        &self.edition.name.text
    }

    /// What must be there and is answered, but not in this edition. One that has cards or contacts alone leaves
    /// all else out.
    fn lacks(&self, findings: &mut Vec<Finding>) {
        if !self.edition.only.is_empty() {
            return;
        }
        for requirement in self.context.requirements() {
            let id = &requirement.id.value;
            let is_left_out = self.edition.left_out.iter().any(|left| left.value == *id);
            if requirement.demand != Demand::Must || is_left_out {
                continue;
            }
            // Where nobody answers, RP101 and RP110 say so.
            let answering = self.context.answers.to(id);
            let Some(first) = answering.first() else {
                continue;
            };
            if answering.iter().any(|section| self.has(section)) {
                continue;
            }
            let message = format!(
                "Udgaven »{}« mangler kravet »{}«, for afsnittet er kun til andre.",
                self.name(),
                requirement.heading.text
            );
            let finding = Finding::new(Code::UdgaveMangler, first.heading_place(), message);
            let finding = finding.about(Subject::Requirement(id.clone()));
            findings.push(finding.with_help(format!(
                "Skriv udgavens læsere i afsnittets for, eller lav et afsnit til dem, der svarer på kravet. Skal det \
                 ikke med, så skriv \"{id}\" under uden i udgaven."
            )));
        }
    }

    /// References to parts that it does not have: in its own texts, in blocks that are inserted there, in the area's
    /// common texts and in the preface.
    fn leads_outside(&self, findings: &mut Vec<Finding>) {
        if !self.edition.only.is_empty() {
            return;
        }
        for section in &self.sections {
            section.markdown_texts(&mut |text| {
                self.look(text, &|span| section.place(span), "", findings);
            });
            for insert in &section.inserts {
                let Some(there) = self.section_of(&insert.value) else {
                    continue;
                };
                there.visit(&mut |below| {
                    if !self.has(below) {
                        below.blocks.texts(&mut |text| {
                            if let Text::Running(text) = text {
                                self.look(text, &|span| below.place(span), "", findings);
                            }
                        });
                    }
                });
            }
        }
        for requirement in self.context.requirements() {
            let answers = self.context.answers;
            let printed_in = answers.printed_in(&requirement.id.value);
            let section = printed_in.filter(|section| self.has(section));
            if let Some(section) = section
                && requirement.obligatory_has("](")
                && let Some((text, _)) = answers.obligatory(requirement)
            {
                let place = |_| section.heading_place();
                self.look(text, &place, " i områdets fælles tekst", findings);
            }
        }
        if let Some(text) = &self.edition.preface {
            let place = |_| self.context.protocol.top();
            self.look(text, &place, " i forordet", findings);
        }
    }

    /// References of one text to what the edition does not have; `within` is said where the text stands in none of
    /// the protocol's own files.
    fn look(
        &self,
        text: &RichText,
        place: &dyn Fn(Span) -> Place,
        within: &str,
        findings: &mut Vec<Finding>,
    ) {
        if !text.bytes.meets(ByteSet::LINKS) {
            return;
        }
        text.visit_inlines(&mut |inline| {
            let InlineKind::Link { target, .. } = &inline.kind else {
                return;
            };
            let Some(there) = self.printed_of(target) else {
                return;
            };
            if self.has(there) {
                return;
            }
            let message = format!(
                "Udgaven »{}« henviser{within} til »{}«, som den ikke har.",
                self.name(),
                there.heading.text
            );
            let finding = Finding::new(Code::UdgaveMangler, place(inline.span), message);
            findings.push(finding.with_help(if within.is_empty() {
                "Fjern henvisningen, flyt den til et afsnit til de samme læsere, eller lad det andet afsnit være med i \
                 udgaven."
            } else {
                "Lad det andet afsnit være med i udgaven: skriv udgavens læsere i dets for. Eller bed området om at \
                 fjerne henvisningen."
            }));
        });
    }

    /// The section that a reference leads into: of a block, the one it is printed in.
    fn printed_of(&self, target: &Reference) -> Option<&'p Section> {
        let Reference::Named(kind, id) = target else {
            return None;
        };
        match kind {
            ReferenceKind::Figure | ReferenceKind::Table | ReferenceKind::Card => {
                let block = self.context.targets.blocks().find(*kind, id)?;
                let (kind, path) = block.printed_in();
                self.context.section_by(*kind, path)
            }
            _ => self.section_of(target),
        }
    }

    fn section_of(&self, target: &Reference) -> Option<&'p Section> {
        match target {
            Reference::Named(kind @ (ReferenceKind::Section | ReferenceKind::Appendix), id) => {
                let target = self.context.targets.find(*kind, id)?;
                self.context.section_at(target)
            }
            _ => None,
        }
    }

    /// Parts for staff, where residents read the edition.
    fn has_what_is_for_staff(&self, findings: &mut Vec<Finding>) {
        if !self.edition.is_for_residents() {
            return;
        }
        for section in &self.sections {
            if is_for_staff(section) {
                let message = format!(
                    "Udgaven »{}« er også til borgere, men »{}« er kun til ansatte.",
                    self.name(),
                    section.heading.text
                );
                let place = section.heading_place();
                let finding = Finding::new(Code::UdgaveMangler, place, message);
                findings.push(finding.with_help(
                    "Lad borgere og ansatte få hver sin udgave, eller skriv \"borger\" i afsnittets for, hvis borgere \
                     også må læse det.",
                ));
            }
            for insert in &section.inserts {
                let Reference::Named(kind, id) = &insert.value else {
                    continue;
                };
                if let Some(target) = self.context.targets.find(*kind, id) {
                    let way = (target.kind, target.path.clone());
                    self.brought(section.place(insert.span), &way, findings);
                }
            }
        }
        let blocks = self.context.targets.blocks();
        for (block, span) in blocks.placed() {
            let (kind, path) = block.printed_in();
            let section = self.context.section_by(*kind, path);
            if let Some(section) = section.filter(|section| self.has(section)) {
                self.brought(section.place(span), &block.place.0, findings);
            }
        }
    }

    /// What is brought into the edition from a place that is for staff, whether that says so itself or stands below
    /// what does.
    fn brought(&self, place: Place, (kind, path): &Way, findings: &mut Vec<Finding>) {
        let is_staffs = |path: &[usize]| {
            let section = self.context.section_by(*kind, path);
            section.is_some_and(|section| is_for_staff(section) && !self.has(section))
        };
        let comes_from_staff = (1..=path.len()).any(|depth| is_staffs(&path[..depth]));
        let there = self.context.section_by(*kind, path);
        let Some(there) = there.filter(|_| comes_from_staff) else {
            return;
        };
        let message = format!(
            "Udgaven »{}« er til borgere, men her bliver »{}« sat ind, som kun er til ansatte.",
            self.name(),
            there.heading.text
        );
        let finding = Finding::new(Code::UdgaveMangler, place, message);
        findings.push(finding.with_help(
            "Sæt det ind i et afsnit til ansatte, eller skriv \"borger\" i for dér, hvor det står.",
        ));
    }
}

fn is_for_staff(section: &Section) -> bool {
    let is_staff = |reader: &Reader| matches!(reader, Reader::Medarbejder | Reader::Leder);
    !section.readers.is_empty() && section.readers.iter().all(is_staff)
}
