//! RP011 `ubrugt-undtagelse`: an `[[undtag]]` that meets nothing.

use crate::diag::{Code, Finding};
use crate::model::Exception;

/// What there is to say about an exception that meets nothing; `findings` are those that stand.
pub fn finding(exception: &Exception, findings: &[Finding]) -> Finding {
    let rule = exception.rule.value.name();
    let message = format!("Undtagelsen fra »{rule}« rammer ingenting.");
    let stands = findings
        .iter()
        .any(|finding| finding.code == exception.rule.value);
    let help = match (&exception.pattern, stands) {
        (Some(pattern), true) => format!(
            "Reglen melder noget, men ikke på en linje med »{}«. Ret »hvor«, eller slet undtagelsen.",
            pattern.text
        ),
        (None, true) => {
            "Reglen melder noget i en anden fil. Flyt undtagelsen dertil, eller slet den."
                .to_owned()
        }
        (_, false) => "Slet undtagelsen. Det, den gjaldt, er rettet.".to_owned(),
    };
    Finding::new(Code::UbrugtUndtagelse, exception.place(), message).with_help(help)
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    const SECTION: &str = "overskrift = 'A'\ntekst = 'Se side 12.'\n";

    /// What an exception in the section's file leaves of RP204 and RP011.
    fn left(exception: &str) -> (Vec<String>, Vec<String>) {
        let text = format!("{SECTION}[[undtag]]\n{exception}\n");
        let repo = Repo::of(&[("01-a.toml", &text)]);
        (repo.at("RP204"), repo.at("RP011"))
    }

    #[test]
    fn an_exception_sets_its_finding_aside_with_the_reason() {
        for exception in [
            "regel = 'sidehenvisning'\nbegrundelse = 'En trykt pjece.'",
            "regel = 'RP204'\nhvor = 'se SIDE 12'\nbegrundelse = 'En trykt pjece.'",
        ] {
            assert_eq!(left(exception), (vec![], vec![]), "{exception}");
        }
        let text =
            format!("{SECTION}[[undtag]]\nregel = 'RP204'\nbegrundelse = 'En trykt pjece.'\n");
        let excepted = Repo::of(&[("01-a.toml", &text)]).excepted();
        assert_eq!(
            excepted,
            [("RP204".to_owned(), "En trykt pjece.".to_owned())]
        );
    }

    #[test]
    fn an_exception_that_meets_nothing_is_a_finding_at_its_rule() {
        let (pages, unused) = left("regel = 'RP204'\nhvor = 'side 13'\nbegrundelse = 'x'");
        assert_eq!(pages, ["01-a.toml:2:13"]);
        assert_eq!(unused, ["01-a.toml:4:9"]);
    }

    #[test]
    fn in_a_sections_file_it_counts_there_and_in_the_protocols_everywhere() {
        let exception = "[[undtag]]\nregel = 'RP204'\nbegrundelse = 'x'\n";
        let other = format!("overskrift = 'B'\n{exception}");
        let repo = Repo::of(&[("01-a.toml", SECTION), ("02-b.toml", &other)]);
        assert_eq!(repo.at("RP204"), ["01-a.toml:2:13"]);
        assert_eq!(repo.at("RP011"), ["02-b.toml:3:9"]);
        let main = format!("[institution]\nnavn = 'Birkely'\n{exception}");
        let repo = Repo::of(&[("01-a.toml", SECTION), ("protokol.toml", &main)]);
        assert_eq!((repo.at("RP204"), repo.at("RP011")), (vec![], vec![]));
    }

    #[test]
    fn some_rules_have_no_exceptions_and_names_must_be_known() {
        for (rule, said) in [
            (
                "personnummer",
                "En undtagelse fra »personnummer« gælder ét tal, og »hvor« viser det ikke.",
            ),
            (
                "RP002",
                "Der kan ikke gøres undtagelser fra reglen »ukendt-noegle«.",
            ),
            ("sidehenvisninger", "»sidehenvisninger« er ikke en regel."),
        ] {
            let text =
                format!("overskrift = 'A'\n[[undtag]]\nregel = '{rule}'\nbegrundelse = 'x'\n");
            let repo = Repo::of(&[("01-a.toml", &text)]);
            assert_eq!(repo.messages("RP003"), [said]);
            assert_eq!(repo.at("RP003"), ["01-a.toml:3:9"]);
        }
    }

    #[test]
    fn the_reason_is_required() {
        let text = format!("{SECTION}[[undtag]]\nregel = 'RP204'\n");
        let repo = Repo::of(&[("01-a.toml", &text)]);
        assert_eq!(repo.at("RP004"), ["01-a.toml:3:1"]);
        assert_eq!(repo.at("RP204"), ["01-a.toml:2:13"]);
    }
}
