//! The texts a reader meets, each once and in reading order: what rules about words, persons and laws read,
//! and what the word list is made from.
//!
//! What is listed here is seen everywhere. Every table is taken apart key by key, so that the compiler names
//! the one that a new key was forgotten in. Ids, notes to authors and targets of links are no texts; nor is
//! the skabelon's obligatory text, which is nobody's here.

use super::building_blocks::{Action, Field, HouseRule, QuestionGroup, Signature, Step};
use super::entries::{Contact, Deadline, Dilemma, Role, Task, Term};
use super::figure::{Figure, FigureItem, When};
use super::protocol::{Approval, Edition, Event, Institution, Protocol};
use super::richtext::RichText;
use super::section::Section;
use super::shape::Line;

/// A text, and what it is to the reader.
#[derive(Clone, Copy, Debug)]
pub enum Text<'t> {
    /// A section's heading.
    Heading(&'t Line),
    /// A word that what follows explains.
    Term(&'t Line),
    /// A few words in their own place: a field's name, a role, the basis of a rule.
    Label(&'t Line),
    /// How somebody is reached: a telephone, a mail, a line of an address. No words of the language.
    Reach(&'t Line),
    /// Running text.
    Running(&'t RichText),
}

impl<'t> Text<'t> {
    /// The line, where it is one.
    pub const fn line(self) -> Option<&'t Line> {
        match self {
            Self::Heading(line) | Self::Term(line) | Self::Label(line) | Self::Reach(line) => {
                Some(line)
            }
            Self::Running(_) => None,
        }
    }
}

/// What is done with each text.
pub type Visit<'v, 't> = &'v mut dyn FnMut(Text<'t>);

impl Section {
    /// Visits every text of this section, sub-sections left aside.
    pub fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            file: _,
            file_number: _,
            id: _,
            id_span: _,
            level: _,
            span: _,
            heading,
            answers: _,
            readers: _,
            text,
            figures,
            terms,
            roles,
            rules,
            groups,
            fields,
            actions,
            dilemmas,
            tasks,
            contacts,
            attachment: _,
            inserts: _,
            children: _,
            signature,
            exceptions: _,
        } = self;
        visit(Text::Heading(heading));
        running(text, visit);
        figures.iter().for_each(|figure| figure.texts(visit));
        terms.iter().for_each(|term| term.texts(visit));
        roles.iter().for_each(|role| role.texts(visit));
        rules.iter().for_each(|rule| rule.texts(visit));
        groups.iter().for_each(|group| group.texts(visit));
        fields.iter().for_each(|field| field.texts(visit));
        actions.iter().for_each(|action| action.texts(visit));
        dilemmas.iter().for_each(|dilemma| dilemma.texts(visit));
        tasks.iter().for_each(|task| task.texts(visit));
        contacts.iter().for_each(|contact| contact.texts(visit));
        signature
            .iter()
            .for_each(|signature| signature.texts(visit));
    }

    /// Visits every Markdown text of this section, sub-sections left aside.
    pub fn markdown_texts<'t>(&'t self, visit: &mut dyn FnMut(&'t RichText)) {
        self.texts(&mut |text| {
            if let Text::Running(text) = text {
                visit(text);
            }
        });
    }
}

impl Protocol {
    /// Visits what `protokol.toml` says that is printed: the front, and how the protocol was made.
    pub fn front_texts<'t>(&'t self, visit: Visit<'_, 't>) {
        labels(&self.title, visit);
        let Institution {
            name,
            short_name,
            address,
            phone,
            mail,
            web: _,
            founded: _,
        } = &self.institution;
        visit(Text::Label(name));
        labels(short_name, visit);
        reaches(address, visit);
        reaches(phone, visit);
        reaches(mail, visit);
        let Edition {
            version: _,
            responsible,
            in_force: _,
            contributors,
        } = &self.edition;
        labels(responsible, visit);
        labels(contributors, visit);
        for Event {
            duty: _,
            date: _,
            forum,
            note,
        } in &self.events
        {
            labels(forum, visit);
            labels(note, visit);
        }
        for Approval {
            forum,
            date: _,
            by,
            version: _,
            fingerprint: _,
        } in &self.approvals
        {
            visit(Text::Label(forum));
            labels(by, visit);
        }
    }
}

impl Figure {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            kind: _,
            title,
            middle,
            items,
        } = self;
        visit(Text::Label(title));
        labels(middle, visit);
        for FigureItem { name, text, when } in items.iter().flatten() {
            visit(Text::Label(name));
            labels(when.as_ref().and_then(When::words), visit);
            running(text, visit);
        }
    }
}

impl Term {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            word,
            meaning,
            aliases,
        } = self;
        visit(Text::Term(word));
        labels(aliases, visit);
        visit(Text::Running(meaning));
    }
}

impl Role {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            title,
            tasks,
            aliases,
        } = self;
        visit(Text::Label(title));
        labels(aliases, visit);
        running(tasks, visit);
    }
}

impl HouseRule {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            text,
            strength: _,
            reason,
            basis,
        } = self;
        visit(Text::Running(text));
        running(reason, visit);
        labels(basis, visit);
    }
}

impl QuestionGroup {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            name,
            items,
            lines: _,
        } = self;
        labels(name, visit);
        running(items, visit);
    }
}

impl Field {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            name,
            lines: _,
            kind: _,
        } = self;
        visit(Text::Label(name));
    }
}

impl Action {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            situation,
            steps,
            contacts,
            documentation,
        } = self;
        visit(Text::Label(situation));
        for Step { what, who, when } in steps {
            visit(Text::Running(what));
            labels(who, visit);
            labels(when, visit);
        }
        running(contacts, visit);
        running(documentation, visit);
    }
}

impl Dilemma {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            situation,
            does,
            reason,
        } = self;
        visit(Text::Label(situation));
        running(does, visit);
        running(reason, visit);
    }
}

impl Task {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            what,
            responsible,
            deadline,
            status: _,
        } = self;
        visit(Text::Running(what));
        labels(responsible, visit);
        if let Some(Deadline::Text(line)) = deadline {
            visit(Text::Label(line));
        }
    }
}

impl Contact {
    /// Visits the texts of a contact of a section or of the area.
    pub fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            id: _,
            function,
            phone,
            mail,
            hours,
            address,
            text,
        } = self;
        visit(Text::Label(function));
        reaches(phone, visit);
        reaches(mail, visit);
        labels(hours, visit);
        reaches(address, visit);
        running(text, visit);
    }
}

impl Signature {
    fn texts<'t>(&'t self, visit: Visit<'_, 't>) {
        let Self {
            roles,
            intro,
            place,
            outro,
        } = self;
        running(intro, visit);
        labels(roles, visit);
        labels(place, visit);
        running(outro, visit);
    }
}

fn labels<'t>(lines: impl IntoIterator<Item = &'t Line>, visit: Visit<'_, 't>) {
    lines.into_iter().for_each(|line| visit(Text::Label(line)));
}

fn reaches<'t>(lines: impl IntoIterator<Item = &'t Line>, visit: Visit<'_, 't>) {
    lines.into_iter().for_each(|line| visit(Text::Reach(line)));
}

fn running<'t>(texts: impl IntoIterator<Item = &'t RichText>, visit: Visit<'_, 't>) {
    let texts = texts.into_iter();
    texts.for_each(|text| visit(Text::Running(text)));
}
