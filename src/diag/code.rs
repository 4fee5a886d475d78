//! The codes of the rules: number, Danish name and own level, in one table.
//!
//! What a rule *does* stands in its own file; what it says about itself in `docs/regler/`.

use super::Level;

/// The group of rules a code belongs to, by its hundreds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// RP0xx: what can be read at all.
    Reading,
    /// RP1xx: what the skabelon asks for.
    Structure,
    /// RP2xx: references, links, footnotes and pictures.
    References,
    /// RP3xx: words and sentences.
    Language,
    /// RP4xx: what does not agree within a protocol or an area.
    Consistency,
    /// RP5xx: what says something about a person.
    Person,
    /// RP6xx: what refers to a law.
    Law,
    /// RP7xx: the year wheel and the approvals.
    Time,
    /// RP8xx: the skabelon itself.
    Skabelon,
}

macro_rules! codes {
    ($($variant:ident $number:literal $name:literal $level:ident;)*) => {
        /// A rule, by what it is about. Ordered by number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(
                #[doc = concat!($number, " `", $name, "`")]
                $variant,
            )*
        }

        impl Code {
            /// Every code, in order of number.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable number, such as `RP101`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// The Danish name, as written in `[kontrol]`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The level the rule has when the repository says nothing.
            pub const fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }
        }
    };
}

codes! {
    TomlSyntax        "RP001" "toml-syntaks"          Error;
    UnknownKey        "RP002" "ukendt-noegle"         Error;
    WrongType         "RP003" "forkert-type"          Error;
    MissingKey        "RP004" "manglende-noegle"      Error;
    Encoding          "RP005" "tegnsaet"              Error;
    RawHtml           "RP006" "raa-html"              Error;
    HeadingInText     "RP007" "overskrift-i-tekst"    Error;
    InvisibleChars    "RP008" "usynlige-tegn"         Error;
    UnknownVariable   "RP009" "ukendt-variabel"       Error;
    DuplicateId       "RP010" "dobbelt-id"            Error;
    UnusedException   "RP011" "ubrugt-undtagelse"     Warning;
    MissingSection    "RP101" "manglende-afsnit"      Error;
    EmptySection      "RP102" "tomt-afsnit"           Error;
    UnknownRequirement "RP103" "ukendt-krav"          Error;
    DuplicateHeading  "RP104" "dobbelt-overskrift"    Error;
    SectionOrder      "RP105" "raekkefoelge"          Warning;
    UnansweredPoint   "RP106" "udaekket-punkt"        Error;
    ObligatoryText    "RP107" "obligatorisk-tekst"    Error;
    OtherWording      "RP108" "anden-ordlyd"          Warning;
    GuidanceAsAnswer  "RP109" "vejledning-som-svar"   Error;
    MissingSubsection "RP110" "manglende-underafsnit" Error;
    TypedNumber       "RP111" "skrevet-nummer"        Warning;
    UnknownReference  "RP201" "ukendt-henvisning"     Error;
    DeadLink          "RP202" "doedt-link"            Error;
    EmptyLinkText     "RP203" "intetsigende-link"     Warning;
    PageReference     "RP204" "sidehenvisning"        Warning;
    Footnote          "RP205" "fodnote"               Error;
    Picture           "RP206" "billede"               Error;
    NamedAppendix     "RP207" "naevnt-bilag"          Warning;
    Lix               "RP301" "lix"                   Warning;
    LongSentence      "RP302" "lang-saetning"         Warning;
    WordList          "RP303" "ordliste"              Error;
    Abbreviation      "RP304" "forkortelse"           Warning;
    EditorialRest     "RP305" "redaktionel-rest"      Error;
    AlmostSameWord    "RP306" "naesten-samme-ord"     Warning;
    DeviatingList     "RP401" "afvigende-liste"       Error;
    CopiedAnswer      "RP402" "kopieret-svar"         Warning;
    OtherInstitution  "RP403" "fremmed-institution"   Error;
    PersonNumber      "RP501" "personnummer"          Error;
    PersonalDetails   "RP502" "personoplysning"       Warning;
    UnnamedLaw        "RP601" "lov-uden-navn"         Warning;
    ChangedLaw        "RP602" "aendret-lov"           Warning;
    LegalBasis        "RP603" "hjemmel"               Warning;
    Overdue           "RP701" "frist-overskredet"     Error;
    DueSoon           "RP702" "frist-naer"            Warning;
    ChangedSinceApproval "RP703" "aendret-siden-godkendelse" Warning;
    DateConflict      "RP704" "dato-modstrid"         Error;
    SkabelonDuplicateId "RP801" "skabelon-dobbelt-id" Error;
    UnreachableAlias  "RP802" "uopnaaeligt-alias"     Warning;
    SkabelonVariable  "RP803" "skabelon-variabel"     Error;
    ImpossibleDuty    "RP804" "umulig-pligt"          Warning;
    AmbiguousHeading  "RP805" "flertydig-overskrift"  Error;
}

impl Code {
    /// The group the rule belongs to.
    pub fn family(self) -> Family {
        match self.number().as_bytes()[2] {
            b'0' => Family::Reading,
            b'1' => Family::Structure,
            b'2' => Family::References,
            b'3' => Family::Language,
            b'4' => Family::Consistency,
            b'5' => Family::Person,
            b'6' => Family::Law,
            b'7' => Family::Time,
            _ => Family::Skabelon,
        }
    }

    /// Whether the rule stays an error in a draft: what it finds would make the output wrong or
    /// unsafe (RP0xx, RP201, RP206, RP501).
    pub fn holds_in_draft(self) -> bool {
        self.family() == Family::Reading
            || matches!(
                self,
                Self::UnknownReference | Self::Picture | Self::PersonNumber
            )
    }

    /// Whether `[[undtag]]` can set its findings aside: not what cannot be read, what stands in no protocol,
    /// and no personal number.
    pub fn can_be_excepted(self) -> bool {
        !matches!(self.family(), Family::Reading | Family::Skabelon) && self != Self::PersonNumber
    }

    /// The rule with this number or name, in any case.
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| {
            code.number().eq_ignore_ascii_case(text) || code.name() == text.to_lowercase()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_names_are_unique() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].number() < pair[1].number(), "{pair:?}");
        }
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn a_code_is_found_by_number_and_by_name_in_any_case() {
        assert_eq!(Code::find("rp101"), Some(Code::MissingSection));
        assert_eq!(Code::find("Manglende-Afsnit"), Some(Code::MissingSection));
        assert_eq!(Code::find("RP999"), None);
    }

    #[test]
    fn a_draft_still_stops_for_what_makes_the_output_wrong() {
        assert!(Code::UnknownKey.holds_in_draft());
        assert!(Code::Picture.holds_in_draft());
        assert!(!Code::MissingSection.holds_in_draft());
    }
}
