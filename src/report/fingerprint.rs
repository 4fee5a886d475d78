//! What stays the same about a finding while the lines above it move.
//!
//! GitHub and GitLab tell old findings from new ones by this value, and two revisions of a
//! repository are compared by it. It is no secret and no proof of anything.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::diag::Finding;
use crate::text::{OneBased, SourceFile, hex};

/// The version of the recipe below, for formats that name it; another recipe gets another number.
pub(super) const VERSION: &str = "v1";

type Hash = [u8; 32];

/// One fingerprint for each finding, in their order: 64 lowercase hexadecimal digits, different for
/// each finding of the list.
///
/// It is made of code, path, protocol, message and the text of the source lines, white space
/// folded; findings equal in all of these are counted, so the second keeps a fingerprint of its own
/// as long as the first stands before it.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<Hash, u64> = HashMap::new();
    let mut lines = LineHashes::default();
    findings
        .iter()
        .map(|finding| {
            let base = base(finding, &mut lines);
            let count = seen.entry(base).or_default();
            let mut hash = Sha256::new();
            hash.update(base);
            hash.update(count.to_be_bytes());
            *count += 1;
            hex(&hash.finalize())
        })
        .collect()
}

/// The hash of what makes a finding, equal for equal ones.
fn base<'a>(finding: &'a Finding, lines: &mut LineHashes<'a>) -> Hash {
    let mut hash = Sha256::new();
    for field in [
        finding.code.number(),
        finding.place.file.path(),
        finding.protocol.as_deref().unwrap_or_default(),
        &finding.message,
    ] {
        // With its length in front no field can run into the next.
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    if is_about_the_file(finding) {
        return hash.finalize().into();
    }
    let range = finding.place.range();
    hash.update(lines.get(&finding.place.file, range.start.line, range.end.line));
    hash.finalize().into()
}

/// Whether a finding is about its file as a whole, such as what a protocol lacks: it points at nothing, or
/// at the whole of the first line, and what that line happens to be says nothing.
fn is_about_the_file(finding: &Finding) -> bool {
    let (file, span) = (&finding.place.file, finding.place.span);
    span.start == 0 && (span.is_empty() || span.len() == file.line(OneBased::FIRST).len())
}

/// The hash of the source lines asked for last. Findings come sorted, so the many that can stand on
/// one long line ask for the same ones in a row.
#[derive(Default)]
struct LineHashes<'a> {
    last: Option<(&'a Arc<SourceFile>, OneBased, OneBased, Hash)>,
}

impl<'a> LineHashes<'a> {
    /// The hash of the lines from `first` to `last`, with white space folded.
    fn get(&mut self, file: &'a Arc<SourceFile>, first: OneBased, last: OneBased) -> Hash {
        if let Some((of, from, to, hash)) = self.last
            && Arc::ptr_eq(of, file)
            && (from, to) == (first, last)
        {
            return hash;
        }
        let mut hash = Sha256::new();
        for index in first.zero_based()..=last.zero_based() {
            for word in file
                .line(OneBased::from_zero_based(index))
                .split_whitespace()
            {
                hash.update(word);
                hash.update(" ");
            }
        }
        let hash = hash.finalize().into();
        self.last = Some((file, first, last, hash));
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::report::fixture;
    use crate::text::{Place, Span};

    /// The fingerprints of findings at every `øl` of a text.
    fn at_each_beer(text: &str) -> Vec<String> {
        let file = Arc::new(SourceFile::new("a.toml", text));
        let findings: Vec<_> = text
            .match_indices("øl")
            .map(|(start, word)| {
                let place = Place::new(&file, Span::from(start..start + word.len()));
                Finding::new(Code::AndenOrdlyd, place, "Skriv alkohol.")
            })
            .collect();
        fingerprints(&findings)
    }

    #[test]
    fn a_finding_about_the_file_as_a_whole_keeps_its_own_whatever_the_first_line_is() {
        let of = |text: &str| {
            let file = Arc::new(SourceFile::new("protokol.toml", text));
            let first_line = 0..text.lines().next().unwrap_or_default().len();
            let place = Place::new(&file, first_line.into());
            let finding = Finding::new(Code::ManglendeAfsnit, place, "Mangler.");
            fingerprints(&[finding])
        };
        assert_eq!(of("titel = 'a'\n"), of("# En kommentar\ntitel = 'a'\n"));
    }

    #[test]
    fn lines_above_and_white_space_change_nothing() {
        let before = at_each_beer("a = 1\ntekst = \"øl\"\n");
        let after = at_each_beer("# ny\r\n\r\na = 1\r\n  tekst  = \"øl\"\r\n");
        assert_eq!(before, after);
    }

    #[test]
    fn another_text_on_the_line_changes_it() {
        assert_ne!(
            at_each_beer("tekst = \"øl\""),
            at_each_beer("tekst = \"øl!\"")
        );
    }

    #[test]
    fn equal_findings_are_told_apart_and_the_first_keeps_its_own() {
        let one = at_each_beer("øl\n");
        let three = at_each_beer("øl\nøl\nøl\n");
        assert_eq!(one[0], three[0]);
        assert_ne!(three[0], three[1]);
        assert_ne!(three[1], three[2]);
    }

    #[test]
    fn each_is_64_hexadecimal_digits_and_stands_for_one_finding() {
        let mut all = fixture::with(|report| fingerprints(report.findings));
        assert_eq!(all.len(), 6);
        assert!(all.iter().all(|one| one.len() == 64));
        assert!(
            all.iter()
                .all(|one| one.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')))
        );
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 6);
    }
}
