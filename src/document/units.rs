//! The document as what can be read in it, piece by piece: a unit a paragraph, rule, step or row of a table.
//!
//! Two editions are compared by their units, and a fingerprint is made of them, so that the two never
//! disagree on whether something changed. How a text is set (emphasis, quotation marks, spaces, where lines
//! break) is not in them; what a link leads to is. Nothing is compared or hashed here.

use super::wording::{AutoRef, Wording};
use super::{
    Alignment, Block, ContactItem, Content, Entry, EntryField, EntryTexts, FieldItem, FieldKind,
    Figure, Inline, Part, RoleItem, RuleItem, ShortAnswer, StepItem, TaskItem, TermItem, Way,
};

/// The id of the word list: of what rusprot adds, the one part that says something of the area's own.
pub(crate) const WORD_LIST: &str = "rp-ordliste";

/// A piece of a part that stands or changes as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its number among those of its kind, as printed; 0 where it has none. Not a part of what it says.
    pub number: usize,
    /// Whether it is the skabelon's common text.
    pub common: bool,
    /// What it says, a text a field; the first is its own text.
    pub fields: Vec<UnitField>,
}

/// A text of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitField {
    /// What the text is, in Danish: `hvem`, `begrundelse`, the heading of a table's column. Empty for the
    /// unit's own text.
    pub label: String,
    /// The text as people read it, with single spaces.
    pub text: String,
    /// The references in it whose words were made from their targets, in order.
    pub refs: Vec<AutoRef>,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table, its header included.
    Row,
    /// A term and what it means.
    Term,
    /// A footnote.
    Note,
    /// A role.
    Role,
    /// A house rule.
    Rule,
    /// The name of a group of questions, or a question in it.
    Question,
    /// A blank to fill in.
    Blank,
    /// The situation an action card is for.
    Situation,
    /// A step of an action card.
    Step,
    /// Who to turn to.
    Contact,
    /// What is written down.
    Documentation,
    /// A dilemma.
    Dilemma,
    /// A task.
    Task,
    /// An attached file.
    File,
    /// What is signed, and who signs.
    Signature,
    /// Another place's forms, printed here as well.
    Insertion,
    /// A figure's caption; its points are items.
    Figure,
    /// A building block that has no kind of its own here.
    Block,
}

impl UnitKind {
    /// The kind in Danish, for one and for several: "regel", "regler".
    pub const fn danish(self) -> (&'static str, &'static str) {
        match self {
            Self::Paragraph => ("tekststykke", "tekststykker"),
            Self::Item => ("punkt", "punkter"),
            Self::Row => ("tabelrække", "tabelrækker"),
            Self::Term => ("ordforklaring", "ordforklaringer"),
            Self::Note => ("fodnote", "fodnoter"),
            Self::Role => ("rolle", "roller"),
            Self::Rule => ("regel", "regler"),
            Self::Question => ("spørgsmål", "spørgsmål"),
            Self::Blank => ("felt", "felter"),
            Self::Situation => ("situation", "situationer"),
            Self::Step => ("trin", "trin"),
            Self::Contact => ("kontakt", "kontakter"),
            Self::Documentation => ("linje om dokumentation", "linjer om dokumentation"),
            Self::Dilemma => ("dilemma", "dilemmaer"),
            Self::Task => ("opgave", "opgaver"),
            Self::File => ("vedlagt fil", "vedlagte filer"),
            Self::Signature => ("underskrift", "underskrifter"),
            Self::Insertion => ("indsat liste", "indsatte lister"),
            Self::Figure => ("figur", "figurer"),
            Self::Block => ("byggesten", "byggesten"),
        }
    }
}

/// The units of a part itself, in the order of printing; those of the parts below it are theirs.
pub fn units(part: &Part) -> Vec<Unit> {
    let mut reader = Reader::default();
    if let Some(obligatory) = &part.obligatory {
        reader.common = true;
        reader.blocks(&obligatory.blocks);
        reader.common = false;
    }
    for content in part.content.iter().chain(&part.closing) {
        reader.content(content);
    }
    if part.id == WORD_LIST {
        // The word list is counted in the order it had before lists for people had the alphabet's: approvals
        // rest on that.
        reader
            .units
            .sort_by_cached_key(|unit| unit.fields[0].text.to_lowercase());
    }
    reader.units
}

#[derive(Default)]
struct Reader {
    units: Vec<Unit>,
    common: bool,
}

impl Reader {
    fn unit(&mut self, kind: UnitKind, number: usize, fields: Vec<UnitField>) {
        if fields.iter().all(|field| field.text.is_empty()) {
            return;
        }
        self.units.push(Unit {
            kind,
            number,
            common: self.common,
            fields,
        });
    }

    fn line(&mut self, kind: UnitKind, text: impl Into<Wording>) {
        self.unit(kind, 0, vec![own(text)]);
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Text { blocks } => self.blocks(blocks),
            Content::ShortAnswers { items } => items.iter().for_each(|one| self.answer(one)),
            Content::Figure(figure) => self.figure(figure),
            // Its number shifts with other tables.
            Content::Table {
                anchor: _,
                title,
                caption: _,
                blocks,
                language: _,
            } => {
                if let Some(title) = title {
                    self.line(UnitKind::Paragraph, title);
                }
                self.blocks(blocks);
            }
            Content::Terms { items } => items.iter().for_each(|term| self.term(term)),
            Content::Roles { items } => items.iter().for_each(|role| self.role(role)),
            Content::Rules { items } => items.iter().for_each(|rule| self.rule(rule)),
            Content::Group { name, items, .. } => {
                if let Some(name) = name {
                    self.line(UnitKind::Question, name);
                }
                for question in items {
                    let text = self.plain(&question.text);
                    self.unit(UnitKind::Question, question.number, vec![own(text)]);
                }
            }
            Content::Fields { items } => items.iter().for_each(|field| self.blank(field)),
            Content::Card {
                id: _,
                anchor: _,
                situation,
                steps,
                contacts,
                documentation,
                language: _,
            } => {
                self.line(UnitKind::Situation, situation);
                steps.iter().for_each(|step| self.step(step));
                for contact in contacts {
                    let text = self.plain(contact);
                    self.unit(UnitKind::Contact, 0, vec![own(text)]);
                }
                if let Some(documentation) = documentation {
                    let text = self.plain(documentation);
                    self.unit(UnitKind::Documentation, 0, vec![own(text)]);
                }
            }
            Content::Dilemma {
                situation,
                does,
                reason,
                language: _,
            } => self.dilemma(situation, does, reason.as_deref()),
            Content::Tasks { items } => items.iter().for_each(|task| self.task(task)),
            Content::Contacts { items } => items.iter().for_each(|item| self.contact(item)),
            Content::Entry(entry) => self.entry(entry),
            Content::File { path, .. } => self.line(UnitKind::File, path),
            Content::Signature {
                intro,
                place,
                roles,
                outro,
                language: _,
            } => self.signature(intro.as_deref(), place.as_deref(), roles, outro.as_deref()),
            // What is inserted is read at its own place; here it is that it is inserted that matters.
            Content::Inserted {
                id, label, heading, ..
            } => {
                let name = Wording::reference(format!("{label}: {heading}"), id);
                self.line(UnitKind::Insertion, name);
            }
        }
    }

    fn signature(
        &mut self,
        intro: Option<&[Block]>,
        place: Option<&str>,
        roles: &[String],
        outro: Option<&[Block]>,
    ) {
        let intro = intro.map(|blocks| self.plain(blocks));
        let mut fields = vec![own(intro.unwrap_or_default())];
        fields.extend(optional("sted", place));
        fields.extend(optional("hvem", Some(roles.join(", "))));
        let outro = outro.map(|blocks| self.plain(blocks));
        fields.extend(optional("til sidst", outro));
        self.unit(UnitKind::Signature, 0, fields);
    }

    /// A figure and its points. Duties and their dates are the year wheel's, which is no part of what a
    /// protocol says.
    fn figure(&mut self, figure: &Figure) {
        let mut fields = vec![own(&figure.title)];
        fields.extend(optional("type", Some(figure.kind.word())));
        fields.extend(optional("midte", figure.middle.as_deref()));
        self.unit(UnitKind::Figure, 0, fields);
        for item in figure.items.iter().filter(|_| !figure.shows_duties) {
            let mut fields = vec![own(&item.name)];
            fields.extend(optional("hvornår", item.when.as_deref()));
            fields.extend(optional("tekst", Some(self.plain(&item.text))));
            self.unit(UnitKind::Item, item.number, fields);
        }
    }

    fn answer(&mut self, answer: &ShortAnswer) {
        let ShortAnswer { name, text } = answer;
        let text = self.plain(text);
        self.unit(UnitKind::Row, 0, vec![own(name), labelled("svar", text)]);
    }

    fn term(&mut self, term: &TermItem) {
        let mut fields = vec![own(&term.word)];
        fields.push(labelled("betyder", self.plain(&term.meaning)));
        fields.extend(optional("også kaldet", Some(term.aliases.join(", "))));
        self.unit(UnitKind::Term, 0, fields);
    }

    fn role(&mut self, role: &RoleItem) {
        let mut fields = vec![own(&role.title)];
        fields.extend(optional("også kaldet", Some(role.aliases.join(", "))));
        self.unit(UnitKind::Role, 0, fields);
        self.items(&role.tasks);
    }

    fn dilemma(&mut self, situation: &str, does: &[Vec<Block>], reason: Option<&[Block]>) {
        let mut fields = vec![own(situation)];
        let reason = reason.map(|blocks| self.plain(blocks));
        fields.extend(optional("derfor", reason));
        self.unit(UnitKind::Dilemma, 0, fields);
        self.items(does);
    }

    /// A block that says nothing but its texts: all of them, each by its key, and what it is.
    fn entry(&mut self, entry: &Entry) {
        let mut fields = Vec::with_capacity(entry.fields.len() + 1);
        for EntryField { key, texts, .. } in &entry.fields {
            let text = match texts {
                EntryTexts::Line(line) => line.into(),
                EntryTexts::Lines(lines) => lines.join(", ").into(),
                EntryTexts::Text(blocks) => self.plain(blocks),
                EntryTexts::Texts(texts) => self.all_plain(texts),
            };
            let label = if fields.is_empty() { "" } else { key };
            fields.push(labelled(label, text));
        }
        fields.push(labelled("type", entry.key));
        self.unit(UnitKind::Block, 0, fields);
    }

    fn items(&mut self, items: &[Vec<Block>]) {
        for item in items {
            self.item(None, item);
        }
    }

    fn task(&mut self, task: &TaskItem) {
        let mut fields = vec![own(self.inline(&task.what))];
        fields.extend(optional("hvem", Some(task.responsible.join(", "))));
        fields.extend(optional("hvornår", task.deadline.as_deref()));
        let status = task.status.as_ref().map(|status| status.text.as_str());
        fields.extend(optional("status", status));
        self.unit(UnitKind::Task, 0, fields);
    }

    fn contact(&mut self, contact: &ContactItem) {
        let way = |way: &Option<Way>| way.as_ref().map(|way| way.text.clone());
        let mut fields = vec![own(&contact.function)];
        fields.extend(optional("telefon", way(&contact.phone)));
        fields.extend(optional("mail", way(&contact.mail)));
        fields.extend(optional("hjemmeside", way(&contact.web)));
        fields.extend(optional("hvor", contact.external.then_some("ekstern")));
        fields.extend(optional("tider", contact.hours.as_deref()));
        fields.extend(optional("adresse", Some(contact.address.join(", "))));
        let text = contact.text.as_ref().map(|blocks| self.plain(blocks));
        fields.extend(optional("mere", text));
        self.unit(UnitKind::Contact, 0, fields);
    }

    fn rule(&mut self, rule: &RuleItem) {
        let mut fields = vec![own(self.plain(&rule.text))];
        fields.extend(optional("styrke", rule.strength));
        let reason = rule.reason.as_ref().map(|blocks| self.plain(blocks));
        fields.extend(optional("begrundelse", reason));
        fields.extend(optional("hjemmel", rule.basis.as_deref()));
        self.unit(UnitKind::Rule, rule.number, fields);
    }

    fn step(&mut self, step: &StepItem) {
        let mut fields = vec![own(self.plain(&step.what))];
        fields.extend(optional("hvem", step.who.as_deref()));
        fields.extend(optional("hvornår", step.when.as_deref()));
        self.unit(UnitKind::Step, step.number, fields);
    }

    fn blank(&mut self, field: &FieldItem) {
        let kind = match field.kind {
            FieldKind::Text => None,
            FieldKind::Date => Some("dato"),
            FieldKind::Checkbox => Some("afkrydsning"),
        };
        let mut fields = vec![own(&field.name)];
        fields.extend(optional("type", kind));
        self.unit(UnitKind::Blank, 0, fields);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content } => self.run(UnitKind::Paragraph, content),
            Block::List { items, .. } => {
                for item in items {
                    self.item(item.checked, &item.blocks);
                }
            }
            Block::Quote { blocks } => self.blocks(blocks),
            Block::Table {
                caption,
                header,
                rows,
                align,
            } => {
                if let Some(caption) = caption {
                    self.line(UnitKind::Paragraph, caption);
                }
                self.table(align, header, rows);
            }
            Block::Definitions { items } => {
                for item in items {
                    let term = self.inline(&item.term);
                    let meaning = self.all_plain(&item.definitions);
                    let fields = vec![own(term), labelled("betyder", meaning)];
                    self.unit(UnitKind::Term, 0, fields);
                }
            }
            Block::Code { text } => self.line(UnitKind::Paragraph, text),
            Block::Divider {} => {}
        }
    }

    /// An item with the text before its first list; what is listed below it are items of their own.
    fn item(&mut self, checked: Option<bool>, blocks: &[Block]) {
        let is_listed = |block: &&Block| matches!(block, Block::List { .. } | Block::Table { .. });
        let mut text = Wording::from(match checked {
            Some(true) => "[x]",
            Some(false) => "[ ]",
            None => "",
        });
        for block in blocks.iter().filter(|block| !is_listed(block)) {
            self.add_block(block, &mut text);
        }
        self.line(UnitKind::Item, text);
        for block in blocks.iter().filter(is_listed) {
            self.block(block);
        }
    }

    fn table(&mut self, align: &[Alignment], header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let columns = align.len().max(header.len());
        let heads = header.iter().map(|cell| self.inline(cell).tidied());
        let heads: Vec<Wording> = heads.collect();
        if heads.iter().any(|head| !head.text.is_empty()) {
            let fields = heads.iter().cloned().map(own).collect();
            self.unit(UnitKind::Row, 0, fields);
        }
        for (index, row) in rows.iter().enumerate() {
            let cells = row.iter().take(columns.max(row.len())).enumerate();
            let fields = cells
                .map(|(column, cell)| {
                    let head = heads.get(column).map_or("", |head| &head.text);
                    labelled(head, self.inline(cell))
                })
                .collect();
            self.unit(UnitKind::Row, index + 1, fields);
        }
    }

    fn run(&mut self, kind: UnitKind, content: &[Inline]) {
        let before = self.units.len();
        let text = self.inline(content);
        // The run's footnotes have come first; they belong after it.
        let notes = self.units.split_off(before);
        self.line(kind, text);
        self.units.extend(notes);
    }

    /// Blocks as one text, whose spaces are as they come; footnotes become units of their own.
    fn plain(&mut self, blocks: &[Block]) -> Wording {
        let mut text = Wording::default();
        self.add(blocks, &mut text);
        text
    }

    /// The blocks of several texts as one.
    fn all_plain(&mut self, texts: &[Vec<Block>]) -> Wording {
        let mut all = Wording::default();
        for blocks in texts {
            self.add(blocks, &mut all);
        }
        all
    }

    fn add(&mut self, blocks: &[Block], into: &mut Wording) {
        for block in blocks {
            self.add_block(block, into);
        }
    }

    fn add_block(&mut self, block: &Block, into: &mut Wording) {
        match block {
            Block::Paragraph { content } => self.add_run(content, into),
            Block::List { items, .. } => {
                for item in items {
                    self.add(&item.blocks, into);
                }
            }
            Block::Quote { blocks } => self.add(blocks, into),
            Block::Code { text } => {
                into.part();
                into.text.push_str(text);
            }
            Block::Table { header, rows, .. } => {
                for cell in std::iter::once(header).chain(rows).flatten() {
                    self.add_run(cell, into);
                }
            }
            Block::Definitions { items } => {
                for item in items {
                    self.add_run(&item.term, into);
                    for definition in &item.definitions {
                        self.add(definition, into);
                    }
                }
            }
            Block::Divider {} => {}
        }
    }

    fn add_run(&mut self, content: &[Inline], into: &mut Wording) {
        into.part();
        self.push(content, into);
    }

    /// A run as a text, whose spaces are as they come.
    fn inline(&mut self, content: &[Inline]) -> Wording {
        let mut wording = Wording::default();
        self.push(content, &mut wording);
        wording
    }

    fn push(&mut self, content: &[Inline], into: &mut Wording) {
        for inline in content {
            match inline {
                Inline::Text { text: letters } | Inline::Code { text: letters } => {
                    into.text.push_str(letters);
                }
                Inline::Emph { content } | Inline::Strong { content } => self.push(content, into),
                Inline::Strike { content } => {
                    into.text.push_str("~~");
                    self.push(content, into);
                    into.text.push_str("~~");
                }
                Inline::Break {} => into.text.push(' '),
                Inline::Link { url, content } => {
                    let from = into.text.len();
                    self.push(content, into);
                    let bare = url.split_once(':').map_or(url.as_str(), |(_, rest)| rest);
                    let shown = &into.text[from..];
                    if shown != url && shown != bare {
                        into.text.push_str(&format!(" ({url})"));
                    }
                }
                Inline::Ref { id, content, page } => {
                    let from = into.text.len();
                    self.push(content, into);
                    if *page {
                        into.refer(from, id);
                    }
                }
                Inline::Image { file, alt } => {
                    into.text.push_str(&format!("[billede {file}: {alt}]"));
                }
                Inline::Footnote { number, blocks, .. } => {
                    let note = self.plain(blocks);
                    self.unit(UnitKind::Note, *number, vec![own(note)]);
                }
                Inline::FootnoteAgain { .. } => {}
            }
        }
    }
}

fn own(text: impl Into<Wording>) -> UnitField {
    labelled("", text)
}

fn labelled(label: &str, text: impl Into<Wording>) -> UnitField {
    let Wording { text, refs } = text.into().tidied();
    let label = label.to_owned();
    UnitField { label, text, refs }
}

fn optional(label: &str, text: Option<impl Into<Wording>>) -> Option<UnitField> {
    let field = labelled(label, text?);
    (!field.text.is_empty()).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Definition, Given, PartKind};

    #[test]
    fn the_word_list_counts_the_same_in_whatever_order_it_is_printed() {
        let of = |words: [&str; 3]| {
            let definition = |word: &str| Definition {
                term: vec![Inline::text(word)],
                definitions: Vec::new(),
            };
            let items = words.iter().map(|word| definition(word)).collect();
            let part = Part {
                id: WORD_LIST.to_owned(),
                kind: PartKind::Backmatter,
                number: String::new(),
                level: 1,
                heading: "Ordliste".to_owned(),
                language: None,
                readers: None,
                obligatory: None,
                content: vec![Content::Text {
                    blocks: vec![Block::Definitions { items }],
                }],
                parts: Vec::new(),
                closing: Vec::new(),
                given: Given::default(),
            };
            let units = units(&part).into_iter();
            units
                .map(|unit| unit.fields[0].text.clone())
                .collect::<Vec<_>>()
        };
        // As code points stand, which is how the first approvals counted it.
        assert_eq!(of(["ÆB", "ØB", "ÅB"]), ["ÅB", "ÆB", "ØB"]);
        assert_eq!(of(["ØB", "ÅB", "ÆB"]), ["ÅB", "ÆB", "ØB"]);
    }
}
