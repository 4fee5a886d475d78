//! `rusprot schema`, held against the reader itself: what a schema accepts has none of RP002, RP003 and RP004, and
//! what it refuses has one of them.
//!
//! TOML has dates, and JSON has none. Tombi takes `"type": "string", "format": "date"` for a date of TOML, and so
//! do the tests here; what a program that reads dates as texts cannot see is held by a test of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use boon::{Compiler, SchemaIndex, Schemas};
use rusprot::diag::{Code, Finding, Subject};
use rusprot::load::Repository;
use rusprot::model::{Area, Collection, FileKind, Protocol, Skabelon};
use rusprot::text::SourceFile;
use serde_json::{Value as Json, json};
use toml::Value as Toml;

use crate::support::Repo;

/// A schema that can be asked.
struct Asked {
    schemas: RefCell<Schemas>,
    index: SchemaIndex,
}

impl Asked {
    fn new(schema: Json) -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let id = schema["$id"].as_str().expect("an id").to_owned();
        compiler.add_resource(&id, schema).expect("a schema");
        let index = compiler.compile(&id, &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{id}: {error:#}"));
        Self {
            schemas: RefCell::new(schemas),
            index,
        }
    }

    fn accepts(&self, value: &Json) -> bool {
        self.schemas.borrow().validate(value, self.index).is_ok()
    }

    /// What is wrong with a file, for people.
    fn problems(&self, value: &Json) -> String {
        let schemas = self.schemas.borrow();
        let error = schemas.validate(value, self.index).err();
        error.map_or_else(String::new, |error| format!("{error:#}"))
    }
}

/// A schema in which a date is null, which nothing else here is.
fn with_dates(schema: &Json) -> Json {
    match schema {
        Json::Object(fields) if schema["format"] == "date" => {
            let mut fields = fields.clone();
            fields.remove("format");
            fields.insert("type".to_owned(), json!("null"));
            Json::Object(fields)
        }
        Json::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| (key.clone(), with_dates(value)));
            Json::Object(fields.collect())
        }
        Json::Array(items) => items.iter().map(with_dates).collect(),
        other => other.clone(),
    }
}

/// How TOML becomes JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dates {
    /// As kinds of their own: a date is null, and a time is a number with a point, which no key takes.
    Typed,
    /// As texts.
    Texts,
}

fn as_json(value: &Toml, dates: Dates) -> Json {
    match value {
        Toml::String(text) => json!(text),
        Toml::Integer(number) => json!(number),
        // A number with a point is no whole number, whatever stands behind it.
        Toml::Float(_) => json!(0.5),
        Toml::Boolean(truth) => json!(truth),
        Toml::Datetime(date) if dates == Dates::Texts => json!(date.to_string()),
        Toml::Datetime(date) if date.time.is_none() && date.date.is_some() => Json::Null,
        Toml::Datetime(_) => json!(0.5),
        Toml::Array(items) => items.iter().map(|item| as_json(item, dates)).collect(),
        Toml::Table(table) => {
            let fields = table.iter();
            let fields = fields.map(|(key, value)| (key.clone(), as_json(value, dates)));
            Json::Object(fields.collect())
        }
    }
}

/// What the reader says of the form of a file: RP002, RP003, RP004. What rests on other files is left aside.
fn findings(kind: FileKind, text: &str) -> Vec<Finding> {
    let (area, area_findings) = Area::read(&Arc::new(SourceFile::new(
        "rusprot.toml",
        if kind == FileKind::Area { text } else { AREA },
    )));
    let found = match kind {
        FileKind::Area => {
            let mut found = area_findings;
            if area.lacks_skabelon {
                let place = rusprot::text::Place::top(&area.file);
                found.push(Finding::new(Code::ManglendeNoegle, place, "skabelon"));
            }
            found
        }
        FileKind::Skabelon => Skabelon::read(&Arc::new(SourceFile::new("skabelon.toml", text))).1,
        FileKind::Collection => {
            Collection::read(&Arc::new(SourceFile::new("samling.toml", text))).1
        }
        FileKind::Section | FileKind::Protocol => {
            let path = match kind {
                FileKind::Section => "protocols/hus/01-et.toml",
                _ => "protocols/hus/protokol.toml",
            };
            let mut files = BTreeMap::from([(
                "protocols/hus/protokol.toml".to_owned(),
                MAIN.as_bytes().to_vec(),
            )]);
            files.insert(path.to_owned(), text.as_bytes().to_vec());
            let repository = Repository::held(files);
            let main = repository.read_main("protocols", "hus").expect("readable");
            let files = repository.read_protocol("protocols", "hus", main);
            let files = files.expect("readable").expect("a protocol");
            Protocol::read(files, &area).1
        }
    };
    assert!(
        found
            .iter()
            .all(|finding| finding.code != Code::TomlSyntaks),
        "no TOML:\n{text}"
    );
    let of_form = [Code::UkendtNoegle, Code::ForkertType, Code::ManglendeNoegle];
    let counts = |finding: &Finding| {
        of_form.contains(&finding.code) && !matches!(finding.subject, Some(Subject::Skabelon(_)))
    };
    found.into_iter().filter(counts).collect()
}

const AREA: &str = "skabelon = 'x'\n[omraade]\nnavn = 'Øst'\n";
const MAIN: &str = "[institution]\nnavn = 'Huset'\n";

/// Every TOML file of a folder that has a schema, with those below it.
fn files(folder: &Path, all: &mut Vec<(FileKind, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, all);
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let kind = match &*name {
            "protokol.toml" => FileKind::Protocol,
            "rusprot.toml" => FileKind::Area,
            "skabelon.toml" => FileKind::Skabelon,
            "samling.toml" => FileKind::Collection,
            name if name.ends_with(".toml") && name.starts_with(|c: char| c.is_ascii_digit()) => {
                FileKind::Section
            }
            _ => continue,
        };
        all.push((kind, fs::read_to_string(&path).expect("a text")));
    }
}

fn examples() -> Vec<(FileKind, String)> {
    let mut all = Vec::new();
    for folder in ["examples", "protocols", "templates"] {
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut all,
        );
    }
    all
}

/// The schemas of all kinds, without a skabelon and with one.
fn schemas(of: &dyn Fn(Json) -> Json) -> Vec<(FileKind, Asked)> {
    let text = include_str!("../../templates/socialpsykiatri/skabelon.toml");
    let (skabelon, _) = Skabelon::read(&Arc::new(SourceFile::new("skabelon.toml", text)));
    let both = |kind: FileKind| {
        [None, Some(("socialpsykiatri", &skabelon))].map(|one| (kind, kind.schema(one)))
    };
    let all = FileKind::ALL.into_iter().flat_map(both);
    all.map(|(kind, schema)| (kind, Asked::new(of(schema))))
        .collect()
}

/// Values that are put in place of every other one.
fn others() -> Vec<Toml> {
    let date = |text: &str| Toml::Datetime(text.parse().expect("a date"));
    vec![
        Toml::String(String::new()),
        Toml::String(" \n".to_owned()),
        Toml::String("\u{a0}".to_owned()),
        Toml::String("et ord".to_owned()),
        Toml::String("2026-02-03".to_owned()),
        Toml::Integer(0),
        Toml::Integer(-1),
        Toml::Integer(7),
        Toml::Integer(100_001),
        Toml::Float(2.0),
        Toml::Boolean(true),
        date("2026-02-03"),
        date("2026-02-03T10:00:00"),
        date("10:00:00"),
        Toml::Array(Vec::new()),
        Toml::Array(vec![Toml::String("et ord".to_owned())]),
        Toml::Array(vec![Toml::String(String::new())]),
        Toml::Array(vec![Toml::Integer(1)]),
        Toml::Table(toml::Table::new()),
        Toml::Table(toml::Table::from_iter([("x".to_owned(), Toml::Integer(1))])),
    ]
}

/// Makes one slip in a value, that of this turn of all there can be; what is left of `turn` where there are fewer.
fn slip(value: &mut Toml, turn: usize, others: &[Toml]) -> Result<(), usize> {
    match value {
        Toml::Table(table) => slip_in_table(table, turn, others),
        Toml::Array(items) if turn == 0 => {
            items.push(Toml::Integer(1));
            Ok(())
        }
        Toml::Array(items) => {
            let mut left = turn - 1;
            for item in items {
                match slip(item, left, others) {
                    Ok(()) => return Ok(()),
                    Err(fewer) => left = fewer,
                }
            }
            Err(left)
        }
        _ => Err(turn),
    }
}

fn slip_in_table(table: &mut toml::Table, turn: usize, others: &[Toml]) -> Result<(), usize> {
    let Some(mut left) = turn.checked_sub(1) else {
        table.insert("farve".to_owned(), Toml::Integer(1));
        return Ok(());
    };
    let keys: Vec<String> = table.keys().cloned().collect();
    for key in keys {
        match left {
            0 => {
                table.remove(&key);
                return Ok(());
            }
            1 => {
                let value = table.remove(&key).expect("it is there");
                table.insert(format!("{key}x"), value);
                return Ok(());
            }
            2 => {
                table[&key] = Toml::Array(vec![table[&key].clone()]);
                return Ok(());
            }
            _ => left -= 3,
        }
        if let Some(other) = others.get(left) {
            table[&key] = other.clone();
            return Ok(());
        }
        match slip(&mut table[&key], left - others.len(), others) {
            Ok(()) => return Ok(()),
            Err(fewer) => left = fewer,
        }
    }
    Err(left)
}

/// That a schema and the reader say the same of a file.
#[track_caller]
fn hold(kind: FileKind, asked: &Asked, value: &Toml) -> bool {
    let text = toml::to_string(value).expect("TOML");
    let found = findings(kind, &text);
    let json = as_json(value, Dates::Typed);
    let accepted = asked.accepts(&json);
    assert_eq!(
        accepted,
        found.is_empty(),
        "{found:#?}\n{}\n{text}",
        asked.problems(&json)
    );
    accepted
}

#[test]
fn every_file_of_the_examples_fits_its_schema_in_both_readings_of_dates() {
    let typed = schemas(&|schema| with_dates(&schema));
    let texts = schemas(&|schema| schema);
    let all = examples();
    for kind in FileKind::ALL {
        assert!(all.iter().any(|(found, _)| *found == kind), "{kind:?}");
    }
    for (kind, text) in &all {
        let value: Toml = toml::from_str(text).expect("TOML");
        for (_, asked) in typed.iter().filter(|(of, _)| of == kind) {
            assert!(hold(*kind, asked, &value), "{text}");
        }
        for (_, asked) in texts.iter().filter(|(of, _)| of == kind) {
            let json = as_json(&value, Dates::Texts);
            assert_eq!(asked.problems(&json), "", "{text}");
        }
    }
}

#[test]
fn of_a_thousand_slips_a_schema_and_the_reader_say_the_same() {
    let asked = schemas(&|schema| with_dates(&schema));
    // A slip in each so many is tried: all of them are some hundred thousand.
    const OF_ALL: usize = 67;
    let (mut tried, mut refused, mut turn) = (0, 0, 0);
    let others = others();
    for (kind, text) in examples() {
        let value: Toml = toml::from_str(&text).expect("TOML");
        let asked = asked.iter().filter(|(of, _)| *of == kind);
        let asked: Vec<&Asked> = asked.map(|(_, asked)| asked).collect();
        loop {
            let mut other = value.clone();
            if let Err(left) = slip(&mut other, turn, &others) {
                turn = left;
                break;
            }
            let accepted = hold(kind, asked[tried % asked.len()], &other);
            tried += 1;
            refused += usize::from(!accepted);
            turn += OF_ALL;
        }
    }
    assert!(tried > 1000, "{tried}");
    assert!(
        refused > 500 && refused + 100 < tried,
        "{refused} of {tried}"
    );
}

/// Holds these pieces of a file, of which the first ones fit and the others do not.
#[track_caller]
fn hold_all(kind: FileKind, before: &str, fit: &[&str], do_not: &[&str]) {
    let asked = Asked::new(with_dates(&kind.schema(None)));
    for (pieces, expected) in [(fit, true), (do_not, false)] {
        for piece in pieces {
            let text = format!("{before}{piece}");
            let value: Toml =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(hold(kind, &asked, &value), expected, "{text}");
        }
    }
}

#[test]
fn what_has_a_form_of_its_own_has_it_in_the_schema_too() {
    hold_all(
        FileKind::Section,
        "overskrift = 'A'\n",
        &[
            "indsaet = ['bilag:x', 'Afsnit: y']",
            "for = 'leder'",
            "[[kontakt]]\nid = 'vagt-2_æ'\nfunktion = 'x'",
            "[[felt]]\nnavn = 'x'\nlinjer = 60",
            "[[opgave]]\nhvad = 'x'\nfrist = 2026-02-03",
            "[[undtag]]\nregel = 'RP204'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'personnummer'\nhvor = 'nr. xxxxxx-xxxx'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nhvor = 'xxxxxx<b>&nbsp;</b>xxxx'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nhvor = 'ˣˣˣˣˣˣ-ˣˣˣˣ'\nbegrundelse = 'x'",
            "[[afsnit]]\noverskrift = 'B'\n[[afsnit.afsnit]]\noverskrift = 'C'\n\
             [[afsnit.afsnit.afsnit]]\noverskrift = 'D'\nafsnit = []",
            "[[afsnit]]\ntekst = 'x'",
            "[[afsnit]]\ntekst = 'x'\nnote = 'y'\n[[afsnit]]\noverskrift = 'B'",
            "[[afsnit]]\noverskrift = 'B'\n[[afsnit.afsnit]]\ntekst = 'x'\n\
             [[afsnit.afsnit]]\noverskrift = 'C'\n[[afsnit.afsnit.afsnit]]\ntekst = 'x'",
        ],
        &[
            "indsaet = 'dok:x'",
            "indsaet = ['bilag']",
            "for = 'alle'",
            "fil = ' '",
            "[[kontakt]]\nid = 'vagt 2'\nfunktion = 'x'",
            "[[kontakt]]\nid = 'vagt.2'\nfunktion = 'x'",
            "[[felt]]\nnavn = 'x'\nlinjer = 61",
            "[[undtag]]\nregel = 'RP001'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nhvor = 'xxxxxxxxx1'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nhvor = 'xxxxx a xxxxx'\nbegrundelse = 'x'",
            "[[undtag]]\nregel = 'RP501'\nhvor = 'xxxxx<a xxxxx'\nbegrundelse = 'x'",
            "[[rolle]]\ntitel = 'x'\nansvar = []",
            "[[afsnit]]\ntekst = ' '",
            "[[afsnit]]\nnote = 'y'",
            "[[afsnit]]\ntekst = 'x'\nid = 'y'",
            "[[afsnit]]\ntekst = 'x'\nnote = 1",
            "[[afsnit]]\noverskrift = 'B'\n[[afsnit]]\ntekst = 'x'",
            "[[afsnit]]\noverskrift = 'B'\n[[afsnit.afsnit]]\noverskrift = 'C'\n\
             [[afsnit.afsnit.afsnit]]\noverskrift = 'D'\n[[afsnit.afsnit.afsnit.afsnit]]\ntekst = 'x'",
            "[[afsnit]]\noverskrift = 'B'\n[[afsnit.afsnit]]\noverskrift = 'C'\n\
             [[afsnit.afsnit.afsnit]]\noverskrift = 'D'\n\
             [[afsnit.afsnit.afsnit.afsnit]]\noverskrift = 'E'",
        ],
    );
}

#[test]
fn a_figure_is_held_together_by_its_kind() {
    let wheel = |when: &str| {
        format!(
            "type = 'hjul'\ntitel = 'x'\npunkter = [{{ navn = 'a', hvornaar = {when} }}, \
             {{ navn = 'b', hvornaar = 'maj' }}, {{ navn = 'c', hvornaar = 'K4' }}]"
        )
    };
    let fit = [
        "'15. marts 2027'",
        "'29. februar'",
        "'Okt.'",
        "'2. kvartal'",
        "'k1 2027'",
        "2026-02-03",
        "'2027-03-31'",
        "' '",
    ];
    let fit = fit.map(wheel);
    let not = ["'straks'", "'31. april'", "'K5'", "'2027-02-30'", "4"].map(wheel);
    let items = "punkter = [{ navn = 'a' }, { navn = 'b' }, { navn = 'c' }]";
    let more_fit = [
        "type = 'hjul'\ntitel = 'x'".to_owned(),
        format!("type = 'hjul'\ntitel = 'x'\n{items}"),
        format!("type = 'ringe'\ntitel = 'x'\nmidte = 'vi'\n{items}"),
        format!("type = 'trappe'\ntitel = 'x'\nmidte = ' '\n{items}"),
    ];
    let more_not = [
        "type = 'trappe'\ntitel = 'x'".to_owned(),
        format!("type = 'trappe'\ntitel = 'x'\nmidte = 'vi'\n{items}"),
        format!(
            "type = 'cirkel'\ntitel = 'x'\nmidte = '{}'\n{items}",
            "å".repeat(61)
        ),
        "type = 'trappe'\ntitel = 'x'\npunkter = [{ navn = 'a' }, { navn = 'b' }]".to_owned(),
        "type = 'hjul'\ntitel = 'x'\npunkter = [{ navn = 'a', hvornaar = 'maj' }, \
         { navn = 'b' }, { navn = 'c' }]"
            .to_owned(),
    ];
    let fit: Vec<&str> = fit.iter().chain(&more_fit).map(String::as_str).collect();
    let not: Vec<&str> = not.iter().chain(&more_not).map(String::as_str).collect();
    hold_all(
        FileKind::Section,
        "overskrift = 'A'\n[[figur]]\n",
        &fit,
        &not,
    );
}

#[test]
fn a_list_of_repositories_has_its_form_too() {
    hold_all(
        FileKind::Collection,
        "navn = 'x'\n[[arkiv]]\n",
        &[
            "sti = '../hus'",
            "git = 'https://git.example/a.git'\nrev = 'main'\nmappe = 'a/b'",
            "sti = 'a'\n[[arkiv]]\ngit = 'x'",
        ],
        &[
            "",
            "git = 'x'\nsti = 'y'",
            "sti = 'x'\nrev = '1'",
            "sti = ''",
            "git = '--upload-pack=x'",
            "git = 'ext::sh -c x'",
            "git = 'x'\nmappe = '../a'",
            "git = 'x'\nmappe = 'a/.git'",
            "navn = 'x'\nsti = 'y'",
        ],
    );
}

#[test]
fn an_area_a_protocol_and_a_skabelon_have_their_forms_too() {
    hold_all(
        FileKind::Area,
        AREA,
        &[
            "[mapper]\nprotokoller = 'a/b'\nskabeloner = './c'\nudgivelse = 'd\\e'",
            "[mapper]\nprotokoller = '...a/.b/'\nskabeloner = ''",
            "[kontrol]\nlix = 'fra'\nRP204 = 'fejl'",
            "[graenser]\nlix = 100000",
            "[dokumenter.d]\ntitel = 'x'\nurl = ' https://d.dk'",
            "[kontakter.'vagt-æ']\nfunktion = 'x'",
            "[variabler]\n'hvad som helst' = 'x'",
        ],
        &[
            "[mapper]\nprotokoller = '../a'",
            "[mapper]\nprotokoller = 'a/..'",
            "[mapper]\nprotokoller = '/a'",
            "[mapper]\nprotokoller = 'C:\\a'",
            "[mapper]\nprotokoller = '.'",
            "[mapper]\nudgivelse = 'x/.GIT'",
            "[kontrol]\nlax = 'fra'",
            "[kontrol]\nlix = 'ja'",
            "[graenser]\nlixx = 1",
            "[graenser]\nlix = 100001",
            "[dokumenter.d]\ntitel = 'x'\nurl = 'd.dk'",
            "[kontakter.'vagt 2']\nfunktion = 'x'",
            "[kontakter.vagt]\nid = 'x'\nfunktion = 'x'",
        ],
    );
    let print = format!("aftryk = '{}'", "0f".repeat(32));
    let approval = "[institution]\nnavn = 'x'\n[[godkendelse]]\nforum = 'x'\ndato = 2026-02-03\n";
    hold_all(
        FileKind::Protocol,
        approval,
        &["", "aftryk = ''", &print],
        &["aftryk = '0f'", "dato2 = 1", "af = 1"],
    );
    let founded = "[institution]\nnavn = 'x'\noprettet = ";
    hold_all(
        FileKind::Protocol,
        founded,
        &["1987", "1987-03-01", "-0"],
        &["'1987'", "2201", "-1", "1987.0", "1987-03-01T10:00:00"],
    );
    let duty = "navn = 'x'\ndokumenttype = 'x'\nversion = '1'\n[[pligt]]\nid = 'x'\nhvad = 'x'\n";
    hold_all(
        FileKind::Skabelon,
        duty,
        &[
            "hvor_tit = '1 år'",
            "hvor_tit = ' 100  måneder'",
            "hvor_tit = 'Ved behov'\nfoerste = '2024-k1'",
            "hvor_tit = '1 kvartal'\nfoerste = 2024-01-01",
            "hvor_tit = '1 år'\nfoerste = '2024-05'",
            "hvor_tit = '1 år'\nfoerste = 2024",
        ],
        &[
            "",
            "hvor_tit = 'tit'",
            "hvor_tit = '0 år'",
            "hvor_tit = '101 år'",
            "hvor_tit = '1 år'\nfoerste = '2024-K5'",
            "hvor_tit = '1 år'\nfoerste = '24'",
            "hvor_tit = '1 år'\nfoerste = '2024-13'",
            "hvor_tit = '1 år'\nfoerste = 24",
        ],
    );
}

#[test]
fn who_reads_dates_as_texts_cannot_tell_quotes_from_none_and_all_else_is_seen() {
    let asked = Asked::new(FileKind::Protocol.schema(None));
    let accepts = |date: &str| {
        let text = format!("[institution]\nnavn = 'x'\n[dokument]\ngaelder_fra = {date}");
        let value: Toml = toml::from_str(&text).expect("TOML");
        asked.accepts(&as_json(&value, Dates::Texts))
    };
    assert!(accepts("2026-02-03"));
    assert!(accepts("'2026-02-03'"));
    for wrong in [
        "'3. februar 2026'",
        "'2026-02-31'",
        "2026-02-03T10:00:00",
        "26",
    ] {
        assert!(!accepts(wrong), "{wrong}");
    }
}

#[test]
fn the_command_writes_what_the_skabelon_asks_for_in_an_area_or_by_name() {
    let plain = Repo::new().run(&["schema"]).code(0).stderr_is("").stdout;
    let plain: Json = serde_json::from_str(&plain).expect("JSON");
    assert_eq!(
        plain["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(plain["$id"], "urn:rusprot:schema:section");
    assert_eq!(plain["additionalProperties"], false);
    assert_eq!(plain["title"], "Afsnit og bilag");
    let named = [
        "skema",
        "afsnit",
        "--template",
        "socialpsykiatri",
        "--output",
        "a.json",
    ];
    let repo = Repo::minimal();
    let _ = repo.run(&named).code(0).stdout_is("");
    let named: Json = serde_json::from_str(&repo.read("a.json")).expect("JSON");
    assert_eq!(named["$id"], "urn:rusprot:schema:section:socialpsykiatri");
    let answers = &named["$defs"]["afsnit-opfylder"]["anyOf"][0]["anyOf"][0];
    let ids = answers["enum"].as_array().expect("ids");
    let said = answers["x-taplo"]["docs"]["enumValues"]
        .as_array()
        .expect("what is said");
    assert_eq!(ids.len(), said.len());
    assert!(ids.contains(&json!("gaester")), "{ids:?}");
    // In an area it is the area's own.
    let own = repo.run(&["schema", "section"]).code(0).stdout;
    assert!(own.contains("urn:rusprot:schema:section:"), "{own:.200}");
    for (kind, id) in [
        ("protokol", "protocol"),
        ("område", "area"),
        ("skabelon", "template"),
    ] {
        let _ = repo
            .run(&["schema", kind])
            .code(0)
            .stdout_has(&format!("urn:rusprot:schema:{id}"));
    }
    let _ = repo
        .run(&["schema", "area", "--template", "socialpsykiatri"])
        .code(2)
        .stderr_has("--template hører til section og protocol");
    let _ = repo
        .run(&["schema", "--template", "socialpsykiatry"])
        .code(2)
        .stderr_has("Mente du »socialpsykiatri«?");
}
