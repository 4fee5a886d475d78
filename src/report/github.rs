//! For GitHub Actions: annotations as workflow commands, and a summary of the step in Markdown.
//!
//! GitHub shows ten annotations of a level a step and drops the rest without a word, and it refuses
//! a summary of more than 1 MiB; both limits are kept here and what was left out is told.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::limits::told;
use super::{Counts, Report, visible};
use crate::diag::{Finding, Level};

/// Annotations of one level that GitHub shows for a step.
const ANNOTATIONS: usize = 10;

/// Bytes of findings in a summary. GitHub's limit is 1 MiB; the rest is left for the sentences that
/// follow.
const SUMMARY_BYTES: usize = 1_000_000;

/// Renders the first annotations of each level, errors first, and a notice with the number of the
/// others; `folder` stands before every path.
pub(super) fn render(report: &Report<'_>, folder: &str) -> String {
    let mut out = String::new();
    let mut left_out = Counts::default();
    for level in [Level::Error, Level::Warning] {
        let mut findings = report.findings.iter().filter(|f| f.level == level);
        for finding in findings.by_ref().take(ANNOTATIONS) {
            annotation(&mut out, finding, folder);
        }
        match level {
            Level::Error => left_out.errors = findings.count(),
            Level::Warning => left_out.warnings = findings.count(),
        }
    }
    if left_out != Counts::default() {
        let phrase = left_out.phrase();
        line(
            &mut out,
            format_args!(
                "::notice title=rusprot::Der er {phrase} mere. Kør »rusprot check« for at se alle."
            ),
        );
    }
    out
}

/// One workflow command. Columns are left out of a place over several lines, where GitHub would
/// refuse them.
fn annotation(out: &mut String, finding: &Finding, folder: &str) {
    let range = finding.place.range();
    let (start, end) = (range.start, range.end);
    let mut place = format!("line={},endLine={}", start.line.get(), end.line.get());
    if start.line == end.line {
        place += &format!(",col={},endColumn={}", start.column.get(), end.column.get());
    }
    let mut message = data(&told(&finding.message));
    if let Some(help) = &finding.help {
        message += &data(&format!("\n{}", told(help)));
    }
    line(
        out,
        format_args!(
            "::{} title={},file={},{place}::{message}",
            finding.level.english(),
            property(&format!(
                "{} {}",
                finding.code.number(),
                finding.code.name()
            )),
            property(&visible::shown(&format!(
                "{folder}{}",
                finding.place.file.path()
            ))),
        ),
    );
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Renders what a reader of the workflow's page should see: the counts, a table for each protocol
/// with findings, and the names of those without. Markdown, in Danish, below 1 MiB. `names` has the institutions'
/// names by slug.
pub fn step_summary(report: &Report<'_>, names: &BTreeMap<String, String>) -> String {
    let called = |slug: &str| called(slug, names);
    let mut out = String::new();
    line(
        &mut out,
        format_args!("## rusprot: {}", report.summary().sentence()),
    );
    let mut left_out = Counts::default();
    let mut clean = Vec::new();
    for (slug, findings) in report.by_protocol() {
        if findings.is_empty() {
            clean.extend(slug.map(called));
        } else {
            let title = slug.map_or_else(|| "Fælles filer".to_owned(), called);
            section(&mut out, &title, &findings, &mut left_out);
        }
    }
    if left_out != Counts::default() {
        line(
            &mut out,
            format_args!("\nDer var ikke plads til {}.", left_out.phrase()),
        );
    }
    if !clean.is_empty() {
        let names = all_of(&clean, SUMMARY_BYTES.saturating_sub(out.len()));
        line(&mut out, format_args!("\nIntet at rette i {names}."));
    }
    out
}

/// An institution's name with the folder it is found by beside it.
fn called(slug: &str, names: &BTreeMap<String, String>) -> String {
    match names.get(slug) {
        Some(name) => format!("{} ({})", cell(name), cell(slug)),
        None => cell(slug),
    }
}

/// The names of protocols, or their number when the names take more than `room` bytes.
fn all_of(names: &[String], room: usize) -> String {
    let count = names.len();
    let names = names.join(", ");
    match count {
        _ if names.len() <= room => names,
        1 => "1 protokol".to_owned(),
        count => format!("{count} protokoller"),
    }
}

/// The heading and the table of one protocol, as far as there is room.
fn section(out: &mut String, title: &str, findings: &[&Finding], left_out: &mut Counts) {
    let phrase = Counts::of(findings.iter().copied()).phrase();
    let head = format!(
        "\n### {title}: {phrase}\n\n| Sted | Niveau | Regel | Besked |\n|---|---|---|---|\n"
    );
    let mut table = String::new();
    let mut rest = findings.iter();
    for finding in rest.by_ref() {
        let row = row(finding);
        if out.len() + head.len() + table.len() + row.len() > SUMMARY_BYTES {
            *left_out = left_out.plus(Counts::of([*finding]));
            break;
        }
        table += &row;
    }
    *left_out = left_out.plus(Counts::of(rest.copied()));
    if !table.is_empty() {
        out.push_str(&head);
        out.push_str(&table);
    }
}

fn row(finding: &Finding) -> String {
    let start = finding.place.file.position(finding.place.span.start());
    let mut text = cell(&told(&finding.message));
    if let Some(help) = &finding.help {
        text += "<br>";
        text += &cell(&told(help));
    }
    format!(
        "| {}:{}:{} | {} | {} {} | {text} |\n",
        cell(finding.place.file.path()),
        start.line.get(),
        start.column.get(),
        finding.level.danish(),
        finding.code.number(),
        finding.code.name(),
    )
}

/// A text as the content of a table's cell: one line, with what Markdown or HTML would act on
/// escaped.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible::one_line(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | '/' | '-' | '%' | '"') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing to a String cannot fail");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Code;
    use crate::report::fixture;
    use crate::text::{Place, SourceFile, Span};

    /// A report of one file in which every level is found `count` times at its first letter.
    fn many<T>(count: usize, message: &str, f: impl FnOnce(&Report<'_>) -> T) -> T {
        let file = Arc::new(SourceFile::new("a.toml", "a"));
        let codes = [Code::AndenOrdlyd, Code::ForkertType];
        let findings: Vec<_> = (0..count)
            .flat_map(|_| codes.map(|code| Finding::new(code, Place::top(&file), message)))
            .collect();
        f(&Report {
            findings: &findings,
            protocols: &["solbakken".to_owned()],
        })
    }

    fn at_top(report: &Report<'_>) -> String {
        render(report, "")
    }

    #[test]
    fn paths_lead_from_the_top_of_the_repository() {
        let text = fixture::with(|report| render(report, "a, b/"));
        assert!(text.contains(",file=a%2C b/protocols/fjordhoej/protokol.toml,"));
    }

    #[test]
    fn an_annotation_has_line_and_column_and_one_past_the_end() {
        let text = fixture::with(at_top);
        assert!(text.contains(
            "::warning title=RP108 anden-ordlyd,file=protocols/fjordhoej/protokol.toml,\
             line=3,endLine=3,col=35,endColumn=45::"
        ));
    }

    #[test]
    fn errors_come_first_and_nothing_breaks_out_of_its_field() {
        insta::assert_snapshot!(fixture::readable(at_top), @r#"
        ::error title=RP008 usynlige-tegn,file=protocols/fjordhoej/30 gæster.toml,line=3,endLine=3,col=11,endColumn=12::Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).
        ::error title=RP010 dobbelt-id,file=protocols/fjordhoej/30 gæster.toml,line=4,endLine=4,col=12,endColumn=12::To afsnit har det samme id.
        ::error title=RP101 manglende-afsnit,file=protocols/fjordhoej/protokol.toml,line=1,endLine=1,col=1,endColumn=6::Afsnittet »Medicin« mangler.%0ASkriv en fil med titlen »Medicin«, eller ret titlen på det afsnit, der svarer til kravet.
        ::error title=RP009 ukendt-variabel,file=protocols/fjordhoej/protokol.toml,line=4,endLine=4,col=115,endColumn=120::Variablen navn findes ikke.
        ::warning title=RP108 anden-ordlyd,file=protocols/fjordhoej/protokol.toml,line=3,endLine=3,col=35,endColumn=45::Skriv "fællesrummet", ikke <køkkenet>:%0Asådan hedder det 100 %25 af stederne, også her.
        ::warning title=RP004 manglende-noegle,file=templates/tom.toml,line=1,endLine=1,col=1,endColumn=1::Filen er tom.
        "#);
    }

    #[test]
    fn what_ends_a_field_is_escaped() {
        assert_eq!(data("50 %: a,\r\nb"), "50 %25: a,%0D%0Ab");
        assert_eq!(property("50 %: a,\r\nb"), "50 %25%3A a%2C%0D%0Ab");
    }

    #[test]
    fn a_place_over_several_lines_has_no_columns() {
        let file = Arc::new(SourceFile::new("a.toml", "a = [\n1,\n]\n"));
        let place = Place::new(&file, Span::new(4, 10));
        let findings = [Finding::new(Code::ForkertType, place, "Besked.")];
        let text = at_top(&Report {
            findings: &findings,
            protocols: &[],
        });
        assert_eq!(
            text,
            "::error title=RP003 forkert-type,file=a.toml,line=1,endLine=3::Besked.\n"
        );
    }

    #[test]
    fn ten_of_a_level_are_shown_and_the_rest_is_counted() {
        assert_eq!(many(10, "x", at_top).matches("::notice").count(), 0);
        let text = many(13, "x", at_top);
        let kinds: Vec<_> = text
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(kinds[..10], ["::error"; 10]);
        assert_eq!(kinds[10..20], ["::warning"; 10]);
        assert_eq!(
            text.lines().nth(20),
            Some(
                "::notice title=rusprot::Der er 3 fejl og 3 advarsler mere. \
                 Kør »rusprot check« for at se alle."
            )
        );
        assert_eq!(text.lines().count(), 21);
    }

    #[test]
    fn the_summary_has_a_table_for_each_protocol_with_findings() {
        let named = [("fjordhoej", "Bostedet Fjordhøj"), ("borte", "x")];
        let named = named.map(|(slug, name)| (slug.to_owned(), name.to_owned()));
        let text = fixture::with(|report| step_summary(report, &named.into()));
        assert!(text.contains("| protocols/fjordhoej/protokol.toml:3:35 | advarsel | "));
        insta::assert_snapshot!(text, @r#"
        ## rusprot: 4 fejl og 2 advarsler i 2 protokoller.

        ### Bostedet Fjordhøj (fjordhoej): 4 fejl og 1 advarsel

        | Sted | Niveau | Regel | Besked |
        |---|---|---|---|
        | protocols/fjordhoej/30 gæster.toml:3:11 | fejl | RP008 usynlige-tegn | Teksten har et tegn, der ikke kan ses\: \<U\+200B\> \(U\+200B\). |
        | protocols/fjordhoej/30 gæster.toml:4:12 | fejl | RP010 dobbelt-id | To afsnit har det samme id. |
        | protocols/fjordhoej/protokol.toml:1:1 | fejl | RP101 manglende-afsnit | Afsnittet »Medicin« mangler.<br>Skriv en fil med titlen »Medicin«, eller ret titlen på det afsnit, der svarer til kravet. |
        | protocols/fjordhoej/protokol.toml:3:35 | advarsel | RP108 anden-ordlyd | Skriv "fællesrummet", ikke \<køkkenet\>\: sådan hedder det 100 % af stederne, også her. |
        | protocols/fjordhoej/protokol.toml:4:115 | fejl | RP009 ukendt-variabel | Variablen navn findes ikke. |

        ### Fælles filer: 1 advarsel

        | Sted | Niveau | Regel | Besked |
        |---|---|---|---|
        | templates/tom.toml:1:1 | advarsel | RP004 manglende-noegle | Filen er tom. |

        Intet at rette i solbakken.
        "#);
    }

    #[test]
    fn markdown_and_html_of_an_author_are_shown_not_obeyed() {
        assert_eq!(
            cell("<b>|*x*|\n[a](b) `c` https://d"),
            r"\<b\>\|\*x\*\| \[a\]\(b\) \`c\` https\://d"
        );
    }

    #[test]
    fn a_summary_stays_below_a_mebibyte_and_tells_what_is_left_out() {
        let summary = |report: &Report<'_>| step_summary(report, &BTreeMap::new());
        let text = many(3_000, &"x".repeat(400), summary);
        assert!(text.len() < 1 << 20, "{}", text.len());
        assert!(text.contains("\nDer var ikke plads til "));
        assert!(text.ends_with("\nIntet at rette i solbakken.\n"));
    }

    #[test]
    fn names_become_a_number_where_there_is_no_room() {
        let (two, one) = (["ab".to_owned(), "c".to_owned()], ["abc".to_owned()]);
        assert_eq!(all_of(&two, 5), "ab, c");
        assert_eq!(all_of(&two, 4), "2 protokoller");
        assert_eq!(all_of(&one, 2), "1 protokol");
    }
}
