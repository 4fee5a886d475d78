//! RP211 `tegn-uden-skrift`: a letter that the PDF has no face for. A web page shows it, since browsers bring
//! faces of their own; on paper it is an empty box.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::text::{has_byte, has_letter};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    // Every alphabet of Europe is written with bytes below this one, and no face lacks those.
    let may_lack = |text: &str| has_byte(text, |byte| byte >= 0xD6);
    if !may_lack(&language.text) {
        return;
    }
    for passage in &language.passages {
        let text = &language.text[passage.range.clone()];
        if !may_lack(text) {
            continue;
        }
        let mut lacking = text.char_indices().filter(|(_, c)| !has_letter(*c));
        let Some((at, c)) = lacking.next() else {
            continue;
        };
        let more = lacking.count();
        let start = passage.range.start + at;
        let shown = match more {
            0 => format!("»{c}«"),
            _ => format!("»{c}« og {more} andre tegn her"),
        };
        findings.push(
            Finding::new(
                Code::TegnUdenSkrift,
                language.place(passage, start..start + c.len_utf8()),
                format!("PDF'en har ingen skrift til {shown}, så de bliver tomme felter på papir."),
            )
            .with_help(
                "På nettet kan teksten læses. Skal den på papir, så læg den som en PDF ved et bilag med fil, eller \
                 skriv den med et billede.",
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::harness::Repo;

    fn found(text: &str) -> Vec<String> {
        let section = format!("overskrift = 'A'\ntekst = '{text}'\n");
        Repo::of(&[("01-a.toml", &section)]).at("RP211")
    }

    #[test]
    fn a_passage_in_letters_that_paper_lacks_is_one_finding() {
        for text in ["שלום", "中文", "Godt 😀", "ყველას"] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        assert_eq!(found("Godt 😀 sagt 😀"), ["01-a.toml:2:15"]);
    }

    #[test]
    fn a_line_that_is_only_as_long_as_its_text_is_no_measure_for_places() {
        // The quotes and the escape add six bytes here, which the institution's name makes up for: the place is
        // the whole string, from its first quote.
        let section = "overskrift = \"Hej שלום! p\\u00e5 {{ navn }}\"\ntekst = 'x'\n";
        let repo = Repo::of(&[("01-a.toml", section)]);
        assert_eq!(repo.at("RP211"), ["01-a.toml:1:14"]);
    }

    #[test]
    fn the_languages_spoken_most_in_danish_care_are_printed() {
        for text in [
            "مرحبا بكم",
            "خوش آمدید، می\u{200c}خواهیم",
            "ሰላም ለኩም",
            "வணக்கம்",
            "Ласкаво просимо",
            "Zażółć gęślą jaźń",
            "Hoş geldiniz, İstanbul",
            "Xin chào, tiếng Việt",
            "Soo dhawow",
            "»Så« – § 5 … ½ °C €",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
