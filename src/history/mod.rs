//! Reading the past: what a repository's history holds, and each edition of a protocol as it was then.
//!
//! [`Git`] asks the `git` program, [`Revision`] reads the files of a commit, and [`History`] makes editions of
//! them. The work tree is never touched. What changed between two editions is for `compare` to say.

mod editions;
mod git;
mod known;
mod revision;

pub use editions::{EditionAt, History, Readable, Step, Unreadable};
pub(crate) use editions::{NewestApproval, Reading, TIMELESS, folders, side, unreadable};
#[cfg(feature = "serve")]
pub(crate) use git::git_call;
pub use git::{
    Commit, DEEPEN, FetchError, Git, GitError, Resolved, Store, place_in_git, shown_address,
};
pub use revision::Revision;
