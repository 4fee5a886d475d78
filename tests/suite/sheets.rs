//! What is printed on sheets of its own: action cards, posters and blank forms.

use std::fs;

use crate::pages::packed;
use crate::print::{area, pdf};
use crate::support::Repo;

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
    assert_eq!(pdf.pages() as usize, cards.div_ceil(2));
    assert_eq!(pdf.size(1), (297, 210));
    let on_first = pdf.page(1).matches("udskrifterikkestyret").count();
    assert_eq!(on_first, 2);
    assert_eq!(pdf.bookmarks().len(), cards);
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
