//! RP002 `ukendt-noegle`: a key that has no meaning where it stands, with the nearest one that has.

use super::homes;
use crate::diag::{Code, Finding, Subject};
use crate::text::Place;

/// `known` are the keys of the table, and `has` says which of them stand in it.
pub(super) fn finding(
    place: Place,
    key: &str,
    table: &str,
    known: &[&str],
    has: &dyn Fn(&str) -> bool,
) -> Finding {
    let message = format!("Nøglen »{key}« kan ikke stå i {table}.");
    let near = meant(key, known);
    let other = homes::other_name(key, known).is_some();
    let help = homes::help(key, &place.file, place.span.start()).filter(|_| !other);
    let is_header = place.file.text()[..place.span.start()].ends_with('[');
    let help = match (help, near) {
        (Some(help), _) => help,
        (None, Some(near)) if has(near) && !is_header => {
            format!("Mente du »{near}«? Den står her i forvejen. Slet den ene af dem.")
        }
        (None, Some(near)) => format!("Mente du »{near}«? Skriv {near} i stedet for {key}."),
        (None, None) => format!(
            "Slet den, eller vælg en af dem, der kan stå her: {}.",
            known.join(", ")
        ),
    };
    Finding::new(Code::UkendtNoegle, place, message)
        .about(Subject::Key(key.to_owned()))
        .with_help(help)
}

/// The key of the table that is meant by another one.
pub(super) fn meant<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    homes::other_name(key, known).or_else(|| nearest(key, known))
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
        // Of two that are as near, the one that is named first is used most.
        .rev()
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
