//! What has been read of one edition of a protocol, for the next one to be made of: a file that says the same in both is
//! asked of git once and taken apart once.
//!
//! Whether it says the same is told by the id that git gives a file of its bytes, whatever commit it stands in and
//! also where it lies on the disk. Nothing is kept from one protocol to the next.

use std::collections::HashMap;

use super::git::GitError;
use super::revision::{Revision, blob_id};
use crate::load::Repository;
use crate::model::KnownSections;

/// What is known of the edition that was read last.
#[derive(Debug, Default)]
pub struct Known {
    sections: KnownSections,
    /// What the files of these sections say, as ids, by their paths.
    ids: HashMap<String, String>,
    /// Whether it was read from the disk.
    is_on_disk: bool,
}

impl Known {
    /// What has been read from the disk, where the ids of git have so many digits.
    pub(super) fn on_disk(sections: KnownSections, digits: usize) -> Self {
        let mut ids = HashMap::new();
        for file in sections.files() {
            let text = file.text();
            // A mark at the beginning is taken off when a file is read: another one than this may have been there.
            if !text.starts_with('\u{FEFF}') {
                ids.insert(file.path().to_owned(), blob_id(text.as_bytes(), digits));
            }
        }
        Self {
            sections,
            ids,
            is_on_disk: true,
        }
    }

    /// What has been read from a revision.
    pub(super) fn at(revision: &Revision, sections: KnownSections) -> Result<Self, GitError> {
        let mut ids = HashMap::new();
        for file in sections.files() {
            if let Some(id) = revision.id_at(file.path())? {
                ids.insert(file.path().to_owned(), id);
            }
        }
        Ok(Self {
            sections,
            ids,
            is_on_disk: false,
        })
    }

    /// The ids of files that lie on the disk, as far as they are known.
    pub(super) fn ids_on_disk(&self) -> Option<&HashMap<String, String>> {
        self.is_on_disk.then_some(&self.ids)
    }

    /// Hands the files that say the same in a revision over to the repository that is read from it, and gives the sections
    /// in them.
    pub(super) fn lent_to(
        self,
        repository: &mut Repository,
        revision: &Revision,
    ) -> Result<KnownSections, GitError> {
        for file in self.sections.files() {
            let known = self.ids.get(file.path());
            if known.is_some() && revision.id_at(file.path())?.as_ref() == known {
                repository.lend(file);
            }
        }
        Ok(self.sections)
    }
}
