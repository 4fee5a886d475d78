//! RP604 `aendret-myndighed`: an authority that has another name now, or whose work another one does.
//!
//! The register is data with dates and sources (`model::LawRegister`); what it does not list is never found. Who
//! tells of the past is right to use the name of then.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::passage::{Passage, Sentences, visit_passages};
use crate::diag::{Code, Finding};
use crate::model::Authority;
use crate::text::{ByteSet, danish_date};

/// Words that say that a sentence tells of the past.
const OF_THE_PAST: [&str; 6] = [
    "tidligere",
    "daværende",
    "dengang",
    "hed ",
    "nedlagt",
    "afløst",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let authorities = &context.laws.authorities;
    let names = context.laws.authority_names();
    if !names.are_in(&context.language.text) {
        return;
    }
    visit_passages(
        context,
        ByteSet::ALL,
        &|text| names.are_in(text),
        &mut |passage| {
            for (name, authority) in authorities {
                if let Some(range) = named_in(&passage.plain, name, authority) {
                    findings.push(finding(passage, range, name, authority));
                }
            }
        },
    );
}

/// Where a text first speaks of an authority by a name that it has no more.
fn named_in(text: &str, name: &str, authority: &Authority) -> Option<Range<usize>> {
    let mut places = text.match_indices(name).map(|(at, _)| at..at + name.len());
    places.find(|range| {
        let before = text[..range.start].chars().next_back();
        let after = &text[range.end..];
        let after = after.strip_prefix('s').unwrap_or(after).chars().next();
        let is_inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        // "Social- og Boligstyrelsen" has the end of another name in it.
        let is_word = !is_inside(before) && !is_inside(after);
        is_word && !is_of_the_past(&text[Sentences::of(text).at(range.start)], authority)
    })
}

/// Whether a sentence says that the name was another, has the new one beside it, or names a year in which it was
/// right.
fn is_of_the_past(sentence: &str, authority: &Authority) -> bool {
    let since = authority.since.last_day().year();
    let mut years = sentence
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse::<i16>().ok());
    sentence.contains(&authority.replaced_by)
        || OF_THE_PAST.iter().any(|word| sentence.contains(word))
        || years.any(|year| (1950..=since).contains(&year))
}

fn finding(
    passage: &Passage<'_>,
    range: Range<usize>,
    name: &str,
    authority: &Authority,
) -> Finding {
    let new = &authority.replaced_by;
    let message = format!(
        "{name} findes ikke mere under det navn: efter registret er det {new} siden {} (tjekket {}).",
        authority.since.danish(),
        danish_date(authority.checked)
    );
    let help = format!(
        "Se efter på myndighedens egen side, hvem der har opgaven i dag, og skriv det navn. Er det {new}, så ret også \
         adresse og telefon. Kilde: {}. Sikkerhed: {}.",
        authority.source, authority.confidence
    );
    Finding::new(Code::AendretMyndighed, passage.place(range), message).with_help(help)
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let text = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &text)]).at("RP604")
    }

    #[test]
    fn an_authority_that_is_gone_is_found_in_every_form() {
        for (text, place) in [
            ("Du kan klage til Patientombuddet.", "01-a.toml:3:18"),
            ("Følg Socialstyrelsens råd.", "01-a.toml:3:6"),
            ("Siden 2024 spørger vi Servicestyrelsen.", "01-a.toml:3:23"),
        ] {
            assert_eq!(found(text), [place], "{text}");
        }
    }

    #[test]
    fn the_past_other_names_and_new_ones_are_fine() {
        for text in [
            "Du kan klage til Styrelsen for Patientklager.",
            "Social- og Boligstyrelsen har en vejledning.",
            "Vi brugte en rapport fra Socialstyrelsen (2014).",
            "Det tidligere Patientombuddet sagde det samme.",
            "Patientombuddet, nu Styrelsen for Patientklager, har svaret.",
            "Statsforvaltningsloven findes ikke.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
