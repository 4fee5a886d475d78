//! JUnit XML: a suite for each protocol, a case for each finding.
//!
//! An error is a failed case. A warning is a skipped one: readers show it, and like the exit status
//! they do not count it as a failure. There are no times in it, since output may not depend on them. No two cases of
//! a file share a name: readers pass over the second. GitLab takes files below 30 MB with so many values; a suite of
//! its own says what was left out for that.

use std::collections::HashMap;
use std::fmt::{Arguments, Write};

use super::limits::{self, Limit, told};
use super::{Counts, Report};
use crate::diag::{Finding, Level};
use crate::text::{log, visible};

/// What is written at most: GitLab parses files below 30 MB, and below 250,000 values, of which a case has a dozen.
const LIMIT: Limit = Limit {
    findings: 20_000,
    bytes: 28_000_000,
};

/// More bytes than are written around the texts of a case.
const FIXED: usize = 500;

/// Renders the report as one `testsuites` element.
pub(super) fn render(report: &Report<'_>) -> String {
    let (kept, left_out) = limits::kept(report.findings, LIMIT, FIXED);
    if left_out == Counts::default() {
        return render_kept(report, None);
    }
    let findings: Vec<Finding> = kept
        .into_iter()
        .map(|index| report.findings[index].clone())
        .collect();
    let kept = Report {
        findings: &findings,
        protocols: report.protocols,
    };
    render_kept(&kept, Some(left_out))
}

fn render_kept(report: &Report<'_>, left_out: Option<Counts>) -> String {
    let suites = report.by_protocol();
    let cases = suites.iter().map(|(_, findings)| case_count(findings));
    let cases = cases.sum::<usize>() + usize::from(left_out.is_some());
    let mut xml = Xml(r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned());
    xml.line(format_args!(
        "\n<testsuites name=\"rusprot\" tests=\"{cases}\" failures=\"{}\" errors=\"0\">",
        report.summary().found.errors
    ));
    for (slug, findings) in &suites {
        suite(&mut xml, slug.unwrap_or("fælles filer"), findings);
    }
    if let Some(left_out) = left_out {
        xml.line(format_args!(
            "  <testsuite name=\"udeladt\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n    \
             <testcase classname=\"udeladt\" name=\"flere fund\">\n      <skipped message=\"{}\"/>\n    \
             </testcase>\n  </testsuite>",
            attribute(&limits::sentence(left_out))
        ));
    }
    xml.line(format_args!("</testsuites>"));
    harmless(xml.0)
}

/// The file with no command to a build server in it, which may read it in a log: the letters that would make one
/// are written by their number. Nothing of XML itself has two such letters in a row.
fn harmless(xml: String) -> String {
    let signs = log::bracket_commands(&xml).map(|at| (at, "&#35;"));
    let mut signs: Vec<_> = signs.collect();
    signs.extend(log::line_commands(&xml).map(|at| (at, "&#58;")));
    signs.sort_unstable();
    if signs.is_empty() {
        return xml;
    }
    log::with_signs(&xml, signs).into_owned()
}

/// A protocol without findings has one case, which passes: a suite without cases is dropped by
/// some readers.
fn case_count(findings: &[&Finding]) -> usize {
    findings.len().max(1)
}

fn suite(xml: &mut Xml, name: &str, findings: &[&Finding]) {
    let counts = Counts::of(findings.iter().copied());
    let name = attribute(name);
    xml.line(format_args!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        case_count(findings),
        counts.errors,
        counts.warnings
    ));
    if findings.is_empty() {
        xml.line(format_args!(
            "    <testcase classname=\"{name}\" name=\"ingen fejl\"/>"
        ));
    }
    let mut names = HashMap::new();
    for finding in findings {
        case(xml, finding, &mut names);
    }
    xml.line(format_args!("  </testsuite>"));
}

/// `names` counts the cases of each name, so that the second gets one of its own.
fn case<'a>(xml: &mut Xml, finding: &'a Finding, names: &mut HashMap<(&'a str, String), usize>) {
    let start = finding.place.file.position(finding.place.span.start());
    let place = format!("{}:{}", start.line.get(), start.column.get());
    let (code, rule) = (finding.code.number(), finding.code.name());
    let name = format!("{code} {rule} ({place})");
    let path = finding.place.file.path();
    let count = names.entry((path, name.clone())).or_default();
    *count += 1;
    let again = match count {
        1 => String::new(),
        count => format!(" {count}"),
    };
    xml.line(format_args!(
        "    <testcase classname=\"{}\" name=\"{name}{again}\">",
        attribute(path),
    ));
    let message = attribute(&told(&finding.message));
    let details = details(finding, &place);
    match finding.level {
        Level::Error => xml.line(format_args!(
            "      <failure type=\"{}\" message=\"{message}\">{details}</failure>",
            finding.code.number(),
        )),
        // A skipped case has no text of its own in every reader's schema.
        Level::Warning => xml.line(format_args!(
            "      <skipped message=\"{message}\"/>\n      <system-out>{details}</system-out>"
        )),
    }
    xml.line(format_args!("    </testcase>"));
}

/// Place, message, help and related places, a line each.
fn details(finding: &Finding, place: &str) -> String {
    let path = visible::shown(finding.place.file.path());
    let mut text = format!("{path}:{place}: {}", told(&finding.message));
    if let Some(help) = &finding.help {
        text += "\nHjælp: ";
        text += &told(help);
    }
    for related in &finding.related {
        let start = related.place.file.position(related.place.span.start());
        text += &format!(
            "\n{}:{}:{}: {}",
            visible::shown(related.place.file.path()),
            start.line.get(),
            start.column.get(),
            told(&related.message)
        );
    }
    escaped(&text)
}

/// XML in the making.
struct Xml(String);

impl Xml {
    fn line(&mut self, text: Arguments<'_>) {
        writeln!(self.0, "{text}").expect("writing to a String cannot fail");
    }
}

/// Escapes the text of an attribute, with what steers a reader spelled out. A reader would turn line breaks in it to
/// spaces, so they are written as references.
fn attribute(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(visible::shown).collect();
    escaped(&lines.join("\n")).replace('\n', "&#10;")
}

/// Escapes text for XML and takes out control characters, most of which XML cannot hold at all. A
/// carriage return goes too: a reader would turn it to a line feed.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_case_is_named_by_rule_line_and_column() {
        let text = fixture::with(render);
        assert!(text.contains(
            "<testcase classname=\"protocols/fjordhoej/protokol.toml\" \
             name=\"RP108 anden-ordlyd (3:35)\">"
        ));
    }

    #[test]
    fn a_suite_for_each_protocol_and_a_passing_case_where_nothing_is_found() {
        insta::assert_snapshot!(fixture::readable(render), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="rusprot" tests="7" failures="4" errors="0">
          <testsuite name="fjordhoej" tests="5" failures="4" errors="0" skipped="1">
            <testcase classname="protocols/fjordhoej/30 gæster.toml" name="RP008 usynlige-tegn (3:11)">
              <failure type="RP008" message="Teksten har et tegn, der ikke kan ses: &lt;U+200B&gt; (U+200B).">protocols/fjordhoej/30 gæster.toml:3:11: Teksten har et tegn, der ikke kan ses: &lt;U+200B&gt; (U+200B).</failure>
            </testcase>
            <testcase classname="protocols/fjordhoej/30 gæster.toml" name="RP010 dobbelt-id (4:12)">
              <failure type="RP010" message="To afsnit har det samme id.">protocols/fjordhoej/30 gæster.toml:4:12: To afsnit har det samme id.
        protocols/fjordhoej/protokol.toml:2:1: Her står det første.</failure>
            </testcase>
            <testcase classname="protocols/fjordhoej/protokol.toml" name="RP101 manglende-afsnit (1:1)">
              <failure type="RP101" message="Afsnittet »Medicin« mangler.">protocols/fjordhoej/protokol.toml:1:1: Afsnittet »Medicin« mangler.
        Hjælp: Skriv en fil med titlen »Medicin«, eller ret titlen på det afsnit, der svarer til kravet.</failure>
            </testcase>
            <testcase classname="protocols/fjordhoej/protokol.toml" name="RP108 anden-ordlyd (3:35)">
              <skipped message="Skriv &quot;fællesrummet&quot;, ikke &lt;køkkenet&gt;:&#10;sådan hedder det 100 % af stederne, også her."/>
              <system-out>protocols/fjordhoej/protokol.toml:3:35: Skriv &quot;fællesrummet&quot;, ikke &lt;køkkenet&gt;:
        sådan hedder det 100 % af stederne, også her.</system-out>
            </testcase>
            <testcase classname="protocols/fjordhoej/protokol.toml" name="RP009 ukendt-variabel (4:115)">
              <failure type="RP009" message="Variablen navn findes ikke.">protocols/fjordhoej/protokol.toml:4:115: Variablen navn findes ikke.</failure>
            </testcase>
          </testsuite>
          <testsuite name="solbakken" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="solbakken" name="ingen fejl"/>
          </testsuite>
          <testsuite name="fælles filer" tests="1" failures="0" errors="0" skipped="1">
            <testcase classname="templates/tom.toml" name="RP004 manglende-noegle (1:1)">
              <skipped message="Filen er tom."/>
              <system-out>templates/tom.toml:1:1: Filen er tom.</system-out>
            </testcase>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn no_two_cases_share_a_name() {
        let text = fixture::with(|report| {
            let findings = [report.findings[0].clone(), report.findings[0].clone()];
            render(&Report {
                findings: &findings,
                protocols: report.protocols,
            })
        });
        assert!(
            text.contains(" name=\"RP008 usynlige-tegn (3:11)\">"),
            "{text}"
        );
        assert!(
            text.contains(" name=\"RP008 usynlige-tegn (3:11) 2\">"),
            "{text}"
        );
    }

    #[test]
    fn what_gitlab_would_not_read_is_left_out_and_told() {
        let text = fixture::with(|report| {
            let findings = vec![report.findings[0].clone(); LIMIT.findings + 3];
            render(&Report {
                findings: &findings,
                protocols: &[],
            })
        });
        assert!(text.len() < 30_000_000);
        assert!(text.contains(&format!("tests=\"{}\"", LIMIT.findings + 1)));
        assert!(text.ends_with(
            "<skipped message=\"Der er 3 fejl mere, end der er plads til. Kør »rusprot check« for at se alle.\"/>\n    \
             </testcase>\n  </testsuite>\n</testsuites>\n"
        ));
    }

    #[test]
    fn what_a_build_server_would_obey_is_written_by_its_number() {
        assert_eq!(
            harmless("<a>##vso[x]\n ::error::y</a>".to_owned()),
            "<a>#&#35;vso[x]\n &#58;:error::y</a>"
        );
    }

    #[test]
    fn markup_is_escaped_and_control_characters_go() {
        assert_eq!(
            escaped("<a b='c'>&\"\u{1b}\u{0}\u{85}\u{ffff}\r\næ"),
            "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\næ"
        );
        assert_eq!(attribute("a\nb\tc\u{1b}"), "a&#10;b    c&lt;U+001B&gt;");
    }
}
