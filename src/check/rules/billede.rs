//! RP206 `billede`: a file of the protocol that cannot be used. A picture that cannot be printed, must not
//! be, or cannot be read aloud; an attached PDF that is not there or is none.

use unicode_normalization::UnicodeNormalization;

use crate::check::context::Context;
use crate::check::texts::typed;
use crate::diag::{Code, Finding};
use crate::fs::{Content, Refusal};
use crate::load::{
    Flaw, LARGEST_ATTACHMENT, LARGEST_PICTURE, PictureKind, Standing, attachment_path, flaw,
    is_pdf, is_pdf_name,
};
use crate::model::{InlineKind, Line, Section, nearest};
use crate::text::Span;

/// Where authors keep pictures.
const FOLDER: &str = "billeder";
/// Where authors keep attached files.
const FILES: &str = "filer";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_links(&mut |section, inline| {
        if let InlineKind::Image { file, alt } = &inline.kind {
            if alt.is_empty() {
                findings.push(without_alt(section, inline.span, file));
            }
            if !file.contains("{{") {
                let said = about_name(file).or_else(|| about_file(context, file));
                if let Some((message, help)) = said {
                    let place = section.place(inline.span);
                    findings.push(Finding::new(Code::Billede, place, message).with_help(help));
                }
            }
        }
    });
    for section in &context.protocol.sections {
        section.visit(&mut |section| findings.extend(attached(context, section, false)));
    }
    for appendix in &context.protocol.appendices {
        appendix.visit(&mut |section| findings.extend(attached(context, section, true)));
    }
}

fn without_alt(section: &Section, span: Span, file: &str) -> Finding {
    Finding::new(
        Code::Billede,
        section.place(span),
        "Billedet har ingen alt-tekst, så det kan ikke læses op.",
    )
    .with_help(format!(
        "Skriv i de kantede parenteser, hvad billedet viser: ![Kort over stuen med to udgange]({file})"
    ))
}

fn written(file: &str) -> String {
    format!("![…]({FOLDER}/{file})")
}

/// Message and help for a name that no picture in the protocol's folder can have.
fn about_name(file: &str) -> Option<(String, String)> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let put_it_there = format!(
        "Læg filen i mappen {FOLDER} i protokollens mappe, og skriv {}",
        written(if name.is_empty() { "navn.png" } else { name })
    );
    if file.is_empty() {
        return Some(("Billedet har intet filnavn.".to_owned(), put_it_there));
    }
    let drive = file.as_bytes().get(1) == Some(&b':');
    if !drive && file.contains(':') {
        return Some((
            format!("Billedet »{file}« ligger ikke i protokollens mappe."),
            format!("Hent billedet ned. {put_it_there}"),
        ));
    }
    if drive || file.starts_with(['/', '\\', '~']) {
        return Some((
            format!("»{file}« er en sti på en bestemt computer."),
            put_it_there,
        ));
    }
    if file.contains('\\') {
        return Some((
            format!("Stien »{file}« har omvendte skråstreger."),
            format!("Skriv ![…]({})", file.replace('\\', "/")),
        ));
    }
    if PictureKind::of_ending(file).is_none() {
        return Some((
            format!("Filen »{file}« er ikke en slags billede, som både nettet og PDF'en kan vise."),
            "Gem billedet som PNG eller JPEG. SVG, GIF og WebP kan også bruges.".to_owned(),
        ));
    }
    None
}

/// Message and help for what stands, or does not stand, on the disk.
fn about_file(context: &Context<'_>, file: &str) -> Option<(String, String)> {
    match found(context, file) {
        Ok(()) => about_content(context, file),
        Err(Trouble::Missing) => Some(about_missing(context, file)),
        Err(Trouble::Outside) => Some((
            format!("Billedet »{file}« ligger uden for protokollens mappe."),
            format!(
                "Læg en kopi af filen i {}/{FOLDER}, og skriv {}",
                context.protocol.path,
                written(file.rsplit('/').next().unwrap_or(file))
            ),
        )),
        Err(Trouble::Folder) => Some((
            format!("»{file}« er en mappe og ikke et billede."),
            format!("Skriv navnet på filen i mappen: {}", written("navn.png")),
        )),
        Err(Trouble::Spelled(name)) => Some((
            spelled_message(&name),
            format!("Skriv ![…]({})", beside(file, &name)),
        )),
    }
}

/// Why a path leads to no file of the protocol.
enum Trouble {
    /// There is nothing.
    Missing,
    /// It lies elsewhere, be it through a link on the disk.
    Outside,
    /// It is a folder.
    Folder,
    /// The file has this name, in other capitals: found here, but not on every computer.
    Spelled(String),
}

/// The name of the file that a path in the protocol's folder leads to.
fn found(context: &Context<'_>, file: &str) -> Result<(), Trouble> {
    let name = match context.protocol.folder.standing(file) {
        Standing::File(name) => name,
        Standing::Folder => return Err(Trouble::Folder),
        Standing::Outside => return Err(Trouble::Outside),
        Standing::Nothing => return Err(Trouble::Missing),
    };
    match spelled_otherwise(&name, file) {
        Some(name) => Err(Trouble::Spelled(name)),
        None => Ok(()),
    }
}

fn spelled_message(name: &str) -> String {
    format!("Filen hedder »{name}«, men i teksten er den stavet med andre bogstaver store og små.")
}

fn about_content(context: &Context<'_>, file: &str) -> Option<(String, String)> {
    let ending = PictureKind::of_ending(file)?;
    let bytes = match context.protocol.folder.content(file, LARGEST_PICTURE) {
        Content::Bytes(bytes) => bytes,
        Content::Refused(Refusal::TooLarge(most)) => {
            return Some((
                format!("Billedet »{file}« fylder mere end {} MB.", most / 1_000_000),
                "Gem det igen i en mindre udgave: 2.000 punkter på den lange led er nok."
                    .to_owned(),
            ));
        }
        Content::Missing | Content::Refused(_) => {
            return Some((
                format!("Filen »{file}« kan ikke læses."),
                "Giv dig selv lov til at læse filen, eller læg en kopi af den.".to_owned(),
            ));
        }
    };
    match PictureKind::of_bytes(&bytes) {
        Some(kind) if kind == ending => flaw(kind, &bytes).map(|flaw| about_flaw(file, &flaw)),
        Some(kind) => {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            Some((
                format!(
                    "Filen »{file}« er i virkeligheden et {}-billede, så den kan ikke vises.",
                    kind.name()
                ),
                format!(
                    "Giv filen en anden endelse, og skriv ![…]({stem}.{})",
                    kind.endings()[0]
                ),
            ))
        }
        None => Some((
            format!(
                "Filen »{file}« er ikke et {}-billede, selv om navnet siger det.",
                ending.name()
            ),
            "Åbn billedet i et billedprogram, og gem det igen som PNG eller JPEG.".to_owned(),
        )),
    }
}

/// Message and help for a picture of the right kind that some output cannot show.
fn about_flaw(file: &str, flaw: &Flaw) -> (String, String) {
    let again = "Hent billedet igen, eller åbn det i et billedprogram, og gem det som PNG.";
    let drawing = "Åbn tegningen i et tegneprogram, og gem den som PNG.";
    let (message, help) = match flaw {
        Flaw::Half => (
            format!("Filen »{file}« er kun en del af et billede."),
            again.to_owned(),
        ),
        Flaw::Broken => (
            format!("Filen »{file}« er gået i stykker."),
            again.to_owned(),
        ),
        Flaw::TooLarge => (
            format!("Billedet »{file}« har for mange punkter til at blive vist."),
            "Gem det igen i en mindre udgave: 2.000 punkter på den lange led er nok.".to_owned(),
        ),
        Flaw::Unreadable(line) => (
            format!(
                "Tegningen »{file}« kan ikke læses. Der er noget galt i linje {line} af filen."
            ),
            drawing.to_owned(),
        ),
        Flaw::NoSize => (
            format!("Tegningen »{file}« har ingen bredde eller ingen højde."),
            drawing.to_owned(),
        ),
        Flaw::Leads(address) => (
            format!("Tegningen »{file}« henter noget fra eller fører til »{address}«."),
            "Slet linket i tegningen, og skriv det i teksten. Eller gem tegningen som PNG."
                .to_owned(),
        ),
        Flaw::TooHeavy => (
            format!(
                "Tegningen »{file}« er for stor eller har effekter, som det tager for lang tid at trykke."
            ),
            "Gem tegningen som PNG, eller gem den uden effekter.".to_owned(),
        ),
        Flaw::Letter(c) => (
            format!("Tegningen »{file}« har tegnet »{c}«, som PDF'en ikke har en skrift til."),
            "Slet tegnet i tegningen, eller gem den som PNG.".to_owned(),
        ),
    };
    (message, help)
}

/// The name a file has on disk, where the text has other capitals.
fn spelled_otherwise(on_disk: &str, file: &str) -> Option<String> {
    let typed = file.rsplit('/').next()?;
    let folded = |name: &str| -> String { name.nfc().collect() };
    let (on_disk_folded, typed) = (folded(on_disk), folded(typed));
    let differs = on_disk_folded != typed && on_disk_folded.to_lowercase() == typed.to_lowercase();
    differs.then(|| on_disk.to_owned())
}

/// The file of another name in the same folder.
fn beside(file: &str, name: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn about_missing(context: &Context<'_>, file: &str) -> (String, String) {
    let message = format!("Filen »{file}« findes ikke i protokollens mappe.");
    let typed = file.rsplit('/').next().unwrap_or(file);
    // A folder that cannot be read has nothing to suggest.
    let names = context.protocol.folder.names(FOLDER);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let same = names
        .iter()
        .copied()
        .find(|name| name.to_lowercase() == typed.to_lowercase());
    let help = match same.or_else(|| nearest(typed, &names)) {
        Some(near) => format!("Mente du »{near}«? Skriv {}", written(near)),
        None => format!(
            "Læg filen i {}/{FOLDER}, og skriv {}",
            context.protocol.path,
            written(typed)
        ),
    };
    (message, help)
}

/// What is wrong with the file that a section has with it.
fn attached(context: &Context<'_>, section: &Section, in_appendix: bool) -> Option<Finding> {
    let line = section.attachment.as_ref()?;
    let (message, help) = if in_appendix {
        about_attached(context, line)?
    } else {
        (
            "Filen kan kun høre til et bilag, ikke til et afsnit.".to_owned(),
            "Lav et bilag med filen, og henvis til det i teksten: [](bilag:id)".to_owned(),
        )
    };
    Some(Finding::new(Code::Billede, section.place(line.span), message).with_help(help))
}

fn about_attached(context: &Context<'_>, line: &Line) -> Option<(String, String)> {
    let file = line.text.as_str();
    if file.contains("{{") {
        // The variable is RP009's.
        return None;
    }
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let put_it_there = || {
        let put = format!("{FILES}/{name}");
        format!(
            "Læg en kopi i {}/{FILES}, og skriv {}",
            context.protocol.path,
            attach(&put)
        )
    };
    if file.contains(['\\', ':']) || file.starts_with(['/', '~']) {
        let message = format!("Filen »{file}« er ikke skrevet som en sti i protokollens mappe.");
        return Some((message, put_it_there()));
    }
    if !is_pdf_name(file) {
        let message = format!("Filen »{file}« er ikke en PDF.");
        return Some((
            message,
            "Gem den som PDF, og skriv navnet på den.".to_owned(),
        ));
    }
    let upward = file.split('/').any(|part| part == "..");
    let led = if upward {
        Err(Trouble::Outside)
    } else {
        found(context, file)
    };
    match led {
        Ok(()) => {}
        Err(Trouble::Missing) => return Some(about_missing_attached(context, file)),
        Err(Trouble::Outside) => {
            let message = format!("Filen »{file}« ligger uden for protokollens mappe.");
            return Some((message, put_it_there()));
        }
        Err(Trouble::Folder) => {
            let message = format!("»{file}« er en mappe og ikke en fil.");
            let inside = format!("{file}/navn.pdf");
            return Some((
                message,
                format!("Skriv navnet på filen i mappen: {}", attach(&inside)),
            ));
        }
        Err(Trouble::Spelled(name)) => {
            let help = format!("Skriv {}", attach(&beside(file, &name)));
            return Some((spelled_message(&name), help));
        }
    }
    if attachment_path(file).is_none() {
        return Some((
            format!("Filen kan ikke hedde »{name}«, for det hedder protokollens egen PDF."),
            put_it_there(),
        ));
    }
    about_pdf(context, file)
}

fn about_pdf(context: &Context<'_>, file: &str) -> Option<(String, String)> {
    let bytes = match context.protocol.folder.content(file, LARGEST_ATTACHMENT) {
        Content::Bytes(bytes) => bytes,
        Content::Refused(Refusal::TooLarge(_)) => {
            return Some((
                format!(
                    "Filen »{file}« fylder mere end {} MB.",
                    LARGEST_ATTACHMENT / 1_000_000
                ),
                "Gem PDF'en igen i en mindre udgave, eller henvis til den på nettet.".to_owned(),
            ));
        }
        Content::Missing | Content::Refused(_) => Vec::new(),
    };
    (!is_pdf(&bytes)).then(|| {
        (
            format!("Filen »{file}« er ikke en PDF, selv om navnet siger det."),
            "Åbn dokumentet i det program, det er skrevet i, og gem det som PDF.".to_owned(),
        )
    })
}

fn about_missing_attached(context: &Context<'_>, file: &str) -> (String, String) {
    let message = format!("Filen »{file}« findes ikke i protokollens mappe.");
    let typed = file.rsplit('/').next().unwrap_or(file);
    // A folder that cannot be read has nothing to suggest.
    let names = context.protocol.folder.names(FILES);
    let pdfs = names.iter().filter(|name| is_pdf_name(name));
    let names: Vec<&str> = pdfs.map(String::as_str).collect();
    let near = names.iter().copied().find(|name| *name == typed);
    let help = match near.or_else(|| nearest(typed, &names)) {
        Some(near) => format!(
            "Mente du »{near}«? Skriv {}",
            attach(&format!("{FILES}/{near}"))
        ),
        None => format!(
            "Læg filen i {}/{FILES}, og skriv {}",
            context.protocol.path,
            attach(&format!("{FILES}/{typed}"))
        ),
    };
    (message, help)
}

/// The key with a path, as it is written.
fn attach(path: &str) -> String {
    format!("fil = {}", typed::string(path))
}
