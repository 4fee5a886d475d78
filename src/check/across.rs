//! Looks at the protocols of an area beside each other.
//!
//! A protocol's files are let go of before the next one is read, so what such rules need is kept as a
//! [`Digest`], small and with nothing borrowed, and what they find names its places as [`Spot`]s until
//! somebody reads those few files again. Rules see the digests in the protocols' order and return the same
//! findings whatever the number of threads.

use std::sync::Arc;

use super::texts::language::{Language, Vocabulary};
use super::texts::owned::{self, OwnedWord};
use crate::diag::{Code, Finding};
use crate::model::{Protocol, Skabelon};
use crate::text::{Place, SourceFile, Span};

/// What is kept of a protocol for the rules about the area.
#[derive(Debug)]
pub struct Digest {
    /// The protocol.
    pub slug: String,
    /// Its long words.
    pub(super) vocabulary: Vocabulary,
    /// The words that are spelled right there.
    pub(super) owned: Vec<OwnedWord>,
    /// Those of the skabelon it follows.
    pub(super) common: CommonWords,
}

/// The words of a skabelon's common texts, gathered once for all protocols that follow it.
#[derive(Clone, Debug)]
pub struct CommonWords(Arc<[OwnedWord]>);

impl CommonWords {
    /// Those of a skabelon.
    pub fn of(skabelon: &Skabelon) -> Self {
        Self(owned::of_skabelon(skabelon).into())
    }

    /// The words.
    pub(super) fn words(&self) -> &[OwnedWord] {
        &self.0
    }

    /// Whether they were gathered together.
    pub(super) fn are(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A place in a file that is no longer in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, relative to the repository's root.
    pub path: String,
    /// The bytes in it.
    pub span: Span,
}

/// A finding whose files are no longer in memory.
#[derive(Clone, Debug)]
pub struct AreaFinding {
    /// The rule that found it.
    pub code: Code,
    /// The protocol it belongs to.
    pub slug: String,
    /// Where the author should look.
    pub spot: Spot,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// Another place that explains it, and what stands there.
    pub related: Option<(Spot, String)>,
}

impl Digest {
    /// What to keep of a protocol.
    pub fn of(protocol: &Protocol, common: CommonWords, language: &Language<'_>) -> Self {
        Self {
            owned: owned::of_protocol(protocol),
            common,
            slug: protocol.slug.clone(),
            vocabulary: Vocabulary::of(language),
        }
    }
}

impl AreaFinding {
    /// The files it points at.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let related = self.related.iter().map(|(spot, _)| spot);
        std::iter::once(&self.spot)
            .chain(related)
            .map(|spot| spot.path.as_str())
    }

    /// The finding with its places in files; `None` if its own file is gone or has changed since.
    pub fn placed(&self, file: &dyn Fn(&str) -> Option<Arc<SourceFile>>) -> Option<Finding> {
        let place = |spot: &Spot| {
            let file = file(&spot.path)?;
            let span = spot.span.start()..spot.span.end();
            file.text().get(span)?;
            Some(Place::new(&file, spot.span))
        };
        let mut finding = Finding::new(self.code, place(&self.spot)?, self.message.clone())
            .with_help(self.help.clone());
        finding.protocol = Some(self.slug.clone());
        let related = self.related.as_ref();
        Some(
            match related.and_then(|(spot, text)| Some((place(spot)?, text))) {
                Some((place, text)) => finding.with_related(place, text.clone()),
                None => finding,
            },
        )
    }
}
