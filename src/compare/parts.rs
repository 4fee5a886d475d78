//! Which part of a document was which part before: by id, then by what it says.

use std::collections::{BTreeMap, HashMap};

use super::align::mark_moved;
use super::words::{self, key};
use crate::document::{Document, Part, PartKind, Unit, WORD_LIST, canonical, units};

/// A part with what it is recognised by.
pub(super) struct Node<'d> {
    pub(super) part: &'d Part,
    /// The index of the part it stands in.
    pub(super) parent: Option<usize>,
    pub(super) units: Vec<Unit>,
}

/// The parts of two documents, in the order of reading, and which is which.
pub(super) struct Matching<'d> {
    pub(super) former: Vec<Node<'d>>,
    pub(super) present: Vec<Node<'d>>,
    /// For each former part the present one.
    pub(super) to_present: Vec<Option<usize>>,
    /// For each present part the former one.
    pub(super) to_former: Vec<Option<usize>>,
}

/// Parts this alike are the same, under another name.
const ALIKE: usize = 500;
/// A word that this many parts share tells none of them apart.
const COMMON_WORD: usize = 16;
/// The most parts that one part is held against.
const CANDIDATES: usize = 8;

/// The parts that count: not the year wheel nor how the protocol was made, which follow from its events.
pub(super) fn nodes(document: &Document) -> Vec<Node<'_>> {
    fn add<'d>(nodes: &mut Vec<Node<'d>>, part: &'d Part, parent: Option<usize>) {
        let index = nodes.len();
        let units = units(part);
        nodes.push(Node {
            part,
            parent,
            units,
        });
        for below in &part.parts {
            add(nodes, below, Some(index));
        }
    }
    let mut nodes = Vec::new();
    let counts = |part: &&Part| part.kind != PartKind::Backmatter || part.id == WORD_LIST;
    for part in document.parts().filter(counts) {
        add(&mut nodes, part, None);
    }
    nodes
}

impl<'d> Matching<'d> {
    /// Finds out which part is which.
    pub(super) fn of(former: &'d Document, present: &'d Document) -> Self {
        let (former, present) = (nodes(former), nodes(present));
        let mut matching = Self {
            to_present: vec![None; former.len()],
            to_former: vec![None; present.len()],
            former,
            present,
        };
        matching.by_id();
        if matching.is_open() {
            matching.by_key(&|node, _| key(&(canonical(&node.part.heading), said(node.part))));
            matching.by_heading_in_place();
            matching.by_likeness();
            matching.by_heading_in_place();
        }
        matching
    }

    fn meet(&mut self, former: usize, present: usize) {
        self.to_present[former] = Some(present);
        self.to_former[present] = Some(former);
    }

    fn open_former(&self) -> Vec<usize> {
        let all = 0..self.former.len();
        all.filter(|index| self.to_present[*index].is_none())
            .collect()
    }

    fn open_present(&self) -> Vec<usize> {
        let all = 0..self.present.len();
        all.filter(|index| self.to_former[*index].is_none())
            .collect()
    }

    fn is_open(&self) -> bool {
        self.to_present.contains(&None) && self.to_former.contains(&None)
    }

    fn by_id(&mut self) {
        let ids = self.former.iter().enumerate();
        let ids: HashMap<String, usize> = ids
            .map(|(index, node)| (canonical(&node.part.id), index))
            .collect();
        for index in 0..self.present.len() {
            let part = self.present[index].part;
            if let Some(former) = ids.get(&canonical(&part.id))
                && self.to_present[*former].is_none()
            {
                self.meet(*former, index);
            }
        }
    }

    /// Matches parts that have the same key, the first with the first.
    fn by_key(&mut self, key: &dyn Fn(&Node<'_>, Option<usize>) -> u64) {
        let mut waiting: HashMap<u64, Vec<usize>> = HashMap::new();
        for index in self.open_former().into_iter().rev() {
            let node = &self.former[index];
            let parent = node.parent.and_then(|parent| self.to_present[parent]);
            waiting.entry(key(node, parent)).or_default().push(index);
        }
        for index in self.open_present() {
            let node = &self.present[index];
            let found = waiting.get_mut(&key(node, node.parent)).and_then(Vec::pop);
            if let Some(former) = found {
                self.meet(former, index);
            }
        }
    }

    /// Parts with the same heading in the same part, from the top down.
    fn by_heading_in_place(&mut self) {
        for _deeper in 0..4 {
            let open = self.open_present().len();
            self.by_key(&|node, parent| {
                let top = node.parent.is_none().then_some(node.part.kind as u8);
                key(&(parent, top, canonical(&node.part.heading)))
            });
            if self.open_present().len() == open {
                break;
            }
        }
    }

    /// Parts that say much the same, the most alike first.
    fn by_likeness(&mut self) {
        let (old, new) = (self.open_former(), self.open_present());
        let bags = |nodes: &[Node<'_>], open: &[usize]| -> Vec<Vec<u64>> {
            open.iter().map(|index| bag(nodes[*index].part)).collect()
        };
        let (a, b) = (bags(&self.former, &old), bags(&self.present, &new));
        for (i, j) in pairs_alike(&a, &b) {
            self.meet(old[i], new[j]);
        }
    }

    /// For each present part whether it stands at another place among those it had beside it.
    pub(super) fn moved(&self) -> Vec<bool> {
        let mut moved = vec![false; self.present.len()];
        let mut groups: BTreeMap<_, Vec<(usize, usize)>> = BTreeMap::new();
        for (index, node) in self.present.iter().enumerate() {
            let Some(old) = self.to_former[index] else {
                continue;
            };
            let before = &self.former[old];
            let former_parent = before.parent.map(|parent| self.to_present[parent]);
            if former_parent == node.parent.map(Some) && before.part.kind == node.part.kind {
                let group = groups
                    .entry((node.parent, node.part.kind as u8))
                    .or_default();
                group.push((index, old));
            } else {
                moved[index] = true;
            }
        }
        mark_moved(groups.values(), &mut moved);
        moved
    }
}

/// The pairs of bags that are alike, each bag once, the most alike first. Only bags that share a rare word are
/// held against each other.
pub(super) fn pairs_alike(a: &[Vec<u64>], b: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut with_word: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, bag) in a.iter().enumerate() {
        let mut bag = bag.clone();
        bag.dedup();
        for word in bag {
            with_word.entry(word).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for (index, bag) in b.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in bag {
            let holders = with_word.get(word);
            let holders = holders.filter(|holders| holders.len() <= COMMON_WORD);
            for holder in holders.into_iter().flatten() {
                *shared.entry(*holder).or_default() += 1;
            }
        }
        let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
        candidates.sort_by_key(|(holder, count)| (std::cmp::Reverse(*count), *holder));
        for (holder, _) in candidates.into_iter().take(CANDIDATES) {
            let alike = words::likeness(&a[holder], bag);
            if alike >= ALIKE {
                found.push((std::cmp::Reverse(alike), index, holder));
            }
        }
    }
    found.sort_unstable();
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut pairs = Vec::new();
    for (_, j, i) in found {
        if !taken_a[i] && !taken_b[j] {
            (taken_a[i], taken_b[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

/// Everything a part says, with the parts below it.
fn said(part: &Part) -> String {
    let mut text = String::new();
    collect(part, &mut text);
    canonical(&text)
}

fn collect(part: &Part, text: &mut String) {
    for unit in units(part) {
        for field in unit.fields {
            text.push_str(&field.text);
            text.push('\n');
        }
    }
    for below in &part.parts {
        text.push_str(&below.heading);
        text.push('\n');
        collect(below, text);
    }
}

/// The words of a part and its heading, in order of their keys.
fn bag(part: &Part) -> Vec<u64> {
    let mut bag = Vec::new();
    words::bag(&part.heading, &mut bag);
    let mut text = String::new();
    collect(part, &mut text);
    words::bag(&text, &mut bag);
    bag.sort_unstable();
    bag
}

/// The words of all parts of a document.
pub(super) fn document_bag(document: &Document) -> Vec<u64> {
    let mut bag = Vec::new();
    words::bag(&document.institution.name, &mut bag);
    let own = document
        .parts()
        .filter(|part| part.kind != PartKind::Backmatter);
    for part in own {
        let mut text = String::new();
        collect(part, &mut text);
        words::bag(&part.heading, &mut bag);
        words::bag(&text, &mut bag);
    }
    bag.sort_unstable();
    bag
}
