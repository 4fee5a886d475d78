//! RP002 `ukendt-noegle`: a key that has no meaning where it stands, with the nearest one that has.

use crate::diag::{Code, Finding, Subject};
use crate::text::Place;

pub(super) fn finding(place: Place, key: &str, kind: &str, keys: &[&str]) -> Finding {
    let finding = Finding::new(
        Code::UkendtNoegle,
        place,
        format!("Nøglen »{key}« kan ikke stå i {kind}."),
    )
    .about(Subject::Key(key.to_owned()));
    match nearest(key, keys) {
        Some(near) => finding.with_help(format!("Mente du »{near}«?")),
        None => finding.with_help(format!(
            "Her kan stå: {}. Hører nøglen til filens øverste del, så flyt den op over den første linje \
             med kantede parenteser.",
            keys.join(", ")
        )),
    }
}

/// The name most like `name`, if one is like it at all.
pub fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let name = name.to_lowercase();
    names
        .iter()
        .map(|&candidate| {
            (
                strsim::jaro_winkler(&name, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_finds_its_key() {
        let keys = ["overskrift", "opfylder", "tekst"];
        assert_eq!(nearest("overskirft", &keys), Some("overskrift"));
        assert_eq!(nearest("Tekst", &keys), Some("tekst"));
        assert_eq!(nearest("farve", &keys), None);
    }
}
