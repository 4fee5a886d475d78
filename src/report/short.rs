//! One line a finding, `path:line:column: level[code]: message`, for editors, `grep` and screen
//! readers. Help and related places are left to the other formats.

use std::fmt::Write;

use super::{Report, visible};

/// Renders the findings, a line each.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let start = finding.place.file.position(finding.place.span.start());
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            visible::shown(finding.place.file.path()),
            start.line.get(),
            start.column.get(),
            finding.level.danish(),
            finding.code.number(),
            visible::one_line(&finding.message),
        )
        .expect("writing to a String cannot fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_line_begins_with_path_line_and_column() {
        let text = fixture::with(render);
        let first = text.lines().next();
        assert!(first.is_some_and(|line| {
            line.starts_with("protocols/fjordhoej/30 gæster.toml:3:11: fejl[RP008]: ")
        }));
    }

    #[test]
    fn a_finding_is_one_line_whatever_its_message_holds() {
        insta::assert_snapshot!(fixture::with(render), @r#"
        protocols/fjordhoej/30 gæster.toml:3:11: fejl[RP008]: Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).
        protocols/fjordhoej/30 gæster.toml:4:12: fejl[RP010]: To afsnit har det samme id.
        protocols/fjordhoej/protokol.toml:1:1: fejl[RP101]: Afsnittet »Medicin« mangler.
        protocols/fjordhoej/protokol.toml:3:35: advarsel[RP108]: Skriv "fællesrummet", ikke <køkkenet>: sådan hedder det 100 % af stederne, også her.
        protocols/fjordhoej/protokol.toml:4:115: fejl[RP009]: Variablen navn findes ikke.
        templates/tom.toml:1:1: advarsel[RP004]: Filen er tom.
        "#);
    }
}
