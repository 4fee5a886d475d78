//! Changes of values where they stand: edits of bytes that touch nothing around them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::literal;
use super::{Changes, New, NoRoom, Row};

/// Bytes of the text that become others.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }
}

/// Whether a value is one that stands behind `=`, and not below a header of its own.
pub(super) fn is_inline(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::Table(_) => text[value.span().start..].starts_with('{'),
        DeValue::Array(items) => {
            let span = value.span();
            // The span of `[[key]]` is that of its header.
            items
                .first()
                .is_none_or(|first| span.start < first.span().start)
        }
        _ => true,
    }
}

/// The edits that make a value behind `=` another.
pub(super) fn change(
    text: &str,
    value: &Spanned<DeValue<'_>>,
    new: &New,
    eol: &str,
    edits: &mut Vec<Edit>,
) -> Result<(), NoRoom> {
    let span = value.span();
    match (value.get_ref(), new) {
        (DeValue::String(before), New::Text(words)) => {
            let typed = &text[span.clone()];
            let even = before.replace("\r\n", "\n");
            if literal::value(Some(before), words) != even {
                let typed = literal::string(Some((typed, before)), words, eol);
                edits.push(Edit::new(span, typed));
            }
            Ok(())
        }
        (DeValue::Array(items), New::List(news)) => {
            list(text, (span, items), news, eol, edits);
            Ok(())
        }
        (DeValue::Array(items), New::Tables(rows)) => {
            inline_rows(text, (span, items), rows, eol, edits)
        }
        (DeValue::Table(table), New::Table(changes)) => {
            inline_table(text, (span, table), changes, eol, edits)
        }
        _ => {
            let typed = literal::of(new, eol);
            if text[span.clone()] != typed {
                edits.push(Edit::new(span, typed));
            }
            Ok(())
        }
    }
}

/// Whether a value says this already.
fn is_same(value: &Spanned<DeValue<'_>>, new: &New) -> bool {
    match (value.get_ref(), new) {
        (DeValue::String(before), New::Text(words)) => {
            literal::value(Some(before), words) == before.replace("\r\n", "\n")
        }
        (DeValue::Integer(before), New::Number(number)) => before.to_string() == number.to_string(),
        (DeValue::Datetime(before), New::Day(day)) => before.to_string() == day.to_string(),
        _ => false,
    }
}

/// A list of values. What is the same at its beginning and its end is left alone.
fn list(
    text: &str,
    (span, items): (Range<usize>, &DeArray<'_>),
    news: &[New],
    eol: &str,
    edits: &mut Vec<Edit>,
) {
    let pairs = items.iter().zip(news);
    let start = pairs.take_while(|(item, new)| is_same(item, new)).count();
    let left = items.len().min(news.len()) - start;
    let pairs = items.iter().rev().zip(news.iter().rev()).take(left);
    let end = pairs.take_while(|(item, new)| is_same(item, new)).count();
    let old = &items[start..items.len() - end];
    let new = &news[start..news.len() - end];
    if old.len() == new.len() {
        for (item, new) in old.iter().zip(new) {
            let typed = match (item.get_ref(), new) {
                (DeValue::String(before), New::Text(words)) => {
                    literal::string(Some((&text[item.span()], before)), words, eol)
                }
                _ => literal::of(new, eol),
            };
            edits.push(Edit::new(item.span(), typed));
        }
        return;
    }
    let typed: Vec<String> = new.iter().map(|new| literal::of(new, eol)).collect();
    if start == 0 && end == 0 {
        edits.push(Edit::new(span, format!("[{}]", typed.join(", "))));
        return;
    }
    let between = separator(text, items);
    // From behind what stays in front to what stays behind.
    let (from, to) = match (start.checked_sub(1), items.len() - end) {
        (Some(before), after) if after < items.len() => {
            (items[before].span().end, items[after].span().start)
        }
        (Some(before), _) => (items[before].span().end, items[items.len() - 1].span().end),
        (None, after) => (items[0].span().start, items[after].span().start),
    };
    let mut middle = typed.join(&between);
    if start > 0 && !middle.is_empty() {
        middle.insert_str(0, &between);
    }
    if end > 0 && (!middle.is_empty() || start > 0) {
        middle.push_str(&between);
    }
    edits.push(Edit::new(from..to, middle));
}

/// What stands between two items: as between the first two, else a comma.
fn separator(text: &str, items: &DeArray<'_>) -> String {
    let between = items.first().zip(items.get(1));
    let between = between.map(|(one, two)| &text[one.span().end..two.span().start]);
    match between {
        Some(between) if !between.contains('#') => between.to_owned(),
        _ => ", ".to_owned(),
    }
}

/// Tables in a list behind `=`.
fn inline_rows(
    text: &str,
    (span, items): (Range<usize>, &DeArray<'_>),
    rows: &[Row],
    eol: &str,
    edits: &mut Vec<Edit>,
) -> Result<(), NoRoom> {
    let stays = rows.len() == items.len();
    let stays = stays
        && rows
            .iter()
            .enumerate()
            .all(|(at, row)| row.from == Some(at));
    if stays {
        for (item, row) in items.iter().zip(rows) {
            change(text, item, &New::Table(row.changes.clone()), eol, edits)?;
        }
        return Ok(());
    }
    let mut typed = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(from) = row.from else {
            typed.push(literal::of(&New::Table(row.changes.clone()), eol));
            continue;
        };
        let item = items.get(from).ok_or(NoRoom)?;
        let mut own = Vec::new();
        change(text, item, &New::Table(row.changes.clone()), eol, &mut own)?;
        typed.push(applied(text, item.span(), &own));
    }
    let between = separator(text, items);
    let lines = items
        .first()
        .map(|first| &text[span.start + 1..first.span().start]);
    let start = lines
        .filter(|lines| !lines.contains('#'))
        .unwrap_or_default();
    let rest = items
        .last()
        .map(|last| &text[last.span().end..span.end - 1]);
    let rest = rest.filter(|rest| !rest.contains('#')).unwrap_or_default();
    let typed = format!("[{start}{}{rest}]", typed.join(&between));
    edits.push(Edit::new(span, typed));
    Ok(())
}

/// A table behind `=`.
fn inline_table(
    text: &str,
    (span, table): (Range<usize>, &DeTable<'_>),
    changes: &Changes,
    eol: &str,
    edits: &mut Vec<Edit>,
) -> Result<(), NoRoom> {
    let keeps_keys = changes
        .iter()
        .all(|(key, new)| new.is_some() == table.contains_key(key.as_str()));
    if keeps_keys {
        for (key, new) in changes {
            if let (Some(value), Some(new)) = (table.get(key.as_str()), new) {
                change(text, value, new, eol, edits)?;
            }
        }
        return Ok(());
    }
    let mut keys: Vec<(usize, String)> = Vec::new();
    for (key, value) in table {
        let is_dotted = matches!(value.get_ref(), DeValue::Table(_)) && !is_inline(text, value);
        if is_dotted {
            return Err(NoRoom);
        }
        let changed = changes.iter().find(|(name, _)| name == key.get_ref());
        let mut own = Vec::new();
        match changed {
            Some((_, None)) => continue,
            Some((_, Some(new))) => change(text, value, new, eol, &mut own)?,
            None => {}
        }
        let range = key.span().start..value.span().end;
        keys.push((range.start, applied(text, range, &own)));
    }
    keys.sort();
    let mut typed: Vec<String> = keys.into_iter().map(|(_, typed)| typed).collect();
    for (key, new) in changes {
        if let (None, Some(new)) = (table.get(key.as_str()), new) {
            typed.push(format!("{} = {}", literal::key(key), literal::of(new, eol)));
        }
    }
    edits.push(Edit::new(span, format!("{{ {} }}", typed.join(", "))));
    Ok(())
}

/// A part of the text with its edits made.
pub(super) fn applied(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let mut own: Vec<&Edit> = edits
        .iter()
        .filter(|edit| range.start <= edit.range.start && edit.range.end <= range.end)
        .collect();
    own.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(range.len());
    let mut from = range.start;
    for edit in own {
        out.push_str(&text[from..edit.range.start.max(from)]);
        out.push_str(&edit.text);
        from = edit.range.end.max(from);
    }
    out.push_str(&text[from..range.end]);
    out
}
