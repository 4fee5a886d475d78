//! Comma-separated values (RFC 4180) as a Danish Excel opens them with two clicks.
//!
//! In a Danish Windows the comma parts the decimals, so Excel takes the semicolon between cells; and it
//! takes a file for UTF-8 only where a byte order mark says so. Lines end in CR LF. What steers a terminal, or the
//! direction of a line, is spelled out, since no cell needs it.

use super::visible::{is_steering, shown};

/// Stands first in the file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Rows of cells as a file. A spreadsheet would calculate a cell that begins like a formula, whoever wrote
/// it; such a cell gets an apostrophe in front, which makes it a text.
pub(super) fn render<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    for row in rows {
        for (index, cell) in row.as_ref().iter().enumerate() {
            if index > 0 {
                out.push(';');
            }
            push_cell(&mut out, cell);
        }
        out.push_str("\r\n");
    }
    out
}

fn push_cell(out: &mut String, cell: &str) {
    let cell: Vec<String> = cell
        .split_inclusive(|c: char| is_steering(c) || c == '\n' || c == '\t')
        .map(|part| match part.strip_suffix(['\n', '\t']) {
            Some(text) => format!("{}{}", shown(text), &part[text.len()..]),
            None => shown(part),
        })
        .collect();
    let cell = cell.concat();
    // A reader may pass over white space in front.
    let calculates = cell.starts_with(['\t', '\n'])
        || cell
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let apostrophe = if calculates { "'" } else { "" };
    if cell.contains([';', ',', '"', '\n', '\t']) {
        out.push('"');
        out.push_str(apostrophe);
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(apostrophe);
        out.push_str(&cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> String {
        let row: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
        render([row])
    }

    #[test]
    fn cells_are_parted_by_semicolons_and_lines_end_as_the_standard_says() {
        assert_eq!(line(&["Frist", "Hvad", ""]), "\u{feff}Frist;Hvad;\r\n");
    }

    #[test]
    fn what_would_part_or_end_a_cell_is_quoted() {
        assert_eq!(
            line(&["a;b", "si\"ger", "to\nlinjer", "1,5"]),
            "\u{feff}\"a;b\";\"si\"\"ger\";\"to\nlinjer\";\"1,5\"\r\n"
        );
    }

    #[test]
    fn what_steers_a_reader_is_spelled_out() {
        assert_eq!(
            line(&["a\u{9b}2J\rb", "##vso[x]\u{202e}"]),
            "\u{feff}a<U+009B>2J<U+000D>b;#<U+0023>vso[x]<U+202E>\r\n"
        );
    }

    #[test]
    fn no_cell_is_calculated() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+45", "'+45"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("\u{7}=1", "<U+0007>=1"),
            ("=A1;B1", "\"'=A1;B1\""),
            ("a=1", "a=1"),
        ] {
            assert_eq!(line(&[cell]), format!("\u{feff}{written}\r\n"), "{cell}");
        }
    }
}
