//! RP205 `fodnote`: a marker without a footnote, a footnote without a marker, two with one name. What is left of one
//! of Word's footnotes is looked for in `word`.

mod word;

use std::collections::BTreeMap;

pub(super) use word::check;

use crate::diag::{Code, Finding};
use crate::model::{Slip, SlipKind, nearest};
use crate::text::Place;

/// The names of footnotes without a marker, by the path of their file.
pub(super) type Unused<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// Those among some slips.
pub(super) fn unused_of(slips: &[Slip]) -> Unused<'_> {
    let mut unused = Unused::new();
    for slip in slips {
        if let SlipKind::NoteUnused(label) = &slip.kind {
            let names = unused.entry(slip.place.file.path()).or_default();
            names.push(label);
        }
    }
    unused
}

/// A marker without a footnote; one of `unused` may be what was meant.
pub(super) fn missing(place: Place, label: &str, unused: &Unused<'_>) -> Finding {
    let unused = unused.get(place.file.path()).map_or(&[][..], Vec::as_slice);
    let help = match nearest(label, unused) {
        Some(near) => format!("Mente du »{near}«? Skriv mærket som [^{near}]"),
        None => format!(
            "Skriv fodnoten nederst i den samme tekst med en tom linje over: [^{label}]: … Eller slet mærket."
        ),
    };
    let message = format!("Mærket [^{label}] har ingen fodnote.");
    Finding::new(Code::Fodnote, place, message).with_help(help)
}

/// A footnote without a marker.
pub(super) fn unused(place: Place, label: &str) -> Finding {
    Finding::new(
        Code::Fodnote,
        place,
        format!("Fodnoten »{label}« har intet mærke i teksten, så den bliver ikke trykt."),
    )
    .with_help(format!(
        "Skriv [^{label}] dér i den samme tekst, hvor fodnoten hører til, eller slet fodnoten."
    ))
}

/// A second footnote with the same name.
pub(super) fn twice(place: Place, label: &str) -> Finding {
    Finding::new(
        Code::Fodnote,
        place,
        format!("To fodnoter hedder »{label}«, så kun den første bliver trykt."),
    )
    .with_help(format!(
        "Giv den ene et andet navn både her og ved mærket, for eksempel [^{label}-2]"
    ))
}
