//! The skabelon: what a protocol must contain.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::fold::fold_heading;
use super::kind::{Kind, Told};
use super::markdown;
use super::readers_edition::ReadersEdition;
use super::richtext::RichText;
use super::shape::{Keys, Line, Shape};
use super::slips::{Slip, Slips};
use super::table::kind;
use super::takes::{
    Seen, Takes as _, again, choice, day_or_period, filled, line, lines, tables, tables_of, text,
    yes_no,
};
use super::variables::Variables;
use crate::diag::Finding;
use crate::load::{self, SourceText};
use crate::text::{Period, SourceFile, Span, Spanned};

/// A skabelon as its file says.
#[derive(Clone, Debug)]
pub struct Skabelon {
    /// `skabelon.toml`.
    pub file: Arc<SourceFile>,
    /// Its name.
    pub name: Line,
    /// The kind of document its protocols are.
    pub document_type: Line,
    /// Its version.
    pub version: Line,
    /// Who publishes it.
    pub publisher: Option<Line>,
    /// What it was made from.
    pub source: Option<Line>,
    /// Its title.
    pub title: Option<Line>,
    /// Whether protocols have the required headings in this order.
    pub in_order: bool,
    /// The required headings in order.
    pub requirements: Vec<Requirement>,
    /// The year wheel's duties.
    pub duties: Vec<Duty>,
    /// What former editions asked for and this one does not.
    pub retired: Vec<Retired>,
    /// `[[udgave]]`: editions for some of the readers, in the order of the file.
    pub editions: Vec<ReadersEdition>,
    /// Slips in its own texts, variables left aside: those are known only in a protocol.
    pub slips: Vec<Slip>,
    /// Every wording of a required heading or a point, folded, and what it answers; made once, since every
    /// protocol is held against it.
    wordings: BTreeMap<String, Vec<Wording>>,
}

/// What a heading with one of the skabelon's wordings answers.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The requirement or point.
    pub id: String,
    /// Where a heading must stand to answer it: 1 for a section of its own, 2 for a sub-section. `None` for a
    /// point, which is answered at any depth of what answers the requirement above.
    depth: Option<usize>,
    /// The requirement above; empty for the outermost.
    above: String,
}

impl Wording {
    /// Whether a heading at this level counts, in a section whose own section above answers `above`. One deeper
    /// down is about something of its own: "Lovgivning" in one offer is not the document's list of laws.
    pub fn counts(&self, level: usize, above: &[&str]) -> bool {
        self.depth.is_none_or(|depth| {
            depth == level || (depth > 1 && above.contains(&self.above.as_str()))
        })
    }
}

/// Whether something must be or may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// `skal`
    Must,
    /// `kan`
    May,
}

impl Demand {
    /// The word readers see.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Must => "skal",
            Self::May => "kan",
        }
    }
}

/// What a former edition asked for, and why nobody is asked for it any more.
#[derive(Clone, Debug)]
pub struct Retired {
    /// The id it had.
    pub id: Spanned<String>,
    /// The heading it had.
    pub heading: Line,
    /// Why.
    pub why: Line,
}

/// A required heading.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The id that `opfylder` names.
    pub id: Spanned<String>,
    /// The ids it had in former editions.
    pub former: Vec<Line>,
    /// The canonical heading.
    pub heading: Line,
    /// Other wordings that count as well.
    pub aliases: Vec<Line>,
    /// Other wordings that count, and that the area wants to see replaced by the heading.
    pub discouraged: Vec<Line>,
    /// Whether it must be there.
    pub demand: Demand,
    /// Guidance for the author, never printed.
    pub guidance: Option<Line>,
    /// The text that is printed in the section.
    obligatory: Option<Obligatory>,
    /// Points to describe.
    pub points: Vec<Point>,
    /// Headings that every sub-section has as its own sub-headings.
    pub each_subsection: Vec<Line>,
    /// Required sub-headings.
    pub children: Vec<Requirement>,
}

/// An obligatory text.
#[derive(Clone, Debug)]
struct Obligatory {
    /// Where it stands as a string in the skabelon's file.
    source: Spanned<String>,
    /// What it says, and its slips, where that is the same for every protocol: it has no variables.
    fixed: Option<(RichText, Vec<Slip>)>,
}

/// A point to describe.
#[derive(Clone, Debug)]
pub struct Point {
    /// The id that `opfylder` names.
    pub id: Spanned<String>,
    /// The ids it had in former editions.
    pub former: Vec<Line>,
    /// What is to be described.
    pub text: Line,
    /// Headings that answer it, beside its own text.
    pub aliases: Vec<Line>,
    /// Whether it must be.
    pub demand: Demand,
}

/// A duty of the year wheel.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The id that events name.
    pub id: Spanned<String>,
    /// The ids it had in former editions.
    pub former: Vec<Line>,
    /// What is done.
    pub what: Line,
    /// How often.
    pub interval: Interval,
    /// Whether it must be done.
    pub demand: Demand,
    /// Where it is dealt with.
    pub forum: Option<Line>,
    /// The roles that see to it.
    pub responsible: Vec<Line>,
    /// When it is due the first time.
    pub first: Option<Period>,
}

impl Duty {
    /// Whether it has, or had in a former edition, this id: what was written down under that counts for it.
    pub fn is_called(&self, id: &str) -> bool {
        self.id.value == id || self.former.iter().any(|former| former.text == id)
    }
}

/// How often a duty comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Every so many months.
    Months(u32),
    /// When there is need.
    AsNeeded,
}

impl Interval {
    /// Reads `"1 år"`, `"6 måneder"`, `"1 kvartal"`, `"ved behov"`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text == "ved behov" {
            return Some(Self::AsNeeded);
        }
        let (count, unit) = text.split_once(' ')?;
        let count: u32 = count
            .parse()
            .ok()
            .filter(|count| (1..=100).contains(count))?;
        let months = match unit.trim() {
            "år" => 12,
            "kvartal" | "kvartaler" => 3,
            "måned" | "måneder" => 1,
            _ => return None,
        };
        Some(Self::Months(count * months))
    }

    /// As readers see it: "hvert år", "hvert 3. år", "hver 6. måned".
    pub fn danish(self) -> String {
        match self {
            Self::AsNeeded => "ved behov".to_owned(),
            Self::Months(12) => "hvert år".to_owned(),
            Self::Months(3) => "hvert kvartal".to_owned(),
            Self::Months(1) => "hver måned".to_owned(),
            Self::Months(months) if months % 12 == 0 => format!("hvert {}. år", months / 12),
            Self::Months(months) => format!("hver {months}. måned"),
        }
    }
}

pub(super) static SKABELON: Kind = kind! {
    "skabelon.toml", "En skabelon: det, en protokol skal indeholde.";
    "navn" as filled(line(Seen::Not)), "Skabelonens navn.";
    "dokumenttype" as filled(line(Seen::Not)), "Det, protokollerne hedder, for eksempel »Rusmiddelprotokol«.";
    "version" as filled(line(Seen::Not)), "Skabelonens version.";
    "udgiver" as line(Seen::Not), "Den, der udgiver skabelonen.";
    "kilde" as line(Seen::Not), "Det, skabelonen er lavet ud fra.";
    "titel" as line(Seen::Not), "Skabelonens titel.";
    "raekkefoelge" as yes_no(true), "Om afsnittene skal stå i kravenes rækkefølge. Uden nøglen skal de.";
    "krav" as tables_of(&REQUIREMENT), "De overskrifter, som en protokol skal have, i rækkefølge.";
    "pligt" as tables_of(&DUTY), "Det, der skal gøres i årets løb.";
    "udgave" as tables::<ReadersEdition>(), "Udgaver af protokollerne til nogle af læserne.";
};
static REQUIREMENT: Kind = kind! {
    "et krav", "En overskrift, som en protokol skal eller kan have.";
    "id" as filled(line(Seen::Not)), "Det, som `opfylder` kalder kravet.";
    "overskrift" as filled(line(Seen::Not)), "Overskriften, som den skal stå.";
    "ogsaa" as lines(Seen::Not), "Andre ordlyde, der tæller lige så godt.";
    "fraraades" as lines(Seen::Not), "Andre ordlyde, der tæller, men som I gerne vil have skiftet ud. De giver RP108.";
    "niveau" as choice(&DEMANDS), "Om kravet skal eller kan være der.";
    "vejledning" as line(Seen::Not), "Hjælp til den, der skriver. Den bliver ikke trykt.";
    "obligatorisk" as text(), "Den fælles tekst, som bliver trykt først i afsnittet.";
    "punkt" as tables_of(&POINT), "Punkter, som der skal svares på.";
    "hvert_afsnit" as lines(Seen::Not), "Overskrifter, som hvert underafsnit selv skal have under sig.";
    "krav" as again(), "Underafsnit, som der også er krav om.";
    "var" as lines(Seen::Not), "De id'er, kravet havde i tidligere udgaver.";
    "udgaaet" as line(Seen::Not), "Hvorfor kravet er udgået. Så beder skabelonen ikke om det mere.";
};
static POINT: Kind = kind! {
    "et punkt", "Et punkt, som der skal svares på.";
    "id" as filled(line(Seen::Not)), "Det, som `opfylder` kalder punktet.";
    "tekst" as filled(line(Seen::Not)), "Det, der skal beskrives.";
    "ogsaa" as lines(Seen::Not), "Overskrifter, der også svarer på punktet.";
    "niveau" as choice(&DEMANDS), "Om punktet skal eller kan være der.";
    "var" as lines(Seen::Not), "De id'er, punktet havde i tidligere udgaver.";
};
static DUTY: Kind = kind! {
    "en pligt", "Noget, der skal gøres i årets løb.";
    "id" as filled(line(Seen::Not)), "Det, som hændelser kalder pligten.";
    "hvad" as filled(line(Seen::Not)), "Det, der gøres.";
    "hvor_tit" as HowOften, "Hvor tit, for eksempel »1 år«, »6 måneder«, »1 kvartal« eller »ved behov«.";
    "niveau" as choice(&DEMANDS), "Om pligten skal eller kan opfyldes.";
    "forum" as line(Seen::Not), "Det møde, hvor den bliver taget op.";
    "ansvarlig" as lines(Seen::Not), "De roller, der sørger for det.";
    "foerste" as day_or_period(), "Hvornår det skal ske første gang: en dato, en måned, et kvartal eller et år.";
    "var" as lines(Seen::Not), "De id'er, pligten havde i tidligere udgaver.";
};

/// How often a duty comes round.
#[derive(Clone, Copy, Debug)]
struct HowOften;

impl Told for HowOften {
    fn noun(&self) -> String {
        line(Seen::Not).noun()
    }

    fn schema(&self) -> Value {
        let often = r"^[ \t\n\r]*([Vv]ed [Bb]ehov|([1-9][0-9]?|100) +(år|kvartal|kvartaler|måned|måneder))[ \t\n\r]*$";
        json!({
            "type": "string",
            "pattern": often,
            "examples": ["1 år", "6 måneder", "1 kvartal", "ved behov"],
        })
    }

    fn is_needed(&self) -> bool {
        true
    }
}

const DEMANDS: [(&str, Demand); 2] = [("skal", Demand::Must), ("kan", Demand::May)];
/// Requirements are sections or sub-sections, so they go as deep as those.
pub(super) const DEEPEST_REQUIREMENT: usize = 4;

impl Skabelon {
    /// Reads a `skabelon.toml`.
    pub fn read(file: &Arc<SourceFile>) -> (Self, Vec<Finding>) {
        let (table, syntax) = load::parse(file);
        let no_variables = Variables::default();
        let mut shape = Shape::new(file, &no_variables);
        let keys = shape.root(&table, &SKABELON);
        let mut retired = Vec::new();
        let mut skabelon = Self {
            file: Arc::clone(file),
            name: shape.required_line(&keys, "navn").unwrap_or_default(),
            document_type: shape
                .required_line(&keys, "dokumenttype")
                .unwrap_or_default(),
            version: shape.required_line(&keys, "version").unwrap_or_default(),
            publisher: shape.line(&keys, "udgiver"),
            source: shape.line(&keys, "kilde"),
            title: shape.line(&keys, "titel"),
            in_order: shape.yes_no(&keys, "raekkefoelge").unwrap_or(true),
            requirements: read_requirements(&mut shape, &keys, 1, &mut retired),
            duties: read_duties(&mut shape, &keys),
            retired: Vec::new(),
            editions: tables::<ReadersEdition>()
                .read(&mut shape, &keys, "udgave")
                .unwrap_or_default(),
            slips: Vec::new(),
            wordings: BTreeMap::new(),
        };
        skabelon.retired = retired;
        skabelon.wordings = skabelon.fold_wordings();
        skabelon.slips = shape.slips.noted;
        skabelon.read_obligatory_texts();
        let findings = if syntax.is_empty() {
            shape.findings
        } else {
            syntax
        };
        (skabelon, findings)
    }

    /// Reads the obligatory texts that are the same for every protocol, and adds the slips of all, those of variables
    /// left out.
    fn read_obligatory_texts(&mut self) {
        fn walk(requirements: &mut [Requirement], file: &Arc<SourceFile>, noted: &mut Vec<Slip>) {
            for requirement in requirements {
                if let Some(text) = &mut requirement.obligatory {
                    let (rich, slips) = text.with(file, &Variables::default());
                    noted.extend_from_slice(&slips);
                    let is_fixed = Variables::find(&text.source.value, 0).is_none();
                    text.fixed = is_fixed.then_some((rich, slips));
                }
                walk(&mut requirement.children, file, noted);
            }
        }
        walk(&mut self.requirements, &self.file, &mut self.slips);
        self.slips.retain(|slip| !slip.kind.is_variable());
    }

    /// A skabelon that asks for nothing: stands in where the named one cannot be had.
    pub fn nothing(file: &Arc<SourceFile>) -> Self {
        Self {
            file: Arc::clone(file),
            name: Line::default(),
            document_type: Line {
                text: "Protokol".to_owned(),
                span: Span::default(),
            },
            version: Line::default(),
            publisher: None,
            source: None,
            title: None,
            in_order: true,
            requirements: Vec::new(),
            duties: Vec::new(),
            retired: Vec::new(),
            editions: Vec::new(),
            slips: Vec::new(),
            wordings: BTreeMap::new(),
        }
    }

    /// The present id of what a former edition called so: a requirement or a point.
    pub fn renamed(&self, former: &str) -> Option<&str> {
        let was = |ids: &[Line]| ids.iter().any(|id| id.text == former);
        let mut found = None;
        self.visit(&mut |requirement| {
            if was(&requirement.former) {
                found = Some(requirement.id.value.as_str());
            }
            let mut points = requirement.points.iter();
            if let Some(point) = points.find(|point| was(&point.former)) {
                found = Some(&point.id.value);
            }
        });
        found
    }

    /// The duty that a former edition called so.
    pub fn renamed_duty(&self, former: &str) -> Option<&Duty> {
        let was = |duty: &&Duty| duty.former.iter().any(|id| id.text == former);
        self.duties.iter().find(was)
    }

    /// What a former edition asked for under this id.
    pub fn retired(&self, id: &str) -> Option<&Retired> {
        self.retired.iter().find(|retired| retired.id.value == id)
    }

    fn fold_wordings(&self) -> BTreeMap<String, Vec<Wording>> {
        let mut wordings = BTreeMap::new();
        for requirement in &self.requirements {
            requirement.fold_wordings(1, "", &mut wordings);
        }
        wordings
    }

    /// What a heading with these words may answer, wherever it stands.
    pub fn wordings(&self, heading: &str) -> &[Wording] {
        self.wordings
            .get(&fold_heading(heading))
            .map_or(&[], Vec::as_slice)
    }

    /// The ids of the requirements and points that a section with this heading answers at this level, whatever
    /// the section above it answers.
    pub fn answered_by_heading(&self, heading: &str, level: usize) -> Vec<&str> {
        let wordings = self.wordings(heading).iter();
        wordings
            .filter(|wording| wording.counts(level, &[]))
            .map(|wording| wording.id.as_str())
            .collect()
    }

    /// Visits every requirement with those below it, in order.
    pub fn visit<'s>(&'s self, visit: &mut dyn FnMut(&'s Requirement)) {
        fn walk<'s>(requirements: &'s [Requirement], visit: &mut dyn FnMut(&'s Requirement)) {
            for requirement in requirements {
                visit(requirement);
                walk(&requirement.children, visit);
            }
        }
        walk(&self.requirements, visit);
    }

    /// A requirement's obligatory text with a protocol's variables in it, and the slips of that.
    pub fn obligatory(
        &self,
        requirement: &Requirement,
        variables: &Variables,
    ) -> Option<(RichText, Vec<Slip>)> {
        let text = requirement.obligatory.as_ref()?;
        Some(text.with(&self.file, variables))
    }
}

impl Obligatory {
    /// What it says in a protocol with these variables, and the slips of that.
    fn with(&self, file: &Arc<SourceFile>, variables: &Variables) -> (RichText, Vec<Slip>) {
        let mut slips = Slips::new(file, variables);
        let source = SourceText::new(file, self.source.span, &self.source.value);
        let rich = markdown::parse(&source, &mut slips);
        (rich, slips.noted)
    }
}

impl Requirement {
    /// Every wording of a heading that answers it: its own, those that count as well, those to be replaced.
    pub fn wordings(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(&self.heading)
            .chain(&self.aliases)
            .chain(&self.discouraged)
    }

    /// Adds its wordings, and those of what stands below it.
    fn fold_wordings(
        &self,
        depth: usize,
        above: &str,
        wordings: &mut BTreeMap<String, Vec<Wording>>,
    ) {
        let mut add = |wording: &Line, id: &str, depth, above: &str| {
            let of_this = wordings.entry(fold_heading(&wording.text)).or_default();
            of_this.push(Wording {
                id: id.to_owned(),
                depth,
                above: above.to_owned(),
            });
        };
        for wording in self.wordings() {
            add(wording, &self.id.value, Some(depth), above);
        }
        for point in &self.points {
            for wording in std::iter::once(&point.text).chain(&point.aliases) {
                add(wording, &point.id.value, None, &self.id.value);
            }
        }
        for child in &self.children {
            child.fold_wordings(depth + 1, &self.id.value, wordings);
        }
    }

    /// Whether the skabelon has a text that is printed in the section.
    pub fn has_obligatory(&self) -> bool {
        self.obligatory.is_some()
    }

    /// Its obligatory text as typed, variables not replaced.
    pub fn obligatory_source(&self) -> Option<&str> {
        let text = self.obligatory.as_ref();
        text.map(|text| text.source.value.as_str())
    }

    /// Its obligatory text and the slips of that, where they are the same for every protocol.
    pub fn fixed_obligatory(&self) -> Option<&(RichText, Vec<Slip>)> {
        self.obligatory.as_ref()?.fixed.as_ref()
    }

    /// Whether its obligatory text, as typed, has these characters: spares parsing it for what cannot
    /// be there.
    pub fn obligatory_has(&self, characters: &str) -> bool {
        let text = self.obligatory_source();
        text.is_some_and(|text| text.contains(characters))
    }
}

fn read_requirements(
    shape: &mut Shape<'_>,
    keys: &Keys<'_>,
    depth: usize,
    retired: &mut Vec<Retired>,
) -> Vec<Requirement> {
    let tables = shape.tables(keys, "krav", &REQUIREMENT);
    if depth > DEEPEST_REQUIREMENT {
        if let Some(first) = tables.first() {
            shape.wrong_type(
                first.span,
                format!(
                    "Kravet ligger på niveau {depth}, og {DEEPEST_REQUIREMENT} er det dybeste."
                ),
                "Flyt kravet et niveau op.".to_owned(),
            );
        }
        return Vec::new();
    }
    let mut requirements = Vec::new();
    for keys in tables {
        let id = spanned_id(shape, &keys);
        let heading = shape.required_line(&keys, "overskrift");
        let why = shape.line(&keys, "udgaaet");
        let requirement = Requirement {
            former: shape.lines(&keys, "var"),
            aliases: shape.lines(&keys, "ogsaa"),
            discouraged: shape.lines(&keys, "fraraades"),
            demand: demand(shape, &keys),
            guidance: shape.line(&keys, "vejledning"),
            obligatory: read_obligatory(shape, &keys),
            points: read_points(shape, &keys),
            each_subsection: shape.lines(&keys, "hvert_afsnit"),
            children: read_requirements(shape, &keys, depth + 1, retired),
            id: id.unwrap_or_default(),
            heading: heading.unwrap_or_default(),
        };
        if requirement.id.value.is_empty() || requirement.heading.text.is_empty() {
            continue;
        }
        match why {
            Some(why) => retired.push(Retired {
                id: requirement.id,
                heading: requirement.heading,
                why,
            }),
            None => requirements.push(requirement),
        }
    }
    requirements
}

fn read_obligatory(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Obligatory> {
    let value = keys.get("obligatorisk")?;
    let string = value.get_ref().as_str().map(str::to_owned);
    if string.is_none() {
        shape.malformed("obligatorisk", value, "en tekst");
    }
    Some(Obligatory {
        source: Spanned::new(string?, Span::from(value.span())),
        fixed: None,
    })
}

fn spanned_id(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Spanned<String>> {
    let line = shape.required_line(keys, "id")?;
    Some(Spanned::new(line.text, line.span))
}

/// `niveau`, which is `skal` where nothing is said.
fn demand(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Demand {
    shape
        .choice(keys, "niveau", &DEMANDS)
        .unwrap_or(Demand::Must)
}

fn read_points(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    for keys in shape.tables(keys, "punkt", &POINT) {
        let id = spanned_id(shape, &keys);
        let text = shape.required_line(&keys, "tekst");
        let aliases = shape.lines(&keys, "ogsaa");
        let demand = demand(shape, &keys);
        let former = shape.lines(&keys, "var");
        if let (Some(id), Some(text)) = (id, text) {
            points.push(Point {
                id,
                former,
                text,
                aliases,
                demand,
            });
        }
    }
    points
}

fn read_duties(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Vec<Duty> {
    let mut duties = Vec::new();
    for keys in shape.tables(keys, "pligt", &DUTY) {
        let id = spanned_id(shape, &keys);
        let what = shape.required_line(&keys, "hvad");
        let interval = read_interval(shape, &keys);
        let duty = Duty {
            former: shape.lines(&keys, "var"),
            demand: demand(shape, &keys),
            forum: shape.line(&keys, "forum"),
            responsible: shape.lines(&keys, "ansvarlig"),
            first: read_first(shape, &keys, "foerste"),
            id: id.unwrap_or_default(),
            what: what.unwrap_or_default(),
            interval: interval.unwrap_or(Interval::AsNeeded),
        };
        if !duty.id.value.is_empty() && !duty.what.text.is_empty() {
            duties.push(duty);
        }
    }
    duties
}

fn read_interval(shape: &mut Shape<'_>, keys: &Keys<'_>) -> Option<Interval> {
    let Some(value) = keys.get("hvor_tit") else {
        shape.missing_key(keys, "hvor_tit");
        return None;
    };
    let interval = value.get_ref().as_str().and_then(Interval::parse);
    if interval.is_none() {
        shape.malformed(
            "hvor_tit",
            value,
            "\"1 år\", \"6 måneder\", \"1 kvartal\" eller \"ved behov\"",
        );
    }
    interval
}

/// A day, a month, a quarter or a year.
pub(super) fn read_first(shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Period> {
    let value = keys.get(key)?;
    if let Some(text) = value.get_ref().as_str()
        && Period::parse(text).is_none()
    {
        shape.malformed(
            key,
            value,
            "en dato (2026-02-03), \"2026-05\", \"2026-K1\" eller \"2026\"",
        );
        return None;
    }
    shape.period(keys, key).map(|first| first.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_and_said_in_danish() {
        for (text, months, said) in [
            ("1 år", 12, "hvert år"),
            ("3 år", 36, "hvert 3. år"),
            ("6 måneder", 6, "hver 6. måned"),
            ("1 kvartal", 3, "hvert kvartal"),
        ] {
            let interval = Interval::parse(text).expect(text);
            assert_eq!(interval, Interval::Months(months));
            assert_eq!(interval.danish(), said);
        }
        assert_eq!(Interval::parse("Ved behov"), Some(Interval::AsNeeded));
        for wrong in ["0 år", "år", "1 uge", "-1 år", "tit"] {
            assert_eq!(Interval::parse(wrong), None, "{wrong}");
        }
    }
}
