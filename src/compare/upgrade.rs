//! What a new edition of a skabelon means for the protocols that follow it: the root of the JSON form, version 1
//! (`docs/json.md`), and what every output is written from.
//!
//! What is found and what is due was worked out by whoever fills this in; here two skabeloner are held against each
//! other, with what the new one says became of the parts of the old one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::asked::{self, Asked, AskedChange};
use crate::document::DateText;
use crate::model::{Requirement, Skabelon};
use crate::text;

/// The version of the JSON form.
const UPGRADE_VERSION: u32 = 1;

/// What a new edition means for an area.
#[derive(Clone, Debug, Serialize)]
pub struct Upgrade {
    /// The version of this form.
    pub version: u32,
    /// The language of every text.
    pub language: &'static str,
    /// The name of the skabelon's folder.
    pub template: String,
    /// The skabelon's name for readers.
    pub title: String,
    /// The edition that is here.
    pub from: SkabelonMark,
    /// The edition that is looked at.
    pub to: SkabelonMark,
    /// What the new edition asks for that the old one did not ask for so.
    pub changes: Vec<AskedChange>,
    /// What the new edition says is asked for no more.
    pub retired: Vec<RetiredPart>,
    /// Whether files were written.
    pub written: bool,
    /// The protocols that follow it, in the order of their slugs.
    pub protocols: Vec<ProtocolUpgrade>,
}

/// Which edition of a skabelon it is.
#[derive(Clone, Debug, Serialize)]
pub struct SkabelonMark {
    /// Its own version.
    pub edition: String,
    /// The revision it was asked for by, or the folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// The commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// A requirement that is asked for no more.
#[derive(Clone, Debug, Serialize)]
pub struct RetiredPart {
    /// The id it had.
    pub id: String,
    /// The heading it had.
    pub name: String,
    /// Why.
    pub why: String,
}

/// What a new edition means for one protocol.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProtocolUpgrade {
    /// The protocol's folder name.
    pub slug: String,
    /// Whose it is.
    pub institution: String,
    /// Why nothing can be told of it, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// What is an error with the new edition and was none.
    pub breaks: Vec<Told>,
    /// What is asked for and was not.
    pub to_answer: Vec<Told>,
    /// What else is found with the new edition alone.
    pub notes: Vec<Told>,
    /// Common texts that are printed in it and say something else, word by word.
    pub texts: Vec<AskedChange>,
    /// Headings that are to be another.
    pub headings: Vec<Renamed>,
    /// Ids that are to be others.
    pub ids: Vec<Renamed>,
    /// Duties that are due on another day, are new or gone.
    pub duties: Vec<DutyChange>,
    /// Whether its approval no longer is of what it says: RP703.
    pub approval_lapses: bool,
    /// What was written: the paths of files, new ones too.
    pub files: Vec<String>,
    /// What could not be written in the files and is for people to do.
    pub left: Vec<String>,
}

/// A finding as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The rule's number.
    pub code: String,
    /// The file, relative to the repository.
    pub path: String,
    /// The line, from one.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A heading or an id that is to be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// The file, relative to the repository.
    pub path: String,
    /// The line, from one.
    pub line: u32,
    /// What stands there.
    pub from: String,
    /// What is to stand there.
    pub to: String,
}

/// A duty of the year wheel that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyChange {
    /// Its id.
    pub id: String,
    /// What is done.
    pub what: String,
    /// What became of it.
    pub change: DutyFate,
    /// When it was due; none without a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<DateText>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<DateText>,
    /// How often it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub often_from: Option<String>,
    /// How often it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub often_to: Option<String>,
}

/// What became of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyFate {
    /// It is new.
    Added,
    /// It is due on another day or comes round in another time.
    Moved,
    /// It is asked for no more.
    Removed,
}

impl Upgrade {
    /// What two editions of a skabelon say of each other; the protocols are for the caller to add.
    pub fn between(
        template: &str,
        former: (&Skabelon, SkabelonMark),
        present: (&Skabelon, SkabelonMark),
    ) -> Self {
        let retired = present.0.retired.iter().map(|retired| RetiredPart {
            id: retired.id.value.clone(),
            name: retired.heading.text.clone(),
            why: retired.why.text.clone(),
        });
        let renamed = with_present_ids(former.0, present.0);
        Self {
            version: UPGRADE_VERSION,
            language: "da",
            template: template.to_owned(),
            title: present.0.name.text.clone(),
            changes: asked::compare(&Asked::of(&renamed), &Asked::of(present.0)),
            retired: retired.collect(),
            from: former.1,
            to: present.1,
            written: false,
            protocols: Vec::new(),
        }
    }

    /// Whether the new edition changes nothing for anybody.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.protocols.iter().all(ProtocolUpgrade::is_empty)
    }

    /// The report as JSON on lines of its own, with a line end.
    pub fn json(&self) -> String {
        text::json(self)
    }
}

impl ProtocolUpgrade {
    /// Whether the protocol fits as it is, and nobody has anything to do.
    pub fn is_empty(&self) -> bool {
        let told = [&self.breaks, &self.to_answer, &self.notes];
        self.unread.is_none()
            && told.iter().all(|told| told.is_empty())
            && self.texts.is_empty()
            && self.headings.is_empty()
            && self.ids.is_empty()
            && self.duties.is_empty()
            && !self.approval_lapses
            && self.left.is_empty()
    }
}

/// The former skabelon with the ids that its parts have in the present one, so that each is held against what it
/// became.
fn with_present_ids(former: &Skabelon, present: &Skabelon) -> Skabelon {
    let mut renamed = former.clone();
    let mut ids = BTreeMap::new();
    former.visit(&mut |requirement| {
        let points = requirement.points.iter().map(|point| &point.id.value);
        for id in std::iter::once(&requirement.id.value).chain(points) {
            if let Some(now) = present.renamed(id) {
                ids.insert(id.clone(), now.to_owned());
            }
        }
    });
    rename(&mut renamed.requirements, &ids);
    for duty in &mut renamed.duties {
        if let Some(now) = present.renamed_duty(&duty.id.value) {
            duty.id.value.clone_from(&now.id.value);
        }
    }
    renamed
}

fn rename(requirements: &mut [Requirement], ids: &BTreeMap<String, String>) {
    for requirement in requirements {
        let points = requirement
            .points
            .iter_mut()
            .map(|point| &mut point.id.value);
        for id in std::iter::once(&mut requirement.id.value).chain(points) {
            if let Some(now) = ids.get(id) {
                id.clone_from(now);
            }
        }
        rename(&mut requirement.children, ids);
    }
}
