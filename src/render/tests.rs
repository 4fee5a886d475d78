//! What every format promises.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fixture::{self, HOSTILE};
use super::frame::STYLE_SHEET;
use super::*;
use crate::document::{Content, StatusKind};

const ALL: &Links = &Links {
    pdf: true,
    docx: true,
    markdown: true,
    json: true,
    area: true,
    forms: BTreeMap::new(),
    cards: false,
    cards_pdf: false,
    editions: Vec::new(),
    is_edition: false,
};

fn renderer() -> Renderer {
    Renderer::new(&Overrides::default()).expect("the built-in templates compile")
}

/// A page as what one reads of it.
fn text(page: anyhow::Result<Vec<u8>>) -> String {
    let page = page.expect("the templates have what they ask for");
    String::from_utf8(page).expect("what is made of texts is one")
}

fn html(more: &'static str) -> String {
    text(renderer().html(&fixture::document(more), &fixture::pictures(), ALL))
}

fn markdown(more: &'static str) -> String {
    text(renderer().markdown(&fixture::document(more)))
}

/// A tag of a page, or the text between two tags with its entities read.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Tag(&'a str),
    Text(String),
}

/// The body of a page as tags and texts. A `<` that is no tag's cannot be there: it is escaped.
fn tokens(page: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = &page[page.find("<body").expect("a page has a body")..];
    while let Some(start) = rest.find('<') {
        if start > 0 {
            tokens.push(Token::Text(entities(&rest[..start])));
        }
        let end = start + rest[start..].find('>').expect("a tag ends");
        tokens.push(Token::Tag(&rest[start + 1..end]));
        rest = &rest[end + 1..];
    }
    tokens
}

fn entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// The values of an attribute in a page, in order.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("{name}=\"");
    let mut values = Vec::new();
    for token in tokens(page) {
        let Token::Tag(tag) = token else { continue };
        for (at, _) in tag.match_indices(&begin) {
            if tag[..at].ends_with(' ') {
                let value = &tag[at + begin.len()..];
                values.push(&value[..value.find('"').expect("a value ends")]);
            }
        }
    }
    values
}

/// Level and words of each heading, without white space.
fn headings_of_html(page: &str) -> Vec<(usize, String)> {
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for token in tokens(page) {
        match token {
            Token::Tag(tag) if is_heading(tag) => {
                let level = tag[1..2].parse().expect("a heading has a level");
                headings.push((level, String::new()));
                inside = true;
            }
            Token::Tag(tag) if tag.starts_with('/') && is_heading(&tag[1..]) => inside = false,
            Token::Text(text) if inside => {
                headings.last_mut().expect("inside one").1.push_str(&text);
            }
            _ => {}
        }
    }
    squeeze(headings)
}

fn is_heading(tag: &str) -> bool {
    let mut bytes = tag.bytes();
    bytes.next() == Some(b'h') && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

fn headings_of_markdown(text: &str) -> Vec<(usize, String)> {
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for event in parse(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.push((level as usize, String::new()));
                inside = true;
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                headings.last_mut().expect("inside one").1.push_str(&text);
            }
            _ => {}
        }
    }
    squeeze(headings)
}

fn squeeze(headings: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    headings
        .into_iter()
        .map(|(level, text)| (level, squeezed(text)))
        .collect()
}

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS,
    )
}

/// Letters, figures and signs in order, without white space and lines to write on.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .collect()
}

/// The letters of a page's `main`, in order; without the words that only the page has.
fn letters_of_html(page: &str) -> String {
    let main = &page[page.find("<main").expect("a page has a main")
        ..page.find("</main>").expect("a page has a main")];
    let only_here = [
        "<p class=\"label\">Noter</p>",
        "<span class=\"unseen\">Note </span>",
    ];
    let mut main = format!("<body>{main}<");
    main.pop();
    for words in only_here {
        main = main.replace(words, "");
    }
    while let Some(start) = main.find("<p class=\"back\">") {
        let end = start + main[start..].find("</p>").expect("a paragraph ends");
        main.replace_range(start..end, "");
    }
    let mut text = String::new();
    for token in tokens(&main) {
        match token {
            Token::Text(piece) => text.push_str(&piece),
            Token::Tag(tag) if tag.starts_with("img ") => {
                let alt = tag.split("alt=\"").nth(1).expect("a picture has a text");
                text.push_str(&entities(alt.trim_end_matches('"')));
            }
            // The number of a note is its item's.
            Token::Tag(_) => {}
        }
    }
    letters(&text)
}

/// The letters of the Markdown from its first section on.
fn letters_of_markdown(text: &str) -> String {
    let start = text.find("\n## ").expect("there is a section");
    let end = text.rfind("\n___\n").expect("there is a footer");
    let mut letters_found = String::new();
    for event in parse(&text[start..end]) {
        match event {
            Event::Text(text) | Event::Code(text) => letters_found.push_str(&text),
            Event::FootnoteReference(number) => letters_found.push_str(&number),
            _ => {}
        }
    }
    letters(&letters_found)
}

#[test]
fn html_and_markdown_have_the_same_headings_in_the_same_order() {
    for more in ["", HOSTILE] {
        let of_html = headings_of_html(&html(more));
        assert_eq!(of_html, headings_of_markdown(&markdown(more)));
        assert_eq!(of_html.len(), 19);
    }
    let words = headings_of_html(&html(""));
    assert_eq!(
        words[0],
        (1, "Rusmiddelprotokol Botilbuddet Birkely".to_owned())
    );
    assert_eq!(words[1], (2, "1 Hvad er en rusmiddelprotokol?".to_owned()));
    assert_eq!(words[12], (2, "Bilag 1 Husorden".to_owned()));
}

#[test]
fn html_and_markdown_have_the_same_text_in_the_same_order() {
    assert_eq!(
        letters_of_html(&html("")),
        letters_of_markdown(&markdown(""))
    );
}

#[test]
fn hostile_text_is_read_as_typed_in_html_and_markdown() {
    let of_html = letters_of_html(&html(HOSTILE));
    assert_eq!(of_html, letters_of_markdown(&markdown(HOSTILE)));
    let count = of_html.matches(&letters(HOSTILE)).count();
    assert!(count > 100, "only {count} texts end as they were typed");
}

#[test]
fn hostile_text_adds_no_element_to_a_page() {
    let elements = |page: &str| {
        let names: Vec<_> = tokens(page)
            .into_iter()
            .filter_map(|token| match token {
                Token::Tag(tag) => Some(tag.split([' ', '\n']).next().unwrap_or("").to_owned()),
                Token::Text(_) => None,
            })
            // Where a long text may be broken is for the text to say.
            .filter(|name| name != "wbr")
            .collect();
        names
    };
    assert_eq!(elements(&html(HOSTILE)), elements(&html("")));
    let area = |more| text(renderer().area(&fixture::area(more)));
    assert_eq!(elements(&area(HOSTILE)), elements(&area("")));
    let own = format!("<script id=\"_side\">{}</script>", frame::SCRIPT);
    for (page, scripts) in [(html(HOSTILE), 1), (area(HOSTILE), 0)] {
        assert_eq!(page.matches(&own).count(), scripts);
        let page = page.replace(&own, "");
        assert!(!page.contains("<script"), "a script got in");
        assert_eq!(page.matches("</title>").count(), 1);
        assert!(!page.contains(" onmouseover=\"x"), "an attribute got in");
    }
}

#[test]
fn a_page_has_one_h1_and_skips_no_level() {
    let levels: Vec<_> = headings_of_html(&html(""))
        .into_iter()
        .map(|(level, _)| level)
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

#[test]
fn ids_are_unique_and_every_link_inside_the_page_arrives() {
    let page = html("");
    let ids = attributes(&page, "id");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let inside: Vec<_> = attributes(&page, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'))
        .map(|id| id.replace("%C3%A6", "æ"))
        .collect();
    assert!(inside.len() > 15);
    for id in inside {
        assert!(unique.contains(id.as_str()), "#{id} leads nowhere");
    }
}

#[test]
fn a_page_asks_for_no_other_file_and_links_nowhere_unsafe() {
    for page in [html(""), html(HOSTILE)] {
        for src in attributes(&page, "src") {
            assert!(src.starts_with("data:image/gif;base64,R0lGOD"), "{src}");
        }
        for href in attributes(&page, "href") {
            let known = [
                "#",
                "https://",
                "mailto:",
                "tel:",
                "protokol.",
                "filer/vold",
                "../index.html",
            ];
            assert!(known.iter().any(|start| href.starts_with(start)), "{href}");
        }
        let head = &page[..page.find("<body").expect("a page has a body")];
        assert!(!head.contains("url("), "the style sheet fetches something");
        assert!(
            !head.contains("@import"),
            "the style sheet fetches something"
        );
        for (at, _) in head.match_indices("<link") {
            let is_within = head[at..].starts_with("<link rel=\"icon\" href=\"data:");
            assert!(is_within, "the head fetches something");
        }
    }
}

#[test]
fn the_address_of_a_link_is_encoded() {
    let href = "https://sundhed.test/rus?a=1&amp;b=%282%29%22x";
    assert!(html("").contains(&format!("<a href=\"{href}\">Sundhedsoplysningen</a><sup>")));
    assert!(markdown("").contains(&format!("[Sundhedsoplysningen]({href})[^2]")));
}

#[test]
fn the_header_links_only_to_what_lies_beside_the_page() {
    let page =
        |formats| text(renderer().html(&fixture::document(""), &Pictures::default(), &formats));
    let with_pdf = page(Links {
        pdf: true,
        ..Links::default()
    });
    assert!(with_pdf.contains("<a href=\"protokol.pdf\">Hent som PDF</a>"));
    assert!(!with_pdf.contains("protokol.md"));
    assert!(!page(Links::default()).contains("class=\"formats\""));
}

#[test]
fn the_telephone_in_the_head_dials_the_first_number_alone() {
    let head = |phone: &str| {
        let mut document = fixture::document("");
        document.institution.phone = Some(phone.to_owned());
        text(renderer().html(&document, &Pictures::default(), &Links::default()))
    };
    assert!(head("112 (24 timer)").contains("<a href=\"tel:112\">112 (24 timer)</a>"));
    let page = head("spørg i receptionen");
    assert!(page.contains(" · spørg i receptionen · "), "{page}");
}

#[test]
fn a_form_is_fetched_at_its_own_heading() {
    let forms = BTreeMap::from([("min-aftale".to_owned(), "formular-aftale.pdf".to_owned())]);
    let mut document = fixture::document("");
    let part = document.appendices.first_mut().expect("it has appendices");
    part.id = "min-aftale".to_owned();
    part.heading = "Aftale & mere".to_owned();
    part.readers = None;
    let links = Links {
        forms,
        ..Links::default()
    };
    let page = text(renderer().html(&document, &Pictures::default(), &links));
    let link = "Aftale &amp; mere</h2>\n<p class=\"fetch\"><a href=\"formular-aftale.pdf\">Hent\
                <span class=\"unseen\"> »Aftale &amp; mere«</span> som blanket (PDF)</a></p>";
    assert!(page.contains(link), "{page}");
    assert_eq!(page.matches("class=\"fetch\"").count(), 1);
}

#[test]
fn a_draft_says_so_on_top_and_on_every_printed_page() {
    let page = html("");
    assert!(page.contains("<strong>UDKAST</strong>"));
    assert!(page.contains("@top-left{content:\"UDKAST\"}"));
    assert!(markdown("").starts_with("**UDKAST**"));
    let mut finished = fixture::document("");
    finished.draft = false;
    finished.edition.status.kind = StatusKind::Approved;
    finished.edition.status.label = "GÆLDENDE";
    let page = text(renderer().html(&finished, &Pictures::default(), ALL));
    assert!(!page.contains("UDKAST"));
    assert!(page.contains("@top-left{content:\"G\\c6 LDENDE\"}"));
    finished.edition.status.kind = StatusKind::Changed;
    finished.edition.status.label = "ÆNDRET SIDEN GODKENDELSE";
    let page = text(renderer().markdown(&finished));
    assert!(page.starts_with("**ÆNDRET SIDEN GODKENDELSE** Der er ændret"));
}

#[test]
fn a_footnote_is_printed_once_with_a_way_back() {
    let page = html("");
    assert!(page.contains("<sup><a href=\"#_fod-1\" id=\"_fod-1-her\">"));
    assert_eq!(page.matches("href=\"#_fod-1-her\"").count(), 1);
    assert_eq!(page.matches("<li value=\"1\" id=\"_fod-1\">").count(), 1);
    assert_eq!(markdown("").matches("[^1]: ").count(), 1);
}

#[test]
fn a_slip_in_a_number_of_lines_fills_no_memory() {
    let mut document = fixture::document("");
    document.sections[0].content = vec![Content::Group {
        name: None,
        items: vec![crate::document::Question {
            number: 1,
            text: Vec::new(),
        }],
        lines: u32::MAX,
        language: None,
    }];
    let page = text(renderer().html(&document, &Pictures::default(), ALL));
    assert!(page.matches("class=\"line\"").count() < 100);
}

#[test]
fn an_area_has_its_own_looks_in_place_of_the_built_in_ones() {
    let overrides = Overrides {
        html: BTreeMap::from([
            (
                "protokol.html".to_owned(),
                "{% include \"hoved.html\" %}<i>{{ body }}</i>{{ style }}".to_owned(),
            ),
            (
                "hoved.html".to_owned(),
                "<b>{{ full_title }}</b>".to_owned(),
            ),
            ("style.css".to_owned(), "i { } /* </style> */".to_owned()),
        ]),
        md: BTreeMap::from([("protokol.md".to_owned(), "{{ title }}: *x*".to_owned())]),
    };
    let renderer = Renderer::new(&overrides).expect("these templates compile");
    let mut document = fixture::document("");
    document.title = "A <b> *c*".to_owned();
    document.sections.clear();
    document.backmatter.clear();
    document.appendices.clear();
    let page = text(renderer.html(&document, &Pictures::default(), ALL));
    assert_eq!(
        page,
        "<b>A &lt;b&gt; *c* – Botilbuddet Birkely – version 2.1</b><i></i>i { } /* <\\/style> */"
    );
    let written = text(renderer.markdown(&document));
    assert_eq!(written, "A \\<b> \\*c\\*: *x*");
}

#[test]
fn a_broken_template_is_named() {
    let overrides = Overrides {
        html: BTreeMap::from([("protokol.html".to_owned(), "{% if %}".to_owned())]),
        md: BTreeMap::new(),
    };
    let error = Renderer::new(&overrides).expect_err("this is no template");
    assert!(format!("{error:#}").contains("protokol.html"), "{error:#}");
}

#[test]
fn json_is_on_lines_of_its_own_and_ends_with_one() {
    let json = json(&fixture::document(""));
    assert!(json.starts_with("{\n  \"version\": 1,\n  \"language\": \"da\",\n"));
    assert!(json.ends_with("\n}\n"));
}

#[test]
fn markdown_sets_apart_what_the_page_sets_apart() {
    let text = markdown("");
    for expected in [
        "> **Fælles tekst for Området for Botilbud ved Fjorden**\n>\n> Protokollen siger,",
        "1. Råb, og rusk i skulderen.\n\n   **Den, der er tættest på** · Straks\n\n2. ",
        "\n\n   Hjemmel: straffeloven § 191\n",
        "**Det her hjælper mig**\n\n\\____",
        "- [ ] Jeg vil gerne mindes om min medicin\n",
        "| Hvad | Hvem | Hvor tit | Næste gang |\n| --- | :--- | :---: | ---: |\n| Læse",
        "* [x] Nøglen er hentet\n* [ ] Døren er låst\n",
        "3. Se efter\n\n4. Spørg venligt\n",
        "\n## <a id=\"husorden\"></a>Bilag 1 Husorden\n\nTil borgere og pårørende\n",
        "[Bilag 1](#husorden)",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
}

/// The two palettes of the style sheet: by day, and for readers who asked for a dark page.
fn palettes() -> [&'static str; 2] {
    let (day, rest) = STYLE_SHEET
        .split_once("\n}\n")
        .expect("the day comes first");
    let (_, night) = rest
        .split_once("(prefers-color-scheme: dark) {")
        .expect("the night follows");
    let (night, _) = night.split_once("\n  }\n").expect("the night ends");
    [day, night]
}

/// The custom properties of a palette whose names begin so: name and the three colour channels.
fn colours(palette: &'static str, kind: &str) -> Vec<(&'static str, [u8; 3])> {
    palette
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"))
        .filter(|(name, _)| name.starts_with(kind))
        .map(|(name, value)| {
            let channel =
                |at| u8::from_str_radix(&value[at..at + 2], 16).expect("a colour has six figures");
            (name, [channel(0), channel(2), channel(4)])
        })
        .collect()
}

/// The contrast of two colours as WCAG 2.1 defines it.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let [red, green, blue] = colour.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[test]
fn every_colour_of_text_is_easily_read_on_every_ground() {
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 0.01);
    for palette in palettes() {
        let grounds = colours(palette, "ground-");
        assert!(grounds.len() >= 3);
        for (kind, least) in [("text-", 7.0), ("line-", 3.0)] {
            let colours = colours(palette, kind);
            assert!(colours.len() >= 3);
            for (name, colour) in colours {
                for (ground, behind) in &grounds {
                    let ratio = contrast(colour, *behind);
                    assert!(ratio >= least, "{name} on {ground}: {ratio:.2}");
                }
            }
        }
    }
}

#[test]
fn the_dark_palette_names_what_the_light_one_names() {
    let names = |palette: &'static str| {
        let mut names: Vec<_> = colours(palette, "")
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names
    };
    let [day, night] = palettes();
    assert_eq!(names(day), names(night));
}

#[test]
fn colours_are_named_in_one_place() {
    let rest = STYLE_SHEET
        .split_once("\n}\n")
        .expect("the names come first")
        .1;
    let rest = rest.replace(palettes()[1], "");
    let rest = rest.as_str();
    // The margins of paper take no custom properties everywhere, and a drawing has its own paper.
    let allowed = ["#1a1a1a", "#454545", "#ffffff"];
    for (at, _) in rest.match_indices('#') {
        let colour = &rest[at..at + 7];
        assert!(allowed.contains(&colour), "{colour} has no name");
    }
    for property in ["color: var(--", "background: var(--"] {
        for (at, _) in rest.match_indices(property) {
            let name = &rest[at + property.len()..];
            let kind = if property.starts_with("color") {
                "text-"
            } else {
                "ground-"
            };
            // The other way round, light on dark, the contrast is the same.
            let is_reversed = name.starts_with("ground-page)") || name.starts_with("text-ink)");
            assert!(
                name.starts_with(kind) || is_reversed,
                "{property}{}",
                &name[..12]
            );
        }
    }
}

#[test]
fn a_page_allows_its_own_script_by_its_hash_and_no_other() {
    let page = html("");
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1);
    let policy = policy.and_then(|rest| rest.split('"').next());
    let hash = script_hash();
    assert_eq!(
        policy,
        Some(&*format!(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{hash}'"
        ))
    );
}
