//! The examples in help, with a protocol that is at hand, and where to read on.

/// The protocol that stands in the examples as they are written.
const WRITTEN: &str = "kranporten";
/// What stands there where no protocol is at hand.
const NONE: &str = "fx";
/// A longer name would fill the line.
const LONGEST: usize = 20;
/// The page of `docs` that tells more, by command.
const PAGES: &[(&str, &str)] = &[
    ("", "docs/kom-i-gang.md"),
    ("init", "docs/kom-i-gang.md"),
    ("import", "docs/hent-fra-word.md"),
    ("build", "docs/kom-i-gang.md"),
    ("check", "docs/kom-i-gang.md"),
    ("status", "docs/frister.md"),
    ("done", "docs/aarets-gang.md"),
    ("approve", "docs/aarets-gang.md"),
    ("diff", "docs/aendringer.md"),
    ("print", "docs/moede.md"),
    ("verify", "docs/papir.md"),
    ("explain", "docs/regler/README.md"),
    ("templates", "docs/skabeloner.md"),
    ("upgrade", "docs/omraade.md"),
    ("doctor", "docs/kom-i-gang.md"),
];

/// What stands below the help of a command: with this protocol in its examples, and the page to read on.
pub(super) fn below(command: &str, written: &str, protocol: Option<&str>, width: usize) -> String {
    let protocol = protocol.filter(|protocol| protocol.len() <= LONGEST);
    let text = written.replace(WRITTEN, protocol.unwrap_or(NONE));
    let mut below = aligned(&text, width);
    if let Some((_, page)) = PAGES.iter().find(|(name, _)| *name == command) {
        below.push_str(&format!("\n\nLæs mere i {page} i rusprots arkiv."));
    }
    below
}

/// An example taken apart: what is typed, and what it does.
fn example(line: &str) -> Option<(&str, &str)> {
    let typed = line.strip_prefix("  rusprot")?;
    let typed = typed.split_once("  ").map_or(typed, |(typed, _)| typed);
    let (command, rest) = line.split_at("  rusprot".len() + typed.len());
    Some((command, rest.trim()))
}

/// The text with what its examples do in one column, or on a line of its own where it does not fit: what is typed is
/// never broken.
fn aligned(text: &str, width: usize) -> String {
    let examples = || text.lines().filter_map(example);
    let told = examples().filter(|(_, does)| !does.is_empty());
    let column = told.map(|(typed, _)| typed.chars().count()).max();
    let column = column.unwrap_or_default() + 2;
    let widest = examples().map(|(_, does)| column + does.chars().count());
    let fits = widest.max().unwrap_or_default() <= width;
    let lines = text.lines().map(|line| match example(line) {
        Some((typed, "")) => typed.to_owned(),
        Some((typed, does)) if fits => format!("{typed:column$}{does}"),
        Some((typed, does)) => format!("{typed}\n      {does}"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Eksempler:\n  rusprot check              alle\n  rusprot check kranporten  én";

    #[test]
    fn examples_have_the_protocol_at_hand_and_stay_in_one_column() {
        assert_eq!(
            below("man", TEXT, Some("baekhuset-ved-aaen"), 80),
            "Eksempler:\n  rusprot check                     alle\n  rusprot check baekhuset-ved-aaen  én"
        );
        assert_eq!(
            below("man", TEXT, None, 80),
            "Eksempler:\n  rusprot check     alle\n  rusprot check fx  én"
        );
    }

    #[test]
    fn on_a_narrow_screen_what_is_typed_stays_whole() {
        assert_eq!(
            below("man", TEXT, None, 20),
            "Eksempler:\n  rusprot check\n      alle\n  rusprot check fx\n      én"
        );
    }

    #[test]
    fn every_page_to_read_on_is_there() {
        for (_, page) in PAGES {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
            assert!(path.is_file(), "{page}");
        }
    }
}
