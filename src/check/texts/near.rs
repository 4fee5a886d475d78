//! The heading that somebody may have meant. Ids and other names are compared by `model::nearest`.

use crate::model::fold_heading;

/// Headings less alike than this are no suggestion. Chosen on a real protocol, where headings with a few
/// words added or left out are near and those about another matter are not.
pub const NEAR: f64 = 0.6;

/// The same where a heading is sought among the few that nobody asked for, under one offer: "Lovgivning" for
/// "Lovgrundlag" has 0.32.
const NEAR_AMONG_FEW: f64 = 0.3;

/// From 0 to 1: the share of letter pairs two folded headings have in common. Unlike an edit distance it
/// is kind to words that were added, moved or left out.
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::sorensen_dice(a, b)
}

/// Of some things with headings, the one whose heading is most like one of the wanted wordings.
pub fn heading<'w, T>(
    wanted: impl Iterator<Item = &'w str>,
    candidates: impl Iterator<Item = (T, &'w str)>,
) -> Option<T> {
    nearest(wanted, candidates, NEAR)
}

/// The same among a few headings that have no place in the skabelon: it takes less to be meant.
pub fn heading_among_few<'w, T>(
    wanted: impl Iterator<Item = &'w str>,
    candidates: impl Iterator<Item = (T, &'w str)>,
) -> Option<T> {
    nearest(wanted, candidates, NEAR_AMONG_FEW)
}

fn nearest<'w, T>(
    wanted: impl Iterator<Item = &'w str>,
    candidates: impl Iterator<Item = (T, &'w str)>,
    least: f64,
) -> Option<T> {
    let wanted: Vec<String> = wanted.map(fold_heading).collect();
    candidates
        .filter_map(|(candidate, heading)| {
            let heading = fold_heading(heading);
            let alike = wanted
                .iter()
                .map(|wording| likeness(&heading, wording))
                .fold(0.0, f64::max);
            (alike >= least).then_some((alike, candidate))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_a_word_added_is_near_and_one_about_another_matter_is_not() {
        let near = |candidate| heading(["Varighed"].into_iter(), [((), candidate)].into_iter());
        assert_eq!(near("Tilbuddets varighed"), None);
        assert_eq!(near("Varigheden:"), Some(()));
        assert_eq!(near("Målgruppe"), None);
    }

    #[test]
    fn among_few_headings_the_same_beginning_is_enough() {
        let near =
            |wanted| heading_among_few([wanted].into_iter(), [((), "Lovgivning")].into_iter());
        assert_eq!(near("Lovgrundlag"), Some(()));
        assert_eq!(near("Varighed"), None);
    }
}
