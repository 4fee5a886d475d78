//! The arguments of `rusprot status`.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, DayArgs, OPTIONS, by_name};
use crate::report::DutyFormat;

/// A hundred years ahead; a longer number is a slip of the pen.
const MOST_DAYS: u32 = 36_525;

#[derive(Args, Debug)]
#[command(
    override_usage = "rusprot status [PROTOKOL]… [VALG]",
    after_help = "\
Programmet slutter med 1, når en pligt, der skal opfyldes, er overskredet, eller når en fil \
ikke kan læses, som den skal. Med --matrix slutter det med 1, når kontrollen finder en fejl.

Eksempler:
  rusprot status                                vis alle pligter
  rusprot status --within 60                    vis kun de næste 60 dage
  rusprot status --format ics --output aar.ics  lav en fil til kalenderen
  rusprot status --matrix                       vis, hvad der mangler hvor"
)]
pub(in crate::cli) struct StatusArgs {
    #[arg(
        value_name = "PROTOKOL", help_heading = ARGUMENTS,
        help = "Navnet på protokollens mappe eller en sti i den; uden navn tages alle"
    )]
    pub(in crate::cli) protocols: Vec<PathBuf>,

    #[arg(
        long, value_name = "DAGE", help_heading = OPTIONS, value_parser = parse_days,
        conflicts_with = "matrix", allow_negative_numbers = true,
        help = "Vis kun det, der er overskredet eller skal ske inden for så mange dage"
    )]
    pub(in crate::cli) within: Option<u32>,

    #[arg(
        long, help_heading = OPTIONS,
        help = "Kontrollér protokollerne, og vis for hvert krav, om det er opfyldt, mangler \
                eller afviger"
    )]
    pub(in crate::cli) matrix: bool,

    #[arg(
        long, value_name = "FORM", help_heading = OPTIONS, value_parser = by_name(DutyFormat::ALL, DutyFormat::name),
        default_value = "human", hide_default_value = true, hide_possible_values = true,
        help = "Skriv til mennesker (human), til andre programmer (json), til en kalender (ics) \
                eller til et regneark (csv)"
    )]
    pub(in crate::cli) format: DutyFormat,

    #[arg(
        long, value_name = "FIL", help_heading = OPTIONS,
        help = "Skriv resultatet i denne fil i stedet for på skærmen"
    )]
    pub(in crate::cli) output: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) day: DayArgs,
}

/// Reads a number of days ahead.
fn parse_days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| *days <= MOST_DAYS);
    days.ok_or_else(|| format!("det skal være et helt antal dage fra 0 til {MOST_DAYS}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_days_is_whole_and_not_below_nothing() {
        assert_eq!(parse_days("0"), Ok(0));
        assert_eq!(parse_days("36525"), Ok(36_525));
        for wrong in ["-1", "36526", "1,5", "99999999999", "to", ""] {
            let reason = parse_days(wrong).expect_err(wrong);
            assert!(reason.contains("fra 0 til 36525"), "{wrong}: {reason}");
        }
    }
}
