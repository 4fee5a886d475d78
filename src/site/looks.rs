//! How pages look: the built-in templates, and an area's own over them.
//!
//! `templates/<skabelon>/html/`, `md/` and `typst/` hold files of the same names as the built-in ones;
//! a file that is there is used in place of the built-in one for protocols of that skabelon.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::load::{LARGEST_TOML, Repository};
use crate::model::Area;
use crate::render::{Overrides, Renderer};
use crate::text::visible::has_hidden;

/// The templates of PDFs, under the names they have in a staged folder.
pub(crate) const TYPST_TEMPLATES: [(&str, &str); 9] = [
    (
        "aendringer.typ",
        include_str!("../../templates/page/typst/aendringer.typ"),
    ),
    (
        "aendringsark.typ",
        include_str!("../../templates/page/typst/aendringsark.typ"),
    ),
    (
        "formular.typ",
        include_str!("../../templates/page/typst/formular.typ"),
    ),
    (
        "fundament.typ",
        include_str!("../../templates/page/typst/fundament.typ"),
    ),
    (
        "kort.typ",
        include_str!("../../templates/page/typst/kort.typ"),
    ),
    (
        "kvittering.typ",
        include_str!("../../templates/page/typst/kvittering.typ"),
    ),
    (
        "opslag.typ",
        include_str!("../../templates/page/typst/opslag.typ"),
    ),
    (
        "pakke.typ",
        include_str!("../../templates/page/typst/pakke.typ"),
    ),
    (
        "protokol.typ",
        include_str!("../../templates/page/typst/protokol.typ"),
    ),
];

/// The files typst is given beside the data, by name: the built-in templates, and an area's own over them.
pub(crate) type TypstFiles = BTreeMap<String, Cow<'static, [u8]>>;

/// The looks of each skabelon.
pub(crate) struct Looks {
    built_in: Look,
    own: BTreeMap<String, Look>,
}

/// The looks of one skabelon's protocols.
pub(crate) struct Look {
    pub(crate) renderer: Renderer,
    /// The templates of PDFs.
    pub(crate) typst: TypstFiles,
}

impl Looks {
    pub(crate) fn read(repository: &Repository, area: &Area) -> Result<Self> {
        let built_in = Look {
            renderer: Renderer::new(&Overrides::default())?,
            typst: built_in_typst(),
        };
        let mut own = BTreeMap::new();
        for entry in repository.list(&area.skabelon_folder)? {
            // `page` holds the built-in looks where rusprot itself is the repository.
            if !entry.is_dir || entry.name == "page" || has_hidden(&entry.name) {
                continue;
            }
            let folder = format!("{}/{}", area.skabelon_folder, entry.name);
            let mut overrides = Overrides::default();
            for kind in ["html", "md"] {
                let folder = format!("{folder}/{kind}");
                for file in repository.list(&folder)? {
                    let path = format!("{folder}/{}", file.name);
                    if !file.is_dir
                        && let Some(bytes) = repository.bytes(&path, LARGEST_TOML)?
                    {
                        let text = String::from_utf8(bytes)
                            .with_context(|| format!("{path} er ikke gemt som UTF-8"))?;
                        let own = if kind == "html" {
                            &mut overrides.html
                        } else {
                            &mut overrides.md
                        };
                        own.insert(file.name, text);
                    }
                }
            }
            let typst = own_typst(repository, &format!("{folder}/typst"))?;
            if overrides.html.is_empty() && overrides.md.is_empty() && typst.is_empty() {
                continue;
            }
            let renderer = Renderer::new(&overrides).with_context(|| {
                format!(
                    "skabelonen »{}« har en side-skabelon, der ikke kan bruges",
                    entry.name
                )
            })?;
            let mut look = Look {
                renderer,
                typst: built_in_typst(),
            };
            look.typst.extend(typst);
            own.insert(entry.name, look);
        }
        Ok(Self { built_in, own })
    }

    /// The look of a skabelon's protocols.
    pub(crate) fn of(&self, skabelon: Option<&str>) -> &Look {
        skabelon
            .and_then(|name| self.own.get(name))
            .unwrap_or(&self.built_in)
    }
}

/// The built-in templates.
pub(crate) fn built_in_typst() -> TypstFiles {
    TYPST_TEMPLATES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(text.as_bytes())))
        .collect()
}

/// An area's own typst files; any `.typ` goes along, so that its templates may be in several files too.
fn own_typst(repository: &Repository, folder: &str) -> Result<TypstFiles> {
    let mut own = TypstFiles::new();
    for file in repository.list(folder)? {
        let path = format!("{folder}/{}", file.name);
        if !file.is_dir
            && file.name.ends_with(".typ")
            && let Some(bytes) = repository.bytes(&path, LARGEST_TOML)?
        {
            own.insert(file.name, Cow::Owned(bytes));
        }
    }
    Ok(own)
}
