//! What the files say: the area, the skabelon and the protocols as typed values with places.
//!
//! TOML is walked once, by `shape`, which yields the values and every shape finding at the same time;
//! after that no stage asks whether a key is there. Whether the content is *right* is `check`'s
//! business, how it is printed `document`'s and `render`'s.

mod address;
mod answers;
mod approved;
mod area;
mod authored;
mod autolink;
mod blocks;
mod exception;
mod fold;
#[cfg(feature = "serve")]
mod form;
mod inside;
mod kind;
mod known;
mod language;
mod laws;
mod lockfile;
mod markdown;
mod named;
mod numbering;
mod own_line;
mod protocol;
mod readers_edition;
mod reference;
mod richtext;
mod schema;
mod section;
mod shape;
mod shared;
mod short_answers;
mod skabelon;
mod slips;
mod stretches;
mod table;
mod takes;
mod targets;
mod texts;
mod variables;
mod wheel;

pub use address::{
    DeadAddress, dead_address, is_placeholder, looks_like_a_host, mail_link, phone_address,
};
pub use answers::Answers;
pub use approved::Approved;
pub use area::{AbbreviationEntry, Area, ExternalDocument, FORMAT, LevelSetting, Limits, Logo};
pub use blocks::*;
pub use exception::{Exception, HIDDEN_DIGITS};
pub use fold::{fold, fold_heading, slug, typed_number, without_typed_number};
#[cfg(feature = "serve")]
pub use form::{form, label};
pub use kind::{FormField, Kind, Row};
pub use known::KnownSections;
pub use language::Language;
pub use laws::{Authority, LawRegister, Provision, REGISTER_FILE, Status};
pub use lockfile::{LockFile, Locked};
pub use named::{BlockPlace, NamedBlock, NamedBlocks, Way};
pub use numbering::{Numbering, typed_label, typed_letter, without_label};
pub use protocol::{Approval, AreaNames, Edition, Event, Institution, Main, OwnDuty, Protocol};
pub use readers_edition::{Only, ReadersEdition, is_for, readers_editions};
pub use reference::{Reference, ReferenceKind};
pub use richtext::{
    Alignment, Block, BlockKind, DefinitionItem, Inline, InlineKind, ListItem, Note, RichText,
    code_text, plain, push_plain, visit_inlines, visit_runs,
};
pub use schema::{FileKind, advice, documentation};
pub use section::{Reader, Section};
pub use shape::{Line, nearest};
pub use shared::{Collection, Listed, SharedFrom, SharedSkabelon, this_version};
pub use short_answers::ShortAnswer;
pub use skabelon::{Demand, Duty, Interval, Point, Requirement, Retired, Skabelon, Wording};
pub use slips::{Slip, SlipKind};
pub use takes::{Table, When};
pub use targets::{ContactTarget, Target, Targets};
pub use texts::{Field as TextField, Text};
pub use variables::{BUILT_IN_VARIABLES, Variables};
pub use wheel::{Met, MetBy, REVISION, Standing, YearWheel, duties_of, set_aside};
