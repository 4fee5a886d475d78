//! The language of a text that is not Danish (`sprog`): a code such as `ar`, as the web and print know it.
//!
//! What the words mean is not looked at. A language says how it is read aloud, which way it is written, and that
//! rules about Danish words have nothing to say of it.

use serde_json::{Value, json};

use super::kind::Told;
use super::shape::{Keys, Shape};
use super::takes::{Holds, Takes};
use super::texts::Visit;
use crate::text::{Direction, Span};

/// A language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code (BCP 47), such as `ar` or `fa-AF`.
    pub code: String,
}

/// The languages spoken most in Danish care, by what people call them, with their codes.
const NAMES: [(&str, &str); 38] = [
    ("albansk", "sq"),
    ("amharisk", "am"),
    ("arabisk", "ar"),
    ("bosnisk", "bs"),
    ("bulgarsk", "bg"),
    ("dansk", "da"),
    ("dari", "fa-AF"),
    ("engelsk", "en"),
    ("farsi", "fa"),
    ("filippinsk", "fil"),
    ("finsk", "fi"),
    ("fransk", "fr"),
    ("færøsk", "fo"),
    ("grønlandsk", "kl"),
    ("hebraisk", "he"),
    ("islandsk", "is"),
    ("italiensk", "it"),
    ("kinesisk", "zh"),
    ("kroatisk", "hr"),
    ("kurdisk", "ku"),
    ("litauisk", "lt"),
    ("norsk", "nb"),
    ("pashto", "ps"),
    ("persisk", "fa"),
    ("polsk", "pl"),
    ("rumænsk", "ro"),
    ("russisk", "ru"),
    ("serbisk", "sr"),
    ("somali", "so"),
    ("spansk", "es"),
    ("svensk", "sv"),
    ("tamil", "ta"),
    ("tigrinya", "ti"),
    ("tyrkisk", "tr"),
    ("tysk", "de"),
    ("ukrainsk", "uk"),
    ("urdu", "ur"),
    ("vietnamesisk", "vi"),
];

/// Languages that are written from right to left, where no script says otherwise.
const LEFTWARD: [&str; 14] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "prs", "ps", "sd", "syr", "ug", "ur",
];

/// Scripts that are, whatever the language.
const LEFTWARD_SCRIPTS: [&str; 6] = ["Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"];

impl Language {
    /// The way it is written.
    pub fn direction(&self) -> Direction {
        let mut parts = self.code.split('-');
        let name = parts.next().unwrap_or_default();
        let script = parts.find(|part| part.len() == 4);
        let is_leftward = match script {
            Some(script) => LEFTWARD_SCRIPTS.contains(&script),
            None => LEFTWARD.contains(&name),
        };
        match is_leftward {
            true => Direction::Leftward,
            false => Direction::Rightward,
        }
    }

    /// Whether it is Danish, which everything is that says nothing else.
    pub fn is_danish(&self) -> bool {
        self.code == "da" || self.code.starts_with("da-")
    }

    /// The code in its usual letters; `None` where it is none.
    fn of(code: &str) -> Option<Self> {
        let mut parts = code.split('-');
        let name = parts.next()?.to_ascii_lowercase();
        if !(2..=3).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut usual = name;
        for part in parts {
            let is_letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            usual.push('-');
            match part.len() {
                2 if is_letters => usual.push_str(&part.to_ascii_uppercase()),
                4 if is_letters => {
                    usual.push_str(&part[..1].to_ascii_uppercase());
                    usual.push_str(&part[1..].to_ascii_lowercase());
                }
                3 if part.bytes().all(|byte| byte.is_ascii_digit()) => usual.push_str(part),
                _ => return None,
            }
        }
        Some(Self { code: usual })
    }
}

/// A key that takes a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tongue;

impl Told for Tongue {
    fn noun(&self) -> String {
        "en sprogkode, for eksempel `\"ar\"`".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-([A-Za-z]{2}|[A-Za-z]{4}|[0-9]{3}))*$" })
    }
}

impl Takes for Tongue {
    type Value = Option<Language>;
    const HOLDS: Holds = Holds::Manner;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let Some(line) = shape.line(keys, key) else {
            return Some(None);
        };
        let language = Language::of(&line.text);
        if language.is_none() {
            wrong(shape, line.span, &line.text);
        }
        Some(language)
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// Says that a language has no such code, and which is meant where it is called by its name.
fn wrong(shape: &mut Shape<'_>, span: Span, text: &str) {
    let name = text.to_lowercase();
    let known = NAMES.iter().find(|(known, _)| *known == name);
    let help = match known {
        Some((_, code)) => format!("Skriv koden: sprog = \"{code}\""),
        None => "Skriv sprogets kode på to eller tre bogstaver: ar (arabisk), fa (persisk), so (somali), ti \
                 (tigrinya), tr (tyrkisk), pl (polsk), uk (ukrainsk), vi (vietnamesisk), ta (tamil), en \
                 (engelsk)."
            .to_owned(),
    };
    shape.wrong_type(span, format!("»{text}« er ikke koden for et sprog."), help);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Option<(String, Direction)> {
        Language::of(code).map(|language| (language.code.clone(), language.direction()))
    }

    #[test]
    fn a_code_is_written_in_its_usual_letters_and_says_the_direction() {
        let some = |code: &str, direction| Some((code.to_owned(), direction));
        assert_eq!(of("ar"), some("ar", Direction::Leftward));
        assert_eq!(of("FA-af"), some("fa-AF", Direction::Leftward));
        assert_eq!(of("ku"), some("ku", Direction::Rightward));
        assert_eq!(of("ku-arab"), some("ku-Arab", Direction::Leftward));
        assert_eq!(of("az-Latn-AZ"), some("az-Latn-AZ", Direction::Rightward));
        assert_eq!(of("es-419"), some("es-419", Direction::Rightward));
        for none in [
            "",
            "a",
            "arab",
            "arabisk",
            "ar-",
            "ar_EG",
            "a1",
            "å",
            "ar\" onload",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn every_name_has_a_code_and_stands_in_order() {
        assert!(NAMES.is_sorted());
        for (name, code) in NAMES {
            assert!(
                Language::of(code).is_some_and(|language| language.code == code),
                "{name}"
            );
        }
    }
}
