//! What a receiver takes of a report: so many findings, so many bytes, texts of such a length.
//!
//! Errors are kept before warnings. What is left out is counted, and each format says so in its own way.

use super::Counts;
use crate::diag::{Finding, Level};
use crate::text::visible;

/// The most letters of one text that another program is given. No receiver tells of a limit for it, but all have
/// one on the whole, which a title of a megabyte would use up for all the others.
const LONGEST: usize = 4_000;

/// How much a receiver takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// Findings.
    pub findings: usize,
    /// Bytes of the whole.
    pub bytes: usize,
}

/// The findings that are kept, by their index and in their order, and how many are not. `fixed` is what the
/// format writes around the texts of a finding or of a related place, in bytes.
pub(super) fn kept(findings: &[Finding], limit: Limit, fixed: usize) -> (Vec<usize>, Counts) {
    let mut kept = Vec::with_capacity(findings.len().min(limit.findings));
    let mut left_out = Counts::default();
    let mut bytes = 0;
    for level in [Level::Error, Level::Warning] {
        for (index, finding) in findings.iter().enumerate() {
            if finding.level != level {
                continue;
            }
            bytes += size(finding, fixed);
            if kept.len() < limit.findings && bytes <= limit.bytes {
                kept.push(index);
            } else {
                left_out = left_out.plus(Counts::of([finding]));
            }
        }
    }
    kept.sort_unstable();
    (kept, left_out)
}

/// About how many bytes a finding takes: its texts, which may stand there twice and have their line ends and
/// quotation marks written in two letters.
fn size(finding: &Finding, fixed: usize) -> usize {
    let text = |text: &str| 2 * text.len().min(4 * LONGEST);
    let related = finding.related.iter();
    let related =
        related.map(|related| fixed + text(&related.message) + text(related.place.file.path()));
    let help = finding.help.as_deref().map_or(0, text);
    fixed + text(&finding.message) + help + text(finding.place.file.path()) + related.sum::<usize>()
}

/// What is said of findings that were left out.
pub(super) fn sentence(left_out: Counts) -> String {
    format!(
        "Der er {} mere, end der er plads til. Kør »rusprot check« for at se alle.",
        left_out.phrase()
    )
}

/// A text as another program is given it to show: its lines as they are, what would steer the reader spelled out,
/// and no longer than a receiver takes.
pub(super) fn told(text: &str) -> String {
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    let lines: Vec<String> = text[..end.unwrap_or(text.len())]
        .split('\n')
        .map(visible::shown)
        .collect();
    let mut told = lines.join("\n");
    if end.is_some() {
        told.push('…');
    }
    told
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Code;
    use crate::text::{Place, SourceFile};

    fn findings(count: usize, message: &str) -> Vec<Finding> {
        let file = Arc::new(SourceFile::new("a.toml", "a\n"));
        let codes = [Code::Lix, Code::ForkertType].into_iter().cycle();
        let findings = codes.map(|code| Finding::new(code, Place::top(&file), message));
        findings.take(count).collect()
    }

    #[test]
    fn errors_are_kept_first_and_the_order_stays() {
        let limit = Limit {
            findings: 3,
            bytes: 1_000_000,
        };
        let (indices, left_out) = kept(&findings(5, "x"), limit, 10);
        assert_eq!(indices, [0, 1, 3]);
        assert_eq!(left_out.phrase(), "2 advarsler");
    }

    #[test]
    fn so_many_bytes_are_kept_and_no_more() {
        let limit = Limit {
            findings: 100,
            bytes: 1_000,
        };
        let (indices, left_out) = kept(&findings(10, &"x".repeat(100)), limit, 88);
        assert_eq!(indices.len(), 3);
        assert_eq!(left_out.phrase(), "2 fejl og 5 advarsler");
    }

    #[test]
    fn a_text_keeps_its_lines_and_is_cut_where_it_has_no_end() {
        assert_eq!(told("a\nb\u{202e}\t##[x]"), "a\nb<U+202E>    #<U+0023>[x]");
        let long = told(&"æ".repeat(LONGEST + 1));
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(long.ends_with("æ…"));
        assert_eq!(told(&"æ".repeat(LONGEST)), "æ".repeat(LONGEST));
    }
}
