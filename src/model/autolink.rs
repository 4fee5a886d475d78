//! Addresses written bare: links without any mark, as GitHub makes them.
//!
//! `https://`, `http://` and mail addresses, by the rules of GitHub Flavored Markdown for extended
//! autolinks. An address without its scheme stays text: where it leads would be a guess.

use std::ops::Range;

use super::reference::Reference;
use super::richtext::{Inline, InlineKind};

/// How addresses begin.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// How many letters an address has at most, so that no text takes long.
const LONGEST: usize = 2000;

/// The running text with a link in place of every bare address.
pub(super) fn linked(content: Vec<Inline>) -> Vec<Inline> {
    let may_have = |text: &str| text.contains("://") || text.contains('@');
    let has = |inline: &Inline| matches!(&inline.kind, InlineKind::Text(text) if may_have(text));
    if !content.iter().any(has) {
        return content;
    }
    let mut linked: Vec<Inline> = Vec::with_capacity(content.len() + 2);
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) if may_have(text) => {
                let joined = linked.last().is_some_and(ends_in_letter);
                split(&inline, text, joined, &mut linked);
            }
            _ => linked.push(inline),
        }
    }
    linked
}

/// Whether what follows goes on with the same word.
fn ends_in_letter(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.ends_with(char::is_alphanumeric),
        InlineKind::Code(_) | InlineKind::Link { .. } => true,
        _ => false,
    }
}

fn split(inline: &Inline, text: &str, joined: bool, out: &mut Vec<Inline>) {
    let mut from = 0;
    let part = |range: Range<usize>| Inline {
        span: inline.part(text, range.clone()),
        kind: InlineKind::Text(text[range].to_owned()),
    };
    let mut found = written_out(text);
    found.extend(mails(text));
    found.sort_by_key(|range| range.start);
    for range in found {
        if range.start < from || (joined && range.start == 0) {
            continue;
        }
        if from < range.start {
            out.push(part(from..range.start));
        }
        let address = &text[range.clone()];
        let target = if address.contains("://") {
            Reference::Address(address.to_owned())
        } else {
            Reference::Address(format!("mailto:{address}"))
        };
        let shown = part(range.clone());
        out.push(Inline {
            span: shown.span,
            kind: InlineKind::Link {
                target,
                content: vec![shown],
            },
        });
        from = range.end;
    }
    if from < text.len() {
        out.push(part(from..text.len()));
    }
}

/// Where addresses with a scheme stand in a text.
pub(super) fn written_out(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "://") {
        let scheme = SCHEMES.iter().find(|scheme| {
            let head = at
                .checked_sub(scheme.len() - 3)
                .and_then(|start| text.get(start..at + 3));
            head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        let Some(start) = scheme.map(|scheme| at + 3 - scheme.len()) else {
            continue;
        };
        let begins = text[..start].chars().next_back().is_none_or(|c| {
            c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '|' | '»' | '"')
        });
        let is_inside = found.last().is_some_and(|last| start < last.end);
        if begins
            && !is_inside
            && let Some(length) = length(&text[at + 3..])
        {
            found.push(start..at + 3 + length);
        }
    }
    found
}

/// How long an address is behind its scheme; `None` where there is no domain.
fn length(rest: &str) -> Option<usize> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '|' | '`' | '«' | '"' | '”' | '…');
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let domain = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
    let domain = trimmed(domain);
    if domain.len() > LONGEST || !is_domain(domain) {
        return None;
    }
    let within = rest
        .char_indices()
        .nth(LONGEST)
        .map_or(rest.len(), |(at, _)| at);
    let address = trimmed(&rest[..rest[..within].find(ends).unwrap_or(within)]);
    Some(address.len())
}

/// An address without the signs at its end that belong to the sentence around it.
fn trimmed(mut address: &str) -> &str {
    loop {
        let without = match address.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'') => {
                &address[..address.len() - 1]
            }
            Some(b')') if address.matches(')').count() > address.matches('(').count() => {
                &address[..address.len() - 1]
            }
            _ => return address,
        };
        address = without;
    }
}

fn is_domain(domain: &str) -> bool {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let parts: Vec<&str> = domain.split('.').collect();
    let whole = |part: &&str| !part.is_empty() && part.chars().all(belongs);
    let last = &parts[parts.len().saturating_sub(2)..];
    parts.len() >= 2 && parts.iter().all(whole) && !last.iter().any(|part| part.contains('_'))
}

/// Where mail addresses stand in a text.
fn mails(text: &str) -> Vec<Range<usize>> {
    let is_name =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-');
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('@') {
        let name = bytes[from..at]
            .iter()
            .rev()
            .take_while(|&&byte| is_name(byte))
            .count();
        let host = bytes[at + 1..]
            .iter()
            .take_while(|&&byte| is_host(byte))
            .count();
        from = at + 1;
        let host = text[at + 1..at + 1 + host].trim_end_matches('.');
        let start = at - name;
        let joined = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == ':');
        if name > 0 && !joined && is_domain(host) && !host.ends_with(['-', '_']) {
            found.push(start..at + 1 + host.len());
            from = at + 1 + host.len();
        }
    }
    found
}
