//! Which elements of one sequence stand in another as well, in the same order.
//!
//! The longest common sequence where the two are short enough to find it by a table; where they are long,
//! what occurs once in both holds the pieces between together. Time grows with length, not with its square.
//! What the elements are is not known here: they are keys, and equal keys are equal elements.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The most cells of a table: pieces of some 500 elements on both sides.
const CELLS: usize = 1 << 18;

/// How many times a piece is cut at what is unique in it before the rest is taken for all new.
const DEPTH: usize = 24;

/// Pairs of indices, rising on both sides, whose keys are equal.
pub(super) fn align(former: &[u64], present: &[u64]) -> Vec<(usize, usize)> {
    // What is on one side only can never be part of a pair, and would only fill the table.
    let on_both = |own: &[u64], other: &[u64]| {
        let other: HashSet<u64> = other.iter().copied().collect();
        let kept = own
            .iter()
            .enumerate()
            .filter(|(_, key)| other.contains(key));
        kept.map(|(index, key)| (index, *key)).collect::<Vec<_>>()
    };
    let (a, b) = (on_both(former, present), on_both(present, former));
    let mut pairs = Vec::new();
    let mut open = vec![(0..a.len(), 0..b.len(), DEPTH)];
    while let Some((mut left, mut right, depth)) = open.pop() {
        while !left.is_empty() && !right.is_empty() && a[left.start].1 == b[right.start].1 {
            pairs.push((left.start, right.start));
            left.start += 1;
            right.start += 1;
        }
        while !left.is_empty() && !right.is_empty() && a[left.end - 1].1 == b[right.end - 1].1 {
            left.end -= 1;
            right.end -= 1;
            pairs.push((left.end, right.end));
        }
        if left.is_empty() || right.is_empty() {
            continue;
        }
        if left.len() * right.len() <= CELLS {
            pairs.extend(by_table(&a, &b, left, right));
        } else if depth > 0 {
            let held = anchors(&a[left.clone()], &b[right.clone()]);
            let mut from = (left.start, right.start);
            for (i, j) in held {
                let (i, j) = (left.start + i, right.start + j);
                pairs.push((i, j));
                open.push((from.0..i, from.1..j, depth - 1));
                from = (i + 1, j + 1);
            }
            if from != (left.start, right.start) {
                open.push((from.0..left.end, from.1..right.end, depth - 1));
            }
        }
    }
    pairs.sort_unstable();
    let own = pairs.into_iter().map(|(i, j)| (a[i].0, b[j].0));
    own.collect()
}

/// The longest common sequence of two pieces, whose product of lengths is at most [`CELLS`].
fn by_table(
    a: &[(usize, u64)],
    b: &[(usize, u64)],
    left: Range<usize>,
    right: Range<usize>,
) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    let mut longest = vec![0_u32; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            longest[i * width + j] = if a[left.start + i].1 == b[right.start + j].1 {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if a[left.start + i].1 == b[right.start + j].1 {
            pairs.push((left.start + i, right.start + j));
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// What occurs once on both sides, as far as it is in the same order there.
fn anchors(a: &[(usize, u64)], b: &[(usize, u64)]) -> Vec<(usize, usize)> {
    let once = |side: &[(usize, u64)]| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::new();
        for (index, (_, key)) in side.iter().enumerate() {
            let place = places.entry(*key);
            place
                .and_modify(|place| *place = None)
                .or_insert(Some(index));
        }
        places
    };
    let (in_a, in_b) = (once(a), once(b));
    let mut pairs = Vec::new();
    for (i, (_, key)) in a.iter().enumerate() {
        if in_a[key] == Some(i)
            && let Some(Some(j)) = in_b.get(key)
        {
            pairs.push((i, *j));
        }
    }
    let order: Vec<usize> = pairs.iter().map(|(_, j)| *j).collect();
    rising(&order).into_iter().map(|at| pairs[at]).collect()
}

/// Marks what stands at another place among its like: of each group's pairs (a present index with its former one,
/// in the present order) those that do not rise with the others.
pub(super) fn mark_moved<'g>(
    groups: impl IntoIterator<Item = &'g Vec<(usize, usize)>>,
    moved: &mut [bool],
) {
    for group in groups {
        let order: Vec<usize> = group.iter().map(|(_, old)| *old).collect();
        let mut stays = vec![false; group.len()];
        rising(&order).into_iter().for_each(|at| stays[at] = true);
        for ((index, _), stays) in group.iter().zip(stays) {
            moved[*index] |= !stays;
        }
    }
}

/// The indices of a longest rising subsequence.
pub(super) fn rising(values: &[usize]) -> Vec<usize> {
    // The last index of the best run of each length, and what came before each index in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; values.len()];
    for (index, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before[index] = length.checked_sub(1).map(|last| ends[last]);
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        run.push(index);
        at = before[index];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_common_sequence_is_found() {
        assert_eq!(
            align(&[1, 2, 3, 4], &[1, 9, 3, 4]),
            [(0, 0), (2, 2), (3, 3)]
        );
        assert_eq!(align(&[1, 2, 3], &[3, 1, 2]), [(0, 1), (1, 2)]);
        assert_eq!(align(&[], &[1]), []);
    }

    #[test]
    fn long_sequences_are_held_together_by_what_is_unique_in_them() {
        let former: Vec<u64> = (0..20_000).collect();
        let mut present = former.clone();
        present.splice(10..10, [90_000, 90_001]);
        present.swap(5_000, 15_000);
        let pairs = align(&former, &present);
        assert_eq!(pairs.len(), 20_000 - 2);
        assert_eq!(pairs[10], (10, 12));
    }

    #[test]
    fn a_long_text_that_was_turned_round_or_repeats_itself_takes_no_time_to_speak_of() {
        let former: Vec<u64> = (0..50_000).collect();
        let turned: Vec<u64> = (0..50_000).rev().collect();
        assert!(!align(&former, &turned).is_empty());
        let one: Vec<u64> = (0..50_000).map(|index| index % 7).collect();
        let other: Vec<u64> = (0..50_000).map(|index| index % 5).collect();
        let pairs = align(&one, &other);
        assert!(pairs.iter().all(|(i, j)| one[*i] == other[*j]));
    }

    #[test]
    fn a_rising_run_is_as_long_as_can_be() {
        assert_eq!(rising(&[0, 4, 1, 2, 3]), [0, 2, 3, 4]);
    }
}
