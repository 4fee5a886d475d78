//! Skabeloner for reading in a terminal, in lines of its width.
//!
//! Escape codes are in the text; whoever writes it takes them out where there is to be no colour.

use clap::builder::styling::{Effects, Style};
use textwrap::WordSplitter;

use super::{Counts, count_findings};
use crate::model::{Demand, Duty, Line, Point, Requirement};
use crate::report::one_line;
use crate::site::{ListedSkabelon, Origin};
use crate::text::lines_of;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIMMED: Style = Style::new().effects(Effects::DIMMED);

/// Lines are easier to read when they are no longer than this, and fewer columns than that are no terminal.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// A text being written in lines.
struct Page {
    text: String,
    width: usize,
}

/// All skabeloner with what they are and how much they ask for.
pub(super) fn list(listed: &[ListedSkabelon], width: usize) -> String {
    let mut page = Page::new(width);
    for one in listed {
        let skabelon = &one.skabelon;
        page.line(0, &format!("{BOLD}{}{BOLD:#}", one_line(&one.name)));
        page.line(2, &one_line(&skabelon.name.text));
        let mut facts = vec![shown(&skabelon.document_type)];
        if !skabelon.version.text.is_empty() {
            facts.push(format!("version {}", shown(&skabelon.version)));
        }
        facts.extend(
            skabelon
                .publisher
                .as_ref()
                .map(|publisher| format!("udgivet af {}", shown(publisher))),
        );
        page.line(2, &facts.join(", "));
        page.line(2, &Counts::of(skabelon).danish());
        page.line(2, &whence(one));
        if !one.findings.is_empty() {
            page.line(2, &format!("Har {}", count_findings(one)));
        }
        page.gap();
    }
    page.line(
        0,
        "Skriv »rusprot templates« og et af navnene, og se, hvad skabelonen beder om.",
    );
    page.text
}

/// All that one skabelon asks for.
pub(super) fn one(one: &ListedSkabelon, width: usize) -> String {
    let skabelon = &one.skabelon;
    let mut page = Page::new(width);
    let name = one_line(&one.name);
    let called = shown(&skabelon.name);
    page.line(0, &format!("{BOLD}{called}{BOLD:#}"));
    page.gap();
    page.fact("Navn i filerne", &format!("skabelon = \"{name}\""));
    page.fact("Dokumenttype", &shown(&skabelon.document_type));
    page.fact_if("Titel", skabelon.title.as_ref());
    page.fact("Version", &shown(&skabelon.version));
    page.fact_if("Udgiver", skabelon.publisher.as_ref());
    page.fact_if("Kilde", skabelon.source.as_ref());
    page.fact("Indhold", &Counts::of(skabelon).danish());
    if !skabelon.in_order {
        page.fact(
            "Rækkefølge",
            "Afsnittene må stå i en anden orden end kravene",
        );
    }
    page.fact("Kommer fra", &whence(one));
    page.gap();
    if !skabelon.requirements.is_empty() {
        page.line(0, &format!("{BOLD}Krav{BOLD:#}"));
        page.line(
        0,
        "Et krav er en overskrift i protokollen. Et punkt er noget, der bliver beskrevet under den. Det, der er \
         mærket »skal«, må ikke mangle.",
    );
        page.gap();
    }
    for (index, requirement) in skabelon.requirements.iter().enumerate() {
        page.requirement(requirement, &format!("{}.", index + 1), 0);
    }
    if !skabelon.duties.is_empty() {
        page.line(0, &format!("{BOLD}Pligter i årshjulet{BOLD:#}"));
        page.gap();
        for duty in &skabelon.duties {
            page.duty(duty);
        }
    }
    let end = page.text.trim_end().len();
    page.text.truncate(end);
    page.text.push('\n');
    page.text
}

/// Where a skabelon comes from, in words.
fn whence(one: &ListedSkabelon) -> String {
    let path = one_line(one.skabelon.file.path());
    match one.origin {
        Origin::BuiltIn => "Følger med rusprot".to_owned(),
        Origin::Own => format!("Områdets egen: {path}"),
        Origin::InPlaceOfBuiltIn => format!("Områdets egen i stedet for den indbyggede: {path}"),
    }
}

impl Page {
    fn new(width: usize) -> Self {
        Self {
            text: String::new(),
            width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
        }
    }

    /// An empty line.
    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A text in as many lines as it takes, all indented alike.
    fn line(&mut self, indent: usize, text: &str) {
        self.hanging(indent, "", text);
    }

    /// A text whose further lines stand below the end of what it begins with.
    fn hanging(&mut self, indent: usize, lead: &str, text: &str) {
        let first = format!("{}{lead}", " ".repeat(indent));
        let others = " ".repeat(indent + lead.chars().count());
        let options = lines_of(self.width)
            .initial_indent(&first)
            .subsequent_indent(&others)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        let filled = textwrap::fill(text, options);
        // No-break spaces have done their work.
        self.text.push_str(&filled.replace('\u{A0}', " "));
        self.text.push('\n');
    }

    /// A line of the table at the top.
    fn fact(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            self.hanging(0, &format!("{label:14}  "), value);
        }
    }

    fn fact_if(&mut self, label: &str, value: Option<&Line>) {
        self.fact(label, &value.map(shown).unwrap_or_default());
    }

    fn requirement(&mut self, requirement: &Requirement, number: &str, indent: usize) {
        let heading = format!(
            "{BOLD}{}{BOLD:#} {}",
            shown(&requirement.heading),
            mark(requirement.demand, &requirement.id.value)
        );
        self.hanging(indent, &format!("{number} "), &heading);
        let indent = indent + number.len() + 1;
        if !requirement.aliases.is_empty() {
            self.line(
                indent,
                &format!("Tæller også: {}", quoted(&requirement.aliases)),
            );
        }
        if !requirement.discouraged.is_empty() {
            let wordings = quoted(&requirement.discouraged);
            self.line(indent, &format!("Tæller, men frarådes: {wordings}"));
        }
        if let Some(guidance) = &requirement.guidance {
            self.line(indent, &format!("Vejledning: {}", shown(guidance)));
        }
        if let Some(text) = requirement.obligatory_source() {
            self.line(indent, "Fælles tekst, som bliver trykt først i afsnittet:");
            self.markdown(indent + 2, text);
        }
        if !requirement.points.is_empty() {
            self.line(indent, "Punkter:");
            for point in &requirement.points {
                self.point(point, indent);
            }
        }
        if !requirement.each_subsection.is_empty() {
            let headings = quoted(&requirement.each_subsection);
            self.line(
                indent,
                &format!("Hvert underafsnit har selv disse underafsnit: {headings}"),
            );
        }
        self.gap();
        for (index, child) in requirement.children.iter().enumerate() {
            let number = format!("{}.{}", number.trim_end_matches('.'), index + 1);
            self.requirement(child, &number, indent);
        }
    }

    fn point(&mut self, point: &Point, indent: usize) {
        let mark = mark(point.demand, &point.id.value);
        self.hanging(indent, "- ", &format!("{} {mark}", shown(&point.text)));
        if !point.aliases.is_empty() {
            let aliases = format!("Tæller som overskrift: {}", quoted(&point.aliases));
            self.line(indent + 2, &aliases);
        }
    }

    fn duty(&mut self, duty: &Duty) {
        let mark = mark(duty.demand, &duty.id.value);
        self.hanging(0, "- ", &format!("{} {mark}", shown(&duty.what)));
        let first = duty
            .first
            .map(|first| format!(", første gang {}", first.danish()));
        let often = duty.interval.danish();
        self.line(
            2,
            &format!("Hvor tit: {often}{}", first.unwrap_or_default()),
        );
        if !duty.responsible.is_empty() {
            let roles: Vec<String> = duty.responsible.iter().map(shown).collect();
            self.line(2, &format!("Ansvarlig: {}", roles.join(", ")));
        }
        if let Some(forum) = &duty.forum {
            self.line(2, &format!("Forum: {}", shown(forum)));
        }
        self.gap();
    }

    /// A Markdown text as it is typed: paragraphs as full lines, the items of lists and other lines that
    /// begin with a sign on lines of their own.
    fn markdown(&mut self, indent: usize, text: &str) {
        let mut first = true;
        for paragraph in text.split("\n\n") {
            let mut open = String::new();
            let mut lines = Vec::new();
            for line in paragraph.lines().filter(|line| !line.trim().is_empty()) {
                let begins = line.trim_start().starts_with(|c: char| !c.is_alphabetic());
                if begins && !open.is_empty() {
                    lines.push(std::mem::take(&mut open));
                }
                if !open.is_empty() {
                    open.push(' ');
                }
                open.push_str(&one_line(line));
            }
            if !open.is_empty() {
                lines.push(open);
            }
            if !lines.is_empty() && !std::mem::take(&mut first) {
                self.gap();
            }
            for line in lines {
                self.line(indent, &line);
            }
        }
    }
}

/// Whether something must be, and its id, which is never broken from the word in front of it.
fn mark(demand: Demand, id: &str) -> String {
    let demand = demand.danish();
    format!("{DIMMED}({demand}, id\u{A0}{}){DIMMED:#}", one_line(id))
}

/// A line as it can be shown in a terminal.
fn shown(line: &Line) -> String {
    one_line(&line.text)
}

/// Lines in quotes, one after another.
fn quoted(lines: &[Line]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("»{}«", shown(line)))
        .collect();
    lines.join(", ")
}
