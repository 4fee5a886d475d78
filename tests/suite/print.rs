//! `rusprot print`: the packet, page by page, what is refused, and how a print reaches a printer.

use std::fs;

use crate::pages::{Pdf, packed};
use crate::support::{Repo, typst_is_there};

const MEETING: [&str; 6] = [
    "print",
    "kranporten",
    "--meeting",
    "Mini-MED",
    "--date",
    "2026-12-01",
];
const FILE: &str = "dist/kranporten-mini-med-2026-12-01.pdf";

/// The project's own area with its two invented institutions.
pub fn area() -> Repo {
    typst_is_there();
    Repo::new()
        .with_copy_of(".", "rusprot.toml")
        .with_copy_of(".", "protocols")
}

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&MEETING, more].concat()
}

pub fn pdf(repo: &Repo, path: &str) -> Pdf {
    Pdf::read(&repo.read_bytes(path))
}

/// The page on which a part of the packet begins.
#[track_caller]
fn page_of(pdf: &Pdf, title: &str) -> u32 {
    let title = packed(title);
    let pages: Vec<u32> = (1..=pdf.pages())
        .filter(|number| pdf.page(*number).contains(&title))
        .filter(|number| *number > 1)
        .collect();
    *pages
        .first()
        .unwrap_or_else(|| panic!("no page has {title}"))
}

#[test]
fn the_packet_begins_with_an_agenda_that_names_the_pages() {
    let repo = area();
    repo.run(&MEETING)
        .code(0)
        .stdout_is(&format!("[repo]/{FILE} er skrevet.\n"))
        .stderr_is("");
    let pdf = pdf(&repo, FILE);
    let front = pdf.page(1);
    for text in [
        "Mini-MED",
        "1. december 2026",
        "Dagsorden",
        "Botilbuddet Kranporten",
        "Sådan bruger I pakken",
        "https://kranporten.test",
    ] {
        assert!(
            front.contains(&packed(text).replace('-', "")),
            "{text}: {front}"
        );
    }
    for (number, title, begins_with) in [
        (1, "Det er ændret", "Intet er ændret, siden protokollen"),
        (2, "Det er åbent", "Kontrollen er kørt på protokollen"),
        (3, "Protokollen", "Indhold"),
        (4, "Beslutning", "Vi har drøftet"),
    ] {
        let page = page_of(&pdf, begins_with);
        let line = packed(&format!("{number}. {title}"));
        let from = front
            .find(&line)
            .unwrap_or_else(|| panic!("{line} in {front}"));
        let rest = front[from + line.len()..].trim_start_matches('.');
        assert!(
            rest.starts_with(&format!("side{page}")),
            "{title} is on page {page}: {rest}"
        );
    }
    assert_eq!(pdf.language(), "da-DK");
    assert!(pdf.is_marked());
    let bookmarks = pdf.bookmarks();
    let at = |title: &str| {
        bookmarks
            .iter()
            .position(|bookmark| bookmark.contains(title))
    };
    assert!(at("Det er ændret") < at("Det er åbent"));
    assert!(at("Det er åbent") < at("1 Hvad er en rusmiddelprotokol?"));
    assert!(at("Bilag 4") < at("Beslutning"), "{bookmarks:?}");
}

#[test]
fn every_page_says_which_copy_it_is_and_for_which_meeting() {
    let repo = area();
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    let all: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("udskrift er ikke styret"), all);
    assert_eq!(pdf.pages_with("Mini-MED · 1. december 2026"), all);
    assert!(pdf.pages_with("side 1 af").contains(&1));
}

#[test]
fn the_protocol_has_numbered_lines_that_begin_anew_on_every_page_and_a_margin_for_notes() {
    let repo = area();
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    let notes = pdf.pages_with("Noter");
    assert!(notes.len() > 30, "{notes:?}");
    assert!(!notes.contains(&1) && !notes.contains(&pdf.pages()));
    // The words of a line and its number stand beside each other in the page's text.
    let page = pdf.page(*notes.get(1).expect("two pages"));
    for number in ["1", "2", "3"] {
        assert!(page.contains(number), "{number}: {page}");
    }
}

#[test]
fn what_comes_first_is_named_on_the_agenda_and_printed_once() {
    let repo = area();
    repo.run(&args(&["--first", "laering", "--first", "trygt-hus"]))
        .code(0);
    let pdf = pdf(&repo, FILE);
    let front = pdf.page(1);
    let named = "Det taler vi om først";
    assert!(front.contains(&packed(named)), "{front}");
    let named = packed("12 Oplæring og fælles læring og 3.2 Et trygt sted at bo og arbejde.");
    assert!(front.contains(&named), "{front}");
    assert!(front.contains(&packed("Resten af protokollen")));
    let first = pdf.pages_with("Vi arbejder med low arousal");
    assert_eq!(first.len(), 1, "printed once");
    let rest = page_of(&pdf, "Resten af protokollen");
    assert!(first[0] < rest);
    let text = pdf.text();
    let at = |words: &str| text.find(&packed(words)).expect("it is printed");
    assert!(at("Ressourcepersonerne læser listen") < at("Vi arbejder med low arousal"));
    let moved = pdf.pages_with("står forrest i pakken");
    assert_eq!(
        moved.len(),
        1,
        "the sub-section leaves a word where it stood"
    );
    assert!(moved[0] > rest);
}

#[test]
fn an_id_may_be_written_as_in_a_reference() {
    let repo = area();
    let output = ["--output", "p.pdf"];
    repo.run(&[&args(&["--first", "bilag:husorden"])[..], &output].concat())
        .code(0);
    let front = pdf(&repo, "p.pdf").page(1);
    assert!(front.contains(&packed("Bilag 1 Husorden.")), "{front}");
}

#[test]
fn what_is_open_stands_in_the_packet_with_its_place_and_the_worst_first() {
    let repo = area()
        .edited(
            "protocols/kranporten/12-laering.toml",
            "overskrift = \"Oplæring og fælles læring\"",
            "overskrift = \"Oplæring og fælles læring\"\nukendt = 1",
        )
        .edited(
            "protocols/kranporten/03-retningslinjer.toml",
            "\"trygt-miljoe\"",
            "\"tryghed-borgere\"",
        );
    repo.run(&["check", "kranporten"]).code(1);
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    let page = pdf.page(page_of(&pdf, "Kontrollen er kørt på protokollen"));
    let at = |text: &str| {
        let text = packed(text).replace('-', "");
        page.find(&text).unwrap_or_else(|| panic!("{text}: {page}"))
    };
    assert!(at("Skal rettes, før protokollen kan udgives") < at("»ukendt«"));
    assert!(at("»ukendt«") < at("12 Oplæring og fælles læring"));
    assert!(at("»ukendt«") < at("Punkter uden svar"));
    assert!(at("Punkter uden svar") < at("svarer ikke på punktet"));
    let front = pdf.page(1);
    let counted = packed("1 fejl og 1 punkt uden svar.");
    assert!(front.contains(&counted), "{front}");
}

#[test]
fn how_files_are_mended_stands_on_the_leader_s_page_alone() {
    let repo = area().edited(
        "protocols/kranporten/12-laering.toml",
        "overskrift = \"Oplæring og fælles læring\"",
        "overskrift = \"Oplæring og fælles læring\"\nukendt = 1",
    );
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    let page = page_of(&pdf, "Til lederen");
    let all: Vec<u32> = (page..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("RP002"), all[..1]);
    for jargon in ["[dokument]", "= \"", ".toml", "rusprot"] {
        let with = pdf.pages_with(jargon);
        assert!(
            with.iter().all(|number| *number >= page),
            "{jargon}: {with:?}"
        );
    }
}

#[test]
fn a_new_version_is_told_on_the_change_sheet() {
    let repo = area();
    repo.run(&MEETING).code(0);
    assert_eq!(
        pdf(&repo, FILE).pages_with("Versionen er"),
        Vec::<u32>::new()
    );
    let repo = repo.edited(
        "protocols/kranporten/protokol.toml",
        "version = \"3.1\"\nansvarlig",
        "version = \"3.2\"\nansvarlig",
    );
    repo.run(&MEETING).code(0);
    let told = "Versionen er 3.2. Den, der blev godkendt, var 3.1.";
    assert_eq!(pdf(&repo, FILE).pages_with(told), [2]);
}

#[test]
fn a_rule_that_finds_much_is_shown_three_times_and_counted() {
    let mut text = "overskrift = \"Et nyt afsnit\"\ntekst = '''\nVi hilser pænt.\n'''\n".to_owned();
    for number in 1..=8 {
        text.push_str(&format!("ukendt{number} = 1\n"));
    }
    let repo = area().file("protocols/kranporten/13-nyt.toml", text);
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    assert!(!pdf.pages_with("»ukendt3«").is_empty());
    assert!(pdf.pages_with("»ukendt4«").is_empty());
    assert!(
        !pdf.pages_with("5 mere som RP002 (ukendt-noegle)")
            .is_empty()
    );
    assert!(!pdf.pages_with("rusprot check kranporten").is_empty());
}

#[test]
fn duties_are_held_against_the_day_of_the_meeting() {
    let repo = area();
    let at = |date| {
        let run = [
            "print",
            "kranporten",
            "--meeting",
            "Mini-MED",
            "--date",
            date,
        ];
        repo.run(&[&run[..], &["--output", "p.pdf"]].concat())
            .code(0);
        pdf(&repo, "p.pdf").pages_with("overskredet").len()
    };
    assert_eq!(at("2026-12-01"), 1, "the agenda says that nothing is");
    assert_eq!(at("2029-12-01"), 2);
}

#[test]
fn the_decision_page_has_boxes_lines_and_roles_and_the_leader_s_the_command_for_afterwards() {
    let repo = area();
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    let command = "rusprot approve kranporten --forum Mini-MED --date 2026-12-01 --by Tilbudsleder";
    assert_eq!(pdf.pages_with(command), [pdf.pages()]);
    assert_eq!(pdf.pages_with("rusprot"), [pdf.pages()]);
    let last = pdf.page(pdf.pages() - 1);
    for text in [
        "Beslutning",
        "godkendt uændret",
        "godkendt med de ændringer, der står herunder",
        "udsat til næste møde",
        "Linje",
        "Underskrift",
        "Tilbudsleder",
        "Næste møde",
    ] {
        let text = packed(text).replace('-', "");
        assert!(last.contains(&text), "{text}: {last}");
    }
}

#[test]
fn a_protocol_that_was_never_approved_says_so_on_the_change_sheet() {
    typst_is_there();
    let repo = Repo::minimal();
    let run = [
        "print",
        "lillebo",
        "--meeting",
        "Møde på Å",
        "--date",
        "2026-12-01",
    ];
    repo.run(&run)
        .code(0)
        .stdout_is("[repo]/dist/lillebo-moede-paa-aa-2026-12-01.pdf er skrevet.\n");
    let pdf = pdf(&repo, "dist/lillebo-moede-paa-aa-2026-12-01.pdf");
    assert!(
        !pdf.pages_with("Protokollen har ikke været godkendt før")
            .is_empty()
    );
    let all: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("UDKAST"), all);
}

#[test]
fn on_both_sides_every_part_begins_on_a_right_hand_page() {
    let repo = area();
    repo.run(&args(&["--duplex", "--first", "laering"])).code(0);
    let pdf = pdf(&repo, FILE);
    for begins_with in [
        "Intet er ændret, siden protokollen",
        "Kontrollen er kørt",
        "Det taler vi om først",
        "Resten af protokollen",
        "Vi har drøftet",
    ] {
        let page = page_of(&pdf, begins_with);
        assert_eq!(page % 2, 1, "{begins_with} is on page {page}");
    }
}

#[test]
fn large_type_takes_more_pages_and_says_the_same() {
    let repo = area();
    repo.run(&MEETING).code(0);
    repo.run(&args(&["--large", "--output", "stor.pdf"]))
        .code(0);
    let [usual, large] = [FILE, "stor.pdf"].map(|file| pdf(&repo, file));
    assert!(
        large.pages() * 10 > usual.pages() * 13,
        "{} pages of {}",
        large.pages(),
        usual.pages()
    );
    for text in ["Det er åbent", "godkendt uændret", "Husorden", "Noter"] {
        assert!(!large.pages_with(text).is_empty(), "{text}");
    }
}

#[test]
fn an_id_that_names_nothing_is_told_with_the_nearest_that_does() {
    let repo = area();
    for (option, id, said) in [
        (
            "--poster",
            "husordn",
            "»husordn« er ikke et afsnit eller et bilag i kranporten. Mente du »husorden«?",
        ),
        (
            "--poster",
            "vision",
            "»vision« har ingen husregler. Husregler er der i ",
        ),
        ("--form", "intervewguide", "Mente du »interviewguide«?"),
        (
            "--form",
            "vision",
            "»vision« har ikke noget at udfylde. Noget at udfylde er der i samarbejdsaftale, interviewguide, risikoskema.",
        ),
    ] {
        let run = repo.run(&["print", "kranporten", option, id]).code(2);
        let told = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(said), "{told}");
    }
    repo.run(&args(&["--first", "trygthus"]))
        .code(2)
        .stderr_has("Mente du »trygt-hus«?");
    repo.run(&["print", "kranprten", "--cards"])
        .code(2)
        .stderr_has("Mente du »kranporten«?");
    assert!(!repo.has("dist"), "nothing was made");
}

#[test]
fn choices_that_exclude_each_other_and_what_is_missing_are_told() {
    let repo = area();
    for wrong in [
        &["print", "kranporten", "--cards", "--poster", "husorden"][..],
        &[
            "print",
            "kranporten",
            "--form",
            "husorden",
            "--poster",
            "husorden",
        ],
        &["print", "kranporten", "--cards", "--form", "aftale"],
        &[
            "print",
            "kranporten",
            "--cards",
            "--meeting",
            "x",
            "--date",
            "2026-12-01",
        ],
        &["print", "kranporten", "--paper", "a4", "--cards"],
        &["print", "kranporten", "--first", "husorden", "--cards"],
        &[
            "print",
            "kranporten",
            "--duplex",
            "--form",
            "interviewguide",
        ],
        &["print", "kranporten", "--meeting", "Mini-MED"],
        &["print", "kranporten", "--date", "2026-12-01"],
        &[
            "print",
            "kranporten",
            "--meeting",
            " ",
            "--date",
            "2026-12-01",
        ],
        &["print", "--cards"],
        &["print", "protocols", "--cards"],
    ] {
        repo.run(wrong).code(2).stdout_is("").stderr_has("fejl: ");
    }
    repo.run(&["print", "kranporten"])
        .code(2)
        .stderr_has("Der mangler --meeting og --date");
    repo.run(&[
        "print",
        "kranporten",
        "--meeting",
        "M",
        "--date",
        "2026-02-30",
    ])
    .code(2)
    .stderr_has("den dag findes ikke i kalenderen");
}

#[test]
fn what_cannot_be_read_or_must_not_be_on_paper_stops_it() {
    let repo = area().file("protocols/kranporten/13-x.toml", "overskrift = \"Nyt\n");
    repo.run(&MEETING)
        .code(1)
        .stdout_is("")
        .stderr_has("RP001")
        .stderr_has("Der er ikke lavet noget.");
    // A number that is nobody's: the day does not exist.
    let made_up = format!("{}-{}", "010101", "0000");
    let text = format!("overskrift = \"Nyt\"\ntekst = '''\nSkriv cpr {made_up} her.\n'''\n");
    let repo = repo.file("protocols/kranporten/13-x.toml", text);
    let run = repo.run(&MEETING);
    if run.exit() == Some(1) {
        assert!(run.stderr.contains("RP501"), "{}", run.stderr);
    }
    repo.without("protocols/kranporten/13-x.toml")
        .run(&MEETING)
        .code(0);
}

#[test]
fn without_typst_nothing_is_made_and_every_way_to_get_it_is_told() {
    let repo = area().env("RUSPROT_TYPST", "findes-ikke");
    repo.run(&MEETING)
        .code(3)
        .stdout_is("")
        .stderr_has("RUSPROT_TYPST peger på")
        .stderr_has("rusprot build --install-typst");
    assert!(!repo.has(FILE));
}

#[test]
fn the_same_packet_gives_the_same_bytes_and_is_left_alone() {
    let [first, second] = [area(), area().env("TZ", "Pacific/Kiritimati")];
    for (repo, today) in [(&first, "2026-11-21"), (&second, "2027-03-01")] {
        let all = args(&["--first", "laering"]);
        let mut command = repo.command(&all);
        let output = command.env("RUSPROT_TODAY", today).output();
        assert!(output.expect("it starts").status.success());
    }
    assert!(first.read_bytes(FILE) == second.read_bytes(FILE));
    first
        .run(&args(&["--first", "laering"]))
        .code(0)
        .stdout_is(&format!("[repo]/{FILE} er uændret.\n"));
}

/// The area with a program `lp` first on the path.
#[cfg(unix)]
fn with_lp(script: &str) -> Repo {
    let repo = area().program("bin/lp", script);
    let path = std::env::var("PATH").expect("there are programs");
    let path = format!("{}:{path}", repo.path("bin").display());
    repo.env("PATH", path)
}

#[test]
#[cfg(unix)]
fn a_packet_is_sent_only_when_asked_and_whole() {
    let script = "folder=${0%/*}\nprintf '%s\\n' \"$@\" > \"$folder/args\"\n\
                  for last; do :; done\ncp \"$last\" \"$folder/modtaget.pdf\"";
    let repo = with_lp(script);
    repo.run(&MEETING).code(0);
    assert!(!repo.has("bin/args"), "nothing is sent without --send");
    repo.run(&args(&["--send", "--duplex"]))
        .code(0)
        .stderr_has("Filen er sendt til maskinens printer.");
    assert!(repo.read_bytes("bin/modtaget.pdf") == repo.read_bytes(FILE));
    let given = repo.read("bin/args");
    let given: Vec<&str> = given.lines().collect();
    assert_eq!(given[..3], ["-o", "sides=two-sided-long-edge", "--"]);
    repo.run(&args(&["--send", "kontoret"]))
        .code(0)
        .stderr_has("Filen er sendt til printeren kontoret.");
    assert!(repo.read("bin/args").starts_with("-d\nkontoret\n--\n"));
}

#[test]
#[cfg(unix)]
fn what_a_failing_printer_says_is_shown_and_the_file_stays() {
    let repo = with_lp("echo 'lp: ingen papir' >&2; exit 1");
    repo.run(&args(&["--send"]))
        .code(3)
        .stdout_is(&format!("[repo]/{FILE} er skrevet.\n"))
        .stderr_has("Filen er ikke sendt til en printer: ")
        .stderr_has("lp: ingen papir");
    assert!(repo.has(FILE));
}

#[test]
#[cfg(unix)]
fn a_machine_without_lp_says_so() {
    let typst = crate::support::typst_program();
    let repo = area();
    fs::create_dir(repo.path("tom")).expect("a folder");
    let empty = repo.path("tom").display().to_string();
    let repo = repo.env("PATH", empty).env("RUSPROT_TYPST", typst);
    repo.run(&args(&["--send"]))
        .code(3)
        .stderr_has("Programmet lp findes ikke på denne maskine");
    assert!(repo.has(FILE));
}

#[test]
fn an_area_s_own_typst_files_take_the_place_of_the_built_in_ones() {
    let own = "#import \"fundament.typ\": *\n#import \"eget.typ\": sagt\n#show: pages\n\
               #heading[Vores egen]\n#sagt #print.meeting";
    let repo = area()
        .file("templates/socialpsykiatri/typst/pakke.typ", own)
        .file(
            "templates/socialpsykiatri/typst/eget.typ",
            "#let sagt = [Hej]",
        );
    repo.run(&MEETING).code(0);
    let pdf = pdf(&repo, FILE);
    assert_eq!(pdf.pages(), 1);
    assert_eq!(pdf.pages_with("Hej Mini-MED"), [1]);
}

#[test]
fn the_protocol_s_own_pdf_has_the_code_of_the_page_with_its_address() {
    let repo = area();
    repo.run(&["build", "kranporten", "--formats", "pdf,json"])
        .code(0);
    let built = pdf(&repo, "dist/kranporten/protokol.pdf");
    assert_eq!(
        built.pages_with("Hold telefonens kamera hen over koden"),
        [1]
    );
    let document: serde_json::Value =
        serde_json::from_str(&repo.read("dist/kranporten/protokol.json")).expect("JSON");
    assert_eq!(document["page_code"]["address"], "https://kranporten.test");
    let rows = document["page_code"]["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 25);
    let repo = Repo::minimal();
    repo.run(&["build", "--formats", "json"]).code(0);
    assert!(
        !repo
            .read("dist/lillebo/protokol.json")
            .contains("page_code")
    );
}

#[test]
fn the_change_sheet_shows_what_changed_since_the_approval() {
    let approve = [
        "approve",
        "kranporten",
        "--forum",
        "Mini-MED",
        "--date",
        "2026-11-10",
        "--by",
        "Tilbudsleder",
    ];
    let repo = area();
    repo.run(&approve).code(0);
    repo.run(&MEETING).code(0);
    let unchanged = pdf(&repo, FILE);
    let told = "Intet er ændret, siden protokollen blev godkendt 10. november 2026";
    assert_eq!(unchanged.pages_with(told), [1, 2]);
    let edit = |from: &str, to: &str| {
        let path = "protocols/kranporten/bilag/1-husorden.toml";
        let text = repo.read(path);
        assert!(text.contains(from), "{text}");
        repo.write(path, text.replace(from, to));
    };
    edit("Du skal dæmpe lyden", "Du skal dæmpe musikken");
    repo.run(&MEETING).code(0);
    let without_git = pdf(&repo, FILE);
    assert_eq!(without_git.pages_with("Filerne ligger ikke i git."), [2]);
    edit("Du skal dæmpe musikken", "Du skal dæmpe lyden");
    repo.begin_history();
    edit("Du skal dæmpe lyden", "Du skal dæmpe musikken");
    repo.run(&MEETING).code(0);
    let changed = pdf(&repo, FILE);
    assert_eq!(changed.pages_with("1 bilag ændret"), [1, 2]);
    // Read aloud, the marks are words.
    assert_eq!(
        changed.pages_with("[taget ud: lyden] [sat ind: musikken]"),
        [2],
        "{}",
        changed.page(2)
    );
}

/// A section with a table of so many columns and rows, each cell of so many words, with notes in the first row.
fn with_table(columns: usize, rows: usize, words: usize) -> String {
    let row = |cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..columns).map(cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut table = row(&|column| format!("Spalte{column}"));
    table.push_str(&format!("|{}\n", "---|".repeat(columns)));
    for index in 0..rows {
        table.push_str(&row(&|column| {
            let text = "vagten ringer til lederen og skriver i journalen ".repeat(words / 8 + 1);
            let text: Vec<&str> = text.split(' ').take(words).collect();
            let note = if index == 0 && column == 0 {
                "[^n]"
            } else {
                ""
            };
            format!("c{index}x{column} {}{note}", text.join(" "))
        }));
    }
    format!(
        "overskrift = 'Skemaet'\ntekst = \"\"\"\n{table}\n[^n]: Den forklarende note.\n\"\"\"\n"
    )
}

#[test]
fn a_table_prints_with_its_notes_below_it_and_row_by_row_where_it_is_too_wide() {
    typst_is_there();
    for (columns, rows, words, row_by_row) in [(3, 9, 20, false), (5, 6, 50, true), (9, 4, 3, true)]
    {
        let section = with_table(columns, rows, words);
        let repo = Repo::minimal().file("protocols/lillebo/95-skema.toml", section);
        for layout in [&[][..], &["--large"]] {
            let print = [
                "print",
                "lillebo",
                "--meeting",
                "MED",
                "--date",
                "2026-12-01",
            ];
            repo.run(&[&print, layout].concat()).code(0).stderr_is("");
            let pdf = pdf(&repo, "dist/lillebo-med-2026-12-01.pdf");
            let text = pdf.text();
            for row in 0..rows {
                for column in 0..columns {
                    let cell = format!("c{row}x{column}");
                    assert!(
                        text.contains(&cell),
                        "{columns} columns, {layout:?}: {cell}"
                    );
                }
            }
            let last = format!("c{}x{}", rows - 1, columns - 1);
            let note = text.rfind(&packed("Den forklarende note."));
            assert!(note > text.rfind(&last), "the note stands below the table");
            if layout.is_empty() {
                let headers = text.matches("Spalte0").count();
                assert_eq!(headers >= rows, row_by_row, "{columns} columns: {headers}");
            }
            assert_eq!(pdf.astray(), Vec::<String>::new());
        }
    }
}

#[test]
#[cfg(unix)]
fn a_table_that_typst_refuses_is_named_and_printed_row_by_row() {
    let typst = crate::support::typst_program();
    let refusing = format!(
        "if [ \"$1\" = --version ]; then exec '{typst}' --version; fi\n\
         grep -q '\"plain\":true' document.json || {{ echo 'error: ambiguous' >&2; exit 1; }}\n\
         exec '{typst}' \"$@\""
    );
    let section = with_table(2, 3, 4);
    let repo = Repo::minimal()
        .file("protocols/lillebo/95-skema.toml", section)
        .program("typst", &refusing);
    let program = repo.path("typst").display().to_string();
    let repo = repo.env("RUSPROT_TYPST", program);
    let run = repo.run(&[
        "print",
        "lillebo",
        "--meeting",
        "MED",
        "--date",
        "2026-12-01",
    ]);
    run.code(0)
        .stderr_has("tabel 1 i »")
        .stderr_has("kan ikke sættes som tabel, så hver række står for sig");
}
