//! RP501 `personnummer`: something that looks like a personal number, anywhere git would keep it.
//!
//! The raw text of every file is searched, so that keys and comments count, and the names of files and
//! folders. Pictures and office files are not opened. Levels, exceptions and drafts do not excuse one; that
//! the number is hidden wherever it is shown is `check::texts::person_number`'s business.

use std::borrow::Cow;
use std::sync::Arc;

use crate::check::context::Context;
use crate::check::texts::person_number::{Hit, find};
use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile, Span};

const HELP: &str = "Slet nummeret. Har det ligget i git, står det stadig i historikken: send ikke filerne \
                    videre, og sig det straks til din leder og databeskyttelsesrådgiveren. De afgør, om \
                    historikken skal skrives om. Er det et andet slags nummer, så skriv det på en anden måde.";

/// Attributes of SVG that hold figures of the drawing and never what a person wrote.
const GEOMETRY: &[&str] = &[
    "d",
    "points",
    "transform",
    "viewBox",
    "style",
    "values",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "width",
    "height",
    "offset",
    "gradientTransform",
    "patternTransform",
    "stroke-dasharray",
    "stroke-width",
    "font-size",
];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    let sections = protocol.sections.iter().chain(&protocol.appendices);
    let files = std::iter::once(&protocol.file)
        .chain(sections.map(|section| &section.file))
        .chain(&protocol.loose.texts);
    findings.extend(in_files(files, &protocol.loose.names));
}

/// Every finding in some files and in the names (paths) of some entries; of a path, only the last part is
/// looked at.
pub fn in_files<'f>(
    files: impl IntoIterator<Item = &'f Arc<SourceFile>>,
    names: &[String],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let text = searched(file);
        for hit in find(&text) {
            let place = Place::new(file, Span::from(hit.range.clone()));
            findings.push(finding(place, "Her står", &hit));
        }
    }
    for path in names {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(hit) = find(name).first() {
            let file = Arc::new(SourceFile::new(path, ""));
            findings.push(finding(Place::top(&file), "I navnet står", hit));
        }
    }
    findings
}

fn finding(place: Place, where_: &str, hit: &Hit) -> Finding {
    let message = if hit.likely {
        format!("{where_} sandsynligvis et personnummer.")
    } else {
        format!(
            "{where_} måske et personnummer. Det passer ikke med modulus 11, men det gør rigtige numre \
             heller ikke altid."
        )
    };
    Finding::new(Code::Personnummer, place, message).with_help(HELP)
}

/// The text to search: the file's own, in an SVG without the figures of the drawing.
fn searched(file: &SourceFile) -> Cow<'_, str> {
    let is_svg = file.path().to_lowercase().ends_with(".svg");
    if is_svg {
        Cow::Owned(without_geometry(file.text()))
    } else {
        Cow::Borrowed(file.text())
    }
}

/// A copy of the same length with the values of [`GEOMETRY`] and embedded data blanked out.
fn without_geometry(svg: &str) -> String {
    let mut copy = svg.to_owned();
    for (equals, _) in svg.match_indices('=') {
        let Some(quote @ (b'"' | b'\'')) = svg.as_bytes().get(equals + 1).copied() else {
            continue;
        };
        let start = equals + 2;
        let Some(length) = memchr::memchr(quote, &svg.as_bytes()[start..]) else {
            continue;
        };
        let name = svg[..equals]
            .rsplit(|c: char| c.is_whitespace() || c == '<')
            .next()
            .unwrap_or_default();
        let value = &svg[start..start + length];
        if GEOMETRY.contains(&name) || value.starts_with("data:") {
            copy.replace_range(start..start + length, &" ".repeat(length));
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;
    use crate::check::texts::person_number::made_up::number;

    /// Where RP501 finds something in a protocol with these files.
    fn at(files: &[(&str, &str)]) -> Vec<String> {
        Repo::of(files).at("RP501")
    }

    #[test]
    fn keys_values_and_comments_are_searched() {
        let number = number(2050, "-", true);
        let text = format!("overskrift = 'A' # {number}\n\n[[felt]]\nnavn = '{number}'\n");
        assert_eq!(
            at(&[("01-a.toml", &text)]),
            ["01-a.toml:1:20", "01-a.toml:4:9"]
        );
        let key = format!("overskrift = 'A'\n\"{number}\" = 1\n");
        assert_eq!(at(&[("01-a.toml", &key)]), ["01-a.toml:2:2"]);
    }

    #[test]
    fn names_of_files_and_folders_are_searched() {
        let number = number(2050, "", true);
        let file = format!("billeder/{number}.png");
        let folder = format!("{number}/noter.txt");
        assert_eq!(at(&[(&file, "x")]), ["billeder/xxxxxxxxxx.png:1:1"]);
        assert_eq!(at(&[(&folder, "x")]), ["xxxxxxxxxx:1:1"]);
    }

    #[test]
    fn unused_files_are_searched_in_any_folder_and_encoding() {
        let number = number(2050, " ", true);
        assert_eq!(
            at(&[("noter.csv", &format!("navn\n{number}\n"))]),
            ["noter.csv:2:1"]
        );
        assert_eq!(at(&[("gammelt/a/b.md", &number)]), ["gammelt/a/b.md:1:1"]);
        assert_eq!(
            at(&[("uden-nummer.toml", &format!("# {number}"))]),
            ["uden-nummer.toml:1:3"]
        );
        let mut bytes = b"overskrift = 'bl\xE5 ".to_vec();
        bytes.extend(number.as_bytes());
        let repo = Repo::of_bytes(&[("01-a.toml", &bytes)]);
        assert_eq!(repo.at("RP501"), ["01-a.toml:1:19"]);
    }

    #[test]
    fn the_words_of_an_svg_are_searched_and_not_its_lines() {
        let number = number(2050, "", true);
        let drawn = format!("<svg><path d=\"M{number} 1\"/></svg>");
        assert_eq!(at(&[("billeder/a.svg", &drawn)]), [""; 0]);
        let said = format!("<svg><text x=\"1\">{number}</text></svg>");
        assert_eq!(at(&[("billeder/a.svg", &said)]), ["billeder/a.svg:1:18"]);
    }

    #[test]
    fn an_ordinary_protocol_has_none() {
        let text = "overskrift = 'A'\ntekst = 'Ring 12 34 56 78. Godkendt 01.02.2026 kl. 10.30.'\n";
        assert_eq!(at(&[("01-a.toml", text)]), [""; 0]);
    }

    #[test]
    fn the_wording_follows_modulus_eleven() {
        let said = |holds| {
            let text = format!("overskrift = 'A' # {}", number(2050, "-", holds));
            Repo::of(&[("01-a.toml", &text)])
                .messages("RP501")
                .remove(0)
        };
        assert!(said(true).contains("sandsynligvis"));
        assert!(said(false).contains("måske"));
    }
}
