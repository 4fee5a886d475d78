//! One protocol being worked on: its findings and its document, each made when somebody first asks.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use super::{Site, logo};
use crate::check::{self, Checked, Context, Digest, Language};
use crate::diag::{Code, Finding};
use crate::document::{self, Document};
use crate::load;
use crate::model::{Answers, Protocol, Skabelon, Targets};
use crate::render::{Picture, Pictures};

/// What stays of a protocol when it has been let go of.
pub(crate) struct Kept {
    /// The name of the skabelon it follows.
    pub(crate) skabelon: Option<String>,
    /// What the rules about the whole area need, if it was checked.
    pub(crate) digest: Option<Digest>,
    /// How many rules panicked over it.
    pub(crate) bugs: usize,
}

/// A protocol that has been worked on.
pub(crate) struct Worked<R> {
    /// What came of it.
    pub(crate) result: R,
    /// What stays of it.
    pub(crate) kept: Kept,
    /// The protocol itself, with the findings that came beside it.
    pub(crate) protocol: Protocol,
    pub(crate) shape: Vec<Finding>,
}

/// The pictures a protocol shows, those that cannot be shown left out; and the files of those that are shown as a
/// copy.
fn pictures(protocol: &Protocol) -> (Pictures, AttachedFiles) {
    let mut pictures = Pictures::default();
    let mut originals = AttachedFiles::new();
    for file in protocol.pictures() {
        if let Some(picture) = protocol.folder.picture(file) {
            let load::Picture {
                bytes,
                media_type,
                original,
            } = picture;
            originals.extend(original.map(|original| (file.to_owned(), original)));
            let picture = Picture { bytes, media_type };
            pictures.0.insert(file.to_owned(), picture);
        }
    }
    (pictures, originals)
}

/// One protocol being worked on, with all that bears on it.
pub(crate) struct Work<'w> {
    pub(crate) site: &'w Site<'w>,
    pub(crate) protocol: &'w Protocol,
    pub(crate) skabelon: &'w Skabelon,
    pub(crate) answers: &'w Answers<'w>,
    pub(crate) targets: &'w Targets,
    pub(crate) shape: &'w [Finding],
    /// What to say where the protocol names a skabelon that is not there.
    pub(crate) unknown: Option<Finding>,
    /// The name of the skabelon it follows.
    pub(crate) skabelon_name: Option<&'w str>,
    /// Its texts taken apart, once somebody asks.
    pub(crate) language: OnceCell<Language<'w>>,
    /// The document made of it, once somebody asks.
    pub(crate) resolved: OnceCell<Resolved>,
    /// How many rules panicked over it.
    pub(crate) bugs: Cell<usize>,
}

/// A protocol ready to be printed, with the pictures it shows and the files it has with it.
pub(crate) struct Resolved {
    pub(crate) document: Document,
    pub(crate) pictures: Pictures,
    pub(crate) files: AttachedFiles,
}

/// The attached files of a protocol by their path among its pages.
pub(crate) type AttachedFiles = BTreeMap<String, Vec<u8>>;

/// The files attached to a protocol, those that cannot be attached left out.
fn files(protocol: &Protocol) -> AttachedFiles {
    let mut files = AttachedFiles::new();
    for file in protocol.attachments() {
        if let Some(path) = load::attachment_path(file)
            && let Some(bytes) = protocol.folder.attachment(file)
        {
            files.insert(path, bytes);
        }
    }
    files
}

impl Work<'_> {
    /// What some rules find where the protocol follows another skabelon, with their own levels.
    pub(crate) fn judged_by(
        &self,
        skabelon: &Skabelon,
        answers: &Answers<'_>,
        wanted: &dyn Fn(Code) -> bool,
    ) -> Vec<Finding> {
        let checked = check::protocol(
            &Context {
                area: &self.site.area,
                skabelon,
                protocol: self.protocol,
                answers,
                targets: self.targets,
                language: self.language.get_or_init(|| Language::of(self.protocol)),
                institutions: self.site.institutions(),
                laws: &self.site.laws,
                today: self.site.judging.today,
                fingerprint: &|| self.fingerprint_by(skabelon, answers),
            },
            wanted,
        );
        self.bugs.set(self.bugs.get() + checked.bugs);
        checked.findings
    }

    /// The fingerprint of what the protocol would say with another skabelon.
    pub(crate) fn fingerprint_by(&self, skabelon: &Skabelon, answers: &Answers<'_>) -> String {
        let Resolved {
            pictures, files, ..
        } = self.resolved();
        let document = document::assemble(
            &self.site.area,
            skabelon,
            self.protocol,
            answers,
            self.targets,
            &document::Options {
                draft: false,
                today: None,
                picture: &|file| Some(&*pictures.0.get(file)?.bytes),
                attachment: &|path| files.get(path).map(Vec::as_slice),
            },
        );
        document.edition.fingerprint
    }

    /// The document and its pictures, which are read now if nobody has asked before.
    pub(crate) fn resolved(&self) -> &Resolved {
        self.resolved.get_or_init(|| self.resolve())
    }

    /// The same, for the last who asks.
    pub(crate) fn take_resolved(&mut self) -> Resolved {
        let made = self.resolved.take();
        made.unwrap_or_else(|| self.resolve())
    }

    fn resolve(&self) -> Resolved {
        let files = files(self.protocol);
        let (mut pictures, originals) = pictures(self.protocol);
        let judging = self.site.judging;
        let mut document = document::assemble(
            &self.site.area,
            self.skabelon,
            self.protocol,
            self.answers,
            self.targets,
            &document::Options {
                draft: judging.draft,
                today: judging.printed_today,
                picture: &|file| {
                    let shown = || Some(&pictures.0.get(file)?.bytes);
                    originals.get(file).or_else(shown).map(Vec::as_slice)
                },
                attachment: &|path| files.get(path).map(Vec::as_slice),
            },
        );
        let sign = self.site.logo(&self.protocol.area);
        logo::put(sign, &mut document, &mut pictures);
        Resolved {
            document,
            pictures,
            files,
        }
    }

    /// The fingerprint of what the protocol says.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.resolved().document.edition.fingerprint
    }

    /// Every finding, with the rules' own levels.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.findings_by(&|_| true)
    }

    /// What some rules find, and all that is wrong with the form of the files.
    pub(crate) fn findings_by(&self, wanted: &dyn Fn(Code) -> bool) -> Vec<Finding> {
        let context = Context {
            area: &self.site.area,
            skabelon: self.skabelon,
            protocol: self.protocol,
            answers: self.answers,
            targets: self.targets,
            language: self.language.get_or_init(|| Language::of(self.protocol)),
            institutions: self.site.institutions(),
            laws: &self.site.laws,
            today: self.site.judging.today,
            fingerprint: &|| self.fingerprint().to_owned(),
        };
        let Checked { mut findings, bugs } = check::protocol(&context, wanted);
        self.bugs.set(bugs);
        let shape = self.shape.iter().chain(&self.unknown);
        findings.extend(shape.cloned().map(|mut finding| {
            finding.protocol = Some(self.protocol.slug.clone());
            finding
        }));
        check::leave_out_consequences(&mut findings);
        findings
    }
}
