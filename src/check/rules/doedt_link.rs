//! RP202 `doedt-link`: a link that can never lead anywhere, seen from how it is written alone.

use std::sync::Arc;

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::load::FileName;
use crate::model::{
    Contact, DeadAddress, Inline, InlineKind, Line, Reference, ReferenceKind, dead_address,
    is_placeholder, looks_like_a_host,
};
use crate::text::{Place, SourceFile};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_links(&mut |section, inline| {
        check_link(inline, &|| section.place(inline.span), findings);
    });
    context.visit_obligatory("](", &mut |text, _| {
        text.visit_inlines(&mut |inline| {
            check_link(inline, &|| context.skabelon_place(inline.span), findings);
        });
    });
    findings.extend(about_web(context));
    context.protocol.visit(&mut |section| {
        for contact in &section.blocks.contacts {
            findings.extend(about_contact(&section.file, contact));
        }
    });
}

/// What is wrong with the area's contacts.
pub fn in_area(area: &crate::model::Area, findings: &mut Vec<Finding>) {
    for contact in area.contacts.values() {
        findings.extend(about_contact(&area.file, contact));
    }
}

/// The telephone and the mail of a contact are printed as links.
fn about_contact(file: &Arc<SourceFile>, contact: &Contact) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |line: &Line, message: String, help: &str| {
        if !line.text.contains("{{") {
            let place = Place::new(file, line.span);
            findings.push(Finding::new(Code::DoedtLink, place, message).with_help(help));
        }
    };
    if let Some(phone) = &contact.phone
        && contact.phone_address().is_none()
    {
        let message = format!("»{}« er ikke et telefonnummer.", phone.text);
        say(
            phone,
            message,
            "Skriv nummeret, for eksempel telefon = \"112\". Har funktionen ikke et, så slet linjen.",
        );
    }
    if let Some(mail) = &contact.mail
        && contact.mail_address().is_none()
    {
        let message = format!(
            "»{}« er ikke en mailadresse, nogen kan skrive til.",
            mail.text
        );
        say(
            mail,
            message,
            "Skriv funktionens adresse, for eksempel mail = \"navn@sted.dk\". Har den ingen, så slet linjen.",
        );
    }
    findings
}

/// The institution's own page is printed as a link and as a QR code. That an invented one has an invented host
/// is its own affair.
fn about_web(context: &Context<'_>) -> Option<Finding> {
    let web = context.protocol.institution.web.as_ref()?;
    if web.text.contains("{{") {
        return None;
    }
    let (message, _) = match Reference::parse(&web.text) {
        Reference::Unsafe(typed) => about_unsafe(&typed),
        Reference::Address(address) => match dead_address(&address) {
            Some(dead @ DeadAddress::NoHost(_)) => about_address(&dead),
            _ if is_of_the_web(&address) => return None,
            _ => not_of_the_web(&address),
        },
        _ => not_of_the_web(&web.text),
    };
    let place = Place::new(&context.protocol.file, web.span);
    let help = if looks_like_a_host(&web.text) {
        format!("Skriv linjen sådan: web = \"https://{}\"", web.text)
    } else {
        "Skriv stedets side, for eksempel web = \"https://sted.dk\", eller slet linjen.".to_owned()
    };
    Some(Finding::new(Code::DoedtLink, place, message).with_help(help))
}

fn is_of_the_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

fn not_of_the_web(typed: &str) -> (String, String) {
    let message = format!("»{typed}« er ikke en adresse på nettet.");
    (message, String::new())
}

fn check_link(inline: &Inline, place: &dyn Fn() -> Place, findings: &mut Vec<Finding>) {
    let InlineKind::Link { target, .. } = &inline.kind else {
        return;
    };
    let said = match target {
        Reference::Unsafe(typed) if !typed.contains("{{") => Some(about_unsafe(typed)),
        Reference::Address(address) => dead_address(address).map(|dead| about_address(&dead)),
        _ => None,
    };
    if let Some((message, help)) = said {
        findings.push(Finding::new(Code::DoedtLink, place(), message).with_help(help));
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
            format!("Skriv mailto:{typed} i stedet for {typed}"),
        );
    }
    if looks_like_a_host(typed) {
        return (
            format!("Adressen »{typed}« mangler https:// foran."),
            format!("Skriv https://{typed} i stedet for {typed}"),
        );
    }
    let message = format!("»{typed}« er hverken en adresse på nettet eller et sted i protokollen.");
    let help = match reference_to_file(typed) {
        Some(reference) => format!("Skriv {reference} i stedet for {typed}"),
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
            format!(
                "Skriv {scheme}://{} i stedet for {typed}",
                rest.trim_start_matches('/')
            ),
        ),
        _ => (
            format!("Links med »{scheme}:« kan ikke bruges i en protokol."),
            "Et link begynder med https:, mailto:, tel:, bilag:, afsnit:, dok:, kontakt:, figur:, \
             tabel: eller kort:. Skriv for eksempel [tekst](https://…)"
                .to_owned(),
        ),
    }
}

/// Message and help for an address that cannot be somebody's.
fn about_address(dead: &DeadAddress<'_>) -> (String, String) {
    let write = |example: &str| format!("Skriv den rigtige adresse: [tekst]({example})");
    match dead {
        DeadAddress::Mail(address) => (
            format!("»{address}« er ikke en mailadresse, nogen kan skrive til."),
            write("mailto:navn@sted.dk"),
        ),
        DeadAddress::Phone(number) => (
            format!("»{number}« er ikke et telefonnummer."),
            "Skriv nummeret efter tel:, for eksempel [tekst](tel:112)".to_owned(),
        ),
        DeadAddress::Example(host) => (
            format!("»{host}« er kun til eksempler, så linket fører ingen steder hen."),
            write("https://…"),
        ),
        DeadAddress::NoHost(address) => (
            format!("»{address}« er ikke en adresse på nettet."),
            write("https://…"),
        ),
    }
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
