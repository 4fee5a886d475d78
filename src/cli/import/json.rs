//! What an import did, as JSON, version 1 (`docs/json.md`).

use serde::Serialize;

use crate::commands::ImportRun;
use crate::import::PlacedKind;
use crate::text;

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    document: &'a str,
    protocol: &'a str,
    folder: &'a str,
    institution: Option<&'a str>,
    skabelon: &'a str,
    written: bool,
    files: Vec<File<'a>>,
    headings: Vec<Heading<'a>>,
    kept: Kept,
    words: Words<'a>,
    told: &'a [String],
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    fate: &'static str,
}

#[derive(Serialize)]
struct Heading<'a> {
    file: &'a str,
    heading: &'a str,
    level: usize,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<bool>,
}

#[derive(Serialize)]
struct Kept {
    paragraphs: usize,
    items: usize,
    tables: usize,
    quotations: usize,
    notes: usize,
    rules: usize,
    questions: usize,
    fields: usize,
    signatures: usize,
    pictures: usize,
}

#[derive(Serialize)]
struct Words<'a> {
    source: usize,
    placed: usize,
    left: usize,
    left_out: Vec<LeftOut<'a>>,
    added: &'a [String],
    missing: &'a [String],
    surplus: &'a [String],
}

#[derive(Serialize)]
struct LeftOut<'a> {
    reason: &'static str,
    text: &'a str,
}

/// The report as one indented JSON object.
pub(super) fn render(run: &ImportRun, is_dry: bool) -> String {
    let imported = &run.imported;
    let account = &imported.account;
    let kept = &imported.kept;
    text::json(&Root {
        version: 1,
        document: &run.document,
        protocol: &imported.slug,
        folder: &run.folder,
        institution: imported.institution.as_deref(),
        skabelon: &run.skabelon,
        written: !is_dry,
        files: run
            .files
            .iter()
            .map(|file| File {
                path: &file.path,
                fate: file.fate.name(),
            })
            .collect(),
        headings: imported.placed.iter().map(heading).collect(),
        kept: Kept {
            paragraphs: kept.paragraphs,
            items: kept.items,
            tables: kept.tables,
            quotations: kept.quotations,
            notes: kept.notes,
            rules: kept.rules,
            questions: kept.questions,
            fields: kept.fields,
            signatures: kept.signatures,
            pictures: kept.pictures,
        },
        words: Words {
            source: account.source,
            placed: account.placed,
            left: account.left,
            left_out: imported
                .left
                .iter()
                .map(|left| LeftOut {
                    reason: left.reason.name(),
                    text: &left.text,
                })
                .collect(),
            added: &imported.added,
            missing: &account.missing,
            surplus: &account.surplus,
        },
        told: &imported.told,
    })
}

fn heading(placed: &crate::import::Placed) -> Heading<'_> {
    let (kind, answers, taken) = match &placed.kind {
        PlacedKind::Answers(id) => ("answers", Some(id.as_str()), None),
        PlacedKind::Near { proposal, is_taken } => {
            ("near", Some(proposal.id.as_str()), Some(*is_taken))
        }
        PlacedKind::Local => ("local", None, None),
        PlacedKind::Appendix => ("appendix", None, None),
    };
    Heading {
        file: &placed.file,
        heading: &placed.heading,
        level: placed.level,
        kind,
        answers,
        taken,
    }
}
