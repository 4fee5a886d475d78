//! RP014 `navnesammenfald`: two things that would be published under one name, so that one hides the other.
//!
//! Names are compared without regard to capitals and to how a letter is composed, since the systems that pages
//! are copied to do so as well. What lies in the output folder already is for `write`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::load::{PROTOCOL_FILE, attachment_path};
use crate::model::{InlineKind, Protocol, Section, slug};
use crate::text::{Place, SourceFile};

/// The area's own page, beside the folders of the protocols.
const AREA_PAGE: &str = "index.html";
/// How the names of blank forms begin.
const FORM: &str = "formular-";
/// The PDF with the action cards alone.
const CARDS: &str = "kort.pdf";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    if alike(&protocol.slug) == AREA_PAGE {
        let message = format!(
            "Mappen kan ikke hedde »{}«, for det hedder områdets egen side.",
            protocol.slug
        );
        let finding = Finding::new(Code::Navnesammenfald, protocol.top(), message);
        findings.push(finding.with_help("Giv mappen et andet navn, for eksempel stedets."));
    }
    let all_forms = OnceCell::new();
    let form = |name: &str| {
        let may_be = name.starts_with(FORM);
        may_be.then(|| all_forms.get_or_init(|| forms(context)).get(name).copied())?
    };
    let mut first: BTreeMap<String, (&str, Place)> = BTreeMap::new();
    protocol.visit(&mut |section| {
        if let Some(line) = &section.attachment
            && let Some(path) = attachment_path(&line.text)
        {
            let place = section.place(line.span);
            let name = alike(&path);
            match form(&name) {
                Some(id) => findings.push(as_form(place, &path, id)),
                None if name == CARDS && has_cards(protocol) => {
                    findings.push(as_cards(place, &path));
                }
                None => findings.extend(clash(&mut first, &line.text, &path, place)),
            }
        }
    });
    context.visit_links(&mut |section, inline| {
        if let InlineKind::Image { file, .. } = &inline.kind {
            findings.extend(clash(&mut first, file, file, section.place(inline.span)));
        }
    });
}

/// The names that the blank forms of the protocol's parts have or would have, each with the part's id.
fn forms<'p>(context: &Context<'p>) -> BTreeMap<String, &'p str> {
    let mut names = BTreeMap::new();
    let mut add = |section: &'p Section| {
        let stem = format!("{FORM}{}", slug(&section.id));
        // A second part of that name has a number at the end of its form's.
        let numbered = (2..).map(|number| format!("{stem}-{number}.pdf"));
        let free = std::iter::once(format!("{stem}.pdf"))
            .chain(numbered)
            .map(|name| alike(&name))
            .find(|name| !names.contains_key(name));
        names.extend(free.map(|name| (name, section.id.as_str())));
    };
    context.protocol.visit(&mut add);
    names
}

fn as_form(place: Place, path: &str, id: &str) -> Finding {
    let message =
        format!("Filen kan ikke hedde »{path}«, for det hedder den blanke formular til »{id}«.");
    Finding::new(Code::Navnesammenfald, place, message)
        .with_help("Giv filen et andet navn, som ikke begynder med formular-, og ret det her.")
}

fn has_cards(protocol: &Protocol) -> bool {
    let mut has_cards = false;
    protocol.visit(&mut |section| has_cards |= !section.blocks.actions.is_empty());
    has_cards
}

fn as_cards(place: Place, path: &str) -> Finding {
    let message = format!("Filen kan ikke hedde »{path}«, for det hedder PDF'en med kortene.");
    Finding::new(Code::Navnesammenfald, place, message)
        .with_help("Giv filen et andet navn end kort.pdf, og ret det her.")
}

/// A finding where another file of another name was published under this one before; the same file may be
/// shown in many places.
fn clash<'p>(
    first: &mut BTreeMap<String, (&'p str, Place)>,
    written: &'p str,
    path: &str,
    place: Place,
) -> Option<Finding> {
    let plain = |file: &str| file.trim_start_matches("./").to_owned();
    let Some((other, before)) = first.get(&alike(&plain(path))) else {
        first.insert(alike(&plain(path)), (written, place));
        return None;
    };
    (plain(other) != plain(written)).then(|| {
        let message =
            format!("»{written}« og »{other}« er to filer, men har samme navn på mange computere.");
        Finding::new(Code::Navnesammenfald, place, message)
            .with_help("Giv den ene fil et andet navn, og ret det i teksten.")
            .with_related(before.clone(), "Her er den anden.")
    })
}

/// The protocols of a folder whose pages would lie in one folder on many systems; their own name is at fault,
/// so this is told once for both.
pub fn among(folder: &str, slugs: &[String]) -> Vec<Finding> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for slug in slugs {
        match first.get(&alike(slug)) {
            None => {
                first.insert(alike(slug), slug);
            }
            Some(other) => {
                let path = format!("{folder}/{slug}/{PROTOCOL_FILE}");
                let place = Place::top(&Arc::new(SourceFile::new(path, "")));
                let message =
                    format!("Mapperne »{other}« og »{slug}« har samme navn på mange computere.");
                findings.push(
                    Finding::new(Code::Navnesammenfald, place, message)
                        .with_help("Giv den ene mappe et andet navn."),
                );
            }
        }
    }
    findings
}

/// A name as systems see it that know neither capitals nor two ways to compose a letter.
fn alike(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_whatever_their_capitals_and_however_their_letters_are_composed() {
        assert_eq!(alike("Åen.PDF"), alike("a\u{30a}en.pdf"));
        assert_ne!(alike("a.pdf"), alike("b.pdf"));
    }

    #[test]
    fn two_folders_of_one_name_are_told_once() {
        let slugs = ["Aaen", "aaen", "hus"].map(str::to_owned);
        let found = among("protocols", &slugs);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.file.path(), "protocols/aaen/protokol.toml");
    }
}
