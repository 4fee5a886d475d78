//! The files an institution begins with: `protokol.toml`, a file a requirement, house rules.

use std::collections::BTreeSet;

use super::section::{self, Turn};
use crate::check::typed;
use crate::load::PROTOCOL_FILE;
use crate::model::{Demand, Interval, Requirement, Skabelon, slug};

/// A protocol as far as its files say today.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// For each requirement of the skabelon, in order: the number of the file that answers it.
    pub(super) answered: Vec<Option<u32>>,
    /// The ids of its parts.
    pub(super) ids: BTreeSet<String>,
    /// Whether it has an appendix.
    pub(super) has_appendix: bool,
}

/// The paths (in the protocol's folder) and texts of what the protocol does not have yet; `protokol.toml` is
/// always among them. `own_skabelon` is named in it where the protocol does not follow the area's.
pub(super) fn files(
    name: &str,
    own_skabelon: Option<&str>,
    skabelon: &Skabelon,
    mut present: Present,
) -> Vec<(String, String)> {
    let main = main_file(name, own_skabelon, skabelon);
    let mut files = vec![(PROTOCOL_FILE.to_owned(), main)];
    let requirements = &skabelon.requirements;
    let numbers = numbers(&present.answered);
    let missing = || {
        let all = requirements.iter().zip(&numbers);
        all.filter_map(|(requirement, number)| Some((requirement, (*number)?)))
    };
    // The files' ids first: a sub-section takes another where a file has its id.
    let names: Vec<String> = missing()
        .map(|(one, _)| file_id(one, &mut present.ids))
        .collect();
    for ((requirement, number), name) in missing().zip(names) {
        let place = requirements
            .iter()
            .position(|one| std::ptr::eq(one, requirement));
        let turn = Turn {
            number: place.unwrap_or_default() + 1,
            of: requirements.len(),
        };
        let text = section::text(requirement, turn, &mut present.ids);
        files.push((format!("{number:02}-{name}.toml"), text));
    }
    if !present.has_appendix {
        let name = if present.ids.contains("husorden") {
            "husregler"
        } else {
            "husorden"
        };
        files.push((format!("bilag/1-{name}.toml"), HOUSE_RULES.to_owned()));
    }
    files
}

/// The name of a requirement's file between number and ending, which is the section's id.
fn file_id(requirement: &Requirement, ids: &mut BTreeSet<String>) -> String {
    let id = slug(&requirement.id.value);
    if ids.insert(id.clone()) {
        return id;
    }
    let id = slug(&requirement.heading.text);
    ids.insert(id.clone());
    id
}

/// The number of the file of each requirement that nothing answers yet: between its neighbours, where there is room.
fn numbers(answered: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut last = 0;
    let mut numbers = Vec::with_capacity(answered.len());
    for (index, number) in answered.iter().enumerate() {
        if let Some(number) = number {
            last = last.max(*number);
            numbers.push(None);
            continue;
        }
        let next = answered[index..].iter().flatten().min();
        if next.is_none_or(|next| last + 1 < *next || last == 0) {
            last += 1;
        }
        numbers.push(Some(last));
    }
    numbers
}

/// `protokol.toml` of an institution that has only a name so far.
pub(super) fn main_file(name: &str, own_skabelon: Option<&str>, skabelon: &Skabelon) -> String {
    let own = own_skabelon.map_or_else(String::new, |own| {
        format!("skabelon = {}\n\n", typed::string(own))
    });
    let mut text = format!(
        "# Hvem det gælder for, og hvilken udgave det er. Fjern # foran en linje, når I vil bruge den.\n\
         \n\
         {own}\
         [institution]\n\
         navn = {}\n\
         # kortnavn = \"Det navn, I bruger til daglig\"\n\
         # adresse = [\"Vej og nummer\", \"Postnummer og by\"]\n\
         # telefon = \"00 00 00 00\"\n\
         \n\
         [dokument]\n\
         version = \"1\"\n\
         # ansvarlig = \"Tilbudsleder\"\n\
         # gaelder_fra = 2026-01-31\n",
        typed::string(name)
    );
    if let Some(duty) = waits_for_date(skabelon) {
        text.push_str(&format!(
            "\n\
             # Har I holdt et af årets møder, så skriv det ind. »rusprot done« kan gøre det for dig.\n\
             # [[haendelse]]\n\
             # pligt = {}\n\
             # dato = 2026-01-31\n\
             \n\
             [[undtag]]\n\
             regel = \"frist-naer\"\n\
             begrundelse = \"Protokollen er ny, så årets møder er ikke holdt endnu. Slet undtagelsen, når de er.\"\n",
            typed::string(&duty)
        ));
    }
    text
}

/// The first duty that has no date to count from in a protocol where nothing has been done: RP702 would ask for it
/// on the first day.
fn waits_for_date(skabelon: &Skabelon) -> Option<String> {
    let mut duties = skabelon.duties.iter();
    let duty = duties.find(|duty| {
        duty.demand == Demand::Must && duty.interval != Interval::AsNeeded && duty.first.is_none()
    });
    duty.map(|duty| duty.id.value.clone())
}

/// Rules to begin with. They bind nobody before the house has talked about them.
const HOUSE_RULES: &str = "\
# Et udkast til en husorden. Tal om reglerne med dem, der bor hos jer. Ret dem, slet dem, og skriv jeres egne.
# Skal I ikke have en husorden med, så slet filen.

overskrift = \"Husorden\"

[[regel]]
tekst = \"Vi taler pænt til hinanden.\"
styrke = \"skal\"
begrundelse = \"Alle skal kunne være trygge her.\"

[[regel]]
tekst = \"Dæmp lyden om natten.\"
styrke = \"skal\"
begrundelse = \"Naboen skal kunne sove.\"

[[regel]]
tekst = \"Ryd op efter dig i de fælles rum.\"
styrke = \"henstilling\"
";

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn files_get_numbers_in_the_order_of_the_skabelon_and_between_those_that_are_there() {
        assert_eq!(numbers(&[None, None, None]), [Some(1), Some(2), Some(3)]);
        assert_eq!(numbers(&[None, Some(2), None]), [Some(1), None, Some(3)]);
        assert_eq!(numbers(&[Some(10), None, Some(30)]), [None, Some(11), None]);
        assert_eq!(numbers(&[Some(1), None, Some(2)]), [None, Some(1), None]);
        assert_eq!(numbers(&[Some(7), None]), [None, Some(8)]);
    }
}
