//! RP601 `lov-uden-navn`: a paragraph is cited and the sentence names no law.
//!
//! A heading that names the law speaks for what stands under it.

use crate::check::context::Context;
use crate::check::texts::law::{cited_in, laws_in};
use crate::check::texts::passage::{
    PARAGRAPH_SIGN, Passage, Sentences, has_paragraph_sign, visit_passages,
};
use crate::diag::{Code, Finding};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let names = &context.laws.names;
    visit_passages(
        context,
        PARAGRAPH_SIGN,
        &has_paragraph_sign,
        &mut |passage| {
            let heading = passage.heading.unwrap_or_default();
            if !laws_in(heading, names).is_empty() {
                return;
            }
            let sentences = Sentences::of(&passage.plain);
            let mut last = 0..0;
            for cited in cited_in(&passage.plain) {
                let sentence = sentences.at(cited.range.start);
                let again = sentence == last;
                last = sentence.clone();
                if !again && laws_in(&passage.plain[sentence], names).is_empty() {
                    findings.push(finding(passage, cited.range));
                }
            }
        },
    );
}

fn finding(passage: &Passage<'_>, range: std::ops::Range<usize>) -> Finding {
    let cited = &passage.plain[range.clone()];
    Finding::new(
        Code::LovUdenNavn,
        passage.place(range),
        format!("Sætningen siger ikke, hvilken lov »{cited}« står i."),
    )
    .with_help(format!(
        "Skriv lovens navn foran, for eksempel »serviceloven {cited}«. Det samme nummer findes i mange love."
    ))
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn at(heading: &str, text: &str) -> Vec<String> {
        let text = format!("overskrift = '{heading}'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &text)]).at("RP601")
    }

    #[test]
    fn a_paragraph_without_a_law_is_found_once_a_sentence() {
        assert_eq!(
            at("A", "Du kan få en handleplan efter § 141."),
            ["01-a.toml:3:31"]
        );
        let text = "Serviceloven er lang. Se **§ 16**, § 81 og § 107.";
        assert_eq!(at("A", text), ["01-a.toml:3:28"]);
    }

    #[test]
    fn a_law_in_the_sentence_or_the_heading_is_enough() {
        assert_eq!(
            at(
                "A",
                "Du kan få en handleplan efter § 141 i lov om social service."
            ),
            [""; 0]
        );
        assert_eq!(
            at("A", "Vi følger barnets lov § 33, stk. 2, jf. § 32."),
            [""; 0]
        );
        assert_eq!(at("Sundhedsloven", "Behandling efter § 141."), [""; 0]);
    }
}
