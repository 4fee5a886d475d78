//! Why a picture cannot be shown. How that is told stands in `sound` and `drawing`, what there is to say in the rule `billede`.

/// Why a picture cannot be shown by every output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early.
    Half,
    /// What it says about itself does not hold.
    Broken,
    /// It has more points than can be shown.
    TooLarge,
    /// A drawing that is no sound XML; the line.
    Unreadable(u32),
    /// A drawing without a width or a height.
    NoSize,
    /// A drawing that fetches from or leads to the address.
    Leads(String),
    /// A drawing that takes paper too long, or is more than it takes.
    TooHeavy,
    /// A drawing with a letter that the PDF has no face for.
    Letter(char),
}
