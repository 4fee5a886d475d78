//! RP202 `doedt-link`: a link that can never lead anywhere, seen from how it is written alone.

use crate::check::Context;
use crate::diag::{Code, Finding};
use crate::load::FileName;
use crate::model::{Inline, InlineKind, Reference, ReferenceKind};
use crate::text::Place;

/// Names that are set aside for examples (RFC 2606) and the computer itself.
const EXAMPLE_HOSTS: [&str; 3] = ["example.com", "example.org", "example.net"];
const RESERVED_ENDINGS: [&str; 4] = ["example", "invalid", "test", "localhost"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_inlines(&mut |section, inline| {
        check_link(inline, &|| section.place(inline.span), findings);
    });
    context.visit_obligatory("](", &mut |text, _| {
        text.visit_inlines(&mut |inline| {
            check_link(inline, &|| context.skabelon_place(inline.span), findings);
        });
    });
}

fn check_link(inline: &Inline, place: &dyn Fn() -> Place, findings: &mut Vec<Finding>) {
    let InlineKind::Link { target, .. } = &inline.kind else {
        return;
    };
    let said = match target {
        Reference::Unsafe(typed) if !typed.contains("{{") => Some(about_unsafe(typed)),
        Reference::Address(address) if !address.contains("{{") => about_address(address),
        _ => None,
    };
    if let Some((message, help)) = said {
        findings.push(Finding::new(Code::DeadLink, place(), message).with_help(help));
    }
}

/// Message and help for what is no address at all.
fn about_unsafe(typed: &str) -> (String, String) {
    const WRITE: &str = "Skriv adressen med https:// foran, eller skriv teksten uden link.";
    if typed.is_empty() {
        return (
            "Linket har ingen adresse.".to_owned(),
            "Skriv adressen i parentesen: [tekst](https://…), eller skriv teksten uden link."
                .to_owned(),
        );
    }
    if typed.starts_with('#') {
        return (
            format!("Linket fører ingen steder hen: »{typed}«."),
            "Skal det føre til et sted i protokollen, så skriv [tekst](afsnit:id) eller [tekst](bilag:id) med \
             stedets id."
                .to_owned(),
        );
    }
    if is_placeholder(typed) {
        return (
            format!("»{typed}« er ikke en adresse, men en huskeseddel."),
            WRITE.to_owned(),
        );
    }
    if is_on_a_disk(typed) {
        return (
            format!("»{typed}« er en sti på en computer, som andre ikke kan åbne."),
            "Skriv dokumentet ind i rusprot.toml med [dokumenter.id] og titel = \"…\", og skriv så \
             [tekst](dok:id)"
                .to_owned(),
        );
    }
    if let Some((scheme, rest)) = typed.split_once(':') {
        return about_scheme(typed, scheme, rest);
    }
    if typed.contains('@') && !typed.contains('/') {
        return (
            format!("»{typed}« er en mailadresse uden mailto: foran."),
            format!("Skriv [tekst](mailto:{typed})"),
        );
    }
    if looks_like_a_host(typed) {
        return (
            format!("Adressen »{typed}« mangler https:// foran."),
            format!("Skriv [tekst](https://{typed})"),
        );
    }
    let message = format!("»{typed}« er hverken en adresse på nettet eller et sted i protokollen.");
    let help = match reference_to_file(typed) {
        Some(reference) => format!("Skriv [tekst]({reference})"),
        None => {
            "Skriv [tekst](https://…) til en side på nettet, [tekst](bilag:id) til et bilag og \
                 [tekst](afsnit:id) til et afsnit."
                .to_owned()
        }
    };
    (message, help)
}

/// The reference to a section or an appendix whose file was named: `bilag/3-husorden.toml`.
fn reference_to_file(typed: &str) -> Option<String> {
    let (folder, file) = typed.rsplit_once('/').unwrap_or(("", typed));
    let name = FileName::parse(file)?.name;
    let kind = if folder.ends_with("bilag") {
        ReferenceKind::Appendix
    } else {
        ReferenceKind::Section
    };
    Some(Reference::Named(kind, name).written())
}

fn about_scheme(typed: &str, scheme: &str, rest: &str) -> (String, String) {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" if rest.trim_matches('/').is_empty() => (
            format!("Adressen er ikke skrevet færdig: »{typed}«."),
            format!("Skriv resten af adressen efter {scheme}:, eller skriv teksten uden link."),
        ),
        "http" | "https" => (
            format!("Adressen mangler to skråstreger: »{typed}«."),
            format!("Skriv [tekst]({scheme}://{})", rest.trim_start_matches('/')),
        ),
        _ => (
            format!("Links med »{scheme}:« kan ikke bruges i en protokol."),
            "Et link begynder med https:, mailto:, tel:, bilag:, afsnit: eller dok:. Skriv for eksempel \
             [tekst](https://…)"
                .to_owned(),
        ),
    }
}

/// Message and help for an address that cannot be somebody's.
fn about_address(address: &str) -> Option<(String, String)> {
    let (scheme, rest) = address.split_once(':')?;
    let write = |example: &str| format!("Skriv den rigtige adresse: [tekst]({example})");
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => {
            let (name, host) = rest.split_once('@').unwrap_or((rest, ""));
            let dead = name.is_empty() || !looks_like_a_host(host) || is_example(host);
            dead.then(|| {
                (
                    format!("»{rest}« er ikke en mailadresse, nogen kan skrive til."),
                    write("mailto:navn@sted.dk"),
                )
            })
        }
        "tel" => {
            let digits = rest.bytes().filter(u8::is_ascii_digit).count();
            (digits < 3).then(|| {
                (
                    format!("»{rest}« er ikke et telefonnummer."),
                    "Skriv nummeret efter tel:, for eksempel [tekst](tel:112)".to_owned(),
                )
            })
        }
        _ => {
            let host = host(rest);
            if is_example(host) {
                return Some((
                    format!("»{host}« er kun til eksempler, så linket fører ingen steder hen."),
                    write("https://…"),
                ));
            }
            (is_placeholder(host) || !host.chars().all(is_part_of_host)).then(|| {
                (
                    format!("»{address}« er ikke en adresse på nettet."),
                    write("https://…"),
                )
            })
        }
    }
}

/// Whether a character can stand in a host. One without a dot may well be found inside an organisation.
fn is_part_of_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':')
}

/// The host of what follows a scheme's colon.
fn host(rest: &str) -> &str {
    let rest = rest.trim_start_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    }
}

fn is_example(host: &str) -> bool {
    let ends_with = |name: &str| {
        let Some(at) = host.len().checked_sub(name.len()) else {
            return false;
        };
        host.get(at..)
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
            && (at == 0 || host.as_bytes()[at - 1] == b'.')
    };
    EXAMPLE_HOSTS
        .into_iter()
        .chain(RESERVED_ENDINGS)
        .any(ends_with)
}

/// Whether a text could be a host on the web: names with dots between them, letters at the end. An address
/// in digits is one too.
fn looks_like_a_host(text: &str) -> bool {
    let host = &text[..text.find(['/', '?', '#']).unwrap_or(text.len())];
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_ending = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic)
        || host.split('.').count() == 4
            && host.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.'));
    host.contains('.') && host.split('.').all(is_label) && is_ending && !is_file_name(host)
}

/// `husorden.pdf` is a file, though it is built like a host.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit('.').next().unwrap_or_default();
    [
        "toml", "pdf", "doc", "docx", "md", "html", "htm", "txt", "xlsx", "png", "jpg",
    ]
    .iter()
    .any(|known| ending.eq_ignore_ascii_case(known))
        && text.split('.').count() == 2
}

/// Words that stand where an address is to come.
fn is_placeholder(typed: &str) -> bool {
    let word = typed
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    matches!(
        word.as_str(),
        "" | "todo" | "tbd" | "link" | "url" | "adresse" | "indsæt" | "mangler" | "kommer"
    ) || word.starts_with("todo")
        || word.starts_with("indsæt")
        || word.bytes().all(|byte| byte == b'x')
}

/// Whether a text is a path on somebody's computer or drive.
fn is_on_a_disk(typed: &str) -> bool {
    let mut chars = typed.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':');
    let file = typed
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("file:"));
    drive || file || typed.starts_with(['/', '\\', '~']) || typed.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_files_and_words() {
        for host in [
            "borger.dk",
            "www.borger.dk/hjælp",
            "sundhed.københavn.dk",
            "192.168.0.1",
        ] {
            assert!(looks_like_a_host(host), "{host}");
        }
        for other in [
            "husorden.pdf",
            "borger",
            "bilag/3-husorden.toml",
            "v1.2",
            "",
            ".",
        ] {
            assert!(!looks_like_a_host(other), "{other}");
        }
    }

    #[test]
    fn the_host_stands_between_scheme_and_path() {
        assert_eq!(host("//borger.dk/side?x#y"), "borger.dk");
        assert_eq!(host("//navn@borger.dk:8080"), "borger.dk");
    }

    #[test]
    fn names_set_aside_for_examples_are_known_with_what_stands_before_them() {
        assert!(is_example("example.com"));
        assert!(is_example("www.Example.ORG"));
        assert!(is_example("localhost"));
        assert!(!is_example("myexample.com"));
        assert!(!is_example("latest"));
    }
}
