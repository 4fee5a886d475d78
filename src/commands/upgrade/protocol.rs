//! One protocol, judged by two editions of its skabelon.

use std::collections::BTreeSet;

use crate::check::masked;
use crate::compare::{
    AskedChange, AskedKind, COMMON_TEXT, DutyChange, DutyFate, ProtocolUpgrade, Renamed, Told,
};
use crate::diag::{Code, Family, Finding, Identity, Level, Subject};
use crate::document::DateText;
use crate::model::{
    Answers, Approved, Duty, Protocol, Section, Skabelon, Standing, fold_heading,
    without_typed_number,
};
use crate::site::Work;
use crate::text::{Place, Span};

/// Both editions.
pub(super) struct Sides<'s> {
    pub(super) former: &'s Skabelon,
    pub(super) new: &'s Skabelon,
    /// The name of the skabelon's folder.
    pub(super) name: &'s str,
    /// What the editions have that is not the same.
    pub(super) texts: &'s [AskedChange],
}

/// The rules that a skabelon has a say in.
fn depends_on_skabelon(code: Code) -> bool {
    matches!(code.family(), Family::Structure | Family::Time)
        || matches!(code, Code::UkendtVariabel | Code::UkendtHenvisning)
}

impl Sides<'_> {
    /// What the new edition means for a protocol; nothing for one that follows another skabelon.
    pub(super) fn about(&self, work: &Work<'_>) -> Option<ProtocolUpgrade> {
        if work.skabelon_name != Some(self.name) {
            return None;
        }
        let protocol = work.protocol;
        let name = match protocol.institution.name.text.as_str() {
            "" => &protocol.slug,
            name => name,
        };
        let mut told = ProtocolUpgrade {
            slug: masked(&protocol.slug).into_owned(),
            institution: masked(name).into_owned(),
            ..ProtocolUpgrade::default()
        };
        if let Some(unread) = unread(work.shape) {
            told.unread = Some(unread);
            return Some(told);
        }
        let answers = Answers::of(protocol, self.new);
        let renames = renames(protocol, self.former, self.new, work.answers);
        self.findings(work, &answers, &renames, &mut told);
        told.texts = self.printed(&answers, work.answers);
        for rename in renames {
            let renamed = rename.told();
            if rename.is_heading {
                told.headings.push(renamed);
            } else {
                told.ids.push(renamed);
            }
        }
        told.duties = self.duties(protocol);
        Some(told)
    }

    fn findings(
        &self,
        work: &Work<'_>,
        answers: &Answers<'_>,
        renames: &[Rename],
        told: &mut ProtocolUpgrade,
    ) {
        let judged = |skabelon, answers| {
            let findings = work.judged_by(skabelon, answers, &depends_on_skabelon);
            let mut findings = work
                .site
                .levels()
                .apply_to(findings, work.protocol)
                .findings;
            // An exception may be of a rule that was not asked.
            findings.retain(|finding| depends_on_skabelon(finding.code));
            findings
        };
        let before: BTreeSet<Identity> = judged(self.former, work.answers)
            .iter()
            .map(Finding::identity)
            .collect();
        let after = judged(self.new, answers).into_iter();
        for finding in after.filter(|finding| !before.contains(&finding.identity())) {
            let list = match finding.code {
                Code::AendretSidenGodkendelse => continue,
                _ if self.is_renamed(&finding, renames, work.answers) => continue,
                Code::ManglendeAfsnit | Code::ManglendeUnderafsnit | Code::UdaekketPunkt => {
                    &mut told.to_answer
                }
                _ if finding.level == Level::Error => &mut told.breaks,
                _ => &mut told.notes,
            };
            list.push(tell(&finding));
        }
        let stood = Approved::of(work.protocol, || work.fingerprint());
        if matches!(stood, Approved::Stands(_)) {
            let fingerprint = work.fingerprint_by(self.new, answers);
            told.approval_lapses = fingerprint != work.fingerprint();
        }
    }

    /// Whether a finding is only of a heading or an id that is called something else now, which is told of as such.
    fn is_renamed(&self, finding: &Finding, renames: &[Rename], former: &Answers<'_>) -> bool {
        match (finding.code, &finding.subject) {
            (Code::UkendtKrav, _) => renames
                .iter()
                .any(|rename| rename.place.order(&finding.place).is_eq()),
            (
                Code::ManglendeAfsnit | Code::ManglendeUnderafsnit | Code::UdaekketPunkt,
                Some(Subject::Requirement(id) | Subject::Point(id)),
            ) => {
                let sections = former_ids(self.new, id)
                    .into_iter()
                    .flat_map(|id| former.to(id).iter());
                let files: BTreeSet<&str> = sections.map(|section| section.file.path()).collect();
                renames
                    .iter()
                    .any(|rename| files.contains(rename.place.file.path()))
            }
            _ => false,
        }
    }

    /// The common texts that changed and are printed in the protocol, or will be when its ids are those of now.
    fn printed(&self, answers: &Answers<'_>, former: &Answers<'_>) -> Vec<AskedChange> {
        let is_printed = |id: &str| {
            let mut ids = former_ids(self.new, id).into_iter();
            answers.printed_in(id).is_some() || ids.any(|id| former.printed_in(id).is_some())
        };
        let changed = self.texts.iter().filter(|change| {
            change.kind == AskedKind::Requirement
                && change.fields.iter().any(|field| field.label == COMMON_TEXT)
                && is_printed(&change.id)
        });
        let only_text = changed.map(|change| {
            let mut change = change.clone();
            change.fields.retain(|field| field.label == COMMON_TEXT);
            change
        });
        only_text.collect()
    }

    fn duties(&self, protocol: &Protocol) -> Vec<DutyChange> {
        let mut changes = Vec::new();
        for duty in &self.new.duties {
            let former = self.former_of(duty);
            let due = |duty: &Duty| Standing::of(duty, protocol).due.map(DateText::from);
            let (from, to) = (former.and_then(due), due(duty));
            let often_from = former.map(|former| former.interval.danish());
            let often_to = duty.interval.danish();
            let same = former.is_some() && from == to && often_from.as_deref() == Some(&*often_to);
            if !same {
                changes.push(DutyChange {
                    id: duty.id.value.clone(),
                    what: masked(&duty.what.text).into_owned(),
                    change: if former.is_some() {
                        DutyFate::Moved
                    } else {
                        DutyFate::Added
                    },
                    from,
                    to,
                    often_from,
                    often_to: Some(often_to),
                });
            }
        }
        let gone = self.former.duties.iter().filter(|former| {
            // One that was put together with another goes on in it.
            let mut new = self.new.duties.iter();
            !new.any(|duty| duty.is_called(&former.id.value))
        });
        changes.extend(gone.map(|duty| DutyChange {
            id: duty.id.value.clone(),
            what: masked(&duty.what.text).into_owned(),
            change: DutyFate::Removed,
            from: Standing::of(duty, protocol).due.map(DateText::from),
            to: None,
            often_from: Some(duty.interval.danish()),
            often_to: None,
        }));
        changes
    }

    /// The duty that this one was in the former edition.
    fn former_of(&self, duty: &Duty) -> Option<&Duty> {
        let by = |id: &str| {
            self.former
                .duties
                .iter()
                .find(|former| former.id.value == id)
        };
        by(&duty.id.value).or_else(|| duty.former.iter().find_map(|id| by(&id.text)))
    }
}

/// The ids that a requirement or a point has and had.
fn former_ids<'s>(new: &'s Skabelon, id: &str) -> Vec<&'s str> {
    let mut ids = Vec::new();
    new.visit(&mut |requirement| {
        let points = requirement
            .points
            .iter()
            .map(|point| (&point.id.value, &point.former));
        for (own, former) in
            std::iter::once((&requirement.id.value, &requirement.former)).chain(points)
        {
            if own == id {
                ids.push(own.as_str());
                ids.extend(former.iter().map(|id| id.text.as_str()));
            }
        }
    });
    ids
}

/// Why nothing can be told: a file that cannot be read as what it is.
fn unread(shape: &[Finding]) -> Option<String> {
    let broken = shape.iter().find(|finding| {
        matches!(
            finding.code,
            Code::TomlSyntaks | Code::Tegnsaet | Code::UlaeseligFil
        )
    })?;
    let line = broken.place.range().start.line.get();
    let (path, message) = (broken.place.file.path(), &broken.message);
    Some(masked(&format!("{path}, linje {line}: {message}")).into_owned())
}

fn tell(finding: &Finding) -> Told {
    Told {
        code: finding.code.number().to_owned(),
        path: masked(finding.place.file.path()).into_owned(),
        line: finding.place.range().start.line.get(),
        message: masked(&finding.message).into_owned(),
        help: finding
            .help
            .as_deref()
            .map(|help| masked(help).into_owned()),
    }
}

/// A heading or an id in an author's file that is to be another.
pub(super) struct Rename {
    pub(super) place: Place,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) is_heading: bool,
    /// The id that a part has from the heading it loses, where it has none of its own.
    pub(super) loses_id: Option<String>,
    /// Whether the list it stands in has what it is to be already, so that it can go.
    pub(super) is_repeated: bool,
}

impl Rename {
    fn told(&self) -> Renamed {
        Renamed {
            path: masked(self.place.file.path()).into_owned(),
            line: self.place.range().start.line.get(),
            from: masked(&self.from).into_owned(),
            to: masked(&self.to).into_owned(),
        }
    }
}

/// Every heading and id of a protocol that is to be another with the new edition. A heading that the authors have
/// chosen themselves stays.
pub(super) fn renames(
    protocol: &Protocol,
    former: &Skabelon,
    new: &Skabelon,
    answers: &Answers<'_>,
) -> Vec<Rename> {
    let mut renames = Vec::new();
    new.visit(&mut |requirement| {
        let heading = &requirement.heading.text;
        let ids = std::iter::once(&requirement.id.value);
        let former_ids = requirement.former.iter().map(|id| &id.text);
        for id in ids.chain(former_ids) {
            let Some(was) = heading_of(former, id) else {
                continue;
            };
            if fold_heading(was) == fold_heading(heading) {
                continue;
            }
            let sections = answers.to(id).iter();
            let has_it =
                |section: &&&Section| fold_heading(&section.heading.text) == fold_heading(was);
            renames.extend(
                sections
                    .filter(has_it)
                    .map(|section| of_heading(section, heading)),
            );
        }
    });
    protocol.visit(&mut |section| {
        let answers = section.answers.iter();
        let answers = answers.map(|answer| (answer.span, answer.value.as_str()));
        in_list(section, answers.collect(), new, &mut renames);
        for task in &section.blocks.tasks {
            let answers = task.answers.iter();
            let answers = answers.map(|answer| (answer.span, answer.text.as_str()));
            in_list(section, answers.collect(), new, &mut renames);
        }
    });
    let events = protocol.events.iter().map(|event| &event.duty);
    for named in events.chain(protocol.duties.iter().map(|own| &own.id)) {
        let id = &named.text;
        let is_known = new.duties.iter().any(|duty| duty.id.value == *id);
        if !is_known && let Some(now) = new.renamed_duty(id) {
            let place = Place::new(&protocol.file, named.span);
            renames.push(of_id(place, id, &now.id.value));
        }
    }
    renames
}

/// The ids of one list. Of several that become the same, one stays.
fn in_list(
    section: &Section,
    answers: Vec<(Span, &str)>,
    new: &Skabelon,
    renames: &mut Vec<Rename>,
) {
    let mut there: BTreeSet<&str> = answers.iter().map(|(_, id)| *id).collect();
    for (span, id) in answers {
        if let Some(now) = new.renamed(id) {
            let is_repeated = !there.insert(now);
            renames.push(Rename {
                is_repeated,
                ..of_id(section.place(span), id, now)
            });
        }
    }
}

fn heading_of<'s>(skabelon: &'s Skabelon, id: &str) -> Option<&'s str> {
    let mut found = None;
    skabelon.visit(&mut |requirement| {
        if requirement.id.value == id {
            found = Some(requirement.heading.text.as_str());
        }
    });
    found
}

/// A number that somebody typed before the heading stays.
fn of_heading(section: &Section, heading: &str) -> Rename {
    let from = &section.heading.text;
    let number = from
        .strip_suffix(without_typed_number(from))
        .unwrap_or_default();
    let loses_id = section.level > 1 && section.given_id.is_none();
    Rename {
        place: section.place(Span::new(
            section.heading.span.start,
            section.heading.span.end,
        )),
        from: from.clone(),
        to: format!("{number}{heading}"),
        is_heading: true,
        loses_id: loses_id.then(|| section.id.clone()),
        is_repeated: false,
    }
}

fn of_id(place: Place, from: &str, to: &str) -> Rename {
    Rename {
        place,
        from: from.to_owned(),
        to: to.to_owned(),
        is_heading: false,
        loses_id: None,
        is_repeated: false,
    }
}
