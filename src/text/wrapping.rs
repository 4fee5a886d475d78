//! How running text is broken into lines for a terminal.

use textwrap::{Options, WordSeparator, WrapAlgorithm};

/// Lines of at most `columns`, broken at spaces, each as full as it can be: simple, and all that Danish
/// running text asks for.
pub fn lines_of<'a>(columns: usize) -> Options<'a> {
    Options::new(columns)
        .word_separator(WordSeparator::AsciiSpace)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}
