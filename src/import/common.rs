//! The skabelon's own texts in what an author wrote: the obligatory text and the guidance, which the program has
//! already and which are left out.

use super::ledger::Ledger;
use super::lists::Flow;
use super::source::{Reason, letters, words};
use crate::check::{Deviation, Original, Words, is_same};
use crate::model::{Requirement, Skabelon, Variables, plain};

/// A copy with more words of its own than a third is the author's text, with a copy in it.
const MOST_OWN: usize = 4;
/// Deviations of one copy that are shown.
const MOST_SHOWN: usize = 4;

/// The texts of some requirements.
#[derive(Clone, Debug, Default)]
pub struct CommonTexts {
    obligatory: Vec<String>,
    guidance: Vec<String>,
}

impl CommonTexts {
    /// These texts and those of one more requirement.
    pub fn add(&mut self, requirement: &Requirement, skabelon: &Skabelon, variables: &Variables) {
        if let Some((text, _)) = skabelon.obligatory(requirement, variables) {
            text.visit_runs(&mut |run| {
                self.obligatory.push(plain(run));
            });
        }
        self.guidance
            .extend(requirement.guidance.iter().map(|line| line.text.clone()));
        self.guidance.extend(
            requirement
                .points
                .iter()
                .map(|point| point.text.text.clone()),
        );
    }

    /// Leaves out what is a copy.
    pub fn take_out(&self, flows: Vec<Flow>, ledger: &mut Ledger) -> Vec<Flow> {
        if self.obligatory.is_empty() && self.guidance.is_empty() {
            return flows;
        }
        let mut kept = Vec::new();
        for flow in flows {
            match flow {
                Flow::Paragraph(runs) => {
                    let text = letters(&runs);
                    match self.reason(&text, ledger) {
                        Some(reason) => ledger.leave(reason, &text),
                        None => kept.push(Flow::Paragraph(runs)),
                    }
                }
                Flow::List(mut list) => {
                    for item in &mut list.items {
                        item.flows = self.take_out(std::mem::take(&mut item.flows), ledger);
                    }
                    list.items.retain(|item| !item.flows.is_empty());
                    if !list.items.is_empty() {
                        kept.push(Flow::List(list));
                    }
                }
                Flow::Quote(inner) => {
                    let inner = self.take_out(inner, ledger);
                    if !inner.is_empty() {
                        kept.push(Flow::Quote(inner));
                    }
                }
                other @ (Flow::Table(_) | Flow::Definitions(_) | Flow::Placed(_)) => {
                    kept.push(other);
                }
            }
        }
        kept
    }

    fn reason(&self, text: &str, ledger: &mut Ledger) -> Option<Reason> {
        let count = words(text).len();
        if count < 3 {
            return None;
        }
        if self.obligatory.iter().any(|own| is_same(own, text)) {
            return Some(Reason::Obligatory);
        }
        if self.guidance.iter().any(|own| is_same(own, text)) {
            return Some(Reason::Guidance);
        }
        let typed = Words::of(text);
        let (_, deviations) = self.obligatory.iter().find_map(|own| {
            let deviations = Original::new(own)?.repeated_in(&typed)?;
            let most = words(own).len() * MOST_OWN / 3;
            (count <= most).then_some((own, deviations))
        })?;
        if !deviations.is_empty() {
            let mut shown: Vec<String> = deviations
                .iter()
                .take(MOST_SHOWN)
                .map(Deviation::shown)
                .collect();
            let more = deviations.len().saturating_sub(MOST_SHOWN);
            if more > 0 {
                shown.push(format!("og {more} steder mere"));
            }
            ledger.tell(format!(
                "Den fælles tekst er udeladt, men jeres udgave afveg: {}. Minus er den fælles teksts ord, plus er jeres.",
                shown.join(", ")
            ));
        }
        Some(Reason::Obligatory)
    }
}
