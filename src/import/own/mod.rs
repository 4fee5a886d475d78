//! A document that rusprot wrote itself, back to what it was: its headings as they are styled, and its blocks, which
//! say what they are.
//!
//! A shape that somebody has changed so that it is no longer understood is running text: no word is lost. What
//! rusprot prints around the text, such as "Hjemmel:", is left out, since it is printed anew.

mod outline;
pub(super) mod shapes;

use std::rc::Rc;

pub use outline::{answers, outline, part_id};
pub use shapes::{is_opening, named_blocks, within};

use self::shapes::{
    PLACED, block_id, decoded, first_paragraph, heading_in, is_said, items, language_of, moved_out,
    name_of, placed, plain, running, runs_of, shape, strong_and_rest, unmarked, without_labels,
    without_number, words_of, writing_lines,
};
use super::draft::{Draft, Entry};
use super::lists::flows;
use super::markdown::Writer;
use super::source::{Block, Own, Paragraph, Reason, Run, visit_paragraphs};
use crate::model::{Blocks, slug};
use crate::text::visible::single_spaced;
use crate::text::{TypedDate, typed_date};

/// Takes the blocks of a part apart. What is running text is left; all else goes into the draft.
pub struct Apart<'a, 'w> {
    /// What writes texts.
    pub writer: &'a mut Writer<'w>,
    /// What is made.
    pub draft: Draft,
    /// The obligatory texts, as they stand in the document.
    pub obligatory: Vec<Block>,
    /// The code of the part's language, where it is not Danish.
    pub language: Option<Rc<str>>,
}

impl Apart<'_, '_> {
    /// The running text of a part.
    pub fn take(&mut self, blocks: &[Block]) -> Vec<Block> {
        self.take_all(blocks, false)
    }

    /// The text before the sub-sections: what blocks are in it, it places.
    pub fn take_opening(&mut self, blocks: &[Block]) -> Vec<Block> {
        self.take_all(blocks, true)
    }

    fn take_all(&mut self, blocks: &[Block], is_opening: bool) -> Vec<Block> {
        let mut text = Vec::new();
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            if let Some(name) = placed(block, (!is_opening).then_some(after)) {
                text.push(Block::Own(Own {
                    class: format!("{PLACED}{name}"),
                    blocks: Vec::new(),
                }));
            }
            rest = after;
            let Block::Own(own) = block else {
                text.push(block.clone());
                continue;
            };
            if !is_said(own) {
                text.push(block.clone());
            } else if own.class.starts_with("heading") {
                rest = self.headed(own, after, &mut text);
            } else if !self.shape(own) {
                text.extend(own.blocks.iter().map(|block| plain(block.clone())));
            }
        }
        text
    }

    /// What stands below a heading of its own: questions, or what is inserted from another place.
    fn headed<'b>(&mut self, own: &Own, after: &'b [Block], text: &mut Vec<Block>) -> &'b [Block] {
        match after {
            [Block::Own(source), Block::Own(below), rest @ ..]
                if source.class == "source" && below.class == "below" =>
            {
                if let Some(target) = self.target_of(&source.blocks) {
                    self.draft.inserts.push(target);
                    for own in [own, source, below] {
                        self.leave(&own.blocks);
                    }
                    return rest;
                }
            }
            [Block::Own(questions), rest @ ..] if questions.class == "questions" => {
                self.group(Some(&words_of(&own.blocks)), &questions.blocks);
                return rest;
            }
            _ => {}
        }
        text.extend(own.blocks.iter().cloned());
        after
    }

    /// A shape as what it is; `false` where it is none that is known.
    fn shape(&mut self, own: &Own) -> bool {
        let Own { class, blocks } = own;
        match class.as_str() {
            "readers" => self.readers(blocks),
            "obligatory" => self.common(blocks),
            "rules" => self.rules(blocks),
            "questions" => self.group(None, blocks),
            "fields" => self.fields(blocks),
            "card" => self.card(own),
            "card dilemma" => self.dilemma(blocks),
            "role" => self.role(blocks),
            "terms" => self.terms(blocks),
            "short-answers" => self.short_answers(blocks),
            "tasks" => self.tasks(blocks),
            "contacts" => self.contacts(blocks),
            "sheet" => self.sheet(own),
            "signature" => self.signature(blocks),
            "file" => return self.file(blocks),
            class => match class.strip_prefix("figure:") {
                Some(kind) => self.figure(kind, own),
                None => return self.declared(class, blocks),
            },
        }
        true
    }

    /// Adds a block that was made of some runs, with its language where that is another than the part's.
    fn add<'r>(&mut self, mut entry: Entry, runs: impl IntoIterator<Item = &'r Run>) {
        if let Some(language) = language_of(runs.into_iter())
            && language != self.language
        {
            entry.line("sprog", language.as_deref().unwrap_or("da"));
        }
        self.draft.entries.push(entry);
    }

    fn leave(&mut self, blocks: &[Block]) {
        let source = self.writer.source;
        let ledger = &mut *self.writer.ledger;
        visit_paragraphs(blocks, &mut |paragraph| {
            ledger.leave(Reason::Own, &source.plain(&paragraph.runs));
        });
    }

    fn leave_words(&mut self, words: &str) {
        self.writer.ledger.leave(Reason::Own, words);
    }

    /// Running text; marks that only labels bear are left.
    fn text(&mut self, blocks: &[Block]) -> String {
        let source = self.writer.source;
        let flows = flows(blocks, source, self.writer.ledger);
        self.writer.text(&flows)
    }

    /// The first paragraph of an item with the running text after it.
    fn item_text(&mut self, first: &Paragraph, rest: &[Block]) -> String {
        let running = rest
            .iter()
            .filter(|block| !matches!(block, Block::Own(own) if is_said(own)));
        let first = Block::Paragraph(Paragraph {
            indent: 0,
            ..first.clone()
        });
        let rest: Vec<Block> = running.cloned().collect();
        let blocks: Vec<Block> = std::iter::once(first).chain(moved_out(&rest)).collect();
        self.text(&blocks)
    }

    /// The texts of a list.
    fn points(&mut self, blocks: &[Block]) -> Vec<String> {
        let mut points: Vec<Vec<Block>> = Vec::new();
        for block in blocks {
            match (block, points.last_mut()) {
                (Block::Paragraph(paragraph), None) => {
                    points.push(vec![Block::Paragraph(unmarked(paragraph))]);
                }
                (Block::Paragraph(paragraph), Some(_))
                    if paragraph.mark.is_some_and(|mark| mark.level == 0) =>
                {
                    points.push(vec![Block::Paragraph(unmarked(paragraph))]);
                }
                (block, Some(point)) => point.extend(moved_out(std::slice::from_ref(block))),
                (block, None) => points.push(vec![block.clone()]),
            }
        }
        let texts = points.iter().map(|point| self.text(point));
        let texts: Vec<String> = texts.collect();
        texts
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .collect()
    }

    /// Where a line leads, as a reference.
    fn target_of(&self, blocks: &[Block]) -> Option<String> {
        let paragraph = first_paragraph(blocks);
        let link = paragraph.runs.iter().find_map(|run| match run {
            Run::Text(run) => run.link.as_deref(),
            _ => None,
        })?;
        self.writer
            .targets
            .bookmarks
            .get(link.strip_prefix('#')?)
            .cloned()
    }

    fn readers(&mut self, blocks: &[Block]) {
        const READERS: [&str; 4] = ["borger", "medarbejder", "leder", "paaroerende"];
        let words = slug(&words_of(blocks));
        let named = |reader: &&str| words.split('-').any(|word| word.starts_with(*reader));
        self.draft.readers = READERS.into_iter().filter(named).collect();
        self.leave(blocks);
    }

    fn common(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Own(own) if own.class == "label" => self.leave(&own.blocks),
                block => self.obligatory.push(block.clone()),
            }
        }
    }

    fn rules(&mut self, blocks: &[Block]) {
        for (first, rest) in items(blocks, "rules") {
            let mut entry = Entry::of("regel");
            let text = self.item_text(&first, &rest);
            entry.text("tekst", &text);
            if let Some(strength) = shape(&rest, "strength") {
                entry.line("styrke", &slug(&words_of(&strength.blocks)));
                self.leave(&strength.blocks);
            }
            if let Some(reason) = shape(&rest, "reason") {
                let reason = self.text(&reason.blocks);
                entry.text("begrundelse", &reason);
            }
            if let Some(basis) = shape(&rest, "basis") {
                let words = words_of(&basis.blocks);
                let basis = words.strip_prefix("Hjemmel:").unwrap_or(&words);
                if basis.len() < words.len() {
                    self.leave_words("Hjemmel:");
                }
                entry.line("hjemmel", basis);
            }
            self.add(entry, first.runs.iter().chain(runs_of(&rest)));
        }
    }

    fn group(&mut self, name: Option<&str>, blocks: &[Block]) {
        let mut entry = Entry::of("gruppe");
        entry.line("navn", name.unwrap_or_default());
        let mut lines = 0;
        let mut questions = Vec::new();
        for (first, rest) in items(blocks, "questions") {
            lines = lines.max(writing_lines(&rest));
            questions.push(self.item_text(&first, &rest));
        }
        entry.texts("punkter", &questions);
        if lines > 0 {
            entry.value("linjer", &lines);
        }
        self.add(entry, runs_of(blocks));
    }

    fn fields(&mut self, blocks: &[Block]) {
        let mut fields: Vec<(Entry, usize, &Own)> = Vec::new();
        for block in blocks {
            let Block::Own(own) = block else { continue };
            match own.class.as_str() {
                "blank" | "checkbox" => {
                    let mut entry = Entry::of("felt");
                    entry.line("navn", &words_of(&own.blocks));
                    if own.class == "checkbox" {
                        entry.line("type", "afkrydsning");
                    }
                    fields.push((entry, 0, own));
                }
                "writing" => {
                    if let Some((_, lines, _)) = fields.last_mut() {
                        *lines += 1;
                    }
                }
                "date" => {
                    if let Some((entry, ..)) = fields.last_mut() {
                        entry.line("type", "dato");
                    }
                }
                _ => {}
            }
        }
        for (mut entry, lines, own) in fields {
            if lines > 1 {
                entry.value("linjer", &lines);
            }
            self.add(entry, runs_of(&own.blocks));
        }
    }

    fn card(&mut self, own: &Own) {
        let blocks = &own.blocks;
        let mut entry = Entry::of("handling");
        self.id(&mut entry, own);
        entry.line("situation", &heading_in(blocks));
        let steps = shape(blocks, "steps").map(|steps| items(&steps.blocks, "steps"));
        for (first, rest) in steps.unwrap_or_default() {
            let mut step = Entry::of("trin");
            let text = self.item_text(&first, &rest);
            step.text("goer", &text);
            if let Some(who) = shape(&rest, "who") {
                let (who, when) = strong_and_rest(&first_paragraph(&who.blocks));
                step.line("hvem", &who);
                step.line("hvornaar", &when);
            }
            entry.below.push(step);
        }
        self.feet(
            blocks,
            &mut entry,
            [
                ("Kontakt", "kontakt", true),
                ("Dokumentation", "dokumentation", false),
            ],
        );
        self.add(entry, runs_of(blocks));
    }

    /// What stands last on a card, each part with its label: the label, the key, and whether it is a list.
    fn feet<const N: usize>(
        &mut self,
        blocks: &[Block],
        entry: &mut Entry,
        known: [(&str, &'static str, bool); N],
    ) {
        for block in blocks {
            let Block::Own(own) = block else { continue };
            let Some(label) = shape(&own.blocks, "label") else {
                continue;
            };
            let words = words_of(&label.blocks);
            let Some((_, key, is_list)) = known.iter().find(|(label, _, _)| *label == words) else {
                continue;
            };
            self.leave(&label.blocks);
            let rest = without_labels(&own.blocks);
            if *is_list {
                let points = self.points(&rest);
                entry.texts(key, &points);
            } else {
                let text = self.text(&rest);
                entry.text(key, &text);
            }
        }
    }

    fn dilemma(&mut self, blocks: &[Block]) {
        let mut entry = Entry::of("dilemma");
        entry.line("situation", &heading_in(blocks));
        if let Some(label) = shape(blocks, "label") {
            self.leave(&label.blocks);
        }
        let points = self.points(&running(blocks));
        entry.texts("goer", &points);
        self.feet(blocks, &mut entry, [("Derfor", "hvorfor", false)]);
        self.add(entry, runs_of(blocks));
    }

    fn role(&mut self, blocks: &[Block]) {
        let mut entry = Entry::of("rolle");
        entry.line("titel", &heading_in(blocks));
        let points = self.points(&running(blocks));
        entry.texts("ansvar", &points);
        if let Some(also) = shape(blocks, "also") {
            let names = self.aliases(&words_of(&also.blocks));
            entry.lines("ogsaa", &names);
        }
        self.add(entry, runs_of(blocks));
    }

    /// The names behind "Også kaldet:".
    fn aliases(&mut self, words: &str) -> Vec<String> {
        let (label, names) = words.split_once(':').unwrap_or(("", words));
        self.leave_words(label);
        let names = names.split(", ").map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    }

    fn terms(&mut self, blocks: &[Block]) {
        for (term, meaning) in items(blocks, "term") {
            let mut entry = Entry::of("begreb");
            let words = single_spaced(&term.letters());
            let aside = words
                .strip_suffix(')')
                .and_then(|rest| rest.rsplit_once(" (også kaldet:"));
            entry.line("ord", aside.map_or(words.as_str(), |(word, _)| word));
            let text = self.text(&moved_out(&meaning));
            entry.text("betyder", &text);
            if let Some((_, names)) = aside {
                let names = self.aliases(&format!("også kaldet:{names}"));
                entry.lines("ogsaa", &names);
            }
            self.add(entry, term.runs.iter().chain(runs_of(&meaning)));
        }
    }

    /// Short answers: what is answered is the key itself.
    fn short_answers(&mut self, blocks: &[Block]) {
        for (term, meaning) in items(blocks, "term") {
            let name = single_spaced(&term.letters());
            let text = self.text(&moved_out(&meaning));
            self.draft.facts.push((name, text));
        }
    }

    fn tasks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let Block::Table(table) = block else { continue };
            let (head, rows) = table.rows.split_at(table.header_rows.min(table.rows.len()));
            let heads: Vec<String> = head
                .iter()
                .flatten()
                .map(|cell| words_of(&cell.blocks))
                .collect();
            for cell in head.iter().flatten() {
                self.leave(&cell.blocks);
            }
            for row in rows {
                let mut entry = Entry::of("opgave");
                for (at, cell) in row.iter().enumerate() {
                    let said = words_of(&cell.blocks);
                    match heads.get(at).map_or("", String::as_str) {
                        _ if at == 0 => {
                            let text = self.text(&cell.blocks);
                            entry.text("hvad", &text);
                        }
                        _ if said == "–" => {}
                        "Hvem" => {
                            let roles: Vec<String> = said.split(", ").map(str::to_owned).collect();
                            entry.lines("ansvarlig", &roles);
                        }
                        "Hvornår" => self.day_or_words(&mut entry, "frist", &said),
                        _ => {
                            entry.line("status", &slug(&said));
                            self.leave_words(&said);
                        }
                    }
                }
                self.add(entry, row.iter().flat_map(|cell| runs_of(&cell.blocks)));
            }
        }
    }

    /// A day that is written as one, or words.
    fn day_or_words(&mut self, entry: &mut Entry, key: &'static str, words: &str) {
        match typed_date(words) {
            Some(TypedDate::Day(date)) => {
                entry.value(key, &date);
                self.leave_words(words);
            }
            _ => entry.line(key, words),
        }
    }

    fn contacts(&mut self, blocks: &[Block]) {
        for block in blocks {
            let Block::Own(own) = block else { continue };
            let Some(label) = shape(&own.blocks, "label") else {
                continue;
            };
            let function = words_of(&label.blocks);
            let mut entry = Entry::of("kontakt");
            let (id, _) = block_id(&own.blocks, "kontakt", &function);
            entry.line("id", &id);
            entry.line("funktion", &function);
            for block in &own.blocks {
                if let Block::Own(row) = block
                    && row.class == "row"
                {
                    self.way(&mut entry, &first_paragraph(&row.blocks));
                }
            }
            if let Some(outside) = shape(&own.blocks, "also") {
                entry.value("ekstern", &true);
                self.leave(&outside.blocks);
            }
            let text = self.text(&running(&own.blocks));
            entry.text("tekst", &text);
            self.add(entry, runs_of(&own.blocks));
        }
    }

    /// A way to reach somebody: a label and what it says.
    fn way(&mut self, entry: &mut Entry, paragraph: &Paragraph) {
        let (label, said) = strong_and_rest(paragraph);
        let key = match label.as_str() {
            "Telefon:" => "telefon",
            "Mail:" => "mail",
            "Web:" => "web",
            "Tider:" => "tider",
            "Adresse:" => "adresse",
            _ => return,
        };
        self.leave_words(&label);
        if key == "web" {
            // An address of the web is counted as no text.
            self.leave_words(&said);
        }
        entry.line(key, &said);
    }

    fn signature(&mut self, blocks: &[Block]) {
        let mut entry = Entry {
            table: "underskrift",
            ..Entry::default()
        };
        let is_signer = |block: &Block| matches!(block, Block::Own(own) if own.class == "signer");
        let first = blocks.iter().position(is_signer).unwrap_or(blocks.len());
        let last = blocks.iter().rposition(is_signer).unwrap_or(first);
        let mut roles = Vec::new();
        let mut places = Vec::new();
        for block in &blocks[first.min(blocks.len())..] {
            let Block::Own(own) = block else { continue };
            match own.class.as_str() {
                "signer" => roles.push(words_of(&own.blocks)),
                "place" => {
                    let (label, place) = strong_and_rest(&first_paragraph(&own.blocks));
                    self.leave_words(&label);
                    places.push(place);
                }
                "day" => self.leave(&own.blocks),
                _ => {}
            }
        }
        entry.lines("roller", &roles);
        let intro = self.text(&running(&blocks[..first]));
        entry.text("indledning", &intro);
        places.retain(|place| !place.is_empty());
        if let Some((place, others)) = places.split_first() {
            entry.line("sted", place);
            others.iter().for_each(|place| self.leave_words(place));
        }
        let outro = self.text(&running(&blocks[last.min(blocks.len())..]));
        entry.text("slut", &outro);
        self.add(entry, runs_of(blocks));
    }

    fn file(&mut self, blocks: &[Block]) -> bool {
        let paragraph = first_paragraph(blocks);
        let link = paragraph.runs.iter().find_map(|run| match run {
            Run::Text(run) => run.link.as_deref().map(str::to_owned),
            _ => None,
        });
        let Some(link) = link else { return false };
        self.draft.file = Some(decoded(&link));
        self.leave(blocks);
        true
    }

    /// A table with a name.
    fn sheet(&mut self, own: &Own) {
        let mut entry = Entry::of("tabel");
        self.id(&mut entry, own);
        if let Some(label) = shape(&own.blocks, "label") {
            let (number, title) = without_number(&words_of(&label.blocks));
            self.writer.ledger.leave(Reason::TypedNumber, &number);
            entry.line("titel", &title);
        }
        let text = self.text(&running(&own.blocks));
        entry.text("tekst", &text);
        self.add(entry, runs_of(&own.blocks));
    }

    /// The id of a block, where it is none that comes of its words.
    fn id(&self, entry: &mut Entry, own: &Own) {
        if let Some((_, id, false)) = name_of(own) {
            entry.line("id", &id);
        }
    }

    fn figure(&mut self, kind: &str, own: &Own) {
        let blocks = &own.blocks;
        let (kind, of_duties) = match kind.split_once(':') {
            Some((kind, _)) => (kind, true),
            None => (kind, false),
        };
        let mut entry = Entry::of("figur");
        self.id(&mut entry, own);
        entry.line("type", kind);
        if let Some(caption) = shape(blocks, "caption") {
            let (number, title) = without_number(&words_of(&caption.blocks));
            self.writer.ledger.leave(Reason::TypedNumber, &number);
            entry.line("titel", &title);
        }
        if let Some(intro) = shape(blocks, "intro") {
            let words = words_of(&intro.blocks);
            let (made, middle) = words.split_once("I midten står: ").unwrap_or((&words, ""));
            self.leave_words(made);
            if !middle.is_empty() {
                self.leave_words("I midten står:");
                entry.line("midte", middle.strip_suffix('.').unwrap_or(middle));
            }
        }
        let points = items(blocks, "point").into_iter();
        for (first, rest) in points {
            let (name, when) = strong_and_rest(&first);
            if of_duties {
                self.leave_words(&name);
                self.leave_words(&when);
                self.leave(&rest);
                continue;
            }
            let mut point = Entry::of("punkter");
            point.line("navn", &name);
            self.day_or_words(&mut point, "hvornaar", &when);
            let text = self.text(&moved_out(&running(&rest)));
            point.text("tekst", &text);
            entry.below.push(point);
        }
        self.add(entry, runs_of(blocks));
    }

    /// A block that is declared as texts alone: its running text and its lines, each to the next key that takes it.
    fn declared(&mut self, class: &str, blocks: &[Block]) -> bool {
        let Some((key, rows)) = Blocks::declared(class) else {
            return false;
        };
        let mut entry = Entry::of(key);
        let (mut lines, mut texts) = (Vec::new(), Vec::new());
        for block in blocks {
            match block {
                Block::Own(own) => lines.push(words_of(&own.blocks)),
                Block::Quote(inner) => texts.extend(inner.iter().cloned()),
                block => texts.push(block.clone()),
            }
        }
        let mut lines = lines.into_iter();
        let mut texts = Some(texts);
        for (key, is_line) in rows {
            if is_line {
                entry.line(key, &lines.next().unwrap_or_default());
            } else if let Some(texts) = texts.take() {
                let text = self.text(&texts);
                entry.text(key, &text);
            }
        }
        self.add(entry, runs_of(blocks));
        true
    }
}
