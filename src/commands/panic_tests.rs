//! A rule panics, about the area, a skabelon or a protocol: `status` tells what the others found and that something is
//! wrong, and what writes into people's files writes nothing.

use jiff::civil::Date;

use super::{CheckOptions, Decision, Deed, approve, check, done, duties, matrix};
use crate::check::BROKEN;
use crate::fs;
use crate::load::Repository;
use crate::text::Period;

const TODAY: Date = Date::constant(2026, 11, 21);
const MAIN: &str = "protocols/hus/protokol.toml";

/// An area with one house and its own skabelon, by their names.
fn area(area: &str, skabelon: &str, house: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        (
            "rusprot.toml",
            format!("skabelon = 'egen'\n[omraade]\nnavn = '{area}'\n"),
        ),
        (
            "templates/egen/skabelon.toml",
            format!(
                "navn = '{skabelon}'\ndokumenttype = 'Protokol'\nversion = '1'\n\
                 [[krav]]\nid = 'naboer'\noverskrift = 'Naboer'\nniveau = 'kan'\n\
                 [[pligt]]\nid = 'brand'\nhvad = 'Øv brand'\nhvor_tit = '1 måned'\nniveau = 'skal'\n"
            ),
        ),
        (
            MAIN,
            format!(
                "[institution]\nnavn = '{house}'\nadresse = ['Vej 1']\ntelefon = '70 00 00 00'\n\
                 [dokument]\nversion = '1'\ngaelder_fra = 2026-11-01\n\
                 [[haendelse]]\npligt = 'brand'\ndato = 2026-11-01\n"
            ),
        ),
        (
            "protocols/hus/01-naboer.toml",
            "overskrift = 'Naboer'\ntekst = 'Vi hilser.'\n".to_owned(),
        ),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_folder(path.parent().expect("a folder")).expect("room");
        fs::write(&path, text.as_bytes()).expect("room");
    }
    folder
}

/// Each of the three kinds of rules, broken in turn.
fn broken() -> [tempfile::TempDir; 3] {
    [
        area(BROKEN, "Egen", "Huset"),
        area("Området", BROKEN, "Huset"),
        area("Området", "Egen", BROKEN),
    ]
}

fn repository(folder: &tempfile::TempDir) -> Repository {
    Repository::find(folder.path()).expect("a repository")
}

#[test]
fn the_duties_and_the_matrix_stand_and_it_is_told_that_a_rule_panicked() {
    let options = CheckOptions::on(TODAY);
    let folder = area("Området", "Egen", "Huset");
    let sound = repository(&folder);
    assert_eq!(duties(&sound, &options, None).expect("duties").bugs, 0);
    assert_eq!(matrix(&sound, &options).expect("a matrix").bugs, 0);
    for (at, folder) in broken().iter().enumerate() {
        let repository = repository(folder);
        let told = duties(&repository, &options, None).expect("duties");
        assert_eq!(told.rows.len(), 1, "{at}");
        // Duties ask no rule about protocols.
        assert_eq!(told.bugs, usize::from(at < 2), "{at}");
        let told = matrix(&repository, &options).expect("a matrix");
        assert_eq!(
            (told.tables.len(), told.tables[0].rows.len()),
            (1, 1),
            "{at}"
        );
        assert_eq!(told.bugs, 1, "{at}");
        assert_eq!(
            check(&repository, &options).expect("findings").bugs,
            1,
            "{at}"
        );
    }
}

#[test]
fn what_was_done_and_decided_is_not_written_where_a_rule_panicked() {
    for (at, folder) in broken().iter().enumerate() {
        let repository = repository(folder);
        let path = folder.path().join(MAIN);
        let before = fs::read(&path).expect("a file");
        let deed = Deed {
            slug: "hus".to_owned(),
            duty: "brand".to_owned(),
            date: Period::Day(Date::constant(2026, 11, 20)),
            forum: None,
            note: None,
            today: TODAY,
        };
        let error = done(&repository, &deed).expect_err("a rule panicked");
        assert!(
            error.to_string().contains("blev ikke færdig"),
            "{at}: {error}"
        );
        let decision = Decision {
            slug: "hus".to_owned(),
            forum: "Mini-MED".to_owned(),
            date: Period::Day(Date::constant(2026, 11, 20)),
            by: "Tilbudsleder".to_owned(),
            version: Some("2".to_owned()),
            no_changes: false,
            minor: false,
            today: TODAY,
        };
        let error = approve(&repository, &decision).expect_err("a rule panicked");
        assert!(
            error.to_string().contains("blev ikke færdig"),
            "{at}: {error}"
        );
        assert_eq!(fs::read(&path).expect("a file"), before, "{at}");
    }
}
