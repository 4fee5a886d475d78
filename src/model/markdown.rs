//! Builds the Markdown tree from `pulldown-cmark`'s events, with a place in the file for every node.
//!
//! GitHub's Markdown (tables, footnotes, task lists, strikethrough, bare addresses as links) and definition
//! lists. What authors may not write (HTML, headings) is noted as a slip and kept as text, so that nothing is
//! lost; a line break in a table's cell is the one tag that is understood. What people mean where CommonMark
//! alone would read something else stands in `authored`.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::authored::Authored;
use super::autolink;
use super::own_line;
use super::reference::Reference;
use super::richtext::{
    Alignment, Block, BlockKind, DefinitionItem, Inline, InlineKind, ListItem, Note, RichText,
    push_plain,
};
use super::slips::{SlipKind, Slips, is_invisible, is_spelling};
use super::stretches::{Stretch, stretches};
use super::variables::Variables;
use crate::load::SourceText;
use crate::text::{ByteSet, Span};

/// How many lists, quotations and emphases may stand within each other. Far beyond what anybody reads,
/// and few enough for every later stage to walk the tree by recursion.
const DEEPEST: usize = 24;

/// GitHub's Markdown and lists of definitions.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// Parses one text; slips are noted in `slips`.
pub fn parse(text: &SourceText<'_>, slips: &mut Slips<'_>) -> RichText {
    let authored = Authored::new(&text.text, text.bytes, OPTIONS);
    let stretches = if authored.is_as_written() {
        stretches(&text.text, text.bytes)
    } else {
        vec![Stretch::Marked(0..authored.text.len())]
    };
    read(text, &authored, &stretches, slips)
}

/// Reads the stretches of a text one by one.
fn read(
    text: &SourceText<'_>,
    authored: &Authored<'_>,
    stretches: &[Stretch],
    slips: &mut Slips<'_>,
) -> RichText {
    let mut builder = Builder {
        text,
        authored,
        slips,
        frames: vec![Frame::blocks(Container::Root, 0)],
        ignored: 0,
        notes: Vec::new(),
        labels: BTreeSet::new(),
        markers: BTreeSet::new(),
        html_seen: false,
        bytes: letters_of(text),
        cell_end: 0,
    };
    for stretch in stretches {
        match stretch {
            Stretch::Plain(range) => builder.plain_paragraph(range.clone()),
            Stretch::Marked(stretch) => {
                let marked = &authored.text[stretch.clone()];
                for (event, range) in Parser::new_ext(marked, OPTIONS).into_offset_iter() {
                    let range = stretch.start + range.start..stretch.start + range.end;
                    builder.event(event, authored.original(&range));
                }
            }
        }
    }
    let mut read = builder.finish();
    own_line::on_lines_of_their_own(&mut read);
    read
}

/// What is open while its content is gathered.
enum Frame {
    Blocks {
        kind: Container,
        start: usize,
        blocks: Vec<Block>,
        /// Running text that stands in the container without a paragraph of its own.
        loose_inlines: Vec<Inline>,
        had_paragraph: bool,
    },
    List {
        start: Option<u64>,
        items: Vec<ListItem>,
        tight: bool,
        /// The numbers of an ordered list as they are typed, with their places.
        typed: Vec<(u64, Range<usize>)>,
    },
    Definitions(Vec<DefinitionItem>),
    Inlines {
        kind: Run,
        content: Vec<Inline>,
    },
    Table {
        align: Vec<Alignment>,
        header: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Code(Vec<Inline>),
    Html(String),
}

enum Container {
    Root,
    Quote,
    Item(Option<bool>),
    Note(String),
    Definition,
}

enum Run {
    Paragraph,
    Heading,
    Term,
    Cell,
    Emph,
    Strong,
    Strike,
    Link(Reference),
    Image(String),
}

impl Frame {
    fn blocks(kind: Container, start: usize) -> Self {
        Self::Blocks {
            kind,
            start,
            blocks: Vec::new(),
            loose_inlines: Vec::new(),
            had_paragraph: false,
        }
    }

    fn run(kind: Run) -> Self {
        Self::Inlines {
            kind,
            content: Vec::new(),
        }
    }
}

struct Builder<'b, 's, 'a> {
    text: &'b SourceText<'b>,
    authored: &'b Authored<'b>,
    slips: &'s mut Slips<'a>,
    frames: Vec<Frame>,
    /// How many containers are open beyond [`DEEPEST`].
    ignored: usize,
    notes: Vec<Note>,
    /// Their labels.
    labels: BTreeSet<String>,
    /// The labels of the notes that markers name.
    markers: BTreeSet<String>,
    html_seen: bool,
    /// What the letters can have.
    bytes: ByteSet,
    /// Where the last cell of a table ended.
    cell_end: usize,
}

impl Builder<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&self.authored.restored(&text), range),
            Event::Code(text) => {
                let code = self.resolve_code(&self.authored.restored(&text), &range);
                self.inline(InlineKind::Code(code), range);
            }
            Event::InlineHtml(html) if self.is_in_cell() && is_line_break(&html) => {
                self.inline(InlineKind::HardBreak, range);
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                self.html(&self.authored.restored(&html), range);
            }
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => self.block(BlockKind::Divider, range),
            Event::FootnoteReference(label) => {
                self.markers.insert(label.to_string());
                self.inline(InlineKind::NoteMarker(label.to_string()), range);
            }
            Event::TaskListMarker(ticked) => self.tick(ticked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    /// Adds a paragraph in which no sign means anything but itself.
    fn plain_paragraph(&mut self, range: Range<usize>) {
        self.frames.push(Frame::run(Run::Paragraph));
        let text = &self.text.text;
        let mut start = range.start;
        for end in memchr::memchr_iter(b'\n', text[range.clone()].as_bytes()) {
            let end = range.start + end;
            self.text(&text[start..end], start..end);
            self.inline(InlineKind::SoftBreak, end..end + 1);
            start = end + 1;
        }
        self.text(&text[start..range.end], start..range.end);
        self.end(TagEnd::Paragraph, range);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.ignored > 0 || (self.frames.len() > DEEPEST && opens_depth(&tag)) {
            if self.ignored == 0 {
                self.slips.note(
                    SlipKind::TooDeep,
                    self.text.span(range.start..range.start + 1),
                );
            }
            self.ignored += 1;
            self.inline(InlineKind::SoftBreak, range.start..range.start);
            return;
        }
        if matches!(tag, Tag::Item) {
            self.note_number(&range);
        }
        let frame = match tag {
            Tag::Paragraph => Frame::run(Run::Paragraph),
            Tag::Heading { .. } => Frame::run(Run::Heading),
            Tag::BlockQuote(kind) => {
                let mut frame = Frame::blocks(Container::Quote, range.start);
                if let (Some(kind), Frame::Blocks { blocks, .. }) = (kind, &mut frame) {
                    blocks.push(self.alert(kind, &range));
                }
                frame
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => Frame::Code(Vec::new()),
            Tag::HtmlBlock => Frame::Html(String::new()),
            Tag::List(start) => Frame::List {
                start,
                items: Vec::new(),
                tight: true,
                typed: Vec::new(),
            },
            Tag::Item => Frame::blocks(Container::Item(None), range.start),
            Tag::FootnoteDefinition(label) => {
                Frame::blocks(Container::Note(label.to_string()), range.start)
            }
            Tag::DefinitionList => Frame::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Frame::run(Run::Term),
            Tag::DefinitionListDefinition => Frame::blocks(Container::Definition, range.start),
            Tag::Table(align) => Frame::Table {
                align: align.into_iter().map(alignment).collect(),
                header: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => return,
            Tag::TableRow => {
                if let Some(Frame::Table { rows, .. }) = self.frames.last_mut() {
                    rows.push(Vec::new());
                }
                return;
            }
            Tag::TableCell => Frame::run(Run::Cell),
            Tag::Emphasis | Tag::Subscript => Frame::run(Run::Emph),
            Tag::Strong | Tag::Superscript => Frame::run(Run::Strong),
            Tag::Strikethrough => Frame::run(Run::Strike),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => Frame::run(Run::Link(self.link(
                link_type,
                &self.authored.restored(&dest_url),
                &range,
            ))),
            Tag::Image { dest_url, .. } => {
                let file = self.resolve_code(&self.authored.restored(&dest_url), &range);
                Frame::run(Run::Image(without_percents(file)))
            }
        };
        self.frames.push(frame);
    }

    fn link(&mut self, kind: LinkType, destination: &str, range: &Range<usize>) -> Reference {
        let destination = self.resolve_code(destination, range);
        match kind {
            LinkType::Email => Reference::Address(format!("mailto:{destination}")),
            _ => match Reference::parse(&destination) {
                Reference::Address(address) => Reference::Address(address.replace(' ', "%20")),
                reference => reference,
            },
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        match tag {
            TagEnd::TableHead => return,
            TagEnd::TableRow => return self.note_lost_fields(&range),
            TagEnd::TableCell => self.cell_end = range.end,
            _ => {}
        }
        let frame = self
            .frames
            .pop()
            .expect("pulldown-cmark ends what it starts");
        match frame {
            Frame::Blocks { .. } => self.end_container(frame, range),
            Frame::List {
                start,
                items,
                tight,
                typed,
            } => {
                self.note_jump(&typed);
                self.block(
                    BlockKind::List {
                        start,
                        tight,
                        items,
                    },
                    range,
                );
            }
            Frame::Definitions(items) => self.block(BlockKind::Definitions(items), range),
            Frame::Inlines { kind, content } => self.end_run(kind, content, range),
            Frame::Table {
                align,
                header,
                rows,
            } => {
                self.block(
                    BlockKind::Table {
                        align,
                        header,
                        rows,
                    },
                    range,
                );
            }
            Frame::Code(mut content) => {
                while let Some(InlineKind::SoftBreak) = content.last().map(|inline| &inline.kind) {
                    content.pop();
                }
                self.block(BlockKind::Code(content), range);
            }
            Frame::Html(text) => self.end_html(&text, range),
        }
    }

    /// The word over a quotation that GitHub sets apart (`> [!NOTE]`), where its mark stands.
    fn alert(&mut self, kind: BlockQuoteKind, range: &Range<usize>) -> Block {
        let word = match kind {
            BlockQuoteKind::Note => "Bemærk",
            BlockQuoteKind::Tip => "Tip",
            BlockQuoteKind::Important => "Vigtigt",
            BlockQuoteKind::Warning => "Advarsel",
            BlockQuoteKind::Caution => "Pas på",
        };
        self.bytes = self.bytes.with(ByteSet::of(word));
        let written = &self.text.text[range.clone()];
        let length = written.find('\n').unwrap_or(written.len());
        let span = self.text.span(range.start..range.start + length);
        let inline = |kind| Inline { kind, span };
        let word = inline(InlineKind::Text(word.to_owned()));
        let strong = inline(InlineKind::Strong(vec![word]));
        Block {
            kind: BlockKind::Paragraph(vec![strong]),
            span,
        }
    }

    /// Notes what stands in a row behind the last column, which Markdown leaves out.
    fn note_lost_fields(&mut self, row: &Range<usize>) {
        let Some(Frame::Table { rows, .. }) = self.frames.last() else {
            return;
        };
        let columns = rows.last().map_or(0, Vec::len);
        let from = self.cell_end.max(row.start);
        let line = &self.text.text[from..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let more = line.trim().trim_matches('|').trim();
        if more.is_empty() {
            return;
        }
        // A bar that is written as a letter parts nothing.
        let bars = more.replace("\\|", "").matches('|').count();
        let at = from + line.find(more).unwrap_or(0);
        let span = self.text.span(at..at + more.len());
        let fields = columns + bars + 1;
        self.slips
            .note(SlipKind::FieldsLost { fields, columns }, span);
    }

    fn end_container(&mut self, frame: Frame, range: Range<usize>) {
        let Frame::Blocks {
            kind,
            mut blocks,
            loose_inlines,
            start,
            had_paragraph,
        } = frame
        else {
            return;
        };
        self.gather(&mut blocks, loose_inlines, start..range.end);
        match kind {
            Container::Root => {}
            Container::Quote => self.block(BlockKind::Quote(blocks), range),
            Container::Item(checked) => {
                if let Some(Frame::List { items, tight, .. }) = self.frames.last_mut() {
                    items.push(ListItem { checked, blocks });
                    *tight &= !had_paragraph;
                }
            }
            Container::Note(label) => {
                let span = self.text.span(self.trimmed(&range));
                if self.labels.contains(&label) {
                    self.slips.note(SlipKind::NoteTwice(label), span);
                } else {
                    self.labels.insert(label.clone());
                    self.notes.push(Note {
                        label,
                        blocks,
                        span,
                    });
                }
            }
            Container::Definition => {
                if let Some(Frame::Definitions(items)) = self.frames.last_mut() {
                    match items.last_mut() {
                        Some(item) => item.definitions.push(blocks),
                        None => items.push(DefinitionItem {
                            term: Vec::new(),
                            definitions: vec![blocks],
                        }),
                    }
                }
            }
        }
    }

    fn end_run(&mut self, kind: Run, content: Vec<Inline>, range: Range<usize>) {
        let in_link = matches!(kind, Run::Link(_) | Run::Image(_));
        let content = self.expand(content, in_link);
        match kind {
            Run::Paragraph => {
                if let Some(Frame::Blocks { had_paragraph, .. }) = self.frames.last_mut() {
                    *had_paragraph = true;
                }
                self.block(BlockKind::Paragraph(content), range);
            }
            Run::Heading => {
                let mut heading = String::new();
                push_plain(&content, &mut heading);
                let span = self.text.span(self.trimmed(&range));
                self.slips.note(SlipKind::Heading(heading), span);
                self.block(BlockKind::Paragraph(content), range);
            }
            Run::Term => {
                if let Some(Frame::Definitions(items)) = self.frames.last_mut() {
                    items.push(DefinitionItem {
                        term: content,
                        definitions: Vec::new(),
                    });
                }
            }
            Run::Cell => {
                if let Some(Frame::Table { header, rows, .. }) = self.frames.last_mut() {
                    rows.last_mut().unwrap_or(header).push(content);
                }
            }
            Run::Emph => self.inline(InlineKind::Emph(content), range),
            Run::Strong => self.inline(InlineKind::Strong(content), range),
            Run::Strike => self.inline(InlineKind::Strike(content), range),
            Run::Link(target) => self.inline(InlineKind::Link { target, content }, range),
            Run::Image(file) => {
                let mut alt = String::new();
                push_plain(&content, &mut alt);
                self.inline(
                    InlineKind::Image {
                        file,
                        alt: alt.trim().to_owned(),
                    },
                    range,
                );
            }
        }
    }

    fn end_html(&mut self, text: &str, range: Range<usize>) {
        let span = self.text.span(self.trimmed(&range));
        self.note_html(text.trim(), span);
        let shown = InlineKind::Text(text.trim_end().to_owned());
        let content = vec![Inline { kind: shown, span }];
        self.block(BlockKind::Paragraph(content), range);
    }

    /// Adds a block to what is open.
    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.text.span(self.trimmed(&range));
        let Some(Frame::Blocks {
            blocks,
            loose_inlines,
            ..
        }) = self.frames.last_mut()
        else {
            return;
        };
        let mut taken = std::mem::take(blocks);
        let inlines = std::mem::take(loose_inlines);
        self.gather(&mut taken, inlines, range);
        taken.push(Block { kind, span });
        if let Some(Frame::Blocks { blocks, .. }) = self.frames.last_mut() {
            *blocks = taken;
        }
    }

    /// Makes a paragraph of running text that has none of its own.
    fn gather(&mut self, blocks: &mut Vec<Block>, inlines: Vec<Inline>, range: Range<usize>) {
        if inlines.is_empty() {
            return;
        }
        let content = self.expand(inlines, false);
        let whole = self.text.span(self.trimmed(&range));
        let span = match (content.first(), content.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => whole,
        };
        if blocks.is_empty() {
            // Most items of a list have no other.
            blocks.reserve_exact(1);
        }
        blocks.push(Block {
            kind: BlockKind::Paragraph(content),
            span,
        });
    }

    /// Adds an inline to what is open.
    fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        let span = self.text.span(range);
        self.push_inline(Inline { kind, span });
    }

    fn push_inline(&mut self, inline: Inline) {
        match self.frames.last_mut() {
            Some(Frame::Inlines { content, .. }) => push_merging(content, inline),
            Some(Frame::Blocks { loose_inlines, .. }) => push_merging(loose_inlines, inline),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match self.frames.last_mut() {
            Some(Frame::Code(_)) => return self.code(text, range.start),
            Some(Frame::Html(html)) => return html.push_str(text),
            _ => {}
        }
        if text.len() != range.len() {
            // An entity such as `&amp;`: shown as one character, written as several.
            for c in text.chars().filter(|c| is_invisible(*c)) {
                // A joiner belongs to the letter before it, also where an entity writes it.
                if !is_spelling(&self.text.text, range.start, c) {
                    self.slips
                        .note(SlipKind::Invisible(c), self.text.span(range.clone()));
                }
            }
            self.inline(InlineKind::Text(text.to_owned()), range);
            return;
        }
        if let Some(span) = self.text.verbatim(&range) {
            self.push_inline(Inline {
                kind: InlineKind::Text(self.text.text[range].to_owned()),
                span,
            });
            return;
        }
        for (run, span) in self.text.runs(range) {
            let run = self.text.text[run].to_owned();
            self.push_inline(Inline {
                kind: InlineKind::Text(run),
                span,
            });
        }
    }

    /// Adds the lines of a text that is printed as typed, which stands in the text from a byte on.
    fn code(&mut self, text: &str, mut at: usize) {
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            let letters = line.trim_end_matches('\n');
            let end = (at + letters.len()).min(self.text.text.len());
            let span = self.text.span(at.min(end)..end);
            let kind = InlineKind::Text(letters.to_owned());
            lines.extend((!letters.is_empty()).then_some(Inline { kind, span }));
            if letters.len() < line.len() {
                let kind = InlineKind::SoftBreak;
                let span = self.text.span(end..end);
                lines.push(Inline { kind, span });
            }
            at += line.len();
        }
        if let Some(Frame::Code(content)) = self.frames.last_mut() {
            content.extend(lines);
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        if let Some(Frame::Html(text)) = self.frames.last_mut() {
            text.push_str(html);
            return;
        }
        let span = self.text.span(range);
        // `</b>` belongs to a `<b>` that has been reported.
        if !(self.html_seen && html.starts_with("</")) {
            self.note_html(html, span);
        }
        self.push_inline(Inline {
            kind: InlineKind::Text(html.to_owned()),
            span,
        });
    }

    fn note_html(&mut self, html: &str, span: Span) {
        self.html_seen = true;
        let first_line = html.lines().next().unwrap_or_default().to_owned();
        self.slips.note(SlipKind::Html(first_line), span);
    }

    fn tick(&mut self, ticked: bool) {
        let item = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Blocks {
                kind: Container::Item(checked),
                ..
            } => Some(checked),
            _ => None,
        });
        if let Some(checked) = item {
            *checked = Some(ticked);
        }
    }

    /// Replaces variables in text that is not cut up further, such as code and addresses.
    fn resolve_code(&mut self, code: &str, range: &Range<usize>) -> String {
        let mut resolved = String::with_capacity(code.len());
        let mut from = 0;
        while let Some(found) = Variables::find(code, from) {
            resolved.push_str(&code[from..found.start]);
            let text = self.text;
            match self.slips.variable(found.name, || text.span(range.clone())) {
                Some(value) => resolved.push_str(value),
                None => resolved.push_str(&code[found.start..found.end]),
            }
            from = found.end;
        }
        resolved.push_str(&code[from..]);
        resolved
    }

    /// Notes the number an item of an ordered list is typed with.
    fn note_number(&mut self, range: &Range<usize>) {
        let text = &self.text.text[range.clone()];
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(Frame::List { typed, .. }) = self.frames.last_mut()
            && let Ok(number) = text[..digits].parse()
        {
            typed.push((number, range.start..range.start + digits));
        }
    }

    /// Notes where the typed numbers of a list are others than those that are printed. A list in which all
    /// are the same leaves the counting to us.
    fn note_jump(&mut self, typed: &[(u64, Range<usize>)]) {
        let Some((first, _)) = typed.first() else {
            return;
        };
        if typed.iter().all(|(number, _)| number == first) {
            return;
        }
        let printed = *first..;
        let jump = typed
            .iter()
            .zip(printed)
            .find(|((number, _), printed)| number != printed);
        if let Some(((number, range), printed)) = jump {
            let kind = SlipKind::NumberJumps {
                typed: *number,
                printed,
            };
            self.slips.note(kind, self.text.span(range.clone()));
        }
    }

    /// Whether a table's cell is open.
    fn is_in_cell(&self) -> bool {
        let is_cell = |frame: &Frame| {
            matches!(
                frame,
                Frame::Inlines {
                    kind: Run::Cell,
                    ..
                }
            )
        };
        self.frames.iter().rev().take(DEEPEST).any(is_cell)
    }

    /// Whether a link or a picture is open, so that no other link may begin.
    fn is_in_link(&self) -> bool {
        let is_link = |frame: &Frame| {
            matches!(
                frame,
                Frame::Inlines {
                    kind: Run::Link(_) | Run::Image(_),
                    ..
                }
            )
        };
        self.frames.iter().any(is_link)
    }

    /// Replaces the variables in a finished run, notes markers that have no footnote and makes links of bare
    /// addresses. `in_link`: the run is a link's text.
    fn expand(&mut self, content: Vec<Inline>, in_link: bool) -> Vec<Inline> {
        // A variable, the marker of a note, and an address each have one of these.
        const LOOKED_AT: ByteSet = ByteSet::NONE.and(b"{[/@");
        if !self.bytes.meets(LOOKED_AT) {
            return content;
        }
        let expanded = self.resolved(content);
        if in_link || self.is_in_link() {
            return expanded;
        }
        autolink::linked(expanded)
    }

    fn resolved(&mut self, content: Vec<Inline>) -> Vec<Inline> {
        let stands_out = |inline: &Inline| match &inline.kind {
            InlineKind::Text(text) => {
                memchr::memchr2(b'{', b'[', text.as_bytes()).is_some()
                    && (text.contains("{{") || text.contains("[^"))
            }
            _ => false,
        };
        if !content.iter().any(stands_out) {
            return content;
        }
        let mut expanded = Vec::with_capacity(content.len() + 2);
        for inline in content {
            match inline.kind {
                InlineKind::Text(text) => {
                    self.note_lone_markers(&text, inline.span);
                    self.expand_text(&text, inline.span, &mut expanded);
                }
                _ => expanded.push(inline),
            }
        }
        expanded
    }

    fn expand_text(&mut self, text: &str, span: Span, out: &mut Vec<Inline>) {
        let verbatim = span.len() == text.len();
        let part = |range: Range<usize>| if verbatim { span.part(range) } else { span };
        let mut push = |text: &str, span: Span| {
            if !text.is_empty() {
                let kind = InlineKind::Text(text.to_owned());
                out.push(Inline { kind, span });
            }
        };
        let mut from = 0;
        while let Some(found) = Variables::find(text, from) {
            let place = part(found.start..found.end);
            push(&text[from..found.start], part(from..found.start));
            let value = self.slips.variable(found.name, || place);
            push(value.unwrap_or(&text[found.start..found.end]), place);
            from = found.end;
        }
        push(&text[from..], part(from..text.len()));
    }

    fn note_lone_markers(&mut self, text: &str, span: Span) {
        let mut from = 0;
        while let Some(at) = text[from..].find("[^") {
            let start = from + at;
            let Some(length) = text[start..].find(']') else {
                break;
            };
            let end = start + length + 1;
            let label = &text[start + 2..end - 1];
            if !label.is_empty() && !label.contains(char::is_whitespace) {
                let verbatim = span.len() == text.len();
                let place = if verbatim {
                    span.part(start..end)
                } else {
                    span
                };
                self.slips
                    .note(SlipKind::NoteMissing(label.to_owned()), place);
            }
            from = end;
        }
    }

    /// The range without white space at its end.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.text.text[range.clone()].trim_end();
        range.start..range.start + text.len()
    }

    fn finish(mut self) -> RichText {
        let end = self.text.text.len();
        let root = self
            .frames
            .pop()
            .expect("the root is opened first and closed here");
        let Frame::Blocks {
            mut blocks,
            loose_inlines,
            ..
        } = root
        else {
            unreachable!("the first frame is the root");
        };
        self.gather(&mut blocks, loose_inlines, 0..end);
        let notes = std::mem::take(&mut self.notes);
        for note in &notes {
            if !self.markers.contains(&note.label) {
                self.slips
                    .note(SlipKind::NoteUnused(note.label.clone()), note.span);
            }
        }
        RichText {
            blocks,
            notes,
            span: self.text.span,
            bytes: self.bytes,
        }
    }
}

/// The bytes that the letters of a text can have: Markdown only takes away (the words over a quotation that is set apart
/// are counted where they are added), but another letter may stand for an entity and a variable's value for the variable.
fn letters_of(text: &SourceText<'_>) -> ByteSet {
    const ENTITY: ByteSet = ByteSet::NONE.and(b"&");
    if text.may_have_variables() || text.bytes.meets(ENTITY) {
        ByteSet::ALL
    } else {
        text.bytes
    }
}

/// Adds an inline; text that goes on where the former text ended becomes one with it.
fn push_merging(content: &mut Vec<Inline>, inline: Inline) {
    if let InlineKind::Text(text) = &inline.kind
        && let Some(Inline {
            kind: InlineKind::Text(former),
            span,
        }) = content.last_mut()
        && span.end == inline.span.start
        && span.len() == former.len()
        && inline.span.len() == text.len()
    {
        former.push_str(text);
        span.end = inline.span.end;
        return;
    }
    if content.is_empty() {
        // Most texts have no other inline, and behind emphasis or a link a text follows.
        let is_text = matches!(inline.kind, InlineKind::Text(_));
        content.reserve_exact(if is_text { 1 } else { 2 });
    }
    content.push(inline);
}

/// Whether a tag is a line break, in any of its spellings.
fn is_line_break(html: &str) -> bool {
    let inside = html
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    inside.is_some_and(|inside| {
        inside
            .trim_end_matches('/')
            .trim()
            .eq_ignore_ascii_case("br")
    })
}

/// A file's name with the signs that `%20` and the like stand for.
fn without_percents(file: String) -> String {
    if !file.contains('%') {
        return file;
    }
    let bytes = file.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = file.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    match String::from_utf8(decoded) {
        Ok(decoded) if !decoded.contains(char::is_control) => decoded,
        _ => file,
    }
}

/// Whether a tag may stand within itself without end.
fn opens_depth(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn alignment(align: pulldown_cmark::Alignment) -> Alignment {
    match align {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::SourceFile;

    /// What is made of a text with the stretches it has, and with all of it as one that is marked.
    fn both_ways(text: &str) -> (bool, [String; 2]) {
        let file = Arc::new(SourceFile::new("a.toml", format!("'''\n{text}'''")));
        let variables = Variables::default();
        let source = SourceText::new(&file, Span::from(0..file.text().len()), text);
        let authored = Authored::new(&source.text, source.bytes, OPTIONS);
        let one = [Stretch::Marked(0..authored.text.len())];
        let own = match authored.is_as_written() {
            true => stretches(&source.text, source.bytes),
            false => one.to_vec(),
        };
        let has_plain = own.iter().any(|one| matches!(one, Stretch::Plain(_)));
        let made = [&own[..], &one[..]].map(|stretches| {
            let mut slips = Slips::new(&file, &variables);
            let read = read(&source, &authored, stretches, &mut slips);
            format!("{read:?} {:?}", slips.noted)
        });
        (has_plain, made)
    }

    #[test]
    fn plain_paragraphs_are_read_as_the_parser_reads_them_whatever_stands_around_them() {
        const PIECES: [&str; 32] = [
            "Vi går",
            "\n",
            "\n",
            "\n\n",
            "\n\n",
            "- en",
            "* to",
            "1. tre",
            "# Ti",
            "---",
            "===",
            "**nu**",
            " ",
            "  ",
            "    ",
            ": ja",
            "å",
            "•",
            ".",
            ", så ",
            "http://a.dk/x",
            "www.b.dk",
            "{navn}",
            "!",
            "(c)",
            "\"d\"",
            "+ e",
            "|",
            "> f",
            "2. maj",
            "\n  ",
            "\u{A0}",
        ];
        let mut plain = 0;
        for seed in 0..6_000_u64 {
            let mut rest = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut text = String::new();
            for _ in 0..12 {
                text.push_str(PIECES[(rest >> 59) as usize]);
                rest = rest.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
            }
            let (has_plain, [own, one]) = both_ways(&text);
            if has_plain {
                plain += 1;
                assert_eq!(own, one, "{text:?}");
            }
        }
        assert!(plain > 100, "{plain}");
    }
}
