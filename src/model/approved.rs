//! How a protocol stands with its newest approval: the one place where a fingerprint is held against it.
//!
//! What is said of it, on paper or in a table, is for those who ask.

use super::protocol::{Approval, Protocol};
use super::shape::Line;

/// How a protocol stands with its newest approval.
#[derive(Clone, Copy, Debug)]
pub enum Approved<'p> {
    /// No approval is listed.
    Not,
    /// The newest approval has no fingerprint, so nobody can tell.
    Unverified(&'p Approval),
    /// What it says is what was approved.
    Stands(&'p Approval),
    /// It says something else than what was approved, whose fingerprint stands there.
    Changed(&'p Approval, &'p Line),
}

impl<'p> Approved<'p> {
    /// How a protocol stands. `fingerprint`, that of what it says now, is asked for only where an approval has
    /// one to hold it against.
    pub fn of<F: AsRef<str>>(protocol: &'p Protocol, fingerprint: impl FnOnce() -> F) -> Self {
        let Some(approval) = protocol.newest_approval() else {
            return Self::Not;
        };
        match &approval.fingerprint {
            None => Self::Unverified(approval),
            Some(approved_as) if approved_as.text == fingerprint().as_ref() => {
                Self::Stands(approval)
            }
            Some(approved_as) => Self::Changed(approval, approved_as),
        }
    }
}
