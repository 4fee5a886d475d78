//! RP008 `usynlige-tegn`: a character nobody sees but that changes what is read.

use crate::diag::{Code, Finding};
use crate::text::Place;

pub(super) fn finding(place: Place, c: char) -> Finding {
    let message = format!(
        "Her står et usynligt tegn: U+{:04X} ({}).",
        u32::from(c),
        name(c)
    );
    let help = match c {
        '\u{AD}' => {
            "Slet ordet, og skriv det igen uden den bløde bindestreg. rusprot deler selv lange ord."
        }
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {
            "Slet ordene på begge sider af stedet, og skriv dem igen i hånden."
        }
        '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => {
            "Slet tegnet, og lav linjeskiftet med Enter."
        }
        _ => {
            "Slet ordene på begge sider af stedet, og skriv dem igen i hånden. Er teksten kopieret, så sæt \
             den ind som ren tekst."
        }
    };
    Finding::new(Code::UsynligeTegn, place, message).with_help(help)
}

/// What a character does, in a few words.
fn name(c: char) -> &'static str {
    match c {
        '\u{AD}' => "blød bindestreg",
        '\u{61C}' => "arabisk retningsmærke",
        '\u{180E}' => "mongolsk vokalskille",
        '\u{200B}' => "mellemrum uden bredde",
        '\u{200C}' => "skille uden bredde",
        '\u{200D}' => "binding uden bredde",
        '\u{200E}' => "retningsmærke, venstre-til-højre",
        '\u{200F}' => "retningsmærke, højre-til-venstre",
        '\u{2028}' => "linjeskille",
        '\u{2029}' => "afsnitsskille",
        '\u{202A}' => "indlejret venstre-til-højre",
        '\u{202B}' => "indlejret højre-til-venstre",
        '\u{202C}' => "slut på skriveretning",
        '\u{202D}' => "tvungen venstre-til-højre",
        '\u{202E}' => "tvungen højre-til-venstre",
        '\u{2060}' => "ordbinding uden bredde",
        '\u{2066}' => "afskærmet venstre-til-højre",
        '\u{2067}' => "afskærmet højre-til-venstre",
        '\u{2068}' => "afskærmet skriveretning",
        '\u{2069}' => "slut på afskærmning",
        '\u{FEFF}' => "BOM-mærke inde i teksten",
        '\u{E0000}'..='\u{E007F}' => "skjult mærkat",
        '\u{2061}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' => "skjult formattegn",
        '\0' => "nultegn",
        '\u{B}' | '\u{C}' => "sideskift eller lodret ryk",
        '\r' => "vognretur",
        '\u{1B}' => "escape",
        _ => "styretegn",
    }
}
