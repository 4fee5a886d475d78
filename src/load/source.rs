//! RP015 `ulaeselig-fil`: what is read of a repository, which may be anybody's: plain files, none longer than
//! its kind needs, and none that lies elsewhere, be it through a link.
//!
//! What the bytes mean is not asked here.

use std::sync::Arc;

use crate::diag::{Code, Finding};
use crate::fs::Refusal;
use crate::text::{Place, SourceFile};

/// The most bytes a TOML file may have. A whole protocol has about a tenth of a megabyte.
pub const LARGEST_TOML: u64 = 4_000_000;
/// The most bytes of a file that is looked through for personal numbers alone.
pub const LARGEST_LOOSE: u64 = 20_000_000;

/// What there is to say of a file that is not read.
pub(super) fn unread(path: &str, refusal: &Refusal) -> Finding {
    let (message, help) = match refusal {
        Refusal::Outside => (
            "Filen er en genvej til noget uden for repositoryet, så den bliver ikke læst."
                .to_owned(),
            "Læg en kopi af filen her i stedet for genvejen. En genvej til en anden fil i repositoryet er i \
             orden.",
        ),
        Refusal::NotAFile => (
            "Det er ikke en almindelig fil, så den bliver ikke læst.".to_owned(),
            "Slet den, eller læg en almindelig fil her.",
        ),
        Refusal::TooLarge(most) => (
            format!(
                "Filen fylder mere end {} MB, så den bliver ikke læst.",
                most / 1_000_000
            ),
            "Del den i flere filer, eller flyt den ud af mappen med protokoller.",
        ),
        Refusal::Unreadable(error) => (
            format!("Filen kan ikke læses: {}.", reason(error)),
            "Giv dig selv lov til at læse filen, eller slet den.",
        ),
    };
    let file = Arc::new(SourceFile::new(path, ""));
    Finding::new(Code::UlaeseligFil, Place::top(&file), message).with_help(help)
}

/// What there is to say of a file or folder whose name nobody can see as it is; `path` is how it is shown.
pub(super) fn hidden_name(path: &str) -> Finding {
    let file = Arc::new(SourceFile::new(path, ""));
    let message = "Navnet har usynlige tegn eller linjeskift, så det bliver ikke læst.";
    Finding::new(Code::UlaeseligFil, Place::top(&file), message)
        .with_help("Giv filen eller mappen et andet navn.")
}

/// What there is to say of a folder that cannot be looked into.
pub(super) fn unread_folder(path: &str, error: &anyhow::Error) -> Finding {
    let cause = error.root_cause();
    let reason = cause
        .downcast_ref()
        .map_or_else(|| cause.to_string(), reason);
    let file = Arc::new(SourceFile::new(path, ""));
    let message = format!("Mappen kan ikke læses: {reason}.");
    Finding::new(Code::UlaeseligFil, Place::top(&file), message)
        .with_help("Giv dig selv lov til at læse mappen, eller slet den.")
}

/// Why the system does not let a file be read, in Danish where it gives the usual reason.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            "du har ikke lov til det på denne maskine".to_owned()
        }
        _ => error.to_string(),
    }
}
