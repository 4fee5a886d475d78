//! Hostile and broken files: findings with a place, never a panic, a hang or a lost output; and texts that
//! look like another language come out as they were typed.
//!
//! Every run here has a time limit.

use std::time::Duration;

use serde_json::Value;

use crate::build::picture;
use crate::pages::{
    Pdf, assert_same_text, html_headings, html_text, markdown_headings, markdown_text, packed,
    without_tags,
};
use crate::support::{Repo, Run, typst_is_there};

/// More than any of these inputs takes, on a slow machine and without optimisation.
const LIMIT: Duration = Duration::from_secs(60);

/// The file that most tests write.
const SECTION: &str = "protocols/hus/01-et.toml";

/// An area without requirements, with one protocol that has no section yet, and one that is well.
fn area() -> Repo {
    Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = 'proeve'\n[omraade]\nnavn = 'Prøveområdet'\n",
        )
        .file(
            "templates/proeve/skabelon.toml",
            "navn = 'Prøve'\ndokumenttype = 'Prøve'\nversion = '1'\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = 'Huset'\n[dokument]\nversion = '1'\n",
        )
        .file(
            "protocols/rask/protokol.toml",
            "[institution]\nnavn = 'Det raske hus'\n[dokument]\nversion = '1'\n",
        )
        .file(
            "protocols/rask/01-et.toml",
            "overskrift = 'Et'\ntekst = 'Alt er godt her.'\n",
        )
}

/// The area with a section of this content.
fn section(content: impl AsRef<[u8]>) -> Repo {
    area().file(SECTION, content)
}

/// The area with a section of this text, which begins on line 3.
fn text(text: &str) -> Repo {
    section(format!("overskrift = 'Et'\ntekst = '''\n{text}\n'''\n"))
}

/// Runs a check to its end within the limit; it may not be a bug.
fn check(repo: &Repo) -> Run {
    let run = repo.run_within(&["check", "--format", "json"], LIMIT);
    assert!(matches!(run.exit(), Some(0 | 1)), "{run:?}");
    run
}

/// Each finding of a check as `code file:line:column`, files without the protocol's folder.
fn findings(repo: &Repo) -> Vec<String> {
    let report: Value = serde_json::from_str(&check(repo).stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list").iter();
    let string = |value: &Value| value.as_str().expect("a text").to_owned();
    findings
        .map(|finding| {
            let path = string(&finding["path"]);
            let path = path.strip_prefix("protocols/hus/").unwrap_or(&path);
            let code = string(&finding["code"]);
            format!("{code} {path}:{}:{}", finding["line"], finding["column"])
        })
        .collect()
}

/// That a build stops for `hus`, says this, and makes the other protocol all the same.
#[track_caller]
fn stops(repo: &Repo, said: &str) {
    repo.run_within(&["build", "--formats", "html,md"], LIMIT)
        .code(1)
        .stderr_has(said)
        .stderr_has("er ingen sider af dem endnu: hus.");
    assert!(repo.has("dist/rask/index.html"));
    assert!(!repo.has("dist/hus"));
}

/// Builds `hus` in every format and returns the text of each: page, Markdown, JSON, PDF.
#[track_caller]
fn built(repo: &Repo, flags: &[&str]) -> [String; 4] {
    typst_is_there();
    let args = [&["build", "hus", "--formats", "html,md,json,pdf"], flags].concat();
    let run = repo.run_within(&args, LIMIT).code(0);
    assert!(!run.stderr.contains("typst"), "{}", run.stderr);
    let read = |file: &str| repo.read(&format!("dist/hus/{file}"));
    let [html, markdown, json] = ["index.html", "protokol.md", "protokol.json"].map(read);
    let pdf = Pdf::read(&repo.read_bytes("dist/hus/protokol.pdf"));
    [html, markdown, json, pdf.text()]
}

#[test]
fn html_is_a_finding_at_its_place_and_stops_the_protocol() {
    let repo = text("Hej <b>du</b>, æøå <script>alert(1)</script>");
    assert_eq!(
        findings(&repo),
        ["RP006 01-et.toml:3:5", "RP006 01-et.toml:3:20"]
    );
    stops(&repo, "RP006");
}

#[test]
fn html_in_every_other_place_is_printed_as_typed() {
    let repo = area()
        .file(
            SECTION,
            "overskrift = '<b>Fed</b> & co'\ntekst = 'x'\n[[felt]]\nnavn = '<i>felt</i>'\n\
             [[gruppe]]\nnavn = '<u>g</u>'\npunkter = ['Hvad?']\n\
             [underskrift]\nroller = ['<img src=x>']\nsted = '<br>'\n",
        )
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = '<script>a</script>'\nadresse = ['<p>']\n\
             [dokument]\nversion = '<1>'\nansvarlig = '</main>'\n",
        );
    let [html, markdown, _, pdf] = built(&repo, &[]);
    for tag in [
        "<b>",
        "<i>",
        "<u>",
        "<img src=x>",
        "<br>",
        "<script>",
        "<p></p>",
        "<1>",
    ] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert_eq!(html.matches("</main>").count(), 1);
    for typed in ["<b>Fed</b> & co", "<i>felt</i>", "<u>g</u>", "<img src=x>"] {
        assert!(without_tags(&html).contains(typed), "{typed} in {html}");
        assert!(
            markdown_text(&markdown).contains(&packed(typed)),
            "{typed} in {markdown}"
        );
        assert!(pdf.contains(&packed(typed)), "{typed} in {pdf}");
    }
}

#[test]
fn a_link_that_runs_something_is_found_and_printed_as_text_in_a_draft() {
    let repo =
        text("[a](javascript:alert) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](file:///etc)");
    assert_eq!(
        findings(&repo),
        [
            "RP202 01-et.toml:3:1",
            "RP202 01-et.toml:3:23",
            "RP202 01-et.toml:3:41",
            "RP202 01-et.toml:3:63",
        ]
    );
    stops(&repo, "RP202");
    let [html, markdown, json, _] = built(&repo, &["--draft"]);
    for page in [html, markdown, json] {
        let page = page.to_lowercase();
        assert!(
            !page.contains("script:") && !page.contains("data:text"),
            "{page}"
        );
        assert!(!page.contains("file:"), "{page}");
    }
}

#[test]
fn an_address_that_runs_something_is_no_link_wherever_it_stands() {
    let repo = text("Se [](dok:x).")
        .edited(
            "rusprot.toml",
            "[omraade]",
            "[dokumenter.x]\ntitel = 'X'\nurl = 'javascript:alert(1)'\n[omraade]",
        )
        .edited(
            "protocols/hus/protokol.toml",
            "navn = 'Huset'",
            "navn = 'Huset'\nweb = 'javascript:alert(2)'\nmail = 'x?y\" onclick=\"z'\ntelefon = 'javascript:3'",
        );
    let run = repo.run_within(&["build", "hus", "--draft", "--formats", "html,md"], LIMIT);
    assert!(matches!(run.exit(), Some(0 | 1)), "{run:?}");
    if repo.has("dist/hus") {
        let html = repo.read("dist/hus/index.html");
        assert!(!html.contains("href=\"javascript:"), "{html}");
        assert!(!html.contains("onclick=\""), "{html}");
        let markdown = repo.read("dist/hus/protokol.md");
        assert!(!markdown.contains("](javascript:"), "{markdown}");
    }
}

#[test]
fn no_picture_from_outside_the_protocol_s_folder_is_read() {
    let repo = text("![a](../rask/hemmelig.png)\n\n![b](/etc/hostname.png)\n\n![c](billeder/../../rask/hemmelig.png)")
        .file("protocols/rask/hemmelig.png", picture());
    assert_eq!(
        findings(&repo),
        [
            "RP206 01-et.toml:3:1",
            "RP206 01-et.toml:5:1",
            "RP206 01-et.toml:7:1",
            "RP012 protocols/rask/hemmelig.png:1:1",
        ]
    );
    stops(&repo, "RP206");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_file_system_does_not_open_the_folder() {
    let repo = text("![a](billeder/link.png)\n\n![b](mappe/hemmelig.png)")
        .file("protocols/rask/hemmelig.png", picture())
        .file("protocols/hus/billeder/egen.txt", "");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(to, repo.path(from)).expect("a link in our own folder");
    };
    link("protocols/hus/billeder/link.png", "../../rask/hemmelig.png");
    link("protocols/hus/mappe", "../rask");
    assert_eq!(
        findings(&repo),
        [
            "RP206 01-et.toml:3:1",
            "RP206 01-et.toml:5:1",
            "RP012 billeder/egen.txt:1:1",
            "RP012 protocols/rask/hemmelig.png:1:1",
        ]
    );
    stops(&repo, "RP206");
}

#[test]
#[cfg(unix)]
fn folder_links_in_circles_end() {
    let repo = text("Fint.");
    for from in [
        "protocols/hus/bilag",
        "protocols/hus/billeder",
        "protocols/runde",
        "protocols/hus/02-runde.toml",
        "dist",
    ] {
        std::os::unix::fs::symlink(".", repo.path(from)).expect("a link in our own folder");
    }
    std::os::unix::fs::symlink("selv", repo.path("protocols/selv")).expect("a link");
    std::os::unix::fs::symlink("03-selv.toml", repo.path("protocols/hus/03-selv.toml"))
        .expect("a link");
    let run = repo.run_within(&["check", "--format", "short"], LIMIT);
    assert!(matches!(run.exit(), Some(0..=2)), "{run:?}");
    run.stderr_lacks("fejl i programmet");
}

#[test]
fn a_folder_named_as_a_file_is_a_finding() {
    let repo = text("Fint.").file("protocols/hus/02-to.toml/note.txt", "");
    let found = findings(&repo);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("02-to.toml:1:1"), "{found:?}");
    for place in [
        "protocols/hus/protokol.toml",
        "rusprot.toml",
        "templates/proeve/skabelon.toml",
    ] {
        let repo = text("Fint.")
            .without(place)
            .file(&format!("{place}/note.txt"), "");
        let run = repo.run_within(&["check", "--format", "short"], LIMIT);
        assert!(matches!(run.exit(), Some(1 | 2)), "{place}: {run:?}");
        run.stderr_lacks("panic");
    }
}

#[test]
fn deep_nesting_is_a_finding_and_the_rest_is_read() {
    for (open, close) in [
        (">", ""),
        ("*", "*"),
        ("[", "]"),
        ("![", "](x)"),
        ("- ", ""),
        ("_(", ")_"),
    ] {
        let deep = format!("{}dybt{}", open.repeat(20_000), close.repeat(20_000));
        let repo = text(&deep);
        let run = check(&repo);
        let build = repo.run_within(&["build", "--draft", "--formats", "html,md,json"], LIMIT);
        assert!(matches!(build.exit(), Some(0 | 1)), "{open}: {build:?}");
        if open == ">" {
            run.code(1).stdout_has("RP003").stdout_has("\"line\": 3");
        }
        assert!(repo.has("dist/rask/index.html"), "{open}");
    }
}

#[test]
fn deep_toml_is_a_finding() {
    for content in [
        format!(
            "overskrift = 'Et'\ntekst = {}{}\n",
            "[".repeat(20_000),
            "]".repeat(20_000)
        ),
        format!("overskrift = 'Et'\n{}\n", "a.".repeat(20_000) + "b = 1"),
        format!(
            "overskrift = 'Et'\nx = {}1{}\n",
            "{a=".repeat(20_000),
            "}".repeat(20_000)
        ),
    ] {
        let repo = section(content);
        check(&repo).code(1);
        stops(&repo, "01-et.toml");
    }
}

#[test]
fn two_megabytes_in_one_paragraph_are_read_and_printed() {
    let paragraph = "Det er et ord. ".repeat(140_000);
    let repo = text(&paragraph);
    assert_eq!(findings(&repo), Vec::<String>::new());
    repo.run_within(&["build", "--formats", "html,md"], LIMIT)
        .code(0);
    let page = repo.read("dist/hus/index.html");
    assert_eq!(page.matches("Det er et ord.").count(), 140_000);
    for odd in [
        "*a ", "[a](", "`", "a_", "![", "<a ", "\\", "| a ", "{{ ", "[^a]", "&amp;",
    ] {
        let repo = text(&odd.repeat(100_000));
        let _run = check(&repo);
    }
}

/// Texts that make a rule look at much for each of their letters, if it looks at the whole each time.
const SLOW: [&str; 26] = [
    "§ 141 ",
    "§ 141 i loven ",
    "§§ 1, 2 og 3 ",
    "serviceloven ",
    "a@b ",
    "12 34 56 78 ",
    "Anna-",
    "AbC-",
    "010101",
    "010101a",
    "010101-",
    "side 4 ",
    "bilag 4 ",
    "Abc. ",
    "f.eks. ",
    "KAP ",
    "klient ",
    "TODO ",
    "Bostedet ",
    "borgerens",
    "[^a] ",
    "{{ v }} ",
    "[a](bilag:b) ",
    "![](b.png) ",
    "a\u{301}",
    "abcdefgh ",
];

#[test]
fn no_text_takes_a_rule_longer_than_its_length_says() {
    let repo = SLOW
        .iter()
        .enumerate()
        .fold(area(), |repo, (number, text)| {
            let text = text.repeat(20_000 / text.len());
            let section =
                format!("overskrift = 'Afsnit {number}'\ntekst = \"\"\"\n{text}\n\"\"\"\n");
            repo.file(&format!("protocols/hus/{:02}-et.toml", number + 1), section)
        });
    // Twenty thousand letters: what looks at the whole text for each word takes minutes, and all else a moment.
    let run = repo.run_within(&["check", "--format", "short"], LIMIT);
    run.code(1).stdout_has("RP601");
}

#[test]
fn a_file_in_another_encoding_is_one_finding_that_names_it() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    const TOML: &str = "overskrift = 'Et'\ntekst = 'På gården'\n";
    for (name, bytes, place) in [
        (
            "UTF-16",
            [&[0xff, 0xfe][..], &utf16(TOML, false)].concat(),
            "1:1",
        ),
        (
            "UTF-16",
            [&[0xfe, 0xff][..], &utf16(TOML, true)].concat(),
            "1:1",
        ),
        ("UTF-16", utf16(TOML, false), "1:1"),
        ("UTF-16", utf16(TOML, true), "1:1"),
        (
            "Windows-1252",
            b"overskrift = 'Et'\ntekst = 'P\xe5 g\xe5rden'\n".to_vec(),
            "2:11",
        ),
    ] {
        let repo = section(&bytes);
        assert_eq!(
            findings(&repo),
            [format!("RP005 01-et.toml:{place}")],
            "{name}"
        );
        check(&repo).stdout_has(name);
        stops(&repo, "RP005");
    }
    for place in [
        "rusprot.toml",
        "templates/proeve/skabelon.toml",
        "protocols/hus/protokol.toml",
    ] {
        let repo = text("Fint.").file(place, utf16("navn = 'x'\n", false));
        check(&repo).code(1).stdout_has("RP005").stdout_has(place);
    }
}

#[test]
fn three_slips_in_one_file_are_three_findings() {
    let repo =
        section("overskrift = \u{201d}Et\u{201d}\nbegr\u{fc}ndelse = 'x'\ntekst = 'uden ende\n");
    assert_eq!(
        findings(&repo),
        [
            "RP001 01-et.toml:1:14",
            "RP001 01-et.toml:2:5",
            "RP001 01-et.toml:3:9",
        ]
    );
    stops(&repo, "RP001");
}

#[test]
fn the_quotes_of_a_word_processor_are_found_where_they_stand() {
    for (line, place) in [
        ("overskrift = \u{201d}Et\u{201d}", "1:14"),
        ("overskrift = \u{201c}Et\u{201d}", "1:14"),
        ("overskrift = \u{201d}Et", "1:14"),
        ("overskrift = »Et«", "1:14"),
        ("overskrift = å", "1:14"),
        ("overskrift = 'å", "1:14"),
        ("overskrift = \"\"\"å", "1:14"),
    ] {
        let repo = section(line);
        let found = findings(&repo);
        assert_eq!(
            found.first(),
            Some(&format!("RP001 01-et.toml:{place}")),
            "{line}"
        );
    }
}

#[test]
fn control_characters_are_found_and_never_reach_a_terminal() {
    let repo = section(b"overskrift = 'Et'\ntekst = 'a\0b'\n");
    let found = findings(&repo);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("01-et.toml:2:11"), "{found:?}");
    // By escapes, which TOML allows: line 2, after »tekst = "a«.
    let repo = section(
        "overskrift = 'Et'\ntekst = \"a\\u0000b \\u001b[31m]rød \\u0007 \\u202Eomvendt\"\n",
    );
    let found = findings(&repo);
    assert!(
        found
            .iter()
            .all(|found| found.starts_with("RP008 01-et.toml:2:")),
        "{found:?}"
    );
    assert_eq!(
        found.first().map(String::as_str),
        Some("RP008 01-et.toml:2:11")
    );
    assert_eq!(found.len(), 4, "{found:?}");
    for format in [
        "human", "short", "json", "sarif", "github", "gitlab", "junit",
    ] {
        let run = repo.run_within(&["check", "--format", format], LIMIT);
        for control in ['\0', '\u{1b}', '\u{7}', '\u{202e}'] {
            assert!(
                !run.stdout.contains(control),
                "{format}: {control:?} in {}",
                run.stdout
            );
        }
    }
    // In a heading and a name too.
    let repo = section("overskrift = \"E\\u001bt\"\ntekst = 'x'\n");
    assert_eq!(findings(&repo), ["RP008 01-et.toml:1:16"]);
}

/// Looks like Typst, Tera, LaTeX and shell, in one line without a variable's braces.
const CODE: &str =
    "#panic(x) $y$ @ref <l-a> // /* {% raw %} {# k #} #{1} \\u{41} ${HOME} %s = == `c";

/// What is put after the code, so that each place is known by its text.
const PLACES: [&str; 26] = [
    "institution",
    "kort",
    "adresse",
    "version",
    "ansvarlig",
    "medvirkende",
    "forum",
    "note",
    "overskrift",
    "underafsnit",
    "variabel",
    "gruppe",
    "felt",
    "situation",
    "hvem",
    "hvornaar",
    "hjemmel",
    "rolle",
    "sted",
    "forkortelse",
    "titel",
    "omraade",
    "organisation",
    "pligt",
    "dokument",
    "bilag",
];

/// A protocol with this text, and the place's name after it, in every place that takes a line of text.
/// `code` is written between TOML's double quotes.
fn everywhere(code: &str) -> Repo {
    let at = |name: &str| {
        assert!(PLACES.contains(&name), "{name}");
        format!("\"{code} {name}\"")
    };
    area()
        .file("rusprot.toml", everywhere_in_the_area(&at))
        .file(
            "templates/proeve/skabelon.toml",
            format!(
                "navn = 'Prøve'\ndokumenttype = 'Prøve'\nversion = '1'\n\
                 [[pligt]]\nid = 'p'\nhvad = {}\nhvor_tit = '1 år'\nniveau = 'kan'\n",
                at("pligt")
            ),
        )
        .file(
            "protocols/hus/protokol.toml",
            everywhere_in_the_protocol(&at),
        )
        .file(SECTION, everywhere_in_a_section(&at))
        .file(
            "protocols/hus/bilag/1-b.toml",
            format!("overskrift = {}\ntekst = 'x'\n", at("bilag")),
        )
}

fn everywhere_in_the_area(at: &dyn Fn(&str) -> String) -> String {
    format!(
        "skabelon = 'proeve'\n[omraade]\nnavn = {}\norganisation = {}\n\
         [forkortelser]\nABC = {}\n[variabler]\nv = {}\n\
         [dokumenter.d]\ntitel = {}\nurl = 'https://papirer.dk'\n\
         [kontrol]\nredaktionel-rest = 'fra'\nforkortelse = 'fra'\nskrevet-nummer = 'fra'\n",
        at("omraade"),
        at("organisation"),
        at("forkortelse"),
        at("variabel"),
        at("dokument"),
    )
}

fn everywhere_in_the_protocol(at: &dyn Fn(&str) -> String) -> String {
    format!(
        "titel = {}\n[institution]\nnavn = {}\nkortnavn = {}\nadresse = [{}]\n\
         [dokument]\nversion = {}\nansvarlig = {}\nmedvirkende = [{}]\n\
         [[haendelse]]\npligt = 'p'\ndato = 2026-01-05\nforum = {}\nnote = {}\n",
        at("titel"),
        at("institution"),
        at("kort"),
        at("adresse"),
        at("version"),
        at("ansvarlig"),
        at("medvirkende"),
        at("forum"),
        at("note"),
    )
}

fn everywhere_in_a_section(at: &dyn Fn(&str) -> String) -> String {
    format!(
        "overskrift = {}\ntekst = 'ABC og {{{{ v }}}} og [](dok:d)'\n\
         [[afsnit]]\noverskrift = {}\ntekst = 'x'\n\
         [[gruppe]]\nnavn = {}\npunkter = ['Hvad?']\n\
         [[felt]]\nnavn = {}\n\
         [[regel]]\ntekst = 'Bank på.'\nhjemmel = {}\n\
         [[handling]]\nsituation = {}\ntrin = [{{ goer = 'Ring', hvem = {}, hvornaar = {} }}]\n\
         [underskrift]\nroller = [{}]\nsted = {}\n",
        at("overskrift"),
        at("underafsnit"),
        at("gruppe"),
        at("felt"),
        at("hjemmel"),
        at("situation"),
        at("hvem"),
        at("hvornaar"),
        at("rolle"),
        at("sted"),
    )
}

#[test]
fn text_that_looks_like_code_is_printed_as_typed_in_every_place() {
    let repo = everywhere(&CODE.replace('\\', "\\\\"));
    let [html, markdown, json, pdf] = built(&repo, &[]);
    let shown = without_tags(&html);
    let document: Value = serde_json::from_str(&json).expect("JSON");
    for name in PLACES {
        let typed = format!("{CODE} {name}");
        assert!(shown.contains(&typed), "{name} in {shown}");
        assert!(
            pdf.contains(&packed(&typed).replace('-', "")),
            "{name} in {pdf}"
        );
        assert!(
            any_string(&document, &|text| text
                .replace('\u{a0}', " ")
                .contains(&typed)),
            "{name} in {json}"
        );
    }
    assert_same_text(&html_text(&html), &markdown_text(&markdown));
    assert_eq!(html_headings(&html), markdown_headings(&markdown));
}

#[test]
fn signs_of_markdown_in_any_line_of_text_stay_signs() {
    // As they stand between TOML's double quotes: \n is a line end in the value.
    for code in [
        "# x",
        "- x",
        "1. x",
        "2) x",
        "> x",
        "``` x",
        "*** x",
        "| x | y",
        "[x](y)",
        "![x](y)",
        "<x>",
        "&amp; &lt;",
        "*x* _y_ **z**",
        "~~x~~",
        "`x`",
        "[ ] x",
        "=== x",
        "--- x",
        "x\\n\\n# y",
        "x\\n- y",
        "x\\n===",
        "x\\n| y |\\n|---|",
        "x  \\n y",
        "https://x.dk <https://y.dk>",
        "</a> x",
        "+ x",
        ": x",
        "\\t x",
        "~~~ x",
        "a\\\\",
        "{{",
        "]( x",
        "x ##",
    ] {
        let repo = everywhere(code);
        repo.run_within(&["build", "hus", "--formats", "html,md"], LIMIT)
            .code(0);
        let html = repo.read("dist/hus/index.html");
        let markdown = repo.read("dist/hus/protokol.md");
        if !code.contains('\\') {
            let typed = packed(&format!("{code} felt"));
            assert!(html_text(&html).contains(&typed), "{code} in {html}");
        }
        assert_eq!(html_headings(&html), markdown_headings(&markdown), "{code}");
        assert_same_text(&html_text(&html), &markdown_text(&markdown));
    }
}

fn any_string(value: &Value, holds: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => holds(text),
        Value::Array(values) => values.iter().any(|value| any_string(value, holds)),
        Value::Object(map) => map.values().any(|value| any_string(value, holds)),
        _ => false,
    }
}

#[test]
fn running_text_that_looks_like_code_is_printed_as_typed() {
    let repo =
        text("#panic(\"x\") $y$ @ref // / * {% raw %} {# k #} #{1} ${HOME} %s = == #let x = 1");
    let [html, markdown, json, pdf] = built(&repo, &[]);
    let typed = "#panic(\"x\") $y$ @ref // / * {% raw %} {# k #} #{1} ${HOME} %s = == #let x = 1";
    // Straight quotes become Danish ones in running text.
    let typeset = typed.replace("\"x\"", "»x«");
    for (name, text) in [
        ("page", packed(&without_tags(&html))),
        ("markdown", markdown_text(&markdown)),
        ("json", packed(&json)),
        ("pdf", pdf),
    ] {
        assert!(text.contains(&packed(&typeset)), "{name}: {text}");
    }
}

#[test]
fn letters_that_the_font_lacks_still_give_a_pdf() {
    let repo = section(
        "overskrift = 'Emoji 🙂 og 漢字'\n\
         tekst = 'Hej 👩 مرحبا 漢字 Ωμέγα עברית ไทย 🇩🇰 ½ № ☎'\n[[felt]]\nnavn = '🙂'\n",
    );
    typst_is_there();
    let run = repo.run_within(&["build", "hus", "--formats", "html,md,pdf"], LIMIT);
    let run = run.code(0);
    assert!(repo.has("dist/hus/protokol.pdf"), "{run:?}");
    assert!(repo.read("dist/hus/index.html").contains("👩 مرحبا 漢字"));
    assert!(repo.read("dist/hus/protokol.md").contains("🇩🇰"));
}

#[test]
fn footnotes_work_in_tables_lists_and_quotes() {
    let repo = text(
        "| A[^1] | B |\n|---|---|\n| C | D[^2] |\n\n- E[^3]\n\n> F[^2]\n\n\
         [^1]: Første.\n[^2]: Anden.\n[^3]: Tredje.",
    );
    assert_eq!(findings(&repo), Vec::<String>::new());
    let [html, markdown, _, pdf] = built(&repo, &[]);
    for note in ["Første.", "Anden.", "Tredje."] {
        assert_eq!(html.matches(note).count(), 1, "{note}");
        assert_eq!(markdown.matches(note).count(), 1, "{note}");
        assert_eq!(pdf.matches(note).count(), 1, "{note}");
    }
    assert!(markdown.contains("> F[^2]"), "{markdown}");
}

#[test]
fn a_section_below_the_deepest_level_is_a_finding() {
    let mut content = "overskrift = 'Et'\ntekst = 'x'\n".to_owned();
    for depth in 1..=5 {
        let table = vec!["afsnit"; depth].join(".");
        content += &format!(
            "[[{table}]]\noverskrift = 'Niveau {}'\ntekst = 'x'\n",
            depth + 1
        );
    }
    let repo = section(content);
    // Level 4 is `afsnit.afsnit.afsnit`; the next, on line 12, is one too many.
    let found = findings(&repo);
    assert!(!found.is_empty());
    assert!(found[0].contains("01-et.toml:12:"), "{found:?}");
}

#[test]
fn empty_files_are_findings_and_nothing_more() {
    for content in [
        "",
        "\u{feff}",
        "\n\n",
        "# kun en bemærkning\n",
        "\u{feff}\r\n",
    ] {
        let repo = section(content);
        assert_eq!(findings(&repo), ["RP004 01-et.toml:1:1"], "{content:?}");
        stops(&repo, "RP004");
        let repo = text("x").file("protocols/hus/protokol.toml", content);
        assert_eq!(findings(&repo), ["RP004 protokol.toml:1:1"], "{content:?}");
        let repo = text("x").file("rusprot.toml", content);
        check(&repo)
            .code(1)
            .stdout_has("\"path\": \"rusprot.toml\"");
        let repo = text("x").file("templates/proeve/skabelon.toml", content);
        check(&repo)
            .code(1)
            .stdout_has("\"path\": \"templates/proeve/skabelon.toml\"");
    }
}

#[test]
fn days_that_do_not_exist_are_findings_at_the_date() {
    for date in [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2025-02-29",
        "3026-1-1",
    ] {
        let repo = text("x").file(
            "protocols/hus/protokol.toml",
            format!("[institution]\nnavn = 'Huset'\n[dokument]\ngaelder_fra = {date}\n"),
        );
        let found = findings(&repo);
        assert_eq!(found.len(), 1, "{date}: {found:?}");
        assert!(found[0].contains("protokol.toml:4:"), "{date}: {found:?}");
    }
    for date in [
        "'2026-02-03'",
        "2026-02-03T10:00:00",
        "12:00:00",
        "20260203",
    ] {
        let repo = text("x").file(
            "protocols/hus/protokol.toml",
            format!("[institution]\nnavn = 'Huset'\n[dokument]\ngaelder_fra = {date}\n"),
        );
        assert_eq!(findings(&repo), ["RP003 protokol.toml:4:15"], "{date}");
    }
    let repo = text("x").edited(
        "protocols/hus/protokol.toml",
        "version = '1'\n",
        "version = '1'\ngaelder_fra = 2024-02-29\n",
    );
    assert_eq!(findings(&repo), Vec::<String>::new());
}

/// Every key an author may write, in the file where it stands, and the lines before it.
const KEYS: [(&str, &str, &str); 38] = [
    ("rusprot.toml", "skabelon", "[omraade]\nnavn = 'x'\n"),
    ("rusprot.toml", "omraade", "skabelon = 'proeve'\n"),
    ("rusprot.toml", "mapper", ""),
    ("rusprot.toml", "kontrol", ""),
    ("rusprot.toml", "graenser", ""),
    ("rusprot.toml", "ordliste", ""),
    ("rusprot.toml", "forkortelser", ""),
    ("rusprot.toml", "dokumenter", ""),
    ("rusprot.toml", "variabler", ""),
    ("protocols/hus/protokol.toml", "titel", ""),
    ("protocols/hus/protokol.toml", "skabelon", ""),
    ("protocols/hus/protokol.toml", "institution", ""),
    ("protocols/hus/protokol.toml", "dokument", ""),
    ("protocols/hus/protokol.toml", "variabler", ""),
    ("protocols/hus/protokol.toml", "haendelse", ""),
    ("protocols/hus/protokol.toml", "godkendelse", ""),
    ("protocols/hus/protokol.toml", "navn", "[institution]\n"),
    ("protocols/hus/protokol.toml", "adresse", "[institution]\n"),
    ("protocols/hus/protokol.toml", "medvirkende", "[dokument]\n"),
    ("protocols/hus/protokol.toml", "gaelder_fra", "[dokument]\n"),
    ("protocols/hus/protokol.toml", "dato", "[[haendelse]]\n"),
    (SECTION, "overskrift", ""),
    (SECTION, "id", ""),
    (SECTION, "opfylder", ""),
    (SECTION, "for", ""),
    (SECTION, "tekst", ""),
    (SECTION, "regel", ""),
    (SECTION, "gruppe", ""),
    (SECTION, "felt", ""),
    (SECTION, "handling", ""),
    (SECTION, "indsaet", ""),
    (SECTION, "afsnit", ""),
    (SECTION, "underskrift", ""),
    (SECTION, "note", ""),
    (SECTION, "linjer", "[[felt]]\n"),
    (SECTION, "trin", "[[handling]]\n"),
    ("templates/proeve/skabelon.toml", "krav", ""),
    ("templates/proeve/skabelon.toml", "pligt", ""),
];

#[test]
fn a_wrong_type_is_a_finding_for_every_key() {
    for (file, key, before) in KEYS {
        for value in [
            "-1.5",
            "true",
            "[[1, 'x'], {a = 2}]",
            "{ x = { y = 1 } }",
            "99999999999999",
        ] {
            let repo = text("x").file(file, format!("{before}{key} = {value}\n"));
            let run = repo
                .run_within(&["check", "--format", "json"], LIMIT)
                .code(1);
            let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
            let line = before.lines().count() + 1;
            let found = report["findings"]
                .as_array()
                .expect("a list")
                .iter()
                .any(|finding| {
                    finding["path"] == file
                        && finding["line"] == line
                        && (finding["code"] == "RP003" || finding["code"] == "RP002")
                });
            assert!(found, "{file}: {key} = {value}: {}", run.stdout);
        }
    }
}

#[test]
fn places_are_exact_behind_a_byte_order_mark_and_crlf() {
    let repo = section(
        "\u{feff}overskrift = 'Et'\r\ntekst = '''\r\næøå [a](#)\r\n\r\nb [c](#)\r\n'''\r\nukendt = 1\r\n",
    );
    assert_eq!(
        findings(&repo),
        [
            "RP202 01-et.toml:3:5",
            "RP202 01-et.toml:5:3",
            "RP002 01-et.toml:7:1",
        ]
    );
    let repo = section("\u{feff}ukendt = 1\r\noverskrift = 'Et'\r\ntekst = 'x'\r\n");
    assert_eq!(findings(&repo), ["RP002 01-et.toml:1:1"]);
}

#[test]
fn places_are_exact_in_every_kind_of_string() {
    let at = |content: &str, place: &str| {
        let repo = section(format!("overskrift = 'Et'\n{content}\n"));
        let mut found = findings(&repo);
        // That a sign cannot be shown on paper, and that a quotation does not end, is said as well.
        found.retain(|finding| !finding.starts_with("RP211") && !finding.starts_with("RP307"));
        assert_eq!(found, [format!("RP202 01-et.toml:{place}")], "{content}");
    };
    // '…': the text begins in column 10.
    at("tekst = 'ab [c](#)'", "2:13");
    // \u00e6 and \" are six and two characters in the file and one in the text.
    at(r#"tekst = "\u00e6\"a [c](#)""#, "2:20");
    at(r#"tekst = "\U0001F642 [c](#)""#, "2:21");
    // \n makes a new line of the text, not of the file: column 10 + 3 + 2.
    at(r#"tekst = "abc\n[c](#)""#, "2:15");
    // A folded line: the text goes on in line 4, where it is indented.
    at("tekst = \"\"\"\nfør \\\n    efter [c](#)\"\"\"", "4:11");
    at("tekst = \"\"\"a\\tb\nx\\\\y [c](#)\"\"\"", "3:6");
    // The line end after the quotes is no part of the text.
    at("tekst = '''\n\nab\n  [c](#)'''", "5:3");
    at("tekst = '''a [c](#)'''", "2:14");
    // Decomposed å and ø: a letter and its mark are two characters; a finding counts what is in the file.
    at("tekst = 'a\u{30a}æø [c](#)'", "2:15");
    at("tekst = '🙂 [c](#)'", "2:12");
    // In a list, in a table of a list and behind a quote mark.
    at("[[regel]]\ntekst = 'Bank [c](#)'", "3:15");
    at(
        "[[handling]]\nsituation = 'x'\ntrin = [\n  { goer = 'a' },\n  { goer = 'b [c](#)' },\n]",
        "6:15",
    );
    at("tekst = '''\n> a\n> [c](#)\n'''", "4:3");
    at(
        "tekst = '''\n| a | b |\n|---|---|\n| æ | [c](#) |\n'''",
        "5:7",
    );
}

#[test]
fn odd_file_names_are_findings_or_left_alone() {
    let repo = text("Fint.")
        .file("protocols/hus/uden-nummer.toml", "overskrift = 'x'\n")
        .file(
            "protocols/hus/01-igen.toml",
            "overskrift = 'Igen'\ntekst = 'x'\n",
        )
        .file("protocols/hus/.skjult.toml", "ikke toml")
        .file("protocols/hus/02-kopi.toml~", "ikke toml")
        .file("protocols/hus/Thumbs.db", "x")
        .file("protocols/LÆSMIG.md", "x")
        .file("protocols/tom/.gitkeep", "");
    let run = check(&repo).code(1);
    for (file, code) in [
        ("uden-nummer.toml", "RP"),
        ("01-igen.toml", "RP010"),
        ("02-kopi.toml~", "RP012"),
    ] {
        run.stdout
            .find(file)
            .unwrap_or_else(|| panic!("{file}: {}", run.stdout));
        assert!(run.stdout.contains(code));
    }
    for file in [".skjult", "Thumbs", "LÆSMIG", "protocols/tom"] {
        assert!(!run.stdout.contains(file), "{file}: {}", run.stdout);
    }
}

#[test]
fn a_time_of_day_is_no_date_and_is_called_what_it_is() {
    for (value, is, day) in [
        ("12:00:00", "et klokkeslæt", "2026-02-03"),
        (
            "2026-01-01T10:00:00",
            "en dato med klokkeslæt",
            "2026-01-01",
        ),
    ] {
        Repo::new()
            .file(
                "rusprot.toml",
                "skabelon = \"socialpsykiatri\"\nomraade.navn = \"Prøve\"\n",
            )
            .file(
                "protocols/hus/protokol.toml",
                format!("institution.navn = \"Hus\"\ndokument.gaelder_fra = {value}\n"),
            )
            .run(&["check"])
            .code(1)
            .stdout_has(&format!("»gaelder_fra« skal være en dato, men er {is}."))
            .stdout_has(&format!("Skriv kun dagen: gaelder_fra = {day}"));
    }
}
