//! For tests of rules: a protocol from a few files, checked as a run does it.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use tempfile::TempDir;

use super::context::Context;
use super::levels::Levels;
use super::run::{Applied, protocol};
use super::texts::institutions::Institutions;
use super::texts::language::Language;
use crate::diag::{Code, Finding};
use crate::load::Repository;
use crate::model::{Answers, Area, LawRegister, Main, Protocol, Skabelon};
use crate::text::SourceFile;

/// The slug of the protocol under test.
const SLUG: &str = "birkely";

/// The day it is in these tests.
const TODAY: Date = Date::constant(2026, 11, 21);
/// What the protocol's fingerprint is taken to be.
pub const FINGERPRINT: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// What says that a file could not be read, so that no rule has seen all of it.
const UNREADABLE: [Code; 5] = [
    Code::TomlSyntaks,
    Code::UkendtNoegle,
    Code::ForkertType,
    Code::ManglendeNoegle,
    Code::Tegnsaet,
];

/// An invented repository of one protocol, Bostedet Birkely; a neighbour is called Bostedet Egely.
pub struct Repo {
    folder: TempDir,
}

impl Repo {
    /// A repository with these files in the protocol's folder.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let bytes: Vec<_> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        Self::of_bytes(&bytes)
    }

    /// The same with files of any content. A `protokol.toml` that is not given is made.
    pub fn of_bytes(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let repo = Self { folder };
        repo.put(
            "rusprot.toml",
            b"skabelon = 'socialpsykiatri'\n[omraade]\nnavn = 'Omr\xC3\xA5det'\n",
        );
        let main = "[institution]\nnavn = 'Bostedet Birkely'\nkortnavn = 'Birkely'\n";
        repo.put(&format!("protocols/{SLUG}/protokol.toml"), main.as_bytes());
        for (name, bytes) in files {
            repo.put(&format!("protocols/{SLUG}/{name}"), bytes);
        }
        repo
    }

    /// The repository whose `rusprot.toml` says this too.
    pub fn in_area(self, more: &str) -> Self {
        let config = format!("skabelon = 'socialpsykiatri'\n[omraade]\nnavn = 'Området'\n{more}");
        self.put("rusprot.toml", config.as_bytes());
        self
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        crate::fs::create_folder(path.parent().unwrap_or(Path::new(""))).expect("a new folder");
        crate::fs::write(&path, bytes).expect("a new file");
    }

    /// Every finding, levelled and masked.
    fn findings(&self) -> Vec<Finding> {
        self.applied().findings
    }

    /// The codes that were set aside, with the reasons.
    pub fn excepted(&self) -> Vec<(String, String)> {
        let excepted = self.applied().excepted.into_iter();
        excepted
            .map(|aside| (aside.finding.code.number().to_owned(), aside.reason))
            .collect()
    }

    fn applied(&self) -> Applied {
        self.in_context(|context, shape| {
            let checked = protocol(context, &|_| true);
            assert_eq!(checked.bugs, 0, "a rule that panics has found nothing");
            let mut findings = checked.findings;
            findings.extend(shape);
            super::leave_out_consequences(&mut findings);
            let levels = Levels {
                settings: &context.area.levels,
                draft: false,
            };
            levels.apply_to(findings, context.protocol)
        })
    }

    /// Does something with all that a rule may look at, and with the shape findings.
    pub fn in_context<R>(&self, work: impl FnOnce(&Context<'_>, Vec<Finding>) -> R) -> R {
        let repository = Repository::find(self.folder.path()).expect("a repository");
        let config = repository.read("rusprot.toml").expect("readable");
        let (area, _) = Area::read(&config.expect("there").expect("UTF-8"));
        let text = include_str!("../../templates/socialpsykiatri/skabelon.toml");
        let (skabelon, _) = Skabelon::read(&Arc::new(SourceFile::new("skabelon.toml", text)));
        let main = repository.read_main("protocols", SLUG).expect("readable");
        let files = repository.read_protocol("protocols", SLUG, main);
        let files = files.expect("readable").expect("a protocol");
        let (read, shape) = Protocol::read(files, &area);
        let neighbour = "[institution]\nnavn = 'Bostedet Egely'\nkortnavn = 'Egely'\n";
        let neighbour = Arc::new(SourceFile::new("protokol.toml", neighbour));
        let neighbour = Main::read(&neighbour, &area).institution().clone();
        let named = [(SLUG, &read.institution), ("egely", &neighbour)];
        let context = Context {
            area: &area,
            skabelon: &skabelon,
            protocol: &read,
            answers: &Answers::of(&read, &skabelon),
            targets: &read.targets(),
            language: &Language::of(&read),
            laws: &LawRegister::built_in(),
            institutions: &Institutions::new(named.into_iter()),
            today: TODAY,
            fingerprint: &|| FINGERPRINT.to_owned(),
        };
        work(&context, shape)
    }

    fn of_code(&self, code: &str) -> Vec<Finding> {
        let code = Code::find(code).expect("a rule");
        let all = self.findings();
        let (findings, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|finding| finding.code == code);
        if findings.is_empty() {
            let unread = others
                .iter()
                .find(|finding| UNREADABLE.contains(&finding.code));
            assert!(unread.is_none(), "the test's own files: {unread:?}");
        }
        findings
    }

    /// Where a rule finds something: `path:line:column` in the protocol's folder.
    pub fn at(&self, code: &str) -> Vec<String> {
        let found = self.of_code(code).into_iter();
        found
            .map(|finding| {
                let start = finding.place.range().start;
                let path = finding.place.file.path();
                let path = path
                    .strip_prefix(&format!("protocols/{SLUG}/"))
                    .unwrap_or(path);
                format!("{path}:{}:{}", start.line.get(), start.column.get())
            })
            .collect()
    }

    /// What a rule says of further places.
    pub fn related(&self, code: &str) -> Vec<String> {
        let found = self.of_code(code).into_iter();
        let related = found.flat_map(|finding| finding.related);
        related.map(|related| related.message).collect()
    }

    /// What a rule says.
    pub fn messages(&self, code: &str) -> Vec<String> {
        let found = self.of_code(code).into_iter();
        found.map(|finding| finding.message).collect()
    }
}
