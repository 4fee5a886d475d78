//! RP105 `raekkefoelge`: required sections stand in another order than in the skabelon.
//!
//! Looked at among siblings, since only those have an order of their own. As few sections as possible are
//! reported: those outside the longest row that already stands right. A skabelon may list subjects and no order
//! (`raekkefoelge = false`).

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::Section;

/// A section with its place among its siblings and the rank of the requirement it answers.
#[derive(Clone, Copy)]
struct Ranked<'p> {
    section: &'p Section,
    index: usize,
    rank: usize,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !context.skabelon.in_order {
        return;
    }
    let ranks: Vec<&Section> = context
        .requirements()
        .into_iter()
        .filter_map(|requirement| context.answers.first(&requirement.id.value))
        .collect();
    check_siblings(&context.protocol.sections, &ranks, findings);
    context
        .protocol
        .visit(&mut |section| check_siblings(&section.children, &ranks, findings));
}

/// `ranks` are the sections that answer the requirements, in the skabelon's order.
fn check_siblings(siblings: &[Section], ranks: &[&Section], findings: &mut Vec<Finding>) {
    if siblings.len() < 2 || ranks.len() < 2 {
        return;
    }
    let row: Vec<Ranked<'_>> = siblings
        .iter()
        .enumerate()
        .filter_map(|(index, section)| {
            let rank = ranks
                .iter()
                .position(|&answer| std::ptr::eq(answer, section))?;
            Some(Ranked {
                section,
                index,
                rank,
            })
        })
        .collect();
    let in_order = longest_rising(row.iter().map(|ranked| ranked.rank));
    for (ranked, _) in row.iter().zip(&in_order).filter(|(_, fits)| !**fits) {
        let kept = || row.iter().zip(&in_order).filter(|(_, fits)| **fits);
        let before = kept().rfind(|(other, _)| other.rank < ranked.rank);
        let after = kept().find(|(other, _)| other.rank > ranked.rank);
        let help = match (before, after) {
            (Some((before, _)), _) => help(ranked.section, before, "efter", siblings),
            (None, Some((after, _))) => help(ranked.section, after, "før", siblings),
            (None, None) => continue,
        };
        let message = format!(
            "Afsnittet »{}« står i en anden rækkefølge end i skabelonen.",
            ranked.section.heading.text
        );
        let place = ranked.section.heading_place();
        findings.push(Finding::new(Code::Raekkefoelge, place, message).with_help(help));
    }
}

fn help(section: &Section, neighbour: &Ranked<'_>, side: &str, siblings: &[Section]) -> String {
    let heading = &neighbour.section.heading.text;
    if section.level > 1 {
        return format!(
            "Flyt hele underafsnittet fra {} og ned, så det står {side} »{heading}«.",
            crate::check::texts::typed::subsection_header(section.level)
        );
    }
    let index = neighbour.index;
    let number = |index: usize| siblings.get(index).map(|section| section.file_number);
    let free = match side {
        "efter" => between(neighbour.section.file_number, number(index + 1)),
        _ => between(
            index.checked_sub(1).and_then(number).unwrap_or(0),
            Some(neighbour.section.file_number),
        ),
    };
    match free {
        Some(free) => format!(
            "Det skal stå {side} »{heading}«. Giv filen navnet {}",
            renumbered(section, free)
        ),
        None => format!(
            "Det skal stå {side} »{heading}«. Giv filen et andet nummer; der skal måske også nye numre på \
             filerne efter den."
        ),
    }
}

/// A number between two files' numbers, if there is one.
fn between(low: u32, high: Option<u32>) -> Option<u32> {
    let Some(high) = high else {
        return low.checked_add(if low > 0 && low.is_multiple_of(10) {
            10
        } else {
            1
        });
    };
    let middle = low + high.saturating_sub(low) / 2;
    (middle > low).then_some(middle)
}

/// The section's file name with another number, as wide as the one it has.
fn renumbered(section: &Section, number: u32) -> String {
    let path = section.file.path();
    let name = path.rsplit('/').next().unwrap_or(path);
    let (old, rest) = name.split_once('-').unwrap_or(("", name));
    format!("{number:0width$}-{rest}", width = old.len())
}

/// For each number whether it belongs to the longest rising row among them.
fn longest_rising(numbers: impl Iterator<Item = usize>) -> Vec<bool> {
    let numbers: Vec<usize> = numbers.collect();
    // `ends[n]` is where the rising row of length n + 1 with the smallest end ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut former: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, &number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < number);
        former.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut belongs = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        belongs[at] = true;
        next = former[at];
    }
    belongs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(numbers: &[usize]) -> Vec<usize> {
        let belongs = longest_rising(numbers.iter().copied());
        let pairs = numbers.iter().zip(belongs);
        pairs
            .filter(|(_, belongs)| !belongs)
            .map(|(number, _)| *number)
            .collect()
    }

    #[test]
    fn as_few_numbers_as_possible_stand_wrong() {
        assert_eq!(left_out(&[1, 2, 3]), Vec::<usize>::new());
        assert_eq!(left_out(&[4, 1, 2, 3]), [4]);
        assert_eq!(left_out(&[1, 5, 2, 3, 4]), [5]);
        assert_eq!(left_out(&[2, 3, 1]), [1]);
        assert_eq!(left_out(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_free_number_lies_between_its_neighbours() {
        assert_eq!(between(20, Some(30)), Some(25));
        assert_eq!(between(2, Some(3)), None);
        assert_eq!(between(8, None), Some(9));
        assert_eq!(between(30, None), Some(40));
    }
}
