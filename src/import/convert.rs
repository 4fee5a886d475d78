//! From the neutral tree to the files of a protocol and the report.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use anyhow::Result;

use super::account::{Account, account};
use super::common::CommonTexts;
use super::draft::{Draft, Entry};
use super::forms::{self, Blocks, Group};
use super::ledger::Ledger;
use super::lists::{Flow, flows};
use super::markdown::{Targets, Writer, plain_line};
use super::outline::{Known, Outline, Part, outline};
use super::own::{self, Apart};
use super::requirements::{Proposal, Wanted};
use super::source::{
    Block, Left, OwnFront, Reason, Run, Source, asks, is_invisible, visit_paragraphs, words,
};
use crate::load::PictureKind;
use crate::model::{Skabelon, Variables, fold, slug};

/// The longest id made of a heading.
const LONGEST_ID: usize = 40;
/// What a title says beside the kind of document and whose it is.
const FILLERS: [&str; 8] = ["for", "på", "til", "i", "ved", "af", "–", "-"];

/// What a document becomes a protocol for.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    /// The skabelon.
    pub skabelon: &'t Skabelon,
    /// The folder of protocols, relative to the repository.
    pub folder: &'t str,
    /// The protocol's folder name, where it is given.
    pub slug: Option<&'t str>,
    /// The institution's name, where it is given.
    pub institution: Option<&'t str>,
    /// Whether `protokol.toml` is written too, which can take a title.
    pub is_new: bool,
    /// The area's documents by their addresses: the id and the title.
    pub documents: &'t BTreeMap<String, (String, String)>,
}

/// A document as a protocol.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The protocol's folder name.
    pub slug: String,
    /// The institution's name; `None` where nobody knows.
    pub institution: Option<String>,
    /// The title of the document, where it says more than its kind and whose it is.
    pub title: Option<String>,
    /// The texts by their paths in the protocol's folder.
    pub files: BTreeMap<String, String>,
    /// The pictures by their paths in the protocol's folder.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What stands where, in reading order.
    pub placed: Vec<Placed>,
    /// How many blocks of each kind there are.
    pub kept: Kept,
    /// What is not in the protocol.
    pub left: Vec<Left>,
    /// Words that the program wrote itself.
    pub added: Vec<String>,
    /// What the author should know.
    pub told: Vec<String>,
    /// The count.
    pub account: Account,
}

/// A heading and where it went.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The file, in the protocol's folder.
    pub file: String,
    /// The heading.
    pub heading: String,
    /// 1 for a file's own, up to 4.
    pub level: usize,
    /// What it is to the skabelon.
    pub kind: PlacedKind,
}

/// What a heading is to the skabelon.
#[derive(Clone, Debug, PartialEq)]
pub enum PlacedKind {
    /// It has the words of a requirement or a point.
    Answers(String),
    /// It nearly has them.
    Near {
        /// What it may answer.
        proposal: Proposal,
        /// Whether that was taken.
        is_taken: bool,
    },
    /// It answers nothing: a section of the institution's own.
    Local,
    /// An appendix.
    Appendix,
}

/// How many blocks of each kind the protocol has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Paragraphs.
    pub paragraphs: usize,
    /// Items of lists.
    pub items: usize,
    /// Tables.
    pub tables: usize,
    /// Quotations and text boxes.
    pub quotations: usize,
    /// Footnotes.
    pub notes: usize,
    /// House rules.
    pub rules: usize,
    /// Questions in groups.
    pub questions: usize,
    /// Blanks.
    pub fields: usize,
    /// Signature lines.
    pub signatures: usize,
    /// Pictures.
    pub pictures: usize,
}

/// Makes a protocol of a document. `takes` is asked of every heading that nearly answers something.
///
/// # Errors
/// Those of `takes`.
pub fn convert(
    source: &Source,
    target: &Target<'_>,
    takes: &mut dyn FnMut(&Proposal) -> Result<bool>,
) -> Result<Imported> {
    let mut ledger = Ledger {
        left: source.left.clone(),
        added: Vec::new(),
        told: source.told.clone(),
    };
    let document_type = fold(&target.skabelon.document_type.text);
    let institution = target.institution.unwrap_or_default();
    let wanted = Wanted::new(target.skabelon, institution);
    let known = Known {
        is_asked: &|heading| wanted.is_asked(heading),
        is_near: &|heading| wanted.is_near(heading),
        document_type,
        institution: fold(institution),
    };
    let outline = if source.is_own() {
        own::outline(source)
    } else {
        outline(source, &known, &mut ledger)
    };
    let front = Front::of(&outline, target, source.own_front.as_ref());
    let wanted = Wanted::new(
        target.skabelon,
        front.institution.as_deref().unwrap_or_default(),
    );
    let proposals: Vec<(Proposal, bool)> = wanted
        .proposals(&outline)
        .into_iter()
        .map(|proposal| {
            let is_taken = takes(&proposal)?;
            Ok((proposal, is_taken))
        })
        .collect::<Result<_>>()?;
    let (pictures, names) = pictures(source, &mut ledger);
    let names = Names::new(&outline, &wanted, &proposals, names);
    let builder = Builder {
        source,
        writer: Writer::new(source, &names.targets, target.documents, &mut ledger),
        wanted: &wanted,
        skabelon: target.skabelon,
        proposals: &proposals,
        variables: front.variables(),
        used: names.files.iter().map(|(_, id)| id.clone()).collect(),
        placed: Vec::new(),
        kept: Kept {
            pictures: pictures.len(),
            ..Kept::default()
        },
        comments: BTreeSet::new(),
    };
    let (drafts, placed, kept, used) = builder.finish(&outline, &names);
    leave_loose_notes(source, &used, &mut ledger);
    let drafts = drafts.into_iter();
    let files: BTreeMap<String, String> =
        drafts.map(|(path, draft)| (path, draft.toml())).collect();
    let title = front.title_words(target.is_new, &mut ledger);
    // The words of a front page of ours are booked where it was read.
    let counted = if source.is_own() { "" } else { title.as_str() };
    let folder = format!("{}/{}", target.folder, front.slug);
    let held = files
        .iter()
        .map(|(path, text)| (format!("{folder}/{path}"), text.clone().into_bytes()));
    let place = (target.folder, front.slug.as_str());
    let account = account(source, &held.collect(), place, counted, &ledger);
    Ok(Imported {
        slug: front.slug,
        institution: front.institution,
        title: (!title.is_empty()).then_some(title),
        files,
        pictures,
        placed,
        kept,
        left: ledger.left,
        added: ledger.added,
        told: ledger.told,
        account,
    })
}

/// What the front page says.
struct Front {
    whole: String,
    /// The title, where it says more than the kind of document and whose it is.
    title: Option<String>,
    institution: Option<String>,
    slug: String,
}

impl Front {
    fn of(outline: &Outline, target: &Target<'_>, own: Option<&OwnFront>) -> Self {
        let title = own
            .map(|own| own.title.clone())
            .or_else(|| outline.title.clone());
        let whole = title.unwrap_or_default();
        let kind = fold(&target.skabelon.document_type.text);
        let rest: Vec<&str> = whole
            .split_whitespace()
            .filter(|word| {
                !kind
                    .split(' ')
                    .any(|own| own == fold(word).trim_matches(|c: char| !c.is_alphanumeric()))
            })
            .collect();
        let is_filler = |word: &&&str| FILLERS.contains(&fold(word).as_str());
        let start = rest.iter().take_while(is_filler).count();
        let rest = rest[start..].join(" ");
        let rest = rest
            .trim_matches(|c: char| !c.is_alphanumeric() && c != ')')
            .to_owned();
        let found = match own {
            Some(own) => Some(own.institution.clone()).filter(|name| !words(name).is_empty()),
            None => (1..=6).contains(&words(&rest).len()).then_some(rest),
        };
        let institution = target.institution.map(str::to_owned).or(found);
        let slug = match (target.slug, &institution) {
            (Some(slug), _) => slug.to_owned(),
            (None, Some(name)) => slug(name),
            (None, None) => "protokol".to_owned(),
        };
        // A title whose words are not all on the front page anyway is one of its own.
        let mut told: BTreeSet<String> = words(&kind)
            .into_iter()
            .map(|word| word.to_lowercase())
            .collect();
        told.extend(
            institution
                .iter()
                .flat_map(|name| words(name))
                .map(|word| word.to_lowercase()),
        );
        told.extend(FILLERS.iter().map(|word| (*word).to_owned()));
        let says_more = words(&whole)
            .iter()
            .any(|word| !told.contains(&word.to_lowercase()));
        Self {
            title: says_more.then(|| whole.clone()),
            // What stands on a front page of ours is booked already.
            whole: if own.is_some() { String::new() } else { whole },
            institution,
            slug,
        }
    }

    /// The words of the title that go into `protokol.toml`; what does not is booked.
    fn title_words(&self, is_new: bool, ledger: &mut Ledger) -> String {
        if let Some(title) = self.title.as_ref().filter(|_| is_new) {
            return title.clone();
        }
        ledger.leave(Reason::Title, &self.whole);
        String::new()
    }

    fn variables(&self) -> Variables {
        let mut variables = Variables::default();
        let name = self.institution.as_deref();
        for (key, value) in [
            ("navn", name),
            ("kortnavn", name),
            ("omraade", None),
            ("organisation", None),
        ] {
            variables.set(key, value);
        }
        variables
    }
}

/// The pictures that can be shown, by their paths, and the path of each of the source's.
fn pictures(
    source: &Source,
    ledger: &mut Ledger,
) -> (BTreeMap<String, Vec<u8>>, Vec<Option<String>>) {
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for (at, picture) in source.pictures.iter().enumerate() {
        let kind =
            PictureKind::of_bytes(&picture.bytes).filter(|kind| kind.is_whole(&picture.bytes));
        let shown = kind.filter(|kind| {
            matches!(
                kind,
                PictureKind::Png | PictureKind::Jpeg | PictureKind::Svg
            )
        });
        let Some(kind) = shown else {
            ledger.tell("Et billede er af en slags, der ikke kan vises. Gem det som PNG, og læg det i billeder/.");
            names.push(None);
            continue;
        };
        let stem = if words(&picture.alt).is_empty() {
            "billede".to_owned()
        } else {
            short_id(&picture.alt)
        };
        let made = format!("billeder/{}-{stem}.{}", at + 1, kind.endings()[0]);
        let own = picture.file.as_ref().filter(|file| {
            is_picture_path(file)
                && PictureKind::of_ending(file) == Some(kind)
                && files.get(*file).is_none_or(|bytes| *bytes == picture.bytes)
        });
        let path = own.cloned().unwrap_or(made);
        files.insert(path.clone(), picture.bytes.clone());
        names.push(Some(path));
    }
    (files, names)
}

/// Whether a path that stands in a document is one of a picture beside the protocol, and of nothing else.
fn is_picture_path(path: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    path.strip_prefix("billeder/")
        .is_some_and(|name| !name.starts_with('.') && name.chars().all(is_letter))
}

/// An id of the first words of a text.
fn short_id(text: &str) -> String {
    let id = slug(text);
    if id.len() <= LONGEST_ID {
        return id;
    }
    let short = &id[..LONGEST_ID];
    short
        .rsplit_once('-')
        .map_or(short, |(start, _)| start)
        .to_owned()
}

/// The files and what references lead to.
struct Names {
    /// The path and the id of each section, then of each appendix.
    files: Vec<(String, String)>,
    targets: Targets,
}

impl Names {
    fn new(
        outline: &Outline,
        wanted: &Wanted<'_>,
        proposals: &[(Proposal, bool)],
        pictures: Vec<Option<String>>,
    ) -> Self {
        let mut used = BTreeSet::new();
        // A document of ours calls its places by their ids.
        let named = |part: &Part| Some(own::part_id(part, "")?.0);
        let mut unique = |id: String| {
            let mut own = id.clone();
            let mut count = 1;
            while !used.insert(own.clone()) {
                count += 1;
                own = format!("{id}-{count}");
            }
            own
        };
        let mut names = Self {
            files: Vec::new(),
            targets: Targets {
                pictures,
                ..Targets::default()
            },
        };
        for (at, part) in outline.sections.iter().enumerate() {
            let taken = proposals
                .iter()
                .find(|(proposal, is_taken)| *is_taken && proposal.path == [at]);
            let answers: Vec<String> = taken
                .iter()
                .map(|(proposal, _)| proposal.id.clone())
                .collect();
            let required = wanted.requirements_of(&part.heading, 1, &answers);
            let required = required.first().map(|one| one.id.value.clone());
            let id = named(part).or(required);
            let id = unique(id.unwrap_or_else(|| short_id(&part.heading)));
            names.bookmarks(part, &format!("afsnit:{id}"));
            names.files.push((format!("{:02}-{id}.toml", at + 1), id));
        }
        for (at, part) in outline.appendices.iter().enumerate() {
            let id = unique(named(part).unwrap_or_else(|| short_id(&part.heading)));
            let target = format!("bilag:{id}");
            let number = part.appendix.as_deref().unwrap_or_default();
            let number: String = number.chars().filter(char::is_ascii_digit).collect();
            if !number.is_empty() {
                names
                    .targets
                    .appendices
                    .entry(number)
                    .or_insert_with(|| target.clone());
            }
            names.bookmarks(part, &target);
            names
                .files
                .push((format!("bilag/{}-{id}.toml", at + 1), id));
        }
        names
    }

    /// Where links within the document lead: to the heading above the place, and to the file for what has no id
    /// of its own.
    fn bookmarks(&mut self, part: &Part, target: &str) {
        own::named_blocks(&part.blocks, &mut |place, reference| {
            self.targets.bookmarks.insert(place, reference);
        });
        let mut add = |runs: &[Run]| {
            for run in runs {
                if let Run::Bookmark(name) = run {
                    self.targets
                        .bookmarks
                        .entry(name.clone())
                        .or_insert_with(|| target.to_owned());
                }
            }
        };
        add(&part.marks);
        visit_paragraphs(&part.blocks, &mut |paragraph| add(&paragraph.runs));
        for child in &part.parts {
            let (kind, above) = target.split_once(':').unwrap_or_default();
            match own::part_id(child, above) {
                Some((id, _)) => self.bookmarks(child, &format!("{kind}:{id}")),
                None => self.bookmarks(child, target),
            }
        }
    }
}

struct Builder<'b> {
    source: &'b Source,
    writer: Writer<'b>,
    wanted: &'b Wanted<'b>,
    skabelon: &'b Skabelon,
    proposals: &'b [(Proposal, bool)],
    variables: Variables,
    /// Ids that something has already.
    used: BTreeSet<String>,
    placed: Vec<Placed>,
    kept: Kept,
    /// Comments that stand in a note.
    comments: BTreeSet<String>,
}

/// Where a part is.
#[derive(Clone)]
struct At<'a> {
    file: &'a str,
    path: Vec<usize>,
    level: usize,
    is_appendix: bool,
    common: CommonTexts,
    /// The id of the part above, in a document that rusprot wrote.
    above: String,
    /// The language of the part above, in such a document.
    language: Option<Rc<str>>,
}

/// What a builder has made: the drafts by their paths, what stands where, how many blocks there are, and the labels
/// of the notes that texts refer to.
type Built = (Vec<(String, Draft)>, Vec<Placed>, Kept, BTreeSet<String>);

impl Builder<'_> {
    fn finish(mut self, outline: &Outline, names: &Names) -> Built {
        let mut drafts = self.drafts(outline, names);
        self.loose_comments(&mut drafts);
        let used: BTreeSet<String> = self.writer.labels.into_keys().collect();
        self.kept.notes = used.len();
        (drafts, self.placed, self.kept, used)
    }

    fn drafts(&mut self, outline: &Outline, names: &Names) -> Vec<(String, Draft)> {
        let mut drafts = Vec::new();
        let sections = outline
            .sections
            .iter()
            .enumerate()
            .map(|(at, part)| (Some(at), part));
        let appendices = outline.appendices.iter().map(|part| (None, part));
        for ((section, part), (file, _)) in sections.chain(appendices).zip(&names.files) {
            let at = At {
                file,
                path: section.into_iter().collect(),
                level: 1,
                is_appendix: section.is_none(),
                common: CommonTexts::default(),
                above: String::new(),
                language: None,
            };
            drafts.push((file.clone(), self.draft(part, at)));
        }
        drafts
    }

    fn draft(&mut self, part: &Part, mut at: At<'_>) -> Draft {
        let heading = self.wanted.spelled(&part.heading).map_or_else(
            || part.heading.chars().filter(|c| !is_invisible(*c)).collect(),
            str::to_owned,
        );
        if part.is_made_up {
            self.writer.ledger.added.push(heading.clone());
        }
        let answers = self.place(part, &heading, &at);
        for requirement in self
            .wanted
            .requirements_of(&part.heading, at.level, &answers)
        {
            at.common.add(requirement, self.skabelon, &self.variables);
        }
        let mut blocks = part.blocks.clone();
        let marks: Vec<Run> = part
            .marks
            .iter()
            .filter(|run| !matches!(run, Run::Bookmark(_)))
            .cloned()
            .collect();
        if !marks.is_empty() {
            // A note at a heading comes with the text below it, for a heading is letters alone.
            let first = blocks.iter_mut().find_map(|block| match block {
                Block::Paragraph(paragraph)
                    if paragraph.mark.is_none() && !words(&paragraph.letters()).is_empty() =>
                {
                    Some(paragraph)
                }
                _ => None,
            });
            match first {
                Some(paragraph) => paragraph.runs.extend(marks),
                None => blocks.insert(
                    0,
                    Block::Paragraph(super::source::Paragraph {
                        runs: marks,
                        ..super::source::Paragraph::default()
                    }),
                ),
            }
        }
        if self.source.is_own() {
            return self.own_draft(part, heading, answers, &blocks, &at);
        }
        let flowing = flows(&blocks, self.source, self.writer.ledger);
        let flowing = at.common.take_out(flowing, self.writer.ledger);
        let mut blocks = forms::take_apart(flowing, &heading, at.is_appendix, self.writer.ledger);
        let (groups, parts) = self.grouped(part, &at);
        blocks.groups.extend(groups);
        let mut draft = self.write(heading, answers, &blocks);
        draft.id = self.own_id(&draft.heading, at.level);
        draft.note = self.note();
        for (index, child) in parts {
            draft.children.push(self.below(child, index, &at));
        }
        draft
    }

    /// A part of a document that rusprot wrote.
    fn own_draft(
        &mut self,
        part: &Part,
        heading: String,
        answers: Vec<String>,
        blocks: &[Block],
        at: &At<'_>,
    ) -> Draft {
        let mut apart = Apart {
            writer: &mut self.writer,
            draft: Draft::default(),
            obligatory: Vec::new(),
            language: part.language.clone(),
        };
        let is_opening = |block: &&Block| own::is_opening(block);
        let own_blocks = blocks.iter().filter(|block| !is_opening(block));
        let text = apart.take(&own_blocks.cloned().collect::<Vec<_>>());
        let opening = blocks.iter().filter(is_opening).flat_map(own::within);
        let opening = apart.take_opening(&opening.cloned().collect::<Vec<_>>());
        let Apart {
            draft, obligatory, ..
        } = apart;
        // What somebody has changed in the common text is told, and what is no longer it stays.
        let common = flows(&obligatory, self.source, self.writer.ledger);
        let mut flowing = at.common.take_out(common, self.writer.ledger);
        flowing.extend(flows(&text, self.source, self.writer.ledger));
        count(&flowing, &mut self.kept);
        let opening = flows(&opening, self.source, self.writer.ledger);
        count(&opening, &mut self.kept);
        count_entries(&draft.entries, &mut self.kept);
        let mut draft = Draft {
            answers,
            text: self.writer.text(&flowing),
            opening: self.writer.text(&opening),
            ..draft
        };
        let id = own::part_id(part, &at.above);
        let given = id.clone().filter(|(_, is_made)| at.level > 1 && !is_made);
        draft.id = given.map(|(id, _)| id);
        draft.heading = heading;
        draft.note = self.note();
        draft.language = (part.language != at.language)
            .then(|| part.language.as_deref().unwrap_or("da").to_owned());
        let at = At {
            language: part.language.clone(),
            above: id.map(|(id, _)| id).unwrap_or_default(),
            ..at.clone()
        };
        for (index, child) in part.parts.iter().enumerate() {
            draft.children.push(self.below(child, index, &at));
        }
        draft
    }

    /// The draft of a part below another.
    fn below(&mut self, child: &Part, index: usize, at: &At<'_>) -> Draft {
        let mut path = at.path.clone();
        if !path.is_empty() {
            path.push(index);
        }
        let below = At {
            path,
            level: at.level + 1,
            ..at.clone()
        };
        self.draft(child, below)
    }

    /// Books a heading; what it answers beside what its words say comes back.
    fn place(&mut self, part: &Part, heading: &str, at: &At<'_>) -> Vec<String> {
        let near = self
            .proposals
            .iter()
            .find(|(proposal, _)| !at.is_appendix && proposal.path == at.path);
        let said = self.skabelon.answered_by_heading(&part.heading, at.level);
        let kind = match (near, said.as_slice()) {
            (Some((proposal, is_taken)), _) => PlacedKind::Near {
                proposal: proposal.clone(),
                is_taken: *is_taken,
            },
            (None, [id, ..]) => PlacedKind::Answers((*id).to_owned()),
            (None, []) if at.is_appendix && at.level == 1 => PlacedKind::Appendix,
            (None, []) => PlacedKind::Local,
        };
        self.placed.push(Placed {
            file: at.file.to_owned(),
            heading: heading.to_owned(),
            level: at.level,
            kind,
        });
        let taken = near.filter(|(_, is_taken)| *is_taken);
        let taken = taken.iter().map(|(proposal, _)| proposal.id.clone());
        let mut answers: Vec<String> = taken.collect();
        let own = self.source.own_front.iter();
        for id in own.flat_map(|front| own::answers(front, &part.marks)) {
            let is_new = !answers.contains(id) && !said.contains(&id.as_str());
            answers.extend(is_new.then(|| id.clone()));
        }
        answers
    }

    /// Sub-sections that hold nothing but questions are groups; the others, with their indices, stay.
    fn grouped<'p>(&mut self, part: &'p Part, at: &At<'_>) -> (Vec<Group>, Vec<(usize, &'p Part)>) {
        let stay = || part.parts.iter().enumerate().collect();
        let mut groups = Vec::new();
        let (mut asked, mut all) = (0, 0);
        for child in &part.parts {
            let mut scratch = Ledger::default();
            let flowing = flows(&child.blocks, self.source, &mut scratch);
            let [Flow::List(list)] = flowing.as_slice() else {
                return (Vec::new(), stay());
            };
            let items: Option<Vec<Vec<Run>>> =
                list.items.iter().map(forms::only_paragraph).collect();
            let (Some(items), true, true) = (
                items,
                child.parts.is_empty(),
                child
                    .marks
                    .iter()
                    .all(|run| matches!(run, Run::Bookmark(_))),
            ) else {
                return (Vec::new(), stay());
            };
            asked += items.iter().filter(|runs| asks(runs)).count();
            all += items.len();
            groups.push((
                Group {
                    name: Some(child.heading.clone()),
                    items,
                },
                scratch,
                child,
            ));
        }
        if groups.len() < 2 || asked * 2 < all {
            return (Vec::new(), stay());
        }
        let mut kept = Vec::new();
        for (group, scratch, child) in groups {
            self.writer.ledger.left.extend(scratch.left);
            self.placed.push(Placed {
                file: at.file.to_owned(),
                heading: child.heading.clone(),
                level: at.level + 1,
                kind: PlacedKind::Local,
            });
            kept.push(group);
        }
        (kept, Vec::new())
    }

    fn write(&mut self, heading: String, answers: Vec<String>, blocks: &Blocks) -> Draft {
        count(&blocks.text, &mut self.kept);
        self.kept.rules += blocks.rules.len();
        self.kept.fields += blocks.fields.len();
        let mut draft = Draft {
            heading,
            answers,
            text: self.writer.text(&blocks.text),
            fields: blocks.fields.clone(),
            ..Draft::default()
        };
        for rule in &blocks.rules {
            draft.rules.push(self.writer.text(rule));
        }
        for group in &blocks.groups {
            self.kept.questions += group.items.len();
            let items = group
                .items
                .iter()
                .map(|item| self.writer.line(item))
                .collect();
            let name = group
                .name
                .as_deref()
                .map(|name| plain_line(&[Run::plain(name)]));
            draft.groups.push((name, items));
        }
        if let Some(signature) = &blocks.signature {
            self.kept.signatures += signature.roles.len();
            count(&signature.intro, &mut self.kept);
            count(&signature.outro, &mut self.kept);
            let intro = self.writer.text(&signature.intro);
            let outro = self.writer.text(&signature.outro);
            draft.signature = Some((signature.roles.clone(), intro, outro));
        }
        draft
    }

    /// The id of a sub-section whose heading's own is another one's.
    fn own_id(&mut self, heading: &str, level: usize) -> Option<String> {
        if level == 1 {
            return None;
        }
        let id = slug(heading);
        if self.used.insert(id.clone()) {
            return None;
        }
        let mut count = 2;
        while !self.used.insert(format!("{id}-{count}")) {
            count += 1;
        }
        Some(format!("{id}-{count}"))
    }

    /// The comments met since the last section, for its authors.
    fn note(&mut self) -> String {
        let ids = std::mem::take(&mut self.writer.comments);
        let mut notes = Vec::new();
        for id in ids {
            if self.comments.insert(id.clone())
                && let Some(text) = self.source.comments.get(&id)
                && !words(text).is_empty()
            {
                notes.push(text.trim().to_owned());
            }
        }
        notes.join("\n\n")
    }

    /// Comments that no text is marked with go to the first section.
    fn loose_comments(&mut self, drafts: &mut [(String, Draft)]) {
        self.writer.comments = self.source.comments.keys().cloned().collect();
        let note = self.note();
        if note.is_empty() {
            return;
        }
        if let Some((_, first)) = drafts.first_mut() {
            first.note = [first.note.as_str(), &note].join("\n\n").trim().to_owned();
        }
    }
}

/// Books notes that no text refers to any more, such as those at a text that was left out.
fn leave_loose_notes(source: &Source, used: &BTreeSet<String>, ledger: &mut Ledger) {
    for (label, blocks) in &source.notes {
        if !used.contains(label) {
            visit_paragraphs(blocks, &mut |paragraph| {
                ledger.leave(Reason::LooseNote, &source.plain(&paragraph.runs));
            });
        }
    }
}

fn count_entries(entries: &[Entry], kept: &mut Kept) {
    for entry in entries {
        match entry.table {
            "regel" => kept.rules += 1,
            "gruppe" => kept.questions += 1,
            "felt" => kept.fields += 1,
            "underskrift" => kept.signatures += 1,
            _ => {}
        }
    }
}

fn count(flows: &[Flow], kept: &mut Kept) {
    for flow in flows {
        match flow {
            Flow::Paragraph(_) => kept.paragraphs += 1,
            Flow::List(list) => {
                kept.items += list.items.len();
                for item in &list.items {
                    let inner = item
                        .flows
                        .iter()
                        .filter(|flow| !matches!(flow, Flow::Paragraph(_)));
                    count(&inner.cloned().collect::<Vec<_>>(), kept);
                }
            }
            Flow::Table(_) => kept.tables += 1,
            Flow::Quote(_) => kept.quotations += 1,
            Flow::Definitions(items) => kept.paragraphs += items.len(),
            Flow::Placed(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_cut_between_words() {
        assert_eq!(short_id("Husorden"), "husorden");
        let id = short_id("Bostedets egen vision og mission for arbejdet med rusmidler");
        assert_eq!(id, "bostedets-egen-vision-og-mission-for");
    }
}
