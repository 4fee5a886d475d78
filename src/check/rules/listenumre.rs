//! RP212 `listenumre`: a numbered list whose typed numbers are not those that are printed.

use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn finding(place: Place, typed: u64, printed: u64) -> Finding {
    Finding::new(
        Code::Listenumre,
        place,
        format!("Punktet er skrevet med {typed}, men bliver trykt som {printed}."),
    )
    .with_help(format!(
        "Skriv {printed} her, og lad resten af listen følge efter. Se efter, om en tekst henviser til punktet \
         som {typed}."
    ))
}
