//! RP301 `lix`.

use std::io::Write;

use super::{Found, house, house_with_text};

/// 20 words, 13 of them long, one sentence: 20 + 100·13/20 = 85.
const HARD: &str = "Kontaktpersonen foretager systematisk indhentning af relevante oplysninger om borgerens \
                    aktuelle rusmiddelforbrug og sikrer efterfølgende dokumentation heraf i den elektroniske \
                    journal.";
/// 24 words, 3 of them long, four sentences: 6 + 100·3/24 = 18.5.
const EASY: &str = "Du kan altid tale med os. Vi spørger, hvordan du har det. Bruger du stoffer, så sig det. \
                    Vi hjælper dig uden at skælde ud.";

#[test]
fn a_hard_text_is_found_at_its_heading_with_its_longest_sentence_and_words() {
    let found = Found::by("RP301", &house_with_text(&format!("Vi ses. {HARD}")));
    assert_eq!(
        found.lines(),
        [
            "01-et.toml:1:14 Lixtallet i »Et« er 70 (meget svær), og grænsen er 45. Den længste sætning har \
             20 ord, og de længste ord er »rusmiddelforbrug«, »Kontaktpersonen«, »efterfølgende« og \
             »dokumentation«."
        ]
    );
    assert_eq!(found.related(), [["01-et.toml:3:9"]]);
    assert_eq!(found.levels(), ["warning"]);
}

#[test]
fn easy_and_very_short_texts_are_fine() {
    for text in [EASY, "Kontakt afdelingslederen omgående."] {
        Found::by("RP301", &house_with_text(text)).none();
    }
}

#[test]
fn texts_for_residents_alone_have_a_limit_of_their_own_that_sub_sections_share() {
    // 21 words, 5 long, two sentences: 10.5 + 23.8 = 34.3; with one sentence more to the point: 38.
    let text = "Du bestemmer selv, om din familie skal vide noget om din situation, og vi ringer kun, når \
                du har givet os lov. Personalet hjælper gerne.";
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
        "overskrift = \"Institutionsbeskrivelse vedrørende rusmiddelproblematikker\"\ntekst = '''\n{EASY}[^1] \
         Læs på <https://www.institutionsbeskrivelser-rusmiddelproblematikker.dk>.\n\n[^1]: Vi taler sammen.\n'''\n\
         [[felt]]\nnavn = \"Institutionsbeskrivelse vedrørende rusmiddelproblematikker\"\n"
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
