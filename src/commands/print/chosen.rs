//! Which part of a protocol is meant by an id on the command line, and whether it can be printed so.

use anyhow::{Result, bail};

use crate::document::select;
use crate::document::{Document, Part};
use crate::model::{Reference, Targets, nearest};
use crate::site::Work;

/// What a part must have to be printed in a certain way.
pub(super) struct Wanted {
    has: fn(&Part) -> bool,
    /// What it lacks, in Danish: "har ingen husregler".
    lacks: &'static str,
    /// The lead of a list of those that have it.
    those: &'static str,
}

impl Wanted {
    pub(super) const RULES: Self = Self {
        has: |part| select::house_rules(part).is_some(),
        lacks: "har ingen husregler",
        those: "Husregler er der i",
    };
    pub(super) const BLANKS: Self = Self {
        has: select::has_blanks,
        lacks: "har ikke noget at udfylde",
        those: "Noget at udfylde er der i",
    };
    pub(super) const ANY: Self = Self {
        has: |_| true,
        lacks: "",
        those: "Afsnit og bilag er",
    };
}

/// The part of an id, which has what is wanted.
///
/// # Errors
/// When there is no such part, or it lacks what is wanted; those that have it are named.
pub(super) fn chosen<'d>(
    work: &Work<'_>,
    document: &'d Document,
    id: &str,
    wanted: &Wanted,
) -> Result<&'d Part> {
    let found = anchor(work.targets, id).and_then(|anchor| select::part(document, anchor));
    let found = found.or_else(|| select::part(document, id));
    let parts = select::all_parts(document).into_iter();
    let fitting: Vec<&str> = parts
        .filter(|part| (wanted.has)(part))
        .map(|part| part.id.as_str())
        .collect();
    let list = |lead: &str| match fitting.as_slice() {
        [] => "Det er der ingen, der har.".to_owned(),
        ids => format!("{lead} {}.", ids.join(", ")),
    };
    match found {
        Some(part) if (wanted.has)(part) => Ok(part),
        Some(part) => bail!("»{}« {}. {}", part.id, wanted.lacks, list(wanted.those)),
        None => {
            let hint = nearest(id, &fitting).map(|near| format!("Mente du »{near}«?"));
            bail!(
                "»{id}« er ikke et afsnit eller et bilag i {}. {}",
                document.slug,
                hint.unwrap_or_else(|| list(wanted.those))
            )
        }
    }
}

/// The anchor of an id as an author writes it: `husorden`, `bilag:husorden`.
fn anchor<'t>(targets: &'t Targets, id: &str) -> Option<&'t str> {
    match Reference::parse(id) {
        Reference::Named(kind, id) => Some(&targets.find(kind, &id)?.anchor),
        _ => None,
    }
}
