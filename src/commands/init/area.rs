//! The files an area begins with: `rusprot.toml`, a LÆSMIG, and what git leaves alone.

use super::AreaStart;
use crate::check::typed;

/// What people read first.
const README: &str = "LÆSMIG.md";

/// The paths and texts of the files beside `rusprot.toml`.
pub(super) fn files(name: &str) -> Vec<(&'static str, String)> {
    vec![(README, readme(name)), (".gitignore", IGNORED.to_owned())]
}

/// `rusprot.toml` of an area that has only a name so far.
pub(super) fn config(start: &AreaStart) -> String {
    let organisation = match &start.organisation {
        Some(organisation) => format!("organisation = {}", typed::string(organisation)),
        None => "# organisation = \"Kommunen eller regionen\"".to_owned(),
    };
    format!(
        "# Området. Det, der står her, gælder for alle protokoller i mappen protocols.\n\
         \n\
         skabelon = {}\n\
         \n\
         [omraade]\n\
         navn = {}\n\
         {organisation}\n\
         \n\
         # Til venstre et ord, som kontrollen skal finde. Til højre det ord, I vil have i stedet.\n\
         [ordliste]\n\
         # \"misbruger\" = \"borger, der bruger rusmidler\"\n\
         \n\
         # Forkortelser bliver forklaret bagest i protokollen.\n\
         [forkortelser]\n\
         # MED = \"Medbestemmelse og medindflydelse\"\n",
        typed::string(&start.skabelon),
        typed::string(&start.name),
    )
}

fn readme(name: &str) -> String {
    format!(
        "# {name}\n\
         \n\
         Her ligger det, vi skriver. Hver mappe i `protocols/` er ét steds papir, og hver fil i den er ét afsnit.\n\
         \n\
         ## Skriv\n\
         \n\
         1. Åbn filerne i `protocols/` fra en ende af. Brug et program til ren tekst, ikke Word.\n\
         2. Skriv jeres tekst mellem de to linjer med `'''`. Linjer, der begynder med `#`, er vejledning. De \
         bliver ikke trykt.\n\
         3. Skriv roller og funktioner, aldrig navne på personer.\n\
         \n\
         ## Se efter, og se siderne\n\
         \n\
         Åbn en terminal i denne mappe, og skriv:\n\
         \n\
         \x20   rusprot check            # hvad mangler der?\n\
         \x20   rusprot build --draft    # lav siderne, mens I skriver; de ligger i mappen dist\n\
         \x20   rusprot explain RP102    # hvad betyder et fund?\n\
         \n\
         Er der ingen fejl, så lav de rigtige sider med `rusprot build`. Skal et sted mere med, så skriv \
         `rusprot init`.\n"
    )
}

/// Pages that can be made again, and what systems and office programs leave behind.
const IGNORED: &str = "\
# Sider, som rusprot kan lave igen.
/dist

# Det, som andre programmer lægger fra sig.
.DS_Store
Thumbs.db
~$*
*.tmp
";
