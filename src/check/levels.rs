//! The levels findings end up with: the area's `[kontrol]` and the draft, applied in one place.

use std::collections::BTreeMap;

use super::texts::person_number::mask_all;
use crate::diag::{Code, Finding, Level};
use crate::model::LevelSetting;

/// How a run weighs its findings.
#[derive(Clone, Copy, Debug)]
pub struct Levels<'a> {
    /// The area's choices.
    pub settings: &'a BTreeMap<Code, LevelSetting>,
    /// Whether only what would make the output wrong or unsafe stays an error.
    pub draft: bool,
}

impl Levels<'_> {
    /// Gives every finding its level, leaves out those whose rule is off, sorts the rest and hides personal
    /// numbers in all that a report may show of them.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut kept: Vec<Finding> = findings
            .into_iter()
            .filter_map(|mut finding| {
                let level = self.of(finding.code)?;
                let is_lighter = finding.level < finding.code.level();
                finding.level = if is_lighter {
                    finding.level.min(level)
                } else {
                    level
                };
                Some(finding)
            })
            .collect();
        kept.sort_by(Finding::order);
        kept.dedup_by(|later, former| later.repeats(former));
        mask_all(&mut kept);
        kept
    }

    /// Whether what a rule finds may be an error.
    pub fn may_fail(&self, code: Code) -> bool {
        self.of(code) == Some(Level::Error)
    }

    /// Whether the area has turned a rule off.
    pub fn is_off(settings: &BTreeMap<Code, LevelSetting>, code: Code) -> bool {
        settings.get(&code) == Some(&LevelSetting::Off)
    }

    /// The level of a code; `None` where it is off.
    fn of(&self, code: Code) -> Option<Level> {
        let level = match self.settings.get(&code) {
            Some(LevelSetting::Off) => return None,
            Some(LevelSetting::At(level)) => *level,
            None => code.level(),
        };
        if self.draft && !code.holds_in_draft() {
            return Some(Level::Warning);
        }
        Some(level)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::{Place, SourceFile};

    fn level(code: Code, setting: Option<LevelSetting>, draft: bool) -> Option<Level> {
        let settings = setting.into_iter().map(|setting| (code, setting)).collect();
        let file = Arc::new(SourceFile::new("a.toml", ""));
        let finding = Finding::new(code, Place::top(&file), "x");
        let levels = Levels {
            settings: &settings,
            draft,
        };
        levels
            .apply(vec![finding])
            .first()
            .map(|finding| finding.level)
    }

    #[test]
    fn a_rule_has_its_own_level_until_the_area_chooses_another() {
        assert_eq!(
            level(Code::ManglendeAfsnit, None, false),
            Some(Level::Error)
        );
        let warning = LevelSetting::At(Level::Warning);
        assert_eq!(
            level(Code::ManglendeAfsnit, Some(warning), false),
            Some(Level::Warning)
        );
        assert_eq!(
            level(Code::ManglendeAfsnit, Some(LevelSetting::Off), false),
            None
        );
    }

    #[test]
    fn a_draft_lowers_all_but_what_makes_the_output_wrong() {
        assert_eq!(
            level(Code::ManglendeAfsnit, None, true),
            Some(Level::Warning)
        );
        assert_eq!(level(Code::UkendtNoegle, None, true), Some(Level::Error));
        assert_eq!(
            level(Code::UkendtHenvisning, None, true),
            Some(Level::Error)
        );
    }
}
