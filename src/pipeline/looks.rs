//! How pages look: the built-in templates, and an area's own over them.
//!
//! `templates/<skabelon>/html/`, `md/` and `typst/` hold files of the same names as the built-in ones;
//! a file that is there is used in place of the built-in one for protocols of that skabelon.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::fs;
use crate::load::Repository;
use crate::model::Area;
use crate::render::{Overrides, Renderer};

/// The PDF's page template, under its name in the staged folder.
pub(super) const TYPST_TEMPLATE: &str = include_str!("../../templates/page/typst/protokol.typ");

/// The looks of each skabelon.
pub(super) struct Looks {
    built_in: Look,
    own: BTreeMap<String, Look>,
}

/// The looks of one skabelon's protocols.
pub(super) struct Look {
    pub(super) renderer: Renderer,
    /// The PDF's page template.
    pub(super) typst: Cow<'static, [u8]>,
}

impl Looks {
    pub(super) fn read(repository: &Repository, area: &Area) -> Result<Self> {
        let built_in = Look {
            renderer: Renderer::new(&Overrides::default())?,
            typst: Cow::Borrowed(TYPST_TEMPLATE.as_bytes()),
        };
        let mut own = BTreeMap::new();
        let folder = repository.root().join(&area.skabelon_folder);
        for entry in fs::list(&folder)? {
            // `page` holds the built-in looks where rusprot itself is the repository.
            if !entry.is_dir || entry.name == "page" {
                continue;
            }
            let mut overrides = Overrides::default();
            for kind in ["html", "md"] {
                for file in fs::list(&entry.path.join(kind))? {
                    if !file.is_dir {
                        let text = String::from_utf8(fs::read(&file.path)?).with_context(|| {
                            format!("{} er ikke gemt som UTF-8", file.path.display())
                        })?;
                        let own = if kind == "html" {
                            &mut overrides.html
                        } else {
                            &mut overrides.md
                        };
                        own.insert(file.name, text);
                    }
                }
            }
            let typst = fs::read_if_there(&entry.path.join("typst/protokol.typ"))?;
            if overrides.html.is_empty() && overrides.md.is_empty() && typst.is_none() {
                continue;
            }
            let renderer = Renderer::new(&overrides).with_context(|| {
                format!(
                    "skabelonen »{}« har en side-skabelon, der ikke kan bruges",
                    entry.name
                )
            })?;
            let typst = typst.map_or(Cow::Borrowed(TYPST_TEMPLATE.as_bytes()), Cow::Owned);
            own.insert(entry.name, Look { renderer, typst });
        }
        Ok(Self { built_in, own })
    }

    /// The look of a skabelon's protocols.
    pub(super) fn of(&self, skabelon: Option<&str>) -> &Look {
        skabelon
            .and_then(|name| self.own.get(name))
            .unwrap_or(&self.built_in)
    }
}
