//! RP702 `frist-naer`: a duty that must be met is due soon, or there is no date to count from.

use jiff::ToSpan;

use super::frist_overskredet::{help, place};
use crate::check::context::Context;
use crate::diag::{Code, Finding, Subject};
use crate::model::{Demand, Duty, Interval, Standing, duties_of};
use crate::text::danish_date;

/// Days before a duty is due, where `varsel_dage` says nothing (`docs/regler/RP702-frist-naer.md`).
const NOTICE: u32 = 60;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.protocol.file.is_broken() {
        // The date may stand where the file cannot be read.
        return;
    }
    let days = context.area.limits.get("varsel_dage", NOTICE);
    let soon = context.today.saturating_add(i64::from(days).days());
    for duty in duties_of(context.skabelon, context.protocol) {
        if duty.demand == Demand::May || duty.interval == Interval::AsNeeded {
            continue;
        }
        let what = &duty.what.text;
        let message = match Standing::of(duty, context.protocol).due {
            None => format!("Her står ikke, hvornår dette sidst er sket: »{what}«."),
            Some(due) if (context.today..=soon).contains(&due) => {
                format!("»{what}« skal ske senest {}.", danish_date(due))
            }
            Some(_) => continue,
        };
        findings.push(finding(context, duty, message));
    }
}

fn finding(context: &Context<'_>, duty: &Duty, message: String) -> Finding {
    Finding::new(Code::FristNaer, place(context, duty), message)
        .about(Subject::Duty(duty.id.value.clone()))
        .with_help(help(context, duty))
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn main(revision: &str) -> String {
        format!(
            "[institution]\nnavn = 'Bostedet Birkely'\n\
             [[haendelse]]\npligt = 'revision'\ndato = {revision}\n\
             [[haendelse]]\npligt = 'notat-mini-med'\ndato = 2026-10-01\n\
             [[haendelse]]\npligt = 'evaluering'\ndato = 2026-10-01\n"
        )
    }

    #[test]
    fn notice_is_given_from_sixty_days_before_to_the_last_day() {
        for (last, found) in [
            ("2026-01-20", 1),
            ("2026-01-21", 0),
            ("2025-11-21", 1),
            ("2025-11-20", 0),
        ] {
            let repo = Repo::of(&[("protokol.toml", &main(last))]);
            assert_eq!(repo.at("RP702").len(), found, "{last}");
        }
    }

    #[test]
    fn a_duty_without_any_date_is_told_of() {
        let found = Repo::of(&[]).messages("RP702");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("Her står ikke, hvornår"), "{found:?}");
    }
}
