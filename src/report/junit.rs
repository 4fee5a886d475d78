//! JUnit XML: a suite for each protocol, a case for each finding.
//!
//! An error is a failed case. A warning is a skipped one: readers show it, and like the exit status
//! they do not count it as a failure. There are no times in it, since output may not depend on them.

use std::fmt::{Arguments, Write};

use super::{Counts, Report};
use crate::diag::{Finding, Level};

/// Renders the report as one `testsuites` element.
pub(super) fn render(report: &Report<'_>) -> String {
    let suites = report.by_protocol();
    let cases: usize = suites
        .iter()
        .map(|(_, findings)| case_count(findings))
        .sum();
    let mut xml = Xml(r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned());
    xml.line(format_args!(
        "\n<testsuites name=\"rusprot\" tests=\"{cases}\" failures=\"{}\" errors=\"0\">",
        report.summary().found.errors
    ));
    for (slug, findings) in &suites {
        suite(&mut xml, slug.unwrap_or("fælles filer"), findings);
    }
    xml.line(format_args!("</testsuites>"));
    xml.0
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
    for finding in findings {
        case(xml, finding);
    }
    xml.line(format_args!("  </testsuite>"));
}

fn case(xml: &mut Xml, finding: &Finding) {
    let start = finding.place.file.position(finding.place.span.start());
    let place = format!("{}:{}", start.line.get(), start.column.get());
    xml.line(format_args!(
        "    <testcase classname=\"{}\" name=\"{} {} ({place})\">",
        attribute(finding.place.file.path()),
        finding.code.number(),
        finding.code.name(),
    ));
    let message = attribute(&finding.message);
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
    let mut text = format!("{}:{place}: {}", finding.place.file.path(), finding.message);
    if let Some(help) = &finding.help {
        text += "\nHjælp: ";
        text += help;
    }
    for related in &finding.related {
        let start = related.place.file.position(related.place.span.start());
        text += &format!(
            "\n{}:{}:{}: {}",
            related.place.file.path(),
            start.line.get(),
            start.column.get(),
            related.message
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

/// Escapes the text of an attribute. A reader would turn line breaks and tabs in it to spaces, so
/// they are written as references.
fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
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
              <failure type="RP008" message="Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).">protocols/fjordhoej/30 gæster.toml:3:11: Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).</failure>
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
    fn markup_is_escaped_and_control_characters_go() {
        assert_eq!(
            escaped("<a b='c'>&\"\u{1b}\u{0}\u{85}\u{ffff}\r\næ"),
            "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\næ"
        );
        assert_eq!(attribute("a\nb\tc"), "a&#10;b&#9;c");
    }
}
