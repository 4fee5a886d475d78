//! RP206 `billede`: a picture that cannot be printed, must not be, or cannot be read aloud.

use std::path::Path;

use crate::check::Context;
use crate::diag::{Code, Finding};
use crate::fs;
use crate::load::PictureKind;
use crate::model::{InlineKind, Section, nearest};
use crate::text::Span;

/// Where authors keep pictures (`format.md`).
const FOLDER: &str = "billeder";

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_inlines(&mut |section, inline| {
        if let InlineKind::Image { file, alt } = &inline.kind {
            if alt.is_empty() {
                findings.push(without_alt(section, inline.span, file));
            }
            if !file.contains("{{") {
                let said = about_name(file).or_else(|| about_file(context, file));
                if let Some((message, help)) = said {
                    let place = section.place(inline.span);
                    findings.push(Finding::new(Code::Picture, place, message).with_help(help));
                }
            }
        }
    });
}

fn without_alt(section: &Section, span: Span, file: &str) -> Finding {
    Finding::new(
        Code::Picture,
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
    let folder = &context.protocol.folder;
    let Some(real) = fs::real_path(&folder.join(file)) else {
        return Some(about_missing(context, file));
    };
    let home = fs::real_path(folder)?;
    if !real.starts_with(&home) {
        return Some((
            format!("Billedet »{file}« ligger uden for protokollens mappe."),
            format!(
                "Læg en kopi af filen i {}/{FOLDER}, og skriv {}",
                context.protocol.path,
                written(file.rsplit('/').next().unwrap_or(file))
            ),
        ));
    }
    if !fs::metadata(&real).is_some_and(|metadata| metadata.is_file()) {
        return Some((
            format!("»{file}« er en mappe og ikke et billede."),
            format!("Skriv navnet på filen i mappen: {}", written("navn.png")),
        ));
    }
    if let Some(name) = spelled_otherwise(&real, file) {
        return Some((
            format!(
                "Filen hedder »{name}«, men i teksten er den stavet med andre bogstaver store og små."
            ),
            format!("Skriv {}", beside(file, &name)),
        ));
    }
    about_content(&real, file)
}

fn about_content(real: &Path, file: &str) -> Option<(String, String)> {
    let ending = PictureKind::of_ending(file)?;
    let bytes = fs::read(real).unwrap_or_default();
    match PictureKind::of_bytes(&bytes) {
        Some(kind) if kind == ending && kind.is_whole(&bytes) => None,
        Some(kind) if kind == ending => Some((
            format!("Filen »{file}« er kun en del af et billede."),
            "Hent billedet igen, eller åbn det i et billedprogram, og gem det som PNG.".to_owned(),
        )),
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

/// The name a file has on disk, where the text has other capitals: found here, but not on every computer.
fn spelled_otherwise(real: &Path, file: &str) -> Option<String> {
    let on_disk = real.file_name()?.to_str()?;
    let typed = file.rsplit('/').next()?;
    let differs = on_disk != typed && on_disk.to_lowercase() == typed.to_lowercase();
    differs.then(|| on_disk.to_owned())
}

/// The picture of another name in the same folder, as it is written.
fn beside(file: &str, name: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("![…]({folder}/{name})"),
        None => format!("![…]({name})"),
    }
}

fn about_missing(context: &Context<'_>, file: &str) -> (String, String) {
    let message = format!("Filen »{file}« findes ikke i protokollens mappe.");
    let typed = file.rsplit('/').next().unwrap_or(file);
    // A folder that cannot be read has nothing to suggest.
    let entries = fs::list(&context.protocol.folder.join(FOLDER)).unwrap_or_default();
    let names: Vec<&str> = entries
        .iter()
        .filter(|entry| !entry.is_dir)
        .map(|entry| entry.name.as_str())
        .collect();
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
