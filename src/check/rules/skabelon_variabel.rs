//! RP803 `skabelon-variabel`: a variable in a skabelon that can have no value: in an obligatory text one that
//! no protocol of the area has, anywhere else any.
//!
//! A variable that some protocols have and others lack is RP009 in those that lack it.

use super::ukendt_variabel;
use crate::check::context::SkabelonContext;
use crate::diag::{Code, Finding};
use crate::model::{Line, Requirement, SlipKind, Variables};

pub(super) fn check(context: &SkabelonContext<'_>, findings: &mut Vec<Finding>) {
    if let Some(variables) = context.variables {
        context.skabelon.visit(&mut |requirement| {
            unknown_in_obligatory(context, requirement, variables, findings);
        });
    }
    for line in lines(context) {
        if let Some(found) = Variables::find(&line.text, 0) {
            let written = &line.text[found.start..found.end];
            let message = format!("Variablen {written} bliver ikke skiftet ud her.");
            let help = "Skriv ordene selv. I en skabelon virker variabler kun i den obligatoriske tekst. En \
                        overskrift i en protokol kan derfor ikke passe med en overskrift, der har en.";
            let place = context.place(line.span);
            findings.push(Finding::new(Code::SkabelonVariabel, place, message).with_help(help));
        }
    }
}

fn unknown_in_obligatory(
    context: &SkabelonContext<'_>,
    requirement: &Requirement,
    variables: &Variables,
    findings: &mut Vec<Finding>,
) {
    let Some((_, slips)) = context.skabelon.obligatory(requirement, variables) else {
        return;
    };
    for slip in slips {
        let SlipKind::UnknownVariable(name) = slip.kind else {
            continue;
        };
        // The help is that of RP009: the protocols get the same variable from the same places.
        let about = ukendt_variabel::unknown(slip.place.clone(), &name, variables);
        let message = if name.is_empty() {
            about.message
        } else {
            format!("Ingen protokol i området har variablen »{name}«, som den fælles tekst bruger.")
        };
        let mut finding = Finding::new(Code::SkabelonVariabel, slip.place, message);
        finding.help = about.help;
        findings.push(finding);
    }
}

/// Every line that is printed or compared as it stands. Guidance is left out: it may tell authors of
/// variables.
fn lines<'s>(context: &SkabelonContext<'s>) -> Vec<&'s Line> {
    let skabelon = context.skabelon;
    let mut lines = vec![&skabelon.name, &skabelon.document_type, &skabelon.version];
    lines.extend(
        [&skabelon.publisher, &skabelon.source, &skabelon.title]
            .into_iter()
            .flatten(),
    );
    skabelon.visit(&mut |requirement| {
        lines.extend(requirement.wordings());
        lines.extend(&requirement.each_subsection);
        for point in &requirement.points {
            lines.push(&point.text);
            lines.extend(&point.aliases);
        }
    });
    for duty in &skabelon.duties {
        lines.push(&duty.what);
        lines.extend(&duty.forum);
        lines.extend(&duty.responsible);
    }
    lines
}
