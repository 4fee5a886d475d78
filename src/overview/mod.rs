//! What leaders ask for, as data: the duties of each protocol, and how it stands with what its skabelon asks for.
//!
//! Nothing is read or judged here; it is made of what the check has found. How it looks is for `report` and
//! `render`.

mod duties;
pub mod matrix;

pub use duties::{DutyRow, DutyState};
