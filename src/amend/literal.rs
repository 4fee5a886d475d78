//! Values as they are typed.

use std::borrow::Cow;

use super::New;
use crate::fix::Quotes;
use crate::text::{Span, toml_string};

/// The value of a string that held `before` and is to say `text`: white space around it stays.
pub(super) fn value(before: Option<&str>, text: &str) -> String {
    let text = text.trim();
    let Some(before) = before else {
        return if text.contains('\n') {
            format!("{text}\n")
        } else {
            text.to_owned()
        };
    };
    let before = before.replace("\r\n", "\n");
    let words = before.trim();
    if words == text {
        return before;
    }
    if words.is_empty() {
        // An empty text on lines of its own stays one.
        let end = if before.contains('\n') || text.contains('\n') {
            "\n"
        } else {
            ""
        };
        return format!("{text}{end}");
    }
    let start = &before[..before.len() - before.trim_start().len()];
    let end = &before[before.trim_end().len()..];
    let end = if end.is_empty() && text.contains('\n') && !words.contains('\n') {
        "\n"
    } else {
        end
    };
    format!("{start}{text}{end}")
}

/// A string as it is typed, in the quotes that the former one had, where they can hold it.
pub(super) fn string(former: Option<(&str, &str)>, text: &str, eol: &str) -> String {
    let value = value(former.map(|(_, value)| value), text);
    let typed = former.and_then(|(typed, _)| in_quotes(typed, &value));
    let typed = typed.unwrap_or_else(|| fresh(&value));
    if eol == "\n" {
        typed
    } else {
        typed.replace('\n', eol)
    }
}

/// The value between the quotes of a typed string; `None` where they cannot hold it well.
fn in_quotes(typed: &str, value: &str) -> Option<String> {
    let quotes = Quotes::of(typed, Span::from(0..typed.len()));
    let has_lines = quotes.has_lines();
    if value.contains('\n') && !has_lines {
        return None;
    }
    let letters = quotes.typed(value)?;
    let marks = if has_lines { &typed[..3] } else { &typed[..1] };
    // A line end right behind the quotes is no part of the value.
    let begins_below = has_lines && typed[3..].starts_with(['\n', '\r']);
    let gap = if begins_below || value.starts_with('\n') {
        "\n"
    } else {
        ""
    };
    let gap = if has_lines { gap } else { "" };
    Some(format!("{marks}{gap}{letters}{marks}"))
}

/// A value in quotes of our own choosing.
fn fresh(value: &str) -> String {
    if !value.contains('\n') {
        return toml_string(value);
    }
    for marks in ["'''", "\"\"\""] {
        let typed = in_quotes(&format!("{marks}\n{marks}"), value);
        if let Some(typed) = typed {
            return typed;
        }
    }
    toml_string(value)
}

/// A value that was not there before, on one line where it can be.
pub(super) fn of(new: &New, eol: &str) -> String {
    match new {
        New::Text(text) => string(None, text, eol),
        New::Number(number) => number.to_string(),
        New::Yes(yes) => yes.to_string(),
        New::Day(day) => day.to_string(),
        New::List(items) => {
            let items: Vec<String> = items.iter().map(|item| of(item, eol)).collect();
            format!("[{}]", items.join(", "))
        }
        New::Table(changes) => {
            let keys = changes.iter();
            let keys = keys.filter_map(|(key, new)| Some((key, new.as_ref()?)));
            let keys: Vec<String> = keys
                .map(|(key, new)| format!("{} = {}", self::key(key), of(new, eol)))
                .collect();
            if keys.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", keys.join(", "))
            }
        }
        New::Tables(rows) => {
            let rows = rows.iter();
            let rows = rows.map(|row| of(&New::Table(row.changes.clone()), eol));
            format!("[{}]", rows.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key as it is typed.
pub(super) fn key(key: &str) -> Cow<'_, str> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !key.is_empty() && key.bytes().all(is_bare) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(toml_string(key))
    }
}
