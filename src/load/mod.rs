//! From a repository's folders to text files, each with its place in the tree.
//!
//! Knows the names of files and folders and how bytes become TOML; what the keys mean is `model`'s
//! business. Only folders with a name of the format are looked into, so links in circles lead nowhere.

mod advice;
mod attachment;
mod drawing;
mod encoding;
mod flaw;
mod folder;
mod ignored;
mod long_strings;
mod loose;
mod names;
mod picture;
mod picture_kind;
mod repository;
mod sound;
mod source;
mod stray;
mod string;
mod syntax;
mod tree;

pub use attachment::{LARGEST_ATTACHMENT, attachment_path, is_pdf, is_pdf_name};
pub use encoding::{Encoding, Reencoded, as_utf8, reencode as reencoded};
pub use flaw::Flaw;
pub use folder::{Files, Folder, Standing};
pub use loose::LooseFiles;
pub use names::{FileName, PROTOCOL_FILE};
pub use picture::{LARGEST_PICTURE, Picture};
pub use picture_kind::PictureKind;
pub use repository::{BUILT_IN_NOTE, CONFIG_FILE, Repository, SourceRead};
pub use sound::flaw;
pub use source::{LARGEST_LOOSE, LARGEST_TOML};
pub use stray::{Seeming, Stray};
pub use string::SourceText;
pub use syntax::parse;
pub use tree::{NumberedFile, ProtocolFiles};
