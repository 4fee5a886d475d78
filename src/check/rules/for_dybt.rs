//! RP003 `forkert-type`, for texts: lists, quotations or emphases within each other beyond what can be
//! printed. The rule's other findings are `model::shape`'s.

use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn finding(place: Place) -> Finding {
    Finding::new(
        Code::ForkertType,
        place,
        "Her står så mange lister, citater eller fremhævninger inde i hinanden, at det ikke kan trykkes.",
    )
    .with_help(
        "Ryk teksten ud mod venstre, så listen højst har et par trin. Skal der flere til, så skriv \
         [[afsnit]] på en linje for sig, og lav et underafsnit.",
    )
}
