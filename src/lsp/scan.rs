//! Where the headers, keys and strings of a file stand, however broken its TOML is: one pass that takes each
//! line for what it looks like. What the values are is for `model`.

use std::ops::Range;

/// Deeper lists and tables than these are passed over.
const DEEPEST: usize = 32;

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The headers in order; the first is the top of the file, with an empty path.
    pub(super) headers: Vec<Header>,
    /// The keys in the order they stand.
    pub(super) keys: Vec<Key>,
}

/// A `[header]`, and what stands under it.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) path: Vec<String>,
    /// The header's own line.
    pub(super) line: Range<usize>,
    /// One past what stands under it.
    pub(super) end: usize,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Key {
    /// The header it stands under, as numbered in the scan.
    pub(super) header: usize,
    /// The keys of inline tables it stands in, and its own.
    pub(super) path: Vec<String>,
    /// The key itself.
    pub(super) name: Range<usize>,
    /// From behind the `=` to the value's end.
    pub(super) value: Range<usize>,
    /// What stands between the quotes of each string in the value.
    pub(super) strings: Vec<Range<usize>>,
}

/// What somebody who writes at a place is writing.
#[derive(Debug)]
pub(super) enum At<'s> {
    /// A key; `under` are the keys of the inline tables around it.
    Key { under: &'s [String] },
    /// A value, or a part of it, with the string it is in.
    Value {
        key: &'s Key,
        string: Option<Range<usize>>,
    },
    /// A header.
    Header,
}

impl Scan {
    pub(super) fn of(text: &str) -> Self {
        let mut scanner = Scanner {
            text,
            at: 0,
            scan: Self {
                headers: vec![Header::default()],
                keys: Vec::new(),
            },
        };
        scanner.file();
        scanner.scan
    }

    /// The header that a byte stands under, by its number.
    pub(super) fn header_at(&self, byte: usize) -> usize {
        self.headers
            .partition_point(|header| header.line.start <= byte)
            .max(1)
            - 1
    }

    /// What stands at a byte.
    pub(super) fn at(&self, text: &str, byte: usize) -> At<'_> {
        let header = &self.headers[self.header_at(byte)];
        if !header.path.is_empty() && byte <= header.line.end {
            return At::Header;
        }
        let around = |key: &&Key| key.value.start <= byte && byte <= key.value.end;
        let Some(key) = self.keys.iter().rev().find(around) else {
            return At::Key { under: &[] };
        };
        let mut strings = key.strings.iter();
        let string = strings.find(|string| string.start <= byte && byte <= string.end);
        if string.is_none() && is_among_keys(&text[key.value.start..byte]) {
            return At::Key { under: &key.path };
        }
        let string = string.cloned();
        At::Value { key, string }
    }

    /// The keys that stand in the same table as a byte does.
    pub(super) fn keys_at(&self, byte: usize) -> impl Iterator<Item = &Key> {
        let header = self.header_at(byte);
        self.keys
            .iter()
            .filter(move |key| key.header == header && key.path.len() == 1)
    }

    /// The string of a key that stands directly under a header.
    pub(super) fn string(&self, header: usize, name: &str) -> Option<Range<usize>> {
        let mut keys = self.keys.iter();
        let key = keys.find(|key| key.header == header && key.path == [name])?;
        key.strings.first().cloned()
    }
}

/// Whether what stands before a place in a value opens an inline table in which a key comes next.
fn is_among_keys(before: &str) -> bool {
    let mut open = Vec::new();
    let mut is_key = false;
    let mut quote = None;
    for byte in before.bytes() {
        if quote.is_some() || matches!(byte, b'"' | b'\'') {
            quote = match quote {
                Some(open) if open == byte => None,
                None => Some(byte),
                open => open,
            };
            continue;
        }
        match byte {
            b'{' | b'[' => {
                open.push(byte);
                is_key = byte == b'{';
            }
            b'}' | b']' => {
                open.pop();
                is_key = false;
            }
            b',' => is_key = open.last() == Some(&b'{'),
            b'=' => is_key = false,
            _ => {}
        }
    }
    is_key
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    scan: Scan,
}

impl Scanner<'_> {
    fn file(&mut self) {
        loop {
            self.skip(true);
            match self.peek() {
                None => break,
                Some(b'[') => self.header(),
                Some(_) => self.statement(&[], 0),
            }
        }
        let end = self.text.len();
        self.close(end);
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes white space, and line ends and comments where those can stand.
    fn skip(&mut self, lines: bool) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\n' | b'\r' if lines => self.at += 1,
                b'#' if lines => self.pass_line(),
                _ => break,
            }
        }
    }

    fn pass_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn close(&mut self, end: usize) {
        if let Some(last) = self.scan.headers.last_mut() {
            last.end = end;
        }
    }

    fn header(&mut self) {
        let start = self.at;
        self.close(start);
        self.pass_line();
        let line = self.text[start..self.at].trim_end();
        let inside = line.split('#').next().unwrap_or(line);
        let path = inside.trim().trim_matches(['[', ']']).split('.');
        let path = path.map(|part| part.trim().trim_matches(['"', '\'']).to_owned());
        self.scan.headers.push(Header {
            path: path.collect(),
            line: start..start + line.len(),
            end: self.text.len(),
        });
    }

    /// A key with what follows it, to the end of the line at depth 0.
    fn statement(&mut self, under: &[String], depth: usize) {
        let start = self.at;
        while let Some(byte) = self.peek() {
            let ends =
                matches!(byte, b'=' | b'\n' | b'#') || depth > 0 && matches!(byte, b',' | b'}');
            if ends {
                break;
            }
            self.at += 1;
        }
        let name = self.text[start..self.at].trim_end();
        let name = start..start + name.len();
        if self.peek() == Some(b'=') {
            self.at += 1;
            let parts = self.text[name.clone()].split('.');
            let parts = parts.map(|part| part.trim().trim_matches(['"', '\'']).to_owned());
            let path: Vec<String> = under.iter().cloned().chain(parts).collect();
            let index = self.scan.keys.len();
            let from = self.at;
            self.scan.keys.push(Key {
                header: self.scan.headers.len() - 1,
                path: path.clone(),
                name,
                value: from..from,
                strings: Vec::new(),
            });
            let mut strings = Vec::new();
            self.value(&path, depth, &mut strings);
            let key = &mut self.scan.keys[index];
            key.value = from..self.at;
            key.strings = strings;
        }
        // A list that was never closed has ended where a header begins, which is not passed.
        if depth == 0 && !self.text[..self.at].ends_with('\n') {
            self.pass_line();
        }
    }

    fn value(&mut self, path: &[String], depth: usize, strings: &mut Vec<Range<usize>>) {
        self.skip(false);
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote, strings),
            Some(b'[') if depth < DEEPEST => {
                self.at += 1;
                self.items(b']', strings, &mut |scanner, strings| {
                    scanner.value(path, depth + 1, strings);
                });
            }
            Some(b'{') if depth < DEEPEST => {
                self.at += 1;
                self.items(b'}', strings, &mut |scanner, _| {
                    scanner.statement(path, depth + 1);
                });
            }
            _ => {
                let ends: &[u8] = if depth == 0 { b"\n#" } else { b"\n#,]}" };
                while self.peek().is_some_and(|byte| !ends.contains(&byte)) {
                    self.at += 1;
                }
            }
        }
    }

    /// Items up to a bracket. One that is never closed ends where a header begins.
    fn items(
        &mut self,
        close: u8,
        strings: &mut Vec<Range<usize>>,
        item: &mut dyn FnMut(&mut Self, &mut Vec<Range<usize>>),
    ) {
        loop {
            self.skip(true);
            let begins_line = self.text[..self.at].ends_with('\n');
            match self.peek() {
                None => return,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return;
                }
                Some(b'[') if begins_line => return,
                Some(b',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    item(self, strings);
                    if self.at == before {
                        self.at += 1;
                    }
                }
            }
        }
    }

    fn quoted(&mut self, quote: u8, strings: &mut Vec<Range<usize>>) {
        let bytes = self.text.as_bytes();
        let three = [quote; 3];
        let lines = bytes[self.at..].starts_with(&three);
        self.at += if lines { 3 } else { 1 };
        let start = self.at;
        while let Some(byte) = self.peek() {
            if lines && bytes[self.at..].starts_with(&three) {
                strings.push(start..self.at);
                self.at += 3;
                return;
            }
            match byte {
                b'\\' if quote == b'"' => self.at = (self.at + 2).min(bytes.len()),
                byte if !lines && byte == quote => {
                    strings.push(start..self.at);
                    self.at += 1;
                    return;
                }
                b'\n' if !lines => break,
                _ => self.at += 1,
            }
        }
        strings.push(start..self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let byte = text.find('|').expect("a cursor");
        let text = text.replace('|', "");
        let scan = Scan::of(&text);
        let header = &scan.headers[scan.header_at(byte)];
        let at = match scan.at(&text, byte) {
            At::Header => "header".to_owned(),
            At::Key { under } => format!("key {under:?}"),
            At::Value { key, string } => {
                format!(
                    "value {:?} {:?}",
                    key.path,
                    string.map(|string| &text[string])
                )
            }
        };
        format!("{:?} {at}", header.path)
    }

    #[test]
    fn what_is_being_written_is_known_also_where_toml_is_broken() {
        for (text, expected) in [
            ("ov|", "[] key []"),
            ("a = 1\n|\n[b]\n", "[] key []"),
            ("[[x.y]]\n# c = 1\nop|", "[\"x\", \"y\"] key []"),
            ("[[x|", "[\"x\"] header"),
            ("a = |\nb = 1", "[] value [\"a\"] None"),
            ("a = \"et |o\nb = 1", "[] value [\"a\"] Some(\"et o\")"),
            (
                "a = '''\n[b]\nc = |\n'''\n",
                "[] value [\"a\"] Some(\"\\n[b]\\nc = \\n\")",
            ),
            ("a = ['x', '|']\n", "[] value [\"a\"] Some(\"\")"),
            ("t = [{ g = 'x', |}]\n", "[] key [\"t\"]"),
            (
                "t = [{ g = '|x' }]\n",
                "[] value [\"t\", \"g\"] Some(\"x\")",
            ),
            ("t = [\n 'a',\n[b]\nc|", "[\"b\"] key []"),
            ("a = \"x\\\"y|\"", "[] value [\"a\"] Some(\"x\\\\\\\"y\")"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn any_bytes_are_taken_apart_to_the_end() {
        let sign = [
            "[", "]", "{", "}", "'", "\"", "=", ",", "\n", "æ", "#", "\\",
        ];
        let mut state: usize = 7;
        for _ in 0..400 {
            let mut text = String::new();
            for _ in 0..60 {
                state = (state * 1_103_515_245 + 12_345) % (1 << 31);
                text.push_str(sign[(state >> 8) % sign.len()]);
            }
            let scan = Scan::of(&text);
            for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                let _ = scan.at(&text, byte);
            }
        }
        let deep = "a = ".to_owned() + &"[".repeat(100_000);
        assert_eq!(Scan::of(&deep).keys.len(), 1);
    }
}
