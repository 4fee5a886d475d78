//! `[[undtag]]`: a finding that somebody has looked at and let stand, with the reason.
//!
//! Which findings one meets is decided where levels are applied, in `check`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::kind::Told;
use super::shape::{Keys, Line, Shape, nearest};
use super::table::table;
use super::takes::{Seen, Takes, filled, line};
use super::texts::Visit;
use crate::diag::Code;
use crate::text::{Place, SourceFile, Span, Spanned};

table! {
    /// An exception from a rule.
    pub struct Exception: "en undtagelse", "Et fund, som nogen har set på og lader stå.";

    /// The rule.
    rule: Spanned<Code> = "regel" as Rule, "Reglens navn eller nummer, som det står i meldingen.";
    /// What must stand on the finding's lines; anything where it is absent.
    pattern: Option<Line> = "hvor" as line(Seen::Not), "Ord fra den linje, som fundet står på. Uden nøglen gælder det hele filen.";
    /// Why it may stand.
    reason: Line = "begrundelse" as filled(line(Seen::Not)), "Hvorfor fundet kan blive stående.";

    => and: number_is_shown;

    + where (shape, _) {
        /// The file it stands in; in a section's file it counts there only, in `protokol.toml` everywhere.
        file: Arc<SourceFile> = Arc::clone(shape.file);
    }
}

/// A rule that somebody can be excepted from.
#[derive(Clone, Copy, Debug)]
struct Rule;

impl Told for Rule {
    fn noun(&self) -> String {
        "navnet på en regel".to_owned()
    }

    fn schema(&self) -> Value {
        let excepted = Code::ALL.iter().filter(|code| code.can_be_excepted());
        let names: Vec<&str> = excepted
            .flat_map(|code| [code.name(), code.number()])
            .collect();
        json!({ "enum": names })
    }

    fn is_needed(&self) -> bool {
        true
    }
}

impl Takes for Rule {
    type Value = Spanned<Code>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let name = shape.required_line(keys, key)?;
        let rule = read_rule(shape, &name)?;
        if rule == Code::Personnummer {
            let pattern = shape.aside(|shape| shape.line(keys, "hvor"));
            if !pattern.as_ref().is_some_and(shows_number) {
                let (span, message, help) = without_number(&name, pattern.as_ref());
                shape.wrong_type(span, message, help);
                return None;
            }
        }
        Some(Spanned::new(rule, name.span))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

impl Exception {
    /// Where the rule is named.
    pub fn place(&self) -> Place {
        Place::new(&self.file, self.rule.span)
    }
}

/// How a digit that is hidden is shown, by the bytes it takes: no place in a text moves for it.
pub const HIDDEN_DIGITS: [char; 4] = ['x', 'ˣ', '\u{FF58}', '\u{1D5D1}'];

/// An exception from the rule of personal numbers shows the number, for the schema.
fn number_is_shown() -> Value {
    let hidden: String = HIDDEN_DIGITS.iter().collect();
    let of_ten =
        |between: &str| json!({ "pattern": format!("[{hidden}]({between}[{hidden}]){{9}}") });
    let rule = Code::Personnummer;
    let is_about = json!({ "enum": [rule.name(), rule.number()] });
    json!({
        "if": { "properties": { "regel": is_about }, "required": ["regel"] },
        "then": {
            "properties": {
                "hvor": {
                    "allOf": [
                        { "pattern": r"^[^\p{N}]*$" },
                        {
                            "anyOf": [
                                of_ten(r"[^\p{Alphabetic}\p{N}]*"),
                                of_ten(r"([^\p{Alphabetic}\p{N}<&]|<[^>]*>|&[^;]*;)*"),
                            ],
                        },
                    ],
                },
            },
            "required": ["hvor"],
        },
    })
}

/// Whether a line shows a number with every digit hidden, as reports do: ten or more of them and no digit. What is
/// between them may be a tag or an entity.
fn shows_number(line: &Line) -> bool {
    let text = &line.text;
    !text.contains(char::is_numeric) && (has_ten(text) || has_ten(&without_marks(text)))
}

/// Whether ten hidden digits stand together, with no letter between.
fn has_ten(text: &str) -> bool {
    const DIGITS: usize = 10;
    let parts = text.split(|c: char| c.is_alphanumeric() && !HIDDEN_DIGITS.contains(&c));
    let most = parts.map(|part| part.matches(HIDDEN_DIGITS).count()).max();
    most >= Some(DIGITS)
}

/// A text without its tags and entities.
fn without_marks(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, mark) = rest.split_at(at);
        left.push_str(before);
        let end = if mark.starts_with('<') { '>' } else { ';' };
        rest = match mark.find(end) {
            Some(end) => &mark[end + 1..],
            None => {
                left.push_str(&mark[..1]);
                &mark[1..]
            }
        };
    }
    left.push_str(rest);
    left
}

/// Place, message and help for an exception of a personal number that shows none.
fn without_number(name: &Line, pattern: Option<&Line>) -> (Span, String, String) {
    (
        pattern.unwrap_or(name).span,
        "En undtagelse fra »personnummer« gælder ét tal, og »hvor« viser det ikke.".to_owned(),
        "Skriv tallet i »hvor«, som meldingen viser det, med x for hvert ciffer: hvor = 'xxxxxxxxxx'"
            .to_owned(),
    )
}

fn read_rule(shape: &mut Shape<'_>, name: &Line) -> Option<Code> {
    let Some(code) = Code::find(&name.text) else {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        let help = match nearest(&name.text, &names) {
            Some(near) => format!("Mente du »{near}«?"),
            None => "Skriv reglens navn eller nummer, som det står i meldingen.".to_owned(),
        };
        shape.wrong_type(
            name.span,
            format!("»{}« er ikke en regel.", name.text),
            help,
        );
        return None;
    };
    if !code.can_be_excepted() {
        shape.wrong_type(
            name.span,
            format!(
                "Der kan ikke gøres undtagelser fra reglen »{}«.",
                code.name()
            ),
            "Slet undtagelsen, og ret det, som reglen melder.".to_owned(),
        );
        return None;
    }
    Some(code)
}
