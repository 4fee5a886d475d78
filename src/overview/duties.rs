//! The duties of protocols as they stand: when each was met, and when it is due.
//!
//! How far off a day is depends on the day that is asked about, so it is worked out when somebody asks.

use jiff::civil::{Date, DateTime};

use crate::check::masked;
use crate::model::{Demand, Duty, Interval, Line, Protocol, Standing};
use crate::text::Period;

/// A duty of one protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// The protocol's folder name, as reports may show it.
    pub protocol: String,
    /// Whose protocol it is.
    pub institution: String,
    /// The duty's id.
    pub duty: String,
    /// What is done.
    pub what: String,
    /// Whether it must be done, and not only may be.
    pub must: bool,
    /// Every so many months; `None` for when there is need.
    pub months: Option<u32>,
    /// Where it is dealt with.
    pub forum: Option<String>,
    /// The roles that see to it.
    pub responsible: Vec<String>,
    /// When it was last met.
    pub last: Option<Period>,
    /// The last day on which it can be met in time.
    pub due: Option<Date>,
    /// When what it rests on was last changed, where git knows: a moment in UTC.
    pub changed: Option<DateTime>,
}

/// How a duty stands on a day. In the order they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyState {
    /// Its last day has passed.
    Overdue,
    /// Its last day is today or to come.
    Due,
    /// There is no date to count from.
    Undated,
    /// It is done when there is need.
    AsNeeded,
}

impl DutyRow {
    /// A duty of a protocol, as it stands.
    pub fn of(protocol: &Protocol, duty: &Duty) -> Self {
        let shown = |text: &str| masked(text).into_owned();
        let line = |line: &Line| shown(&line.text);
        let Standing { last, due } = Standing::of(duty, protocol);
        let name = match protocol.institution.name.text.as_str() {
            "" => &protocol.slug,
            name => name,
        };
        Self {
            protocol: shown(&protocol.slug),
            institution: shown(name),
            duty: shown(&duty.id.value),
            what: line(&duty.what),
            must: duty.demand == Demand::Must,
            months: match duty.interval {
                Interval::Months(months) => Some(months),
                Interval::AsNeeded => None,
            },
            forum: duty.forum.as_ref().map(line),
            responsible: duty.responsible.iter().map(line).collect(),
            last: last.map(|met| met.when),
            due,
            changed: None,
        }
    }

    /// How it stands on a day.
    pub fn state(&self, today: Date) -> DutyState {
        match self.due {
            Some(due) if due < today => DutyState::Overdue,
            Some(_) => DutyState::Due,
            None if self.months.is_some() => DutyState::Undated,
            None => DutyState::AsNeeded,
        }
    }

    /// Days until it is due; less than nothing where it is overdue.
    pub fn days(&self, today: Date) -> Option<i32> {
        self.due.map(|due| (due - today).get_days())
    }

    /// How far off its last day is, in words.
    pub fn when(&self, today: Date) -> String {
        let days = |days: i32| if days == 1 { "dag" } else { "dage" };
        match (self.days(today), self.months) {
            (Some(0), _) => "i dag".to_owned(),
            (Some(left), _) if left < 0 => {
                format!("overskredet med {} {}", -left, days(-left))
            }
            (Some(left), _) => format!("om {left} {}", days(left)),
            (None, Some(_)) => "ingen dato at regne fra".to_owned(),
            (None, None) => "ved behov".to_owned(),
        }
    }

    /// Who does it and where: "Tilbudsleder i Mini-MED".
    pub fn who(&self) -> String {
        let roles = self.responsible.join(", ");
        match &self.forum {
            Some(forum) if roles.is_empty() => forum.clone(),
            Some(forum) => format!("{roles} i {forum}"),
            None => roles,
        }
    }
}
