//! RP112 `udgave-mangler`: an edition for some of the readers lacks what it must have, leads to what it does not
//! have, or has what is not for them.

use crate::check::context::Context;
use crate::diag::{Code, Finding, Subject};
use crate::model::{
    Demand, InlineKind, Reader, ReadersEdition, Reference, ReferenceKind, Section, readers_editions,
};
use crate::text::ByteSet;

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

    /// References to parts that it does not have.
    fn leads_outside(&self, findings: &mut Vec<Finding>) {
        if !self.edition.only.is_empty() {
            return;
        }
        for section in &self.sections {
            section.markdown_texts(&mut |text| {
                if !text.bytes.meets(ByteSet::LINKS) {
                    return;
                }
                text.visit_inlines(&mut |inline| {
                    let InlineKind::Link { target, .. } = &inline.kind else {
                        return;
                    };
                    let Some(there) = self.section_of(target) else {
                        return;
                    };
                    if self.has(there) {
                        return;
                    }
                    let message = format!(
                        "Udgaven »{}« henviser til »{}«, som den ikke har.",
                        self.name(),
                        there.heading.text
                    );
                    let place = section.place(inline.span);
                    let finding = Finding::new(Code::UdgaveMangler, place, message);
                    findings.push(finding.with_help(
                        "Fjern henvisningen, flyt den til et afsnit til de samme læsere, eller lad det andet afsnit \
                         være med i udgaven.",
                    ));
                });
            });
        }
    }

    fn section_of(&self, target: &Reference) -> Option<&'p Section> {
        let Reference::Named(kind, id) = target else {
            return None;
        };
        match kind {
            ReferenceKind::Section | ReferenceKind::Appendix => {
                let target = self.context.targets.find(*kind, id)?;
                self.context.section_at(target)
            }
            ReferenceKind::Figure | ReferenceKind::Table | ReferenceKind::Card => {
                let block = self.context.targets.blocks().find(*kind, id)?;
                let ((kind, path), _, _) = &block.place;
                self.context.section_by(*kind, path)
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
                let Some(there) = self.section_of(&insert.value) else {
                    continue;
                };
                if is_for_staff(there) {
                    let message = format!(
                        "Udgaven »{}« er til borgere, men her bliver »{}« sat ind, som kun er til ansatte.",
                        self.name(),
                        there.heading.text
                    );
                    let place = section.place(insert.span);
                    let finding = Finding::new(Code::UdgaveMangler, place, message);
                    findings.push(finding.with_help(
                        "Sæt det ind i et afsnit til ansatte, eller skriv \"borger\" i for dér, hvor det står.",
                    ));
                }
            }
        }
    }
}

fn is_for_staff(section: &Section) -> bool {
    let is_staff = |reader: &Reader| matches!(reader, Reader::Medarbejder | Reader::Leder);
    !section.readers.is_empty() && section.readers.iter().all(is_staff)
}
