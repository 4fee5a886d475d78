//! RP004 `manglende-noegle`: a required key that is absent.

use crate::diag::{Code, Finding, Subject};
use crate::text::Place;

pub(super) fn finding(place: Place, key: &str, table: &str) -> Finding {
    Finding::new(
        Code::ManglendeNoegle,
        place,
        format!("Der mangler »{key}« i {table}."),
    )
    .about(Subject::Key(key.to_owned()))
    .with_help(format!("Tilføj en linje her: {key} = \"…\""))
}
