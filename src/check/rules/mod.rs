//! Every rule, in the order of its number. The file's name is the rule's.
//!
//! RP001 and RP005 are found where files are read (`load`), RP002–RP004 where tables are
//! (`model::shape`).

mod manglende_afsnit;

use super::Rule;

/// The registry.
pub const ALL: &[Rule] = &[manglende_afsnit::check];
