//! RP403 `fremmed-institution`: a text names another institution of the area, as copied texts do.
//!
//! A name inside a link is meant: the link shows that it is another house.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{Inline, InlineKind, Line, Section, Text};
use crate::text::{Place, Span};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let slug = &context.protocol.slug;
    let others = |text| context.institutions.others_in(slug, text);
    // Where no house is named, that is told sooner of all texts at once.
    if !context.institutions.any_in(&context.language.text) {
        return;
    }
    context.protocol.visit(&mut |section| {
        section.texts(&mut |text| match text {
            Text::Running(text) => text.visit_runs(&mut |run| {
                visit_outside_links(run, &mut |inline, text| {
                    for (name, range) in others(text) {
                        let span = inline.part(text, range);
                        findings.push(finding(section.place(span), name));
                    }
                });
            }),
            Text::Heading(line) | Text::Term(line) | Text::Label(line) => {
                for (name, _) in others(&line.text) {
                    findings.push(finding(section.place(within(section, line, name)), name));
                }
            }
            // Whoever writes where another house lies, means it.
            Text::Reach(_) => {}
        });
    });
}

fn visit_outside_links<'a>(run: &'a [Inline], visit: &mut dyn FnMut(&'a Inline, &'a str)) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text)
            | InlineKind::Code(text)
            | InlineKind::Image { alt: text, .. } => {
                visit(inline, text);
            }
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content) => visit_outside_links(content, visit),
            _ => {}
        }
    }
}

/// The name's place in the line, if the file says it letter by letter.
fn within(section: &Section, line: &Line, name: &str) -> Span {
    let typed = section.file.slice(line.span);
    typed
        .find(name)
        .map_or(line.span, |at| line.span.part(at..at + name.len()))
}

fn finding(place: Place, name: &str) -> Finding {
    let message = format!("Teksten nævner »{name}«, som er en anden institution i området.");
    Finding::new(Code::FremmedInstitution, place, message).with_help(
        "Er teksten kopieret, så ret hele afsnittet til jeres eget hus, og skriv {{ kortnavn }}, hvor \
         navnet skal stå. Er det med vilje, så skriv navnet som et link til det andet hus.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn at(text: &str) -> Vec<String> {
        Repo::of(&[("01-a.toml", text)]).at("RP403")
    }

    #[test]
    fn the_name_of_another_house_is_found_in_texts_and_headings() {
        let text =
            "overskrift = 'Gæster på Egely'\ntekst = '''\nPå **Bostedet Egely** er der ro.\n'''\n";
        assert_eq!(at(text), ["01-a.toml:1:25", "01-a.toml:3:6"]);
    }

    #[test]
    fn a_link_to_it_and_ones_own_name_are_fine() {
        let text = "overskrift = 'Gæster på Birkely'\ntekst = '''\nBostedet Birkely ser på \
                    [Egelys protokol](https://egely.dk/).\n'''\n";
        assert_eq!(at(text), [""; 0]);
    }

    #[test]
    fn a_variable_gives_ones_own_name() {
        assert_eq!(
            at("overskrift = '{{ navn }}'\ntekst = 'Her på {{ kortnavn }}.'\n"),
            [""; 0]
        );
    }
}
