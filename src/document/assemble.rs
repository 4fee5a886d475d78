//! Puts a protocol together: sections with their numbers, obligatory texts, insertions and forms.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::figure::Figures;
use super::text::{Notes, Texts};
use super::typography::Typesetter;
use super::{
    Content, Document, EditionPlan, Entry, FieldItem, FieldKind, Fingerprint, ForReaders, Given,
    JSON_VERSION, Obligatory, PageCode, Part, PartKind, Question, RuleItem, ShortAnswer, StepItem,
    TextLanguage, backmatter, entries, front,
};
use crate::load;
use crate::model::{
    self, Answers, Area, InlineKind, NamedBlock, Numbering, Protocol, Reader, ReadersEdition,
    Reference, ReferenceKind, RichText, Section, Skabelon, Strength, Targets, Way,
    readers_editions,
};
use crate::text::ByteSet;

/// What the document is put together from, besides the protocol itself.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Whether every page says UDKAST.
    pub draft: bool,
    /// The day duties are held against, only where somebody named one: without it nothing printed may
    /// depend on when it was printed.
    pub today: Option<Date>,
    /// The bytes of a picture's file; one that cannot be shown has none and is printed as its text.
    pub picture: &'o dyn Fn(&str) -> Option<&'o [u8]>,
    /// The bytes of an attached file by its path among the pages; one that is not there has none.
    pub attachment: &'o dyn Fn(&str) -> Option<&'o [u8]>,
}

/// Resolves a protocol into a document.
pub fn assemble(
    area: &Area,
    skabelon: &Skabelon,
    protocol: &Protocol,
    answers: &Answers<'_>,
    targets: &Targets,
    options: &Options<'_>,
) -> Document {
    let has_picture = &|file: &str| (options.picture)(file).is_some();
    let file_size = &|path: &str| (options.attachment)(path).map(<[u8]>::len);
    let mut assembler = Assembler {
        protocol,
        targets,
        obligatory: obligatory_texts(skabelon, protocol, answers),
        figures: Figures::new(skabelon, protocol),
        texts: Texts::new(targets, area, protocol, has_picture),
        anchored: BTreeSet::new(),
        file_size,
    };
    let sections = assembler.parts(&protocol.sections, ReferenceKind::Section);
    let wheel = assembler.figures.backmatter(protocol);
    let mut backmatter = backmatter::parts(area, skabelon, protocol, options.today, wheel);
    let appendices = assembler.parts(&protocol.appendices, ReferenceKind::Appendix);
    let texts = || sections.iter().chain(&appendices);
    let documents = backmatter::listed(area, texts());
    backmatter::document_list(&mut backmatter, &documents, texts());
    let editions = readers_editions(&area.editions, &skabelon.editions).into_iter();
    let editions = editions.map(|edition| plan(edition, &mut assembler.texts));
    let editions = editions.collect();
    let title = front::title(skabelon, protocol);
    let edition = front::edition(skabelon, protocol);
    let mut document = Document {
        version: JSON_VERSION,
        language: "da",
        slug: protocol.slug.clone(),
        footer: front::footer(protocol, &title, &edition),
        copy_note: String::new(),
        page_code: protocol
            .institution
            .web
            .as_ref()
            .and_then(|web| PageCode::of(&web.text)),
        facts: Vec::new(),
        institution: front::institution(protocol),
        area: front::area(protocol),
        skabelon: front::skabelon(skabelon),
        title,
        subtitle: front::set(protocol.edition.subtitle.as_ref()),
        motto: front::set(protocol.edition.motto.as_ref()),
        for_readers: None,
        editions,
        documents,
        logo: None,
        edition,
        draft: options.draft,
        sections,
        backmatter,
        appendices,
    };
    let pictures = protocol.pictures().into_iter();
    let pictures = pictures.filter_map(|file| Some((file, (options.picture)(file)?)));
    let attached = protocol.attachments().into_iter();
    let attached = attached.filter_map(|file| Some((file, attachment_of(options, file)?)));
    let fingerprint = Fingerprint::of(&document, skabelon, pictures.chain(attached));
    front::judge(
        &mut document,
        skabelon,
        protocol,
        fingerprint,
        options.draft,
    );
    document
}

/// The ids of the documents that a section's own texts, and the area's common texts in it, refer to.
fn documents_in(section: &Section, common: Option<&Vec<&RichText>>) -> Vec<String> {
    let mut ids = Vec::new();
    let mut look = |text: &RichText| {
        if !text.bytes.meets(ByteSet::LINKS) {
            return;
        }
        text.visit_inlines(&mut |inline| {
            if let InlineKind::Link { target, .. } = &inline.kind
                && let Reference::Named(ReferenceKind::Document, id) = target
            {
                ids.push(id.clone());
            }
        });
    };
    common.into_iter().flatten().for_each(|text| look(text));
    section.markdown_texts(&mut look);
    ids
}

/// An edition with its texts resolved.
fn plan(edition: &ReadersEdition, texts: &mut Texts<'_>) -> EditionPlan {
    let preface = edition.preface.as_ref();
    EditionPlan {
        named: ForReaders {
            id: edition.id.value.clone(),
            name: Typesetter::line(&edition.name.text),
            large: edition.large,
        },
        readers: edition.readers.clone(),
        only: edition.only.clone(),
        preface: preface.map_or_else(Vec::new, |text| texts.blocks(text)),
    }
}

/// The bytes of an attached file, as an author wrote its path.
fn attachment_of<'o>(options: &Options<'o>, file: &str) -> Option<&'o [u8]> {
    (options.attachment)(&load::attachment_path(file)?)
}

/// The obligatory texts by the section they are printed in, which its place in memory tells.
type ObligatoryTexts<'p> = BTreeMap<*const Section, (String, Vec<&'p RichText>)>;

fn obligatory_texts<'p>(
    skabelon: &'p Skabelon,
    protocol: &Protocol,
    answers: &'p Answers<'_>,
) -> ObligatoryTexts<'p> {
    let mut texts = ObligatoryTexts::new();
    skabelon.visit(&mut |requirement| {
        let Some(section) = answers.printed_in(&requirement.id.value) else {
            return;
        };
        let Some((text, _)) = answers.obligatory(requirement) else {
            return;
        };
        let label = format!("Fælles tekst for {}", protocol.area.name.text);
        let entry = texts.entry(std::ptr::from_ref(section));
        entry.or_insert_with(|| (label, Vec::new())).1.push(text);
    });
    texts
}

struct Assembler<'p> {
    protocol: &'p Protocol,
    targets: &'p Targets,
    obligatory: ObligatoryTexts<'p>,
    figures: Figures<'p>,
    texts: Texts<'p>,
    /// The anchors of contacts that have been printed.
    anchored: BTreeSet<String>,
    /// The size in bytes of an attached file by its path among the pages.
    file_size: &'p dyn Fn(&str) -> Option<usize>,
}

impl<'p> Assembler<'p> {
    fn parts(&mut self, sections: &[Section], kind: ReferenceKind) -> Vec<Part> {
        let numbered = sections.iter().enumerate();
        numbered
            .map(|(index, section)| self.part(section, kind, &mut vec![index]))
            .collect()
    }

    fn part(&mut self, section: &Section, kind: ReferenceKind, path: &mut Vec<usize>) -> Part {
        let target = self.targets.at(kind, path);
        let obligatory = self.obligatory.remove(&std::ptr::from_ref(section));
        let documents = documents_in(section, obligatory.as_ref().map(|(_, texts)| texts));
        let obligatory = obligatory.map(|(label, texts)| Obligatory {
            label,
            blocks: texts
                .iter()
                .flat_map(|text| self.texts.blocks(text))
                .collect(),
        });
        let way = (kind, path.clone());
        let mut content = self.content(section, &way);
        let opening = section.children.opening.as_ref().map(|opening| {
            let first = content.len();
            let before = section.text.as_ref().map_or(0, |text| text.blocks.len());
            self.running(opening, &way, before, &mut content);
            first
        });
        let mut parts = Vec::with_capacity(section.children.len());
        for (index, child) in section.children.iter().enumerate() {
            path.push(index);
            parts.push(self.part(child, kind, path));
            path.pop();
        }
        let closing = self.signature(section).into_iter().collect();
        Part {
            id: target.anchor.clone(),
            kind: match kind {
                ReferenceKind::Appendix => PartKind::Appendix,
                _ => PartKind::Section,
            },
            number: target.number.clone(),
            level: section.level,
            heading: heading(section, target),
            readers: readers(&section.readers),
            language: TextLanguage::of(section.language.as_ref()),
            obligatory,
            content,
            parts,
            closing,
            given: Given {
                answers: section.answers.iter().map(|id| id.value.clone()).collect(),
                readers: section.readers.clone(),
                documents,
                opening,
            },
        }
    }

    /// What a section says itself, in the order of printing.
    fn content(&mut self, section: &Section, way: &Way) -> Vec<Content> {
        let mut content = Vec::new();
        if let Some(text) = section.text.as_ref().filter(|text| !text.is_empty()) {
            self.running(text, way, 0, &mut content);
        }
        if !section.facts.is_empty() {
            let items = section.facts.iter().map(|fact| ShortAnswer {
                name: Typesetter::line(&fact.name.text),
                text: self.texts.blocks(&fact.text),
            });
            let items = items.collect();
            content.push(Content::ShortAnswers { items });
        }
        let named = self.targets.blocks();
        for (index, figure) in section.figures.iter().enumerate() {
            let named = named.at(&(way.clone(), ReferenceKind::Figure, index));
            if !named.is_placed() {
                let figure = self.figures.resolve(figure, named, &mut self.texts);
                content.extend(figure.map(Content::Figure));
            }
        }
        self.forms(section, Some(way), &mut content);
        content.extend(entries::file(section, self.file_size));
        for insert in &section.inserts {
            if let Some(inserted) = self.inserted(&insert.value, &mut BTreeSet::new()) {
                content.push(inserted);
            }
        }
        content
    }

    /// A section's text, with the blocks in it that it places. `before` is how many paragraphs of its running text
    /// come before this one.
    fn running(&mut self, text: &RichText, way: &Way, before: usize, content: &mut Vec<Content>) {
        let mut notes = Notes::of(text);
        let mut blocks = Vec::with_capacity(text.blocks.len());
        for (index, block) in text.blocks.iter().enumerate() {
            let Some(named) = self.targets.blocks().placed_at(way, before + index) else {
                blocks.push(self.texts.block(block, &mut notes));
                continue;
            };
            if !blocks.is_empty() {
                let blocks = std::mem::take(&mut blocks);
                content.push(Content::Text { blocks });
            }
            content.extend(self.placed(named));
        }
        if !blocks.is_empty() {
            content.push(Content::Text { blocks });
        }
    }

    /// A block where a text places it.
    fn placed(&mut self, named: &NamedBlock) -> Option<Content> {
        let ((kind, path), block, index) = &named.place;
        let section = self.section(*kind, path);
        match block {
            ReferenceKind::Figure => {
                let figure = &section.figures[*index];
                let figure = self.figures.resolve(figure, named, &mut self.texts);
                figure.map(Content::Figure)
            }
            ReferenceKind::Table => {
                let sheet = &section.blocks.sheets[*index];
                Some(entries::sheet(&mut self.texts, sheet, Some(named)))
            }
            ReferenceKind::Card => Some(self.card(&section.blocks.actions[*index], Some(named))),
            _ => {
                let contact = &section.blocks.contacts[*index];
                let anchored = Some(&mut self.anchored);
                entries::contacts(
                    &mut self.texts,
                    self.targets,
                    std::iter::once(contact),
                    anchored,
                )
            }
        }
    }

    /// The building blocks: what `indsaet` carries over. `own` is where they stand; `None` where they are
    /// inserted, which also those are that a text places.
    fn forms(&mut self, section: &Section, own: Option<&Way>, content: &mut Vec<Content>) {
        let targets = self.targets;
        let named = |kind: ReferenceKind, index: usize| {
            own.map(|way| targets.blocks().at(&(way.clone(), kind, index)))
        };
        let stays = |named: Option<&NamedBlock>| named.is_none_or(|named| !named.is_placed());
        for (index, sheet) in section.blocks.sheets.iter().enumerate() {
            let named = named(ReferenceKind::Table, index);
            if stays(named) {
                content.push(entries::sheet(&mut self.texts, sheet, named));
            }
        }
        entries::terms_and_roles(&mut self.texts, section, content);
        if !section.blocks.rules.is_empty() {
            let rules = section.blocks.rules.iter().enumerate();
            let items = rules
                .map(|(index, rule)| self.rule(index + 1, rule))
                .collect();
            content.push(Content::Rules { items });
        }
        for group in &section.blocks.groups {
            let questions = group.items.iter().enumerate();
            content.push(Content::Group {
                name: group.name.as_ref().map(|name| Typesetter::line(&name.text)),
                items: questions
                    .map(|(index, text)| Question {
                        number: index + 1,
                        text: self.texts.blocks(text),
                    })
                    .collect(),
                lines: group.lines,
                language: TextLanguage::of(group.language.as_ref()),
            });
        }
        if !section.blocks.fields.is_empty() {
            let items = section.blocks.fields.iter().map(field).collect();
            content.push(Content::Fields { items });
        }
        for (index, action) in section.blocks.actions.iter().enumerate() {
            let named = named(ReferenceKind::Card, index);
            if stays(named) {
                content.push(self.card(action, named));
            }
        }
        entries::dilemmas_and_tasks(&mut self.texts, section, content);
        let contacts = section.blocks.contacts.iter().enumerate();
        let contacts = contacts.filter(|(index, _)| stays(named(ReferenceKind::Contact, *index)));
        content.extend(entries::contacts(
            &mut self.texts,
            targets,
            contacts.map(|(_, contact)| contact),
            own.map(|_| &mut self.anchored),
        ));
        for entry in section.blocks.entries() {
            content.push(Content::Entry(Entry::resolve(&mut self.texts, &entry)));
        }
    }

    fn rule(&mut self, number: usize, rule: &model::HouseRule) -> RuleItem {
        RuleItem {
            number,
            text: self.texts.blocks(&rule.text),
            strength: rule.strength.map(Strength::danish),
            reason: rule.reason.as_ref().map(|reason| self.texts.blocks(reason)),
            basis: rule
                .basis
                .as_ref()
                .map(|basis| Typesetter::line(&basis.text)),
            language: TextLanguage::of(rule.language.as_ref()),
        }
    }

    /// A card; `named` where it stands in its own place.
    fn card(&mut self, action: &model::Action, named: Option<&NamedBlock>) -> Content {
        let steps = action.steps.iter().enumerate();
        let referred_to = named.filter(|named| named.is_referred_to);
        Content::Card {
            id: named.map(|named| named.anchor.clone()),
            anchor: referred_to.map(|named| named.anchor.clone()),
            situation: Typesetter::line(&action.situation.text),
            steps: steps
                .map(|(index, step)| StepItem {
                    number: index + 1,
                    what: self.texts.blocks(&step.what),
                    who: step.who.as_ref().map(|who| Typesetter::line(&who.text)),
                    when: step.when.as_ref().map(|when| Typesetter::line(&when.text)),
                })
                .collect(),
            contacts: action
                .contacts
                .iter()
                .map(|contact| self.texts.blocks(contact))
                .collect(),
            documentation: action
                .documentation
                .as_ref()
                .map(|text| self.texts.blocks(text)),
            language: TextLanguage::of(action.language.as_ref()),
        }
    }

    fn signature(&mut self, section: &Section) -> Option<Content> {
        let signature = section.signature.as_ref()?;
        Some(Content::Signature {
            intro: signature.intro.as_ref().map(|text| self.texts.blocks(text)),
            place: signature.place.as_ref().map(|place| place.text.clone()),
            roles: signature
                .roles
                .iter()
                .map(|role| role.text.clone())
                .collect(),
            outro: signature.outro.as_ref().map(|text| self.texts.blocks(text)),
            language: TextLanguage::of(signature.language.as_ref()),
        })
    }

    /// The forms of the place an `indsaet` names, with those it inserts itself. `seen` are the places that
    /// this insertion has printed: none comes twice, so circles (RP201) end and doubling chains stay short.
    fn inserted(&mut self, reference: &Reference, seen: &mut BTreeSet<String>) -> Option<Content> {
        let Reference::Named(kind, id) = reference else {
            return None;
        };
        let target = self.targets.find(*kind, id)?;
        if !seen.insert(target.anchor.clone()) {
            return None;
        }
        let section = self.section_at(target);
        let mut content = Vec::new();
        self.gather(section, seen, &mut content);
        Some(Content::Inserted {
            id: target.anchor.clone(),
            label: target.label.clone(),
            heading: heading(section, target),
            content,
        })
    }

    /// A place's forms and those below it, in reading order.
    fn gather(
        &mut self,
        section: &Section,
        seen: &mut BTreeSet<String>,
        content: &mut Vec<Content>,
    ) {
        self.forms(section, None, content);
        for insert in &section.inserts {
            content.extend(self.inserted(&insert.value, seen));
        }
        for child in &section.children {
            self.gather(child, seen, content);
        }
    }

    fn section_at(&self, target: &model::Target) -> &'p Section {
        self.section(target.kind, &target.path)
    }

    fn section(&self, kind: ReferenceKind, path: &[usize]) -> &'p Section {
        let protocol: &'p Protocol = self.protocol;
        let top = match kind {
            ReferenceKind::Appendix => &protocol.appendices,
            _ => &protocol.sections,
        };
        let (first, below) = path
            .split_first()
            .expect("a place's path begins at the top level");
        below
            .iter()
            .fold(&top[*first], |section, &index| &section.children[index])
    }
}

/// The words of a heading: without what is typed before it, where the program numbers.
fn heading(section: &Section, target: &model::Target) -> String {
    let typed = section.heading.text.as_str();
    Typesetter::line(
        match (target.numbering, target.kind, model::typed_letter(typed)) {
            (Numbering::Nothing, ReferenceKind::Section, _) => typed,
            (Numbering::Letters, _, Some(letter)) => typed[letter.len()..].trim_start(),
            // Below a letter "A.1" is what the program sets as well.
            (Numbering::Numbers, ReferenceKind::Section, None)
                if target.number.starts_with(char::is_alphabetic) =>
            {
                model::without_label(typed)
            }
            _ => model::without_typed_number(typed),
        },
    )
}

/// "Til borgere og pårørende"; nothing where it is for everybody.
fn readers(readers: &[Reader]) -> Option<String> {
    let names: Vec<&str> = readers.iter().map(|reader| reader.plural()).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() {
        format!("Til {last}")
    } else {
        format!("Til {} og {last}", others.join(", "))
    })
}

fn field(field: &model::Field) -> FieldItem {
    FieldItem {
        name: Typesetter::line(&field.name.text),
        lines: field.lines,
        kind: match field.kind {
            model::FieldKind::Text => FieldKind::Text,
            model::FieldKind::Date => FieldKind::Date,
            model::FieldKind::Checkbox => FieldKind::Checkbox,
        },
        language: TextLanguage::of(field.language.as_ref()),
    }
}
