//! What a text was and is to become, as a unified diff; `patch` and `git apply` read it where nothing has to
//! be spelled out.

use similar::{Algorithm, TextDiff};

use super::visible::{is_steering, shown};

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// The diff of one file, which lies at `path` in the repository; nothing where the texts are the same.
/// Characters that steer the terminal are spelled out.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    // A line ends at a line feed and nowhere else, as in git.
    let former: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .newline_terminated(true)
        .diff_slices(&former, &new);
    let text = diff
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("a/{}", shown(path)), &format!("b/{}", shown(path)))
        .to_string();
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_line = c == '\r' && chars.peek() == Some(&'\n');
        if is_steering(c) && !ends_line {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_lines_are_shown_around_a_change() {
        assert_eq!(
            diff("p/a.toml", "1\n2\n3\n4\nøl\n6\n", "1\n2\n3\n4\nvand\n6\n"),
            "--- a/p/a.toml\n+++ b/p/a.toml\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-øl\n+vand\n 6\n"
        );
        assert_eq!(diff("a", "x", "x"), "");
    }

    #[test]
    fn line_ends_are_kept_and_what_steers_the_terminal_is_spelled_out() {
        let text = diff("a", "a\r\nb\rc\u{1b}[2J\r\n", "a\r\n");
        assert!(
            text.ends_with(" a\r\n-b<U+000D>c<U+001B>[2J\r\n"),
            "{text:?}"
        );
    }
}
