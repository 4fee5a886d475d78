//! The year wheel of one protocol: when each duty was last met, and when it is due.

use jiff::ToSpan;
use jiff::civil::Date;

use super::protocol::{OwnDuty, Protocol};
use super::shape::Line;
use super::skabelon::{Duty, Interval, Skabelon};
use crate::text::{Period, Spanned};

/// The duty that an approval and the date a protocol is in force from count for as well.
pub const REVISION: &str = "revision";

/// What the institution says of a duty.
fn own<'p>(protocol: &'p Protocol, duty: &Duty) -> Option<&'p OwnDuty> {
    let mut own = protocol.duties.iter();
    own.find(|own| duty.is_called(&own.id.text))
}

/// The duties of a skabelon that hold for a protocol, in the skabelon's order.
pub fn duties_of<'s>(
    skabelon: &'s Skabelon,
    protocol: &Protocol,
) -> impl Iterator<Item = &'s Duty> {
    let duties = skabelon.duties.iter();
    duties.filter(move |duty| reason(protocol, duty).is_none())
}

/// The duties that a protocol sets aside, each with the reason.
pub fn set_aside<'s>(
    skabelon: &'s Skabelon,
    protocol: &'s Protocol,
) -> impl Iterator<Item = (&'s Duty, &'s Line)> {
    let duties = skabelon.duties.iter();
    duties.filter_map(move |duty| Some((duty, reason(protocol, duty)?)))
}

/// Why a duty does not hold here.
fn reason<'p>(protocol: &'p Protocol, duty: &Duty) -> Option<&'p Line> {
    own(protocol, duty)?.set_aside.as_ref()
}

/// What a duty was met by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetBy {
    /// The protocol came in force.
    InForce,
    /// It was approved.
    Approval,
    /// It was done, as its own log says.
    Event,
}

/// How a duty was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// When.
    pub when: Period,
    /// What that was.
    pub by: MetBy,
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How it was last met; `None` where it never was.
    pub last: Option<Met>,
    /// The last day on which it can be met in time; `None` where there is no date to count from.
    pub due: Option<Date>,
}

impl Standing {
    /// Counts from the newest event, of a month or a year from its last day, for the revision also from the newest approval or the date the
    /// protocol is in force from, else from the skabelon's first date (as RP701 tells people).
    pub fn of(duty: &Duty, protocol: &Protocol) -> Self {
        Self::with(duty, protocol, None)
    }

    /// How it would stand with one more event, at this time.
    pub fn with(duty: &Duty, protocol: &Protocol, event: Option<Period>) -> Self {
        let counted = Self::counted(duty, protocol);
        let counted = counted.into_iter().map(|(date, by)| Met {
            when: date.value,
            by,
        });
        let event = event.map(|event| Met {
            when: event,
            by: MetBy::Event,
        });
        // Of two on one day it is what was done that people know it by.
        let last = counted
            .chain(event)
            .max_by_key(|met| (met.when.last_day(), met.by));
        let due = match (last, duty.interval) {
            (_, Interval::AsNeeded) => None,
            (Some(last), Interval::Months(months)) => {
                let last = last.when.last_day();
                last.checked_add(i64::from(months).months()).ok()
            }
            (None, Interval::Months(_)) => {
                let own = own(protocol, duty).and_then(|own| own.first.as_ref());
                let first = own.map(|first| first.value).or(duty.first);
                first.map(Period::last_day)
            }
        };
        Self { last, due }
    }

    /// The dates a duty is counted from, where they stand in `protokol.toml`.
    pub fn counted<'p>(duty: &Duty, protocol: &'p Protocol) -> Vec<(&'p Spanned<Period>, MetBy)> {
        let events = protocol.events.iter();
        let events = events.filter(|event| duty.is_called(&event.duty.text));
        let mut counted: Vec<_> = events.map(|event| (&event.date, MetBy::Event)).collect();
        if duty.id.value == REVISION {
            let approvals = protocol.approvals.iter();
            counted.extend(approvals.map(|approval| (&approval.date, MetBy::Approval)));
            let in_force = protocol.edition.in_force.iter();
            counted.extend(in_force.map(|date| (date, MetBy::InForce)));
        }
        counted
    }
}

/// The duties of a skabelon that have a date in one protocol, in the skabelon's order.
#[derive(Clone, Debug)]
pub struct YearWheel<'s> {
    dated: Vec<(&'s Duty, Date)>,
}

impl<'s> YearWheel<'s> {
    /// The duties with the dates they are due.
    pub fn of(skabelon: &'s Skabelon, protocol: &Protocol) -> Self {
        let duties = duties_of(skabelon, protocol);
        let dated = duties.filter_map(|duty| Some((duty, Standing::of(duty, protocol).due?)));
        Self {
            dated: dated.collect(),
        }
    }

    /// The duties, if there are as many as a figure can have.
    pub fn dated(&self) -> Option<&[(&'s Duty, Date)]> {
        super::FIGURE_ITEMS
            .contains(&self.dated.len())
            .then_some(&self.dated)
    }

    /// How many duties have a date.
    pub const fn len(&self) -> usize {
        self.dated.len()
    }

    /// Whether no duty has a date.
    pub const fn is_empty(&self) -> bool {
        self.dated.is_empty()
    }

    /// Whether a wheel shows more than a table: the dates must be of different months.
    pub fn says_something(&self) -> bool {
        let month = |(_, due): &(&Duty, Date)| due.month();
        let first = self.dated.first().map(month);
        self.dated.iter().any(|one| Some(month(one)) != first)
    }
}
