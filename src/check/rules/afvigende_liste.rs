//! RP401 `afvigende-liste`: two lists of one protocol that are nearly the same and ought to be.
//!
//! Lists are Markdown lists, house rules and groups of questions. What `indsaet` prints is one list in two
//! places and never compared with itself.
//!
//! Only lists whose items begin or end alike are compared: a table from these letters to lists finds them,
//! so the work grows with the number of items. Letters that many lists share ("ring 112") are no sign and
//! left out, which bounds the pairs. Words are looked at in those few lists alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::texts::copied::{
    Deviation, Words, compare, first_letters, last_letters, surface,
};
use crate::diag::{Code, Finding};
use crate::model::{Block, BlockKind, Inline, RichText, Section, push_plain};
use crate::text::{Place, Span};

/// A shorter list repeats another by chance.
const FEWEST_ITEMS: usize = 3;
/// The share of the longer list's items that the other has too, alike or nearly. In the real protocol that
/// was looked at, two house rules of six items share five (0.83); no other two lists share more than 0.2.
const LEAST_SHARED: f64 = 0.6;
/// Items that have this share of words in common are two wordings of one.
const LEAST_ALIKE: f64 = 0.6;
/// Fewer words in common say nothing.
const FEWEST_WORDS: usize = 8;
/// Letters that more lists have are left out.
const MOST_LISTS: usize = 8;
/// Each rewritten item is compared word by word with those left; beyond this many nobody takes two lists
/// for one.
const MOST_REWRITTEN: usize = 40;
/// An item's beginning and end, in letters: about three words, and more than most items have in common by
/// chance.
const EDGE: usize = 18;
/// As many differences are shown one by one.
const MOST_SHOWN: usize = 6;

/// An item and its place.
struct Item<'p> {
    /// What it says, an item of Markdown without the lists below it.
    runs: Vec<&'p [Inline]>,
    span: Span,
}

impl Item<'_> {
    fn plain(&self) -> String {
        let mut plain = String::new();
        for run in &self.runs {
            push_plain(run, &mut plain);
            plain.push(' ');
        }
        plain
    }

    /// Its first letters and its last, told apart.
    fn marks(&self) -> [(bool, u64); 2] {
        let texts = || {
            self.runs
                .iter()
                .flat_map(|run| run.iter())
                .filter_map(surface)
        };
        let first = first_letters(texts(), EDGE);
        let last = last_letters(texts().rev(), EDGE);
        [(false, first), (true, last)]
    }
}

/// A list and where it stands.
struct List<'p> {
    section: &'p Section,
    /// Whether it consists of `regel`: where a list is best kept.
    is_rules: bool,
    items: Vec<Item<'p>>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut lists = Vec::new();
    context
        .protocol
        .visit(&mut |section| add_lists(section, &mut lists));
    if lists.len() < 2 {
        return;
    }
    let mut reported = BTreeSet::new();
    for (first, second) in candidates(&lists) {
        if reported.contains(&first) || reported.contains(&second) {
            continue;
        }
        // The list kept best stands as the other one: house rules, then what comes first.
        let (kept, copy) = if lists[second].is_rules && !lists[first].is_rules {
            (second, first)
        } else {
            (first, second)
        };
        if let Some(differences) = differences(&lists[kept], &lists[copy]) {
            reported.insert(copy);
            findings.push(finding(&lists[kept], &lists[copy], &differences));
        }
    }
}

fn add_lists<'p>(section: &'p Section, lists: &mut Vec<List<'p>>) {
    let rules = section.blocks.rules.iter().map(|rule| whole(&rule.text));
    push(section, true, rules.collect(), lists);
    for group in &section.blocks.groups {
        push(
            section,
            false,
            group.items.iter().map(whole).collect(),
            lists,
        );
    }
    section.markdown_texts(&mut |text| add_markdown(section, &text.blocks, lists));
}

fn push<'p>(section: &'p Section, is_rules: bool, items: Vec<Item<'p>>, lists: &mut Vec<List<'p>>) {
    if items.len() >= FEWEST_ITEMS {
        lists.push(List {
            section,
            is_rules,
            items,
        });
    }
}

fn whole(text: &RichText) -> Item<'_> {
    let mut runs = Vec::new();
    text.visit_runs(&mut |run| runs.push(run));
    Item {
        runs,
        span: text.span,
    }
}

fn add_markdown<'p>(section: &'p Section, blocks: &'p [Block], lists: &mut Vec<List<'p>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::List { items, .. } => {
                let own = items.iter().filter_map(|item| first_words(&item.blocks));
                push(section, false, own.collect(), lists);
                for item in items {
                    add_markdown(section, &item.blocks, lists);
                }
            }
            BlockKind::Quote(blocks) => add_markdown(section, blocks, lists),
            _ => {}
        }
    }
}

/// An item's own words, a list below it left aside.
fn first_words(blocks: &[Block]) -> Option<Item<'_>> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(run) => Some(Item {
            runs: vec![run],
            span: block.span,
        }),
        _ => None,
    })
}

/// Pairs of lists whose items begin or end alike often enough, those with most in common first.
fn candidates(lists: &[List<'_>]) -> Vec<(usize, usize)> {
    let mut marks: Vec<((bool, u64), usize)> = Vec::new();
    for (index, list) in lists.iter().enumerate() {
        let own = list.items.iter().flat_map(Item::marks);
        marks.extend(own.map(|mark| (mark, index)));
    }
    marks.sort_unstable();
    marks.dedup();
    let by_mark = marks.chunk_by(|(one, _), (other, _)| one == other);
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for with in by_mark.filter(|with| with.len() <= MOST_LISTS) {
        for (at, &(_, first)) in with.iter().enumerate() {
            for &(_, second) in &with[at + 1..] {
                *shared.entry((first, second)).or_default() += 1;
            }
        }
    }
    let least = |&((first, second), count): &((usize, usize), usize)| {
        let longer = lists[first].items.len().max(lists[second].items.len());
        // Each item has two marks; one rewritten at one end keeps the other.
        2 * count >= longer
    };
    let mut pairs: Vec<_> = shared.into_iter().filter(least).collect();
    pairs.sort_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    pairs.into_iter().map(|(pair, _)| pair).collect()
}

/// How two lists differ.
#[derive(Debug)]
enum Difference {
    /// Two wordings of one item, by index in the kept list and the copy.
    Words(usize, usize, Vec<Deviation>),
    /// Two different items under one number.
    Other(usize),
    /// An item that the copy lacks.
    Missing(usize),
    /// An item that the copy alone has.
    Extra(usize),
}

/// How a copy differs from the list that is kept; `None` where the lists are the same or no copies.
fn differences(kept: &List<'_>, copy: &List<'_>) -> Option<Vec<Difference>> {
    let plain = |list: &List<'_>| list.items.iter().map(Item::plain).collect::<Vec<_>>();
    let (kept, copy) = (plain(kept), plain(copy));
    let kept: Vec<Words<'_>> = kept.iter().map(|text| Words::of(text)).collect();
    let copy: Vec<Words<'_>> = copy.iter().map(|text| Words::of(text)).collect();
    between(&kept, &copy)
}

fn between(kept: &[Words<'_>], copy: &[Words<'_>]) -> Option<Vec<Difference>> {
    let mut rest_kept: BTreeSet<usize> = (0..kept.len()).collect();
    let mut rest_copy: BTreeSet<usize> = (0..copy.len()).collect();
    let mut words = 0;
    for (index, item) in copy.iter().enumerate() {
        let same = |other: &&usize| kept[**other].keys() == item.keys();
        let twin = rest_kept.iter().find(same).copied();
        if let Some(twin) = twin {
            words += item.keys().len();
            rest_kept.remove(&twin);
            rest_copy.remove(&index);
        }
    }
    let longer = kept.len().max(copy.len());
    if rest_copy.len() + rest_kept.len() == 0 || rest_copy.len() > MOST_REWRITTEN {
        return None;
    }
    let mut differences = Vec::new();
    for index in rest_copy.clone() {
        let alike = |&other: &usize| {
            let (alike, deviations) = compare(&kept[other], &copy[index]);
            (alike, other, deviations)
        };
        let best = rest_kept
            .iter()
            .map(alike)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, other, deviations)) = best.filter(|(alike, ..)| *alike >= LEAST_ALIKE) {
            words += copy[index].keys().len();
            rest_kept.remove(&other);
            rest_copy.remove(&index);
            differences.push(Difference::Words(other, index, deviations));
        }
    }
    if words < FEWEST_WORDS || !enough(copy.len() - rest_copy.len(), longer) {
        return None;
    }
    for index in rest_copy {
        let same_number = rest_kept.remove(&index);
        differences.push(if same_number {
            Difference::Other(index)
        } else {
            Difference::Extra(index)
        });
    }
    differences.extend(rest_kept.into_iter().map(Difference::Missing));
    differences.sort_by_key(number);
    Some(differences)
}

fn enough(shared: usize, longer: usize) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "lists are far shorter than 2^52"
    )]
    let share = shared as f64 / longer as f64;
    share >= LEAST_SHARED
}

/// The number of the item that the reader sees, counted from zero.
fn number(difference: &Difference) -> usize {
    match difference {
        Difference::Words(_, index, _)
        | Difference::Other(index)
        | Difference::Extra(index)
        | Difference::Missing(index) => *index,
    }
}

fn finding(kept: &List<'_>, copy: &List<'_>, differences: &[Difference]) -> Finding {
    let numbers: Vec<String> = differences
        .iter()
        .map(|difference| (number(difference) + 1).to_string())
        .collect();
    let other = &kept.section.heading.text;
    let message = format!(
        "Listen ligner listen i »{other}«, men punkt {} er ikke ens.",
        and(&numbers)
    );
    let first = differences.iter().find_map(|difference| match difference {
        Difference::Missing(_) => None,
        _ => copy.items.get(number(difference)),
    });
    let span = first
        .or(copy.items.first())
        .map_or(copy.section.span, |item| item.span);
    let mut finding = Finding::new(Code::AfvigendeListe, copy.section.place(span), message).with_help(
        "Aftal, hvad der gælder, og behold kun den ene liste, skrevet med [[regel]]. Vis den det andet \
         sted med indsaet.",
    );
    for difference in differences.iter().take(MOST_SHOWN) {
        let (place, message) = about(kept, copy, difference);
        finding = finding.with_related(place, message);
    }
    finding
}

/// Where a difference is seen, and what to say about it.
fn about(kept: &List<'_>, copy: &List<'_>, difference: &Difference) -> (Place, String) {
    let in_kept = |index: usize| kept.section.place(kept.items[index].span);
    match difference {
        Difference::Words(other, index, deviations) => {
            let said: Vec<String> = deviations.iter().map(deviation).collect();
            let number = index + 1;
            (
                in_kept(*other),
                format!("Punkt {number}: {}.", said.join("; ")),
            )
        }
        Difference::Other(index) => (
            in_kept(*index),
            format!("Punkt {} er et helt andet her.", index + 1),
        ),
        Difference::Missing(index) => (in_kept(*index), "Dette punkt står kun her.".to_owned()),
        Difference::Extra(index) => (
            copy.section.place(copy.items[*index].span),
            "Dette punkt står kun her.".to_owned(),
        ),
    }
}

fn deviation(deviation: &Deviation) -> String {
    match (deviation.old.as_str(), deviation.new.as_str()) {
        (old, "") => format!("her står også »{old}«"),
        ("", new) => format!("her mangler »{new}«"),
        (old, new) => format!("her står »{old}« i stedet for »{new}«"),
    }
}

/// "1", "1 og 2", "1, 2 og 3".
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} og {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    const TEXT: &str = "overskrift = 'Fælles'\ntekst = '''\n- Vi ryger kun ude på terrassen.\n\
                        - Der er ro i huset efter klokken 23.\n- Gæster går hjem klokken 22.\n'''\n";

    fn with_rules(rules: [&str; 3]) -> Repo {
        let mut text = "overskrift = 'Husorden'\n".to_owned();
        for rule in rules {
            text.push_str(&format!("[[regel]]\ntekst = '{rule}'\n"));
        }
        Repo::of(&[("01-a.toml", TEXT), ("bilag/1-husorden.toml", &text)])
    }

    #[test]
    fn house_rules_that_differ_in_one_word_are_found_at_the_item_in_the_text() {
        let repo = with_rules([
            "Vi ryger kun ude på terrassen.",
            "Der er ro i huset efter klokken 22.",
            "Gæster går hjem klokken 22.",
        ]);
        assert_eq!(repo.at("RP401"), ["01-a.toml:4:3"]);
        assert_eq!(
            repo.messages("RP401"),
            ["Listen ligner listen i »Husorden«, men punkt 2 er ikke ens."]
        );
        assert_eq!(
            repo.related("RP401"),
            ["Punkt 2: her står »22« i stedet for »23«."]
        );
    }

    #[test]
    fn an_item_of_its_own_is_named_on_both_sides() {
        let repo = with_rules([
            "Vi ryger kun ude på terrassen.",
            "Vi låner ikke cigaretter af hinanden.",
            "Gæster går hjem klokken 22.",
        ]);
        assert_eq!(repo.related("RP401"), ["Punkt 2 er et helt andet her."]);
    }

    #[test]
    fn the_same_list_twice_and_other_lists_are_none() {
        let same = with_rules([
            "Vi ryger kun ude på terrassen",
            "Der er ro i huset efter klokken 23.",
            "Gæster går hjem klokken 22.",
        ]);
        assert_eq!(same.at("RP401"), [""; 0]);
        let other = with_rules([
            "Vi ryger kun ude på terrassen.",
            "Kæledyr bor på dit eget værelse.",
            "Tøjvask er for alle, men husk at skrive dig på.",
        ]);
        assert_eq!(other.at("RP401"), [""; 0]);
    }

    #[test]
    fn a_list_printed_in_two_places_is_one_list() {
        let section = "overskrift = 'Fælles'\nindsaet = 'bilag:husorden'\n";
        let rules = "overskrift = 'Husorden'\n[[regel]]\ntekst = 'Ro efter klokken 22 i hele huset.'\n\
                     [[regel]]\ntekst = 'Vi ryger ude.'\n[[regel]]\ntekst = 'Gæster går hjem.'\n";
        let repo = Repo::of(&[("01-a.toml", section), ("bilag/1-husorden.toml", rules)]);
        assert_eq!(repo.at("RP401"), [""; 0]);
    }
}
