//! RP102 `tomt-afsnit`: a section in which nothing would be printed, a year wheel that would be empty, a dilemma
//! without an answer.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{Reference, ReferenceKind, Requirement, RichText, Section, YearWheel};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.incomplete {
        // What seems to be missing may stand in what could not be read.
        return;
    }
    context.protocol.visit(&mut |section| {
        if section.children.is_empty() && !section.heading.text.is_empty() {
            findings.extend(finding(context, section));
        }
        empty_wheels(context, section, findings);
        open_dilemmas(section, findings);
    });
}

fn finding(context: &Context<'_>, section: &Section) -> Option<Finding> {
    let is_empty = section.has_no_own_content();
    if !(is_empty || has_only_empty_inserts(context, section)) || has_obligatory(context, section) {
        return None;
    }
    let message = format!(
        "Der står ingenting under overskriften »{}«.",
        section.heading.text
    );
    let help = if is_empty {
        let where_to = where_to_write(section);
        let or = instead_of_writing(context, section);
        format!("Skriv, hvad der gælder hos jer, {where_to}. {or}")
    } else {
        "Det sted, som indsaet henter fra, har ingen regler, spørgsmål, felter, handlingsanvisninger \
         eller andre byggesten. Skriv i stedet en tekst: tekst = '''…'''"
            .to_owned()
    };
    Some(Finding::new(Code::TomtAfsnit, section.heading_place(), message).with_help(help))
}

/// Where the text goes: into the quotes that are there, or on a line of its own.
fn where_to_write(section: &Section) -> &'static str {
    let written = section.text.as_ref();
    let written = written.map(|text| section.file.slice(text.span));
    match written {
        Some(text) if text.starts_with("'''") && text.contains('\n') => {
            "mellem de to linjer med '''"
        }
        Some(text) if text.starts_with("\"\"\"") && text.contains('\n') => {
            "mellem de to linjer med \"\"\""
        }
        Some(_) => "mellem anførselstegnene",
        None => "på linjen under overskriften: tekst = '''…'''",
    }
}

/// What to do where there is nothing to write. What the skabelon asks for cannot be left out.
fn instead_of_writing(context: &Context<'_>, section: &Section) -> &'static str {
    let is_asked_for = !section.answers.is_empty()
        || !context.answers.led_by(section, context.skabelon).is_empty();
    if is_asked_for {
        "Gælder det ikke hos jer, så skriv det."
    } else if section.level > 1 {
        "Er der intet at skrive, så slet underafsnittet."
    } else {
        "Er der intet at skrive, så slet filen."
    }
}

/// Year wheels that shall show the skabelon's duties, where too few or too many of these have a date.
fn empty_wheels(context: &Context<'_>, section: &Section, findings: &mut Vec<Finding>) {
    let mut wheels = section
        .figures
        .iter()
        .filter(|figure| figure.items.is_none())
        .peekable();
    if wheels.peek().is_none() {
        return;
    }
    let year = YearWheel::of(context.skabelon, context.protocol);
    if year.dated().is_some() {
        return;
    }
    for wheel in wheels {
        let (title, dated) = (&wheel.title.text, year.len());
        let message = format!(
            "Hjulet »{title}« kan ikke tegnes: {dated} af skabelonens pligter har en dato."
        );
        let help = "Et hjul skal have mellem 3 og 12 punkter. Skriv dem selv: punkter = \
                    [{ navn = \"…\", hvornaar = \"marts\" }, …]";
        let place = section.place(wheel.title.span);
        findings.push(Finding::new(Code::TomtAfsnit, place, message).with_help(help));
    }
}

/// Dilemmas that nobody has answered yet.
fn open_dilemmas(section: &Section, findings: &mut Vec<Finding>) {
    let dilemmas = section.blocks.dilemmas.iter();
    for dilemma in dilemmas.filter(|dilemma| dilemma.does.iter().all(RichText::is_empty)) {
        let message = format!(
            "Dilemmaet »{}« har ikke noget svar.",
            dilemma.situation.text
        );
        let place = section.place(dilemma.situation.span);
        // A second key would be one too many.
        let help = if dilemma.has_does {
            "Ret linjen med goer til: goer = [\"…\"]"
        } else {
            "Skriv på linjen under [[dilemma]]: goer = [\"…\"]"
        };
        findings.push(Finding::new(Code::TomtAfsnit, place, message).with_help(help));
    }
}

fn has_obligatory(context: &Context<'_>, section: &Section) -> bool {
    let led = context.answers.led_by(section, context.skabelon);
    led.into_iter().any(Requirement::has_obligatory)
}

/// Whether a section has nothing but inserts, and those bring nothing. One that leads nowhere is RP201's.
fn has_only_empty_inserts(context: &Context<'_>, section: &Section) -> bool {
    let only_inserts = !section.inserts.is_empty()
        && section.running().all(RichText::is_empty)
        && section.facts.is_empty()
        && section.figures.is_empty()
        && section.blocks.is_empty()
        && section.attachment.is_none()
        && section.signature.is_none();
    only_inserts
        && section.inserts.iter().all(|insert| {
            let Reference::Named(kind, id) = &insert.value else {
                return false;
            };
            inserted(context, *kind, id).is_some_and(|target| {
                let mut nothing = true;
                target.visit(&mut |below| {
                    nothing &= below.blocks.is_empty() && below.inserts.is_empty();
                });
                nothing
            })
        })
}

fn inserted<'p>(context: &Context<'p>, kind: ReferenceKind, id: &str) -> Option<&'p Section> {
    context.section_at(context.targets.find(kind, id)?)
}
