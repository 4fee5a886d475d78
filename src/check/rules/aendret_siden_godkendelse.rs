//! RP703 `aendret-siden-godkendelse`: what the protocol says, or what the skabelon asks for, is no longer what
//! was approved.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::Approved;
use crate::text::{Place, argument};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let Approved::Changed(approval, approved_as) = Approved::of(protocol, context.fingerprint)
    else {
        return;
    };
    let message = format!(
        "Protokollen eller skabelonen er ændret, siden {} godkendte den {}.",
        approval.forum.text,
        approval.date.value.danish()
    );
    let slug = argument(&protocol.slug);
    findings.push(
        Finding::new(
            Code::AendretSidenGodkendelse,
            Place::new(&protocol.file, approved_as.span),
            message,
        )
        .with_help(format!(
            "Se ændringerne med rusprot diff {slug} --since-approval. Tag dem med til næste møde, og skriv \
             godkendelsen ind med rusprot approve {slug}."
        )),
    );
}

#[cfg(test)]
mod tests {
    use crate::check::harness::{FINGERPRINT, Repo};

    fn approved(approvals: &[(&str, &str)]) -> Repo {
        let mut main = "[institution]\nnavn = 'Bostedet Birkely'\n".to_owned();
        for (date, fingerprint) in approvals {
            main.push_str(&format!(
                "[[godkendelse]]\nforum = 'Mini-MED'\ndato = {date}\naftryk = '{fingerprint}'\n"
            ));
        }
        Repo::of(&[("protokol.toml", &main)])
    }

    #[test]
    fn another_fingerprint_is_found_at_the_newest_approval() {
        let other = "f".repeat(64);
        let repo = approved(&[("2026-10-01", &other), ("2025-10-01", FINGERPRINT)]);
        assert_eq!(repo.at("RP703"), ["protokol.toml:6:10"]);
        assert_eq!(
            repo.messages("RP703"),
            [
                "Protokollen eller skabelonen er ændret, siden Mini-MED godkendte den 1. oktober 2026."
            ]
        );
    }

    #[test]
    fn the_same_fingerprint_and_an_approval_without_one_are_fine() {
        assert_eq!(
            approved(&[("2026-10-01", FINGERPRINT)]).at("RP703"),
            [""; 0]
        );
        let main = "[institution]\nnavn = 'Bostedet Birkely'\n\
                    [[godkendelse]]\nforum = 'Mini-MED'\ndato = 2026-10-01\n";
        assert_eq!(Repo::of(&[("protokol.toml", main)]).at("RP703"), [""; 0]);
    }
}
