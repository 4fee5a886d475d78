//! The rules: from the model to findings. One rule a file, in `rules`; what they read texts with in `texts`.
//!
//! A rule looks at one protocol through a [`Context`] and returns findings; it knows nothing of levels,
//! drafts or output. `run` asks them all in the registry's order, and no other module looks in there.

mod across;
mod consequences;
mod context;
mod exceptions;
#[cfg(test)]
mod harness;
mod levels;
mod rules;
mod run;
mod texts;

pub use across::{AreaFinding, CommonWords, Digest, Spot};
pub use consequences::leave_out_consequences;
pub use context::{AcrossRule, AreaRule, Asked, Context, Rule, SkabelonContext, SkabelonRule};
pub use exceptions::Excepted;
pub use levels::Levels;
pub use rules::personoplysning::names_a_person;
pub use rules::redaktionel_rest::is_page as is_page_of_all;
#[cfg(test)]
pub use run::BROKEN;
pub use run::{
    Applied, Checked, Copied, across, area, copy, lock_file, needs_digests, person_numbers,
    protocol, skabelon, slugs, strays, unread_copy,
};
pub use texts::copied::{Deviation, Original, Words, is_same};
pub use texts::institutions::Institutions;
pub use texts::language::Language;
pub use texts::near::{NEAR, likeness};
#[cfg(test)]
pub use texts::person_number::made_up;
pub use texts::person_number::masked;
pub use texts::typed;
