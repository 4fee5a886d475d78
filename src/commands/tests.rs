//! What only a whole area shows: names across protocols, loose files, the area's own register.

use std::path::Path;

use jiff::civil::Date;
use tempfile::TempDir;

use super::{CheckOptions, CheckOutcome, check};
use crate::check::made_up::number;
use crate::diag::Code;
use crate::load::Repository;
use crate::report::{Format, Options, Report};
use crate::site::in_parallel;

/// An invented area of two houses, with these files besides.
fn area(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = "skabelon = 'socialpsykiatri'\n[omraade]\nnavn = 'Området'\n";
    let main = |name: &str| format!("[institution]\nnavn = 'Bostedet {name}'\n");
    let (birkely, egely) = (main("Birkely"), main("Egely"));
    let always = [
        ("rusprot.toml", config),
        ("protocols/birkely/protokol.toml", birkely.as_str()),
        ("protocols/egely/protokol.toml", egely.as_str()),
    ];
    for (path, text) in always.iter().chain(files) {
        let path = folder.path().join(path);
        crate::fs::create_folder(path.parent().unwrap_or(Path::new(""))).expect("a new folder");
        crate::fs::write(&path, text.as_bytes()).expect("a new file");
    }
    folder
}

fn outcome(folder: &TempDir, only: &[&str]) -> CheckOutcome {
    let repository = Repository::find(folder.path()).expect("a repository");
    let options = CheckOptions {
        protocols: only.iter().map(|&slug| slug.to_owned()).collect(),
        ..CheckOptions::on(Date::constant(2026, 11, 21))
    };
    check(&repository, &options).expect("a readable repository")
}

fn at(outcome: &CheckOutcome, code: Code) -> Vec<String> {
    let found = outcome.findings.iter();
    found
        .filter(|finding| finding.code == code)
        .map(|finding| {
            let start = finding.place.range().start;
            let path = finding.place.file.path();
            format!("{path}:{}:{}", start.line.get(), start.column.get())
        })
        .collect()
}

#[test]
fn every_protocol_knows_the_names_of_all_also_when_it_is_checked_alone() {
    let folder = area(&[
        (
            "protocols/birkely/01-a.toml",
            "overskrift = 'Her på Bostedet Egely'\n",
        ),
        (
            "protocols/egely/01-a.toml",
            "overskrift = 'Her på Bostedet Birkely'\n",
        ),
    ]);
    let all = outcome(&folder, &[]);
    let birkely = "protocols/birkely/01-a.toml:1:22";
    let egely = "protocols/egely/01-a.toml:1:22";
    assert_eq!(at(&all, Code::FremmedInstitution), [birkely, egely]);
    let alone = outcome(&folder, &["birkely"]);
    assert_eq!(at(&alone, Code::FremmedInstitution), [birkely]);
}

#[test]
fn personal_numbers_beside_the_protocols_are_found_and_hidden() {
    let number = number(2050, "-", true);
    let line = format!("x {number}\n");
    let folder = area(&[
        ("protocols/noter.txt", &line),
        ("protocols/gammelt/kladde.md", &line),
        ("templates/lovregister.toml", &format!("# {number}\n")),
        (
            &format!("protocols/{number}/protokol.toml"),
            "[institution]\nnavn = 'Bostedet Elmely'\n",
        ),
    ]);
    let all = outcome(&folder, &[]);
    assert_eq!(
        at(&all, Code::Personnummer),
        [
            "protocols/gammelt/kladde.md:1:3",
            "protocols/noter.txt:1:3",
            "protocols/xxxxxx-xxxx:1:1",
            "templates/lovregister.toml:1:3",
        ]
    );
    assert!(!format!("{all:?}").contains(&number));
    assert!(all.protocols.contains(&"xxxxxx-xxxx".to_owned()));
}

#[test]
fn an_area_can_add_to_the_register_of_laws() {
    let register = "[[post]]\nlov = 'husloven'\nbestemmelse = '§ 9'\nstatus = 'ophaevet'\n\
                    kilde = 'x'\ntjekket = 2026-01-01\nsikkerhed = 'lav'\n";
    let text = "overskrift = 'A'\ntekst = 'Efter huslovens § 9.'\n";
    let folder = area(&[
        ("templates/lovregister.toml", register),
        ("protocols/egely/01-a.toml", text),
    ]);
    let found = at(&outcome(&folder, &[]), Code::AendretLov);
    assert_eq!(found, ["protocols/egely/01-a.toml:2:26"]);
}

#[test]
fn excepted_findings_are_told_with_their_reason() {
    let text = "overskrift = 'A'\ntekst = 'Se side 12.'\n[[undtag]]\nregel = 'RP204'\n\
                begrundelse = 'En trykt pjece.'\n";
    let folder = area(&[("protocols/egely/01-a.toml", text)]);
    let outcome = outcome(&folder, &["egely"]);
    let aside = outcome.excepted.iter();
    let aside: Vec<_> = aside
        .map(|aside| (aside.finding.code, aside.reason.as_str()))
        .collect();
    assert_eq!(aside, [(Code::Sidehenvisning, "En trykt pjece.")]);
    assert_eq!(at(&outcome, Code::Sidehenvisning), [""; 0]);
}

#[test]
fn no_format_shows_a_personal_number() {
    let number = number(2044, "", false);
    let text = format!("overskrift = 'A'\n{number} = 1\ntekst = '{number} se side 12'\n");
    let path = format!("protocols/egely/01-{number}.toml");
    let outcome = outcome(&area(&[(&path, &text)]), &[]);
    assert_eq!(at(&outcome, Code::Personnummer).len(), 3);
    assert_eq!(at(&outcome, Code::Sidehenvisning).len(), 1);
    assert_eq!(at(&outcome, Code::UkendtNoegle).len(), 1);
    let report = Report {
        findings: &outcome.findings,
        protocols: &outcome.protocols,
    };
    let options = Options {
        folder: "",
        width: 120,
        color: false,
        docs: &|_| "",
    };
    for format in Format::ALL {
        let shown = format.render(&report, &options);
        assert!(shown.contains("xxxxxxxxxx"), "{}", format.name());
        assert!(!shown.contains(&number), "{}", format.name());
    }
}

#[test]
fn work_within_work_stays_on_its_own_thread() {
    let outer: Vec<usize> = (0..200).collect();
    let deep = in_parallel(2, &outer, |_| {
        let own = std::thread::current().id();
        let inner = in_parallel(1, &[1, 2, 3], |_| Ok(std::thread::current().id()))?;
        Ok(inner.into_iter().all(|id| id == own))
    });
    assert!(deep.expect("nothing fails").into_iter().all(|same| same));
}
