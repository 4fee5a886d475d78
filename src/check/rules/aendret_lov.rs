//! RP602 `aendret-lov`: a provision that the law register lists as moved or repealed.
//!
//! The register is data with dates and sources (`model::LawRegister`); what it does not list is never found.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::texts::law::{cited_in, law_of, laws_in};
use crate::check::texts::passage::{
    PARAGRAPH_SIGN, Passage, Sentences, has_paragraph_sign, visit_passages,
};
use crate::diag::{Code, Finding};
use crate::model::{Provision, Status};
use crate::text::{ByteSet, danish_date, has_byte, is_digit};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let whole: Vec<(&Provision, Vec<&str>)> = context
        .laws
        .whole_laws()
        .filter(|provision| is_gone(provision))
        .map(|provision| (provision, number_and_year(&provision.law)))
        .collect();
    let has_mark = |text: &str| {
        has_paragraph_sign(text)
            || has_byte(text, is_digit)
                && whole
                    .iter()
                    .any(|(_, numbers)| numbers.first().is_some_and(|number| text.contains(number)))
    };
    let marks = PARAGRAPH_SIGN.with(ByteSet::DIGITS);
    visit_passages(context, marks, &has_mark, &mut |passage| {
        paragraphs(context, passage, findings);
        for (provision, numbers) in &whole {
            findings.extend(whole_law(passage, provision, numbers));
        }
    });
}

fn is_gone(provision: &Provision) -> bool {
    matches!(provision.status, Status::Moved | Status::Repealed)
}

fn paragraphs(context: &Context<'_>, passage: &Passage<'_>, findings: &mut Vec<Finding>) {
    let sentences = Sentences::of(&passage.plain);
    let mut last = (0..0, Vec::new());
    for cited in cited_in(&passage.plain) {
        let range = sentences.at(cited.range.start);
        let text = &passage.plain[range.clone()];
        if last.0 != range {
            last = (range.clone(), laws_in(text, &context.laws.names));
        }
        let laws = &last.1;
        let mut within = cited.clone();
        within.range = cited.range.start - range.start..cited.range.end - range.start;
        let Some(law) = law_of(text, &within, laws) else {
            continue;
        };
        for number in &cited.numbers {
            let known = context.laws.provision(&law.law, &format!("§ {number}"));
            if let Some(provision) = known.filter(|provision| is_gone(provision)) {
                findings.push(finding(passage, cited.range.clone(), provision));
            }
        }
    }
}

/// The number and the year of an order, by which it is known however it is written.
fn number_and_year(law: &str) -> Vec<&str> {
    let numbers = law.split(|c: char| !c.is_ascii_digit());
    let mut numbers = numbers.filter(|number| number.len() >= 3);
    numbers
        .next()
        .into_iter()
        .chain(numbers.next_back())
        .collect()
}

fn whole_law(passage: &Passage<'_>, provision: &Provision, numbers: &[&str]) -> Option<Finding> {
    let [number, year] = numbers else { return None };
    let text = &passage.plain;
    let at = text.match_indices(number).map(|(at, _)| at).find(|&at| {
        let is_digit = |c: char| c.is_ascii_digit();
        !text[..at].ends_with(is_digit) && !text[at + number.len()..].starts_with(is_digit)
    })?;
    let sentence = text[Sentences::of(text).at(at)].to_lowercase();
    let is_order = sentence.contains("bekendtgørelse") || sentence.contains("bek");
    (is_order && sentence.contains(year))
        .then(|| finding(passage, at..at + number.len(), provision))
}

fn finding(passage: &Passage<'_>, range: Range<usize>, provision: &Provision) -> Finding {
    let mut name = format!("{} {}", provision.law, provision.provision);
    name.truncate(name.trim_end().len());
    let became = match (provision.status, &provision.replaced_by) {
        (Status::Moved, Some(new)) => format!("flyttet til {new}"),
        (Status::Moved, None) => "flyttet".to_owned(),
        (_, Some(new)) => format!("ophævet og afløst af {new}"),
        (_, None) => "ophævet".to_owned(),
    };
    let checked = danish_date(provision.checked);
    let message = format!("Efter lovregistret er {name} {became} (tjekket {checked}).");
    let help = format!(
        "Slå bestemmelsen op på retsinformation.dk, ret henvisningen, og læs teksten igen. Registret er ikke \
         juridisk rådgivning. Kilde: {}. Sikkerhed: {}.",
        provision.source, provision.confidence
    );
    Finding::new(Code::AendretLov, passage.place(range), message).with_help(help)
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn repo(text: &str) -> Repo {
        let text = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &text)])
    }

    #[test]
    fn a_moved_provision_is_found_with_where_it_went_and_the_date() {
        let repo = repo("Vi skriver en plan efter servicelovens § 140, stk. 1.");
        assert_eq!(repo.at("RP602"), ["01-a.toml:3:40"]);
        assert_eq!(
            repo.messages("RP602"),
            [
                "Efter lovregistret er serviceloven § 140 flyttet til barnets lov §§ 91 og 108 (tjekket \
                 30. juni 2025)."
            ]
        );
    }

    #[test]
    fn one_inside_a_range_and_a_whole_order_are_found() {
        assert_eq!(
            repo("Rådgivning efter serviceloven §§ 10-12.").at("RP602"),
            ["01-a.toml:3:31"]
        );
        let order = "Se BEK nr. 430 af 30/04/2014 om kvalitetsstandarder.";
        assert_eq!(repo(order).at("RP602"), ["01-a.toml:3:12"]);
    }

    #[test]
    fn what_holds_and_the_same_number_in_another_law_are_fine() {
        for text in [
            "Handleplan efter serviceloven § 141.",
            "Efter straffeloven § 140 er det forbudt.",
            "Der er 430 trin op til loftet, og bekendtgørelsen er fra 2019.",
            "Se § 140.",
        ] {
            assert_eq!(repo(text).at("RP602"), [""; 0], "{text}");
        }
    }
}
