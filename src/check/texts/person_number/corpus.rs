//! How well numbers are found: two thousand lines as people write them, made when the test runs. What is
//! measured stands in `docs/regler/RP501-personnummer.md`.

use super::find;
use super::made_up::number;

/// How the halves and pieces of a number are written, with `{d}`, `{m}`, `{y}`, `{c}` (the year with its
/// century) and `{s}` for its parts.
const WRITTEN: &[&str] = &[
    "{d}{m}{y}-{s}",
    "{d}{m}{y}{s}",
    "{d}{m}{y} {s}",
    "{d}{m}{y}.{s}",
    "{d}{m}{y}/{s}",
    "{d}{m}{y}_{s}",
    "{d}{m}{y} - {s}",
    "{d}{m}{y}–{s}",
    "{d}{m}{y}\\-{s}",
    "{d}{m}{y}&nbsp;{s}",
    "{d}{m}{y}&#45;{s}",
    "**{d}{m}{y}**-{s}",
    "{d}{m}{y}  {s}",
    "{d}{m}{y} | {s}",
    "{d}{m}{y}\n{s}",
    "{d}.{m}.{y}-{s}",
    "{d} {m} {y} {s}",
    "{d} {m} {y}-{s}",
    "{d}-{m}-{y}-{s}",
    "{d}/{m} {y}-{s}",
    "{d}{m}{c}-{s}",
    "{d}.{m}.{c}-{s}",
    "{d}-{m}-{c} {s}",
    "{d}/{m}/{y}-{s}",
    "{d}{m} {y} {s}",
];
/// Lines with a number, at `{}`.
const ABOUT_A_PERSON: &[&str] = &[
    "Borgeren ({}) flyttede ind i foråret.",
    "Cpr: {}",
    "Kontakt {} ved spørgsmål om medicin.",
    "| Beboer | {} | stue 4 |",
    "note = \"{}\"",
    "- {}: har aftale om egen nøgle",
    "Se journalen for {}, hvor aftalen står.",
    "Ring til lægen og oplys {}.",
];
/// Lines without one; `{n}` are ten digits that could be one, `{6}`, `{4}` and `{2}` digits of a date or a
/// time.
const ABOUT_SOMETHING_ELSE: &[&str] = &[
    "Botilbuddet har P-nummer {n}.",
    "CVR-nr. {n}",
    "EAN-nummer: 5798{n}",
    "Betal til konto 5301 {n} hver måned.",
    "Reg.nr. 5301, kontonr. {n}",
    "Vores IBAN er DK50{n}123456.",
    "SOR-kode {n}16001",
    "Sagsnr. {n} i kommunens system",
    "sagsnummer: {n}",
    "Vagttelefon {n}",
    "tlf. +45 {n}",
    "Faktura nr. {n} er betalt.",
    "Ring 12 34 56 78 eller 87 65 43 21.",
    "Mødet er den 12.10.20{2} kl. 1030.",
    "Aftalen gælder fra 01.01.20{2} til 31.12.20{2}.",
    "Perioden 01.01.20{2}-2059",
    "Se bekendtgørelse nr. 1477 af 01/10/2019, § 4.",
    "aftryk = \"{n}aabbccddeeff00112233445566778899\"",
    "billeder/IMG_20{2}1012_101500.jpg",
    "Version 12.10.{2} build 77",
    "Prisen er 1.250.000 kr. i 20{2}.",
    "Dørkoden skiftes hver 14. dag, se ark 20{2}.",
    "I uge 10 12 14 16 18 holder vi møde.",
    "Målt til 120,5 og 2.034 den 3/4.",
    "Matrikelnr. {n}",
];

/// What a pattern says with the parts of a number in it.
fn written(pattern: &str, number: &str) -> String {
    let year = &number[4..6];
    let parts = [
        ("{d}", number[..2].to_owned()),
        ("{m}", number[2..4].to_owned()),
        ("{y}", year.to_owned()),
        ("{c}", format!("20{year}")),
        ("{s}", number[6..].to_owned()),
    ];
    let mut written = pattern.to_owned();
    for (name, value) in parts {
        written = written.replace(name, &value);
    }
    written
}

#[test]
fn of_two_thousand_lines_the_right_ones_are_found() {
    let (mut found, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for index in 0..1000 {
        let year = 2037 + (index % 21) as u16;
        let number = number(year, "", index % 3 == 0);
        let line = ABOUT_A_PERSON[index % ABOUT_A_PERSON.len()];
        let line = line.replace("{}", &written(WRITTEN[index % WRITTEN.len()], &number));
        match find(&line).as_slice() {
            [_] => found += 1,
            _ => missed.push(line),
        }
        let other = ABOUT_SOMETHING_ELSE[index % ABOUT_SOMETHING_ELSE.len()];
        let other = other.replace("{n}", &number).replace("{2}", &number[4..6]);
        if !find(&other).is_empty() {
            wrong.push(other);
        }
    }
    assert_eq!(found, 1000, "missed: {missed:#?}");
    assert!(wrong.is_empty(), "taken for one: {wrong:#?}");
}
