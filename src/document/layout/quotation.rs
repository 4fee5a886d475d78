//! What somebody says, and under it who.

use super::Element;
use crate::document::Entry;

/// The words as a quotation, and the one who says them.
pub(super) fn quotation(entry: &Entry) -> Vec<Element<'_>> {
    let mut body = vec![Element::Quote {
        body: vec![Element::text(entry.text("text"))],
    }];
    body.extend(entry.line("who").map(|who| Element::line("also", who)));
    vec![Element::Box {
        anchor: None,
        language: None,
        class: "quotation",
        body,
    }]
}
