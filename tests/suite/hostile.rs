//! An author's text is never a command to whoever reads what the program writes: a build server that looks through a
//! log, a terminal, a spreadsheet. One test holds it over every stream, with hostile texts in every place.

use crate::support::Repo;

/// As TOML writes it: commands of GitHub, Azure and TeamCity, escape sequences in both their forms, and what turns
/// the direction of a line.
const HOSTILE: &str = "::error title=a::b ##vso[task.complete result=Failed]c ##[add-mask]d ##teamcity[e] \
                       \\u009B2J\\u001B[31mf\\u202Eg\\u0085::stop-commands::h";

/// The same as far as it can be a name of a file.
const NAME: &str = "::error title=a::b ##vso[x]c ##[y]";

/// What a spreadsheet would calculate.
const FORMULAS: [&str; 6] = ["=1+1", "+45", "-2+3", "@SUM(A1)", "\\t=1", " =1"];

/// A skabelon in which every text is this one.
fn skabelon(text: &str) -> String {
    format!(
        "navn = \"{text}\"\ndokumenttype = \"{text}\"\nversion = \"{text}\"\n\
         [[pligt]]\nid = \"revision\"\nhvad = \"{text}\"\nhvor_tit = \"1 år\"\nansvarlig = [\"{text}\"]\nforum = \"{text}\"\n\
         [[pligt]]\nid = \"{text}\"\nhvad = \"{text}\"\nhvor_tit = \"1 måned\"\nfoerste = 2026-12-01\n\
         [[krav]]\nid = \"gaester\"\noverskrift = \"{text}\"\nogsaa = [\"{text} igen\"]\n\
         vejledning = \"{text}\"\nobligatorisk = \"{text} og mere\"\n\
         [[krav.punkt]]\nid = \"{text}\"\ntekst = \"{text}\"\nniveau = \"skal\"\n\
         [[krav]]\nid = \"{text}\"\noverskrift = \"{text} her\"\n"
    )
}

/// A section in which every text is this one, and something is wrong at each. Words are long enough to be broken
/// over lines before and after it.
fn section(text: &str) -> String {
    let long = "Et langt ord og et til, så linjen bliver brudt, hvor den kan. ".repeat(2);
    format!(
        "overskrift = \"{text}\"\nid = \"{text}\"\nopfylder = [\"{text}\"]\n\"{text}\" = 1\n\
         tekst = \"{long}{text}  \\n{text} [x]({text}) $\\u007B{text}\\u007D ![{text}]({text}.png) [](#{text}) [^{text}]\\n\\n\
         # {text}\\n\\n- {text}\\n\\n```\\n{text}\\n```\\n\\n<b>{text}</b> XX {text} bo-tilbud\"\n\
         [[begreb]]\nord = \"{text}\"\nbetyder = \"{text}\"\n\
         [[regel]]\ntekst = \"{text}\"\nstyrke = \"{text}\"\n\
         [[kontakt]]\nnavn = \"{text}\"\nid = \"{text}\"\n\
         [[undtag]]\nregel = \"RP301\"\nhvorfor = \"{text}\"\n"
    )
}

/// A repository in which everything that somebody may write is this text. `name` is that of folders and files.
fn repository(text: &str, name: &str) -> Repo {
    let main = format!(
        "skabelon = \"proeve\"\n[institution]\nnavn = \"{text}\"\nadresse = \"{text}\"\n\"{text}\" = \"{text}\"\n\
         [variabler]\nhus = \"{text}\"\n\
         [[haendelse]]\npligt = \"revision\"\ndato = 2025-01-01\n\
         [[haendelse]]\npligt = \"{text}\"\ndato = 2025-01-01\nnote = \"{text}\"\n\
         [[godkendelse]]\ndato = 2026-01-01\nforum = \"{text}\"\naf = \"{text}\"\n"
    );
    let area = format!(
        "skabelon = \"proeve\"\n[omraade]\nnavn = \"{text}\"\norganisation = \"{text}\"\n\"{text}\" = 1\n\
         [ordliste]\n\"{text}\" = \"{text}\"\n[forkortelser]\nXX = \"{text}\"\n\"{text}\" = \"{text}\"\n\
         [kontakter.vagt]\nnavn = \"{text}\"\n"
    );
    Repo::new()
        .file("rusprot.toml", area)
        .file("templates/proeve/skabelon.toml", skabelon(text))
        .file(&format!("templates/{name}/skabelon.toml"), skabelon(text))
        .file("protocols/hus/protokol.toml", &main)
        .file("protocols/hus/01-gaester.toml", section(text))
        .file(&format!("protocols/hus/02-{name}.toml"), section(text))
        .file(&format!("protocols/hus/{name}.txt"), "En løs fil.")
        .file(&format!("protocols/{name}/protokol.toml"), main)
        .file(
            &format!("protocols/{name}/01-gaester.toml"),
            format!("overskrift = \"{text}\"\nid = \"{text}\"\ntekst = \"\"\"\n{text}\nHer er mere.\n\"\"\"\n"),
        )
        .file(&format!("protocols/{name}/03-oedelagt.toml"), format!("{name} = = \"\n"))
}

/// Every way to have something written, its revisions in git being two.
fn runs(name: &str) -> Vec<Vec<String>> {
    let mut runs: Vec<String> = Vec::new();
    for format in [
        "human", "short", "json", "sarif", "github", "gitlab", "junit",
    ] {
        runs.push(format!("check|--format|{format}|-v"));
        runs.push(format!(
            "check|--draft|--format|{format}|--changed-since|HEAD~1"
        ));
    }
    for format in ["human", "json", "csv", "ics"] {
        runs.push(format!("status|--format|{format}"));
    }
    for format in ["human", "json", "csv"] {
        runs.push(format!("status|--matrix|--format|{format}"));
    }
    for format in ["human", "md", "html", "json"] {
        runs.push(format!("diff|--since|HEAD~1|--format|{format}"));
    }
    for run in [
        "check|--color|always",
        "check|--fix|--diff",
        "check|--fix",
        "build|--draft|--formats|html,md,json|-v",
        "build|--formats|html|-v",
        "templates",
        "templates|proeve",
        "templates|proeve|--format|json",
        "verify|ABCD-EFGH",
        "verify|::error::x",
        "explain|::error::x",
        "check|::error::x",
        "check|--today|::error::x",
        "import|brev.md|--into|nyt|--dry-run",
        "import|brev.md|--into|nyt",
        "import|brev.md|--into|nyt|--format|json",
        "doctor",
        "check|--output|ingen/::error::x",
        "init|::error::x ##vso[y]",
        "done|hus|--duty|::error::x|--date|2026-11-01",
        "done|hus|--duty|revision|--date|2026-11-01",
        "approve|hus|--forum|::error::x ##vso[y]|--date|2026-11-01|--by|::b",
    ] {
        runs.push(run.to_owned());
    }
    runs.push(format!("check|{name}"));
    runs.push(format!("templates|{name}"));
    runs.push(format!("done|{name}|--duty|revision|--date|2026-11-01"));
    runs.push(format!("diff|{name}|--since|HEAD~1"));
    let words = |run: String| run.split('|').map(str::to_owned).collect();
    runs.into_iter().map(words).collect()
}

/// What in a stream would be obeyed; the lines that this format writes to be obeyed are the program's own.
fn obeyed(stream: &str, is_own: impl Fn(&str) -> bool) -> Option<String> {
    for line in stream.split(['\n', '\r']) {
        let begins = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if begins.starts_with("::") && !is_own(line) {
            return Some(format!("begins a command: {line}"));
        }
        for (at, _) in line.match_indices("##") {
            let name = line[at + 2..]
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || ".-_".contains(c));
            if name.starts_with('[') {
                return Some(format!("holds a command: {line}"));
            }
        }
        let steers = |c: char| {
            c.is_control() && c != '\t'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
        };
        if line.chars().any(steers) {
            return Some(format!("steers: {line:?}"));
        }
    }
    None
}

/// The lines of GitHub's format that the program writes to be obeyed.
fn annotation(line: &str) -> bool {
    [
        "::error title=RP",
        "::warning title=RP",
        "::notice title=rusprot::",
    ]
    .iter()
    .any(|own| line.starts_with(own))
}

#[test]
fn no_text_of_an_author_is_a_command_in_any_stream() {
    let repo = repository("Før", "andet").without("protocols/andet");
    repo.begin_history();
    let hostile = repository(HOSTILE, NAME);
    for (path, bytes) in hostile.tree(".") {
        repo.write(&path, bytes);
    }
    let text = "# ::error::a ##vso[x]\n\n::error::b ##[y] \u{9b}2J\u{1b}[31m\u{202e}c\n\n- ::d\n\n<b>::e\n::f</b>\n";
    repo.write("brev.md", text);
    repo.commit();
    let summary = repo.path("opsummering.md").display().to_string();
    let repo = repo.env("GITHUB_STEP_SUMMARY", summary);
    for args in runs(NAME) {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = repo.run(&args);
        let github = args.contains(&"github");
        let colored = args.contains(&"always");
        for stream in [&run.stdout, &run.stderr] {
            let stream = if colored {
                anstream::adapter::strip_str(stream).to_string()
            } else {
                stream.clone()
            };
            assert_eq!(
                obeyed(&stream, |line| github && annotation(line)),
                None,
                "{args:?}"
            );
        }
        // A panic would be a stream like another, and hide what the run had to say.
        assert!(
            !run.stderr.contains("fejl i rusprot"),
            "{args:?}: {}",
            run.stderr
        );
    }
    assert!(repo.has("opsummering.md"));
    assert_eq!(obeyed(&repo.read("opsummering.md"), |_| false), None);
}

/// The cells of a file of comma-separated values, as a spreadsheet reads them.
fn cells(csv: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in csv.trim_start_matches('\u{feff}').chars() {
        match c {
            '"' => quoted = !quoted,
            ';' | '\n' if !quoted => cells.push(String::new()),
            '\r' if !quoted => {}
            c => cells.last_mut().expect("there is a cell").push(c),
        }
    }
    cells
}

#[test]
fn no_text_of_an_author_is_calculated() {
    for formula in FORMULAS {
        let repo = repository(formula, "=1+1");
        for args in [
            &["status", "--format", "csv"][..],
            &["status", "--matrix", "--format", "csv"],
        ] {
            let run = repo.run(args);
            let cells = cells(&run.stdout);
            assert!(
                cells.iter().any(|cell| cell.starts_with('\'')),
                "{formula}: {cells:?}"
            );
            for cell in cells {
                let first = cell.trim_start().chars().next();
                assert!(
                    !matches!(first, Some('=' | '+' | '-' | '@')),
                    "{formula}: {cell}"
                );
            }
        }
    }
}
