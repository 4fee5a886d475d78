//! Why a file cannot be imported, in words that say what to do.

use std::fmt;

/// Why a file cannot be imported. Nothing is written then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not what it seems to be, or half of it is missing.
    Broken,
    /// It needs a password.
    Encrypted,
    /// It is larger than any protocol, or would be when unpacked.
    TooLarge,
    /// It is of another kind, which Word or another program can save as one that is read.
    Other(&'static str),
    /// It is a text, but nobody knows in which encoding.
    Encoding,
    /// It holds no words.
    Empty,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str(
                "Filen kan ikke læses. Den er måske ødelagt, eller kun en del af den er hentet. \
                 Åbn den i det program, den er lavet i, og gem den igen som .docx.",
            ),
            Self::Encrypted => f.write_str(
                "Filen er låst med en adgangskode. Åbn den i Word, fjern koden under »Beskyt dokument«, og gem den.",
            ),
            Self::TooLarge => f.write_str(
                "Filen fylder mere, end en protokol kan, når den bliver pakket ud. Del den i mindre filer, \
                 eller fjern store billeder.",
            ),
            Self::Other(kind) => write!(
                f,
                "Filen er {kind}, og den slags kan ikke hentes. Åbn den, vælg »Gem som«, og gem den som .docx.",
            ),
            Self::Encoding => f.write_str(
                "Filens tegnsæt er ikke til at kende. Åbn den i Notesblok, vælg »Gem som«, og vælg UTF-8.",
            ),
            Self::Empty => f.write_str(
                "Der er ingen tekst i filen. Er den skannet, så er siderne billeder. Hent teksten fra den fil, \
                 den er lavet af.",
            ),
        }
    }
}

impl std::error::Error for Refusal {}
