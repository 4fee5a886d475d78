//! Reading the past: what a repository's history holds, and each edition of a protocol as it was then.
//!
//! [`Git`] asks the `git` program; [`History`] makes editions of what it answers. The work tree is never
//! touched. What changed between two editions is for `compare` to say.

mod editions;
mod git;

pub use editions::{EditionAt, History, Readable, Unreadable};
pub(crate) use editions::{NewestApproval, Reading, TIMELESS, slugs_in, unreadable};
pub use git::{Commit, DEEPEN, Git, GitError, Lines};
