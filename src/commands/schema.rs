//! `schema`: what a kind of file can hold, with what the skabelon asks of it.

use anyhow::{Result, bail};

use crate::load::Repository;
use crate::model::FileKind;
use crate::site::{area_settings, find_skabelon, skabeloner};

/// The JSON Schema of a kind of file, as text with a line end. Sections and protocols have what a skabelon asks
/// for: the one that is named, else the area's own where there is one.
///
/// # Errors
/// When the repository cannot be read, the skabelon is not known, or the kind of file follows none.
pub fn schema(
    repository: Option<&Repository>,
    kind: FileKind,
    template: Option<&str>,
) -> Result<String> {
    let follows = matches!(kind, FileKind::Section | FileKind::Protocol);
    if template.is_some() && !follows {
        bail!("--template hører til section og protocol. De andre filer følger ingen skabelon.");
    }
    let listed = if follows {
        skabeloner(repository)?
    } else {
        Vec::new()
    };
    let skabelon = match (template, repository) {
        (Some(name), _) => Some(find_skabelon(name, &listed)?),
        (None, Some(repository)) if follows => {
            let usual = area_settings(repository)?.0.skabelon;
            let usual = usual.as_ref().map(|name| name.text.as_str());
            listed.iter().find(|one| Some(one.name.as_str()) == usual)
        }
        (None, _) => None,
    };
    let schema = kind.schema(skabelon.map(|one| (one.name.as_str(), &one.skabelon)));
    Ok(format!("{schema:#}\n"))
}
