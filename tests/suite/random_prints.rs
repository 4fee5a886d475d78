//! Documents put together at random from what the format allows, printed in every layout: each is made, every
//! word of it is there, and no word stands outside the paper or on top of another.
//!
//! The same documents at every run: `RUSPROT_PRINTS=500 cargo test --test suite random` tries more of them.

use std::fmt::Write as _;

use crate::build::picture;
use crate::pages::{Pdf, packed};
use crate::support::{Repo, typst_is_there};

/// How many documents a usual run prints. Each takes typst some ten runs: four of them are half a minute of the
/// processor, a quarter of the whole suite.
const USUAL: u64 = 4;
/// Of the first three hundred, those that showed most of what was wrong: a long word with a note's mark behind it and long
/// code, each over the next column, and labels of a table that went on below the page.
const FOUND: [u64; 2] = [40, 73];

/// Numbers that look random and are the same everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `end`.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("small numbers");
        usize::try_from(self.roll() % end).expect("small numbers")
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }
}

/// Words of the field and of none, short and long.
const WORDS: [&str; 24] = [
    "vi",
    "har",
    "en",
    "aftale",
    "om",
    "nattevagten",
    "og",
    "ringer",
    "når",
    "det",
    "brænder",
    "samtykkeerklæringen",
    "til",
    "personalemødet",
    "bostedet",
    "i",
    "hus",
    "nødkaldsanlæg",
    "medicinskabet",
    "på",
    "få",
    "ord",
    "dokumentationspligten",
    "rygeafvænningsgruppen",
];

/// Writes one document. `marks` are words that occur nowhere else: a piece of text that is lost is missed.
struct Writer {
    dice: Dice,
    marks: Vec<String>,
    notes: Vec<String>,
}

impl Writer {
    fn mark(&mut self) -> String {
        let mark = format!("q{}z", self.marks.len());
        self.marks.push(mark.clone());
        mark
    }

    fn words(&mut self, least: usize, most: usize) -> String {
        let count = self.dice.between(least, most);
        let at = self.dice.below(count.max(1));
        let mut text = String::new();
        for index in 0..count {
            let word = if index == at {
                self.mark()
            } else {
                WORDS[self.dice.below(WORDS.len())].to_owned()
            };
            text.push_str(&word);
            text.push_str(if index + 1 < count { " " } else { "" });
        }
        text
    }

    /// A word that no line has room for.
    fn long_word(&mut self) -> String {
        let length = self.dice.between(30, 140);
        let letters = "abdefghiklmnoprstuvæøå-";
        let letters: Vec<char> = letters.chars().collect();
        let word: String = (0..length)
            .map(|_| letters[self.dice.below(letters.len())])
            .collect();
        match self.dice.below(3) {
            0 => format!("https://www.retsinformation.dk/eli/{word}"),
            1 => format!("`{word}`"),
            _ => word,
        }
    }

    /// A run of text with what may stand in one.
    fn run(&mut self, least: usize, most: usize) -> String {
        let mut run = self.words(least, most);
        let more = self.words(1, 3);
        match self.dice.below(14) {
            0 => write!(run, " **{more}**"),
            1 => write!(run, " *{more}*"),
            2 => write!(run, " ~~{more}~~"),
            3 => write!(run, " [{more}](https://www.borger.dk/a)"),
            4 => write!(run, " {more} {}", self.long_word()),
            5 => write!(run, " {more} ![Plan](billeder/plan.png)"),
            6 => {
                let label = format!("n{}", self.marks.len());
                let note = self.words(2, 30);
                self.notes.push(format!("[^{label}]: {note} {more}"));
                write!(run, "[^{label}]")
            }
            _ => write!(run, " {more}"),
        }
        .expect("a string takes every text");
        run
    }

    fn table(&mut self) -> String {
        let columns = self.dice.between(1, 9);
        let rows = self.dice.between(0, 12);
        let most = [3, 10, 50, 155][self.dice.below(4)];
        let cells = |writer: &mut Self, most: usize| {
            let cells: Vec<String> = (0..columns).map(|_| writer.run(1, most)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut table = cells(self, 3);
        let signs = ["---|", ":--|", "--:|", ":-:|"];
        let aligns: String = (0..columns).map(|_| signs[self.dice.below(4)]).collect();
        writeln!(table, "|{aligns}").expect("a string takes every text");
        for _ in 0..rows {
            table.push_str(&cells(self, most));
        }
        table
    }

    fn list(&mut self, depth: usize) -> String {
        let sign = ["- ", "1. ", "- [ ] ", "- [x] "][self.dice.below(4)];
        let mut list = String::new();
        for _ in 0..self.dice.between(1, 5) {
            let item = self.run(1, 30);
            writeln!(list, "{sign}{item}").expect("a string takes every text");
            if depth < 4 && self.dice.one_in(4) {
                for line in self.list(depth + 1).lines() {
                    writeln!(list, "   {line}").expect("a string takes every text");
                }
            }
        }
        list
    }

    /// Markdown of a few blocks, with its footnotes last.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.dice.between(1, 5) {
            let block = match self.dice.below(9) {
                0..=2 => self.table(),
                3 => self.list(0),
                4 => format!("> {}\n", self.run(1, 60)),
                5 => format!("{}\n: {}\n", self.words(1, 2), self.run(1, 40)),
                6 => format!("```\n{}\n```\n", self.words(1, 9)),
                _ => format!("{}\n", self.run(5, 120)),
            };
            text.push_str(&block);
            text.push('\n');
        }
        for note in std::mem::take(&mut self.notes) {
            text.push_str(&note);
            text.push_str("\n\n");
        }
        text
    }

    fn key(&mut self, name: &str, most: usize) -> String {
        format!("{name} = '''{}'''\n", self.words(1, most))
    }

    /// Building blocks, some of each kind.
    fn blocks(&mut self) -> String {
        let mut toml = String::new();
        for _ in 0..self.dice.below(4) {
            let (tekst, derfor, hjemmel) = (
                self.key("tekst", 60),
                self.key("begrundelse", 30),
                self.key("hjemmel", 4),
            );
            toml.push_str(&format!(
                "[[regel]]\n{tekst}styrke = 'skal'\n{derfor}{hjemmel}"
            ));
        }
        for _ in 0..self.dice.below(3) {
            let situation = self.key("situation", 8);
            let steps: Vec<String> = (0..self.dice.between(1, 12))
                .map(|_| {
                    format!(
                        "{{ goer = '{}', hvem = '{}' }}",
                        self.words(1, 40),
                        self.words(1, 3)
                    )
                })
                .collect();
            let contact = self.words(1, 5);
            toml.push_str(&format!(
                "[[handling]]\n{situation}kontakt = ['{contact}']\ntrin = [{}]\n",
                steps.join(", ")
            ));
        }
        if self.dice.one_in(2) {
            let questions: Vec<String> = (0..self.dice.between(1, 6))
                .map(|_| format!("'{}'", self.words(2, 20)))
                .collect();
            let name = self.key("navn", 5);
            let questions = questions.join(", ");
            let lines = self.dice.below(5);
            toml.push_str(&format!(
                "[[gruppe]]\n{name}punkter = [{questions}]\nlinjer = {lines}\n"
            ));
            let (word, meaning) = (self.key("ord", 2), self.key("betyder", 40));
            toml.push_str(&format!("[[begreb]]\n{word}{meaning}"));
            let (title, task) = (self.key("titel", 3), self.words(1, 30));
            toml.push_str(&format!("[[rolle]]\n{title}ansvar = ['{task}']\n"));
            let (what, who) = (self.key("hvad", 30), self.words(1, 3));
            toml.push_str(&format!(
                "[[opgave]]\n{what}ansvarlig = ['{who}']\nfrist = 'snart'\n"
            ));
            let (situation, does) = (self.key("situation", 12), self.words(1, 40));
            toml.push_str(&format!("[[dilemma]]\n{situation}goer = ['{does}']\n"));
            let name = self.key("navn", 6);
            toml.push_str(&format!("[[felt]]\n{name}linjer = 2\n"));
        }
        toml
    }
}

/// An area with one protocol of a few random sections and appendices, and the words that must be printed.
fn document(seed: u64) -> (Repo, Vec<String>) {
    let mut writer = Writer {
        dice: Dice(seed),
        marks: Vec::new(),
        notes: Vec::new(),
    };
    let mut repo = Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = 'proeve'\n[omraade]\nnavn = 'Prøveområdet'\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            "navn = 'Prøveskabelon'\ndokumenttype = 'Prøveprotokol'\nversion = '7'\n\
             [[krav]]\nid = 'start'\noverskrift = 'Begyndelsen'\nniveau = 'kan'\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = 'Prøvehuset'\n",
        )
        .file("protocols/hus/billeder/plan.png", picture())
        .env("RUSPROT_TODAY", "2026-10-01");
    for index in 1..=writer.dice.between(2, 4) {
        let heading = writer.key("overskrift", 6);
        let text = writer.text();
        let blocks = writer.blocks();
        let section = format!("{heading}id = 'a{index}'\ntekst = '''\n{text}'''\n{blocks}");
        repo = repo.file(&format!("protocols/hus/0{index}-afsnit.toml"), section);
    }
    let heading = writer.key("overskrift", 6);
    let (rule, question, role) = (
        writer.key("tekst", 60),
        writer.words(2, 9),
        writer.words(1, 3),
    );
    let appendix = format!(
        "{heading}id = 'skema'\n[[regel]]\n{rule}[[gruppe]]\npunkter = ['{question}']\n\
         [underskrift]\nroller = ['{role}']\n"
    );
    repo = repo.file("protocols/hus/bilag/1-skema.toml", appendix);
    (repo, writer.marks)
}

/// What is wrong with a print.
fn faults(pdf: &Pdf, marks: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let text = pdf.text();
    let missing = marks.iter().filter(|mark| !text.contains(&packed(mark)));
    faults.extend(missing.map(|mark| format!("{mark} is missing")));
    faults.extend(pdf.astray());
    faults
}

/// The lines of what a run said that tell of an error or of typst.
fn said(stderr: &str) -> String {
    let telling = |line: &&str| line.contains("fejl") || line.contains("typst");
    stderr
        .lines()
        .filter(telling)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every layout: the arguments, the file, and whether all of the document stands in it.
const LAYOUTS: [(&[&str], bool); 7] = [
    (&["--meeting", "Møde", "--date", "2026-12-01"], true),
    (
        &["--meeting", "Møde", "--date", "2026-12-01", "--large"],
        true,
    ),
    (&["--cards"], false),
    (&["--cards", "--large"], false),
    (&["--poster", "skema"], false),
    (&["--form", "skema"], false),
    (&["--form", "skema", "--large"], false),
];

#[test]
fn every_random_document_prints_in_every_layout_with_all_its_words_inside_the_page() {
    typst_is_there();
    let count = std::env::var("RUSPROT_PRINTS").ok();
    let count = count.map_or(USUAL, |count| count.parse().expect("a number of documents"));
    let from = std::env::var("RUSPROT_PRINTS_FROM").ok();
    let from = from.map_or(0, |from| from.parse().expect("the number of the first one"));
    let found = FOUND.into_iter().filter(|_| count == USUAL);
    let mut wrong = Vec::new();
    for seed in (from..from + count).chain(found) {
        let (repo, marks) = document(seed);
        let run = repo.run(&["build", "--draft", "--formats", "html,pdf"]);
        if run.exit() != Some(0) || run.stderr.contains("typst") {
            wrong.push(format!("{seed} build: {}", said(&run.stderr)));
            continue;
        }
        let whole = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
        let told = faults(&whole, &marks);
        wrong.extend(
            told.into_iter()
                .map(|fault| format!("{seed} build: {fault}")),
        );
        for (layout, is_whole) in LAYOUTS {
            let run = repo.run(&[&["print", "hus", "--output", "tryk.pdf"], layout].concat());
            // A document without cards has none to print.
            if layout[0] == "--cards"
                && run.exit() == Some(2)
                && run.stderr.contains("[[handling]]")
            {
                continue;
            }
            if run.exit() != Some(0) || run.stderr.contains("typst") {
                wrong.push(format!("{seed} {layout:?}: {}", said(&run.stderr)));
                continue;
            }
            let marks = if is_whole { &*marks } else { &[] };
            let told = faults(&Pdf::read(&repo.read_bytes("tryk.pdf")), marks);
            wrong.extend(
                told.into_iter()
                    .map(|fault| format!("{seed} {layout:?}: {fault}")),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
