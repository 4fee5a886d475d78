//! What the area's page tells of a build: a row for each protocol, and the matrix.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use jiff::civil::Date;

use super::{BuildOutcome, Builder, Built};
use crate::check;
use crate::commands::status;
use crate::diag::Finding;
use crate::document::{AreaName, DateText, Document, Edition};
use crate::model::Area;
use crate::overview::matrix;
use crate::render::{
    AreaCell, AreaPage, AreaRequirement, AreaRow, AreaTable, AreaTableRow, DOCX_FILE, HTML_FILE,
    JSON_FILE, MARKDOWN_FILE, PDF_FILE,
};
use crate::site::Work;
use crate::write::{Made, Written};

/// What the area's page says of a protocol, also of one that cannot be printed.
pub(super) struct Overview {
    pub(super) institution: String,
    pub(super) area: AreaName,
    pub(super) title: String,
    pub(super) edition: Edition,
}

impl Overview {
    pub(super) fn of(document: &Document) -> Self {
        let name = &document.institution.name;
        let name = if name.is_empty() {
            &document.slug
        } else {
            name
        };
        Self {
            institution: name.clone(),
            area: document.area.clone(),
            title: document.title.clone(),
            edition: document.edition.clone(),
        }
    }
}

/// A protocol's row; `is_there` says which of its pages, by their path, can be opened.
pub(super) fn row(one: &Built, is_there: &dyn Fn(&str) -> bool) -> AreaRow {
    let pages = [
        ("Læs", HTML_FILE),
        ("PDF", PDF_FILE),
        ("Word", DOCX_FILE),
        ("Markdown", MARKDOWN_FILE),
        ("JSON", JSON_FILE),
    ];
    let links = pages
        .into_iter()
        .map(|(label, name)| (label.to_owned(), format!("{}/{name}", one.slug)))
        .filter(|(_, path)| is_there(path))
        .collect();
    let version = one.overview.edition.version.as_ref();
    AreaRow {
        slug: one.slug.clone(),
        institution: shown(&one.overview.institution, one),
        title: shown(&one.overview.title, one),
        version: version.map(|version| shown(version, one)),
        in_force: one.overview.edition.in_force.clone(),
        status: shown(&one.overview.edition.status.text, one),
        next_revision: one.overview.edition.next_revision.clone(),
        links,
        problem: (one.errors > 0).then(|| format!("Kan ikke dannes: {} fejl", one.errors)),
    }
}

/// A table of the matrix as the area's page shows it; `pages` are those that a protocol's name leads to, by
/// slug. How the duties stand is told with `wheel` alone: where somebody named the day.
pub(super) fn table(
    table: &matrix::Table,
    pages: &BTreeMap<String, String>,
    wheel: bool,
) -> AreaTable {
    let shown = table.rows.iter().map(|row| {
        let answers = row.answers.iter().map(|answer| answer.danish());
        let cells = answers
            .chain([row.approved.danish()])
            .chain(wheel.then_some(row.wheel.danish()));
        AreaTableRow {
            institution: check::masked(&row.institution).into_owned(),
            href: pages.get(&row.slug).cloned(),
            cells: cells
                .map(|word| AreaCell {
                    word,
                    fine: word == matrix::Answer::Ok.danish(),
                })
                .collect(),
        }
    });
    let requirements = table.columns.iter().map(|column| AreaRequirement {
        number: column.number.clone(),
        heading: column.heading.clone(),
    });
    AreaTable {
        title: table.title.clone(),
        version: table.version.clone(),
        requirements: requirements.collect(),
        wheel,
        rows: shown.collect(),
    }
}

/// The area's page with its sign; `day` is the day of the duties where somebody named one.
pub(super) fn page(
    area: &Area,
    logo: Option<(String, String)>,
    rows: Vec<(AreaName, AreaRow)>,
    tables: Vec<AreaTable>,
    day: Option<Date>,
) -> AreaPage {
    let name = AreaName {
        name: area.name.text.clone(),
        organisation: area.organisation.as_ref().map(|line| line.text.clone()),
    };
    AreaPage {
        legend: legend(&tables),
        tables,
        day: day.map(DateText::from),
        logo,
        ..AreaPage::new(name, rows)
    }
}

impl Builder<'_> {
    pub(super) fn area_page(
        &self,
        rows: Vec<(AreaName, AreaRow)>,
        tables: Vec<AreaTable>,
        made: &mut BTreeMap<String, Made>,
        outcome: &mut BuildOutcome,
    ) -> Result<()> {
        let area = &self.site.area;
        let skabelon = area.skabelon.as_ref().map(|line| line.text.as_str());
        let day = self.options.print_overdue.then_some(self.options.today);
        let page = page(area, self.site.shown_logo(), rows, tables, day);
        let html = self.looks.of(skabelon).renderer.area(&page)?;
        match self.output.write(HTML_FILE, &html)? {
            Written::Changed => outcome.changed += 1,
            Written::Same => outcome.same += 1,
            Written::Hindered(obstacle) => {
                self.hinder(obstacle);
                return Ok(());
            }
        }
        made.insert(HTML_FILE.to_owned(), Made::plain());
        Ok(())
    }
}

/// A protocol's area as the area's page names it.
pub(super) fn area_of(one: &Built) -> AreaName {
    let AreaName { name, organisation } = &one.overview.area;
    AreaName {
        name: shown(name, one),
        organisation: organisation.as_ref().map(|text| shown(text, one)),
    }
}

/// A text of a protocol for the area's page, which is written also when the protocol is not: of one with
/// errors, a personal number may be what stops it.
fn shown(text: &str, one: &Built) -> String {
    if one.errors > 0 {
        check::masked(text).into_owned()
    } else {
        text.to_owned()
    }
}

/// The words that stand in the tables, with what they mean.
fn legend(tables: &[AreaTable]) -> Vec<(&'static str, &'static str)> {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let words: BTreeSet<&str> = rows
        .flat_map(|row| &row.cells)
        .map(|cell| cell.word)
        .collect();
    let known = matrix::LEGEND.iter().chain(&matrix::WHEEL_LEGEND);
    known
        .filter(|(word, _)| words.contains(word))
        .copied()
        .collect()
}

/// A protocol on a page over several repositories.
pub(in crate::commands) struct CollectedRow {
    area: AreaName,
    row: AreaRow,
    /// How it stands with what its skabelon asks for.
    pub(in crate::commands) standing: matrix::Row,
}

/// A protocol as a page over several repositories has it: with a link to where it is published, if its repository
/// says so.
pub(in crate::commands) fn collected(
    work: &Work<'_>,
    findings: &[Finding],
    label: &str,
    published: Option<&str>,
) -> CollectedRow {
    let document = &work.resolved().document;
    let overview = Overview::of(document);
    let errors = super::errors(findings);
    let shown = |text: &str| check::masked(text).into_owned();
    let href = published.map(|address| {
        let slug = &work.protocol.slug;
        format!("{}/{slug}/{HTML_FILE}", address.trim_end_matches('/'))
    });
    let edition = overview.edition;
    CollectedRow {
        area: AreaName {
            name: shown(&overview.area.name),
            organisation: overview.area.organisation.as_deref().map(shown),
        },
        standing: status::row(work, findings),
        row: AreaRow {
            slug: format!("{label}/{}", work.protocol.slug),
            institution: shown(&overview.institution),
            title: shown(&overview.title),
            version: edition.version.as_deref().map(shown),
            in_force: edition.in_force,
            status: shown(&edition.status.text),
            next_revision: edition.next_revision,
            links: href
                .into_iter()
                .map(|href| ("Læs".to_owned(), href))
                .collect(),
            problem: (errors > 0).then(|| format!("Har {errors} fejl")),
        },
    }
}

/// A page over several repositories; those that cannot be read (by their names, with why) stand on it too.
pub(in crate::commands) fn area_page(
    name: Option<&str>,
    rows: Vec<CollectedRow>,
    tables: &[matrix::Table],
    faults: Vec<(&str, &str)>,
    day: Option<Date>,
) -> AreaPage {
    let pages: BTreeMap<String, String> = rows
        .iter()
        .filter_map(|one| Some((one.row.slug.clone(), one.row.links.first()?.1.clone())))
        .collect();
    let tables: Vec<AreaTable> = tables
        .iter()
        .map(|table| {
            let mut table = table.clone();
            for row in &mut table.rows {
                let label = row.repository.as_deref().unwrap_or_default();
                row.slug = format!("{label}/{}", row.slug);
            }
            self::table(&table, &pages, day.is_some())
        })
        .collect();
    let unread = faults.into_iter().map(|(label, why)| {
        let row = AreaRow {
            slug: label.to_owned(),
            institution: label.to_owned(),
            title: "Arkiv".to_owned(),
            version: None,
            in_force: None,
            status: "–".to_owned(),
            next_revision: None,
            links: Vec::new(),
            problem: Some(format!("Kan ikke læses: {}", check::masked(why))),
        };
        let area = AreaName {
            name: "Arkiver, der ikke kan læses".to_owned(),
            organisation: None,
        };
        (area, row)
    });
    let unread: Vec<_> = unread.collect();
    let rows = rows.into_iter().map(|one| (one.area, one.row));
    let own = AreaName {
        name: name.unwrap_or("Samlet overblik").to_owned(),
        organisation: None,
    };
    let page = AreaPage::new(own, rows.chain(unread).collect());
    AreaPage {
        name: name.map_or(page.name, str::to_owned),
        legend: legend(&tables),
        tables,
        day: day.map(DateText::from),
        groups: page.groups,
        rows: page.rows,
        organisation: page.organisation,
        logo: None,
        kind: page.kind,
    }
}
