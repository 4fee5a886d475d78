//! RP502 `personoplysning`: a person's name in one sentence with a telephone number or a mail address.
//!
//! Names are told by how they look: two to four words with capitals of which the first is a common given
//! name or the last ends in -sen. That overlooks some and takes few for one that are none; houses, roads
//! and offices are not meant.

use std::ops::Range;
use std::sync::Arc;

use crate::check::context::Context;
use crate::check::texts::passage::{Passage, Sentences, visit_passages};
use crate::diag::{Code, Finding};
use crate::model::{self, Line, Text};
use crate::text::{ByteSet, Place, SourceFile};

/// Given names that many people in Denmark have, in lower case.
const GIVEN_NAMES: &[&str] = &[
    "aase",
    "ahmed",
    "alexander",
    "ali",
    "allan",
    "amalie",
    "amina",
    "anders",
    "andreas",
    "ane",
    "anette",
    "anita",
    "anja",
    "ann",
    "anna",
    "anne",
    "annette",
    "anni",
    "anton",
    "arne",
    "asger",
    "astrid",
    "bente",
    "benny",
    "bent",
    "berit",
    "birgit",
    "birgitte",
    "birthe",
    "bjarne",
    "bo",
    "bodil",
    "britta",
    "brian",
    "camilla",
    "carl",
    "carsten",
    "casper",
    "cecilie",
    "charlotte",
    "christian",
    "christina",
    "christoffer",
    "claus",
    "connie",
    "dan",
    "daniel",
    "david",
    "dennis",
    "dorte",
    "dorthe",
    "ebbe",
    "egon",
    "elisabeth",
    "ella",
    "else",
    "emil",
    "emilie",
    "emma",
    "erik",
    "erling",
    "esben",
    "eva",
    "fatima",
    "finn",
    "flemming",
    "frank",
    "freja",
    "frederik",
    "frederikke",
    "frode",
    "gert",
    "gitte",
    "grethe",
    "gunnar",
    "hanna",
    "hanne",
    "hans",
    "hassan",
    "heidi",
    "helen",
    "helge",
    "helle",
    "henning",
    "henriette",
    "henrik",
    "ibrahim",
    "ida",
    "inge",
    "inger",
    "ingrid",
    "irene",
    "ivan",
    "jacob",
    "jakob",
    "jan",
    "jane",
    "janne",
    "jannie",
    "jens",
    "jeppe",
    "jesper",
    "jette",
    "jimmy",
    "joan",
    "johan",
    "johanne",
    "john",
    "johnny",
    "jonas",
    "josefine",
    "julie",
    "jytte",
    "jørgen",
    "jørn",
    "kaj",
    "karen",
    "karin",
    "karina",
    "karl",
    "karsten",
    "kasper",
    "katrine",
    "kenneth",
    "kent",
    "kim",
    "kirsten",
    "kirstine",
    "kjeld",
    "klaus",
    "knud",
    "kristian",
    "kristina",
    "kristine",
    "kristoffer",
    "kurt",
    "lars",
    "lasse",
    "laura",
    "laurits",
    "leif",
    "lena",
    "lene",
    "leo",
    "lilly",
    "line",
    "lis",
    "lisa",
    "lisbeth",
    "lise",
    "lone",
    "lotte",
    "louise",
    "lucas",
    "lærke",
    "mads",
    "magnus",
    "maja",
    "malene",
    "marcus",
    "margit",
    "maria",
    "marianne",
    "marie",
    "mark",
    "martin",
    "mathias",
    "mathilde",
    "merete",
    "merethe",
    "mette",
    "michael",
    "mikael",
    "mikkel",
    "mia",
    "mogens",
    "mohamed",
    "mona",
    "morten",
    "nadia",
    "nanna",
    "nicolai",
    "niels",
    "nikolaj",
    "nina",
    "ole",
    "oliver",
    "omar",
    "oscar",
    "ove",
    "palle",
    "patrick",
    "paul",
    "pernille",
    "per",
    "peter",
    "pia",
    "poul",
    "preben",
    "rasmus",
    "rikke",
    "rita",
    "robert",
    "ruth",
    "sabrina",
    "sandra",
    "sanne",
    "sara",
    "sarah",
    "sebastian",
    "signe",
    "simon",
    "sine",
    "sofie",
    "sonja",
    "sophie",
    "stefan",
    "steen",
    "stine",
    "susan",
    "susanne",
    "svend",
    "søren",
    "tanja",
    "thomas",
    "thorkild",
    "tina",
    "tine",
    "tobias",
    "tom",
    "tommy",
    "torben",
    "trine",
    "troels",
    "ulla",
    "uffe",
    "ulrik",
    "vagn",
    "vibeke",
    "victor",
    "viggo",
    "viktor",
    "villy",
    "vivi",
    "winnie",
    "yusuf",
    "yvonne",
];
/// Endings of names that are places or offices.
const NO_PERSON: &[&str] = &[
    "vej",
    "gade",
    "allé",
    "alle",
    "plads",
    "torv",
    "stræde",
    "have",
    "hus",
    "huset",
    "center",
    "centret",
    "centeret",
    "kommune",
    "region",
    "skole",
    "kirke",
    "fond",
    "fonden",
    "stiftelse",
    "afdeling",
    "klinik",
    "klinikken",
    "apotek",
    "gård",
    "gården",
    "park",
    "parken",
    "kollegium",
    "hjem",
    "hjemmet",
];
/// The digits of a Danish telephone number.
const PHONE: usize = 8;

/// How somebody can be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Contact {
    Phone,
    Mail,
}

impl Contact {
    /// How a function with these can be reached.
    fn of(phone: Option<&Line>, mail: Option<&Line>) -> Option<Self> {
        match (phone, mail) {
            (Some(_), _) => Some(Self::Phone),
            (None, Some(_)) => Some(Self::Mail),
            (None, None) => None,
        }
    }

    /// What a line itself can be reached by.
    fn within(text: &str) -> Option<Self> {
        if text.contains('@') {
            return Some(Self::Mail);
        }
        (!phones(text).is_empty()).then_some(Self::Phone)
    }
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // "tel:" stands in links alone.
    let marks = ByteSet::DIGITS.with(ByteSet::LINKS);
    visit_passages(context, marks, &may_have_contact, &mut |passage| {
        let sentences = Sentences::of(&passage.plain);
        let mut last = None;
        for (at, contact) in contacts(passage) {
            let sentence = sentences.at(at);
            if last.as_ref() == Some(&sentence) {
                continue;
            }
            last = Some(sentence.clone());
            if let Some(name) = name_in(&passage.plain[sentence.clone()]) {
                let start = sentence.start;
                let place = passage.place(start + name.start..start + name.end);
                findings.push(finding(place, contact));
            }
        }
    });
    let protocol = context.protocol;
    let institution = &protocol.institution;
    let reached = Contact::of(institution.phone.as_ref(), institution.mail.as_ref());
    protocol.front_texts(&mut |text| {
        if let Text::Reach(line) = text {
            findings.extend(about_reach(&protocol.file, line, reached));
        }
    });
    roles(context, findings);
    protocol.visit(&mut |section| {
        for entry in &section.blocks.contacts {
            findings.extend(about_contact(&section.file, entry));
        }
    });
}

/// Whether a text that is to be a role has a person's name in it.
pub fn names_a_person(text: &str) -> bool {
    name_in(text).is_some()
}

/// Names where a role is asked for: who answers for the document, and who wrote an approval down.
fn roles(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let responsible = protocol.edition.responsible.iter();
    let responsible = responsible.map(|line| ("ansvarlig", line));
    let by = protocol.approvals.iter().filter_map(|one| one.by.as_ref());
    for (key, line) in responsible.chain(by.map(|line| ("af", line))) {
        // Where the line itself has a number, the passages have told of it.
        if !may_have_contact(&line.text) && names_a_person(&line.text) {
            let finding = Finding::new(
                Code::Personoplysning,
                Place::new(&protocol.file, line.span),
                format!("Under »{key}« står en persons navn."),
            );
            findings.push(finding.with_help(format!("Skriv rollen: {key} = \"Tilbudsleder\"")));
        }
    }
}

/// The area's contacts that are people.
pub fn in_area(area: &model::Area, findings: &mut Vec<Finding>) {
    for contact in area.contacts.values() {
        findings.extend(about_contact(&area.file, contact));
    }
}

/// A contact is a function's, so its telephone and its mail are fine, unless a person stands there.
fn about_contact(file: &Arc<SourceFile>, entry: &model::Contact) -> Option<Finding> {
    let reached = Contact::of(entry.phone.as_ref(), entry.mail.as_ref());
    let mut found = None;
    entry.texts(&mut |text| {
        let about = || match text {
            // Where the line itself has a number, the passages have told of it.
            Text::Label(line) if !may_have_contact(&line.text) => {
                name_in(&line.text)?;
                Some(finding(Place::new(file, line.span), reached?))
            }
            Text::Reach(line) => about_reach(file, line, reached),
            _ => None,
        };
        if found.is_none() {
            found = about();
        }
    });
    found
}

/// A person in a telephone, a mail or a line of an address, if somebody can be reached there.
fn about_reach(file: &Arc<SourceFile>, line: &Line, reached: Option<Contact>) -> Option<Finding> {
    let name = name_in(&line.text)?;
    let own = Contact::within(&line.text);
    let after = line.text[name.end..].trim_start();
    // "Anna Opdigts Vænge 4" is a road, whatever roads are called.
    let is_road = own.is_none() && after.starts_with(|c: char| c.is_ascii_digit());
    (!is_road).then_some(finding(Place::new(file, line.span), own.or(reached)?))
}

fn may_have_contact(text: &str) -> bool {
    // Counting them all is faster than stopping at the eighth: it is done many bytes at a time.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= PHONE || text.contains('@') || text.starts_with("tel:")
}

/// Every telephone number and mail address with where it begins.
fn contacts(passage: &Passage<'_>) -> Vec<(usize, Contact)> {
    let plain = &passage.plain;
    let mails = plain.match_indices('@').map(|(at, _)| (at, Contact::Mail));
    let links = passage.addresses.iter().filter_map(|(at, address)| {
        let kind = [("mailto:", Contact::Mail), ("tel:", Contact::Phone)];
        let (_, contact) = kind
            .into_iter()
            .find(|(scheme, _)| address.starts_with(scheme))?;
        Some((*at, contact))
    });
    let phones = phones(plain).into_iter().map(|at| (at, Contact::Phone));
    let mut contacts: Vec<_> = mails.chain(links).chain(phones).collect();
    contacts.sort_by_key(|(at, _)| *at);
    contacts
}

/// Where eight digits stand, together or in groups, that are no two years.
fn phones(text: &str) -> Vec<usize> {
    let mut phones = Vec::new();
    let (mut start, mut digits, mut groups) = (0, String::new(), 0);
    let mut previous = ' ';
    for (at, c) in text.char_indices().chain([(text.len(), '.')]) {
        if c.is_ascii_digit() {
            if digits.is_empty() {
                start = at;
                groups = 0;
            }
            groups += usize::from(!previous.is_ascii_digit());
            digits.push(c);
        } else if !matches!(c, ' ' | '\u{A0}') || previous == ' ' {
            if is_phone(&digits, groups) {
                phones.push(start);
            }
            digits.clear();
        }
        previous = if c == '\u{A0}' { ' ' } else { c };
    }
    phones
}

fn is_phone(digits: &str, groups: usize) -> bool {
    let number = digits.strip_prefix("45").filter(|rest| rest.len() == PHONE);
    let number = number.unwrap_or(digits);
    let is_year = |year: &str| matches!(&year[..2], "19" | "20");
    let years = groups == 2 && number.len() == PHONE && is_year(number) && is_year(&number[4..]);
    number.len() == PHONE && groups <= 5 && !years
}

/// Where a person's name stands in a sentence.
fn name_in(sentence: &str) -> Option<Range<usize>> {
    let words = words(sentence);
    let mut at = 0;
    while at < words.len() {
        if !words[at].is_capitalised {
            at += 1;
            continue;
        }
        let length = words[at..]
            .windows(2)
            .take_while(|pair| {
                pair[1].is_capitalised && &sentence[pair[0].range.end..pair[1].range.start] == " "
            })
            .count();
        if (1..=4).contains(&length) {
            let run = &words[at..=at + length];
            if let Some(first) = (0..length).find(|&first| is_name(sentence, &run[first..])) {
                return Some(run[first].range.start..run[length].range.end);
            }
        }
        at += length + 1;
    }
    mail_name(sentence)
}

struct Word {
    range: Range<usize>,
    is_capitalised: bool,
}

fn words(sentence: &str) -> Vec<Word> {
    let mut at = 0;
    let mut words = Vec::new();
    for piece in sentence.split_inclusive(|c: char| !c.is_alphabetic() && c != '-') {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.as_str();
        if !word.is_empty() {
            words.push(Word {
                range: at..at + word.len(),
                is_capitalised: capital
                    && rest.starts_with(char::is_lowercase)
                    && (rest.contains('-') || !rest.contains(char::is_uppercase)),
            });
        }
        at += piece.len();
    }
    words
}

/// Whether some words with capitals are given name and surname.
fn is_name(sentence: &str, run: &[Word]) -> bool {
    let word = |word: &Word| sentence[word.range.clone()].to_lowercase();
    let [first, .., last] = run else { return false };
    let (first, last) = (word(first), word(last));
    let given = first.split('-').next().unwrap_or_default();
    let is_place = NO_PERSON.iter().any(|ending| last.ends_with(ending));
    // "-sen" alone says too little of a longer row of capitals, such as a heading in English.
    let surname = last.ends_with("sen") && last.len() > 5 && run.len() == 2;
    !is_place && (GIVEN_NAMES.contains(&given) || surname)
}

/// A mail address made of somebody's names.
fn mail_name(sentence: &str) -> Option<Range<usize>> {
    sentence.match_indices('@').find_map(|(at, _)| {
        let local = sentence[..at].rsplit(|c: char| !(c.is_alphanumeric() || "._-".contains(c)));
        let local = local.into_iter().next()?;
        let (given, rest) = local.split_once(['.', '_'])?;
        let is_name = GIVEN_NAMES.contains(&given.to_lowercase().as_str()) && rest.len() > 1;
        is_name.then(|| at - local.len()..at)
    })
}

fn finding(place: Place, contact: Contact) -> Finding {
    let with = match contact {
        Contact::Phone => "et telefonnummer",
        Contact::Mail => "en mailadresse",
    };
    let message = format!("Her ser der ud til at stå en persons navn sammen med {with}.");
    Finding::new(Code::Personoplysning, place, message).with_help(
        "Skriv rollen i stedet for navnet, for eksempel »nattevagten«, og brug husets fælles nummer eller mail. \
         Gælder det en borger, så slet det, og skriv det i journalen.",
    )
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn at(text: &str) -> Vec<String> {
        let text = format!("overskrift = 'A'\ntekst = '''\n{text}\n'''\n");
        Repo::of(&[("01-a.toml", &text)]).at("RP502")
    }

    #[test]
    fn a_name_with_a_number_or_an_address_is_found_at_the_name() {
        assert_eq!(
            at("Ring til Anna Opdigtsen på tlf. 00 00 00 00."),
            ["01-a.toml:3:10"]
        );
        assert_eq!(
            at("Koordinator Aurelius Opdigtsen, 0000 0000"),
            ["01-a.toml:3:13"]
        );
        assert_eq!(
            at("Skriv til Anna B. Opdigtsen, ao@egely.invalid."),
            [""; 0]
        );
        assert_eq!(
            at("Skriv til Anna Bo Opdigt: ao@egely.invalid."),
            ["01-a.toml:3:11"]
        );
        assert_eq!(
            at("Skriv til anna.opdigt@egely.invalid."),
            ["01-a.toml:3:11"]
        );
        assert_eq!(
            at("[Anna Opdigtsen](tel:+4500000000) har vagten."),
            ["01-a.toml:3:2"]
        );
    }

    #[test]
    fn functions_houses_and_roads_are_no_persons() {
        for text in [
            "Ring til Nattevagten på tlf. 00 00 00 00.",
            "Rusmiddelcenter Opdigt, tlf. 0000 0000, rus@egely.invalid",
            "Anna Opdigts Vej 4, tlf. 00000000",
            "Lægevagten i Region Nordjylland har nummer 00 00 00 00.",
        ] {
            assert_eq!(at(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_name_alone_and_two_years_are_fine() {
        assert_eq!(at("Anna Opdigtsen tegnede huset i 2022 2023."), [""; 0]);
        assert_eq!(
            at("Anna Opdigtsen tegnede huset. Ring på 00 00 00 00."),
            [""; 0]
        );
    }
}
