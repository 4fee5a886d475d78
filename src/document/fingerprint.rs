//! The fingerprint of a document: whether what was approved is what stands there.
//!
//! It is made of what people read (`units`), of what the skabelon asked for and of the pictures, not of the
//! files: formatting, comments, notes, names of files and line ends do not count, nor do the edition, the
//! approvals and the year wheel, which change when a protocol is approved or a duty is met.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::canonical::{canonical, is_plain};
use super::units::{WORD_LIST, units};
use super::{Block, Content, Document, Inline, Part};
use crate::model::{Demand, Requirement, Skabelon};
use crate::text::hex;

/// The word list as it is counted: by the numbers of its letters, as it was printed when the first approvals were given.
/// It is printed in the order of the Danish alphabet, which changes nothing of what it says.
fn as_counted(word_list: &Part) -> Part {
    let mut part = word_list.clone();
    for content in &mut part.content {
        let Content::Text { blocks } = content else {
            continue;
        };
        for block in blocks {
            if let Block::Definitions { items } = block {
                items.sort_by_cached_key(|item| match item.term.as_slice() {
                    [Inline::Text { text }] => text.to_lowercase(),
                    _ => String::new(),
                });
            }
        }
    }
    part
}

/// Enters into every fingerprint. It changes only if what is counted changes, which makes every approval
/// that stands in a repository one that must be given anew: avoid it.
const GENERATION: &str = "rusprot 1";

/// Douglas Crockford's alphabet: no letter that is taken for another or for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// SHA-256 of what a document says. Shown as 64 hexadecimal digits, lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

/// The first 40 bits of a fingerprint, for people: `RP-7K3F-92QD`. Reading one takes it in any case, with or
/// without hyphens, and O for 0, I and L for 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode(u64);

/// A text that is no fingerprint or no short code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACode;

impl Fingerprint {
    /// The fingerprint of a document, of the skabelon it answers, and of the pictures it shows; `picture` gives
    /// a file's bytes.
    pub fn of<'p>(
        document: &Document,
        skabelon: &Skabelon,
        pictures: impl IntoIterator<Item = (&'p str, &'p [u8])>,
    ) -> Self {
        let mut counted = Counted(Vec::with_capacity(64 * 1024));
        counted.text(GENERATION);
        counted.front(document);
        // The last section is not the first appendix.
        counted.number(document.sections.len());
        counted.number(document.appendices.len());
        let printed = document
            .backmatter
            .iter()
            .filter(|part| part.id == WORD_LIST);
        let printed: Vec<Part> = printed.map(as_counted).collect();
        for part in document
            .sections
            .iter()
            .chain(&printed)
            .chain(&document.appendices)
        {
            counted.part(part);
        }
        counted.skabelon(skabelon);
        for (file, bytes) in pictures {
            counted.text(file);
            counted.bytes(bytes);
        }
        Self(Sha256::digest(&counted.0).into())
    }

    /// The code in the footer of what is printed.
    pub fn short(self) -> ShortCode {
        let first = self.0[..5].iter();
        ShortCode(first.fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Fingerprint {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NotACode);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| NotACode)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotACode)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RP")?;
        for index in 0..8 {
            if index % 4 == 0 {
                f.write_str("-")?;
            }
            let five = (self.0 >> (35 - 5 * index)) & 31;
            let letter = ALPHABET[usize::try_from(five).expect("five bits fit")];
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl FromStr for ShortCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let upper = text.trim().to_ascii_uppercase();
        let letters = upper.strip_prefix("RP").unwrap_or(&upper);
        let mut bits = 0;
        let mut count = 0;
        for c in letters.chars().filter(|c| !matches!(c, '-' | '–' | ' ')) {
            let c = match c {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let five = ALPHABET.iter().position(|letter| char::from(*letter) == c);
            bits = bits << 5 | u64::try_from(five.ok_or(NotACode)?).expect("below 32");
            count += 1;
            if count > 8 {
                return Err(NotACode);
            }
        }
        if count == 8 {
            Ok(Self(bits))
        } else {
            Err(NotACode)
        }
    }
}

/// Texts one after the other, told apart by their lengths: what is hashed, in one go.
#[derive(Default)]
struct Counted(Vec<u8>);

impl Counted {
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        if is_plain(text) {
            self.bytes(text.as_bytes());
        } else {
            self.bytes(canonical(text).as_bytes());
        }
    }

    fn number(&mut self, number: usize) {
        self.0.extend_from_slice(&(number as u64).to_le_bytes());
    }

    /// What stands in the head of the protocol, but for the edition.
    fn front(&mut self, document: &Document) {
        let institution = &document.institution;
        self.text(&document.title);
        self.text(&institution.name);
        let ways = [
            &institution.short_name,
            &institution.phone,
            &institution.mail,
            &institution.web,
            &document.area.organisation,
        ];
        for way in ways {
            self.text(way.as_deref().unwrap_or_default());
        }
        self.number(institution.address.len());
        institution.address.iter().for_each(|line| self.text(line));
        self.text(&document.area.name);
        // What came into the format later counts where it is used, so that nothing else is another.
        for (name, text) in [
            ("undertitel", &document.subtitle),
            ("motto", &document.motto),
        ] {
            if let Some(text) = text {
                self.text(name);
                self.text(text);
            }
        }
    }

    fn part(&mut self, part: &Part) {
        self.text(&part.heading);
        self.text(part.readers.as_deref().unwrap_or_default());
        let units = units(part);
        self.number(units.len());
        for unit in &units {
            // The Danish name of the kind stays when variants are added or moved.
            self.text(unit.kind.danish().0);
            self.number(usize::from(unit.common));
            self.number(unit.fields.len());
            for field in &unit.fields {
                self.text(&field.label);
                self.text(&field.text);
            }
        }
        self.number(part.parts.len());
        part.parts.iter().for_each(|below| self.part(below));
    }

    /// What was asked for. The obligatory texts that are printed are in the document already; those that are
    /// not, since no section answers, count as well.
    fn skabelon(&mut self, skabelon: &Skabelon) {
        self.requirements(&skabelon.requirements);
        self.number(skabelon.duties.len());
        for duty in &skabelon.duties {
            self.text(&duty.id.value);
            self.text(&duty.what.text);
            self.text(&duty.interval.danish());
            self.demand(duty.demand);
        }
    }

    fn requirements(&mut self, requirements: &[Requirement]) {
        self.number(requirements.len());
        for requirement in requirements {
            self.text(&requirement.id.value);
            self.text(&requirement.heading.text);
            self.demand(requirement.demand);
            self.text(requirement.obligatory_source().unwrap_or_default());
            self.number(requirement.points.len());
            for point in &requirement.points {
                self.text(&point.id.value);
                self.text(&point.text.text);
                self.demand(point.demand);
            }
            self.number(requirement.each_subsection.len());
            for heading in &requirement.each_subsection {
                self.text(&heading.text);
            }
            self.requirements(&requirement.children);
        }
    }

    fn demand(&mut self, demand: Demand) {
        self.number(match demand {
            Demand::Must => 1,
            Demand::May => 0,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_code_is_the_first_forty_bits_and_read_as_people_type_it() {
        let hex = format!("39c6f48bd0{}", "0".repeat(54));
        let fingerprint: Fingerprint = hex.parse().expect("64 digits");
        assert_eq!(fingerprint.to_string(), hex);
        let code = fingerprint.short();
        assert_eq!(code.to_string(), "RP-773F-92YG");
        for typed in ["rp-773f-92yg", "RP 773F 92YG", "773f92yg"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        let zeros: ShortCode = "RP-OOIL-0011"
            .parse()
            .expect("letters that look like digits");
        assert_eq!(zeros.to_string(), "RP-0011-0011");
        for wrong in ["", "RP-772F", "RP-772F-92YU", "RP-773F-92YG-1"] {
            assert_eq!(wrong.parse::<ShortCode>(), Err(NotACode), "{wrong}");
        }
    }

    #[test]
    fn a_text_that_is_no_fingerprint_is_refused() {
        for wrong in ["", "abc", &"g".repeat(64), &"æ".repeat(32)] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NotACode), "{wrong}");
        }
    }
}
