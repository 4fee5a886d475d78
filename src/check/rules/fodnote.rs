//! RP205 `fodnote`: a marker without a footnote, a footnote without a marker, two with one name.

use crate::diag::{Code, Finding};
use crate::model::{Slip, SlipKind, nearest};
use crate::text::Place;

/// A marker without a footnote; `slips` may hold the footnote that was meant.
pub(super) fn missing(place: Place, label: &str, slips: &[Slip]) -> Finding {
    let unused: Vec<&str> = slips
        .iter()
        .filter(|slip| slip.place.file.path() == place.file.path())
        .filter_map(|slip| match &slip.kind {
            SlipKind::NoteUnused(label) => Some(label.as_str()),
            _ => None,
        })
        .collect();
    let help = match nearest(label, &unused) {
        Some(near) => format!("Mente du »{near}«? Skriv mærket som [^{near}]"),
        None => format!(
            "Skriv fodnoten nederst i den samme tekst med en tom linje over: [^{label}]: … Eller slet mærket."
        ),
    };
    let message = format!("Mærket [^{label}] har ingen fodnote.");
    Finding::new(Code::Footnote, place, message).with_help(help)
}

/// A footnote without a marker.
pub(super) fn unused(place: Place, label: &str) -> Finding {
    Finding::new(
        Code::Footnote,
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
        Code::Footnote,
        place,
        format!("To fodnoter hedder »{label}«, så kun den første bliver trykt."),
    )
    .with_help(format!(
        "Giv den ene et andet navn både her og ved mærket, for eksempel [^{label}-2]"
    ))
}
