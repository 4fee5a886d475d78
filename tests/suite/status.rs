//! `rusprot status`: the duties by date, and the matrix.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Repo, Run};

const WHEEL: &str = "[[pligt]]\nid = \"revision\"\nhvad = \"Gå den igennem\"\nhvor_tit = \"1 år\"\n\
    ansvarlig = [\"Leder\", \"Borgere\"]\nforum = \"Mini-MED\"\n\
    [[pligt]]\nid = \"kursus\"\nhvad = \"Kursus\"\nhvor_tit = \"1 kvartal\"\nniveau = \"kan\"\n\
    [[pligt]]\nid = \"brand\"\nhvad = \"Øv brand\"\nhvor_tit = \"1 måned\"\n\
    [[pligt]]\nid = \"hegn\"\nhvad = \"Se til hegnet\"\nhvor_tit = \"ved behov\"\n";

const REQUIREMENTS: &str = "[[krav]]\nid = \"gaester\"\noverskrift = \"Gæster\"\n\
    fraraades = [\"Besøg\"]\n\
    [[krav.punkt]]\nid = \"nat\"\ntekst = \"Hvad gælder om natten?\"\nniveau = \"skal\"\n\
    [[krav.krav]]\nid = \"hunde\"\noverskrift = \"Gæsters hunde\"\n\
    [[krav]]\nid = \"naboer\"\noverskrift = \"Naboer\"\n\
    [[krav]]\nid = \"pynt\"\noverskrift = \"Pynt\"\nniveau = \"kan\"\n";

const GUESTS: &str = "overskrift = \"Gæster\"\nopfylder = [\"nat\"]\ntekst = \"Du må have gæster.\"\n\
    [[afsnit]]\noverskrift = \"Gæsters hunde\"\ntekst = \"Hunde er i snor.\"\n";
const NEIGHBOURS: &str = "overskrift = \"Naboer\"\ntekst = \"Vi hilser på dem.\"\n";

/// An area whose protocols follow a skabelon with these duties and requirements.
fn area(skabelon: &str) -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"Området\"\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            format!("navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n{skabelon}"),
        )
}

/// The same with one protocol, `hus`, whose `protokol.toml` goes on like this.
fn house(skabelon: &str, main: &str) -> Repo {
    let main = format!("[institution]\nnavn = \"Huset\"\n{main}");
    area(skabelon).file("protocols/hus/protokol.toml", main)
}

fn met(duty: &str, date: &str) -> String {
    format!("[[haendelse]]\npligt = \"{duty}\"\ndato = {date}\n")
}

/// The duties as JSON, which is what a test asks most easily.
fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// Id, due date and words of each duty, in the order they are listed.
fn listed(repo: &Repo, more: &[&str]) -> Vec<String> {
    let args = [&["status", "--format", "json"], more].concat();
    let run = repo.run(&args);
    let duties = json(&run)["duties"].clone();
    let duties = duties.as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let duties = duties.iter();
    duties
        .map(|duty| {
            let (id, due, words) = (&duty["duty"], &duty["due"], &duty["words"]);
            format!("{} {} {}", text(id), text(due), text(words))
        })
        .collect()
}

#[test]
fn duties_are_listed_overdue_first_then_by_date_then_without_one() {
    let main = met("revision", "2025-11-20") + &met("kursus", "2026-09-30");
    let repo = house(WHEEL, &main);
    assert_eq!(
        listed(&repo, &[]),
        [
            "revision 2026-11-20 overskredet med 1 dag",
            "kursus 2026-12-30 om 39 dage",
            "brand – ingen dato at regne fra",
            "hegn – ved behov",
        ]
    );
}

#[test]
fn the_table_tells_what_who_when_and_how_long_in_words() {
    let main = met("revision", "2025-11-20") + &met("brand", "2026-11-01");
    house(WHEEL, &main).run(&["status"]).code(1).stdout_is(
        "Årets gang den 21. november 2026\n\n\
         Senest              Institution  Hvad\n\
         ------------------  -----------  -----------------------------------------------\n\
         OVERSKREDET\n\n\
         20. november 2026   Huset        Gå den igennem\n\
         overskredet med 1                Hvem: Leder, Borgere i Mini-MED\n\
         dag                              Sidst: 20. november 2025\n\n\
         KOMMER\n\n\
         1. december 2026    Huset        Øv brand\n\
         om 10 dage                       Sidst: 1. november 2026\n\n\
         UDEN DATO\n\n\
         ingen dato at       Huset        Kursus (kan)\n\
         regne fra                        Sidst: ikke endnu\n\n\
         VED BEHOV\n\n\
         ved behov           Huset        Se til hegnet\n\
         \u{20}                                Sidst: ikke endnu\n\n\
         4 pligter i 1 protokol.\n\
         1 pligt, der skal opfyldes, er overskredet.\n",
    );
}

#[test]
fn only_a_duty_that_must_be_met_ends_the_run_with_one() {
    let current = met("revision", "2026-11-01") + &met("brand", "2026-11-01");
    let repo = house(WHEEL, &(current.clone() + &met("kursus", "2020-01-01")));
    repo.run(&["status"])
        .code(0)
        .stdout_has("OVERSKREDET")
        .stdout_has("Ingen pligt, der skal opfyldes, er overskredet.");
    let repo = house(WHEEL, &current);
    repo.run(&["status", "--today", "2026-12-01"]).code(0);
    repo.run(&["status", "--today", "2026-12-02"]).code(1);
}

#[test]
fn months_are_counted_over_short_months_leap_years_and_new_year() {
    for (last, due) in [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-31", "2027-01-31"),
        ("2026-11-30", "2026-12-30"),
    ] {
        let repo = house(WHEEL, &met("brand", last));
        let listed = listed(&repo, &["--today", "2026-01-01"]);
        let brand = listed.iter().find(|line| line.starts_with("brand "));
        assert!(
            brand.is_some_and(|line| line.starts_with(&format!("brand {due} "))),
            "{listed:?}"
        );
    }
    let leap = house(WHEEL, &met("revision", "2028-02-29"));
    assert_eq!(
        listed(&leap, &["--within", "9999"])[0],
        "revision 2029-02-28 om 830 dage"
    );
}

#[test]
fn a_first_date_is_a_day_a_quarter_or_a_year_and_means_its_last_day() {
    for (first, due) in [
        ("2026-12-24", "2026-12-24"),
        ("\"2027-K1\"", "2027-03-31"),
        ("\"2027-K4\"", "2027-12-31"),
        ("\"2027\"", "2027-12-31"),
    ] {
        let wheel = format!(
            "[[pligt]]\nid = \"brand\"\nhvad = \"Øv brand\"\nhvor_tit = \"1 år\"\nfoerste = {first}\n"
        );
        let listed = listed(&house(&wheel, ""), &[]);
        assert!(
            listed[0].starts_with(&format!("brand {due} om ")),
            "{listed:?}"
        );
    }
}

#[test]
fn within_keeps_what_is_overdue_and_what_is_due_in_so_many_days() {
    let main = met("revision", "2020-01-01") + &met("brand", "2026-11-01");
    let repo = house(WHEEL, &main);
    let overdue = "revision 2021-01-01 overskredet med 2150 dage";
    assert_eq!(listed(&repo, &["--within", "9"]), [overdue]);
    let soon = "brand 2026-12-01 om 10 dage";
    assert_eq!(listed(&repo, &["--within", "10"]), [overdue, soon]);
    repo.run(&["status", "--within", "9"])
        .code(1)
        .stdout_has("3 andre er ikke vist: De ligger senere eller har ingen dato.");
}

#[test]
fn a_number_of_days_that_is_none_is_refused() {
    let repo = house(WHEEL, "");
    for wrong in ["-1", "snart", "1,5", ""] {
        repo.run(&["status", &format!("--within={wrong}")]).code(2);
    }
    repo.run(&["status", "--within", "-1"]).code(2).stderr_has(
        "»-1« kan ikke bruges til »--within«: det skal være et helt antal dage fra 0 til 36525.",
    );
    repo.run(&["status", "--within", "3", "--matrix"])
        .code(2)
        .stderr_has("kan ikke bruges sammen med");
    repo.run(&["status", "--matrix", "--format", "ics"])
        .code(2)
        .stderr_has("en matrix er ingen kalender");
}

#[test]
fn protocols_are_chosen_as_everywhere_and_the_hidden_name_works() {
    let main = "[institution]\nnavn = \"Skuret\"\n".to_owned() + &met("brand", "2026-11-02");
    let repo = house(WHEEL, "").file("protocols/skur/protokol.toml", main);
    let run = repo.run(&["frister", "skur", "--format", "json"]).code(0);
    let json = json(&run);
    assert_eq!(json["duties"][0]["institution"], "Skuret");
    assert_eq!(json["duties"][0]["due"], "2026-12-02");
    assert_eq!(json["summary"]["protocols"], 1);
    repo.run(&["status", "skuur"])
        .code(2)
        .stderr_has("Mente du »skur«?");
}

#[test]
fn a_spreadsheet_has_a_line_for_each_duty_and_no_formula() {
    let wheel = "[[pligt]]\nid = \"=1+1\"\nhvad = \"@sum; \\\"altid\\\"\"\nhvor_tit = \"1 år\"\n";
    let main = "[[haendelse]]\npligt = \"=1+1\"\ndato = 2026-01-01\n";
    house(wheel, main)
        .run(&["status", "--format", "csv"])
        .code(0)
        .stdout_is(
            "\u{feff}Senest;Hvornår;Institution;Protokol;Pligt;Hvad;Niveau;Hvem;Forum;Sidst\r\n\
             2027-01-01;om 41 dage;Huset;hus;'=1+1;\"'@sum; \"\"altid\"\"\";skal;;;2026-01-01\r\n",
        );
}

/// The events of a calendar, each as its properties by name with their parameters. As strict as the
/// standard: line ends, length of lines, one component at a time, the properties an event must have.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    assert!(calendar.ends_with("\r\n"), "{calendar}");
    let lines: Vec<&str> = calendar.trim_end_matches("\r\n").split("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75 && !line.contains(['\n', '\r']), "{line:?}");
    }
    let whole = lines.join("\r\n").replace("\r\n ", "");
    let mut lines = whole.split("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let mut head = Vec::new();
    let mut events = Vec::new();
    let mut open: Option<BTreeMap<String, String>> = None;
    let mut ended = false;
    for line in lines {
        assert!(!ended, "something after the end: {line}");
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(open.replace(BTreeMap::new()).is_none()),
            ("END", "VEVENT") => events.push(open.take().expect("an event is open")),
            ("END", "VCALENDAR") => ended = open.is_none(),
            _ => match &mut open {
                Some(event) => {
                    let twice = event.insert(name.to_owned(), value.to_owned());
                    assert!(twice.is_none(), "{name} stands there twice");
                }
                None => head.push(line),
            },
        }
    }
    assert!(ended && head.contains(&"VERSION:2.0"), "{head:?}");
    assert!(head.iter().any(|line| line.starts_with("PRODID:")));
    for event in &events {
        for name in [
            "UID",
            "DTSTAMP",
            "DTSTART;VALUE=DATE",
            "DTEND;VALUE=DATE",
            "SUMMARY",
        ] {
            assert!(event.contains_key(name), "{name}: {event:?}");
        }
    }
    events
}

#[test]
fn a_calendar_has_an_event_for_each_duty_with_a_date() {
    let main = met("revision", "2025-12-31") + &met("brand", "2026-11-01");
    let repo = house(
        &WHEEL.replace(
            "Øv brand",
            "Øv, brand; æøå \\\\ og mere, så linjen bliver for lang til én linje",
        ),
        &main,
    );
    let events = events(&repo.run(&["status", "--format", "ics"]).code(0).stdout);
    assert_eq!(events.len(), 2, "{events:?}");
    let brand = &events[0];
    assert_eq!(brand["UID"], "hus.brand@rusprot.aarets-gang");
    assert_eq!(brand["DTSTART;VALUE=DATE"], "20261201");
    assert_eq!(brand["DTEND;VALUE=DATE"], "20261202");
    assert_eq!(brand["DTSTAMP"], "20261101T000000Z");
    assert_eq!(
        brand["SUMMARY"],
        "Huset: Øv\\, brand\\; æøå \\\\ og mere\\, så linjen bliver for lang til én linje"
    );
    assert_eq!(events[1]["DTEND;VALUE=DATE"], "20270101");
}

#[test]
fn a_later_calendar_moves_the_event_and_does_not_depend_on_the_day() {
    let calendar = |repo: &Repo, today: &str| {
        repo.run(&["status", "--format", "ics", "--today", today])
            .stdout
    };
    let repo = house(WHEEL, &met("brand", "2026-11-01"));
    let first = calendar(&repo, "2026-11-21");
    assert_eq!(
        first,
        calendar(&repo, "2027-03-01"),
        "no byte comes of the day"
    );
    let more = met("brand", "2026-11-01") + &met("brand", "2026-11-30");
    let second = calendar(&house(WHEEL, &more), "2026-12-01");
    let (first, second) = (events(&first).remove(0), events(&second).remove(0));
    assert_eq!(first["UID"], second["UID"]);
    assert_eq!(second["DTSTART;VALUE=DATE"], "20261230");
    let number =
        |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().expect("a number");
    assert_eq!((number(&first), number(&second)), (9801, 9830));
}

#[test]
fn an_event_that_moves_back_gets_a_later_number_where_the_calendar_takes_the_former_ones_place() {
    let repo = house(WHEEL, &met("brand", "2026-12-01"));
    let args = ["status", "--format", "ics", "--output", "aar.ics"];
    let mut before: Option<(u32, String, String)> = None;
    // Typed wrong, mended, and with a shorter interval: the day moves forth, back and back once more.
    for (date, interval) in [
        ("2026-10-01", "1 kvartal"),
        ("2026-12-01", "1 kvartal"),
        ("2026-11-01", "1 kvartal"),
        ("2026-11-01", "1 måned"),
    ] {
        repo.write(
            "protocols/hus/protokol.toml",
            format!("[institution]\nnavn = \"Huset\"\n{}", met("brand", date)),
        );
        let wheel = WHEEL.replace("\"1 måned\"", &format!("\"{interval}\""));
        repo.write(
            "templates/proeve/skabelon.toml",
            format!("navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n{wheel}"),
        );
        let _overdue = repo.run(&args);
        let event = events(&repo.read("aar.ics")).remove(0);
        let now = (
            event["SEQUENCE"].parse().expect("a number"),
            event["DTSTAMP"].clone(),
            event["DTSTART;VALUE=DATE"].clone(),
        );
        if let Some(before) = before {
            assert_ne!(before.2, now.2);
            assert!(before.0 < now.0 && before.1 < now.1, "{before:?} {now:?}");
        }
        before = Some(now);
    }
}

#[test]
fn lists_for_people_are_in_the_order_of_the_danish_alphabet() {
    let mut repo = area(WHEEL);
    let names = [
        "Aagården",
        "Ærtebo",
        "Øhuset",
        "Zoneterapien",
        "Hus 10",
        "Hus 2",
        "Egely",
    ];
    for (number, name) in names.iter().enumerate() {
        let main = format!(
            "[institution]\nnavn = \"{name}\"\n{}",
            met("brand", "2026-11-01")
        );
        repo = repo.file(&format!("protocols/h{number}/protokol.toml"), main);
    }
    let sorted = [
        "Egely",
        "Hus 2",
        "Hus 10",
        "Zoneterapien",
        "Ærtebo",
        "Øhuset",
        "Aagården",
    ];
    let in_order = |text: &str| {
        let mut at = 0;
        for name in sorted {
            let found = text[at..]
                .find(name)
                .unwrap_or_else(|| panic!("{name} after {at} in {text}"));
            at += found + name.len();
        }
    };
    for args in [
        &["status"][..],
        &["status", "--format", "csv"],
        &["status", "--format", "ics"],
        &["status", "--matrix"],
        &["status", "--matrix", "--format", "csv"],
    ] {
        in_order(&repo.run(args).stdout);
    }
    let _drafts = repo.run(&["build", "--draft", "--formats", "html"]);
    in_order(&repo.read("dist/index.html"));
}

#[test]
fn a_second_run_gives_the_same_bytes_in_every_format_also_in_a_file() {
    let repo = house(WHEEL, &met("brand", "2026-11-01"));
    for format in ["human", "json", "ics", "csv"] {
        let args = ["status", "--format", format];
        let first = repo.run(&args).stdout;
        assert_eq!(first, repo.run(&args).stdout, "{format}");
        if format != "human" {
            let args = [&args[..], &["--output", "ud"]].concat();
            repo.run(&args).code(0).stdout_is("");
            assert_eq!(first, repo.read("ud"), "{format}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_its_duties_are_not_made_up() {
    let repo = house(WHEEL, &met("brand", "2026-11-01")).file(
        "protocols/skur/protokol.toml",
        "[institution]\nnavn = = \"Skuret\"\n",
    );
    let run = repo
        .run(&["status"])
        .code(1)
        .stderr_has("protocols/skur/protokol.toml:2:")
        .stderr_has("RP001")
        .stdout_has("Pligterne er ukendte for skur: protokol.toml eller skabelonen kan ikke læses.")
        .stdout_lacks("Skuret");
    assert!(!run.stderr.contains("i 1 protokol"), "{}", run.stderr);
    let json = json(&repo.run(&["status", "--format", "json"]));
    assert_eq!(json["unread"][0], "skur");
    // A date that does not exist leaves the others standing.
    house(
        WHEEL,
        &(met("brand", "2026-11-01") + &met("brand", "\"2026-02-30\"")),
    )
    .run(&["status"])
    .code(1)
    .stderr_has("RP003")
    .stdout_has("1. december 2026");
}

#[test]
fn sections_are_not_read_for_the_duties() {
    let repo = house(WHEEL, &met("brand", "2026-11-01")).file("protocols/hus/01-a.toml", "x = =");
    repo.run(&["status", "--within", "30"])
        .code(0)
        .stderr_is("");
}

/// The words of one protocol of the matrix: the requirements', the approval's and the year wheel's.
fn words(repo: &Repo) -> Vec<String> {
    let run = repo.run(&["status", "--matrix", "--format", "csv"]);
    let line = run.stdout.lines().nth(1);
    let line = line.unwrap_or_else(|| panic!("no line for a protocol: {run:?}"));
    line.trim_end()
        .split(';')
        .skip(3)
        .map(str::to_owned)
        .collect()
}

/// A protocol with these sections.
fn answering(main: &str, sections: &[(&str, &str)]) -> Repo {
    let mut repo = house(&format!("{REQUIREMENTS}{WHEEL}"), main);
    for (name, text) in sections {
        repo = repo.file(&format!("protocols/hus/{name}"), text);
    }
    repo
}

const BOTH: [(&str, &str); 2] = [("01-gaester.toml", GUESTS), ("02-naboer.toml", NEIGHBOURS)];

#[test]
fn a_requirement_that_is_answered_is_ok_and_one_that_may_be_has_no_column() {
    let repo = answering("", &BOTH);
    assert_eq!(words(&repo)[..3], ["ok", "ok", "ok"]);
    let header = repo.run(&["status", "--matrix", "--format", "csv"]).stdout;
    assert!(
        header.starts_with(
            "\u{feff}Institution;Protokol;Skabelon;Gæster;Gæsters hunde;Naboer;Godkendelse;Årshjul\r\n"
        ),
        "{header}"
    );
}

#[test]
fn what_nobody_answers_and_what_lacks_a_part_is_missing() {
    let none = answering("", &[BOTH[0]]);
    assert_eq!(words(&none)[..3], ["ok", "ok", "mangler"], "RP101");
    let none = answering("", &[BOTH[1]]);
    assert_eq!(
        words(&none)[..3],
        ["mangler", "mangler", "ok"],
        "RP101 and what is below it"
    );
    let empty = answering(
        "",
        &[BOTH[0], ("02-naboer.toml", "overskrift = \"Naboer\"\n")],
    );
    assert_eq!(words(&empty)[..3], ["ok", "ok", "mangler"], "RP102");
    let point = GUESTS.replace("opfylder = [\"nat\"]\n", "");
    let point = answering("", &[("01-gaester.toml", &point), BOTH[1]]);
    assert_eq!(words(&point)[..3], ["mangler", "ok", "ok"], "RP106");
    let (above, _) = GUESTS.split_once("[[afsnit]]").expect("a sub-section");
    let child = answering("", &[("01-gaester.toml", above), BOTH[1]]);
    assert_eq!(words(&child)[..3], ["mangler", "mangler", "ok"], "RP110");
}

#[test]
fn what_is_there_in_another_way_deviates() {
    let wording = GUESTS.replace("\"Gæster\"", "\"Besøg\"");
    let wording = answering("", &[("01-gaester.toml", &wording), BOTH[1]]);
    assert_eq!(words(&wording)[..3], ["afviger", "ok", "ok"], "RP108");
    let order = [("03-gaester.toml", GUESTS), BOTH[1]];
    let order = words(&answering("", &order));
    assert!(
        order[..3].contains(&"afviger".to_owned()),
        "RP105: {order:?}"
    );
    let below = format!("{GUESTS}opfylder = [\"findes-ikke\"]\n");
    let below = answering("", &[("01-gaester.toml", &below), BOTH[1]]);
    assert_eq!(
        words(&below)[..3],
        ["ok", "afviger", "ok"],
        "RP103 in the sub-section alone"
    );
    let language = NEIGHBOURS.replace("Vi hilser", "TODO Vi hilser");
    let language = answering("", &[BOTH[0], ("02-naboer.toml", &language)]);
    assert_eq!(
        words(&language)[..3],
        ["ok", "ok", "ok"],
        "other rules do not count"
    );
}

#[test]
fn what_an_exception_lets_stand_is_ok() {
    let main = "[[undtag]]\nregel = \"RP101\"\nbegrundelse = \"Vi har ingen naboer.\"\n";
    assert_eq!(words(&answering(main, &[BOTH[0]]))[..3], ["ok", "ok", "ok"]);
}

#[test]
fn a_rule_that_changes_no_word_counts_where_it_is_an_error_or_an_exception_names_it() {
    // A space before a comma: RP307, a warning of its own accord.
    let slip = NEIGHBOURS.replace("Vi hilser på dem.", "Vi hilser , når vi ser dem.");
    let excepted = |text: &str| {
        format!("{text}[[undtag]]\nregel = \"tegnsaetning\"\nbegrundelse = \"Sådan skriver vi.\"\n")
    };
    let matrix = |section: &str, levels: &str| {
        let done = met("revision", "2026-11-01") + &met("brand", "2026-11-20");
        let repo = answering(&done, &[BOTH[0], ("02-naboer.toml", section)]);
        let area = "skabelon = \"proeve\"\n[omraade]\nnavn = \"Området\"\n";
        let repo = repo.file("rusprot.toml", format!("{area}{levels}"));
        assert_eq!(words(&repo)[..3], ["ok", "ok", "ok"]);
        repo.run(&["status", "--matrix"])
    };
    let error = "[kontrol]\ntegnsaetning = \"fejl\"\n";
    matrix(&slip, "").code(0).stderr_is("");
    matrix(&slip, error).code(1);
    matrix(&excepted(&slip), error).code(0).stderr_is("");
    matrix(&excepted(&slip), "").code(0).stderr_is("");
    // One that meets nothing is told of, as the check tells of it.
    matrix(&excepted(NEIGHBOURS), "")
        .code(0)
        .stderr_has("RP011 ubrugt-undtagelse");
}

#[test]
fn a_file_that_cannot_be_read_is_neither_ok_nor_missing() {
    let broken = answering(
        "",
        &[
            BOTH[0],
            ("02-naboer.toml", "overskrift = \"Naboer\"\nx = =\n"),
        ],
    );
    assert_eq!(words(&broken)[2], "kan ikke læses");
    let unknown = answering("", &[BOTH[0], ("02-naboer.toml", "overskrift = = \n")]);
    assert_eq!(words(&unknown)[2], "kan ikke læses");
    unknown
        .run(&["status", "--matrix"])
        .code(1)
        .stderr_has("RP001");
    let main =
        answering("", &BOTH).file("protocols/hus/protokol.toml", "[institution]\nnavn = =\n");
    assert_eq!(words(&main)[3..], ["kan ikke læses", "kan ikke læses"]);
}

#[test]
fn the_approval_is_told_as_on_the_pages() {
    let approved = |fingerprint: &str| {
        let main =
            format!("[[godkendelse]]\nforum = \"Mini-MED\"\ndato = 2026-10-01\n{fingerprint}");
        answering(&main, &BOTH)
    };
    assert_eq!(words(&answering("", &BOTH))[3], "ikke godkendt");
    assert_eq!(words(&approved(""))[3], "uden aftryk");
    let repo = approved(&format!("aftryk = \"{}\"\n", "0".repeat(64)));
    assert_eq!(words(&repo)[3], "ændret");
    let _made = repo.run(&["build", "--draft", "--formats", "json"]);
    let document: Value =
        serde_json::from_str(&repo.read("dist/hus/protokol.json")).expect("valid JSON");
    let now = document["edition"]["fingerprint"].as_str().expect("a text");
    assert_eq!(words(&approved(&format!("aftryk = \"{now}\"\n")))[3], "ok");
}

#[test]
fn the_year_wheel_is_ok_near_or_overdue() {
    let in_time = met("revision", "2026-11-01") + &met("brand", "2026-11-20");
    let all = in_time.replace("brand", "kursus");
    assert_eq!(
        words(&answering(&all, &BOTH))[4],
        "frist nær",
        "no date to count from"
    );
    assert_eq!(
        words(&answering(&in_time, &BOTH))[4],
        "frist nær",
        "due in a month"
    );
    let calm = "[graenser]\nvarsel_dage = 5\n";
    let calm = answering(&in_time, &BOTH).file(
        "rusprot.toml",
        format!("skabelon = \"proeve\"\n[omraade]\nnavn = \"Området\"\n{calm}"),
    );
    assert_eq!(words(&calm)[4], "ok");
    let late = met("revision", "2024-11-01") + &met("brand", "2026-11-20");
    assert_eq!(words(&answering(&late, &BOTH))[4], "frist");
}

#[test]
fn protocols_of_different_skabeloner_stand_in_tables_of_their_own() {
    let repo = answering("", &BOTH)
        .file(
            "templates/skib/skabelon.toml",
            "navn = \"Skib\"\ndokumenttype = \"Skib\"\nversion = \"2\"\n\
             [[krav]]\nid = \"anker\"\noverskrift = \"Anker\"\n",
        )
        .file(
            "protocols/baad/protokol.toml",
            "skabelon = \"skib\"\n[institution]\nnavn = \"Båden\"\n",
        );
    let run = repo.run(&["status", "--matrix"]).code(1);
    let stands = |text: &str| {
        run.stdout
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {run:?}"))
    };
    assert!(stands("Prøve, version 1") < stands("Huset"));
    assert!(stands("Huset") < stands("Skib, version 2"));
    assert!(stands("Skib, version 2") < stands("Båden"));
    let json = json(&repo.run(&["status", "--matrix", "--format", "json"]));
    assert_eq!(
        json["tables"][1]["protocols"][0]["answers"][0]["state"],
        "missing"
    );
    assert_eq!(
        json["tables"][1]["protocols"][0]["answers"][0]["requirement"],
        "anker"
    );
}

#[test]
fn the_page_of_the_area_has_the_matrix_and_the_year_wheel_only_on_a_named_day() {
    let late = met("revision", "2024-11-01");
    let repo = answering(&late, &[BOTH[0]]);
    let page = |args: &[&str]| {
        let all = [&["build", "--draft", "--formats", "html"], args].concat();
        let _made = repo.run(&all);
        repo.read("dist/index.html")
    };
    let named = page(&["--today", "2026-11-21"]);
    assert!(
        named.contains(
            "<tr><th scope=\"row\"><a href=\"hus/index.html\">Huset</a></th><td>ok</td><td>ok</td>\
             <td class=\"wrong\">mangler</td><td class=\"wrong\">ikke godkendt</td>\
             <td class=\"wrong\">frist</td></tr>"
        ),
        "{named}"
    );
    assert!(named.contains("Årshjulet er holdt op mod den"));
    assert!(named.contains(
        "<th scope=\"col\" title=\"Gæster\">1<span class=\"unseen\"> Gæster</span></th>"
    ));
    assert!(named.contains("<b>1.1</b> <span>Gæsters hunde</span>"));
    let repo = answering(&late, &[BOTH[0]]).env("RUSPROT_TODAY", "");
    let _made = repo.run(&["build", "--draft", "--formats", "html"]);
    let unnamed = repo.read("dist/index.html");
    assert!(
        unnamed.contains("<td class=\"wrong\">ikke godkendt</td></tr>"),
        "the approval stands last: {unnamed}"
    );
    assert!(!unnamed.contains("Årshjul") && !unnamed.contains("frist"));
}

#[test]
fn the_matrix_of_a_build_of_some_tells_of_all() {
    let repo = answering("", &BOTH).file(
        "protocols/skur/protokol.toml",
        "[institution]\nnavn = \"Skuret\"\n",
    );
    let page = |args: &[&str]| {
        let all = [&["build", "--draft", "--formats", "html"], args].concat();
        let _made = repo.run(&all);
        repo.read("dist/index.html")
    };
    let some = page(&["hus"]);
    let row = "<tr><th scope=\"row\">Skuret</th><td class=\"wrong\">mangler</td>";
    assert!(some.contains(row), "{some}");
    let linked = "<a href=\"skur/index.html\">Skuret</a></th><td class=\"wrong\">mangler</td>";
    assert!(page(&[]).contains(linked));
}

#[test]
fn on_a_narrow_terminal_the_headings_stand_over_their_columns() {
    let repo = Repo::minimal().env("COLUMNS", "40");
    let run = repo.run(&["status"]);
    let mut lines = run.stdout.lines().skip(2);
    let (heads, rule) = (
        lines.next().expect("headings"),
        lines.next().expect("a rule"),
    );
    let at = |line: &str, what: &str| line.find(what).map(|byte| line[..byte].chars().count());
    let columns: Vec<usize> = rule
        .char_indices()
        .filter(|(byte, c)| *c == '-' && !rule[..*byte].ends_with('-'))
        .map(|(byte, _)| byte)
        .collect();
    assert_eq!(
        at(heads, "Institution"),
        Some(columns[1]),
        "{heads}\n{rule}"
    );
    assert_eq!(at(heads, "Hvad"), Some(columns[2]), "{heads}\n{rule}");
}

#[test]
fn without_a_skabelon_that_can_be_read_no_duty_is_said_to_be_met() {
    let repo = area("").file(
        "protocols/hus/protokol.toml",
        "[institution]\nnavn = \"Huset\"\n",
    );
    for broken in ["navn = \n", "navn = \"Prøve\n"] {
        repo.write("templates/proeve/skabelon.toml", broken);
        repo.run(&["status"])
            .code(1)
            .stdout_has("Ingen af de pligter, der kunne læses, er overskredet.")
            .stdout_has(
                "Pligterne er ukendte for hus: protokol.toml eller skabelonen kan ikke læses.",
            )
            .stderr_has("RP001");
    }
    let missing = repo.without("templates/proeve");
    missing
        .run(&["status"])
        .code(1)
        .stdout_has("Pligterne er ukendte for hus")
        .stderr_has("Der er ingen skabelon, der hedder »proeve«.");
}

#[test]
fn an_event_that_moves_back_gets_a_later_number_on_the_standard_output_too_where_git_knows_the_former_day()
 {
    let repo = house(WHEEL, &met("brand", "2026-10-01"));
    let calendar = || {
        let run = repo.run(&["status", "--format", "ics", "--today", "2026-10-02"]);
        let event = events(&run.stdout).remove(0);
        (
            event["DTSTART;VALUE=DATE"].clone(),
            event["SEQUENCE"].parse::<u32>().expect("a number"),
            event["DTSTAMP"].clone(),
        )
    };
    repo.git(&["init", "-q", "-b", "main"]);
    let mut day = 1;
    let mut commit = || {
        repo.commit_on(&format!("2026-10-{day:02}"));
        day += 1;
    };
    commit();
    let mut before = calendar();
    assert_eq!(before, calendar(), "the same state gives the same bytes");
    for date in ["2026-09-01", "2026-09-20", "2026-08-01"] {
        repo.write(
            "protocols/hus/protokol.toml",
            format!("[institution]\nnavn = \"Huset\"\n{}", met("brand", date)),
        );
        // Not committed yet, and then committed.
        for _ in 0..2 {
            let now = calendar();
            assert!(before.1 < now.1 && before.2 < now.2, "{before:?} {now:?}");
            before = now;
            commit();
        }
    }
}
