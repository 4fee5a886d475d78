//! RP701 `frist-overskredet`.

use super::{Found, house};
use crate::support::Repo;

const WHEEL: &str = "[[pligt]]\nid = \"revision\"\nhvad = \"Gå den igennem\"\nhvor_tit = \"1 år\"\n\
    [[pligt]]\nid = \"kursus\"\nhvad = \"Kursus\"\nhvor_tit = \"1 kvartal\"\nniveau = \"kan\"\n\
    [[pligt]]\nid = \"brand\"\nhvad = \"Øv brand\"\nhvor_tit = \"6 måneder\"\nfoerste = \"2026-K3\"\n";

fn with(main: &str) -> Repo {
    let main = format!("[institution]\nnavn = \"Huset\"\n{main}");
    house(WHEEL, &[("protokol.toml", &main)])
}

#[test]
fn a_duty_that_must_be_met_is_overdue_the_day_after_its_last_day() {
    let repo = with(
        "[[haendelse]]\npligt = \"revision\"\ndato = 2025-11-20\n\
         [[haendelse]]\npligt = \"kursus\"\ndato = 2020-01-01\n",
    );
    assert_eq!(
        Found::by("RP701", &repo).lines(),
        [
            "protokol.toml:1:1 »Øv brand« skulle være sket senest 30. september 2026.",
            "protokol.toml:5:8 »Gå den igennem« skulle være sket senest 20. november 2026.",
        ],
        "what may be done is never overdue"
    );
}

#[test]
fn the_last_day_itself_and_what_was_done_in_time_are_fine() {
    let repo = with(
        "[[haendelse]]\npligt = \"revision\"\ndato = 2025-11-21\n\
         [[haendelse]]\npligt = \"brand\"\ndato = 2026-05-21\n",
    );
    Found::by("RP701", &repo).none();
}

#[test]
fn the_day_comes_from_the_option_before_the_environment() {
    let repo = with(
        "[[haendelse]]\npligt = \"revision\"\ndato = 2025-11-21\n\
         [[haendelse]]\npligt = \"brand\"\ndato = 2026-05-21\n",
    );
    repo.run(&["check", "--today", "2026-11-22"])
        .code(1)
        .stdout_has("RP701")
        .stdout_has("rusprot done hus --duty revision --date ÅÅÅÅ-MM-DD\n");
}
