//! Causes before consequences: what only follows from a slip that is told already is not told as well.
//!
//! A key with a slip in its name is not read, so its text seems to be missing; a date that is not read seems never
//! to have been. Whoever mends the slip is rid of both, and whoever begins with the other makes a second fault.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile};

/// Leaves out the findings of one protocol that follow from others.
pub fn leave_out_consequences(findings: &mut Vec<Finding>) {
    let mut unread = BTreeSet::new();
    let mut undated = BTreeSet::new();
    let mut headers: BTreeMap<String, Headers> = BTreeMap::new();
    for finding in findings.iter() {
        let path = finding.place.file.path();
        if is_unread(finding.code) && !unread.contains(path) {
            unread.insert(path.to_owned());
        }
        if (is_unread(finding.code) || finding.code == Code::UkendtKrav) && !undated.contains(path)
        {
            let file = &finding.place.file;
            let of_file = headers.entry(path.to_owned());
            let of_file = of_file.or_insert_with(|| Headers::of(file));
            if of_file.are_about_dates(&finding.place) {
                undated.insert(path.to_owned());
            }
        }
    }
    let pasted = Places::of(findings, |code| {
        matches!(
            code,
            Code::WordListe | Code::WordTabel | Code::Linjeskift | Code::OverskriftITekst
        )
    });
    let garbled = Places::of(findings, |code| code == Code::ForvanskedeBogstaver);
    let left_over = Places::of(findings, |code| code == Code::RedaktionelRest);
    findings.retain(|finding| {
        let path = finding.place.file.path();
        match finding.code {
            Code::TomtAfsnit | Code::UdaekketPunkt | Code::ManglendeUnderafsnit => {
                !unread.contains(path)
            }
            Code::UdenVersion => {
                !unread.contains(path) && !finding.place.file.text().trim().is_empty()
            }
            // What is a list, a table or an address needs no full stop.
            Code::Tegnsaetning => !pasted.have(&finding.place),
            // What a wrong alphabet made of letters is no abbreviation, and no word to explain.
            Code::Forkortelse => !garbled.have(&finding.place),
            // The number of a page itself leads nowhere.
            Code::Sidehenvisning => !left_over.have(&finding.place),
            // No dates are missing in a file that is missing itself, and told of.
            Code::FristNaer | Code::FristOverskredet => {
                !undated.contains(path) && !finding.place.file.text().trim().is_empty()
            }
            _ => true,
        }
    });
}

/// The places of some findings, for looking whether another lies within one of them: a protocol may have thousands.
struct Places {
    /// By the file's path, in order: where each begins, and where the last of it and those before it ends.
    by_path: BTreeMap<String, Vec<(u32, u32)>>,
}

impl Places {
    fn of(findings: &[Finding], wanted: impl Fn(Code) -> bool) -> Self {
        let mut by_path: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| wanted(finding.code)) {
            let Place { file, span } = &finding.place;
            let of_file = by_path.entry(file.path().to_owned()).or_default();
            of_file.push((span.start, span.end));
        }
        for spans in by_path.values_mut() {
            spans.sort_unstable();
            let mut last = 0;
            for (_, end) in spans {
                last = last.max(*end);
                *end = last;
            }
        }
        Self { by_path }
    }

    /// Whether a place lies within one of them.
    fn have(&self, place: &Place) -> bool {
        let spans = self
            .by_path
            .get(place.file.path())
            .map_or(&[][..], |spans| spans);
        let before = spans.partition_point(|(start, _)| *start <= place.span.start);
        before > 0 && place.span.end <= spans[before - 1].1
    }
}

/// The headers of a file, in order: where each begins, and whether dates that duties are counted from stand below it.
struct Headers(Vec<(usize, bool)>);

impl Headers {
    fn of(file: &SourceFile) -> Self {
        let mut headers = Vec::new();
        let mut at = 0;
        for line in file.text().split_inclusive('\n') {
            if line.trim_start().starts_with('[') {
                headers.push((at, line.contains("ndelse")));
            }
            at += line.len();
        }
        Self(headers)
    }

    /// Whether a place is among the dates that duties are counted from.
    fn are_about_dates(&self, place: &Place) -> bool {
        let text = place.file.text();
        let at = text.floor_char_boundary(place.span.start());
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if text[line..]
            .trim_start_matches([' ', '\t'])
            .starts_with(['g', 'G'])
        {
            // `gaelder_fra`, however it is spelled.
            return true;
        }
        let before = self.0.partition_point(|(start, _)| *start <= line);
        before > 0 && self.0[before - 1].1
    }
}

/// Whether something in the file is not read for it.
fn is_unread(code: Code) -> bool {
    matches!(
        code,
        Code::TomlSyntaks | Code::UkendtNoegle | Code::ForkertType | Code::ManglendeNoegle
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::Span;

    const TEXT: &str =
        "version = \"1\"\n gaelder_fra = x\n\n[[godkendelse]]\ndato = x\n[institution]\nnavn = x\n";

    fn place(span: std::ops::Range<usize>) -> Place {
        Place::new(
            &Arc::new(SourceFile::new("protokol.toml", TEXT)),
            Span::from(span),
        )
    }

    #[test]
    fn dates_stand_below_their_headers_on_them_and_under_a_key_of_their_own() {
        let headers = Headers::of(&SourceFile::new("protokol.toml", TEXT));
        let about = |written: &str| {
            let at = TEXT.find(written).expect("it is there");
            headers.are_about_dates(&place(at..at + 1))
        };
        for written in ["gaelder", "x\n\n", "[[godk", "kendelse]]", "dato"] {
            assert!(about(written), "{written}");
        }
        for written in ["version", "[institution", "navn"] {
            assert!(!about(written), "{written}");
        }
        assert!(!headers.are_about_dates(&place(TEXT.len()..TEXT.len())));
    }

    #[test]
    fn a_place_lies_within_another_also_where_those_lie_within_each_other() {
        let spans = [10..50, 12..20, 30..40, 60..70];
        let findings = spans
            .clone()
            .map(|span| Finding::new(Code::WordListe, place(span), "x"));
        let places = Places::of(&findings, |code| code == Code::WordListe);
        for start in 0..75 {
            for end in start..75 {
                let within = spans
                    .iter()
                    .any(|span| span.start <= start && end <= span.end);
                assert_eq!(places.have(&place(start..end)), within, "{start} {end}");
            }
        }
        assert!(!Places::of(&findings, |_| false).have(&place(12..13)));
    }
}
