//! Names as ids and as names of files.

use unicode_normalization::UnicodeNormalization;

/// A heading as an id: small ASCII letters, digits and single hyphens; æ, ø and å as ae, oe and aa.
pub fn slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.nfc().flat_map(char::to_lowercase) {
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
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("afsnit");
    }
    slug
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
    }
}
