//! RP109 `vejledning-som-svar`: a text is the skabelon's guidance, points or headings, not an answer.

use crate::check::context::Context;
use crate::check::texts::copied::{beginning, is_same};
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

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let prompts = prompts(context);
    if prompts.is_empty() {
        return;
    }
    let mut plain = String::new();
    context.protocol.visit(&mut |section| {
        for text in section.running() {
            findings.extend(check_text(section, text, &prompts, &mut plain));
        }
    });
}

fn prompts<'p>(context: &Context<'p>) -> Vec<Prompt<'p>> {
    let mut prompts = Vec::new();
    context.skabelon.visit(&mut |requirement| {
        let guidance = requirement.guidance.iter().map(|line| (line, true));
        let points = requirement.points.iter().map(|point| (&point.text, false));
        let heading = std::iter::once((&requirement.heading, false));
        for (line, is_guidance) in guidance.chain(points).chain(heading) {
            prompts.push(Prompt {
                beginning: beginning(&line.text),
                text: &line.text,
                is_guidance,
            });
        }
    });
    prompts
}

fn check_text(
    section: &Section,
    text: &RichText,
    prompts: &[Prompt<'_>],
    plain: &mut String,
) -> Option<Finding> {
    let mut all = true;
    let mut prompted: Option<Span> = None;
    let mut guided: Option<Span> = None;
    text.visit_runs(&mut |run| {
        let Some(span) = whole(run) else {
            return;
        };
        plain.clear();
        push_plain(run, plain);
        match find(prompts, plain) {
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
        return check_whole(section, text, prompts, plain);
    }
    let span = if all { prompted? } else { guided? };
    Some(finding(section, span))
}

fn check_whole(
    section: &Section,
    text: &RichText,
    prompts: &[Prompt<'_>],
    plain: &mut String,
) -> Option<Finding> {
    let mut first = None;
    let mut last = None;
    plain.clear();
    text.visit_runs(&mut |run| {
        if let Some(span) = whole(run) {
            first.get_or_insert(span);
            last = Some(span);
        }
        // The first paragraph decides whether there is anything to compare.
        if plain.is_empty() {
            push_plain(run, plain);
        }
    });
    let start = beginning(plain);
    let prompt = prompts.iter().find(|prompt| prompt.beginning == start)?;
    is_same(&text.plain(), prompt.text).then(|| {
        finding(
            section,
            first.unwrap_or_default().to(last.unwrap_or_default()),
        )
    })
}

fn find<'a>(prompts: &'a [Prompt<'_>], text: &str) -> Option<&'a Prompt<'a>> {
    let start = beginning(text);
    prompts
        .iter()
        .find(|prompt| prompt.beginning == start && is_same(prompt.text, text))
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
