//! What is printed on sheets of its own: action cards, posters and blank forms.

use std::fs;

use crate::pages::packed;
use crate::print::{area, pdf};
use crate::support::{Repo, typst_is_there};

#[test]
fn cards_are_two_on_a_sheet_each_with_its_code() {
    let repo = area();
    repo.run(&["print", "kranporten", "--cards"])
        .code(0)
        .stdout_has("[repo]/dist/kranporten-handlingsanvisninger.pdf er skrevet.");
    let pdf = pdf(&repo, "dist/kranporten-handlingsanvisninger.pdf");
    let cards = repo
        .files("protocols/kranporten")
        .iter()
        .filter(|file| file.ends_with(".toml"))
        .map(|file| repo.read(&format!("protocols/kranporten/{file}")))
        .map(|text| text.matches("handling]]").count())
        .sum::<usize>();
    assert!(cards > 10);
    // The longest one is too long for half a sheet, and comes last on a whole one.
    assert_eq!(pdf.pages() as usize, 1 + (cards - 1).div_ceil(2));
    assert_eq!(pdf.size(1), (297, 210));
    assert_eq!(
        pdf.pages_with("En person kan ikke vækkes eller trækker vejret dårligt"),
        [8]
    );
    assert_eq!(pdf.size(8), (210, 297));
    let on_first = pdf.page(1).matches("udskrifterikkestyret").count();
    assert_eq!(on_first, 2);
    assert_eq!(pdf.bookmarks().len(), cards);
}

/// The smallest area with a card of so many steps.
fn with_steps(count: usize) -> Repo {
    let steps: Vec<String> = (1..=count)
        .map(|step| format!("{{ goer = \"Gør nummer {step} af det, vi har aftalt, og se efter, at det er gjort.\", hvem = \"Nattevagten\" }}"))
        .collect();
    let card = format!(
        "overskrift = \"Om natten\"\n[[handling]]\nsituation = \"Lyset går i hele huset\"\ntrin = [{}]\n",
        steps.join(", ")
    );
    Repo::minimal().file("protocols/lillebo/09-om-natten.toml", card)
}

#[test]
fn a_card_that_no_sheet_holds_goes_on_under_its_situation() {
    typst_is_there();
    let repo = with_steps(40);
    repo.run(&["build", "--draft", "--formats", "pdf"]).code(0);
    repo.run(&["print", "lillebo", "--cards", "--output", "kort.pdf"])
        .code(0);
    for file in ["dist/lillebo/protokol.pdf", "kort.pdf"] {
        let pdf = pdf(&repo, file);
        let on: Vec<u32> = (1..=pdf.pages())
            .filter(|page| pdf.page(*page).contains("nummer"))
            .collect();
        assert!(on.len() > 1, "{file}: {on:?}");
        for (index, page) in on.iter().enumerate() {
            let text = pdf.page(*page);
            assert!(
                text.contains(&packed("Lyset går i hele huset")),
                "{file} {page}: {text}"
            );
            assert_eq!(text.contains("fortsat"), index > 0, "{file} {page}: {text}");
        }
    }
}

#[test]
fn a_card_is_on_one_sheet_as_long_as_one_holds_it() {
    typst_is_there();
    for (steps, size) in [(5, (297, 210)), (10, (210, 297)), (16, (210, 297))] {
        let repo = with_steps(steps);
        repo.run(&["print", "lillebo", "--cards", "--output", "kort.pdf"])
            .code(0);
        let pdf = pdf(&repo, "kort.pdf");
        assert_eq!((pdf.pages(), pdf.size(1)), (1, size), "{steps} steps");
        let shown = pdf.text_of_size(11.0);
        assert_eq!(shown.matches("Nattevagten").count(), steps);
    }
}

#[test]
fn a_protocol_without_cards_says_so() {
    Repo::minimal()
        .run(&["print", "lillebo", "--cards"])
        .code(2)
        .stderr_has("lillebo har ingen handlingsanvisninger");
}

#[test]
fn a_poster_is_one_sheet_with_the_rules_alone() {
    let repo = area();
    for (paper, size) in [("a3", (297, 420)), ("a4", (210, 297))] {
        let file = format!("{paper}.pdf");
        let run = [
            "print",
            "kranporten",
            "--poster",
            "husorden",
            "--paper",
            paper,
        ];
        repo.run(&[&run[..], &["--output", &file]].concat()).code(0);
        let poster = pdf(&repo, &file);
        assert_eq!(poster.pages(), 1, "{paper}");
        assert_eq!(poster.pages_with("Naboen skal kunne sove"), [1]);
        assert_eq!(poster.pages_with("Hygge på trappen"), Vec::<u32>::new());
        assert_eq!(poster.pages_with("udskrift er ikke styret"), [1]);
        assert_eq!(poster.size(1), size, "{paper}");
    }
}

/// What the poster of twelve rules needed a second sheet for was three lines.
#[test]
fn a_poster_in_large_type_is_set_as_close_as_one_sheet_asks_for() {
    let repo = area();
    let run = ["print", "kranporten", "--poster", "husorden", "--paper"];
    let large = ["a3", "--large", "--output", "stor.pdf"];
    repo.run(&[&run[..], &large].concat()).code(0);
    let poster = pdf(&repo, "stor.pdf");
    assert_eq!(poster.pages(), 1);
    assert_eq!(poster.pages_with("Huset er mere trygt"), [1]);
    assert_eq!(poster.text_of_size(18.0).matches("Skal").count(), 3);
}

#[test]
fn a_form_has_its_own_part_and_lines_and_nothing_else() {
    let repo = area();
    repo.run(&["print", "kranporten", "--form", "samarbejdsaftale"])
        .code(0)
        .stdout_has("dist/kranporten-formular-samarbejdsaftale.pdf");
    let pdf = pdf(&repo, "dist/kranporten-formular-samarbejdsaftale.pdf");
    assert!(
        pdf.page(1)
            .contains(&packed("Samarbejdsaftale om rusmidler"))
    );
    assert!(
        !pdf.pages_with("Det hjælper mig, når jeg er påvirket")
            .is_empty()
    );
    assert!(pdf.pages_with("Husorden").is_empty());
    // Name and title together do not fit beside the status in large type.
    assert!(
        pdf.pages_with("Botilbuddet Kranporten · Rusmiddelprotokol")
            .is_empty()
    );
    let all: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("udskrift er ikke styret"), all);
}

#[test]
fn a_build_makes_every_blank_form_once_and_removes_one_that_is_gone() {
    let repo = area().edited(
        "protocols/kranporten/04-handlingsanvisninger.toml",
        "[](bilag:interviewguide)",
        "guiden",
    );
    repo.run(&["build", "kranporten"]).code(0);
    let forms = || {
        let files = repo.files("dist/kranporten").into_iter();
        files
            .filter(|file| file.starts_with("formular-"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        forms(),
        [
            "formular-interviewguide.pdf",
            "formular-risikoskema.pdf",
            "formular-samarbejdsaftale.pdf"
        ]
    );
    let page = repo.read("dist/kranporten/index.html");
    for form in forms() {
        assert!(page.contains(&format!("href=\"{form}\"")), "{form}");
    }
    repo.run(&["build", "kranporten"])
        .code(0)
        .stdout_has("0 filer skrevet");
    fs::remove_file(repo.path("protocols/kranporten/bilag/3-interviewguide.toml"))
        .expect("the appendix is there");
    repo.run(&["build", "kranporten"]).code(0);
    assert_eq!(
        forms(),
        ["formular-risikoskema.pdf", "formular-samarbejdsaftale.pdf"]
    );
}
