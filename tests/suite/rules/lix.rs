//! RP301 `lix`.

use std::io::Write;

use super::{Found, house, house_with_text};

/// 20 words, 13 of them long, one sentence: 20 + 100·13/20 = 85. Four of them are measured.
const HARD: &str = "Kontaktpersonen foretager systematisk indhentning af relevante oplysninger om borgerens \
                    aktuelle rusmiddelforbrug og sikrer efterfølgende dokumentation heraf i den elektroniske \
                    journal.";
/// 24 words, 4 of them long, four sentences: 6 + 100·4/24 = 22.7.
const EASY: &str = "Du kan altid tale med os. Vi spørger, hvordan du har det. Bruger du stoffer, så sig det. \
                    Vi hjælper dig uden at skælde ud.";

fn times(text: &str, count: usize) -> String {
    [text].repeat(count).join(" ")
}

#[test]
fn a_hard_text_is_found_at_its_heading_with_its_longest_sentence_and_words() {
    let found = Found::by(
        "RP301",
        &house_with_text(&format!("Vi ses. {}", times(HARD, 4))),
    );
    // 82 words, 52 of them long, five sentences: 16.4 + 63.4.
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:14 Lixtallet i »Et« er 80 (meget svær), og grænsen er 45. Den længste sætning har \
             20 ord, og de længste ord er »rusmiddelforbrug«, »Kontaktpersonen«, »efterfølgende« og \
             »dokumentation«."
        ]
    );
    assert_eq!(found.related(), [["01-et.toml:3:9"]]);
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn easy_texts_and_those_under_sixty_words_are_fine() {
    // 59 words: three times the hard one and without its last.
    let short = times(HARD, 3).replacen(" journal", "", 1);
    for text in [
        &times(EASY, 4),
        &short,
        "Kontakt afdelingslederen omgående.",
    ] {
        Found::by("RP301", &house_with_text(text)).none();
    }
    let sixty = times(HARD, 3);
    assert_eq!(
        Found::by("RP301", &house_with_text(&sixty)).lines().len(),
        1
    );
}

#[test]
fn several_hard_sections_are_one_finding_with_the_worst_three_and_the_rest_behind() {
    let text = |heading: &str, easy: usize| {
        let text = format!("{} {}", times(HARD, 3), times(EASY, easy));
        format!("overskrift = \"{heading}\"\ntekst = \"{text}\"\n")
    };
    let files: [(&str, &str); 5] = [
        ("01-a.toml", &text("Aften", 1)),
        ("02-b.toml", &text("Brand", 0)),
        ("03-c.toml", &text("Dag", 2)),
        ("04-d.toml", &text("Fest", 3)),
        ("05-e.toml", &text("Grin", 30)),
    ];
    let repo = house("", &files);
    let found = Found::by("RP301", &repo);
    // By hand: 60 words, 39 long, 3 sentences; then 24, 4 and 4 more each time.
    assert_eq!(
        found.lines(),
        [
            "02-b.toml:1:14 Lixtallet er over grænsen i 4 afsnit. De sværeste er »Brand« (85), »Aften« (63) og »Dag« (53)."
        ]
    );
    assert_eq!(
        found.helps(),
        [
            "Begynd med sætningerne: sæt punktum, hvor en ny tanke begynder, og skriv, hvem der gør hvad. \
             Se alle tallene med rusprot check hus -v"
        ]
    );
    let details = found.own[0]["details"].as_array().expect("the figures");
    let lines: Vec<&str> = details
        .iter()
        .map(|detail| detail["message"].as_str().expect("a text"))
        .map(|message| message.split(", og").next().expect("a part"))
        .collect();
    assert_eq!(
        lines,
        [
            "Lixtallet i »Brand« er 85 (meget svær)",
            "Lixtallet i »Aften« er 63 (meget svær)",
            "Lixtallet i »Dag« er 53 (svær)",
            "Lixtallet i »Fest« er 47 (svær)"
        ]
    );
    repo.run(&["check", "-v"])
        .stderr_has("protocols/hus/03-c.toml:1: Lixtallet i »Dag« er 53 (svær), og grænsen er 45.");
    repo.run(&["check"]).stderr_lacks("er 53 (svær)");
}

#[test]
fn an_exception_in_a_file_takes_its_sections_out_of_the_finding() {
    let text = |heading: &str, more: &str| {
        let text = times(HARD, 3);
        format!("overskrift = \"{heading}\"\ntekst = \"{text}\"\n{more}")
    };
    let exception = "[[undtag]]\nregel = \"lix\"\nbegrundelse = \"Teksten er kommunens.\"\n";
    let files: [(&str, &str); 2] = [
        ("01-a.toml", &text("Aften", exception)),
        ("02-b.toml", &text("Brand", "")),
    ];
    let repo = house("", &files);
    let found = Found::by("RP301", &repo);
    assert_eq!(found.lines().len(), 1);
    assert!(found.lines()[0].starts_with("02-b.toml:1:14 Lixtallet i »Brand« er 85"));
    Found::by("RP011", &repo).none();
}

#[test]
fn names_of_laws_titles_of_documents_and_explained_words_are_no_long_words() {
    // 60 words, 15 long, 6 sentences: 10 + 25 = 35; with 12 of the names besides: over 45 if they were long.
    let text = times(
        "Vi følger sundhedsloven og rusmiddelprotokollen, når du bliver syg af det, du har taget. \
         Du får en forandringssamtale efter serviceloven, og så kan du selv vælge, om du vil.",
        3,
    );
    let section = |terms: &str| format!("overskrift = \"Et\"\ntekst = \"{text}\"\n{terms}");
    let area = |kind: &str, limit: u32, terms: &str| {
        house("", &[("01-et.toml", &section(terms))])
            .file(
                "templates/proeve/skabelon.toml",
                format!("navn = \"Prøve\"\ndokumenttype = \"{kind}\"\nversion = \"1\"\n"),
            )
            .file(
                "rusprot.toml",
                format!(
                    "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[graenser]\nlix = {limit}\n"
                ),
            )
    };
    let term = "[[begreb]]\nord = \"Forandringssamtale\"\nbetyder = \"En snak om, hvad du vil.\"\n";
    // 90 words and six sentences: 15, and nothing else is long.
    Found::by("RP301", &area("Rusmiddelprotokol", 15, term)).none();
    for (kind, term) in [("Aftale", term), ("Rusmiddelprotokol", "")] {
        let found = Found::by("RP301", &area(kind, 15, term)).lines();
        assert_eq!(found.len(), 1, "{kind} {term}");
    }
}

#[test]
fn texts_for_residents_alone_have_a_limit_of_their_own_that_sub_sections_share() {
    // 21 words, 5 long, two sentences, three times: 10.5 + 23.8 = 34.3.
    let text = times(
        "Du bestemmer selv, om din familie skal vide noget om din situation, og vi ringer kun, når du \
         har givet os lov. Personalet hjælper gerne.",
        3,
    );
    let section = |readers: &str| {
        format!(
            "overskrift = \"Et\"\n{readers}\n[[afsnit]]\noverskrift = \"To\"\ntekst = \"{text}\"\n"
        )
    };
    let limits =
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[graenser]\nlix = 40\nlix_borger = 20\n";
    let with = |readers: &str| {
        house("", &[("01-et.toml", &section(readers))]).file("rusprot.toml", limits)
    };
    let found = Found::by("RP301", &with("for = [\"borger\"]"));
    assert_eq!(found.lines().len(), 1);
    assert!(found.lines()[0].starts_with("01-et.toml:4:14 "));
    assert!(found.lines()[0].contains("grænsen er 20 for tekst, der kun er til borgere"));
    Found::by("RP301", &with("for = [\"borger\", \"paaroerende\"]")).none();
}

#[test]
fn headings_fields_footnote_markers_and_addresses_do_not_count() {
    let section = format!(
        "overskrift = \"Institutionsbeskrivelse vedrørende rusmiddelproblematikker\"\ntekst = '''\n{}[^1] \
         Læs på <https://www.institutionsbeskrivelser-rusmiddelproblematikker.dk>.\n\n[^1]: Vi taler sammen.\n'''\n\
         [[felt]]\nnavn = \"Institutionsbeskrivelse vedrørende rusmiddelproblematikker\"\n",
        times(EASY, 3)
    );
    Found::by("RP301", &house("", &[("01-et.toml", &section)])).none();
}

/// The six house rules that the rule is pinned by belong to a real institution and are not part of this
/// project: `RUSPROT_REAL` names the folder of its area where somebody has it.
#[test]
fn the_house_rules_of_the_real_protocol_have_lix_34() {
    let Some(area) = std::env::var_os("RUSPROT_REAL") else {
        writeln!(std::io::stderr(), "skipped: RUSPROT_REAL is not set").expect("written");
        return;
    };
    let path = std::path::Path::new(&area).join("protocols/kaervang/04-handleanvisninger.toml");
    let text = std::fs::read_to_string(path).expect("the real protocol");
    let rules: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(rules.len(), 6);
    let repo = house_with_text(&rules.join("\n")).file(
        "rusprot.toml",
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"P\"\n[graenser]\nlix = 33\n",
    );
    let lines = Found::by("RP301", &repo).lines();
    assert!(
        lines[0].contains(" er 34 (let), og grænsen er 33."),
        "{lines:?}"
    );
}
