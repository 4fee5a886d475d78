//! The codes of the rules: number, Danish name and own level, in one table.
//!
//! A rule has one name: its variant, the file it stands in, its page in `docs/regler/` and the word in
//! `[kontrol]` are the same, each in its own letters. What a rule *does* stands in its file; what it says
//! about itself on its page.

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

            /// What the rule says about itself, embedded from `docs/regler`, in Danish Markdown: what it looks
            /// for, why, an example and the cure.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!(
                        "../../docs/regler/", $number, "-", $name, ".md"
                    )),)*
                }
            }

            /// The level the rule has when the repository says nothing.
            pub const fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }
        }
    };
}

codes! {
    TomlSyntaks             "RP001" "toml-syntaks"              Error;
    UkendtNoegle            "RP002" "ukendt-noegle"             Error;
    ForkertType             "RP003" "forkert-type"              Error;
    ManglendeNoegle         "RP004" "manglende-noegle"          Error;
    Tegnsaet                "RP005" "tegnsaet"                  Error;
    RaaHtml                 "RP006" "raa-html"                  Error;
    OverskriftITekst        "RP007" "overskrift-i-tekst"        Error;
    UsynligeTegn            "RP008" "usynlige-tegn"             Error;
    UkendtVariabel          "RP009" "ukendt-variabel"           Error;
    DobbeltId               "RP010" "dobbelt-id"                Error;
    UbrugtUndtagelse        "RP011" "ubrugt-undtagelse"         Warning;
    FilUdenPlads            "RP012" "fil-uden-plads"            Error;
    ForkertBord             "RP013" "forkert-bord"              Warning;
    Navnesammenfald         "RP014" "navnesammenfald"           Error;
    UlaeseligFil            "RP015" "ulaeselig-fil"             Error;
    ForkertUdgave           "RP016" "forkert-udgave"            Error;
    ManglendeAfsnit         "RP101" "manglende-afsnit"          Error;
    TomtAfsnit              "RP102" "tomt-afsnit"               Error;
    UkendtKrav              "RP103" "ukendt-krav"               Error;
    DobbeltOverskrift       "RP104" "dobbelt-overskrift"        Error;
    Raekkefoelge            "RP105" "raekkefoelge"              Warning;
    UdaekketPunkt           "RP106" "udaekket-punkt"            Error;
    ObligatoriskTekst       "RP107" "obligatorisk-tekst"        Error;
    AndenOrdlyd             "RP108" "anden-ordlyd"              Warning;
    VejledningSomSvar       "RP109" "vejledning-som-svar"       Error;
    ManglendeUnderafsnit    "RP110" "manglende-underafsnit"     Error;
    SkrevetNummer           "RP111" "skrevet-nummer"            Warning;
    UdgaveMangler           "RP112" "udgave-mangler"            Error;
    UkendtHenvisning        "RP201" "ukendt-henvisning"         Error;
    DoedtLink               "RP202" "doedt-link"                Error;
    IntetsigendeLink        "RP203" "intetsigende-link"         Warning;
    Sidehenvisning          "RP204" "sidehenvisning"            Warning;
    Fodnote                 "RP205" "fodnote"                   Error;
    Billede                 "RP206" "billede"                   Error;
    NaevntBilag             "RP207" "naevnt-bilag"              Warning;
    WordListe               "RP208" "word-liste"                Error;
    WordTabel               "RP209" "word-tabel"                Error;
    Linjeskift              "RP210" "linjeskift"                Warning;
    TegnUdenSkrift          "RP211" "tegn-uden-skrift"          Warning;
    Listenumre              "RP212" "listenumre"                Error;
    MaerkerILinje           "RP213" "maerker-i-linje"           Warning;
    SkaevTabel              "RP214" "skaev-tabel"               Error;
    Lix                     "RP301" "lix"                       Warning;
    LangSaetning            "RP302" "lang-saetning"             Warning;
    Ordliste                "RP303" "ordliste"                  Error;
    Forkortelse             "RP304" "forkortelse"               Warning;
    RedaktionelRest         "RP305" "redaktionel-rest"          Error;
    NaestenSammeOrd         "RP306" "naesten-samme-ord"         Warning;
    Tegnsaetning            "RP307" "tegnsaetning"              Warning;
    ForvanskedeBogstaver    "RP308" "forvanskede-bogstaver"     Error;
    AfvigendeListe          "RP401" "afvigende-liste"           Error;
    KopieretSvar            "RP402" "kopieret-svar"             Warning;
    FremmedInstitution      "RP403" "fremmed-institution"       Error;
    Personnummer            "RP501" "personnummer"              Error;
    Personoplysning         "RP502" "personoplysning"           Warning;
    LovUdenNavn             "RP601" "lov-uden-navn"             Warning;
    AendretLov              "RP602" "aendret-lov"               Warning;
    Hjemmel                 "RP603" "hjemmel"                   Warning;
    AendretMyndighed        "RP604" "aendret-myndighed"         Warning;
    FristOverskredet        "RP701" "frist-overskredet"         Error;
    FristNaer               "RP702" "frist-naer"                Warning;
    AendretSidenGodkendelse "RP703" "aendret-siden-godkendelse" Warning;
    DatoModstrid            "RP704" "dato-modstrid"             Error;
    UdenVersion             "RP705" "uden-version"              Warning;
    Udloebet                "RP706" "udloebet"                  Warning;
    SkabelonDobbeltId       "RP801" "skabelon-dobbelt-id"       Error;
    UopnaaeligtAlias        "RP802" "uopnaaeligt-alias"         Warning;
    SkabelonVariabel        "RP803" "skabelon-variabel"         Error;
    UmuligPligt             "RP804" "umulig-pligt"              Warning;
    FlertydigOverskrift     "RP805" "flertydig-overskrift"      Error;
    AendretKopi             "RP806" "aendret-kopi"              Error;
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
                Self::UkendtHenvisning | Self::Billede | Self::Personnummer
            )
    }

    /// Whether `[[undtag]]` can set its findings aside: not what cannot be read, and not what stands in no
    /// protocol.
    pub fn can_be_excepted(self) -> bool {
        !matches!(self.family(), Family::Reading | Family::Skabelon)
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
    fn a_variant_is_its_rule_s_name_in_capitals() {
        for code in Code::ALL {
            let words = code.name().split('-');
            let variant: String = words
                .map(|word| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]))
                .collect();
            assert_eq!(format!("{code:?}"), variant);
        }
    }

    #[test]
    fn each_page_begins_with_its_rule_and_the_rules_own_level() {
        for &code in Code::ALL {
            let lines: Vec<&str> = code.page().lines().take(3).collect();
            let title = format!("# {} {}", code.number(), code.name());
            let level = format!("Niveau: {}", code.level().danish());
            assert_eq!(lines, [title.as_str(), "", level.as_str()], "{code:?}");
        }
    }

    #[test]
    fn a_code_is_found_by_number_and_by_name_in_any_case() {
        assert_eq!(Code::find("rp101"), Some(Code::ManglendeAfsnit));
        assert_eq!(Code::find("Manglende-Afsnit"), Some(Code::ManglendeAfsnit));
        assert_eq!(Code::find("RP999"), None);
    }

    #[test]
    fn a_draft_still_stops_for_what_makes_the_output_wrong() {
        assert!(Code::UkendtNoegle.holds_in_draft());
        assert!(Code::Billede.holds_in_draft());
        assert!(!Code::ManglendeAfsnit.holds_in_draft());
    }
}
