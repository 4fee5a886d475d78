//! Each kind of change, told from protocols as their files say them; and that there are changes exactly where
//! fingerprints differ.

use std::collections::BTreeMap;

use crate::compare::{self, Changes, PartFate, PieceKind, Side, UnitFate};
use crate::history::{Reading, TIMELESS};
use crate::load::Repository;
use crate::site::Site;

const CONFIG: &str = "skabelon = 'egen'\n[omraade]\nnavn = 'Området'\n";
const SKABELON: &str = "navn = 'Egen'\ndokumenttype = 'Protokol'\nversion = '1'\n\
    [[krav]]\nid = 'besoeg'\noverskrift = 'Besøg'\nniveau = 'kan'\nobligatorisk = 'Alle er velkomne her i huset hver dag.'\n\
    [[krav.punkt]]\nid = 'nat'\ntekst = 'Hvad der gælder om natten'\nniveau = 'skal'\n\
    [[pligt]]\nid = 'revision'\nhvad = 'Vi retter protokollen'\nhvor_tit = '1 år'\nniveau = 'skal'\n";
const MAIN: &str =
    "[institution]\nnavn = 'Bostedet Birkely'\nadresse = ['Birkevej 1']\ntelefon = '00 11 22 33'\n";
const VISIT: &str = "overskrift = 'Besøg'\nopfylder = 'besoeg'\ntekst = '''\nDu må have gæster hele dagen. Sig det til os, før de kommer.\n\n\
    | Hvem | Hvornår |\n|---|---|\n| Nattevagten | Hver nat |\n| Lederen | Hver dag |\n'''\n";
const RULES: &str = "overskrift = 'Husorden'\n\
    [[regel]]\ntekst = 'Luk døren efter dig om natten.'\nbegrundelse = 'Så kan naboen sove.'\n\
    [[regel]]\ntekst = 'Ingen handel på gangen eller i gården.'\n";
const CARD: &str = "overskrift = 'Kort'\n[[handling]]\nsituation = 'En borger falder om'\n\
    trin = [ { goer = 'Ring 112 med det samme', hvem = 'Den, der ser det', hvornaar = 'Straks' }, { goer = 'Bliv hos borgeren, til hjælpen er der', hvem = 'En kollega' } ]\n";

type Files = BTreeMap<String, Vec<u8>>;

fn files() -> Files {
    let own = "protocols/birkely";
    [
        ("rusprot.toml".to_owned(), CONFIG),
        ("templates/egen/skabelon.toml".to_owned(), SKABELON),
        (format!("{own}/protokol.toml"), MAIN),
        (format!("{own}/01-besoeg.toml"), VISIT),
        (format!("{own}/02-husorden.toml"), RULES),
        (format!("{own}/03-kort.toml"), CARD),
        (
            format!("{own}/bilag/1-aftale.toml"),
            "overskrift = 'Aftale'\ntekst = 'Vi aftaler et besøg.'\n",
        ),
    ]
    .into_iter()
    .map(|(path, text)| (path, text.as_bytes().to_vec()))
    .collect()
}

/// The files with one of them edited.
fn edited(path: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    let text = files.get_mut(path).unwrap_or_else(|| panic!("no {path}"));
    let old = String::from_utf8(text.clone()).expect("the files are text");
    assert!(old.contains(from), "{path} has no {from:?}");
    *text = old.replace(from, to).into_bytes();
    files
}

fn own(path: &str, from: &str, to: &str) -> Files {
    edited(&format!("protocols/birkely/{path}"), from, to)
}

fn side(files: Files) -> Side {
    let repository = Repository::held(files);
    let site = Site::open_for(&repository, 1, TIMELESS, &|_| true).expect("an area");
    match site.reading("birkely").expect("a protocol").0 {
        Reading::Read(side) => *side,
        Reading::Missing => panic!("there is no protocol"),
        Reading::Unreadable(unreadable) => panic!("{unreadable}"),
    }
}

fn changes(present: Files) -> Changes {
    compare::compare(&side(files()), &side(present))
}

/// What changed, one line each: where, what, and the words with their marks.
fn told(present: Files) -> Vec<String> {
    told_of(&changes(present))
}

fn told_of(changes: &Changes) -> Vec<String> {
    let words = |words: &[compare::Piece]| {
        let mut text = String::new();
        for piece in words {
            if !text.is_empty() && !piece.glued {
                text.push(' ');
            }
            text.push_str(&match piece.kind {
                PieceKind::Same => piece.text.clone(),
                PieceKind::Struck => format!("[-{}-]", piece.text),
                PieceKind::Inserted => format!("{{+{}+}}", piece.text),
            });
        }
        text
    };
    let mut lines = Vec::new();
    for field in &changes.front {
        lines.push(format!("front {}: {}", field.label, words(&field.words)));
    }
    for part in &changes.parts {
        let fates: Vec<&str> = part.changes.iter().map(|fate| fate.danish()).collect();
        lines.push(format!(
            "{} {}: {}",
            part.name,
            part.heading,
            fates.join(", ")
        ));
        for unit in &part.units {
            for field in &unit.fields {
                lines.push(format!(
                    "  {}{} {} {}: {}",
                    if unit.common { "common " } else { "" },
                    unit.name,
                    unit.change.danish(),
                    field.label,
                    words(&field.words)
                ));
            }
        }
    }
    for asked in &changes.skabelon {
        lines.push(format!(
            "{} {}: {}",
            asked.kind.danish().0,
            asked.id,
            asked.change.danish()
        ));
        for field in &asked.fields {
            lines.push(format!("  {}: {}", field.label, words(&field.words)));
        }
    }
    lines
}

fn sentence(present: Files) -> String {
    changes(present).summary().sentence
}

#[test]
fn a_word_is_told_in_a_paragraph_a_cell_a_rule_and_a_step() {
    assert_eq!(
        told(own("01-besoeg.toml", "hele dagen", "indtil aften")),
        [
            "afsnit 1 Besøg: ændret",
            "  tekststykke ændret : Du må have gæster [-hele dagen-] {+indtil aften+}. Sig det til os, før de kommer."
        ]
    );
    assert_eq!(
        told(own("01-besoeg.toml", "Hver nat", "Hver anden nat")),
        [
            "afsnit 1 Besøg: ændret",
            "  række 1 ændret Hvornår: Hver {+anden+} nat"
        ]
    );
    assert_eq!(
        told(own("02-husorden.toml", "naboen", "alle")),
        [
            "afsnit 2 Husorden: ændret",
            "  regel 1 ændret begrundelse: Så kan [-naboen-] {+alle+} sove."
        ]
    );
    assert_eq!(
        told(own("03-kort.toml", "En kollega", "Nattevagten")),
        [
            "afsnit 3 Kort: ændret",
            "  trin 2 ændret hvem: [-En kollega-] {+Nattevagten+}"
        ]
    );
}

#[test]
fn what_came_and_went_is_told_with_its_words() {
    let rule = "[[regel]]\ntekst = 'Ingen handel";
    let with_rule = own(
        "02-husorden.toml",
        rule,
        &format!("[[regel]]\ntekst = 'Ryg kun udenfor.'\nstyrke = 'skal'\n{rule}"),
    );
    assert_eq!(
        told(with_rule.clone()),
        [
            "afsnit 2 Husorden: ændret",
            "  regel 2 tilføjet : {+Ryg kun udenfor.+}",
            "  regel 2 tilføjet styrke: {+Skal+}"
        ]
    );
    assert_eq!(sentence(with_rule), "1 afsnit ændret, 1 regel tilføjet.");
    let without = own("01-besoeg.toml", "| Lederen | Hver dag |\n", "");
    assert_eq!(
        sentence(without.clone()),
        "1 afsnit ændret, 1 tabelrække fjernet."
    );
    let rows = &changes(without).parts[0].units;
    assert_eq!(
        (rows[0].change, &*rows[0].name),
        (UnitFate::Removed, "række 2")
    );
    let mut section = files();
    section.insert(
        "protocols/birkely/04-have.toml".to_owned(),
        b"overskrift = 'Haven'\ntekst = 'Vi graver.'\n[[afsnit]]\noverskrift = 'Bede'\ntekst = 'Her gror noget.'\n".to_vec(),
    );
    section.remove("protocols/birkely/bilag/1-aftale.toml");
    assert_eq!(
        sentence(section.clone()),
        "1 afsnit tilføjet, 1 bilag fjernet."
    );
    assert_eq!(
        told(section),
        [
            "afsnit 4 Haven: tilføjet",
            "  tekststykke tilføjet : {+Vi graver.+}",
            "afsnit 4.1 Bede: tilføjet",
            "  tekststykke tilføjet : {+Her gror noget.+}",
            "bilag 1 Aftale: fjernet",
            "  tekststykke fjernet : [-Vi aftaler et besøg.-]"
        ]
    );
}

#[test]
fn a_part_that_was_renamed_or_moved_is_the_same_part() {
    assert_eq!(
        told(own("02-husorden.toml", "'Husorden'", "'Vores husorden'")),
        ["afsnit 2 Vores husorden: omdøbt"]
    );
    // Another file name and number: another id and place, with the same words.
    let mut moved = files();
    let rules = moved
        .remove("protocols/birkely/02-husorden.toml")
        .expect("it is there");
    moved.insert("protocols/birkely/09-regler.toml".to_owned(), rules.clone());
    let told_of = changes(moved);
    assert_eq!(told_of.summary().sentence, "1 afsnit flyttet.");
    // Of two that changed places the later one is told.
    let place = told_of.parts[0].moved.clone().expect("it moved");
    assert_eq!((&*place.from, &*place.to), ("afsnit 3", "afsnit 2"));
    let mut appendix = files();
    appendix.remove("protocols/birkely/02-husorden.toml");
    appendix.insert("protocols/birkely/bilag/2-regler.toml".to_owned(), rules);
    let part = &changes(appendix).parts[0];
    assert_eq!(
        (&part.changes[..], &*part.heading),
        (&[PartFate::Moved][..], "Husorden")
    );
    let place = part.moved.as_ref().expect("it moved");
    assert_eq!((&*place.from, &*place.to), ("afsnit 2", "bilag 2"));
}

#[test]
fn a_sub_section_moves_to_another_level() {
    let mut files = files();
    files.remove("protocols/birkely/03-kort.toml");
    let below = format!(
        "{VISIT}\n[[afsnit]]\nid = 'kort'\n{}",
        CARD.replace("[[handling]]", "[[afsnit.handling]]")
    );
    files.insert(
        "protocols/birkely/01-besoeg.toml".to_owned(),
        below.into_bytes(),
    );
    let part = &changes(files).parts[0];
    let place = part.moved.as_ref().expect("it moved");
    assert_eq!((&*place.from, &*place.to), ("afsnit 3", "afsnit 1.1"));
}

#[test]
fn a_unit_that_only_changed_its_place_moved() {
    let turned = "overskrift = 'Husorden'\n\
        [[regel]]\ntekst = 'Ingen handel på gangen eller i gården.'\n\
        [[regel]]\ntekst = 'Luk døren efter dig om natten.'\nbegrundelse = 'Så kan naboen sove.'\n";
    let mut files = files();
    files.insert(
        "protocols/birkely/02-husorden.toml".to_owned(),
        turned.into(),
    );
    assert_eq!(sentence(files), "1 afsnit ændret, 1 regel flyttet.");
}

#[test]
fn the_front_is_told_too() {
    assert_eq!(
        told(own("protokol.toml", "Birkevej 1", "Birkevej 2")),
        ["front adresse: Birkevej [-1-] {+2+}"]
    );
    assert_eq!(
        sentence(own("protokol.toml", "22 33", "22 44")),
        "Forsiden ændret."
    );
}

#[test]
fn what_came_from_the_skabelon_is_told_apart() {
    let skabelon = |from, to| edited("templates/egen/skabelon.toml", from, to);
    let text = skabelon("hver dag", "hver eneste dag");
    assert_eq!(
        told(text.clone()),
        [
            "afsnit 1 Besøg: ændret",
            "  common tekststykke ændret : Alle er velkomne her i huset hver {+eneste+} dag.",
            "krav besoeg: ændret",
            "  fælles tekst: Alle er velkomne her i huset hver {+eneste+} dag."
        ]
    );
    assert_eq!(
        sentence(text),
        "Ingen ændringer i jeres egen tekst. Fra skabelonen: fælles tekst ændret i 1 afsnit."
    );
    assert_eq!(
        told(skabelon("om natten", "om aftenen")),
        [
            "punkt nat: ændret",
            "  tekst: Hvad der gælder om [-natten-] {+aftenen+}"
        ]
    );
    assert_eq!(
        told(skabelon("'1 år'", "'6 måneder'"))[1],
        "  hvor tit: [-hvert år-] {+hver 6. måned+}"
    );
    assert_eq!(
        told(skabelon("niveau = 'kan'", "niveau = 'skal'")),
        ["krav besoeg: ændret", "  niveau: [-kan-] {+skal+}"]
    );
    let more = skabelon(
        "[[pligt]]",
        "[[krav]]\nid = 'nyt'\noverskrift = 'Nyt'\nniveau = 'kan'\n[[krav]]\nid = 'mere'\noverskrift = 'Mere'\nniveau = 'kan'\n[[pligt]]",
    );
    assert_eq!(
        sentence(more),
        "Ingen ændringer i jeres egen tekst. Fra skabelonen: 2 krav tilføjet."
    );
}

#[test]
fn how_a_text_is_typed_is_no_change() {
    let same = [
        own("01-besoeg.toml", "hele dagen. Sig", "hele\ndagen.  Sig"),
        own("01-besoeg.toml", "Sig det til os", "*Sig* det til os"),
        own("02-husorden.toml", "naboen", "na\u{AD}boen"),
        own("02-husorden.toml", "på gangen", "pa\u{30A} gangen"),
        own(
            "protokol.toml",
            "[institution]",
            "# Til os selv\n[institution]",
        ),
        own(
            "01-besoeg.toml",
            "| Nattevagten | Hver nat |",
            "| Nattevagten   |   Hver nat |",
        ),
    ];
    for (index, files) in same.into_iter().enumerate() {
        assert_eq!(told(files), Vec::<String>::new(), "{index}");
    }
    let quoted = |marks: [&str; 2]| {
        let text = format!("Sig {}nej{}", marks[0], marks[1]);
        side(own("02-husorden.toml", "Luk", &text))
    };
    assert!(compare::compare(&quoted(["»", "«"]), &quoted(["\"", "\""])).is_empty());
}

#[test]
fn a_personal_number_is_never_shown() {
    let number = crate::check::made_up::number(2040, "-", true);
    let text = format!("naboen og {number}");
    for line in told(own("02-husorden.toml", "naboen", &text)) {
        assert!(!line.contains(&number), "{line}");
    }
}

/// The protocol with references of every kind to what may move.
fn linked() -> Files {
    let mut files = files();
    let mut put = |path: &str, text: &str| {
        files.insert(format!("protocols/birkely/{path}"), text.into());
    };
    put(
        "04-henvis.toml",
        "overskrift = 'Se også'\ntekst = 'Læs (først [](afsnit:kort)) og siden [](bilag:aftale), og ring så: [](kontakt:vagt).'\n\
         indsaet = 'bilag:aftale'\n[[regel]]\ntekst = 'Følg [](afsnit:kort).'\nbegrundelse = 'Det står i [](bilag:aftale).'\n",
    );
    put(
        "05-vagt.toml",
        "overskrift = 'Vagten'\n[[kontakt]]\nid = 'vagt'\nfunktion = 'Nattevagten'\ntelefon = '00 11 22 44'\n",
    );
    put(
        "bilag/1-aftale.toml",
        "overskrift = 'Aftale'\ntekst = 'Vi aftaler et besøg.'\n[[felt]]\nnavn = 'Dato'\n",
    );
    files
}

fn linked_but(path: &str, from: &str, to: &str) -> Files {
    let mut files = linked();
    let path = format!("protocols/birkely/{path}");
    let text = files.get_mut(&path).expect("it is there");
    let old = String::from_utf8(text.clone()).expect("the files are text");
    assert!(old.contains(from), "{path} has no {from:?}");
    *text = old.replace(from, to).into_bytes();
    files
}

/// The protocol with references, where files have other names: sections and appendices at other places.
fn linked_and_renamed(names: &[(&str, &str)]) -> Files {
    let mut files = linked();
    for (from, to) in names {
        let text = files.remove(&format!("protocols/birkely/{from}"));
        files.insert(
            format!("protocols/birkely/{to}"),
            text.expect("it is there"),
        );
    }
    files
}

/// Two contacts by their ids, and a reference to one of them.
fn two_contacts(first: &str, second: &str) -> Files {
    let mut files = linked();
    let text = format!(
        "overskrift = 'Vagten'\ntekst = 'Ring først til [](kontakt:a).'\n\
         [[kontakt]]\nid = 'vagt'\nfunktion = 'Nattevagten'\ntelefon = '00 11 22 44'\n\
         [[kontakt]]\nid = '{first}'\nfunktion = 'Lederen'\ntelefon = '00 11 22 66'\n\
         [[kontakt]]\nid = '{second}'\nfunktion = 'Lederen'\ntelefon = '00 11 22 77'\n",
    );
    files.insert("protocols/birkely/05-vagt.toml".to_owned(), text.into());
    files
}

fn lines(former: Files, present: Files) -> Vec<String> {
    told_of(&compare::compare(&side(former), &side(present)))
}

#[test]
fn a_reference_to_what_moved_is_no_change() {
    let moved = linked_and_renamed(&[("03-kort.toml", "00-kort.toml")]);
    assert_eq!(lines(linked(), moved.clone()), ["afsnit 1 Kort: flyttet"]);
    let changes = compare::compare(&side(linked()), &side(moved));
    assert_eq!(changes.summary().sentence, "1 afsnit flyttet.");
    let mut more = linked();
    let extra = b"overskrift = 'Forord'\ntekst = 'Vi siger goddag.'\n".to_vec();
    more.insert("protocols/birkely/bilag/0-ekstra.toml".to_owned(), extra);
    assert_eq!(
        lines(linked(), more),
        [
            "bilag 1 Forord: tilføjet",
            "  tekststykke tilføjet : {+Vi siger goddag.+}"
        ]
    );
}

#[test]
fn a_reference_follows_a_part_that_has_another_id() {
    let mut present = linked_and_renamed(&[("03-kort.toml", "00-kortet.toml")]);
    let text = present
        .get_mut("protocols/birkely/04-henvis.toml")
        .expect("it is there");
    let renamed = String::from_utf8(text.clone()).expect("the files are text");
    *text = renamed.replace("afsnit:kort", "afsnit:kortet").into_bytes();
    assert_eq!(lines(linked(), present), ["afsnit 1 Kort: flyttet"]);
}

#[test]
fn a_reference_that_leads_elsewhere_is_told_with_both_labels() {
    assert_eq!(
        lines(
            linked(),
            linked_but(
                "04-henvis.toml",
                "Følg [](afsnit:kort)",
                "Følg [](afsnit:besoeg)"
            )
        ),
        [
            "afsnit 4 Se også: ændret",
            "  regel 1 ændret : Følg [-afsnit 3-] {+afsnit 1+}."
        ]
    );
    // The section that stands there now is another one, though it has the number.
    let mut other = linked_but(
        "04-henvis.toml",
        "Følg [](afsnit:kort)",
        "Følg [](afsnit:besoeg)",
    );
    let card = other
        .remove("protocols/birkely/03-kort.toml")
        .expect("it is there");
    other.insert("protocols/birkely/00-kort.toml".to_owned(), card);
    let visit = other
        .remove("protocols/birkely/01-besoeg.toml")
        .expect("it is there");
    other.insert("protocols/birkely/03-besoeg.toml".to_owned(), visit);
    let told = lines(linked(), other);
    assert_eq!(
        told[2..],
        [
            "afsnit 4 Se også: ændret",
            "  regel 1 ændret : Følg [-afsnit 3-] {+afsnit 3+}."
        ],
        "{told:#?}"
    );
    let mut gone = linked_but(
        "04-henvis.toml",
        "(først [](afsnit:kort))",
        "(først [](afsnit:haven))",
    );
    gone.remove("protocols/birkely/03-kort.toml");
    gone.insert(
        "protocols/birkely/03-haven.toml".to_owned(),
        b"overskrift = 'Haven'\ntekst = 'Her gror mange slags blomster.'\n".to_vec(),
    );
    let told = lines(linked(), gone);
    let text = "  tekststykke ændret : Læs (først [-afsnit 3-] {+afsnit 3+}) og siden Bilag 1, og ring så: Nattevagten, tlf. 00 11 22 44.";
    assert!(told.iter().any(|line| line == text), "{told:#?}");
}

#[test]
fn an_edited_text_shows_the_numbers_of_today() {
    let mut present = linked_and_renamed(&[("03-kort.toml", "00-kort.toml")]);
    let text = present
        .get_mut("protocols/birkely/04-henvis.toml")
        .expect("it is there");
    let edited = String::from_utf8(text.clone()).expect("the files are text");
    *text = edited.replace("og ring så", "og ring straks").into_bytes();
    assert_eq!(
        lines(linked(), present),
        [
            "afsnit 1 Kort: flyttet",
            "afsnit 4 Se også: ændret",
            "  tekststykke ændret : Læs (først afsnit 1) og siden Bilag 1, og ring [-så-] {+straks+}: Nattevagten, tlf. 00 11 22 44."
        ]
    );
}

#[test]
fn a_contact_that_changed_is_told_where_it_stands() {
    assert_eq!(
        lines(linked(), linked_but("05-vagt.toml", "22 44", "22 55")),
        [
            "afsnit 5 Vagten: ændret",
            "  kontakt ændret telefon: 00 11 22 [-44-] {+55+}"
        ]
    );
}

#[test]
fn a_number_that_was_typed_and_is_a_reference_now_is_no_change() {
    let typed = || linked_but("04-henvis.toml", "Følg [](afsnit:kort)", "Følg afsnit 3");
    let mut present = linked();
    let rules = "protocols/birkely/02-husorden.toml";
    present.insert(rules.to_owned(), RULES.replace("naboen", "alle").into());
    for told in [lines(typed(), present.clone()), lines(linked(), present)] {
        assert_eq!(
            told,
            [
                "afsnit 2 Husorden: ændret",
                "  regel 1 ændret begrundelse: Så kan [-naboen-] {+alle+} sove."
            ]
        );
    }
    // A typed number stays where it is, and a reader is led astray: that is worth telling.
    let moved = linked_and_renamed(&[("03-kort.toml", "00-kort.toml")]);
    let told = lines(typed(), moved);
    assert_eq!(
        told[1..],
        [
            "afsnit 4 Se også: ændret",
            "  regel 1 ændret : Følg [-afsnit 3-] {+afsnit 1+}."
        ]
    );
}

const OF_EVERY_KIND: &str = "overskrift = 'Alt'\nfor = ['medarbejder']\n\
    tekst = '''\nEt *afsnit* med ~~slettet~~, `kode`, [et link](https://www.retsinformation.dk/) og en fodnote[^a].\n\n\
    - [x] Gjort\n- [ ] Ikke gjort\n  1. Et  under\u{A0}punkt\n\n> »Et citat«\n\nOrd\n: Det betyder noget\n\n[^a]: Fodnotens tekst.\n'''\n\
    [[rolle]]\ntitel = 'Vagten'\nansvar = ['Hun ringer.']\n\
    [[begreb]]\nord = 'Aftale'\nbetyder = 'Det, vi er enige om.'\n\
    [[dilemma]]\nsituation = 'En gæst vil ind'\ngoer = ['Spørg først.']\nhvorfor = 'Det er et hjem.'\n\
    [[opgave]]\nhvad = 'Lås døren'\nfrist = 'hver aften'\n";

/// Approvals in people's files hold fingerprints. If this one changes, they are all void: mend the code.
#[test]
fn a_fingerprint_is_what_it_always_was() {
    let mut files = linked();
    files.insert(
        "protocols/birkely/06-alt.toml".to_owned(),
        OF_EVERY_KIND.into(),
    );
    let document = side(files).document;
    let units = crate::document::units(&document.sections[5]);
    let kinds: Vec<&str> = units.iter().map(|unit| unit.kind.danish().0).collect();
    assert_eq!(
        kinds,
        [
            "tekststykke",
            "fodnote",
            "punkt",
            "punkt",
            "punkt",
            "tekststykke",
            "ordforklaring",
            "ordforklaring",
            "rolle",
            "punkt",
            "dilemma",
            "punkt",
            "opgave"
        ]
    );
    assert_eq!(
        document.edition.fingerprint,
        "7c40de9a722f92ae009f1d7b94703980bd8192d8bbc6d96068583f641d00a230"
    );
}

fn quoted(from: &str, to: &str) -> Files {
    let text = "overskrift = 'Sagt'\n[[citat]]\ntekst = \"Bank *på*.[^a]\\n\\n[^a]: Altid.\"\nhvem = 'En borger'\n";
    assert!(text.contains(from), "{from}");
    let mut files = files();
    files.insert(
        "protocols/birkely/06-sagt.toml".to_owned(),
        text.replace(from, to).into(),
    );
    files
}

#[test]
fn a_block_of_texts_alone_counts_with_what_it_is_and_what_each_key_says() {
    let document = side(quoted("Bank", "Bank")).document;
    let units = crate::document::units(&document.sections[3]);
    let fields = |index: usize| -> Vec<(&str, &str)> {
        let fields = units[index].fields.iter();
        fields.map(|field| (&*field.label, &*field.text)).collect()
    };
    assert_eq!(
        fields(1),
        [("", "Bank på."), ("hvem", "En borger"), ("type", "citat")]
    );
    assert_eq!(fields(0), [("", "Altid.")]);
    let told = |present: Files| lines(quoted("Bank", "Bank"), present);
    assert_eq!(
        told(quoted("'En borger'", "'En pårørende'")),
        [
            "afsnit 4 Sagt: ændret",
            "  byggesten ændret hvem: [-En borger-] {+En pårørende+}"
        ]
    );
    assert_eq!(
        told(quoted("Bank *på*", "Ring *på*")),
        [
            "afsnit 4 Sagt: ændret",
            "  byggesten ændret : [-Bank-] {+Ring+} på."
        ]
    );
    assert_eq!(told(quoted("*på*", "på")), [""; 0]);
}

/// Editions of the protocol, some of which say the same.
fn editions() -> Vec<Side> {
    let mut swapped = files();
    let (a, b) = (
        "protocols/birkely/01-besoeg.toml",
        "protocols/birkely/02-husorden.toml",
    );
    let (first, second) = (swapped[a].clone(), swapped[b].clone());
    swapped.insert(a.to_owned(), second);
    swapped.insert(b.to_owned(), first);
    let mut other_names = files();
    let card = other_names
        .remove("protocols/birkely/03-kort.toml")
        .expect("it is there");
    other_names.insert("protocols/birkely/03-kortene.toml".to_owned(), card.clone());
    let mut as_appendix = files();
    as_appendix.remove("protocols/birkely/03-kort.toml");
    as_appendix.insert("protocols/birkely/bilag/0-kort.toml".to_owned(), card);
    let mut emptied = files();
    emptied.insert(a.to_owned(), "overskrift = 'Besøg'\n".into());
    let editions = [
        files(),
        swapped,
        other_names,
        as_appendix,
        emptied,
        own("01-besoeg.toml", "hele dagen", "altid"),
        own(
            "01-besoeg.toml",
            "| Hvem | Hvornår |",
            "| Rolle | Hvornår |",
        ),
        own(
            "01-besoeg.toml",
            "| Hvem | Hvornår |\n|---|---|\n| Nattevagten | Hver nat |\n| Lederen | Hver dag |",
            "| Hvem |\n|---|\n| Nattevagten |\n| Lederen |",
        ),
        own("01-besoeg.toml", "opfylder = 'besoeg'\n", ""),
        own("01-besoeg.toml", "Du må have", "- Du må have"),
        own("02-husorden.toml", "Så kan", "*Så* kan"),
        own(
            "02-husorden.toml",
            "begrundelse = 'Så kan naboen sove.'\n",
            "",
        ),
        own(
            "03-kort.toml",
            "overskrift = 'Kort'",
            "overskrift = 'Kort'\nfor = ['medarbejder']",
        ),
        own("03-kort.toml", ", hvem = 'En kollega'", ""),
        own("protokol.toml", "Birkely", "Egely"),
        own(
            "protokol.toml",
            "telefon = '00 11 22 33'\n",
            "telefon = '00 11 22 33'\nmail = 'post@birkely.test'\n",
        ),
        edited("rusprot.toml", "Området", "Egnen"),
        edited("templates/egen/skabelon.toml", "nat'\n", "nat'\n# intet\n"),
        edited(
            "templates/egen/skabelon.toml",
            "id = 'nat'",
            "id = 'natten'",
        ),
        edited(
            "templates/egen/skabelon.toml",
            "her i huset",
            "i *huset* her",
        ),
        edited(
            "templates/egen/skabelon.toml",
            "version = '1'",
            "version = '2'",
        ),
    ];
    let editions = editions.into_iter().chain(linked_editions());
    let editions = editions.chain(quoted_editions());
    editions.map(side).collect()
}

fn quoted_editions() -> Vec<Files> {
    vec![
        quoted("Bank", "Bank"),
        quoted("Bank", "Ring"),
        quoted("*på*", "på"),
        quoted("hvem = 'En borger'\n", ""),
        quoted("Altid", "Altid nu"),
    ]
}

fn linked_editions() -> Vec<Files> {
    vec![
        linked(),
        linked_and_renamed(&[("03-kort.toml", "00-kort.toml")]),
        linked_and_renamed(&[("03-kort.toml", "bilag/0-kort.toml")]),
        linked_and_renamed(&[("bilag/1-aftale.toml", "06-aftale.toml")]),
        linked_and_renamed(&[
            ("03-kort.toml", "01-kort.toml"),
            ("01-besoeg.toml", "03-besoeg.toml"),
        ]),
        linked_but("04-henvis.toml", "Følg [](afsnit:kort)", "Følg afsnit 3"),
        linked_but("04-henvis.toml", "[](afsnit:kort).", "[](afsnit:kort) ."),
        linked_but(
            "04-henvis.toml",
            "Følg [](afsnit:kort)",
            "Følg [](afsnit:besoeg)",
        ),
        linked_but("05-vagt.toml", "22 44", "22 55"),
        linked_but("05-vagt.toml", "Nattevagten", "Dagvagten"),
        linked_but("bilag/1-aftale.toml", "'Aftale'", "'Aftalen'"),
        two_contacts("a", "b"),
        two_contacts("b", "a"),
        two_contacts("c", "a"),
    ]
}

#[test]
fn there_are_changes_exactly_where_fingerprints_differ() {
    let sides = editions();
    for (i, former) in sides.iter().enumerate() {
        for (j, present) in sides.iter().enumerate() {
            let same = former.document.edition.fingerprint == present.document.edition.fingerprint;
            let mut unstamped = former.clone();
            // Without the fingerprint everything has to be looked at.
            unstamped.document.edition.fingerprint.clear();
            let changes = compare::compare(&unstamped, present);
            assert_eq!(same, changes.is_empty(), "{i} and {j}: {changes:#?}");
        }
    }
}
