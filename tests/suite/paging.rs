//! What stands together on a page of paper: headings with what they are over, what is signed with its signatures, and no page
//! for a few words alone.

use crate::pages::{Pdf, packed};
use crate::support::{Repo, typst_is_there};

const LARGE: [&str; 5] = ["--meeting", "Mini-MED", "--date", "2026-12-01", "--large"];

fn printed(repo: &Repo, what: &[&str]) -> Pdf {
    let args = [&["print", "lillebo", "--output", "tryk.pdf"], what].concat();
    repo.run(&args).code(0);
    let pdf = Pdf::read(&repo.read_bytes("tryk.pdf"));
    assert_eq!(pdf.astray(), Vec::<String>::new(), "{what:?}");
    pdf
}

/// The section of a card.
const CARD: &str = "protocols/lillebo/09-om-natten.toml";

/// The smallest area with a section of a card of so many steps, under lines that lead to it.
fn with_card(steps: usize, lead: usize) -> Repo {
    let step = "{ goer = \"Gør det, som vi har aftalt, og se efter.\", hvem = \"Vagten\", hvornaar = \"Straks\" }";
    let lead = "Kortet hænger i gangen og på kontoret. ".repeat(lead);
    let section = format!(
        "overskrift = \"Om natten\"\ntekst = \"{lead}\"\n[[handling]]\nsituation = \"Lyset er gået i huset\"\ntrin = [{}]\n\
         dokumentation = \"Skriv det i bogen.\"\n",
        vec![step; steps].join(", ")
    );
    Repo::minimal().file(CARD, section)
}

/// The pages behind the list of contents that show some words.
fn with(pdf: &Pdf, words: &str) -> Vec<u32> {
    let contents = pdf.pages_with("Indhold");
    let pages = pdf.pages_with(words).into_iter();
    pages.filter(|page| !contents.contains(page)).collect()
}

#[test]
fn a_heading_stands_on_the_page_of_its_card_however_long_that_is() {
    typst_is_there();
    for (steps, lines) in [(3, 7), (4, 6), (4, 7), (5, 2), (5, 3), (7, 1)] {
        let repo = with_card(steps, 0);
        let says = "Skriv det i bogen, og sig det til alle. ".repeat(lines);
        let repo = repo.edited(CARD, "Skriv det i bogen.", says.trim());
        let pdf = printed(&repo, &LARGE);
        let heading = with(&pdf, "Om natten");
        let card = with(&pdf, "Lyset er gået i huset");
        assert!(
            heading.contains(&card[0]),
            "{steps} steps, {lines} lines: {heading:?}, {card:?}"
        );
    }
}

#[test]
fn a_card_is_closer_where_it_then_stands_on_the_page_of_the_lines_that_lead_to_it() {
    typst_is_there();
    for (steps, lead) in [(9, 3), (11, 8), (12, 12), (13, 8)] {
        let pdf = printed(&with_card(steps, lead), &LARGE[..4]);
        let page = with(&pdf, "Kortet hænger i gangen");
        assert_eq!(page.len(), 1);
        let all = pdf.page(page[0]).matches("Vagten").count();
        assert_eq!(all, steps, "{steps} steps");
    }
}

#[test]
fn a_long_dilemma_begins_on_the_page_of_its_heading_and_leaves_none_white_before_it() {
    typst_is_there();
    let says = "\"Sig, hvad du ser, og spørg, hvad der er sket, før du gør noget andet.\"";
    for sentences in [2, 4, 7, 10, 13] {
        let before = "Sådan gør vi i huset hver dag, også når det er svært. ".repeat(sentences);
        let section = format!(
            "overskrift = \"Svære valg\"\ntekst = \"{before}\"\n[[afsnit]]\noverskrift = \"Valget\"\ntekst = \"Et valg, der er svært.\"\n\
             [[afsnit.dilemma]]\nsituation = \"Det er svært\"\ngoer = [{}]\nhvorfor = \"Det hjælper.\"\n",
            [says; 6].join(", ")
        );
        let repo = Repo::minimal().file("protocols/lillebo/09-valg.toml", section);
        let pdf = printed(&repo, &LARGE);
        let before = pdf.pages_with("også når det er svært.");
        let heading = pdf.pages_with("Et valg, der er svært.");
        assert_eq!(before.last(), heading.first(), "{sentences} sentences");
    }
}

#[test]
fn the_contents_of_a_packet_leave_no_few_lines_alone_on_a_page() {
    typst_is_there();
    for count in [0, 1, 2, 3, 4, 22, 23] {
        let repo = Repo::minimal().with_topics(count);
        let pdf = printed(&repo, &LARGE);
        let last = pdf.pages_with("Sådan er protokollen blevet til")[0];
        let page = pdf.page(last);
        let dots = page.split(|letter| letter != '.');
        let lines = dots.filter(|dots| dots.len() > 2).count();
        assert!(lines >= 5, "{count} sections: {lines} lines on page {last}");
    }
}

#[test]
fn the_code_of_the_page_stands_alone_on_no_page() {
    typst_is_there();
    for lines in 0..9 {
        let repo = Repo::minimal();
        let main = repo.read("protocols/lillebo/protokol.toml");
        let more = format!(
            "[dokument]\nundertitel = \"{}\"\n",
            "En protokol til alle i huset. ".repeat(2 * lines)
        );
        let web = main.replace(
            "[institution]",
            "[institution]\nweb = \"https://lillebo.test\"",
        );
        repo.write("protocols/lillebo/protokol.toml", format!("{web}\n{more}"));
        let area = repo.read("rusprot.toml");
        let edition =
            "[[udgave]]\nid = \"alle\"\nnavn = \"Til alle\"\nfor = [\"borger\"]\nstor = true\n";
        repo.write("rusprot.toml", format!("{area}\n{edition}"));
        repo.run(&["build", "--draft", "--formats", "pdf"]).code(0);
        let pdf = Pdf::read(&repo.read_bytes("dist/lillebo/alle/protokol.pdf"));
        let page = pdf.pages_with("Vores hjemmeside. Hold")[0];
        let shown = pdf.page(page);
        assert!(
            shown.contains("Skabelon") || shown.contains("Indhold"),
            "{lines}: {shown}"
        );
    }
}

#[test]
fn what_is_decided_stands_with_the_signatures_for_it() {
    typst_is_there();
    let pdf = printed(&Repo::minimal(), &LARGE);
    let page = pdf.pages_with("Underskrifter");
    assert_eq!(pdf.pages_with("Vi har drøftet"), page);
    assert_eq!(pdf.pages_with("Næste møde"), page);
    // A title of five lines leaves no room for both.
    let title =
        "En protokol, der siger alt om rusmidler til alle, der bor og arbejder i huset. ".repeat(6);
    let repo = Repo::minimal().edited(
        "protocols/lillebo/protokol.toml",
        "[institution]",
        &format!("titel = \"{}\"\n[institution]", title.trim()),
    );
    let pdf = printed(&repo, &LARGE);
    let page = pdf.pages_with("Underskrifter")[0];
    assert!(pdf.page(page).contains(&packed(title.trim())));
}

#[test]
fn no_word_of_a_command_is_broken_on_paper() {
    typst_is_there();
    let pdf = printed(&Repo::minimal(), &LARGE);
    for word in [
        "rusprot",
        "approve",
        "--forum",
        "--date",
        "2026-12-01",
        "--by",
    ] {
        assert!(pdf.span(word).is_some(), "{word}");
    }
}

#[test]
fn a_role_on_a_receipt_is_no_wider_than_its_line_and_all_sign_for_what_stands_over_them() {
    typst_is_there();
    let roles = |count: usize| -> String {
        let role = |at| {
            format!(
                "[[rolle]]\ntitel = \"Ressourceperson{}\"\nansvar = \"Hjælper.\"\n",
                "a".repeat(at)
            )
        };
        (0..count).map(role).collect()
    };
    let repo = Repo::minimal().file(
        "protocols/lillebo/09-roller.toml",
        format!("overskrift = \"Roller\"\n{}", roles(1)),
    );
    let pdf = printed(&repo, &["--receipt", "--large"]);
    // It is drawn in its parts.
    let (from, to) = pdf.span("erson").expect("it is there");
    let next = pdf.span("underskrift").expect("it is there").0;
    assert!(
        to <= next - 5,
        "{from} to {to}, and the next begins at {next}"
    );
    let repo = Repo::minimal().file(
        "protocols/lillebo/09-roller.toml",
        format!("overskrift = \"Roller\"\n{}", roles(17)),
    );
    let pdf = printed(&repo, &["--receipt", "--large"]);
    let signed = pdf.pages_with("Ressource");
    assert!(signed.len() > 1, "{signed:?}");
    for page in signed {
        assert!(pdf.page(page).contains(&packed("Jeg har læst »")), "{page}");
    }
}
