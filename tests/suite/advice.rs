//! Advice that mends: whoever does to the letter what a finding says is rid of it, and gets no new one.
//!
//! `corpus` makes files with one slip each, as people make them; `obey` reads a finding's help as a person would and
//! changes the file. What is held in memory only.

mod corpus;
mod obey;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusprot::commands::{self, CheckOptions};
use rusprot::diag::Finding;
use rusprot::load::Repository;

use self::corpus::{Case, SECTION};

/// The files of an area by path.
type Files = BTreeMap<String, String>;

fn check(files: &Files) -> Vec<Finding> {
    let held = files.iter();
    let held = held.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let repository = Repository::held(held.collect());
    let options = CheckOptions {
        threads: 1,
        ..CheckOptions::on(Date::constant(2026, 11, 21))
    };
    let outcome = commands::check(&repository, &options).expect("the area is held in memory");
    assert_eq!(outcome.bugs, 0, "a rule panicked");
    outcome.findings
}

/// What a finding is, wherever it stands.
fn sense(finding: &Finding) -> (String, &'static str, String) {
    let path = finding.place.file.path().to_owned();
    (path, finding.code.number(), finding.message.clone())
}

/// A finding as a person sees it.
fn shown(finding: &Finding) -> String {
    let line = finding.place.range().start.line.get();
    let help = finding.help.as_deref().unwrap_or("–");
    format!(
        "{}:{line} {} {}\n      {help}",
        finding.place.file.path(),
        finding.code.number(),
        finding.message
    )
}

#[test]
fn the_area_without_a_slip_is_clean() {
    let found = check(&corpus::area());
    let shown: Vec<_> = found.iter().map(shown).collect();
    assert!(found.is_empty(), "{shown:#?}");
}

/// Rules that hold protocols against each other: here they are all but the same.
const AMONG_PROTOCOLS: &str = "\n[kontrol]\nkopieret-svar = \"fra\"\nafvigende-liste = \"fra\"\n\
    fremmed-institution = \"fra\"\n";

/// A case on its way to be mended.
struct Mending<'c> {
    case: &'c Case,
    /// Its folder among the protocols; none where it is a file of the area.
    slug: Option<String>,
    files: Files,
    found: Vec<Finding>,
    wrong: Option<String>,
}

impl<'c> Mending<'c> {
    fn new(case: &'c Case, number: usize) -> Self {
        let mut files = corpus::area();
        files.insert(case.path.clone(), case.text.clone());
        let slug = case
            .path
            .starts_with("protocols/")
            .then(|| format!("hus-{number}"));
        Self {
            case,
            slug,
            files,
            found: Vec::new(),
            wrong: None,
        }
    }

    fn shown(&self) -> String {
        self.found
            .iter()
            .map(shown)
            .collect::<Vec<_>>()
            .join("\n    ")
    }

    /// Obeys the first finding; whether there was one.
    fn obey(&mut self) -> bool {
        if self.wrong.is_some() || self.found.is_empty() {
            return false;
        }
        let all = self.shown();
        if let Some(slug) = &self.slug {
            // The finding speaks of the folder among the others.
            let (from, to) = (format!("protocols/{slug}/"), "protocols/hus/");
            self.wrong = obey::obey(&mut self.files, &self.found[0], &from, to).err();
        } else {
            self.wrong = obey::obey(&mut self.files, &self.found[0], "", "").err();
        }
        if let Some(reason) = &mut self.wrong {
            reason.push_str(&format!(":\n    {all}"));
        }
        true
    }

    /// Takes the findings of the next look, which must be fewer and none of them new.
    fn look(&mut self, after: Vec<Finding>) {
        let known: Vec<_> = self.found.iter().map(sense).collect();
        let new = after.iter().find(|one| !known.contains(&sense(one)));
        let came = &self.files[&self.case.path];
        self.wrong = match new {
            Some(new) => Some(format!(
                "{}\n  makes\n    {}\n--- in\n{came}",
                self.shown(),
                shown(new)
            )),
            None if after.len() >= self.found.len() => Some(format!(
                "{}\n  is still there\n--- in\n{came}",
                self.shown()
            )),
            None => None,
        };
        self.found = after;
    }
}

/// What the check finds in each case. Those of one protocol stand side by side in one area.
fn looks(mendings: &[Mending<'_>]) -> Vec<Vec<Finding>> {
    let mut all = corpus::area();
    all.retain(|path, _| !path.starts_with("protocols/"));
    all.get_mut("rusprot.toml")
        .expect("an area has one")
        .push_str(AMONG_PROTOCOLS);
    for mending in mendings {
        let Some(slug) = &mending.slug else { continue };
        for (path, text) in &mending.files {
            if let Some(name) = path.strip_prefix("protocols/hus/") {
                all.insert(format!("protocols/{slug}/{name}"), text.clone());
            }
        }
    }
    let found = check(&all);
    let own = |mending: &Mending<'_>| match &mending.slug {
        None => check(&mending.files),
        Some(slug) => {
            let folder = format!("protocols/{slug}/");
            let own = found
                .iter()
                .filter(|one| one.place.file.path().starts_with(&folder));
            own.cloned().collect()
        }
    };
    mendings.iter().map(own).collect()
}

#[test]
fn every_slip_is_one_finding_and_obeying_it_to_the_letter_mends_it() {
    let cases = corpus::cases();
    assert!(cases.len() >= 300, "{} cases", cases.len());
    let mut mendings: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(at, case)| Mending::new(case, at))
        .collect();
    let first = looks(&mendings);
    for (mending, found) in mendings.iter_mut().zip(first) {
        mending.found = found;
        let (count, most) = (mending.found.len(), mending.case.findings);
        if count == 0 || (count > most) {
            mending.wrong = Some(format!(
                "{count} findings, not {most}:\n    {}",
                mending.shown()
            ));
        }
    }
    // Two of a case at most follow from each other.
    for _ in 0..4 {
        let obeyed: Vec<bool> = mendings.iter_mut().map(Mending::obey).collect();
        let after = looks(&mendings);
        for ((mending, after), obeyed) in mendings.iter_mut().zip(after).zip(obeyed) {
            if obeyed && mending.wrong.is_none() {
                mending.look(after);
            }
        }
    }
    let wrong: Vec<String> = mendings
        .iter()
        .filter(|mending| mending.wrong.is_some() || !mending.found.is_empty())
        .map(|mending| {
            let left = || format!("is left:\n    {}", mending.shown());
            let reason = mending.wrong.clone().unwrap_or_else(left);
            format!(
                "{}: {reason}\n--- from\n{}",
                mending.case.name, mending.case.text
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n-----\n")
    );
}

/// The findings of a section's file with this text, as line and message.
fn slips(text: &str) -> Vec<(u32, String, String)> {
    let mut files = corpus::area();
    files.insert(SECTION.to_owned(), text.to_owned());
    let found = check(&files)
        .into_iter()
        .filter(|one| one.place.file.path() == SECTION);
    found
        .map(|one| {
            let line = one.place.range().start.line.get();
            (line, one.message, one.help.unwrap_or_default())
        })
        .collect()
}

#[test]
fn prose_is_never_taken_for_a_key() {
    let text =
        "overskrift = \"Gæster\"\ntekst = ’’’\ngæster er velkomne\nøl er ikke = en ret\n’’’\n";
    let slips = slips(text);
    assert_eq!(slips.len(), 1, "{slips:?}");
    assert_eq!(slips[0].0, 2);
    assert!(
        slips[0].2.contains("Skriv ''' i stedet for ’’’."),
        "{slips:?}"
    );
    assert!(!slips[0].2.contains("gaester er velkomne"), "{slips:?}");
}

#[test]
fn a_text_that_does_not_end_is_one_finding_where_it_begins() {
    let text = "overskrift = \"Gæster\"\ntekst = '''\nDe er velkomne.\n\n[[afsnit]]\noverskrift = \"Om natten\"\ntekst = '''\nSå sover vi.\n'''\n\n[[afsnit]]\noverskrift = \"Om dagen\"\ntekst = '''\nSå er vi vågne.\n'''\n";
    let slips = slips(text);
    assert_eq!(slips.len(), 1, "{slips:?}");
    assert_eq!(slips[0].0, 2);
    assert!(slips[0].2.contains("under linje 3"), "{slips:?}");
}

#[test]
fn every_danish_spelling_of_a_date_is_met_with_the_date_as_it_must_be_written() {
    for typed in [
        "1. januar 2026",
        "1/1 2026",
        "01.01.2026",
        "2026-1-1",
        "\"1. januar 2026\"",
        "den 1. jan. 2026",
    ] {
        let mut files = corpus::area();
        let main = files.get_mut(corpus::MAIN).expect("the area has it");
        *main = main.replace(
            "gaelder_fra = 2026-01-01",
            &format!("gaelder_fra = {typed}"),
        );
        let found = check(&files);
        let all: Vec<_> = found.iter().map(shown).collect();
        assert_eq!(found.len(), 1, "{typed}: {all:#?}");
        assert!(
            all[0].contains("gaelder_fra = 2026-01-01"),
            "{typed}: {all:#?}"
        );
    }
}

#[test]
fn what_only_follows_from_a_slip_is_not_told_as_well() {
    for (path, from, to) in [
        (SECTION, "tekst =", "tekts ="),
        (SECTION, "overskrift =", "overskirft ="),
        (corpus::MAIN, "pligt =", "pligter ="),
        (corpus::MAIN, "\"revision\"", "\"revison\""),
        (corpus::MAIN, "navn =", "nvan ="),
    ] {
        let mut files = corpus::area();
        let text = files.get_mut(path).expect("the area has it");
        *text = text.replacen(from, to, 1);
        let found = check(&files);
        let all: Vec<_> = found.iter().map(shown).collect();
        assert_eq!(found.len(), 1, "{to}: {all:#?}");
    }
}

#[test]
fn a_second_tekst_in_a_block_is_told_as_a_line_in_the_wrong_place() {
    let slips = slips(
        "overskrift = \"Gæster\"\n\n[[regel]]\ntekst = \"Ring på.\"\ntekst = '''\nVi tager imod.\n'''\n",
    );
    assert_eq!(slips.len(), 1, "{slips:?}");
    assert!(
        slips[0].2.contains("Linjen hører til [[regel]]"),
        "{slips:?}"
    );
    assert!(
        slips[0]
            .2
            .contains("flyt den op over den første linje med kantede parenteser"),
        "{slips:?}"
    );
}

#[test]
fn no_message_about_toml_has_english_in_it() {
    const ENGLISH: [&str; 6] = [
        "invalid",
        "expected",
        "missing",
        "unclosed",
        "duplicate",
        "key ",
    ];
    for text in [
        "a = [1, 2\n",
        "a = { b = 1\n",
        "a = { b 1 }\n",
        "[a.b\n",
        "[[a]\n",
        "a = 1 2\n",
        "a = 0x\n",
        "a = +-1\n",
        "a = 1__2\n",
        "a = \"\\q\"\n",
        "a = \"\\u12\"\n",
        "= 1\n",
        "a.b = 1\na = 2\n",
        "a = 12:99:00\n",
        "a = 2026-13-01\n",
        "a = tRue\n",
        "\u{0}\n",
        "a = [,]\n",
        "a = {,}\n",
        "'''x''' = 1\n",
        "a = \"x\ny\"\n",
        "a == 1\n",
        "]\n",
        "}\n",
        "a = 01\n",
    ] {
        let slips = slips(text);
        assert!(!slips.is_empty(), "{text:?}");
        for (_, message, help) in &slips {
            for word in ENGLISH {
                assert!(
                    !message.contains(word) && !help.contains(word),
                    "{text:?}: {message} {help}"
                );
            }
        }
    }
}
