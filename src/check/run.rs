//! The runner: asks every rule of the registry, and is the only one that does.
//!
//! A rule that panics has found nothing, and what the others found stands: whoever reports the findings says
//! that the program is at fault. A rule that the area has turned off is not asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::across::{AreaFinding, Digest};
use super::context::{AcrossRule, AreaRule, Context, Rule, SkabelonContext, SkabelonRule};
use super::exceptions::{Excepted, SetAside, set_aside};
use super::levels::Levels;
use super::rules::{
    self, aendret_kopi, fil_uden_plads, navnesammenfald, personnummer, ubrugt_undtagelse,
};
use super::texts::person_number::masked;
use crate::diag::{Code, Finding};
use crate::load::Stray;
use crate::model::{Area, LockFile, Protocol, SharedSkabelon, Skabelon, Variables};
use crate::text::SourceFile;

pub use super::rules::aendret_kopi::Copied;

/// What rules found.
#[derive(Clone, Debug)]
pub struct Checked<F = Finding> {
    /// Every finding, with the rules' own levels, unsorted.
    pub findings: Vec<F>,
    /// How many rules panicked: bugs of ours that the panic hook has told of. What the others found stands.
    pub bugs: usize,
}

impl<F> Default for Checked<F> {
    fn default() -> Self {
        Self {
            findings: Vec::new(),
            bugs: 0,
        }
    }
}

impl<F> Checked<F> {
    /// Asks one rule.
    fn ask(&mut self, rule: impl FnOnce(&mut Vec<F>)) {
        let mut found = Vec::new();
        // The list is thrown away if the rule panics, so nobody sees it half made.
        match catch_unwind(AssertUnwindSafe(|| rule(&mut found))) {
            Ok(()) => self.findings.append(&mut found),
            Err(_) => self.bugs += 1,
        }
    }

    /// Takes in what other rules found.
    pub fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.bugs += other.bugs;
    }
}

/// What is called so has a rule that panics, in the tests of the library.
#[cfg(test)]
pub const BROKEN: &str = "Stedet med en fejl i programmet";

#[cfg(test)]
fn breaks_for(name: &str) {
    assert!(name != BROKEN, "a bug made for this test");
}

/// Asks about one protocol the rules that are wanted: all, or those that another skabelon can make say something else.
pub fn protocol(context: &Context<'_>, wanted: &dyn Fn(Code) -> bool) -> Checked {
    let rules = rules::PROTOCOL.iter().filter(|(code, _)| wanted(*code));
    let rules: Vec<(Code, Rule)> = rules.copied().collect();
    let mut checked = about_protocol(&rules, context);
    checked.findings.retain(|finding| wanted(finding.code));
    checked
}

fn about_protocol(rules: &[(Code, Rule)], context: &Context<'_>) -> Checked {
    let mut checked = Checked::default();
    #[cfg(test)]
    checked.ask(|_| breaks_for(&context.protocol.institution.name.text));
    checked.ask(|findings| rules::slips(context, findings));
    let exceptions = context.protocol.exceptions();
    for &(code, rule) in rules {
        // An exception from a rule that is off meets what the rule would have found.
        let unasked = Levels::is_off(&context.area.levels, code)
            && exceptions
                .iter()
                .all(|exception| exception.rule.value != code);
        if !unasked {
            checked.ask(|findings| rule(context, findings));
        }
    }
    for finding in &mut checked.findings {
        finding.protocol = Some(context.protocol.slug.clone());
    }
    checked
}

/// Asks every rule about the area's own file: slips in its texts, and its contacts.
pub fn area(area: &Area) -> Checked {
    about_area(rules::AREA, area)
}

fn about_area(rules: &[(Code, AreaRule)], area: &Area) -> Checked {
    let mut checked = Checked::default();
    #[cfg(test)]
    checked.ask(|_| breaks_for(&area.name.text));
    checked.ask(|findings| findings.extend(rules::about_slips(&area.slips, &area.variables)));
    for (_, rule) in rules {
        checked.ask(|findings| rule(area, findings));
    }
    checked
}

/// Asks every rule about a skabelon as such: the rules RP8xx, and slips in its texts. Whether a variable has a
/// value is looked at in each protocol.
pub fn skabelon(skabelon: &Skabelon, variables: Option<&Variables>) -> Checked {
    about_skabelon(rules::SKABELON, skabelon, variables)
}

fn about_skabelon(
    rules: &[(Code, SkabelonRule)],
    skabelon: &Skabelon,
    variables: Option<&Variables>,
) -> Checked {
    let context = SkabelonContext::new(skabelon, variables);
    let mut checked = Checked::default();
    for (_, rule) in rules {
        checked.ask(|findings| rule(&context, findings));
    }
    #[cfg(test)]
    checked.ask(|_| breaks_for(&skabelon.name.text));
    let none = Variables::default();
    checked.ask(|findings| findings.extend(rules::about_slips(&skabelon.slips, &none)));
    checked
}

/// Asks every rule about the area as a whole; what they find is unsorted.
pub fn across(area: &Area, digests: &[&Digest]) -> Checked<AreaFinding> {
    about_all(rules::ACROSS, area, digests)
}

fn about_all(
    rules: &[(Code, AcrossRule)],
    area: &Area,
    digests: &[&Digest],
) -> Checked<AreaFinding> {
    let mut checked = Checked::default();
    for &(code, rule) in rules {
        if !Levels::is_off(&area.levels, code) {
            checked.ask(|findings| rule(area, digests, findings));
        }
    }
    checked
}

/// Whether a rule of the area as a whole needs a digest of each protocol.
pub fn needs_digests(area: &Area) -> bool {
    let mut rules = rules::ACROSS.iter();
    rules.any(|&(code, _)| !Levels::is_off(&area.levels, code))
}

/// Looks for personal numbers in files outside the protocols and in the names (paths) of entries there.
pub fn person_numbers<'f>(
    files: impl IntoIterator<Item = &'f Arc<SourceFile>>,
    names: &[String],
) -> Checked {
    let mut checked = Checked::default();
    checked.ask(|findings| findings.extend(personnummer::in_files(files, names)));
    checked
}

/// Asks whether the copy of a shared skabelon is what was fetched.
pub fn copy(copy: &Copied<'_>) -> Vec<Finding> {
    aendret_kopi::of_copy(copy)
}

/// What there is to say of the copy of a shared skabelon that cannot be looked through.
pub fn unread_copy(area: &Area, shared: &SharedSkabelon, reason: &str) -> Finding {
    aendret_kopi::of_unread(area, shared, reason)
}

/// Asks whether a `rusprot.lock` can be read, and has only copies that the area names.
pub fn lock_file(file: &Arc<SourceFile>, lock: Option<&LockFile>, area: &Area) -> Vec<Finding> {
    aendret_kopi::of_lock(file, lock, area)
}

/// Asks whether protocols of a folder would be published under one name.
pub fn slugs(folder: &str, slugs: &[String]) -> Checked {
    let mut checked = Checked::default();
    checked.ask(|findings| findings.extend(navnesammenfald::among(folder, slugs)));
    checked
}

/// Asks whether anything lies among the protocols of a folder (`slugs`) that nothing reads; and whether there is a
/// protocol at all, where `elsewhere` names a folder that seems to have them.
pub fn strays(area: &Area, slugs: &[&str], strays: &[Stray], elsewhere: Option<&str>) -> Checked {
    let mut checked = Checked::default();
    if !Levels::is_off(&area.levels, Code::FilUdenPlads) {
        let folder = &area.protocol_folder;
        checked.ask(|findings| findings.extend(fil_uden_plads::beside(folder, slugs, strays)));
    }
    if slugs.is_empty() {
        checked.ask(|findings| findings.push(fil_uden_plads::no_protocol(area, elsewhere)));
    }
    checked
}

/// The findings of a protocol as they are reported.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Those that stand.
    pub findings: Vec<Finding>,
    /// Those that an exception has set aside, with its reason.
    pub excepted: Vec<Excepted>,
}

impl Levels<'_> {
    /// As [`Levels::apply`], with the protocol's exceptions applied first; one that meets nothing is a finding.
    pub fn apply_to(&self, mut findings: Vec<Finding>, protocol: &Protocol) -> Applied {
        let SetAside { excepted, unused } = set_aside(&mut findings, protocol);
        let unused = unused.into_iter().map(|exception| {
            let mut finding = ubrugt_undtagelse::finding(exception, &findings);
            finding.protocol = Some(protocol.slug.clone());
            finding
        });
        let mut unused: Vec<Finding> = unused.collect();
        findings.append(&mut unused);
        let excepted = excepted
            .into_iter()
            .filter_map(|Excepted { finding, reason }| {
                let finding = self.apply(vec![finding]).pop()?;
                let reason = masked(&reason).into_owned();
                Some(Excepted { finding, reason })
            });
        Applied {
            excepted: excepted.collect(),
            findings: self.apply(findings),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::check::across::Spot;
    use crate::check::harness::Repo;
    use crate::text::Span;

    /// The registry with a rule before it.
    fn before<R: Copy>(code: Code, rule: R, registry: &[(Code, R)]) -> Vec<(Code, R)> {
        [&[(code, rule)], registry].concat()
    }

    fn about(context: &Context<'_>) -> Finding {
        Finding::new(Code::TomtAfsnit, context.protocol.top(), "half made")
    }

    const SECTION: [(&str, &str); 1] = [(
        "01-naboer.toml",
        "overskrift = \"4. Naboer\"\ntekst = \"Vi hilser.\"\n",
    )];

    #[test]
    fn a_rule_that_panics_is_counted_and_every_other_finding_stands() {
        let broken: Rule = |context, findings| {
            findings.push(about(context));
            panic!("a bug made for this test");
        };
        Repo::of(&SECTION).in_context(|context, _| {
            let whole = protocol(context, &|_| true).findings.len();
            let rules = before(Code::TomtAfsnit, broken, rules::PROTOCOL);
            let checked = about_protocol(&rules, context);
            assert!(whole > 0);
            assert_eq!((checked.findings.len(), checked.bugs), (whole, 1));
        });
    }

    #[test]
    fn rules_about_the_area_the_skabelon_and_all_protocols_are_caught_alike() {
        let of_area: AreaRule = |_, _| panic!("a bug made for this test");
        let of_skabelon: SkabelonRule = |_, _| panic!("a bug made for this test");
        let of_all: AcrossRule = |_, _, _| panic!("a bug made for this test");
        let sound: AcrossRule = |_, _, findings| {
            findings.push(AreaFinding {
                code: Code::NaestenSammeOrd,
                slug: "birkely".to_owned(),
                spot: Spot {
                    path: "a.toml".to_owned(),
                    span: Span::new(0, 0),
                },
                message: "x".to_owned(),
                help: "y".to_owned(),
                related: None,
            });
        };
        Repo::of(&SECTION).in_context(|context, _| {
            let rules = before(Code::DoedtLink, of_area, rules::AREA);
            assert_eq!(about_area(&rules, context.area).bugs, 1);
            let rules = before(Code::UmuligPligt, of_skabelon, rules::SKABELON);
            assert_eq!(about_skabelon(&rules, context.skabelon, None).bugs, 1);
            let rules = before(
                Code::NaestenSammeOrd,
                of_all,
                &[(Code::NaestenSammeOrd, sound)],
            );
            let checked = about_all(&rules, context.area, &[]);
            assert_eq!((checked.findings.len(), checked.bugs), (1, 1));
        });
    }

    thread_local! {
        static ASKED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn a_rule_that_is_off_is_asked_only_for_the_sake_of_an_exception() {
        let counted: Rule = |_, _| ASKED.set(ASKED.get() + 1);
        let asked = |area: &str, exception: &str| {
            let text = format!("overskrift = 'A'\ntekst = 'x'\n{exception}");
            ASKED.set(0);
            Repo::of(&[("01-a.toml", &text)])
                .in_area(area)
                .in_context(|context, _| {
                    let _nothing = about_protocol(&[(Code::Sidehenvisning, counted)], context);
                });
            ASKED.get()
        };
        let off = "[kontrol]\nsidehenvisning = 'fra'\n";
        let exception = "[[undtag]]\nregel = 'RP204'\nbegrundelse = 'x'\n";
        assert_eq!(asked("", ""), 1);
        assert_eq!(asked(off, ""), 0);
        assert_eq!(asked(off, exception), 1);
    }
}
