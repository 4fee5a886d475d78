//! Names as ids and as names of files.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A heading as an id: small ASCII letters, digits and single hyphens; æ, ø and å as ae, oe and aa.
pub fn slug(heading: &str) -> String {
    // Nearly every heading is in NFC, and telling so is quicker than making it.
    let mut slug = String::with_capacity(heading.len());
    if is_nfc_quick(heading.chars()) == IsNormalized::Yes {
        add(heading.chars(), &mut slug);
    } else {
        add(heading.nfc(), &mut slug);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("afsnit");
    }
    slug
}

fn add(letters: impl Iterator<Item = char>, slug: &mut String) {
    for c in letters.flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => slug.push_str("ae"),
            'ø' | 'ö' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            'é' | 'è' => slug.push('e'),
            'ü' => slug.push('u'),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(
            slug("Gæster/udefrakommende på matriklen?"),
            "gaester-udefrakommende-paa-matriklen"
        );
        assert_eq!(slug("…"), "afsnit");
        // Composed or not, a letter is the same.
        assert_eq!(slug("A\u{30A}rshjul"), slug("Årshjul"));
    }
}
