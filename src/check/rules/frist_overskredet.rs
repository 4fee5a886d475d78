//! RP701 `frist-overskredet`: a duty of the year wheel that must be met has not been met in time.

use crate::check::context::Context;
use crate::diag::{Code, Finding, Subject};
use crate::model::{Demand, Duty, Standing, duties_of};
use crate::text::{Place, argument, danish_date};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.file.is_broken() {
        // The date may stand where the file cannot be read.
        return;
    }
    for duty in duties_of(context.skabelon, context.protocol) {
        let due = Standing::of(duty, context.protocol).due;
        if let (Demand::Must, Some(due)) = (duty.demand, due)
            && due < context.today
        {
            let what = &duty.what.text;
            let message = format!("»{what}« skulle være sket senest {}.", danish_date(due));
            findings.push(
                Finding::new(Code::FristOverskredet, place(context, duty), message)
                    .about(Subject::Duty(duty.id.value.clone()))
                    .with_help(help(context, duty)),
            );
        }
    }
}

/// Where the newest date of a duty stands, or the beginning of `protokol.toml`.
pub(super) fn place(context: &Context<'_>, duty: &Duty) -> Place {
    let protocol = context.protocol;
    let counted = Standing::counted(duty, protocol);
    match counted.iter().max_by_key(|(date, _)| date.value.last_day()) {
        Some((date, _)) => Place::new(&protocol.file, date.span),
        None => protocol.top(),
    }
}

/// How to write down that a duty has been met.
pub(super) fn help(context: &Context<'_>, duty: &Duty) -> String {
    format!(
        "Når det er sket, så skriv det ind: rusprot done {} --duty {} --date ÅÅÅÅ-MM-DD",
        argument(&context.protocol.slug),
        argument(&duty.id.value)
    )
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    const NEWER: &str = "[institution]\nnavn = 'Bostedet Birkely'\n\n\
        [[haendelse]]\npligt = 'revision'\ndato = 2025-11-01\n\n\
        [[haendelse]]\npligt = 'revision'\ndato = 2024-11-01\n\n\
        [[haendelse]]\npligt = 'notat-mini-med'\ndato = 2025-11-20\n\n\
        [[haendelse]]\npligt = 'evaluering'\ndato = 2025-11-21\n";

    #[test]
    fn a_duty_is_overdue_the_day_after_its_last_day_and_counted_from_the_newest_event() {
        let repo = Repo::of(&[("protokol.toml", NEWER)]);
        assert_eq!(
            repo.at("RP701"),
            ["protokol.toml:6:8", "protokol.toml:14:8"],
            "the third is due today"
        );
        assert!(repo.messages("RP701")[0].ends_with("senest 1. november 2026."));
    }

    #[test]
    fn without_any_date_nothing_is_overdue() {
        assert_eq!(Repo::of(&[]).at("RP701"), [""; 0]);
    }

    #[test]
    fn an_approval_and_the_day_it_is_in_force_from_count_for_the_revision_alone() {
        for counted in [
            "[dokument]\ngaelder_fra = 2025-03-01\n",
            "[[godkendelse]]\nforum = 'Mini-MED'\ndato = 2025-03-01\n",
        ] {
            let main = format!("[institution]\nnavn = 'Bostedet Birkely'\n{counted}");
            let found = Repo::of(&[("protokol.toml", &main)]).messages("RP701");
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].contains("går hele protokollen igennem"),
                "{found:?}"
            );
        }
    }
}
