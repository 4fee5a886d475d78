//! What each rule says about itself: the pages of `docs/regler`, embedded in the binary.
//!
//! `rusprot explain` and the SARIF report print these pages, so the folder and the program cannot
//! differ. The pages are written by hand; that each belongs to its rule is tested here.

use crate::diag::Code;

macro_rules! pages {
    ($($code:ident $name:literal;)*) => {
        /// The page about a rule, in Danish Markdown: what it looks for, why, an example and the cure.
        pub const fn page(code: Code) -> &'static str {
            match code {
                $(Code::$code => include_str!(concat!("../docs/regler/", $name, ".md")),)*
            }
        }
    };
}

pages! {
    TomlSyntax "RP001-toml-syntaks";
    UnknownKey "RP002-ukendt-noegle";
    WrongType "RP003-forkert-type";
    MissingKey "RP004-manglende-noegle";
    Encoding "RP005-tegnsaet";
    RawHtml "RP006-raa-html";
    HeadingInText "RP007-overskrift-i-tekst";
    InvisibleChars "RP008-usynlige-tegn";
    UnknownVariable "RP009-ukendt-variabel";
    DuplicateId "RP010-dobbelt-id";
    UnusedException "RP011-ubrugt-undtagelse";
    MissingSection "RP101-manglende-afsnit";
    EmptySection "RP102-tomt-afsnit";
    UnknownRequirement "RP103-ukendt-krav";
    DuplicateHeading "RP104-dobbelt-overskrift";
    SectionOrder "RP105-raekkefoelge";
    UnansweredPoint "RP106-udaekket-punkt";
    ObligatoryText "RP107-obligatorisk-tekst";
    OtherWording "RP108-anden-ordlyd";
    GuidanceAsAnswer "RP109-vejledning-som-svar";
    MissingSubsection "RP110-manglende-underafsnit";
    TypedNumber "RP111-skrevet-nummer";
    UnknownReference "RP201-ukendt-henvisning";
    DeadLink "RP202-doedt-link";
    EmptyLinkText "RP203-intetsigende-link";
    PageReference "RP204-sidehenvisning";
    Footnote "RP205-fodnote";
    Picture "RP206-billede";
    NamedAppendix "RP207-naevnt-bilag";
    Lix "RP301-lix";
    LongSentence "RP302-lang-saetning";
    WordList "RP303-ordliste";
    Abbreviation "RP304-forkortelse";
    EditorialRest "RP305-redaktionel-rest";
    AlmostSameWord "RP306-naesten-samme-ord";
    DeviatingList "RP401-afvigende-liste";
    CopiedAnswer "RP402-kopieret-svar";
    OtherInstitution "RP403-fremmed-institution";
    PersonNumber "RP501-personnummer";
    PersonalDetails "RP502-personoplysning";
    UnnamedLaw "RP601-lov-uden-navn";
    ChangedLaw "RP602-aendret-lov";
    LegalBasis "RP603-hjemmel";
    Overdue "RP701-frist-overskredet";
    DueSoon "RP702-frist-naer";
    ChangedSinceApproval "RP703-aendret-siden-godkendelse";
    DateConflict "RP704-dato-modstrid";
    SkabelonDuplicateId "RP801-skabelon-dobbelt-id";
    UnreachableAlias "RP802-uopnaaeligt-alias";
    SkabelonVariable "RP803-skabelon-variabel";
    ImpossibleDuty "RP804-umulig-pligt";
    AmbiguousHeading "RP805-flertydig-overskrift";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_begins_with_its_rule_and_the_rules_own_level() {
        for &code in Code::ALL {
            let lines: Vec<&str> = page(code).lines().take(3).collect();
            let title = format!("# {} {}", code.number(), code.name());
            let level = format!("Niveau: {}", code.level().danish());
            assert_eq!(lines, [title.as_str(), "", level.as_str()], "{code:?}");
        }
    }
}
