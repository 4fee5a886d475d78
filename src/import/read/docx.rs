//! Documents of Word: from the parts of a `.docx` to the neutral tree.
//!
//! Changes that are tracked are taken as accepted; what was deleted is listed. Of each thing that Word keeps twice
//! for older programs only the one is read.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::numbering::Numbering;
use super::styles::{self, Letters, Styles};
use crate::import::blanks::BLANK;
use crate::import::container::Container;
use crate::import::refusal::Refusal;
use crate::import::source::{
    Block, Cell, Left, Look, Mark, MarkKind, Own, OwnFront, Paragraph, Picture, Reason, Role, Run,
    Source, Table, TextRun, letters,
};
use crate::import::xml::{Content, Element};

/// Styles of running text in a document that rusprot wrote; each other one is a shape.
const RUNNING: [&str; 3] = ["meaning", "quote", "cell"];

/// Changes that are told one by one; the rest is counted.
const MOST_CHANGES: usize = 5;

/// Reads a document.
pub(super) fn read(container: &mut Container<'_>) -> Result<Source, Refusal> {
    let main = main_part(container)?;
    let part = Part::open(container, &main)?.ok_or(Refusal::Broken)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| format!("{folder}/{name}");
    let style_root = Part::root(container, &beside("styles.xml"))?;
    let numbering_root = Part::root(container, &beside("numbering.xml"))?;
    let mut reader = Reader {
        container,
        styles: style_root.as_ref().map(Styles::read).unwrap_or_default(),
        numbering: numbering_root
            .as_ref()
            .map(Numbering::read)
            .unwrap_or_default(),
        targets: part.targets,
        source: Source::default(),
        fields: Vec::new(),
        boxes: Vec::new(),
        labels: BTreeMap::new(),
        by_part: HashMap::new(),
        inserted: Vec::new(),
        deleted: Vec::new(),
        joined: Vec::new(),
        counted: Vec::new(),
    };
    let body = part.root.child("w:body").ok_or(Refusal::Broken)?;
    let blocks = reader.blocks(body, &Context::default())?;
    reader.source.blocks = blocks;
    reader.around(&beside(""))?;
    if reader.source.is_own() {
        reader.answers()?;
    }
    reader.tell_changes();
    Ok(reader.source)
}

/// The part that holds the text.
fn main_part(container: &mut Container<'_>) -> Result<String, Refusal> {
    let relations = Part::root(container, "_rels/.rels")?;
    let named = relations.as_ref().and_then(|root| {
        let mut all = root.children();
        let main = all.find(|one| {
            one.get("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
        })?;
        Some(main.get("Target")?.trim_start_matches('/').to_owned())
    });
    Ok(named.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// A part with what it refers to.
struct Part {
    root: Element,
    targets: Targets,
}

/// What a part refers to, by the ids it uses: the kind, and the part's name or an address outside.
type Targets = BTreeMap<String, (String, String)>;

impl Part {
    fn root(container: &mut Container<'_>, name: &str) -> Result<Option<Element>, Refusal> {
        let bytes = container.part(name)?;
        bytes.map(|bytes| Element::parse(&bytes)).transpose()
    }

    fn open(container: &mut Container<'_>, name: &str) -> Result<Option<Self>, Refusal> {
        let Some(root) = Self::root(container, name)? else {
            return Ok(None);
        };
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let relations = Self::root(container, &format!("{folder}/_rels/{file}.rels"))?;
        let mut targets = Targets::new();
        for relation in relations.iter().flat_map(Element::children) {
            let get = |name: &str| relation.get(name).unwrap_or_default();
            let kind = get("Type")
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            let target = if get("TargetMode") == "External" {
                get("Target").to_owned()
            } else {
                resolved(folder, get("Target"))
            };
            targets.insert(get("Id").to_owned(), (kind, target));
        }
        Ok(Some(Self { root, targets }))
    }
}

/// A part's name seen from the folder of another.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').collect();
    for piece in target.split('/') {
        match piece {
            ".." => {
                path.pop();
            }
            "." => {}
            piece => path.push(piece),
        }
    }
    path.retain(|piece| !piece.is_empty());
    path.join("/")
}

/// What surrounds a run.
#[derive(Clone, Default)]
struct Context {
    link: Option<Rc<str>>,
    deleted: bool,
    inserted: bool,
    /// How the paragraph's style has letters look.
    letters: Letters,
    /// Whether it stands in a contents list.
    contents: bool,
    /// Whether the letters were made of what the link leads to.
    is_made: bool,
    /// Whether the letters are code.
    is_code: bool,
    /// Whether the letters only say that something is to be filled in.
    is_blank: bool,
    /// The language of the letters, as a [`TextRun`] has it.
    language: Option<Rc<str>>,
}

/// A field that is open: what Word computed, between what it was told and the field's end.
#[derive(Default)]
struct Field {
    instruction: String,
    shows_result: bool,
}

/// What a field's result is to us.
enum FieldKind {
    Contents,
    PageNumber,
    Link(Rc<str>),
    Note(String),
    /// Something to fill in, in an old form.
    Blank,
    /// Something to tick, in an old form.
    Box,
    Text,
}

impl Field {
    fn kind(&self) -> FieldKind {
        let mut words = self.instruction.split_whitespace();
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "TOC" | "TOA" | "INDEX" => FieldKind::Contents,
            "PAGE" | "NUMPAGES" | "PAGEREF" | "SECTIONPAGES" => FieldKind::PageNumber,
            "FORMTEXT" => FieldKind::Blank,
            "FORMCHECKBOX" => FieldKind::Box,
            "NOTEREF" => match words.next().and_then(|name| name.strip_prefix("rp_fod_")) {
                Some(number) => FieldKind::Note(number.to_owned()),
                None => FieldKind::Text,
            },
            "HYPERLINK" => {
                let quoted = self.instruction.split('"').nth(1).unwrap_or_default();
                let inside = words.any(|word| word == "\\l");
                let target = if inside {
                    format!("#{quoted}")
                } else {
                    quoted.to_owned()
                };
                FieldKind::Link(target.into())
            }
            _ => FieldKind::Text,
        }
    }
}

struct Reader<'c, 'b> {
    container: &'c mut Container<'b>,
    styles: Styles,
    numbering: Numbering,
    targets: Targets,
    source: Source,
    fields: Vec<Field>,
    /// Text boxes met in the paragraph at hand.
    boxes: Vec<Vec<Block>>,
    /// The labels of notes, by their kind and id.
    labels: BTreeMap<(bool, String), String>,
    by_part: HashMap<String, usize>,
    inserted: Vec<String>,
    deleted: Vec<String>,
    /// What stands before a paragraph's mark that was deleted: it belongs to the next paragraph.
    joined: Vec<Run>,
    /// How far the lists have counted that only a style's name makes, by level.
    counted: Vec<u64>,
}

impl Reader<'_, '_> {
    /// The blocks in an element.
    fn blocks(&mut self, parent: &Element, context: &Context) -> Result<Vec<Block>, Refusal> {
        let mut blocks = Vec::new();
        self.push_blocks(parent, context, &mut blocks)?;
        Ok(blocks)
    }

    fn push_blocks(
        &mut self,
        parent: &Element,
        context: &Context,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        for child in parent.children() {
            match child.name.as_str() {
                "w:p" => self.paragraph(child, context, blocks)?,
                "w:tbl" => {
                    let table = self.table(child, context)?;
                    blocks.push(Block::Table(table));
                }
                "w:sdt" => {
                    let gallery = child
                        .child("w:sdtPr")
                        .and_then(|properties| properties.find("w:docPartGallery"));
                    let gallery = gallery.and_then(|gallery| gallery.get("w:val"));
                    let mut context = filled_in(child, context);
                    context.contents |= gallery.is_some_and(|kind| kind.contains("Contents"));
                    if let Some(content) = child.child("w:sdtContent") {
                        match own_class(child) {
                            Some(class) => self.own(class, content, &context, blocks)?,
                            None => self.push_blocks(content, &context, blocks)?,
                        }
                    }
                }
                // A place between paragraphs is the beginning of the next one.
                "w:bookmarkStart" => {
                    let name = child.get("w:name").unwrap_or_default();
                    self.joined.push(Run::Bookmark(name.to_owned()));
                }
                "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => {
                    self.push_blocks(child, context, blocks)?;
                }
                "w:altChunk" => self.source.told.push(
                    "Word-filen har et andet dokument inde i sig. Det er ikke hentet.".to_owned(),
                ),
                _ => {}
            }
        }
        Ok(())
    }

    /// A shape that rusprot wrote: its class is its tag. What the program writes anew each time is left out.
    fn own(
        &mut self,
        class: &str,
        content: &Element,
        context: &Context,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        let inner = self.blocks(content, context)?;
        match class {
            "front" | "backmatter" => {
                if class == "front" {
                    self.source.own_front.get_or_insert(front(&inner));
                }
                crate::import::source::visit_paragraphs(&inner, &mut |paragraph| {
                    let text = self.source.plain(&paragraph.runs);
                    self.source.left.push(Left::new(Reason::Own, text));
                });
            }
            "quote" => blocks.push(Block::Quote(inner)),
            class => blocks.push(Block::Own(Own {
                class: class.to_owned(),
                blocks: inner,
            })),
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        element: &Element,
        context: &Context,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        let properties = element.child("w:pPr");
        let value =
            |name: &str| properties.and_then(|properties| properties.child(name)?.get("w:val"));
        let style = self.styles.paragraph(value("w:pStyle"));
        let mut context = context.clone();
        let own_class = value("w:pStyle").and_then(|id| id.strip_prefix("Rp-"));
        // How our own shapes look is no emphasis of an author's.
        context.letters = match own_class {
            Some(_) => Letters::default(),
            None => style.letters,
        };
        context.contents |= style.is_contents || self.in_contents();
        let outline = properties.and_then(styles::outline);
        let role = match outline.map(styles::level) {
            Some(Some(level)) => Role::Heading(level),
            _ => style.role,
        };
        let outer = std::mem::take(&mut self.boxes);
        let mut runs = std::mem::take(&mut self.joined);
        self.inlines(element, &context, &mut runs)?;
        context.contents |= self.in_contents();
        let boxes = std::mem::replace(&mut self.boxes, outer);
        let mark = self.mark(properties, &style, role);
        let mut indent = properties.and_then(styles::indent).unwrap_or(style.indent);
        if let Some((list, level)) = properties.and_then(styles::numbering)
            && self.numbering.continues(&list, level)
        {
            indent = indent.max((i32::from(level) + 1) * 360);
        }
        if context.contents {
            let text = letters(&runs);
            if !text.trim().is_empty() {
                self.source.left.push(Left::new(Reason::Contents, text));
            }
        } else if properties.is_some_and(mark_is_deleted) {
            self.joined = runs;
        } else {
            let paragraph = Block::Paragraph(Paragraph {
                runs,
                role,
                mark,
                indent,
            });
            blocks.push(match own_class.filter(|class| !RUNNING.contains(class)) {
                Some(class) => Block::Own(Own {
                    class: class.to_owned(),
                    blocks: vec![paragraph],
                }),
                None => paragraph,
            });
        }
        blocks.extend(boxes.into_iter().map(Block::Quote));
        Ok(())
    }

    fn in_contents(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| matches!(field.kind(), FieldKind::Contents))
    }

    /// The paragraph's place in a list. A heading that Word numbers is none.
    fn mark(
        &mut self,
        properties: Option<&Element>,
        style: &styles::Resolved,
        role: Role,
    ) -> Option<Mark> {
        let numbering = properties.and_then(styles::numbering);
        let numbering = numbering.or_else(|| style.numbering.clone());
        if let Some((list, level)) = numbering {
            let next = self.numbering.next(&list, level);
            if list == "0" || matches!(role, Role::Heading(_) | Role::Title) {
                return None;
            }
            if next.is_some() {
                return next;
            }
        }
        let Some((level, counts)) = style.list else {
            self.counted.clear();
            return None;
        };
        self.counted.resize(usize::from(level) + 1, 0);
        let kind = match self.counted.last_mut() {
            Some(count) if counts => {
                *count += 1;
                MarkKind::Number(*count)
            }
            _ => MarkKind::Bullet,
        };
        Some(Mark { level, kind })
    }

    fn inlines(
        &mut self,
        parent: &Element,
        context: &Context,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        for child in parent.children() {
            match child.name.as_str() {
                "w:r" => self.run(child, context, runs)?,
                "w:hyperlink" => {
                    let mut context = context.clone();
                    let outside = child.get("r:id").and_then(|id| self.targets.get(id));
                    let inside = child.get("w:anchor").map(|anchor| format!("#{anchor}"));
                    context.link = outside
                        .map(|(_, target)| Rc::from(target.as_str()))
                        .or(inside.map(Rc::from));
                    self.inlines(child, &context, runs)?;
                }
                "w:ins" | "w:moveTo" => {
                    let mut context = context.clone();
                    context.inserted = true;
                    self.inserted.push(String::new());
                    self.inlines(child, &context, runs)?;
                }
                "w:del" | "w:moveFrom" => {
                    let mut context = context.clone();
                    context.deleted = true;
                    self.deleted.push(String::new());
                    self.inlines(child, &context, runs)?;
                }
                "w:fldSimple" => {
                    self.fields.push(Field {
                        instruction: child.get("w:instr").unwrap_or_default().to_owned(),
                        shows_result: true,
                    });
                    self.inlines(child, context, runs)?;
                    self.fields.pop();
                }
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        let context = filled_in(child, context);
                        self.inlines(content, &context, runs)?;
                    }
                }
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" | "w:ruby" | "w:rubyBase" => {
                    self.inlines(child, context, runs)?;
                }
                "m:oMath" | "m:oMathPara" => {
                    let mut text = String::new();
                    child.visit(&mut |below| {
                        if below.name == "m:t" {
                            text.push_str(&below.text());
                        }
                    });
                    self.text(&text, context, Letters::default(), runs);
                }
                "w:bookmarkStart" => {
                    let name = child.get("w:name").unwrap_or_default();
                    runs.push(Run::Bookmark(name.to_owned()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn run(
        &mut self,
        element: &Element,
        context: &Context,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        let properties = element.child("w:rPr");
        let spoken;
        let context = match self.language(properties) {
            None => context,
            language => {
                spoken = Context {
                    language,
                    ..context.clone()
                };
                &spoken
            }
        };
        let own = properties.map(Letters::read).unwrap_or_default();
        let style = properties.and_then(|properties| properties.child("w:rStyle")?.get("w:val"));
        match style {
            // A number that rusprot typed where Word counts otherwise.
            Some("Rp-number") => {
                let text = element.text();
                self.source.left.push(Left::new(Reason::TypedNumber, text));
                return Ok(());
            }
            Some("Rp-ref") => {
                let context = Context {
                    is_made: true,
                    ..context.clone()
                };
                return self.styled(element, &context, Letters::default(), runs);
            }
            Some("KodeTegn") => {
                let context = Context {
                    is_code: true,
                    ..context.clone()
                };
                return self.styled(element, &context, own, runs);
            }
            _ => {}
        }
        let style = style.map(|id| self.styles.letters(id)).unwrap_or_default();
        self.styled(element, context, own.over(style), runs)
    }

    /// The language that a run is said to be in, where that says something.
    fn language(&self, properties: Option<&Element>) -> Option<Rc<str>> {
        let code = properties?.child("w:lang")?.get("w:val")?;
        let is_danish = code == "da" || code.starts_with("da-");
        (self.source.own_front.is_some() && !is_danish).then(|| Rc::from(code))
    }

    fn styled(
        &mut self,
        element: &Element,
        context: &Context,
        own: Letters,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        let look = own.over(context.letters);
        for child in element.children() {
            self.piece(child, context, look, runs)?;
        }
        Ok(())
    }

    fn piece(
        &mut self,
        piece: &Element,
        context: &Context,
        look: Letters,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        match piece.name.as_str() {
            "w:t" | "w:delText" => self.text(&piece.text(), context, look, runs),
            "w:tab" | "w:ptab" => self.text("\t", context, look, runs),
            // Between words, the end of a page is the end of a line.
            "w:br"
                if matches!(piece.get("w:type"), Some("page" | "column"))
                    && letters(runs).trim().is_empty() => {}
            "w:br" | "w:cr" => self.text("\n", context, look, runs),
            "w:noBreakHyphen" => self.text("-", context, look, runs),
            "w:sym" => {
                let code = piece
                    .get("w:char")
                    .and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(sign) = code.and_then(char::from_u32) {
                    self.text(sign.encode_utf8(&mut [0; 4]), context, look, runs);
                }
            }
            "w:footnoteReference" | "w:endnoteReference" => {
                let id = piece.get("w:id").unwrap_or_default().to_owned();
                let count = self.labels.len() + 1;
                let key = (piece.name == "w:endnoteReference", id);
                let label = self.labels.entry(key).or_insert_with(|| count.to_string());
                runs.push(Run::Note(label.clone()));
            }
            "w:commentReference" => {
                runs.push(Run::Comment(
                    piece.get("w:id").unwrap_or_default().to_owned(),
                ));
            }
            "w:fldChar" => match piece.get("w:fldCharType") {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.shows_result = true;
                    }
                }
                _ => {
                    let closed = self.fields.pop();
                    if closed.is_some_and(|field| matches!(field.kind(), FieldKind::Box)) {
                        self.text("☐", context, look, runs);
                    }
                }
            },
            "w:instrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(&piece.text());
                }
            }
            "mc:AlternateContent" => {
                // The first choice is what Word shows, the fallback the same for older programs.
                let chosen = piece
                    .child("mc:Choice")
                    .or_else(|| piece.child("mc:Fallback"));
                for below in chosen.iter().flat_map(|chosen| chosen.children()) {
                    self.piece(below, context, look, runs)?;
                }
            }
            "w:drawing" | "w:pict" | "w:object" => self.drawing(piece, context, runs)?,
            _ => {}
        }
        Ok(())
    }

    /// Letters, to where they belong.
    fn text(&mut self, text: &str, context: &Context, look: Letters, runs: &mut Vec<Run>) {
        if text.is_empty() {
            return;
        }
        let left = |reason| Left::new(reason, text);
        if context.deleted {
            if let Some(said) = self.deleted.last_mut() {
                said.push_str(text);
            }
            self.source.left.push(left(Reason::Deleted));
            return;
        }
        if context.inserted
            && let Some(said) = self.inserted.last_mut()
        {
            said.push_str(text);
        }
        if context.is_blank {
            self.source.left.push(left(Reason::Blank));
            push_run(runs, BLANK, Look::default(), None);
            return;
        }
        if look.hidden == Some(true) {
            self.source.left.push(left(Reason::Hidden));
            return;
        }
        let mut link = context.link.clone();
        for field in &self.fields {
            match field.kind() {
                // What Word was told is no text.
                _ if !field.shows_result => return,
                FieldKind::PageNumber => {
                    if !context.contents {
                        self.source.left.push(left(Reason::PageNumber));
                        return;
                    }
                }
                FieldKind::Contents => {
                    self.source.left.push(left(Reason::Contents));
                    return;
                }
                FieldKind::Link(target) => link = Some(target),
                FieldKind::Note(number) => {
                    let label = self.labels.get(&(false, number)).cloned();
                    if let Some(label) = label {
                        runs.push(Run::Note(label));
                        return;
                    }
                }
                FieldKind::Box => return,
                FieldKind::Blank if crate::import::source::words(text).is_empty() => {
                    push_run(runs, BLANK, Look::default(), None);
                    return;
                }
                FieldKind::Blank | FieldKind::Text => {}
            }
        }
        if !self.fields.is_empty() && is_broken(text) {
            self.source.left.push(left(Reason::BrokenField));
            return;
        }
        let look = Look {
            code: context.is_code,
            ..look.look()
        };
        if matches!(runs.last(), Some(Run::Text(last)) if last.language != context.language) {
            runs.push(Run::Text(TextRun {
                look,
                link: link.clone(),
                ..TextRun::default()
            }));
        }
        push_run(runs, text, look, link);
        if let Some(Run::Text(last)) = runs.last_mut() {
            last.is_made |= context.is_made;
            last.language.clone_from(&context.language);
        }
    }

    /// A picture, a text box, or a drawing that nobody else can draw.
    fn drawing(
        &mut self,
        element: &Element,
        context: &Context,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        let mut alt = String::new();
        let mut name = String::new();
        let mut pictures = Vec::new();
        let mut boxes = Vec::new();
        let mut diagrams = Vec::new();
        collect_drawing(element, &mut |found| match found.name.as_str() {
            "wp:docPr" | "v:shape" if alt.is_empty() => {
                let said = ["descr", "title", "alt"]
                    .into_iter()
                    .find_map(|name| found.get(name));
                said.unwrap_or_default().trim().clone_into(&mut alt);
                found.get("name").unwrap_or_default().clone_into(&mut name);
            }
            "a:blip" => pictures.extend(found.get("r:embed").or_else(|| found.get("r:link"))),
            "v:imagedata" => pictures.extend(found.get("r:id")),
            "w:txbxContent" => boxes.push(found),
            "dgm:relIds" => diagrams.extend(found.get("r:dm")),
            _ => {}
        });
        for id in pictures {
            self.picture(id, (&alt, &name), context, runs)?;
        }
        for content in boxes {
            let blocks = self.blocks(content, &Context::default())?;
            self.boxes.push(blocks);
        }
        for id in diagrams {
            let part = self
                .targets
                .get(id)
                .map(|(_, part)| part.clone())
                .unwrap_or_default();
            if let Some(root) = Part::root(self.container, &part)? {
                let mut words = Vec::new();
                root.visit(&mut |below| {
                    if below.name == "a:t" {
                        words.push(below.text());
                    }
                });
                self.source
                    .left
                    .push(Left::new(Reason::Drawing, words.join(" ")));
                self.source.told.push("En tegning (SmartArt) er ikke hentet. Lav den om til en figur eller et billede.".to_owned());
            }
        }
        Ok(())
    }

    fn picture(
        &mut self,
        id: &str,
        (alt, name): (&str, &str),
        context: &Context,
        runs: &mut Vec<Run>,
    ) -> Result<(), Refusal> {
        let Some((_, part)) = self.targets.get(id).cloned() else {
            return Ok(());
        };
        if context.deleted {
            return Ok(());
        }
        let Some(bytes) = self.container.part(&part)? else {
            self.source
                .told
                .push("Et billede ligger ikke i filen, så det er ikke hentet.".to_owned());
            self.source.left.push(Left::new(Reason::Picture, alt));
            return Ok(());
        };
        let index = self.by_part.get(&part).copied();
        let file = name.starts_with("billeder/").then(|| name.to_owned());
        let same = index.filter(|index| self.source.pictures[*index].alt == alt);
        let index = same.unwrap_or_else(|| {
            self.source.pictures.push(Picture {
                bytes,
                alt: alt.to_owned(),
                file,
            });
            self.source.pictures.len() - 1
        });
        self.by_part.insert(part, index);
        runs.push(Run::Picture(index));
        Ok(())
    }

    fn table(&mut self, element: &Element, context: &Context) -> Result<Table, Refusal> {
        let mut table = Table::default();
        for row in element.children() {
            let rows: Vec<&Element> = match row.name.as_str() {
                "w:tr" => vec![row],
                "w:sdt" => row
                    .child("w:sdtContent")
                    .iter()
                    .flat_map(|content| content.all("w:tr"))
                    .collect(),
                "w:ins" | "w:customXml" => row.all("w:tr").collect(),
                _ => continue,
            };
            for row in rows {
                let properties = row.child("w:trPr");
                let has = |name: &str| {
                    properties.is_some_and(|properties| properties.child(name).is_some())
                };
                let mut context = context.clone();
                context.deleted |= has("w:del");
                let cells = self.row(row, &context)?;
                if context.deleted {
                    continue;
                }
                if has("w:tblHeader") && table.header_rows == table.rows.len() {
                    table.header_rows += 1;
                }
                table.rows.push(cells);
            }
        }
        Ok(table)
    }

    fn row(&mut self, row: &Element, context: &Context) -> Result<Vec<Cell>, Refusal> {
        let mut cells = Vec::new();
        let mut found = Vec::new();
        collect_cells(row, &mut found);
        for element in found {
            let properties = element.child("w:tcPr");
            let child = |name: &str| properties.and_then(|properties| properties.child(name));
            let span = child("w:gridSpan").and_then(|span| span.get("w:val")?.parse().ok());
            let below =
                child("w:vMerge").is_some_and(|merge| merge.get("w:val") != Some("restart"));
            let span = span.unwrap_or(1_usize).clamp(1, 64);
            cells.push(Cell {
                blocks: self.blocks(element, context)?,
                merged: below || span > 1,
            });
            cells.extend((1..span).map(|_| Cell {
                blocks: Vec::new(),
                merged: true,
            }));
        }
        Ok(cells)
    }

    /// What lies beside the text: notes, comments, the heads and feet of pages.
    fn around(&mut self, folder: &str) -> Result<(), Refusal> {
        for (file, ends) in [("footnotes.xml", false), ("endnotes.xml", true)] {
            let Some(part) = Part::open(self.container, &format!("{folder}{file}"))? else {
                continue;
            };
            let text_targets = std::mem::replace(&mut self.targets, part.targets);
            for note in part.root.children() {
                if matches!(
                    note.get("w:type"),
                    Some("separator" | "continuationSeparator" | "continuationNotice")
                ) {
                    continue;
                }
                let id = note.get("w:id").unwrap_or_default().to_owned();
                let blocks = self.blocks(note, &Context::default())?;
                let label = self.labels.get(&(ends, id)).cloned();
                if let Some(label) = label {
                    self.source.notes.insert(label, blocks);
                } else {
                    let mut texts = Vec::new();
                    crate::import::source::visit_paragraphs(&blocks, &mut |paragraph| {
                        texts.push(paragraph.letters());
                    });
                    self.source
                        .left
                        .push(Left::new(Reason::LooseNote, texts.join(" ")));
                }
            }
            self.targets = text_targets;
        }
        if let Some(root) = Part::root(self.container, &format!("{folder}comments.xml"))? {
            for comment in root.all("w:comment") {
                let blocks = self.blocks(comment, &Context::default())?;
                let mut lines = Vec::new();
                crate::import::source::visit_paragraphs(&blocks, &mut |paragraph| {
                    lines.push(paragraph.letters());
                });
                let id = comment.get("w:id").unwrap_or_default();
                self.source.comments.insert(id.to_owned(), lines.join("\n"));
            }
        }
        let edges: Vec<(String, Reason)> = self
            .targets
            .values()
            .filter_map(|(kind, part)| match kind.as_str() {
                "header" => Some((part.clone(), Reason::Header)),
                "footer" => Some((part.clone(), Reason::Footer)),
                _ => None,
            })
            .collect();
        for (part, reason) in edges {
            if let Some(root) = Part::root(self.container, &part)? {
                let text = edge_text(&root);
                if !text.trim().is_empty() {
                    self.source.left.push(Left::new(reason, text));
                }
            }
        }
        Ok(())
    }

    /// What the parts of a document that rusprot wrote answer, from the properties of the file.
    fn answers(&mut self) -> Result<(), Refusal> {
        let Some(root) = Part::root(self.container, "docProps/custom.xml")? else {
            return Ok(());
        };
        let Some(front) = &mut self.source.own_front else {
            return Ok(());
        };
        for property in root.children() {
            let ids = property.text();
            let ids = ids.split_whitespace().map(str::to_owned).collect();
            let place = property.get("name").unwrap_or_default().to_owned();
            front.answers.insert(place, ids);
        }
        Ok(())
    }

    fn tell_changes(&mut self) {
        for (what, texts) in [("slettet", &self.deleted), ("indsat", &self.inserted)] {
            let texts: Vec<&str> = texts
                .iter()
                .map(|text| text.trim())
                .filter(|text| !text.is_empty())
                .collect();
            if texts.is_empty() {
                continue;
            }
            let shown: Vec<String> = texts
                .iter()
                .take(MOST_CHANGES)
                .map(|text| format!("»{}«", shortened(text)))
                .collect();
            let more = texts.len().saturating_sub(MOST_CHANGES);
            let more = if more > 0 {
                format!(" og {more} steder mere")
            } else {
                String::new()
            };
            self.source.told.push(format!(
                "Registrerede ændringer er regnet for godkendt: {what} er {}{more}.",
                shown.join(", ")
            ));
        }
    }
}

/// The title and the institution at the head of a document that rusprot wrote.
fn front(blocks: &[Block]) -> OwnFront {
    let mut titles = Vec::new();
    crate::import::source::visit_paragraphs(blocks, &mut |paragraph| {
        if paragraph.role == Role::Title {
            titles.push(paragraph.letters());
        }
    });
    let mut titles = titles.into_iter();
    OwnFront {
        title: titles.next().unwrap_or_default(),
        institution: titles.next().unwrap_or_default(),
        answers: BTreeMap::new(),
    }
}

/// The class of a shape that rusprot wrote, from its control's tag.
fn own_class(control: &Element) -> Option<&str> {
    let tag = control.child("w:sdtPr")?.child("w:tag")?.get("w:val")?;
    tag.strip_prefix("rp:")
}

/// What surrounds what stands in a control: Word's own words where nobody has filled it in yet are none.
fn filled_in(control: &Element, context: &Context) -> Context {
    let properties = control.child("w:sdtPr");
    let shows_help = properties.is_some_and(|own| own.child("w:showingPlcHdr").is_some());
    Context {
        is_blank: context.is_blank || shows_help,
        ..context.clone()
    }
}

/// The first words of a longer text.
fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(12).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

/// Adds letters to the last run where they look the same.
pub(super) fn push_run(runs: &mut Vec<Run>, text: &str, look: Look, link: Option<Rc<str>>) {
    if let Some(Run::Text(last)) = runs.last_mut()
        && last.look == look
        && last.link == link
        && !last.is_made
    {
        last.text.push_str(text);
        return;
    }
    runs.push(Run::Text(TextRun {
        text: text.to_owned(),
        look,
        link,
        ..TextRun::default()
    }));
}

fn mark_is_deleted(properties: &Element) -> bool {
    properties.child("w:rPr").is_some_and(|letters| {
        letters.child("w:del").is_some() || letters.child("w:moveFrom").is_some()
    })
}

/// What Word writes where a field leads nowhere, in Danish and English.
fn is_broken(text: &str) -> bool {
    let text = text.trim_start();
    ["Fejl! ", "Error! "]
        .iter()
        .any(|sign| text.starts_with(sign))
}

/// Visits what a drawing is made of; of things that stand twice, the one that Word shows, and nothing inside a
/// text box.
fn collect_drawing<'e>(element: &'e Element, visit: &mut dyn FnMut(&'e Element)) {
    for child in element.children() {
        visit(child);
        match child.name.as_str() {
            "w:txbxContent" => {}
            "mc:AlternateContent" => {
                let chosen = child
                    .child("mc:Choice")
                    .or_else(|| child.child("mc:Fallback"));
                chosen
                    .into_iter()
                    .for_each(|chosen| collect_drawing(chosen, visit));
            }
            _ => collect_drawing(child, visit),
        }
    }
}

fn collect_cells<'e>(row: &'e Element, cells: &mut Vec<&'e Element>) {
    for child in row.children() {
        match child.name.as_str() {
            "w:tc" => cells.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" => collect_cells(child, cells),
            _ => {}
        }
    }
}

/// The letters of a page's head or foot; what fields computed is a number of this very page.
fn edge_text(root: &Element) -> String {
    let mut text = String::new();
    push_edge(root, &mut text);
    text
}

fn push_edge(element: &Element, text: &mut String) {
    for content in &element.content {
        let Content::Element(child) = content else {
            continue;
        };
        match child.name.as_str() {
            "w:t" => text.push_str(&child.text()),
            "w:tab" | "w:br" => text.push(' '),
            "mc:Fallback" | "w:instrText" => {}
            _ => push_edge(child, text),
        }
        if child.name == "w:p" {
            text.push(' ');
        }
    }
}
