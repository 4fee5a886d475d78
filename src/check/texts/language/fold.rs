//! Words made comparable in a buffer that is used again, since this is done for every word.

/// Puts a word's letters into `folded` in lower case, soft hyphens dropped.
///
/// The same as `model::fold` for a single word, without its allocations.
pub fn fold_word(word: &str, folded: &mut String) {
    folded.clear();
    for c in word.chars() {
        match c {
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            'a'..='z' | 'æ' | 'ø' | 'å' | '0'..='9' | '-' => folded.push(c),
            'Æ' => folded.push('æ'),
            'Ø' => folded.push('ø'),
            'Å' => folded.push('å'),
            '\u{AD}' => {}
            '’' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            c => folded.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_folded_as_headings_and_ids_are() {
        let mut folded = String::new();
        for word in [
            "Pårørende",
            "MI-MEDARBEJDERNE",
            "Kærvang’s",
            "ÆØÅÉ",
            "sam\u{AD}tale",
        ] {
            fold_word(word, &mut folded);
            assert_eq!(folded, crate::model::fold(word), "{word}");
        }
    }
}
