//! RP109 `vejledning-som-svar`: a text is the skabelon's guidance, points or headings, not an answer.

use crate::check::context::Context;
use crate::check::texts::copied::{beginning, beginning_of, is_same};
use crate::diag::{Code, Finding};
use crate::model::{Inline, RichText, Section, push_plain};
use crate::text::Span;

/// A text of the skabelon that tells the author what to write.
struct Prompt<'p> {
    beginning: u64,
    text: &'p str,
    /// Guidance is nobody's own sentence, so one paragraph of it is enough; a point or a heading may
    /// well stand in a list.
    is_guidance: bool,
}

/// All of them.
struct Prompts<'p> {
    all: Vec<Prompt<'p>>,
    /// How they begin, in order: most texts begin otherwise.
    beginnings: Vec<u64>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let prompts = Prompts::of(context);
    if prompts.all.is_empty() {
        return;
    }
    let mut plain = String::new();
    context.protocol.visit(&mut |section| {
        for text in section.running() {
            findings.extend(check_text(section, text, &prompts, &mut plain));
        }
    });
}

impl<'p> Prompts<'p> {
    fn of(context: &Context<'p>) -> Self {
        let mut all = Vec::new();
        context.skabelon.visit(&mut |requirement| {
            let guidance = requirement.guidance.iter().map(|line| (line, true));
            let points = requirement.points.iter().map(|point| (&point.text, false));
            let heading = std::iter::once((&requirement.heading, false));
            for (line, is_guidance) in guidance.chain(points).chain(heading) {
                all.push(Prompt {
                    beginning: beginning(&line.text),
                    text: &line.text,
                    is_guidance,
                });
            }
        });
        let mut beginnings: Vec<u64> = all.iter().map(|prompt| prompt.beginning).collect();
        beginnings.sort_unstable();
        Self { all, beginnings }
    }

    /// The first that has a run's letters, which begin so.
    fn of_run(&self, begins: u64, run: &[Inline], plain: &mut String) -> Option<&Prompt<'p>> {
        self.beginnings.binary_search(&begins).ok()?;
        plain.clear();
        push_plain(run, plain);
        self.with(begins, plain)
    }

    fn with(&self, begins: u64, text: &str) -> Option<&Prompt<'p>> {
        let mut all = self.all.iter();
        all.find(|prompt| prompt.beginning == begins && is_same(prompt.text, text))
    }
}

fn check_text(
    section: &Section,
    text: &RichText,
    prompts: &Prompts<'_>,
    plain: &mut String,
) -> Option<Finding> {
    let mut all = true;
    let mut prompted: Option<Span> = None;
    let mut guided: Option<Span> = None;
    // How the first paragraph begins that says something.
    let mut opening = None;
    text.visit_runs(&mut |run| {
        let Some(span) = whole(run) else {
            return;
        };
        plain.clear();
        let begins = beginning_of(run).or_else(|| {
            push_plain(run, plain);
            (!plain.is_empty()).then(|| beginning(plain))
        });
        opening = opening.or(begins);
        match begins.and_then(|begins| prompts.of_run(begins, run, plain)) {
            Some(prompt) => {
                prompted = Some(prompted.map_or(span, |former| former.to(span)));
                if prompt.is_guidance {
                    guided.get_or_insert(span);
                }
            }
            None => all = false,
        }
    });
    if !all && guided.is_none() {
        // Guidance of several paragraphs is one line in the skabelon.
        return check_whole(section, text, prompts, opening?);
    }
    let span = if all { prompted? } else { guided? };
    Some(finding(section, span))
}

/// `opening`: how its first paragraph begins, which decides whether there is anything to compare.
fn check_whole(
    section: &Section,
    text: &RichText,
    prompts: &Prompts<'_>,
    opening: u64,
) -> Option<Finding> {
    prompts.beginnings.binary_search(&opening).ok()?;
    prompts.with(opening, &text.plain())?;
    let mut span: Option<Span> = None;
    text.visit_runs(&mut |run| {
        if let Some(own) = whole(run) {
            span = Some(span.map_or(own, |former| former.to(own)));
        }
    });
    Some(finding(section, span.unwrap_or_default()))
}

fn whole(run: &[Inline]) -> Option<Span> {
    Some(run.first()?.span.to(run.last()?.span))
}

fn finding(section: &Section, span: Span) -> Finding {
    Finding::new(
        Code::VejledningSomSvar,
        section.place(span),
        format!(
            "Teksten i »{}« er skabelonens egne ord om, hvad du skal skrive, og ikke et svar.",
            section.heading.text
        ),
    )
    .with_help(
        "Slet den, og skriv, hvem der gør hvad hos jer, og hvornår. Vil du gemme ordene, så flyt dem til \
         note = \"…\"",
    )
}
