//! RP006 `raa-html`: HTML in a text.

use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn finding(place: Place, html: &str) -> Finding {
    let message = if html.starts_with("<!--") {
        "Teksten har en skjult HTML-kommentar.".to_owned()
    } else {
        format!("Teksten indeholder HTML: {}", shown(html))
    };
    Finding::new(Code::RaaHtml, place, message).with_help(help(html))
}

/// The first tag of what was typed, in quotes.
fn shown(html: &str) -> String {
    let end = html.find('>').map_or(html.len(), |at| at + 1);
    format!("»{}«.", &html[..end])
}

fn help(html: &str) -> String {
    let name: String = html
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    match name.to_ascii_lowercase().as_str() {
        "" if html.starts_with("<!--") => {
            "Slet kommentaren, eller flyt den til en linje for sig uden for teksten: note = \"…\"".to_owned()
        }
        "br" => "Skriv en omvendt skråstreg sidst på linjen, hvor læseren skal se en ny linje. I en tabel kan du \
                 skrive <br> i feltet."
            .to_owned(),
        "p" | "div" => {
            "Slet det, og sæt en tom linje ind, hvor læseren skal se et nyt afsnit.".to_owned()
        }
        "b" | "strong" => "Skriv fed tekst med to stjerner på hver side: **ordet**".to_owned(),
        "i" | "em" => "Skriv kursiv med en stjerne på hver side: *ordet*".to_owned(),
        "ul" | "ol" | "li" => {
            "Skriv hvert punkt på sin egen linje med en bindestreg og et mellemrum foran: - punktet. I en tabel \
             kan du skrive <br> mellem punkterne."
                .to_owned()
        }
        "a" => "Skriv linket som [tekst](https://…)".to_owned(),
        "img" => "Skriv billedet som ![hvad billedet viser](billeder/navn.png)".to_owned(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            "Lav et underafsnit: Skriv [[afsnit]] på en linje for sig og overskrift = \"…\" på den næste."
                .to_owned()
        }
        _ => format!(
            "Slet det. Skal læseren se tegnene, som de står, så sæt dem mellem accenttegn: `{}`",
            html.trim_end()
        ),
    }
}
