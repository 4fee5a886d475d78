//! From a document of Word or another program to the files of a protocol.
//!
//! A reader turns the file into a neutral tree ([`Source`]); what its looks mean is decided here, in one way for all
//! kinds of files: which paragraphs are headings (`outline`), what they answer (`requirements`), what is a list, a
//! form or a set of rules (`lists`, `forms`), and how it is written (`markdown`, `draft`). Every word is either
//! placed or listed with a reason (`ledger`, `account`). Nothing is written to disk here, and nothing is asked:
//! a caller hands in the bytes and says which proposals it takes.

mod account;
mod blanks;
mod common;
mod container;
mod convert;
mod draft;
mod forms;
mod ledger;
mod lists;
mod markdown;
mod notes;
mod outline;
mod own;
mod read;
mod refusal;
mod requirements;
mod source;
mod xml;

pub use account::Account;
pub use convert::{Imported, Kept, Placed, PlacedKind, Target, convert};
pub use draft::line as toml_line;
pub use refusal::Refusal;
pub use requirements::Proposal;
pub use source::{Left, Reason, Source, words};

use crate::check::masked;
use source::{Block, Paragraph, Run};

/// Reads a document whose name ends with `ending`, in small letters and without a dot.
///
/// # Errors
/// When it cannot be read; [`Refusal`] says what to do.
pub fn read(bytes: &[u8], ending: &str) -> Result<Source, Refusal> {
    let mut source = read::read(bytes, ending)?;
    if !source.is_own() {
        notes::find_typed(&mut source);
    }
    Ok(source)
}

impl Source {
    /// The texts in which something looks like a personal number, with its figures hidden.
    pub fn person_numbers(&self) -> Vec<String> {
        let mut texts = self.texts();
        texts.extend(self.links());
        let hidden = texts.iter().filter_map(|text| {
            let hidden = masked(text);
            (*hidden != **text).then(|| hidden.into_owned())
        });
        hidden.collect()
    }

    fn links(&self) -> Vec<String> {
        let mut links = Vec::new();
        let mut push = |paragraph: &Paragraph| {
            for run in &paragraph.runs {
                if let Run::Text(run) = run {
                    links.extend(run.link.as_deref().map(str::to_owned));
                }
            }
        };
        source::visit_paragraphs(&self.blocks, &mut |paragraph| push(paragraph));
        for blocks in self.notes.values() {
            source::visit_paragraphs(blocks, &mut |paragraph| push(paragraph));
        }
        links
    }

    /// Hides the figures of everything that looks like a personal number.
    pub fn mask(&mut self) {
        let hide = |text: &mut String| *text = masked(text).into_owned();
        for picture in &mut self.pictures {
            hide(&mut picture.alt);
        }
        self.comments.values_mut().for_each(hide);
        for left in &mut self.left {
            hide(&mut left.text);
        }
        self.told.iter_mut().for_each(hide);
        mask_blocks(&mut self.blocks);
        self.notes
            .values_mut()
            .for_each(|blocks| mask_blocks(blocks));
    }
}

fn mask_blocks(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => mask_runs(&mut paragraph.runs),
            Block::Quote(inner) => mask_blocks(inner),
            Block::Own(own) => mask_blocks(&mut own.blocks),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flatten() {
                    mask_blocks(&mut cell.blocks);
                }
            }
        }
    }
}

/// Hides figures in a paragraph, also where a number goes on in the next run. A hidden figure takes as many bytes
/// as it did.
fn mask_runs(runs: &mut [Run]) {
    let text = source::letters(runs);
    let hidden = masked(&text);
    let mut rest: &str = &hidden;
    for run in runs {
        if let Run::Text(run) = run {
            let (own, after) = rest.split_at(run.text.len());
            own.clone_into(&mut run.text);
            rest = after;
            if let Some(link) = &run.link {
                run.link = Some(masked(link).as_ref().into());
            }
        }
    }
}
