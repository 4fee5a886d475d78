//! RP501 `personnummer`: something that looks like a personal number, anywhere git would keep it.
//!
//! The raw text of every file is searched, so that keys and comments count, the names of files and folders,
//! and once more what is printed, where variables, folded lines and cells come together. Pictures and office
//! files are not opened. Levels and drafts do not excuse one, and an exception holds for one number that it
//! shows as the report does; that numbers are hidden is `check::texts::person_number`'s business.

use std::borrow::Cow;
use std::sync::Arc;

use crate::check::context::Context;
use crate::check::texts::person_number::{Hit, find, masked};
use crate::diag::{Code, Finding};
use crate::text::{Place, SourceFile, Span, toml_string};

const HELP: &str = "Slet nummeret. Har det ligget i git, står det stadig i historikken: send ikke filerne \
                    videre, og sig det straks til din leder og databeskyttelsesrådgiveren. De afgør, om \
                    historikken skal skrives om.";

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
    let mut found = in_files(files, &protocol.loose.names);
    let printed = in_print(context, &found);
    found.extend(printed);
    findings.append(&mut found);
}

/// What only a reader sees: halves that come of variables, stand in two cells, or are written so that a file's
/// own text does not show them. `raw` was found in the files.
fn in_print(context: &Context<'_>, raw: &[Finding]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let language = context.language;
    for hit in find(&language.text) {
        let passage = language.passage_at(hit.range.start);
        let end = hit.range.end.min(passage.range.end);
        let place = language.place(passage, hit.range.start..end);
        let is_value = place.file.slice(place.span).starts_with("{{");
        // A number that is a variable's value is told of where that is given.
        let is_value = is_value && hit.range.end == end && is_one_variable(&place);
        if !is_value && !raw.iter().any(|found| overlap(&found.place, &place)) {
            findings.push(finding(place, "Her bliver der trykt", &hit, None));
        }
    }
    context.visit_obligatory("{", &mut |text, _| {
        if let Some(hit) = find(&text.plain()).first() {
            let place = context.skabelon_place(text.span);
            findings.push(finding(place, "Her bliver der trykt", hit, None));
        }
    });
    findings
}

fn is_one_variable(place: &Place) -> bool {
    let written = place.file.slice(place.span);
    written.ends_with("}}") && written.matches("{{").count() == 1
}

fn overlap(a: &Place, b: &Place) -> bool {
    a.file.path() == b.file.path() && a.span.start < b.span.end && b.span.start < a.span.end
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
            let shown = masked(&text[hit.range.clone()]).into_owned();
            findings.push(finding(place, "Her står", &hit, Some(&shown)));
        }
    }
    for path in names {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some(hit) = find(name).first() {
            let file = Arc::new(SourceFile::new(path, ""));
            findings.push(finding(Place::top(&file), "I navnet står", hit, None));
        }
    }
    findings
}

/// `shown`: the number as an exception can name it.
fn finding(place: Place, where_: &str, hit: &Hit, shown: Option<&str>) -> Finding {
    let message = if hit.likely {
        format!("{where_} sandsynligvis et personnummer.")
    } else {
        format!(
            "{where_} måske et personnummer. Det passer ikke med modulus 11, men det gør rigtige numre \
             heller ikke altid."
        )
    };
    let help = match shown {
        Some(shown) if !shown.contains(char::is_control) => {
            let shown = if shown.contains('\'') {
                toml_string(shown)
            } else {
                format!("'{shown}'")
            };
            format!(
                "{HELP} Er tallet noget andet, så skriv lige foran, hvad det er, for eksempel »sagsnr.«, eller \
                 lad det stå med [[undtag]], regel = \"personnummer\", hvor = {shown} og en begrundelse."
            )
        }
        _ => format!("{HELP} Er tallet noget andet, så skriv det på en anden måde."),
    };
    let finding = Finding::new(Code::Personnummer, place, message).with_help(help);
    if hit.asked_for {
        finding.as_warning()
    } else {
        finding
    }
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
    use crate::check::Levels;
    use crate::check::harness::Repo;
    use crate::check::texts::person_number::made_up::number;
    use crate::diag::{Code, Level};
    use crate::model::LevelSetting;

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

    /// A number's halves.
    fn halves() -> (String, String) {
        let number = number(2050, "", true);
        (number[..6].to_owned(), number[6..].to_owned())
    }

    #[test]
    fn what_is_printed_is_searched_as_well() {
        let (left, right) = halves();
        let main = format!(
            "[institution]\nnavn = 'Bostedet Birkely'\n[variabler]\nfoer = '{left}'\nefter = '{right}'\n"
        );
        for (text, place) in [
            ("{{foer}}-{{efter}}".to_owned(), "01-a.toml:2:10"),
            ("{{foer}}{{efter}}".to_owned(), "01-a.toml:2:10"),
            (
                format!("[{left}](https://a.dk/b)-{right}"),
                "01-a.toml:2:11",
            ),
        ] {
            let section = format!("overskrift = 'A'\ntekst = '{text}'\n");
            let found = at(&[("protokol.toml", &main), ("01-a.toml", &section)]);
            assert_eq!(found, [place], "{text}");
        }
    }

    #[test]
    fn a_number_parted_by_marks_a_line_or_a_border_is_found_once() {
        let (left, right) = halves();
        for text in [
            format!("**{left}**-{right}"),
            format!("{left}\n{right}"),
            format!("| a | b |\n|---|---|\n| {left} | {right} |"),
            format!("{left}&nbsp;{right}"),
        ] {
            let section = format!("overskrift = 'A'\ntekst = \'\'\'\n{text}\n\'\'\'\n");
            let repo = Repo::of(&[("01-a.toml", &section)]);
            assert_eq!(repo.at("RP501").len(), 1, "{text}");
        }
    }

    #[test]
    fn a_number_that_only_the_page_shows_is_hidden_in_the_files_line_too() {
        let (left, right) = halves();
        let section = format!("overskrift = 'A'\ntekst = '[{left}](https://a.dk/b)-{right}'\n");
        Repo::of(&[("01-a.toml", &section)]).in_context(|context, _| {
            let mut findings = Vec::new();
            super::check(context, &mut findings);
            crate::check::texts::person_number::mask_all(&mut findings);
            assert_eq!(findings.len(), 1);
            let shown = findings[0].place.file.text();
            assert!(!shown.contains(&left) && !shown.contains(&right), "{shown}");
        });
    }

    #[test]
    fn what_a_link_asks_for_is_a_warning_and_stays_one() {
        let number = number(2050, "", true);
        let section =
            format!("overskrift = 'A'\ntekst = '[Sagen](https://a.dk/s?id={number}) er åben.'\n");
        Repo::of(&[("01-a.toml", &section)]).in_context(|context, _| {
            let mut findings = Vec::new();
            super::check(context, &mut findings);
            let settings = [(Code::Personnummer, LevelSetting::At(Level::Error))];
            let settings = settings.into_iter().collect();
            let levels = Levels {
                settings: &settings,
                draft: false,
            };
            let levels: Vec<Level> = levels.apply(findings).iter().map(|one| one.level).collect();
            assert_eq!(levels, [Level::Warning]);
        });
    }

    #[test]
    fn an_exception_holds_for_one_number_that_it_shows_hidden() {
        let (one, other) = (number(2050, "", true), number(2051, "", true));
        let section = |text: &str, exception: &str| {
            format!(
                "overskrift = 'A'\ntekst = \'\'\'\n{text}\n\'\'\'\n[[undtag]]\nregel = 'RP501'\n{exception}\
                 begrundelse = 'Et nummer på en kasse.'\n"
            )
        };
        let shown = "hvor = 'Kasse xxxxxxxxxx'\n";
        let repo = |text: &str, exception: &str| {
            let section = section(text, exception);
            Repo::of(&[("01-a.toml", &section)])
        };
        let left = |text: &str, exception: &str| {
            let repo = repo(text, exception);
            (repo.at("RP501").len(), repo.at("RP011").len())
        };
        let twice = format!("Kasse {one} står her.\n\nKasse {one} er tung.");
        assert_eq!(left(&twice, shown), (0, 0));
        let two = format!("Kasse {one} står her.\n\nKasse {other} er tung.");
        assert_eq!(left(&two, shown), (1, 0));
        assert_eq!(left(&format!("Kurv {one}"), shown), (1, 1));
        let with_number = format!("hvor = 'Kasse {one}'\n");
        for exception in ["", "hvor = 'Kasse'\n", &with_number] {
            let repo = repo(&twice, exception);
            assert_eq!(repo.at("RP003").len(), 1, "{exception}");
            assert!(repo.at("RP501").len() >= 2, "{exception}");
        }
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
