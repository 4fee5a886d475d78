//! `[[undtag]]`: a finding that somebody has looked at and let stand, with the reason.
//!
//! Which findings one meets is decided where levels are applied, in `check`.

use std::sync::Arc;

use super::shape::{Keys, Kind, Line, Shape, nearest};
use crate::diag::Code;
use crate::text::{Place, SourceFile, Span};

/// An exception from a rule.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The file it stands in; in a section's file it counts there only, in `protokol.toml` everywhere.
    pub file: Arc<SourceFile>,
    /// The rule.
    pub rule: Code,
    /// Where the rule is named.
    pub span: Span,
    /// What must stand on the finding's lines; anything where it is absent.
    pub pattern: Option<Line>,
    /// Why it may stand.
    pub reason: Line,
}

static EXCEPTION: Kind = Kind {
    name: "en undtagelse",
    keys: &["regel", "hvor", "begrundelse"],
};

impl Exception {
    /// Reads every `[[undtag]]`; one of a rule that is not there, or that nobody can be excepted from, is a
    /// finding and left out.
    pub(super) fn read_all(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Self> {
        let tables = shape.tables(keys, "undtag", &EXCEPTION);
        let read = tables.iter().filter_map(|keys| Self::read(shape, keys));
        read.collect()
    }

    fn read(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Self> {
        let name = shape.required_line(keys, "regel");
        let pattern = shape.line(keys, "hvor");
        let reason = shape.required_line(keys, "begrundelse");
        let name = name?;
        let rule = read_rule(shape, &name)?;
        if rule == Code::Personnummer && !pattern.as_ref().is_some_and(shows_number) {
            let (span, message, help) = without_number(&name, pattern.as_ref());
            shape.wrong_type(span, message, help);
            return None;
        }
        Some(Self {
            file: Arc::clone(shape.file),
            rule,
            span: name.span,
            pattern,
            reason: reason?,
        })
    }

    /// Where the rule is named.
    pub fn place(&self) -> Place {
        Place::new(&self.file, self.span)
    }
}

/// Whether a line shows a number with every digit hidden, as reports do: ten or more x's and no digit.
fn shows_number(line: &Line) -> bool {
    const DIGITS: usize = 10;
    let hidden = line.text.split(|c: char| c.is_alphanumeric() && c != 'x');
    let most = hidden.map(|part| part.matches('x').count()).max();
    most >= Some(DIGITS) && !line.text.contains(char::is_numeric)
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
