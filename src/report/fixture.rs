//! One set of findings for the tests of every format. The institutions are invented.

use std::sync::Arc;

use super::Report;
use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile, Span};

/// A file with CRLF line ends, a tab, quotes and a long line.
pub(super) const PROTOCOL: &str = "titel = \"Rusmiddelprotokol for Fjordhøj\"\r\n\
    [hverdag]\r\n\
    \ttekst = \"På Fjordhøj må øl stå i <køkkenet>, og 100 % af »gæsterne« hører om det.\"\r\n\
    lang = \"Personalet taler med beboeren om øl og vin, når der er ro, og skriver ned, hvad de \
    to bliver enige om; se $navn, og spørg lederen, hvis du er i tvivl om noget af det.\"\r\n";

/// A file whose name needs percent-encoding and that ends without a line break.
pub(super) const VISIT: &str = "# Besøg\ntitel = \"Gæster\"\ntekst = \"a\u{200b}b\"\nid = \"gæst\"";

/// Calls `f` with a report of two protocols, `fjordhoej` with findings and `solbakken` without.
pub(super) fn with<T>(f: impl FnOnce(&Report<'_>) -> T) -> T {
    let findings = findings();
    f(&Report {
        findings: &findings,
        protocols: &["fjordhoej".to_owned(), "solbakken".to_owned()],
    })
}

/// The fixture in a format, with its invisible character spelled out: source code, and so a
/// snapshot in it, may hold none.
pub(super) fn readable(render: impl FnOnce(&Report<'_>) -> String) -> String {
    with(render).replace('\u{200b}', "<U+200B>")
}

/// A page about a rule, laid out as the real ones.
pub(super) fn docs(code: Code) -> &'static str {
    match code {
        Code::ManglendeAfsnit => {
            "# RP101 manglende-afsnit\n\nNiveau: fejl\n\n## Emne\n\nReglen leder efter\nafsnit. Den \
             ser på titler.\n\nMere om det.\n"
        }
        _ => "# Kort side\n",
    }
}

/// The findings, sorted: four errors and two warnings.
fn findings() -> Vec<Finding> {
    let protocol = Arc::new(SourceFile::new(
        "protocols/fjordhoej/protokol.toml",
        PROTOCOL,
    ));
    let visit = Arc::new(SourceFile::new("protocols/fjordhoej/30 gæster.toml", VISIT));
    let empty = Arc::new(SourceFile::new("templates/tom.toml", ""));
    let fjordhoej = |finding: Finding| Finding {
        protocol: Some("fjordhoej".to_owned()),
        ..finding
    };
    let mut findings = vec![
        fjordhoej(
            Finding::new(
                Code::ManglendeAfsnit,
                Place::new(&protocol, Span::new(0, 5)),
                "Afsnittet »Medicin« mangler.",
            )
            .with_help("Skriv en fil med titlen »Medicin«, eller ret titlen på det afsnit, der svarer til kravet."),
        ),
        fjordhoej(Finding::new(
            Code::AndenOrdlyd,
            find(&protocol, "<køkkenet>"),
            "Skriv \"fællesrummet\", ikke <køkkenet>:\nsådan hedder det 100 % af stederne, også her.",
        )),
        fjordhoej(Finding::new(
            Code::UkendtVariabel,
            find(&protocol, "$navn"),
            "Variablen navn findes ikke.",
        )),
        fjordhoej(Finding::new(
            Code::UsynligeTegn,
            find(&visit, "\u{200b}"),
            "Teksten har et tegn, der ikke kan ses: \u{200b} (U+200B).",
        )),
        fjordhoej(
            Finding::new(
                Code::DobbeltId,
                Place::new(&visit, Span::from(VISIT.len()..VISIT.len())),
                "To afsnit har det samme id.",
            )
            .with_related(find(&protocol, "[hverdag]"), "Her står det første."),
        ),
        Finding {
            level: crate::diag::Level::Warning,
            ..Finding::new(Code::ManglendeNoegle, Place::top(&empty), "Filen er tom.")
        },
    ];
    findings.sort_by(Finding::order);
    findings
}

/// The place of the first `text` in a file.
fn find(file: &Arc<SourceFile>, text: &str) -> Place {
    let start = file
        .text()
        .find(text)
        .expect("the fixture's texts stand in its files");
    Place::new(file, Span::from(start..start + text.len()))
}
