//! The rules, one file each: what makes a finding, where, and what does not.

mod aendret_kopi;
mod aendret_lov;
mod aendret_myndighed;
mod aendret_siden_godkendelse;
mod afvigende_liste;
mod anden_ordlyd;
mod billede;
mod dato_modstrid;
mod dobbelt_id;
mod dobbelt_overskrift;
mod doedt_link;
mod fil_uden_plads;
mod flertydig_overskrift;
mod fodnote;
mod for_dybt;
mod forkert_bord;
mod forkert_udgave;
mod forkortelse;
mod forvanskede_bogstaver;
mod fremmed_institution;
mod frist_naer;
mod frist_overskredet;
mod hjemmel;
mod intetsigende_link;
mod kopieret_svar;
mod lang_saetning;
mod linjeskift;
mod listenumre;
mod lix;
mod lov_uden_navn;
mod maerker_i_linje;
mod manglende_afsnit;
mod manglende_underafsnit;
mod naesten_samme_ord;
mod naevnt_bilag;
mod navnesammenfald;
mod obligatorisk_tekst;
mod ordliste;
mod overskrift_i_tekst;
mod personnummer;
mod personoplysning;
mod raa_html;
mod raekkefoelge;
mod redaktionel_rest;
mod sidehenvisning;
mod skabelon_dobbelt_id;
mod skabelon_variabel;
mod skaev_tabel;
mod skrevet_nummer;
mod tegn_uden_skrift;
mod tegnsaetning;
mod tomt_afsnit;
mod ubrugt_undtagelse;
mod udaekket_punkt;
mod uden_version;
mod udgave_mangler;
mod udloebet;
mod ukendt_henvisning;
mod ukendt_krav;
mod ukendt_variabel;
mod ulaeselig_fil;
mod umulig_pligt;
mod uopnaaeligt_alias;
mod usynlige_tegn;
mod vejledning_som_svar;
mod word_liste;
mod word_tabel;

use serde_json::Value;

use crate::support::Repo;

/// The folder of the one protocol there is.
const FOLDER: &str = "protocols/hus/";

/// An area with one protocol, `hus`, that has these files, and whose skabelon has these requirements.
pub(crate) fn house(requirements: &str, files: &[(&str, &str)]) -> Repo {
    let skabelon =
        format!("navn = \"Prøve\"\ndokumenttype = \"Prøve\"\nversion = \"1\"\n{requirements}");
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"proeve\"\n[omraade]\nnavn = \"Prøveområdet\"\n",
        )
        .file("templates/proeve/skabelon.toml", skabelon)
        .file(
            "protocols/hus/protokol.toml",
            "[institution]\nnavn = \"Huset\"\n",
        );
    files.iter().fold(repo, |repo, (name, content)| {
        repo.file(&format!("{FOLDER}{name}"), content)
    })
}

/// An area without requirements and with one section, which has this text from line 3 on.
pub(crate) fn house_with_text(text: &str) -> Repo {
    let section = format!("overskrift = \"Et\"\ntekst = '''\n{text}\n'''\n");
    house("", &[("01-et.toml", &section)])
}

/// The findings that say a file could not be read, so that no rule has seen all of it.
const UNREADABLE: [&str; 5] = ["RP001", "RP002", "RP003", "RP004", "RP005"];

/// The findings of one rule.
pub(crate) struct Found {
    /// What it found.
    own: Vec<Value>,
    /// What made files of the test unreadable to it, as lines: nothing found in them says nothing.
    unread: Vec<String>,
}

impl Found {
    /// Runs the check and keeps what one rule found.
    pub(crate) fn by(rule: &str, repo: &Repo) -> Self {
        let run = repo.run(&["check", "--format", "json"]);
        let report: Value = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
        // A rule that panics has found nothing either.
        assert!(matches!(run.exit(), Some(0 | 1)), "{run:?}");
        let findings = report["findings"].as_array().expect("a list of findings");
        let own = findings.iter().filter(|finding| finding["code"] == rule);
        let unread = findings.iter().filter(|finding| {
            UNREADABLE
                .iter()
                .any(|code| finding["code"] == *code && *code != rule)
        });
        Self {
            own: own.cloned().collect(),
            unread: unread.map(line).collect(),
        }
    }

    /// Each finding as `file:line:column message`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.own.iter().map(line).collect()
    }

    /// Where each finding ends, as `line:column`.
    fn ends(&self) -> Vec<String> {
        let end = |finding: &Value| format!("{}:{}", finding["end_line"], finding["end_column"]);
        self.own.iter().map(end).collect()
    }

    /// How to mend each.
    pub(crate) fn helps(&self) -> Vec<String> {
        self.own
            .iter()
            .map(|finding| text(&finding["help"]))
            .collect()
    }

    /// The further places of each, as `file:line:column`.
    pub(crate) fn related(&self) -> Vec<Vec<String>> {
        let place = |related: &Value| {
            let path = text(&related["path"]);
            let path = path.strip_prefix(FOLDER).unwrap_or(&path).to_owned();
            format!("{path}:{}:{}", related["line"], related["column"])
        };
        let places = |finding: &Value| {
            let related = finding["related"].as_array().expect("a list");
            related.iter().map(place).collect()
        };
        self.own.iter().map(places).collect()
    }

    /// The level of each.
    pub(crate) fn levels(&self) -> Vec<String> {
        self.own
            .iter()
            .map(|finding| text(&finding["level"]))
            .collect()
    }

    /// That there is nothing, in files that could all be read.
    #[track_caller]
    pub(crate) fn none(&self) {
        assert_eq!(self.unread, Vec::<String>::new(), "the test's own files");
        self.none_beside_what_is_unread();
    }

    /// That there is nothing, where the test is of a file that cannot be read.
    #[track_caller]
    fn none_beside_what_is_unread(&self) {
        assert_eq!(self.lines(), Vec::<String>::new());
    }
}

/// A finding as `file:line:column message`.
fn line(finding: &Value) -> String {
    let path = text(&finding["path"]);
    let path = path.strip_prefix(FOLDER).unwrap_or(&path);
    let message = text(&finding["message"]);
    format!("{path}:{}:{} {message}", finding["line"], finding["column"])
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
#[should_panic(expected = "the test's own files")]
fn nothing_found_in_a_file_that_cannot_be_read_is_no_answer() {
    let broken = house(
        "",
        &[("01-et.toml", "overskrift = \"Et\ntekst = 'Se side 4.'\n")],
    );
    Found::by("RP204", &broken).none();
}
