//! Figures: what a drawing shows, in words. The drawing itself is `figure`'s.

use serde::Serialize;

use super::text::Texts;
use super::typography::{NO_BREAK, Typesetter};
use super::{Block, TextLanguage, danish_date};
use crate::model::{self, NamedBlock, Protocol, Skabelon, YearWheel};

/// A figure made from data. Its items carry numbers, in the drawing and in the list that says the same.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Its name, unique in the document. The PDF's drawing is a file of that name, `.svg` behind it.
    pub id: String,
    /// What it looks like.
    pub kind: FigureKind,
    /// Its anchor, where a reference leads to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// What it is called.
    pub title: String,
    /// What stands over it, where that is more than the title: "Figur 2: Sådan går det".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// What the drawing looks like, for those who do not see it.
    pub intro: String,
    /// What the drawing says, in one text.
    pub alt: String,
    /// What stands in the middle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle: Option<String>,
    /// The items, 3–12, in order.
    pub items: Vec<FigureItem>,
    /// Its language, where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<TextLanguage>,
    /// Whether the items are the skabelon's duties, whose dates change as they are met.
    #[serde(skip)]
    pub shows_duties: bool,
}

/// The kinds of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Stages in a ring.
    Circle,
    /// Steps, the first at the bottom.
    Stairs,
    /// The year, or fields of a wheel where no item has a date.
    Wheel,
    /// One after the other in time.
    Timeline,
    /// Circles in each other, the first innermost.
    Rings,
}

/// An item of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureItem {
    /// Its number in the figure.
    pub number: usize,
    /// What it is called.
    pub name: String,
    /// When it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Its place on a year wheel: the day of a common year, 1–365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_of_year: Option<u16>,
    /// What there is to say about it; it stands in the list alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Block>,
}

impl Figure {
    /// A figure with the words that say what it shows.
    pub fn new(
        id: String,
        kind: FigureKind,
        title: &str,
        middle: Option<&str>,
        items: Vec<FigureItem>,
    ) -> Self {
        let on_dates = items.iter().all(|item| item.day_of_year.is_some());
        let mut intro = kind.danish(on_dates).to_owned();
        if let Some(middle) = middle {
            intro.push_str(&format!(" I midten står: {}", sentence(middle)));
        }
        let mut alt = format!("{} {intro}", sentence(title));
        for item in &items {
            alt.push_str(&format!(" {}. {}", item.number, item.name));
            if let Some(when) = &item.when {
                alt.push_str(&format!(" ({when})"));
            }
            alt.push(';');
        }
        if alt.pop() == Some(';') {
            alt.push('.');
        }
        Self {
            id,
            kind,
            anchor: None,
            title: title.to_owned(),
            caption: None,
            intro,
            alt,
            middle: middle.map(str::to_owned),
            items,
            language: None,
            shows_duties: false,
        }
    }

    /// What stands over it.
    pub fn caption(&self) -> &str {
        self.caption.as_deref().unwrap_or(&self.title)
    }

    /// Whether the list says more than the wide drawing does.
    pub fn has_texts(&self) -> bool {
        self.items.iter().any(|item| !item.text.is_empty())
    }
}

impl FigureKind {
    /// The word that authors write.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Circle => "cirkel",
            Self::Stairs => "trappe",
            Self::Wheel => "hjul",
            Self::Timeline => "tidslinje",
            Self::Rings => "ringe",
        }
    }

    const fn danish(self, on_dates: bool) -> &'static str {
        match self {
            Self::Circle => {
                "Punkterne står i en ring. En pil går fra hvert punkt til det næste og fra det sidste \
                 tilbage til det første."
            }
            Self::Stairs => "Punkterne er trin på en trappe. Det første er det nederste.",
            Self::Wheel if on_dates => "Punkterne står på et årshjul, hvor januar er øverst.",
            Self::Wheel => "Punkterne er felter i et hjul.",
            Self::Timeline => "Punkterne står efter hinanden på en tidslinje.",
            Self::Rings => "Punkterne er ringe uden om hinanden. Den første er den inderste.",
        }
    }
}

/// A text with a full stop where it has no end of its own.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text}{stop}")
}

impl From<model::FigureKind> for FigureKind {
    fn from(kind: model::FigureKind) -> Self {
        match kind {
            model::FigureKind::Circle => Self::Circle,
            model::FigureKind::Stairs => Self::Stairs,
            model::FigureKind::Wheel => Self::Wheel,
            model::FigureKind::Timeline => Self::Timeline,
            model::FigureKind::Rings => Self::Rings,
        }
    }
}

/// The figures of one document, numbered as they come.
pub(super) struct Figures<'p> {
    made: usize,
    wheel: YearWheel<'p>,
}

impl<'p> Figures<'p> {
    /// For one document.
    pub(super) fn new(skabelon: &'p Skabelon, protocol: &Protocol) -> Self {
        Self {
            made: 0,
            wheel: YearWheel::of(skabelon, protocol),
        }
    }

    /// An author's figure; a wheel without items shows the duties. `None` where there is nothing to draw.
    pub(super) fn resolve(
        &mut self,
        figure: &model::Figure,
        named: &NamedBlock,
        texts: &mut Texts<'_>,
    ) -> Option<Figure> {
        let drawn = self.drawn(figure, texts)?;
        Some(Figure {
            anchor: named.is_referred_to.then(|| named.anchor.clone()),
            caption: numbered(named, "Figur", &drawn.title),
            language: TextLanguage::of(figure.language.as_ref()),
            ..drawn
        })
    }

    fn drawn(&mut self, figure: &model::Figure, texts: &mut Texts<'_>) -> Option<Figure> {
        let title = Typesetter::line(&figure.title.text);
        let Some(items) = &figure.items else {
            return self.of_duties(&title);
        };
        if !model::FIGURE_ITEMS.contains(&items.len()) {
            return None;
        }
        let items = items.iter().zip(1..);
        let items = items.map(|(item, number)| resolve_item(figure.kind, item, number, texts));
        let middle = figure.middle.as_ref();
        let middle = middle.map(|line| Typesetter::line(&line.text));
        let (id, kind) = (self.next_id(), figure.kind.into());
        Some(Figure::new(
            id,
            kind,
            &title,
            middle.as_deref(),
            items.collect(),
        ))
    }

    /// The year wheel that stands over the table of duties, where it says something that the author has not
    /// had drawn.
    pub(super) fn backmatter(&mut self, protocol: &Protocol) -> Option<Figure> {
        let mut drawn = false;
        protocol.visit(&mut |section| {
            let mut figures = section.figures.iter();
            drawn |= figures.any(|figure| figure.items.is_none());
        });
        let hidden = protocol.edition.wheel == Some(false);
        if hidden || drawn || !self.wheel.says_something() {
            return None;
        }
        self.of_duties("Årets gang")
    }

    fn next_id(&mut self) -> String {
        self.made += 1;
        format!("rp-figur-{}", self.made)
    }

    /// A wheel of the duties that have a date.
    fn of_duties(&mut self, title: &str) -> Option<Figure> {
        // The numbers go round as the hands of a clock.
        let mut dated = self.wheel.dated()?.to_vec();
        dated.sort_by_key(|(_, due)| model::day_of_common_year(*due));
        let items = dated.iter().zip(1..);
        let items = items.map(|((duty, due), number)| FigureItem {
            number,
            name: Typesetter::line(duty.what.text.trim_end_matches('.')),
            when: Some(format!(
                "{}, senest {}",
                duty.interval.danish(),
                danish_date(*due)
            )),
            day_of_year: Some(model::day_of_common_year(*due)),
            text: Vec::new(),
        });
        let items = items.collect();
        let figure = Figure::new(self.next_id(), FigureKind::Wheel, title, None, items);
        Some(Figure {
            shows_duties: true,
            ..figure
        })
    }
}

/// "Figur 2: Sådan går det", where references show the number.
pub(super) fn numbered(named: &NamedBlock, noun: &str, title: &str) -> Option<String> {
    let number = named.number?;
    let colon = if title.is_empty() { "" } else { ": " };
    Some(format!("{noun}{NO_BREAK}{number}{colon}{title}"))
}

fn resolve_item(
    kind: model::FigureKind,
    item: &model::FigureItem,
    number: usize,
    texts: &mut Texts<'_>,
) -> FigureItem {
    let when = item.when.as_ref();
    FigureItem {
        number,
        name: Typesetter::line(&item.name.text),
        when: when.map(|when| match when {
            model::When::Words(line) => Typesetter::line(&line.text),
            model::When::Day(date) => danish_date(date.value),
        }),
        day_of_year: when
            .filter(|_| kind == model::FigureKind::Wheel)
            .and_then(model::When::day_of_year),
        text: item
            .text
            .as_ref()
            .map_or_else(Vec::new, |text| texts.blocks(text)),
    }
}
