//! A file's lines as an author sees them, before TOML has a say: headers, keys, comments and prose.

/// A line without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The byte it begins at.
    pub(super) start: usize,
    /// What stands on it, the line end left out.
    pub(super) text: &'t str,
}

/// A key, and what stands behind its `=`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assignment<'t> {
    /// The key as typed.
    pub(super) key: &'t str,
    /// The value as typed, without the white space around it.
    pub(super) value: &'t str,
    /// The byte of the file the value begins at; the end of the line where there is none.
    pub(super) at: usize,
}

impl<'t> Line<'t> {
    /// The lines of a text.
    pub(super) fn all(text: &'t str) -> Vec<Self> {
        let mut start = 0;
        let pieces = text.split_inclusive('\n');
        pieces
            .map(|piece| {
                let line = Line {
                    start,
                    text: piece.trim_end_matches(['\n', '\r']),
                };
                start += piece.len();
                line
            })
            .collect()
    }

    /// The byte behind its last letter.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with('#')
    }

    /// The key and value of a line `key = value`; the key is one word, so that a sentence with a sign in it is none.
    pub(super) fn assignment(&self) -> Option<Assignment<'t>> {
        let (key, rest) = self.text.split_once('=')?;
        let key = key.trim();
        let is_word = key
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c));
        let quoted = key.len() > 2 && key.starts_with(['"', '\'']) && key.ends_with(['"', '\'']);
        if key.is_empty() || !(is_word || quoted) {
            return None;
        }
        let value = rest.trim();
        let blank = rest.len() - rest.trim_start().len();
        Some(Assignment {
            key,
            value,
            at: self.end() - rest.len() + blank,
        })
    }

    /// Whether it is the header of a table: `[navn]` or `[[navn]]` and nothing more.
    pub(super) fn is_header(&self) -> bool {
        let text = self.text.trim();
        let name = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let Some(name) = name else { return false };
        let name = match name.strip_prefix('[') {
            Some(name) => name.strip_suffix(']').unwrap_or_default(),
            None => name,
        };
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.".contains(c))
    }

    /// Whether it can only be the file's own build and no part of a text: a header, or a key with a value that
    /// begins as values do.
    pub(super) fn is_structure(&self) -> bool {
        self.is_header()
            || self.assignment().is_some_and(|assignment| {
                let ascii = assignment
                    .key
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                ascii
                    && assignment
                        .value
                        .starts_with(['"', '\'', '[', '’', '“', '”', '´'])
            })
    }

    /// Whether it is prose: something is written, and it is neither comment, header nor key.
    pub(super) fn is_prose(&self) -> bool {
        !self.is_blank()
            && !self.is_comment()
            && !self.is_structure()
            && self.assignment().is_none()
    }
}

/// Signs that stand for quotes in some program or other.
pub(super) const QUOTES: [char; 13] = [
    '\'', '"', '’', '‘', '‚', '´', '`', '“', '”', '„', '‟', '»', '«',
];

/// The signs for quotes that a text begins with.
pub(super) fn quotes_at(text: &str) -> &str {
    let rest = text.trim_start_matches(QUOTES);
    &text[..text.len() - rest.len()]
}

/// The signs for quotes that a text ends with.
pub(super) fn quotes_behind(text: &str) -> &str {
    let rest = text.trim_end_matches(QUOTES);
    &text[rest.len()..]
}
