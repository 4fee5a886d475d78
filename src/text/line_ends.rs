//! Where lines end, and how: whoever puts something into a file keeps to what the file has.

/// Where the line ends that holds a place (bytes), its line end included.
pub fn end_of_line(text: &str, place: usize) -> usize {
    text[place..]
        .find('\n')
        .map_or(text.len(), |end| place + end + 1)
}

/// The line end that a text uses.
pub fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_belongs_to_its_line_and_the_last_line_may_have_none() {
        assert_eq!(end_of_line("a\r\nb", 0), 3);
        assert_eq!(end_of_line("a\r\nb", 3), 4);
        assert_eq!((line_end("a\r\nb"), line_end("a\nb")), ("\r\n", "\n"));
    }
}
