//! What is held for every input. A target says what is broken in words; a panic is broken by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rusprot::commands::{self, CheckOptions};
use rusprot::compare::{self, Asked, Side};
use rusprot::document::{self, Document};
use rusprot::load::{self, Repository, SourceText};
use rusprot::model::{Answers, Area, Protocol, Skabelon};
use rusprot::record::{self, Entry, EntryValue};
use rusprot::render::{self, Links, Overrides, Pictures, Renderer};
use rusprot::text::{Place, SourceFile, Span};
use toml::de::{DeTable, DeValue};

/// One thing that is held for every input.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// The folder of its seeds.
    pub seeds: &'static str,
    /// Looks at an input.
    pub run: fn(&str) -> Result<(), String>,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target {
        name: "pages",
        seeds: "protocol",
        run: pages,
    },
    Target {
        name: "strings",
        seeds: "protocol",
        run: strings,
    },
    Target {
        name: "entries",
        seeds: "main",
        run: entries,
    },
    Target {
        name: "fixes",
        seeds: "protocol",
        run: fixes,
    },
    Target {
        name: "changes",
        seeds: "protocol",
        run: changes,
    },
];

/// What parts a section from the `protokol.toml` it belongs to.
const PARTS: &str = "#--- protokol.toml\n";

const CONFIG: &str = "skabelon = 'egen'\n[omraade]\nnavn = 'Området'\n[ordliste]\nbeboer = 'borger'\n\
    [dokumenter.x]\ntitel = 'Et andet papir'\nurl = 'https://sted.dk/papir'\n[kontakter.y]\nnavn = 'Vagten'\ntelefon = '112'\n";
const SKABELON: &str = "navn = 'Egen'\ndokumenttype = 'Protokol'\nversion = '1'\n\
    [[krav]]\nid = 'besoeg'\noverskrift = 'Besøg'\nogsaa = ['Gæster']\nniveau = 'kan'\nobligatorisk = 'Alle er velkomne her i huset hver dag.'\n\
    [[krav.punkt]]\nid = 'nat'\ntekst = 'Hvad der gælder om natten'\nniveau = 'skal'\n\
    [[pligt]]\nid = 'revision'\nhvad = 'Vi retter protokollen'\nhvor_tit = '1 år'\nniveau = 'skal'\n";
const MAIN: &str =
    "[institution]\nnavn = 'Bostedet Birkely'\nadresse = ['Birkevej 1']\ntelefon = '00 11 22 33'\n";
const APPENDIX: &str =
    "overskrift = 'Aftale'\ntekst = 'Vi aftaler et besøg.'\n[[felt]]\nnavn = 'Dato'\nlinjer = 1\n";
const TODAY: Date = Date::constant(2026, 11, 21);

/// A repository in memory whose one protocol is made of an input.
fn files(input: &str) -> BTreeMap<String, Vec<u8>> {
    let (section, main) = input.split_once(PARTS).unwrap_or((input, MAIN));
    [
        ("rusprot.toml", CONFIG),
        ("templates/egen/skabelon.toml", SKABELON),
        ("protocols/birkely/protokol.toml", main),
        ("protocols/birkely/01-et.toml", section),
        ("protocols/birkely/bilag/1-aftale.toml", APPENDIX),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn options() -> CheckOptions {
    CheckOptions {
        threads: 1,
        ..CheckOptions::on(TODAY)
    }
}

fn area() -> &'static (Area, Skabelon) {
    static AREA: OnceLock<(Area, Skabelon)> = OnceLock::new();
    AREA.get_or_init(|| {
        let (area, _) = Area::read(&Arc::new(SourceFile::new("rusprot.toml", CONFIG)));
        let (skabelon, _) = Skabelon::read(&Arc::new(SourceFile::new("skabelon.toml", SKABELON)));
        (area, skabelon)
    })
}

fn document(repository: &Repository) -> Document {
    let (area, skabelon) = area();
    let main = repository
        .read_main("protocols", "birkely")
        .expect("memory can be read");
    let files = repository.read_protocol("protocols", "birkely", main);
    let files = files.expect("memory can be read").expect("there are files");
    let protocol = Protocol::read(files, area).0;
    let answers = Answers::of(&protocol, skabelon);
    let targets = protocol.targets();
    let options = document::Options {
        draft: true,
        today: None,
        picture: &|_| None,
        attachment: &|_| None,
    };
    document::assemble(area, skabelon, &protocol, &answers, &targets, &options)
}

/// Whether a place lies in its file, between letters.
fn lies_in_its_file(place: &Place) -> bool {
    let text = place.file.text();
    let (start, end) = (place.span.start(), place.span.end());
    start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// Every finding has its place, no rule panics, and the document can be written in every form.
fn pages(input: &str) -> Result<(), String> {
    static RENDERER: OnceLock<Renderer> = OnceLock::new();
    let repository = Repository::held(files(input));
    let outcome = commands::check(&repository, &options()).map_err(|error| format!("{error:#}"))?;
    if outcome.bugs > 0 {
        return Err("a rule panics".to_owned());
    }
    for finding in &outcome.findings {
        let related = finding.related.iter().map(|related| &related.place);
        for place in std::iter::once(&finding.place).chain(related) {
            if !lies_in_its_file(place) {
                return Err(format!(
                    "{}: its place is {:?}",
                    finding.code.number(),
                    place.span
                ));
            }
        }
    }
    let document = document(&repository);
    let renderer = RENDERER.get_or_init(|| {
        Renderer::new(&Overrides::default()).expect("the built-in templates are right")
    });
    renderer
        .html(&document, &Pictures::default(), &Links::default())
        .and_then(|_| renderer.markdown(&document))
        .map_err(|error| format!("{error:#}"))?;
    let json = render::json(&document);
    serde_json::from_str::<serde_json::Value>(&json)
        .map(drop)
        .map_err(|error| format!("the JSON is none: {error}"))
}

/// Every piece of every string's value leads to a piece of the file, in order.
fn strings(input: &str) -> Result<(), String> {
    let file = Arc::new(SourceFile::new("a.toml", input));
    let (table, _) = load::parse(&file);
    let mut broken = None;
    visit(table.get_ref(), &mut |span, value| {
        let span = Span::from(span);
        let source = SourceText::new(&file, span, value);
        let borders: Vec<usize> = source
            .text
            .char_indices()
            .map(|(at, _)| at)
            .chain([source.text.len()])
            .collect();
        let mut before = 0;
        // All of a short string, some of a long one.
        for pair in borders.windows(2).step_by(borders.len() / 400 + 1) {
            let piece = source.span(pair[0]..pair[1]);
            let place = Place::new(&file, piece);
            let inside = span.start() <= piece.start() && piece.end() <= span.end();
            if !inside || !lies_in_its_file(&place) || piece.start() < before {
                broken = Some(format!("{pair:?} of {span:?} leads to {piece:?}"));
            }
            before = piece.start();
        }
        for (range, piece) in source.runs(0..source.text.len()) {
            let same = piece.end() - piece.start() == range.len();
            if same && file.text().get(piece.start()..piece.end()).is_none() {
                broken = Some(format!("the run {range:?} leads to {piece:?}"));
            }
        }
    });
    broken.map_or(Ok(()), Err)
}

fn visit(table: &DeTable<'_>, then: &mut dyn FnMut(std::ops::Range<usize>, &str)) {
    for value in table.values() {
        visit_value(value, then);
    }
}

fn visit_value(
    value: &toml::Spanned<DeValue<'_>>,
    then: &mut dyn FnMut(std::ops::Range<usize>, &str),
) {
    match value.get_ref() {
        DeValue::String(text) => then(value.span(), text),
        DeValue::Array(items) => items.iter().for_each(|item| visit_value(item, then)),
        DeValue::Table(table) => visit(table, then),
        _ => {}
    }
}

/// An entry is there and nothing else is another, or the file is left alone.
fn entries(input: &str) -> Result<(), String> {
    let entry = Entry {
        list: "haendelse",
        values: vec![
            ("pligt", EntryValue::Text("revision".to_owned())),
            ("dato", EntryValue::Date(rusprot::text::Period::Day(TODAY))),
            (
                "note",
                EntryValue::Text("Vi sagde \"ja\" og 'nej' \\ æ\u{30a}".to_owned()),
            ),
        ],
    };
    let version = EntryValue::Text("2".to_owned());
    let before: Option<toml::Table> = input.parse().ok();
    let written = [
        ("haendelse", record::with_entry(input, &entry)),
        (
            "dokument",
            record::with_value(input, "dokument", "version", &version),
        ),
    ];
    for (key, text) in written {
        let Ok(text) = text else { continue };
        let Some(before) = &before else {
            return Err("a file that is no TOML was written".to_owned());
        };
        let mut after: toml::Table = text.parse().map_err(|error| format!("{key}: {error}"))?;
        let mut before = before.clone();
        if after.remove(key).is_none() {
            return Err(format!("{key} is not there"));
        }
        before.remove(key);
        if before != after {
            return Err(format!("more than {key} is another"));
        }
    }
    Ok(())
}

/// What was mended is still TOML where it was, has its finding no more, and needs no mending again.
fn fixes(input: &str) -> Result<(), String> {
    let files = files(input);
    let repository = Repository::held(files.clone());
    let outcome = commands::fix(&repository, &options()).map_err(|error| format!("{error:#}"))?;
    if outcome.files.is_empty() {
        return Ok(());
    }
    let mut after = files;
    for mended in &outcome.files {
        let is_toml = |text: &str| text.parse::<toml::Table>().is_ok();
        if is_toml(mended.before.trim_start_matches('\u{feff}')) && !is_toml(&mended.after) {
            return Err(format!("{} is TOML no more", mended.path));
        }
        after.insert(mended.path.clone(), mended.after.clone().into_bytes());
    }
    let repository = Repository::held(after);
    let again = commands::fix(&repository, &options()).map_err(|error| format!("{error:#}"))?;
    match again.files.first() {
        Some(mended) => Err(format!("{} is mended a second time", mended.path)),
        None => Ok(()),
    }
}

/// There are changes exactly where fingerprints differ.
fn changes(input: &str) -> Result<(), String> {
    static FORMER: OnceLock<Side> = OnceLock::new();
    let side = |input: &str| {
        let document = document(&Repository::held(files(input)));
        Side::new(document, Asked::of(&area().1), std::iter::empty())
    };
    let former = FORMER.get_or_init(|| side(include_str!("seeds/protocol/besoeg.toml")));
    let present = side(input);
    for (one, other) in [(former, &present), (&present, former), (&present, &present)] {
        let changes = compare::compare(one, other);
        let fingerprint = |side: &Side| side.document.edition.fingerprint.clone();
        if changes.is_empty() != (fingerprint(one) == fingerprint(other)) {
            return Err(format!(
                "changes: {}, fingerprints: {}",
                !changes.is_empty(),
                fingerprint(one) != fingerprint(other)
            ));
        }
    }
    Ok(())
}
