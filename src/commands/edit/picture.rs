//! A picture that somebody adds: looked through as pictures are, and laid in the protocol's folder of pictures.

use anyhow::Result;

use super::stays_inside;
use crate::fs;
use crate::load::{LARGEST_PICTURE, PictureKind, Repository, flaw};
use crate::model::slug;
use crate::site::area_settings;
use crate::write::{self, Lock};

/// No picture is larger, in bytes.
pub const LARGEST_UPLOAD: u64 = LARGEST_PICTURE;

/// The folder of pictures in a protocol's.
const FOLDER: &str = "billeder";
/// No name is longer, in letters.
const LONGEST_NAME: usize = 40;

/// Adds a picture, and says what texts call it: `billeder/haven.png`. The inner error says why it cannot be one.
///
/// # Errors
/// Where the disk fails.
pub fn add_picture(
    repository: &Repository,
    protocol: &str,
    name: &str,
    bytes: &[u8],
) -> Result<Result<String, String>> {
    let (area, _) = area_settings(repository)?;
    let known = repository.protocols(&area.protocol_folder)?;
    if !known.iter().any(|known| known == protocol) {
        return Ok(Err("Den protokol er der ikke.".to_owned()));
    }
    let Some(kind) = PictureKind::of_bytes(bytes) else {
        return Ok(Err(
            "Filen er ikke et billede, som kan vises. Brug PNG, JPEG, GIF, WebP eller SVG."
                .to_owned(),
        ));
    };
    if bytes.len() as u64 > LARGEST_PICTURE {
        return Ok(Err(format!(
            "Billedet fylder mere end {} MB. Gør det mindre først.",
            LARGEST_PICTURE / 1_000_000
        )));
    }
    if flaw(kind, bytes).is_some() {
        return Ok(Err(
            "Billedet er beskadiget eller gemt på en måde, som ikke kan trykkes. Gem det igen som PNG eller JPEG."
                .to_owned(),
        ));
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem: String = slug(stem).chars().take(LONGEST_NAME).collect();
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "billede" } else { stem };
    let _alone = Lock::of(repository.root())?;
    let folder = format!("{}/{protocol}/{FOLDER}", area.protocol_folder);
    if !stays_inside(repository, &folder) {
        return Ok(Err(format!(
            "Mappen {FOLDER} er en genvej til et andet sted."
        )));
    }
    let ending = kind.endings()[0];
    for number in 1_u32.. {
        let name = if number == 1 {
            format!("{stem}.{ending}")
        } else {
            format!("{stem}-{number}.{ending}")
        };
        let target = repository.root().join(&folder).join(&name);
        if fs::own_metadata(&target).is_none() {
            write::create(&target, bytes)?;
        } else if !matches!(fs::read_plain(&target, LARGEST_PICTURE), fs::Content::Bytes(own) if own == bytes)
        {
            continue;
        }
        return Ok(Ok(format!("{FOLDER}/{name}")));
    }
    unreachable!("the numbers do not end")
}
