//! RP007 `overskrift-i-tekst`: a Markdown heading inside a text.

use crate::check::texts::typed;
use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn finding(place: Place, heading: &str) -> Finding {
    let heading = heading.trim();
    if heading.is_empty() {
        return Finding::new(
            Code::OverskriftITekst,
            place,
            "Linjen er en overskrift uden ord.",
        )
        .with_help("Slet linjen med #.");
    }
    let underlined = !place.file.slice(place.span).starts_with('#');
    let mut help = format!(
        "Lav et underafsnit: Skriv [[afsnit]] på en linje for sig, overskrift = {} på den næste, og flyt \
         teksten derned under tekst = '''. Skal ordene kun fremhæves, så skriv **{heading}**",
        typed::string(heading)
    );
    if underlined {
        help.push_str(" Mente du en streg, så sæt en tom linje over den.");
    }
    Finding::new(
        Code::OverskriftITekst,
        place,
        format!("»{heading}« er skrevet som en overskrift inde i teksten."),
    )
    .with_help(help)
}
