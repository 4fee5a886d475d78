//! A reference as an author writes it: what links and `indsaet` name. What there is to name is `targets`'
//! business.

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// An address outside: `http(s):`, `mailto:` or `tel:`.
    Address(String),
    /// A place or a document named by its id.
    Named(ReferenceKind, String),
    /// Anything else, as typed: a path, another scheme, nothing. Never printed as a link.
    Unsafe(String),
}

/// The kinds of names a reference can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// `bilag:<id>`
    Appendix,
    /// `afsnit:<id>`
    Section,
    /// `dok:<id>`, a document of the area's register.
    Document,
    /// `kontakt:<id>`, a contact of the protocol or the area.
    Contact,
    /// `figur:<id>`, a figure of the protocol.
    Figure,
    /// `tabel:<id>`, a table of the protocol.
    Table,
    /// `kort:<id>`, an action card of the protocol.
    Card,
}

impl ReferenceKind {
    /// Every kind, in the order in which people are told of them.
    pub const ALL: [Self; 7] = [
        Self::Appendix,
        Self::Section,
        Self::Document,
        Self::Contact,
        Self::Figure,
        Self::Table,
        Self::Card,
    ];

    /// Whether it names a building block, which a line of its own in a text places there.
    pub const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Contact | Self::Figure | Self::Table | Self::Card
        )
    }

    /// The word before the colon.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Appendix => "bilag",
            Self::Section => "afsnit",
            Self::Document => "dok",
            Self::Contact => "kontakt",
            Self::Figure => "figur",
            Self::Table => "tabel",
            Self::Card => "kort",
        }
    }
}

impl Reference {
    /// Reads a link's destination.
    pub fn parse(destination: &str) -> Self {
        let trimmed = destination.trim();
        let Some((scheme, rest)) = trimmed.split_once(':') else {
            return Self::Unsafe(trimmed.to_owned());
        };
        let scheme = scheme.to_ascii_lowercase();
        let mut kinds = ReferenceKind::ALL.into_iter();
        if let Some(kind) = kinds.find(|kind| kind.prefix() == scheme) {
            return Self::Named(kind, rest.trim().to_owned());
        }
        match scheme.as_str() {
            "http" | "https" if rest.len() > 2 && rest.starts_with("//") => {
                Self::Address(trimmed.to_owned())
            }
            "mailto" | "tel" if !rest.trim().is_empty() => Self::Address(trimmed.to_owned()),
            _ => Self::Unsafe(trimmed.to_owned()),
        }
    }

    /// The reference as an author writes it.
    pub fn written(&self) -> String {
        match self {
            Self::Address(address) | Self::Unsafe(address) => address.clone(),
            Self::Named(kind, id) => format!("{}:{id}", kind.prefix()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_are_addresses() {
        assert_eq!(
            Reference::parse("https://a.dk/x"),
            Reference::Address("https://a.dk/x".into())
        );
        assert_eq!(
            Reference::parse("bilag:husorden"),
            Reference::Named(ReferenceKind::Appendix, "husorden".into())
        );
        assert_eq!(
            Reference::parse("kontakt: vagt"),
            Reference::Named(ReferenceKind::Contact, "vagt".into())
        );
        assert_eq!(
            Reference::parse("Figur:cirkel"),
            Reference::Named(ReferenceKind::Figure, "cirkel".into())
        );
        for unsafe_one in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///c:/x",
            "#",
            "",
            "https:",
            "C:\\x",
        ] {
            assert_eq!(
                Reference::parse(unsafe_one),
                Reference::Unsafe(unsafe_one.into()),
                "{unsafe_one}"
            );
        }
    }
}
