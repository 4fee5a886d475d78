//! What the browser is given beside the protocols' pages: the frame around them, its style and its scripts, plain
//! files that are built into the program.

/// The frame.
pub(super) const FRAME: &str = include_str!("ramme.html");

/// Its files: name, media type, text.
const FILES: [(&str, &str, &str); 8] = [
    ("stil.css", STYLE, include_str!("stil.css")),
    ("ramme.js", SCRIPT, include_str!("ramme.js")),
    ("skriv.js", SCRIPT, include_str!("skriv.js")),
    ("felter.js", SCRIPT, include_str!("felter.js")),
    ("tekst.js", SCRIPT, include_str!("tekst.js")),
    ("udkast.js", SCRIPT, include_str!("udkast.js")),
    ("version.js", SCRIPT, include_str!("version.js")),
    ("vaerktoej.js", SCRIPT, include_str!("vaerktoej.js")),
];

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file of the frame: its media type and its text.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    let mut files = FILES.iter();
    let (_, kind, text) = files.find(|(own, ..)| *own == name)?;
    Some((kind, text))
}
