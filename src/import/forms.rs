//! What is to be filled in by hand, and what is no running text: blanks, signatures, house rules, groups of
//! questions.

use super::blanks::{UNDERSCORES, with_blanks};
use super::ledger::Ledger;
use super::lists::{Flow, Item, List};
use super::source::{Reason, Run, asks, letters, words};
use crate::model::fold_heading;

/// A longer text before a blank is a sentence with a gap in it.
const LONGEST_LABEL: usize = 30;
/// What can be ticked has no more words than this.
const MOST_OF_CHOICE: usize = 8;
/// Blank lines that a field has at most.
const MOST_LINES: u32 = 20;

/// A blank to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is asked for.
    pub name: String,
    /// How many lines it has.
    pub lines: u32,
    /// Whether a date is asked for.
    pub is_date: bool,
    /// Whether it is a box to tick.
    pub is_box: bool,
}

impl Field {
    fn line(label: &str) -> Self {
        Self {
            name: name(label),
            lines: 1,
            is_date: is_date(label),
            is_box: false,
        }
    }
}

/// Signature lines.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// Who signs.
    pub roles: Vec<String>,
    /// What is signed for.
    pub intro: Vec<Flow>,
    /// What stands after the lines.
    pub outro: Vec<Flow>,
}

/// A group of questions.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they are about.
    pub name: Option<String>,
    /// The questions.
    pub items: Vec<Vec<Run>>,
}

/// A part's text taken apart.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// Running text.
    pub text: Vec<Flow>,
    /// House rules.
    pub rules: Vec<Vec<Flow>>,
    /// Groups of questions.
    pub groups: Vec<Group>,
    /// Blanks.
    pub fields: Vec<Field>,
    /// Signature lines.
    pub signature: Option<Signature>,
}

/// The labels before the blanks of a line; `None` where it is a text with a gap in it, or has none.
fn labels(runs: &[Run]) -> Option<Vec<String>> {
    if runs
        .iter()
        .any(|run| matches!(run, Run::Note(_) | Run::Picture(_)))
    {
        return None;
    }
    let text = with_blanks(runs);
    let blank = "_".repeat(UNDERSCORES);
    if !text.contains(&blank) {
        return None;
    }
    let mut labels = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(&blank) {
        labels.push(rest[..at].trim().to_owned());
        rest = rest[at..].trim_start_matches('_');
    }
    if !words(rest).is_empty()
        || labels
            .iter()
            .any(|label| words(label).len() > LONGEST_LABEL)
    {
        return None;
    }
    labels.retain(|label| !words(label).is_empty());
    Some(labels)
}

fn is_date(label: &str) -> bool {
    let folded = fold_heading(label);
    matches!(
        folded.as_str(),
        "dato" | "den" | "dato og år" | "dato for aftalen"
    ) || folded.starts_with("dato ")
}

fn is_signature(label: &str) -> bool {
    let folded = fold_heading(label);
    folded.contains("underskrift") || folded.contains("signatur")
}

/// A label without what leads to its blank.
fn name(label: &str) -> String {
    label
        .trim()
        .trim_end_matches([':', ' '])
        .trim_start_matches(['(', ')', ' '])
        .trim()
        .to_owned()
}

/// What a line with blanks is.
enum Line {
    Fields(Vec<Field>),
    Signature(String, Vec<String>),
    More,
}

fn line(runs: &[Run]) -> Option<Line> {
    let labels = labels(runs)?;
    let dates = labels.iter().filter(|label| is_date(label)).count();
    let signed: Vec<&String> = labels.iter().filter(|label| !is_date(label)).collect();
    Some(match (labels.as_slice(), signed.as_slice()) {
        ([], _) => Line::More,
        (_, [one]) if labels.len() == 2 && dates == 1 || is_signature(one) => {
            let beside = labels
                .iter()
                .filter(|label| is_date(label))
                .cloned()
                .collect();
            Line::Signature(name(one), beside)
        }
        _ => {
            let fields = labels.iter().map(|label| Field::line(label));
            Line::Fields(fields.collect())
        }
    })
}

/// Takes a part's text apart. `heading` is the part's.
pub fn take_apart(
    flows: Vec<Flow>,
    heading: &str,
    is_appendix: bool,
    ledger: &mut Ledger,
) -> Blocks {
    let mut blocks = Blocks::default();
    let flows = take_fields(flows, &mut blocks, ledger);
    blocks.text = flows;
    if is_about_rules(heading) {
        take_rules(&mut blocks, ledger);
    } else {
        take_questions(&mut blocks, heading, is_appendix);
    }
    blocks
}

fn take_fields(flows: Vec<Flow>, blocks: &mut Blocks, ledger: &mut Ledger) -> Vec<Flow> {
    let mut text: Vec<Flow> = Vec::new();
    let mut is_after_field = false;
    for flow in flows {
        if let Flow::Table(rows) = &flow
            && let Some(fields) = fields_of_table(rows)
        {
            blocks.fields.extend(fields);
            is_after_field = true;
            continue;
        }
        let found = match &flow {
            Flow::Paragraph(runs) => line(runs),
            _ => None,
        };
        match found {
            Some(Line::Fields(fields)) => {
                blocks.fields.extend(fields);
                is_after_field = true;
            }
            Some(Line::Signature(role, beside)) => {
                for label in beside {
                    ledger.leave(Reason::Blank, &label);
                }
                let is_first = blocks.signature.is_none();
                let signature = blocks.signature.get_or_insert_default();
                signature.roles.push(role);
                // What stands between the last blank and the signatures is what is signed for.
                if is_first
                    && is_after_field
                    && let Some(Flow::Paragraph(_)) = text.last()
                {
                    signature.intro.extend(text.pop());
                }
            }
            Some(Line::More) => more_lines(&mut text, blocks),
            None => match &mut blocks.signature {
                Some(signature) => signature.outro.push(flow),
                None => text.push(flow),
            },
        }
    }
    text
}

/// A line that is nothing but a blank: one more for the field before it, or the blank of what was asked.
fn more_lines(text: &mut Vec<Flow>, blocks: &mut Blocks) {
    let asked = match text.last() {
        Some(Flow::Paragraph(runs))
            if !runs
                .iter()
                .any(|run| matches!(run, Run::Note(_) | Run::Picture(_))) =>
        {
            let asked = letters(runs);
            let is_asked =
                asked.trim_end().ends_with([':', '?']) && words(&asked).len() <= LONGEST_LABEL;
            is_asked.then(|| name(&asked))
        }
        _ => None,
    };
    if let Some(name) = asked {
        text.pop();
        blocks.fields.push(Field::line(&name));
    } else if let Some(field) = blocks.fields.last_mut() {
        field.lines = (field.lines + 1).min(MOST_LINES);
    }
}

/// A table with questions to the left and nothing to the right, or boxes to tick, is a form.
fn fields_of_table(rows: &[Vec<Vec<Run>>]) -> Option<Vec<Field>> {
    let has_more = |cell: &[Run]| {
        let mut runs = cell.iter();
        runs.any(|run| matches!(run, Run::Picture(_) | Run::Note(_)))
    };
    let mut fields = Vec::new();
    for row in rows {
        let (label, answers) = row.split_first()?;
        let label = letters(label).replace('\n', " ");
        if answers.is_empty() || !(1..=LONGEST_LABEL).contains(&words(&label).len()) {
            return None;
        }
        let mut boxes = Vec::new();
        for answer in answers {
            let text = letters(answer);
            match choices(&text) {
                Some(own) => boxes.extend(own),
                None if words(&text).is_empty() => {}
                None => return None,
            }
            if has_more(answer) {
                return None;
            }
        }
        if boxes.is_empty() {
            fields.push(Field::line(&label));
        }
        // The first choice has the question before it, the others stand below.
        fields.extend(boxes.into_iter().enumerate().map(|(at, choice)| Field {
            name: match at {
                0 => format!("{}: {choice}", name(&label)),
                _ => choice,
            },
            is_box: true,
            ..Field::line("")
        }));
    }
    Some(fields)
}

/// What can be ticked, each behind its box; `None` where anything else is said.
fn choices(text: &str) -> Option<Vec<String>> {
    let is_box = |c: char| matches!(c, '☐' | '□');
    let mut parts = text.split(is_box);
    let before = parts.next()?;
    let choices: Vec<String> = parts
        .map(|part| name(part.trim_matches([' ', ';', ','])))
        .collect();
    let is_short = |choice: &String| (1..=MOST_OF_CHOICE).contains(&words(choice).len());
    (!choices.is_empty() && words(before).is_empty() && choices.iter().all(is_short))
        .then_some(choices)
}

/// Whether what stands below a heading are the rules of the house.
pub fn is_about_rules(heading: &str) -> bool {
    let folded = fold_heading(heading);
    let named = [
        "husorden",
        "husregler",
        "husets regler",
        "ordensregler",
        "regler",
        "leveregler",
        "husordenen",
        "reglerne",
    ];
    let is_word = |word: &str| {
        folded == word
            || folded
                .strip_prefix(word)
                .is_some_and(|rest| rest.starts_with([' ', ',', ':']))
            || folded
                .strip_suffix(word)
                .is_some_and(|rest| rest.ends_with(' ') && rest.split_whitespace().count() <= 2)
    };
    named.into_iter().any(is_word)
}

fn take_rules(blocks: &mut Blocks, ledger: &mut Ledger) {
    let lists: Vec<usize> = blocks
        .text
        .iter()
        .enumerate()
        .filter(|(_, flow)| matches!(flow, Flow::List(list) if is_of_rules(list)))
        .map(|(at, _)| at)
        .collect();
    let (Some(first), Some(last)) = (lists.first(), lists.last()) else {
        return;
    };
    if last - first + 1 != lists.len() {
        // Text between them belongs to them: it stays as it is.
        return;
    }
    if *last + 1 < blocks.text.len() {
        ledger.tell("Tekst, der stod efter reglerne i en husorden, står nu før dem.");
    }
    let mut kept = Vec::new();
    for flow in std::mem::take(&mut blocks.text) {
        match flow {
            Flow::List(list) if is_of_rules(&list) => {
                blocks
                    .rules
                    .extend(list.items.into_iter().map(|item| item.flows));
            }
            flow => kept.push(flow),
        }
    }
    blocks.text = kept;
}

fn is_of_rules(list: &List) -> bool {
    list.items.len() > 1 && list.items.iter().all(|item| item.ticked.is_none())
}

/// The questions of a list in which most items ask, and none has more than one paragraph.
pub fn questions(list: &List, least: usize) -> Option<Vec<Vec<Run>>> {
    let items: Option<Vec<Vec<Run>>> = list.items.iter().map(only_paragraph).collect();
    let items = items?;
    let asks = items.iter().filter(|runs| asks(runs)).count();
    (items.len() >= least && asks * 10 >= items.len() * 6).then_some(items)
}

/// The one paragraph of an item.
pub fn only_paragraph(item: &Item) -> Option<Vec<Run>> {
    match item.flows.as_slice() {
        [Flow::Paragraph(runs)] if item.ticked.is_none() => Some(runs.clone()),
        _ => None,
    }
}

/// Questions with what leads to them, where the part holds nothing else after them.
fn take_questions(blocks: &mut Blocks, heading: &str, is_appendix: bool) {
    let folded = fold_heading(heading);
    let asks_for_it = is_appendix
        || ["interview", "spørgsmål", "guide", "samtale"]
            .iter()
            .any(|word| folded.contains(word));
    // In an appendix one question with a number is one of a row that goes on under the next heading.
    let least = |list: &List| {
        if is_appendix && list.start.is_some() {
            1
        } else {
            2
        }
    };
    let is_list =
        |flow: &Flow| matches!(flow, Flow::List(list) if questions(list, least(list)).is_some());
    let Some(first) = blocks.text.iter().position(is_list) else {
        return;
    };
    if !asks_for_it {
        return;
    }
    let lead = first
        .checked_sub(1)
        .filter(|lead| leads(&blocks.text[*lead]));
    let begin = lead.unwrap_or(first);
    let rest = &blocks.text[begin..];
    let is_pair = |two: &[Flow]| matches!(two, [lead, list] if leads(lead) && is_list(list));
    let pairs = rest.chunks(2).all(is_pair);
    if !(pairs || rest.len() == 1 && is_list(&rest[0])) {
        return;
    }
    let mut name = None;
    for flow in blocks.text.split_off(begin) {
        match flow {
            Flow::Paragraph(runs) => name = Some(self::name(&letters(&runs))),
            Flow::List(list) => {
                let items = list.items.iter().filter_map(only_paragraph).collect();
                blocks.groups.push(Group {
                    name: name.take(),
                    items,
                });
            }
            Flow::Table(_) | Flow::Quote(_) | Flow::Definitions(_) | Flow::Placed(_) => {}
        }
    }
}

/// Whether a paragraph names what follows it.
fn leads(flow: &Flow) -> bool {
    match flow {
        Flow::Paragraph(runs) => {
            let text = letters(runs);
            let is_plain = runs.iter().all(|run| matches!(run, Run::Text(_)));
            is_plain && words(&text).len() <= 8 && !text.trim_end().ends_with(['.', '?', '!'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Flow {
        Flow::Paragraph(vec![Run::plain(text)])
    }

    fn list(items: &[&str]) -> Flow {
        let items = items.iter().map(|text| Item {
            ticked: None,
            flows: vec![paragraph(text)],
        });
        Flow::List(List {
            start: Some(1),
            items: items.collect(),
        })
    }

    fn apart(flows: Vec<Flow>, heading: &str) -> Blocks {
        take_apart(flows, heading, true, &mut Ledger::default())
    }

    #[test]
    fn lines_of_underscores_are_fields_and_signatures() {
        let blocks = apart(
            vec![
                paragraph("Det hjælper mig: ________"),
                paragraph("________"),
                paragraph("Startdato ....... Slutdato ......."),
                paragraph("Vi har talt om aftalen."),
                paragraph("Borger: ______ Dato: ____"),
                paragraph("Leders underskrift: ______"),
                paragraph("Aftalen kan ophøre."),
            ],
            "Aftale",
        );
        let fields: Vec<(&str, u32)> = blocks
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.lines))
            .collect();
        assert_eq!(
            fields,
            [("Det hjælper mig", 2), ("Startdato", 1), ("Slutdato", 1)]
        );
        let signature = blocks.signature.expect("there are two");
        assert_eq!(signature.roles, ["Borger", "Leders underskrift"]);
        assert_eq!(
            (
                signature.intro.len(),
                signature.outro.len(),
                blocks.text.len()
            ),
            (1, 1, 0)
        );
    }

    #[test]
    fn a_sentence_with_a_gap_stays_a_sentence() {
        let blocks = apart(
            vec![paragraph("Jeg, ________, er med på aftalen.")],
            "Aftale",
        );
        assert_eq!((blocks.fields.len(), blocks.text.len()), (0, 1));
    }

    #[test]
    fn a_question_above_a_line_is_a_field() {
        let blocks = apart(
            vec![
                paragraph("Hvad hjælper dig?"),
                paragraph("______"),
                paragraph("______"),
            ],
            "Aftale",
        );
        assert_eq!(blocks.fields.len(), 1);
        assert_eq!(
            (blocks.fields[0].name.as_str(), blocks.fields[0].lines),
            ("Hvad hjælper dig?", 2)
        );
    }

    #[test]
    fn a_table_with_nothing_but_room_and_boxes_to_the_right_is_a_form() {
        let row =
            |label: &str, answer: &str| vec![vec![Run::plain(label)], vec![Run::plain(answer)]];
        let rows = vec![
            row("Navn", ""),
            row("Dato", "____"),
            row("Må vi ringe?", "☐ Ja ☐ Nej"),
        ];
        let blocks = apart(vec![Flow::Table(rows.clone())], "Aftale");
        let fields: Vec<(&str, bool, bool)> = blocks
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.is_date, field.is_box))
            .collect();
        assert_eq!(
            fields,
            [
                ("Navn", false, false),
                ("Dato", true, false),
                ("Må vi ringe?: Ja", false, true),
                ("Nej", false, true)
            ]
        );
        let answered = [rows, vec![row("Vagt", "Ring til lederen")]].concat();
        assert_eq!(apart(vec![Flow::Table(answered)], "Aftale").fields.len(), 0);
    }

    #[test]
    fn rules_are_known_by_their_heading() {
        for heading in [
            "Husorden",
            "Bilag 3: Husorden",
            "Vores regler",
            "Regler for gæster",
            "HUSREGLER",
        ] {
            assert!(is_about_rules(heading), "{heading}");
        }
        for heading in [
            "Generelt ift. opretholdelse af husorden",
            "Reglernes baggrund",
            "Gæster",
        ] {
            assert!(!is_about_rules(heading), "{heading}");
        }
    }

    #[test]
    fn a_list_below_such_a_heading_is_rules_and_elsewhere_a_list() {
        let flows = vec![
            paragraph("Vi har aftalt:"),
            list(&["Ro efter kl. 22.", "Ryg ude."]),
        ];
        assert_eq!(apart(flows.clone(), "Husorden").rules.len(), 2);
        assert_eq!(apart(flows, "Aftaler").rules.len(), 0);
        let two = vec![list(&["a", "b"]), paragraph("og"), list(&["c", "d"])];
        assert_eq!(apart(two, "Husorden").rules.len(), 0);
    }

    #[test]
    fn questions_with_what_leads_to_them_are_groups() {
        let flows = vec![
            paragraph("Din hverdag:"),
            list(&["Hvad er en god dag?", "Hvordan sover du?"]),
        ];
        let blocks = apart(flows, "Samtaleguide");
        assert_eq!(blocks.groups.len(), 1);
        assert_eq!(blocks.groups[0].name.as_deref(), Some("Din hverdag"));
        assert!(
            apart(vec![list(&["Ring.", "Vent."])], "Samtaleguide")
                .groups
                .is_empty()
        );
    }
}
