//! RP702 `frist-naer`.

use super::{Found, house};
use crate::support::Repo;

const WHEEL: &str =
    "[[pligt]]\nid = \"revision\"\nhvad = \"Gå den igennem\"\nhvor_tit = \"1 år\"\n";

fn revised(date: &str) -> Repo {
    let main = format!(
        "[institution]\nnavn = \"Huset\"\n[[haendelse]]\npligt = \"revision\"\ndato = {date}\n"
    );
    house(WHEEL, &[("protokol.toml", &main)])
}

#[test]
fn what_is_due_within_sixty_days_is_told() {
    assert_eq!(
        Found::by("RP702", &revised("2026-01-20")).lines(),
        ["protokol.toml:5:8 »Gå den igennem« skal ske senest 20. januar 2027."]
    );
    Found::by("RP702", &revised("2026-01-21")).none();
}

#[test]
fn the_area_may_ask_for_a_longer_notice() {
    let repo = revised("2026-01-30").file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøveområdet\"\n[graenser]\nvarsel_dage = 70\n",
    );
    assert_eq!(Found::by("RP702", &repo).lines().len(), 1);
}

#[test]
fn a_duty_without_a_date_to_count_from_is_told() {
    assert_eq!(
        Found::by("RP702", &house(WHEEL, &[])).lines(),
        ["protokol.toml:1:1 Her står ikke, hvornår dette sidst er sket: »Gå den igennem«."]
    );
}

#[test]
fn what_is_done_as_needed_or_may_be_left_out_is_never_near() {
    let wheel = "[[pligt]]\nid = \"a\"\nhvad = \"Ring\"\nhvor_tit = \"ved behov\"\n\
        [[pligt]]\nid = \"b\"\nhvad = \"Mødes\"\nhvor_tit = \"1 år\"\nniveau = \"kan\"\n";
    Found::by("RP702", &house(wheel, &[])).none();
}
