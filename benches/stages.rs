//! What the stages cost for one institution of twelve sections: reading, checking, resolving, rendering.
//!
//! `cargo bench` prints a line each. Whole runs on large areas are in `benches/area.md`; a stage's time times
//! the number of institutions, over the number of cores, should come close to them.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use divan::Bencher;
use rusprot::check::{self, Context, Institutions, Language};
use rusprot::document::{self, Document};
use rusprot::load::Repository;
use rusprot::model::{Answers, Area, LawRegister, Protocol, Skabelon};
use rusprot::render::{self, Links, Overrides, Pictures, Renderer};
use rusprot::text::SourceFile;

const SKABELON: &str = include_str!("../templates/socialpsykiatri/skabelon.toml");
const HEADINGS: [&str; 12] = [
    "Hvad er en rusmiddelprotokol?",
    "Botilbuddets retningslinjer omkring rusmidler",
    "Handlingsanvisninger for arbejdet med rusmidler på botilbuddet",
    "Risikovurderinger ved sammenkomster i borgers egen bolig",
    "Handel af rusmidler med pushere på matriklen",
    "Vision",
    "Handel af rusmidler på matriklen internt mellem borgere",
    "Gæster/udefrakommende borgere på matriklen",
    "Samarbejde med pårørende",
    "Kolleger",
    "Medarbejdere",
    "Borgere",
];
const WORDS: [&str; 16] = [
    "borger",
    "medarbejder",
    "aftale",
    "protokol",
    "samtale",
    "leder",
    "bolig",
    "fællesareal",
    "vagt",
    "støtte",
    "ansvar",
    "pårørende",
    "hverdag",
    "møde",
    "tryghed",
    "situation",
];

fn main() {
    divan::main();
}

/// A repository with one institution, gone when dropped.
struct House {
    _folder: tempfile::TempDir,
    repository: Repository,
    area: Area,
    skabelon: Skabelon,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let config = "skabelon = \"socialpsykiatri\"\n[omraade]\nnavn = \"Målt område\"\n";
        put(folder.path(), "rusprot.toml", config);
        let main = "titel = \"Rusmiddelprotokol\"\n[institution]\nnavn = \"Huset\"\n";
        put(folder.path(), "protocols/huset/protokol.toml", main);
        for (index, heading) in HEADINGS.iter().enumerate() {
            let path = format!("protocols/huset/{:02}-del-{index}.toml", index + 1);
            let text = format!(
                "overskrift = \"{heading}\"\ntekst = '''\n{}\n'''\n",
                body(index)
            );
            put(folder.path(), &path, &text);
        }
        let (area, _) = Area::read(&Arc::new(SourceFile::new("rusprot.toml", config)));
        let (skabelon, _) = Skabelon::read(&Arc::new(SourceFile::new("skabelon.toml", SKABELON)));
        let repository = Repository::find(folder.path()).expect("it has a rusprot.toml");
        Self {
            _folder: folder,
            repository,
            area,
            skabelon,
        }
    }

    fn read(&self) -> Protocol {
        let main = self
            .repository
            .read_main("protocols", "huset")
            .expect("it can be read");
        let files = self.repository.read_protocol("protocols", "huset", main);
        let files = files
            .expect("the files can be read")
            .expect("there are files");
        Protocol::read(files, &self.area).0
    }

    fn document(&self, protocol: &Protocol) -> Document {
        let answers = Answers::of(protocol, &self.skabelon);
        let targets = protocol.targets();
        let options = document::Options {
            draft: false,
            today: None,
            picture: &|_| None,
            attachment: &|_| None,
        };
        document::assemble(
            &self.area,
            &self.skabelon,
            protocol,
            &answers,
            &targets,
            &options,
        )
    }
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("it lies in the folder");
    rusprot::fs::create_folder(parent).expect("the folder can be made");
    rusprot::fs::write(&path, text.as_bytes()).expect("the file can be written");
}

/// Four paragraphs of five sentences and a list of five items, other words for each section.
fn body(seed: usize) -> String {
    let mut next = seed;
    let mut sentence = |length: usize| {
        let words: Vec<&str> = (0..length)
            .map(|_| {
                next = (next * 31 + 7) % 9973;
                WORDS[next % WORDS.len()]
            })
            .collect();
        format!("Vi {}.", words.join(" "))
    };
    let mut blocks: Vec<String> = (0..4)
        .map(|_| (0..5).map(|_| sentence(11)).collect::<Vec<_>>().join(" "))
        .collect();
    let list: Vec<String> = (0..5)
        .map(|_| format!("- **Husk**: {}", sentence(8)))
        .collect();
    blocks.insert(2, list.join("\n"));
    blocks.join("\n\n")
}

#[divan::bench]
fn read(bencher: Bencher) {
    let house = House::new();
    bencher.bench_local(|| black_box(house.read()));
}

#[divan::bench]
fn check(bencher: Bencher) {
    let house = House::new();
    let protocol = house.read();
    let institutions = Institutions::new([("huset", &protocol.institution)].into_iter());
    let laws = LawRegister::built_in();
    bencher.bench_local(|| {
        let answers = Answers::of(&protocol, &house.skabelon);
        let targets = protocol.targets();
        let context = Context {
            area: &house.area,
            skabelon: &house.skabelon,
            protocol: &protocol,
            answers: &answers,
            targets: &targets,
            language: &Language::of(&protocol),
            institutions: &institutions,
            laws: &laws,
            today: jiff::civil::Date::constant(2026, 11, 21),
            fingerprint: &String::new,
        };
        black_box(check::protocol(&context, &|_| true))
    });
}

#[divan::bench]
fn resolve(bencher: Bencher) {
    let house = House::new();
    let protocol = house.read();
    bencher.bench_local(|| black_box(house.document(&protocol)));
}

#[divan::bench]
fn html(bencher: Bencher) {
    let house = House::new();
    let document = house.document(&house.read());
    let renderer = Renderer::new(&Overrides::default()).expect("the built-in templates are right");
    let pictures = Pictures::default();
    bencher.bench_local(|| black_box(renderer.html(&document, &pictures, &Links::default())));
}

#[divan::bench]
fn markdown(bencher: Bencher) {
    let house = House::new();
    let document = house.document(&house.read());
    let renderer = Renderer::new(&Overrides::default()).expect("the built-in templates are right");
    bencher.bench_local(|| black_box(renderer.markdown(&document)));
}

#[divan::bench]
fn json(bencher: Bencher) {
    let house = House::new();
    let document = house.document(&house.read());
    bencher.bench_local(|| black_box(render::json(&document)));
}
