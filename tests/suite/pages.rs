//! Looks into what a build made: the text and headings of each format, and a PDF's pages.
//!
//! White space is left out of texts that are compared, since each format breaks its lines in places of its
//! own; all else must be the same.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// The headings of a web page's text, as `<level> <number> <heading>`.
pub fn html_headings(page: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut rest = html_body(page);
    while let Some(start) = rest.find("<h") {
        rest = &rest[start + 2..];
        let level = rest.chars().next().and_then(|level| level.to_digit(10));
        let Some(level) = level else { continue };
        let end = rest.find("</h").expect("a heading that begins ends");
        let text = without_tags(&format!("<h{}", &rest[..end]));
        headings.push(format!("{level} {}", folded(&text)));
        rest = &rest[end..];
    }
    headings
}

/// The headings of a Markdown file's text, in the same form.
pub fn markdown_headings(page: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut inside = None;
    let mut text = String::new();
    for event in markdown(page) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                inside = Some(level as usize);
                text.clear();
            }
            Event::End(TagEnd::Heading(_)) => {
                let level = inside.take().expect("a heading that ends began");
                headings.push(format!("{level} {}", folded(&text)));
            }
            Event::Text(piece) if inside.is_some() => text.push_str(&piece),
            _ => {}
        }
    }
    headings
}

/// The headings of everything in a `protokol.json` that has one, in the same form.
pub fn json_headings(document: &Value) -> Vec<String> {
    let mut headings = Vec::new();
    for part in parts(document) {
        part_headings(part, &mut headings);
    }
    headings
}

fn part_headings(part: &Value, headings: &mut Vec<String>) {
    let level = part["level"].as_u64().expect("a level") + 1;
    let number = part["number"].as_str().expect("a number");
    let heading = part["heading"].as_str().expect("a heading");
    headings.push(format!(
        "{level} {}",
        folded(&format!("{number} {heading}"))
    ));
    content_headings(&part["content"], level + 1, headings);
    for below in part["parts"].as_array().expect("the parts below") {
        part_headings(below, headings);
    }
}

/// Cards, dilemmas, roles, groups with a name and insertions have a heading one level below their part's.
fn content_headings(content: &Value, level: u64, headings: &mut Vec<String>) {
    for piece in content.as_array().expect("a list of content") {
        let heading = match piece["type"].as_str().expect("a type") {
            "card" | "dilemma" => &piece["situation"],
            "roles" => {
                for role in piece["items"].as_array().expect("a list of roles") {
                    let title = role["title"].as_str().expect("a title");
                    headings.push(format!("{level} {}", folded(title)));
                }
                continue;
            }
            "group" => &piece["name"],
            "inserted" => &piece["heading"],
            _ => continue,
        };
        if let Some(heading) = heading.as_str() {
            headings.push(format!("{level} {}", folded(heading)));
        }
        if piece["type"] == "inserted" {
            content_headings(&piece["content"], level + 1, headings);
        }
    }
}

/// Sections, back matter and appendices of a `protokol.json`, in the order of printing.
pub fn parts(document: &Value) -> impl Iterator<Item = &Value> {
    ["sections", "backmatter", "appendices"]
        .into_iter()
        .flat_map(|place| document[place].as_array().expect("a list of parts"))
}

/// All text of a web page's sections, without white space and without what only leads back and forth.
pub fn html_text(page: &str) -> String {
    let mut body = html_body(page).to_owned();
    for (from, to) in [
        ("<p class=\"back\">", "</p>"),
        ("<p class=\"fetch\">", "</p>"),
        ("<span class=\"unseen\">", "</span>"),
        ("<p class=\"label\">Noter", "</p>"),
        // A drawing says what the list beside it says.
        ("<svg", "</svg>"),
    ] {
        while let Some(start) = body.find(from) {
            let length = body[start..].find(to).expect("an element ends") + to.len();
            body.replace_range(start..start + length, "");
        }
    }
    packed(&without_tags(&body))
}

/// All text of a Markdown file's sections, without white space and without lines to write on.
pub fn markdown_text(page: &str) -> String {
    let mut text = String::new();
    let mut pictures = 0;
    for event in markdown(page) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(piece) if pictures == 0 && !piece.trim_matches('_').is_empty() => {
                text.push_str(&piece);
            }
            Event::Code(piece) | Event::FootnoteReference(piece) => text.push_str(&piece),
            _ => {}
        }
    }
    packed(&text)
}

/// Every text of a `protokol.json`'s parts that a reader sees, each without white space.
pub fn json_texts(document: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for part in parts(document) {
        collect(part, "", &mut |text| texts.push(packed(text)));
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// Every text of a piece of a `protokol.json` that a reader sees, as it stands there.
pub fn texts_of(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    collect(value, "", &mut |text| texts.push(text.to_owned()));
    texts
}

fn collect(value: &Value, key: &str, found: &mut dyn FnMut(&str)) {
    const FOR_MACHINES: [&str; 8] = ["id", "kind", "type", "url", "file", "alt", "path", "due"];
    match value {
        Value::String(text) if !FOR_MACHINES.contains(&key) => found(text),
        Value::Array(values) if key != "align" => {
            for value in values {
                collect(value, key, found);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                collect(value, key, found);
            }
        }
        _ => {}
    }
}

/// Fails where two texts begin to differ, and shows it.
#[track_caller]
pub fn assert_same_text(one: &str, other: &str) {
    let same = one
        .char_indices()
        .zip(other.chars())
        .take_while(|((_, one), other)| one == other)
        .last()
        .map_or(0, |((index, letter), _)| index + letter.len_utf8());
    let seen = |text: &str| {
        let before: String = text[..same].chars().rev().take(30).collect();
        let before: String = before.chars().rev().collect();
        let after: String = text[same..].chars().take(60).collect();
        format!("{before}▸{after}")
    };
    assert!(
        one == other,
        "the texts part here:\n{}\n{}",
        seen(one),
        seen(other)
    );
}

/// Text without any white space or word divisions, no-break spaces included.
pub fn packed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}')
        .collect()
}

/// Text with single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html_body(page: &str) -> &str {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("the main part ends");
    &page[start..end]
}

/// What a browser shows of a piece of a page: tags away, entities resolved.
pub fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let end = rest[start..].find('>').expect("a tag ends");
        rest = &rest[start + end + 1..];
    }
    text.push_str(rest);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#35;", "#"),
        ("&#58;", ":"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

/// The events of a Markdown file from the first section to the last.
fn markdown(page: &str) -> impl Iterator<Item = Event<'_>> {
    let start = page.find("\n## ").expect("a file has a section");
    let end = page.rfind("\n___\n").expect("a file ends with a line");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(&page[start..end], options)
}

/// A piece of text on a page, in points from the lower left corner.
#[derive(Clone, Debug)]
struct Piece {
    line: f32,
    from: f32,
    to: f32,
    /// The size of its letters, in points, as they are on paper.
    size: f32,
    text: String,
}

/// The widths of a font's letters, in thousandths of its size.
#[derive(Debug, Default)]
struct Widths(BTreeMap<u16, f32>);

impl Widths {
    /// How long a text of two bytes a letter is, with the moves between its pieces.
    fn length(&self, operands: &[Object], size: f32) -> f32 {
        let length = |operand: &Object| match operand {
            Object::String(letters, _) => letters
                .chunks_exact(2)
                .map(|pair| {
                    self.0
                        .get(&u16::from_be_bytes([pair[0], pair[1]]))
                        .unwrap_or(&0.0)
                })
                .sum(),
            Object::Array(pieces) => self.length(pieces, 1000.0),
            other => -other.as_float().unwrap_or(0.0),
        };
        operands.iter().map(length).sum::<f32>() * size / 1000.0
    }
}

/// A font of a PDF.
struct Font<'a> {
    widths: Widths,
    letters: Encoding<'a>,
}

/// The fonts that have been read, by the object that says what their letters are.
type Fonts<'a> = BTreeMap<ObjectId, Rc<Font<'a>>>;

impl Piece {
    /// Whether it stands on a page of this size, in points.
    fn is_inside(&self, width: f32, height: f32) -> bool {
        self.from > -1.0 && self.to < width + 1.0 && (0.0..height).contains(&self.line)
    }
}

/// What the letters of a text are, pieces and all.
fn decoded(operands: &[Object], encoding: &Encoding<'_>) -> String {
    let text = |operand: &Object| match operand {
        Object::String(letters, _) => {
            let text = Document::decode_text(encoding, letters);
            text.expect("letters that the font knows")
        }
        Object::Array(pieces) => decoded(pieces, encoding),
        _ => String::new(),
    };
    operands.iter().map(text).collect()
}

/// A matrix of PDF: what six numbers make of a point.
const IDENTITY: [f32; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// One matrix inside another.
fn within(inner: &[f32], outer: &[f32; 6]) -> [f32; 6] {
    let [a, b, c, d, e, f] = outer;
    [
        inner[0] * a + inner[1] * c,
        inner[0] * b + inner[1] * d,
        inner[2] * a + inner[3] * c,
        inner[2] * b + inner[3] * d,
        inner[4] * a + inner[5] * c + e,
        inner[4] * b + inner[5] * d + f,
    ]
}

/// Whether an object of a PDF has a name under a key.
fn is_named(object: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    let value = object.get(key).and_then(Object::as_name);
    value.is_ok_and(|value| value == name)
}

/// A PDF that a build made.
#[derive(Debug)]
pub struct Pdf(Document);

impl Pdf {
    /// Reads it.
    pub fn read(bytes: &[u8]) -> Self {
        Self(Document::load_mem(bytes).unwrap_or_else(|error| panic!("no PDF: {error}")))
    }

    /// How many pages it has.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.0.get_pages().len()).expect("a document has few pages")
    }

    /// The width and height of a page, counted from 1, in whole millimetres.
    pub fn size(&self, number: u32) -> (i64, i64) {
        let page = self.0.get_pages()[&number];
        let page = self.0.get_dictionary(page).expect("a page");
        let edges = page.get(b"MediaBox").and_then(Object::as_array);
        let millimetres = |edge: &Object| {
            let points = edge.as_float().expect("a number");
            (f64::from(points) / 72.0 * 25.4).round() as i64
        };
        let edges = edges.expect("a page has a size");
        (millimetres(&edges[2]), millimetres(&edges[3]))
    }

    /// The text of a page, counted from 1, without white space and word divisions.
    pub fn page(&self, number: u32) -> String {
        let text = self.0.extract_text(&[number]);
        packed(&text.unwrap_or_else(|error| panic!("page {number}: {error}"))).replace('-', "")
    }

    /// The numbers of the pages that show this text.
    pub fn pages_with(&self, text: &str) -> Vec<u32> {
        let text = packed(text).replace('-', "");
        (1..=self.pages())
            .filter(|number| self.page(*number).contains(&text))
            .collect()
    }

    /// The text of all pages.
    pub fn text(&self) -> String {
        (1..=self.pages()).map(|number| self.page(number)).collect()
    }

    /// The text that stands inside the pages in letters of at least so many points, without white space and hyphens. Running
    /// heads and feet are smaller than the text between them, so without them a sentence goes on over the page's end.
    pub fn text_of_size(&self, least: f32) -> String {
        let mut text = String::new();
        let mut fonts = Fonts::new();
        for number in 1..=self.pages() {
            let (width, height) = self.size_in_points(number);
            let pieces = self.pieces(number, &mut fonts).into_iter();
            let seen =
                pieces.filter(|piece| piece.size > least - 0.05 && piece.is_inside(width, height));
            text.extend(seen.map(|piece| piece.text));
        }
        packed(&text).replace('-', "")
    }

    /// The letters before each hyphen at the end of a piece of text, such as a line.
    pub fn divided(&self) -> Vec<String> {
        let mut fonts = Fonts::new();
        let mut divided = Vec::new();
        for number in 1..=self.pages() {
            let mut before = String::new();
            for piece in self.pieces(number, &mut fonts) {
                // A word that is drawn in parts has its hyphen by itself.
                let text = match piece.text.as_str() {
                    "-" | "\u{ad}" => format!("{before}-"),
                    text => text.replace('\u{ad}', "-"),
                };
                if let Some(line) = text.strip_suffix('-') {
                    let word = line.rsplit(|letter: char| !letter.is_alphanumeric()).next();
                    divided.extend(word.map(str::to_owned));
                }
                before = text;
            }
        }
        divided
    }

    /// What somebody who hears the document would meet in vain: groups with nothing in them, and links that say no more of
    /// their target than that it is a part.
    pub fn unsaid(&self) -> Vec<String> {
        let mut unsaid = Vec::new();
        for object in self.0.objects.values() {
            let Ok(object) = object.as_dict() else {
                continue;
            };
            let below = object.get(b"K").ok().map(|below| self.resolved(below));
            let is_empty = below.is_none_or(|below| below.as_array().is_ok_and(Vec::is_empty));
            if is_named(object, b"Type", b"StructElem") && is_empty {
                unsaid.push(format!("nothing in {:?}", object.get(b"S")));
            }
            let said = object.get(b"Contents").ok();
            let said = said.and_then(|said| lopdf::decode_text_string(said).ok());
            let is_link = is_named(object, b"Subtype", b"Link");
            if is_link && said.as_ref().is_none_or(|said| said.starts_with("Afsnit,")) {
                unsaid.push(format!("a link that says {said:?}"));
            }
        }
        unsaid
    }

    /// What a link that leads to a part is called, in the order of the file.
    pub fn links(&self) -> Vec<String> {
        let links = self.0.objects.values().filter_map(|object| {
            let object = object.as_dict().ok()?;
            let is_link = is_named(object, b"Subtype", b"Link");
            let said = lopdf::decode_text_string(object.get(b"Contents").ok()?).ok()?;
            is_link.then_some(said)
        });
        links.collect()
    }

    /// How near to the lower edge of a page, counted from 1, the words on it come, in whole millimetres.
    pub fn lowest(&self, number: u32) -> i64 {
        let pieces = self.pieces(number, &mut Fonts::new()).into_iter();
        let lowest = pieces.map(|piece| piece.line).fold(f32::MAX, f32::min);
        (lowest / 72.0 * 25.4).floor() as i64
    }

    /// From where to where on its line the first piece of text is drawn that has these letters, in whole millimetres.
    pub fn span(&self, text: &str) -> Option<(i64, i64)> {
        let mut fonts = Fonts::new();
        let pages = 1..=self.pages();
        let mut pieces = pages.flat_map(|number| self.pieces(number, &mut fonts));
        let piece = pieces.find(|piece| piece.text.contains(text))?;
        let millimetres = |points: f32| (points / 72.0 * 25.4).round() as i64;
        Some((millimetres(piece.from), millimetres(piece.to)))
    }

    /// How far to the right the words of a page reach, counted from 1, in whole millimetres.
    pub fn reaches(&self, number: u32) -> i64 {
        let pieces = self.pieces(number, &mut Fonts::new()).into_iter();
        let farthest = pieces.map(|piece| piece.to).fold(0.0, f32::max);
        (farthest / 72.0 * 25.4).round() as i64
    }

    /// The width and height of a page, counted from 1, in points.
    fn size_in_points(&self, number: u32) -> (f32, f32) {
        let (width, height) = self.size(number);
        (width as f32 / 25.4 * 72.0, height as f32 / 25.4 * 72.0)
    }

    /// What stands where it should not: words beyond the edge of the paper, and words on
    /// top of others on their line.
    pub fn astray(&self) -> Vec<String> {
        let mut fonts = Fonts::new();
        let pages = 1..=self.pages();
        pages
            .flat_map(|number| self.astray_on(number, &mut fonts))
            .collect()
    }

    fn astray_on<'a>(&'a self, number: u32, fonts: &mut Fonts<'a>) -> Vec<String> {
        let (width, height) = self.size_in_points(number);
        let mut pieces = self.pieces(number, fonts);
        let mut found = Vec::new();
        for piece in &pieces {
            if !piece.is_inside(width, height) {
                found.push(format!("page {number}: beyond the edge {piece:?}"));
            }
        }
        // Marks of notes stand a little higher than their line.
        let place = |piece: &Piece| (piece.line.round(), piece.from);
        pieces.sort_by(|one, other| place(one).partial_cmp(&place(other)).expect("numbers"));
        for pair in pieces.windows(2) {
            if pair[0].line.round() == pair[1].line.round() && pair[0].to > pair[1].from + 2.0 {
                found.push(format!("page {number}: on top of each other {pair:?}"));
            }
        }
        found
    }

    /// The pieces of text on a page, each as long as typst drew it in one go.
    fn pieces<'a>(&'a self, number: u32, known: &mut Fonts<'a>) -> Vec<Piece> {
        let page = self.0.get_pages()[&number];
        let fonts = self.0.get_page_fonts(page).expect("a page has fonts");
        let fonts: BTreeMap<Vec<u8>, Rc<Font<'_>>> = fonts
            .into_iter()
            .map(|(name, font)| (name, self.font(font, known)))
            .collect();
        let content = self
            .0
            .get_and_decode_page_content(page)
            .expect("a page has content");
        let mut pieces = Vec::new();
        let mut outer = vec![IDENTITY];
        let (mut text, mut font, mut size) = (IDENTITY, None, 0.0);
        for operation in &content.operations {
            let numbers = || {
                let numbers = operation.operands.iter();
                numbers
                    .map(|number| number.as_float().unwrap_or(0.0))
                    .collect::<Vec<f32>>()
            };
            match operation.operator.as_str() {
                "q" => outer.push(*outer.last().expect("never empty")),
                "Q" => drop(outer.pop()),
                "cm" => {
                    let last = outer.last_mut().expect("never empty");
                    *last = within(&numbers(), last);
                }
                "BT" => text = IDENTITY,
                "Tm" => text = within(&numbers(), &IDENTITY),
                "Tf" => {
                    let name = operation.operands[0].as_name().expect("a name");
                    font = fonts.get(name);
                    size = operation.operands[1].as_float().expect("a size");
                }
                "Tj" | "TJ" => {
                    let font = font.expect("text has a font");
                    let length = font.widths.length(&operation.operands, size);
                    let place = within(&text, outer.last().expect("never empty"));
                    let to = place[4] + length * place[0];
                    // What is turned or drawn without width is no text on a line.
                    if place[1].abs() < 0.01 && length > 0.0 {
                        pieces.push(Piece {
                            line: place[5],
                            from: place[4],
                            to,
                            size: size * place[3].abs(),
                            text: decoded(&operation.operands, &font.letters),
                        });
                    }
                    text[4] += length * text[0];
                }
                _ => {}
            }
        }
        pieces
    }

    /// A font, which is read once for all pages.
    fn font<'a>(&'a self, font: &'a Dictionary, known: &mut Fonts<'a>) -> Rc<Font<'a>> {
        let letters = font.get(b"ToUnicode").and_then(Object::as_reference);
        let letters = letters.expect("a font says what its letters are");
        let read = || {
            Rc::new(Font {
                widths: self.widths(font),
                letters: font.get_font_encoding(&self.0).expect("letters to read"),
            })
        };
        Rc::clone(known.entry(letters).or_insert_with(read))
    }

    fn widths(&self, font: &Dictionary) -> Widths {
        let below = self.resolved(
            font.get(b"DescendantFonts")
                .expect("a font of many letters"),
        );
        let below = self.resolved(&below.as_array().expect("a list")[0]);
        let below = below.as_dict().expect("a font");
        let mut widths = Widths::default();
        let Ok(list) = below.get(b"W") else {
            return widths;
        };
        let list = self.resolved(list).as_array().expect("a list");
        let mut at = 0;
        while at + 1 < list.len() {
            let first = u16::try_from(list[at].as_i64().expect("a letter")).expect("two bytes");
            if let Ok(each) = self.resolved(&list[at + 1]).as_array() {
                let each = each.iter().map(|width| width.as_float().expect("a width"));
                widths.0.extend((first..).zip(each));
                at += 2;
            } else {
                let last =
                    u16::try_from(list[at + 1].as_i64().expect("a letter")).expect("two bytes");
                let width = list[at + 2].as_float().expect("a width");
                widths
                    .0
                    .extend((first..=last).map(|letter| (letter, width)));
                at += 3;
            }
        }
        widths
    }

    /// The language it says it is in.
    pub fn language(&self) -> String {
        let language = self.catalog().get(b"Lang").expect("a language");
        lopdf::decode_text_string(language).expect("a text")
    }

    /// Whether it says that its structure is marked for screen readers.
    pub fn is_marked(&self) -> bool {
        let marks = self.resolved(self.catalog().get(b"MarkInfo").expect("marks"));
        let marks = marks.as_dict().expect("a dictionary");
        marks
            .get(b"Marked")
            .is_ok_and(|marked| *marked == Object::Boolean(true))
    }

    /// The bookmarks in order, two spaces deeper for each level.
    pub fn bookmarks(&self) -> Vec<String> {
        let mut titles = Vec::new();
        let outlines = self.resolved(self.catalog().get(b"Outlines").expect("bookmarks"));
        self.bookmarks_below(outlines.as_dict().expect("a dictionary"), "", &mut titles);
        titles
    }

    fn bookmarks_below(&self, above: &Dictionary, indent: &str, titles: &mut Vec<String>) {
        let mut next = above.get(b"First").ok();
        while let Some(item) = next {
            let item = self.resolved(item).as_dict().expect("a bookmark");
            let title = self.resolved(item.get(b"Title").expect("a title"));
            let title = lopdf::decode_text_string(title).expect("a text");
            titles.push(format!("{indent}{}", folded(&title)));
            self.bookmarks_below(item, &format!("{indent}  "), titles);
            next = item.get(b"Next").ok();
        }
    }

    fn catalog(&self) -> &Dictionary {
        self.0.catalog().expect("a PDF has a catalog")
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.0
            .dereference(object)
            .expect("an object that is there")
            .1
    }
}
