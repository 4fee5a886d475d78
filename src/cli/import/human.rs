//! What an import did, for people.

use std::collections::BTreeMap;

use crate::cli::ui::Ui;
use crate::commands::{Fate, ImportRun};
use crate::import::{Kept, Left, PlacedKind, Reason, words};
use crate::render::changes::{self, Width};
use crate::text::argument;

/// Words of one kind that are shown; the JSON has them all.
const MOST_WORDS: usize = 12;

/// The report.
pub(super) fn render(run: &ImportRun, is_dry: bool, ui: &Ui) -> String {
    let mut out = String::new();
    let verb = if is_dry { "Ville hente" } else { "Hentet" };
    out.push_str(&format!("{verb} {} til {}\n", run.document, run.folder));
    headings(run, &mut out);
    files(run, is_dry, &mut out);
    account(run, &mut out);
    if let Some(report) = &run.changes {
        out.push_str("\nForskelle\n");
        out.push_str(&changes::human(report, Width(ui.width()), false));
    }
    if !run.imported.told.is_empty() {
        out.push_str("\nVær opmærksom på\n");
        for told in &run.imported.told {
            push_wrapped(&mut out, "  - ", told, ui);
        }
    }
    next_step(run, is_dry, &mut out);
    out
}

fn headings(run: &ImportRun, out: &mut String) {
    let mut file = "";
    for placed in &run.imported.placed {
        if placed.file != file {
            file = &placed.file;
            out.push_str(&format!("\n{file}\n"));
        }
        let indent = "  ".repeat(placed.level);
        let what = match &placed.kind {
            PlacedKind::Answers(id) => format!("  svarer på {id}"),
            PlacedKind::Near {
                proposal,
                is_taken: true,
            } => format!("  regnet for svar på »{}«", proposal.wording),
            PlacedKind::Near {
                proposal,
                is_taken: false,
            } => {
                format!(
                    "  ligner »{}«; tag forslaget med --yes, eller skriv opfylder = \"{}\"",
                    proposal.wording, proposal.id
                )
            }
            PlacedKind::Local if placed.level == 1 => "  jeres eget afsnit".to_owned(),
            PlacedKind::Local | PlacedKind::Appendix => String::new(),
        };
        out.push_str(&format!("{indent}{}{what}\n", placed.heading));
    }
}

fn files(run: &ImportRun, is_dry: bool, out: &mut String) {
    let count = |fate: Fate| {
        run.files
            .iter()
            .filter(|file| file.fate == fate && file.is_section)
            .count()
    };
    let mut said = Vec::new();
    for (fate, one, many) in [
        (Fate::New, "ny fil", "nye filer"),
        (Fate::Replaced, "fil skrevet igen", "filer skrevet igen"),
        (Fate::Same, "uændret fil", "uændrede filer"),
    ] {
        match count(fate) {
            0 => {}
            1 => said.push(format!("1 {one}")),
            count => said.push(format!("{count} {many}")),
        }
    }
    let lead = if is_dry {
        "Filer (intet er skrevet)"
    } else {
        "Filer"
    };
    if !said.is_empty() {
        out.push_str(&format!("\n{lead}: {}\n", said.join(", ")));
    }
    for file in &run.files {
        if matches!(file.fate, Fate::Removed | Fate::Stays) {
            out.push_str(&format!("  {}: {}\n", file.path, file.fate.danish()));
        }
    }
    let kinds = kinds(&run.imported.kept);
    if !kinds.is_empty() {
        out.push_str(&format!("Indhold: {}\n", kinds.join(", ")));
    }
}

fn kinds(kept: &Kept) -> Vec<String> {
    let counts = [
        (kept.paragraphs, "stykke", "stykker"),
        (kept.items, "punkt i lister", "punkter i lister"),
        (kept.tables, "tabel", "tabeller"),
        (kept.quotations, "citat", "citater"),
        (kept.notes, "fodnote", "fodnoter"),
        (kept.rules, "regel", "regler"),
        (kept.questions, "spørgsmål", "spørgsmål"),
        (kept.fields, "felt", "felter"),
        (kept.signatures, "underskrift", "underskrifter"),
        (kept.pictures, "billede", "billeder"),
    ];
    let said = counts.into_iter().filter(|(count, _, _)| *count > 0);
    said.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect()
}

fn account(run: &ImportRun, out: &mut String) {
    let account = &run.imported.account;
    out.push_str(&format!(
        "\nOrd: {} i dokumentet, {} sat ind, {} udeladt\n",
        account.source, account.placed, account.left
    ));
    let mut by_reason: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
    for Left { reason, text } in &run.imported.left {
        by_reason.entry(*reason).or_default().extend(words(text));
    }
    for (reason, words) in by_reason.iter().filter(|(_, words)| !words.is_empty()) {
        let shown: Vec<&str> = words.iter().take(MOST_WORDS).map(String::as_str).collect();
        let more = words.len().saturating_sub(MOST_WORDS);
        let more = if more > 0 {
            format!(" … og {more} til")
        } else {
            String::new()
        };
        out.push_str(&format!(
            "  {:>4}  {}: {}{more}\n",
            words.len(),
            reason.danish(),
            shown.join(" ")
        ));
    }
    if !run.imported.added.is_empty() {
        out.push_str(&format!(
            "  Programmet har selv skrevet: {}\n",
            run.imported.added.join(", ")
        ));
    }
    for (what, words) in [
        (
            "Disse ord kan programmet ikke gøre rede for. Se efter, om de mangler",
            &account.missing,
        ),
        (
            "Disse ord er kommet til. Se efter, hvor de står",
            &account.surplus,
        ),
    ] {
        if !words.is_empty() {
            out.push_str(&format!("  {what}: {}\n", words.join(" ")));
        }
    }
}

fn push_wrapped(out: &mut String, lead: &str, text: &str, ui: &Ui) {
    let indent = " ".repeat(lead.len());
    let options = textwrap::Options::new(ui.width())
        .initial_indent(lead)
        .subsequent_indent(&indent)
        .break_words(false);
    for line in textwrap::wrap(text, options) {
        out.push_str(&line);
        out.push('\n');
    }
}

fn next_step(run: &ImportRun, is_dry: bool, out: &mut String) {
    out.push_str(&if is_dry {
        "\nIntet er skrevet. Kør kommandoen uden --dry-run for at hente dokumentet.\n".to_owned()
    } else {
        format!(
            "\nSe nu, hvad der mangler: rusprot check {}\n",
            argument(&run.imported.slug)
        )
    });
}
