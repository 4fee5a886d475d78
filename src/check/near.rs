//! The heading that somebody may have meant. Ids and other names are compared by `model::nearest`.

use crate::model::fold_heading;

/// Headings less alike than this are no suggestion. Chosen on a real protocol, where headings with a few
/// words added or left out are near and those about another matter are not.
const NEAR: f64 = 0.6;

/// From 0 to 1: the share of letter pairs two folded headings have in common. Unlike an edit distance it
/// is kind to words that were added, moved or left out.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::sorensen_dice(a, b)
}

/// Of some things with headings, the one whose heading is most like one of the wanted wordings.
pub fn heading<'w, T>(
    wanted: impl Iterator<Item = &'w str>,
    candidates: impl Iterator<Item = (T, &'w str)>,
) -> Option<T> {
    let wanted: Vec<String> = wanted.map(fold_heading).collect();
    candidates
        .filter_map(|(candidate, heading)| {
            let heading = fold_heading(heading);
            let alike = wanted
                .iter()
                .map(|wording| likeness(&heading, wording))
                .fold(0.0, f64::max);
            (alike >= NEAR).then_some((alike, candidate))
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
}
