//! The book in which every word is accounted for that does not go into the protocol as it stands.

use super::source::{Left, Reason, words};

/// What was left out, what the program wrote itself, and what the author should know.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// What was left out, in reading order.
    pub left: Vec<Left>,
    /// Words that stand in the protocol and not in the source.
    pub added: Vec<String>,
    /// What the author should know, each once.
    pub told: Vec<String>,
}

impl Ledger {
    /// Leaves a text out; one without words needs no entry.
    pub fn leave(&mut self, reason: Reason, text: &str) {
        if !words(text).is_empty() {
            self.left.push(Left::new(reason, text.trim()));
        }
    }

    /// Tells the author something, once.
    pub fn tell(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.told.contains(&text) {
            self.told.push(text);
        }
    }
}
