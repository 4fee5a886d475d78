//! Words put together for people: lists in a sentence, and how one begins.

/// "omdøbt, flyttet og ændret": words with commas between them, and `and` before the last.
pub fn listed<W: AsRef<str>>(words: &[W], and: &str) -> String {
    let mut listed = String::new();
    for (at, word) in words.iter().enumerate() {
        let is_last = at + 1 == words.len();
        match at {
            0 => {}
            _ if is_last => listed.push_str(&format!(" {and} ")),
            _ => listed.push_str(", "),
        }
        listed.push_str(word.as_ref());
    }
    listed
}

/// A text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        let none: [&str; 0] = [];
        assert_eq!(listed(&none, "og"), "");
        assert_eq!(listed(&["te"], "og"), "te");
        assert_eq!(listed(&["te", "kaffe"], "eller"), "te eller kaffe");
        assert_eq!(listed(&["te", "saft", "vand"], "og"), "te, saft og vand");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_of_every_alphabet() {
        assert_eq!(capital("ændret"), "Ændret");
        assert_eq!(capital(""), "");
    }
}
