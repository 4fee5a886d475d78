//! A requirement of the skabelon as the file somebody will write the answer in.
//!
//! Guidance and points stand in it as comments: they are for the one who writes and never printed.

use std::collections::BTreeSet;

use crate::check::typed;
use crate::model::{Demand, Point, Requirement, slug};

/// Columns of a comment, so that it can be read without scrolling.
const COLUMNS: usize = 96;

/// Where a file stands among those of its protocol.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Its turn, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// The text of the file for a requirement. `ids` are those the protocol has so far; those of its sub-sections come
/// to them.
pub fn text(requirement: &Requirement, turn: Turn, ids: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    let Turn { number, of } = turn;
    comment(
        &mut text,
        &format!("Afsnit {number} af {of}. Skriv jeres tekst mellem de to linjer med '''."),
    );
    if requirement.demand == Demand::May {
        comment(
            &mut text,
            "Afsnittet er frivilligt. Skal I ikke have det med, så slet filen.",
        );
    }
    advice(&mut text, requirement);
    text.push('\n');
    keys(&mut text, requirement, None);
    children(&mut text, requirement, 2, ids);
    text
}

/// Heading, answer and the empty text.
fn keys(text: &mut String, requirement: &Requirement, id: Option<&str>) {
    let heading = typed::string(&requirement.heading.text);
    text.push_str(&format!("overskrift = {heading}\n"));
    if let Some(id) = id {
        text.push_str(&format!("id = {}\n", typed::string(id)));
    }
    let answers = typed::string(&requirement.id.value);
    text.push_str(&format!("opfylder = [{answers}]\ntekst = '''\n\n'''\n"));
}

/// The table of a sub-section, in the file of the section above it.
pub fn child_text(child: &Requirement, level: u8, ids: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    one_child(&mut text, child, level, ids);
    text
}

fn children(text: &mut String, requirement: &Requirement, level: u8, ids: &mut BTreeSet<String>) {
    for child in &requirement.children {
        one_child(text, child, level, ids);
    }
}

fn one_child(text: &mut String, child: &Requirement, level: u8, ids: &mut BTreeSet<String>) {
    text.push_str(&format!("\n{}\n", typed::subsection_header(level)));
    if child.demand == Demand::May {
        comment(
            text,
            "Underafsnittet er frivilligt. Skal I ikke have det med, så slet det.",
        );
    }
    advice(text, child);
    // The heading gives the id, unless another part has it already.
    let taken = !ids.insert(slug(&child.heading.text));
    let own = taken.then(|| free_id(&child.id.value, ids));
    keys(text, child, own.as_deref());
    children(text, child, level + 1, ids);
}

/// An id that nothing has yet, made from `wish`.
fn free_id(wish: &str, ids: &mut BTreeSet<String>) -> String {
    let wish = slug(wish);
    let mut id = wish.clone();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        id = format!("{wish}-{number}");
        number += 1;
    }
    id
}

/// An empty line of comment, where comment stands above it.
fn gap(text: &mut String) {
    let above = text.lines().next_back();
    if above.is_some_and(|line| line.starts_with('#')) {
        text.push_str("#\n");
    }
}

/// What the skabelon tells the one who writes.
fn advice(text: &mut String, requirement: &Requirement) {
    if let Some(guidance) = &requirement.guidance {
        gap(text);
        comment(text, &guidance.text);
    }
    if requirement.has_obligatory() {
        gap(text);
        comment(
            text,
            "Afsnittet har en fælles tekst. Programmet sætter den ind, så I skal ikke skrive den.",
        );
    }
    if let Some(first) = requirement.points.first() {
        gap(text);
        let both = [requirement.id.value.as_str(), first.id.value.as_str()];
        comment(
            text,
            &format!(
                "Skriv om disse punkter. Står svaret i teksten, så skriv punktets navn i opfylder, for eksempel \
                 {}",
                typed::answers(both.into_iter())
            ),
        );
        for point in &requirement.points {
            entry(text, point);
        }
    }
    each_subsection(text, requirement);
}

fn entry(text: &mut String, point: &Point) {
    let may = match point.demand {
        Demand::Must => "",
        Demand::May => " (frivilligt)",
    };
    indented(
        text,
        &format!("{}{may}: {}", point.id.value, point.text.text),
        "#   ",
        "#     ",
    );
}

/// The sub-headings that every sub-section is to have, as an example to copy.
fn each_subsection(text: &mut String, requirement: &Requirement) {
    if requirement.each_subsection.is_empty() {
        return;
    }
    gap(text);
    comment(
        text,
        "Lav et underafsnit for hver af dem, I skriver om, nederst i filen. Sådan, uden # foran:",
    );
    text.push_str("#   [[afsnit]]\n#   overskrift = \"…\"\n");
    for heading in &requirement.each_subsection {
        let heading = typed::string(&heading.text);
        text.push_str(&format!(
            "#\n#   [[afsnit.afsnit]]\n#   overskrift = {heading}\n#   tekst = '''\n#   …\n#   '''\n"
        ));
    }
}

/// A sentence as lines of comment.
fn comment(text: &mut String, sentence: &str) {
    indented(text, sentence, "# ", "# ");
}

fn indented(text: &mut String, sentence: &str, first: &str, rest: &str) {
    let options = textwrap::Options::new(COLUMNS)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(rest);
    for line in textwrap::wrap(sentence, options) {
        text.push_str(&line);
        text.push('\n');
    }
}
