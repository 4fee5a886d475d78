//! Findings for reading in a terminal: message, source line with a caret, help.
//!
//! A protocol's paragraphs are long lines, so each source line is cut to the width of the terminal
//! here, around the place in question, and only that piece is handed to the renderer: the cost of
//! a finding does not grow with its file. The renderer would count columns from the start of the
//! piece, so the place is given to it as a line of its own.

use std::ops::{Range, RangeInclusive};

use annotate_snippets::renderer::{Effects, Style};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Tag, Origin, Renderer, Snippet,
};
use rayon::prelude::*;

use super::{Report, visible};
use crate::diag::{Finding, Level};
use crate::text::{Place, Position, code_in, lines_of};

/// The widths that are kept to: carets under less would say little, and more is no terminal.
const WIDTHS: RangeInclusive<usize> = 40..=1_000;

/// Columns between the line number and the source line: ` | `.
const SEPARATOR: usize = 3;

/// Columns of the label in front of a help text: `hjælp: `.
const HELP_LABEL: usize = 7;

/// Stands where a source line was cut off.
const ELLIPSIS: &str = "…";

/// Renders every finding and, last, the counts as a sentence. `width` is the terminal's, in
/// columns; `color` adds ANSI escape codes.
pub(super) fn render(report: &Report<'_>, width: usize, color: bool) -> String {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // Lines come cut to `width`; twice that keeps the renderer from cutting them once more.
    let renderer = renderer.term_width(width * 2);
    // Each finding is a text of its own, so they are made side by side and put together in order.
    let findings: Vec<String> = report
        .findings
        .par_iter()
        .map(|finding| renderer.render(&groups(finding, width, color)))
        .collect();
    let mut out = String::with_capacity(findings.iter().map(|text| text.len() + 2).sum());
    for finding in findings {
        out.push_str(&finding);
        out.push_str("\n\n");
    }
    out.push_str(&report.summary().sentence());
    out.push('\n');
    out
}

/// The parts of a finding: its message, where, the source line with help; then the same for each
/// related place. A place and its source line are groups of their own: only a source line that
/// stands first in its group goes without a place of the renderer's making.
fn groups(finding: &Finding, width: usize, color: bool) -> Vec<Group<'static>> {
    let at = position(&finding.place);
    let related: Vec<_> = finding
        .related
        .iter()
        .map(|related| (related, position(&related.place)))
        .collect();
    let last_line = related
        .iter()
        .map(|(_, at)| at.line)
        .fold(at.line, Ord::max);
    let columns = width - last_line.get().to_string().len() - SEPARATOR;

    let tag = tag(finding.level);
    let title = tag
        .clone()
        .secondary_title(message(&finding.message, color))
        .id(format!("{} {}", finding.code.number(), finding.code.name()));
    let mut source =
        Group::with_level(tag.clone()).element(source_line(&finding.place, at, columns));
    if let Some(help) = &finding.help {
        let help = wrapped(help, columns - HELP_LABEL);
        source = source.element(Tag::HELP.with_name("hjælp").message(help));
    }
    let mut groups = vec![
        Group::with_title(title),
        Group::with_level(tag).element(origin(&finding.place, at)),
        source,
    ];
    for (related, at) in related {
        let tag = Tag::NOTE.with_name("bemærk");
        let title = tag
            .clone()
            .secondary_title(visible::one_line(&related.message));
        groups.push(title.element(origin(&related.place, at)));
        groups.push(Group::with_level(tag).element(source_line(&related.place, at, columns)));
    }
    groups
}

/// The renderer's word for a level, in Danish.
fn tag(level: Level) -> Tag<'static> {
    match level {
        Level::Error => Tag::ERROR.with_name(level.danish()),
        Level::Warning => Tag::WARNING.with_name(level.danish()),
    }
}

/// The message on one line, bold where there is colour.
fn message(text: &str, color: bool) -> String {
    let text = visible::one_line(text);
    if color {
        let bold = Style::new().effects(Effects::BOLD);
        format!("{bold}{text}{bold:#}")
    } else {
        text
    }
}

/// Stands for a space in code while lines are broken.
const KEPT_SPACE: char = '\u{E000}';

/// A help text in lines of at most `columns`; its own line breaks stay. What is to be copied is never broken, so a
/// line with it may be longer.
fn wrapped(text: &str, columns: usize) -> String {
    let options = lines_of(columns)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = text.lines().map(visible::one_line);
    let lines: Vec<_> = lines
        .map(|mut line| {
            for part in code_in(&line).into_iter().rev() {
                let kept = line[part.clone()].replace(' ', &KEPT_SPACE.to_string());
                line.replace_range(part, &kept);
            }
            textwrap::fill(&line, &options).replace(KEPT_SPACE, " ")
        })
        .collect();
    lines.join("\n")
}

fn position(place: &Place) -> Position {
    place.file.position(place.span.start())
}

/// The line `path:line:column`.
fn origin(place: &Place, at: Position) -> Origin<'static> {
    Origin::path(visible::shown(place.file.path()))
        .line(at.line.get() as usize)
        .char_column(at.column.get() as usize)
}

/// The first line of a place with a caret below, cut to `columns`.
fn source_line(
    place: &Place,
    at: Position,
    columns: usize,
) -> Snippet<'static, Annotation<'static>> {
    let text = place.file.text();
    let byte = place.span.start().min(text.len());
    let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..byte]).map_or(0, |end| end + 1);
    let line = place.file.line(at.line);
    let start = line.floor_char_boundary(byte - line_start);
    let end = line.floor_char_boundary(place.span.end().saturating_sub(line_start));
    let piece = Piece::cut(line, start..end.max(start), columns);
    Snippet::source(piece.text)
        .line_start(at.line.get() as usize)
        .annotation(AnnotationKind::Primary.span(piece.mark))
}

/// What is shown of a source line.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    /// At most as wide as asked for, with `…` where something was cut off.
    text: String,
    /// The bytes of `text` to be marked.
    mark: Range<usize>,
}

impl Piece {
    /// Cuts `line` to `columns` such that the beginning of `mark`, a byte range in it, is seen with
    /// what comes before it. Looks at no more of the line than is shown.
    fn cut(line: &str, mark: Range<usize>, columns: usize) -> Self {
        let (start, end) = if reach(line.chars(), columns).bytes == line.len() {
            (0, line.len())
        } else {
            let columns = columns - 2 * ELLIPSIS.chars().count();
            let after = reach(line[mark.start..].chars(), columns - columns / 4);
            let before = reach(line[..mark.start].chars().rev(), columns - after.columns);
            (mark.start - before.bytes, mark.start + after.bytes)
        };
        let mark = mark.start..mark.end.min(end);
        let mut text = String::new();
        if start > 0 {
            text.push_str(ELLIPSIS);
        }
        text.push_str(&visible::shown(&line[start..mark.start]));
        let mark_start = text.len();
        text.push_str(&visible::shown(&line[mark.clone()]));
        let mark_end = text.len();
        text.push_str(&visible::shown(&line[mark.end..end]));
        if end < line.len() {
            text.push_str(ELLIPSIS);
        }
        Self {
            text,
            mark: mark_start..mark_end,
        }
    }
}

/// How far one gets in a text.
struct Reach {
    bytes: usize,
    columns: usize,
}

/// How many of the characters fit into `columns`. A heap of combining marks takes no columns, so
/// their number is limited as well.
fn reach(chars: impl Iterator<Item = char>, columns: usize) -> Reach {
    let mut reach = Reach {
        bytes: 0,
        columns: 0,
    };
    for c in chars.take(columns * 4) {
        let width = visible::width(c);
        if reach.columns + width > columns {
            break;
        }
        reach.columns += width;
        reach.bytes += c.len_utf8();
    }
    reach
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Code;
    use crate::report::fixture;
    use crate::text::{SourceFile, Span};

    fn plain(width: usize) -> String {
        fixture::with(|report| render(report, width, false))
    }

    /// One finding in a file of its own.
    fn one(text: &str, span: Range<usize>) -> String {
        let file = Arc::new(SourceFile::new("a.toml", text));
        let place = Place::new(&file, Span::from(span));
        let findings = [Finding::new(Code::ForkertType, place, "Besked.")];
        let report = Report {
            findings: &findings,
            protocols: &[],
        };
        render(&report, 60, false)
    }

    #[test]
    fn a_place_is_given_by_line_and_column_counted_in_characters() {
        let text = plain(80);
        assert!(text.contains(" --> protocols/fjordhoej/protokol.toml:3:35\n"));
        assert!(text.contains(" --> protocols/fjordhoej/30 gæster.toml:4:12\n"));
    }

    #[test]
    fn a_cut_line_keeps_its_own_column() {
        let text = plain(80);
        assert!(text.contains(" --> protocols/fjordhoej/protokol.toml:4:115\n"));
        assert!(!text.contains("lang = "));
    }

    #[test]
    fn what_is_to_be_copied_is_never_broken() {
        let code =
            "rusprot done et-meget-langt-navn-paa-et-bosted --duty revision --date ÅÅÅÅ-MM-DD";
        for columns in 10..100 {
            let text = format!(
                "Når det er sket, så skriv det ind: {code}. Eller skriv opfylder = [\"a\", \"b\"] dér."
            );
            let wrapped = wrapped(&text, columns);
            assert!(wrapped.contains(code), "{wrapped}");
            assert!(wrapped.contains("opfylder = [\"a\", \"b\"]"), "{wrapped}");
            let prose = wrapped
                .lines()
                .filter(|line| !line.contains("rusprot done"));
            for line in prose {
                assert!(line.chars().count() <= columns.max(24), "{line}");
            }
        }
    }

    #[test]
    fn the_whole_reads_like_this() {
        insta::assert_snapshot!(plain(80), @r#"
        fejl[RP008 usynlige-tegn]: Teksten har et tegn, der ikke kan ses: <U+200B> (U+200B).
         --> protocols/fjordhoej/30 gæster.toml:3:11
          |
        3 | tekst = "a<U+200B>b"
          |           ^^^^^^^^

        fejl[RP010 dobbelt-id]: To afsnit har det samme id.
         --> protocols/fjordhoej/30 gæster.toml:4:12
          |
        4 | id = "gæst"
          |            ^
        bemærk: Her står det første.
         --> protocols/fjordhoej/protokol.toml:2:1
          |
        2 | [hverdag]
          | ^^^^^^^^^

        fejl[RP101 manglende-afsnit]: Afsnittet »Medicin« mangler.
         --> protocols/fjordhoej/protokol.toml:1:1
          |
        1 | titel = "Rusmiddelprotokol for Fjordhøj"
          | ^^^^^
          = hjælp: Skriv en fil med titlen »Medicin«, eller ret titlen på det afsnit,
                   der svarer til kravet.

        advarsel[RP108 anden-ordlyd]: Skriv "fællesrummet", ikke <køkkenet>: sådan hedder det 100 % af stederne, også her.
         --> protocols/fjordhoej/protokol.toml:3:35
          |
        3 | …"På Fjordhøj må øl stå i <køkkenet>, og 100 % af »gæsterne« hører om det."
          |                           ^^^^^^^^^^

        fejl[RP009 ukendt-variabel]: Variablen navn findes ikke.
         --> protocols/fjordhoej/protokol.toml:4:115
          |
        4 | …iver enige om; se $navn, og spørg lederen, hvis du er i tvivl om noget af …
          |                    ^^^^^

        advarsel[RP004 manglende-noegle]: Filen er tom.
         --> templates/tom.toml:1:1
          |
        1 |
          | ^

        4 fejl og 2 advarsler i 2 protokoller.
        "#);
    }

    #[test]
    fn source_and_help_lines_keep_to_the_width() {
        for width in [40, 61, 80, usize::MAX] {
            for line in plain(width).lines() {
                let is_title = line.starts_with("fejl[") || line.starts_with("advarsel[");
                let is_place = line.starts_with(" -->");
                if !is_title && !is_place {
                    assert!(
                        textwrap::core::display_width(line) <= width,
                        "{width}: {line}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_caret_stands_below_decomposed_letters_and_tabs() {
        let text = "\ta\u{30a}b = x";
        let at = text.find('x').expect("the text has an x");
        assert!(one(text, at..at + 1).contains(
            "1 |     a\u{30a}b = x\n\
             \x20 |          ^\n"
        ));
    }

    #[test]
    fn a_place_over_several_lines_is_marked_on_its_first() {
        assert!(one("a = [\r\n1,\r\n]\r\n", 4..12).contains(
            "1 | a = [\n\
             \x20 |     ^\n"
        ));
    }

    #[test]
    fn a_place_past_the_end_of_its_file_is_marked_at_the_end() {
        let text = one("æ", 90..99);
        assert!(text.contains(" --> a.toml:1:2\n"));
        assert!(text.contains("1 | æ\n\x20 |  ^\n"));
    }

    #[test]
    fn color_comes_only_when_asked_for() {
        assert!(!plain(80).contains('\u{1b}'));
        let colored = fixture::with(|report| render(report, 80, true));
        assert!(colored.contains("\u{1b}[1mFilen er tom.\u{1b}[0m"));
    }

    #[test]
    fn a_control_character_in_a_message_or_a_path_is_never_sent_to_the_terminal() {
        let file = Arc::new(SourceFile::new("a\u{1b}]0;.toml", "b\u{9b}2J"));
        let findings = [
            Finding::new(Code::ForkertType, Place::top(&file), "\u{1b}[2Jx").with_help("\u{7}\ny"),
        ];
        let report = Report {
            findings: &findings,
            protocols: &[],
        };
        let text = render(&report, 80, false);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        assert!(text.contains("<U+001B>]0;.toml:1:1"));
    }

    #[test]
    fn a_paragraph_of_two_megabytes_is_shown_in_part() {
        let text = "ord ".repeat(500_000);
        let output = one(&text, 1_000_000..1_000_003);
        assert!(output.contains("a.toml:1:1000001\n"));
        assert!(output.len() < 300, "{output}");
    }

    #[test]
    fn a_piece_is_cut_on_the_side_that_has_more() {
        let line = "0123456789".repeat(3);
        assert_eq!(
            Piece::cut(&line, 0..2, 12),
            Piece {
                text: "01234567…".to_owned(),
                mark: 0..2
            }
        );
        assert_eq!(
            Piece::cut(&line, 29..30, 12),
            Piece {
                text: "…0123456789".to_owned(),
                mark: 12..13
            }
        );
    }
}
