//! The area's sign: the picture that `[omraade.logo]` names, read once for all that is made of one state of the files,
//! and what is wrong with it.
//!
//! It is no part of what a protocol says: no fingerprint counts it.

use std::sync::{Arc, OnceLock};

use super::{Ground, Site};
use crate::diag::{Code, Finding};
use crate::document::{Document, Logo};
use crate::load::{Picture, Repository};
use crate::model::{Area, AreaNames};
use crate::render;
use crate::text::Place;

/// The picture, once it has been read, whoever asks first; `None` where there is none that can be shown.
pub(super) type Read = Arc<OnceLock<Option<Picture>>>;

/// The name it has among the files of a print, without its ending. No file of an author's is called so.
const NAME: &str = "rp-logo";

fn read<'p>(repository: &Repository, area: &Area, read: &'p Read) -> Option<&'p Picture> {
    let picture = read.get_or_init(|| repository.picture(&area.logo.as_ref()?.path()?));
    picture.as_ref()
}

/// RP206, where the file is no picture that can be shown.
pub(super) fn finding(repository: &Repository, area: &Area, picture: &Read) -> Option<Finding> {
    let logo = area.logo.as_ref()?;
    if read(repository, area, picture).is_some() {
        return None;
    }
    let message = format!(
        "Logoet »{}« er ikke et billede, der ligger her og kan vises.",
        logo.file.text
    );
    let place = Place::new(&area.file, logo.file.span);
    Some(Finding::new(Code::Billede, place, message).with_help(
        "Læg en SVG eller en PNG ved siden af rusprot.toml, og skriv dens navn, for eksempel fil = \"logo.svg\".",
    ))
}

impl Site<'_> {
    /// The area's sign with its picture, for what is the area's own: a protocol that names another area has none.
    pub(crate) fn logo(&self, of: &AreaNames) -> Option<(Logo, &Picture)> {
        let logo = self.area.logo.as_ref()?;
        if of.name.text != self.area.name.text {
            return None;
        }
        let picture = read(self.repository, &self.area, &self.logo)?;
        let ending = logo.file.text.rsplit('.').next().unwrap_or_default();
        let logo = Logo {
            file: format!("{NAME}.{}", ending.to_lowercase()),
            text: logo.text.text.clone(),
        };
        Some((logo, picture))
    }
}

/// Puts the sign on a document, and its picture among those that it shows.
pub(super) fn put(
    logo: Option<(Logo, &Picture)>,
    document: &mut Document,
    pictures: &mut render::Pictures,
) {
    let Some((logo, picture)) = logo else { return };
    let shown = render::Picture {
        bytes: picture.bytes.clone(),
        media_type: picture.media_type,
    };
    pictures.0.insert(logo.file.clone(), shown);
    document.logo = Some(logo);
}

impl Site<'_> {
    /// The area's sign for the area's own page: an address that holds the picture, and what it shows.
    pub(crate) fn shown_logo(&self) -> Option<(String, String)> {
        shown(self.repository, &self.area, &self.logo)
    }
}

#[cfg(feature = "serve")]
impl Ground {
    /// The same, of files that no whole site is opened over.
    pub(crate) fn shown_logo(&self, repository: &Repository) -> Option<(String, String)> {
        shown(repository, &self.area, &self.logo)
    }
}

fn shown(repository: &Repository, area: &Area, picture: &Read) -> Option<(String, String)> {
    let picture = read(repository, area, picture)?;
    let shown = render::Picture {
        bytes: picture.bytes.clone(),
        media_type: picture.media_type,
    };
    let text = &area.logo.as_ref()?.text.text;
    Some((render::data_url(&shown), text.clone()))
}
