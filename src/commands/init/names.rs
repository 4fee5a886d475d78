//! Names people give: what can be one, and the folder it becomes.

use unicode_normalization::UnicodeNormalization;

use crate::check::masked;
use crate::model::slug;

/// No folder's name is longer, so that paths stay short enough for every system.
const LONGEST_FOLDER: usize = 50;

/// Names that Windows keeps for itself.
const TAKEN: [&str; 9] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2",
];

/// A name on one line in NFC, as it is written into a file.
///
/// # Errors
/// Says in Danish why a text can be no name: it is empty, has signs nobody sees, looks like a variable, or holds
/// a personal number.
pub fn name(text: &str) -> Result<String, &'static str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name: String = words.join(" ").nfc().collect();
    if !name.chars().any(char::is_alphanumeric) {
        return Err("et navn skal have mindst ét bogstav");
    }
    if name.chars().any(is_unseen) {
        return Err("navnet har et tegn, der ikke kan ses; skriv det om med tastaturet");
    }
    if name.contains("{{") {
        return Err("et navn kan ikke have {{ i sig");
    }
    if masked(&name).as_ref() != name {
        return Err("navnet ligner et personnummer, og det må ikke stå i filerne");
    }
    Ok(name)
}

/// Control characters, and those that only steer the direction or the joining of others.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The folder of an institution: its name in small letters, `Bostedet Lindehøj` as `bostedet-lindehoej`.
pub fn folder(name: &str) -> String {
    let mut folder = slug(name);
    if let Some((end, _)) = folder.char_indices().nth(LONGEST_FOLDER) {
        let kept = folder[..end].rsplit_once('-');
        let end = kept.map_or(end, |(kept, _)| kept.len());
        folder.truncate(end);
    }
    if TAKEN.contains(&folder.as_str()) {
        folder.insert_str(0, "botilbud-");
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_the_name_in_small_letters_without_signs() {
        for (name, expected) in [
            ("Bostedet Lindehøj", "bostedet-lindehoej"),
            ("Åhuset / Ærø", "aahuset-aeroe"),
            ("A\u{30A}huset", "aahuset"),
            ("Con", "botilbud-con"),
            (
                "Et bosted med et navn der er alt for langt til en mappe på en pc",
                "et-bosted-med-et-navn-der-er-alt-for-langt-til-en",
            ),
        ] {
            assert_eq!(folder(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_one_line_with_signs_that_are_seen() {
        assert_eq!(
            name("  Bostedet\n Bla\u{30A}høj "),
            Ok("Bostedet Blåhøj".to_owned())
        );
        for wrong in ["", " ", "…", "Bo\u{200B}sted", "Bo\u{7}", "{{ navn }}"] {
            assert!(name(wrong).is_err(), "{wrong:?}");
        }
    }
}
