//! Every rule, in the order of its number. The file's name is the rule's.
//!
//! RP001, RP005 and RP015 are found where files are read (`load`), RP002–RP004 where tables are
//! (`model::shape`), RP011 after exceptions are applied. Slips were noted while texts were read; what there is
//! to say about one stands in its rule's file too. Only the runner (`check::run`) looks in here.

pub mod aendret_kopi;
mod aendret_lov;
mod aendret_myndighed;
mod aendret_siden_godkendelse;
mod afvigende_liste;
mod anden_ordlyd;
mod billede;
mod dato_modstrid;
mod dobbelt_id;
mod dobbelt_overskrift;
pub mod doedt_link;
pub mod fil_uden_plads;
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
pub mod navnesammenfald;
mod obligatorisk_tekst;
mod ordliste;
mod overskrift_i_tekst;
pub mod personnummer;
pub mod personoplysning;
mod raa_html;
mod raekkefoelge;
pub mod redaktionel_rest;
mod sidehenvisning;
mod skabelon_dobbelt_id;
mod skabelon_variabel;
mod skaev_tabel;
mod skrevet_nummer;
mod tegn_uden_skrift;
mod tegnsaetning;
mod tomt_afsnit;
pub mod ubrugt_undtagelse;
mod udaekket_punkt;
mod uden_version;
mod udgave_mangler;
mod udloebet;
mod ukendt_henvisning;
mod ukendt_krav;
mod ukendt_variabel;
mod umulig_pligt;
mod uopnaaeligt_alias;
mod usynlige_tegn;
mod vejledning_som_svar;
mod word_liste;
mod word_tabel;

use super::context::{AcrossRule, AreaRule, Context, Rule, SkabelonRule};
use crate::diag::{Code, Finding};
use crate::model::{Slip, SlipKind, Variables};

/// The rules about a protocol: a rule that an area has turned off is not asked.
#[rustfmt::skip]
pub const PROTOCOL: &[(Code, Rule)] = &[
    (Code::OverskriftITekst, overskrift_i_tekst::check),
    (Code::UkendtVariabel, ukendt_variabel::check),
    (Code::DobbeltId, dobbelt_id::check),
    (Code::FilUdenPlads, fil_uden_plads::check),
    (Code::ForkertBord, forkert_bord::check),
    (Code::Navnesammenfald, navnesammenfald::check),
    (Code::ManglendeAfsnit, manglende_afsnit::check),
    (Code::TomtAfsnit, tomt_afsnit::check),
    (Code::UkendtKrav, ukendt_krav::check),
    (Code::DobbeltOverskrift, dobbelt_overskrift::check),
    (Code::Raekkefoelge, raekkefoelge::check),
    (Code::UdaekketPunkt, udaekket_punkt::check),
    (Code::ObligatoriskTekst, obligatorisk_tekst::check),
    (Code::AndenOrdlyd, anden_ordlyd::check),
    (Code::VejledningSomSvar, vejledning_som_svar::check),
    (Code::ManglendeUnderafsnit, manglende_underafsnit::check),
    (Code::SkrevetNummer, skrevet_nummer::check),
    (Code::UdgaveMangler, udgave_mangler::check),
    (Code::UkendtHenvisning, ukendt_henvisning::check),
    (Code::DoedtLink, doedt_link::check),
    (Code::IntetsigendeLink, intetsigende_link::check),
    (Code::Sidehenvisning, sidehenvisning::check),
    (Code::Fodnote, fodnote::check),
    (Code::Billede, billede::check),
    (Code::NaevntBilag, naevnt_bilag::check),
    (Code::WordListe, word_liste::check),
    (Code::WordTabel, word_tabel::check),
    (Code::Linjeskift, linjeskift::check),
    (Code::TegnUdenSkrift, tegn_uden_skrift::check),
    (Code::MaerkerILinje, maerker_i_linje::check),
    (Code::SkaevTabel, skaev_tabel::check),
    (Code::Lix, lix::check),
    (Code::LangSaetning, lang_saetning::check),
    (Code::Ordliste, ordliste::check),
    (Code::Forkortelse, forkortelse::check),
    (Code::RedaktionelRest, redaktionel_rest::check),
    (Code::Tegnsaetning, tegnsaetning::check),
    (Code::ForvanskedeBogstaver, forvanskede_bogstaver::check),
    (Code::AfvigendeListe, afvigende_liste::check),
    (Code::KopieretSvar, kopieret_svar::check),
    (Code::FremmedInstitution, fremmed_institution::check),
    (Code::Personnummer, personnummer::check),
    (Code::Personoplysning, personoplysning::check),
    (Code::LovUdenNavn, lov_uden_navn::check),
    (Code::AendretLov, aendret_lov::check),
    (Code::Hjemmel, hjemmel::check),
    (Code::AendretMyndighed, aendret_myndighed::check),
    (Code::FristOverskredet, frist_overskredet::check),
    (Code::FristNaer, frist_naer::check),
    (Code::AendretSidenGodkendelse, aendret_siden_godkendelse::check),
    (Code::DatoModstrid, dato_modstrid::check),
    (Code::UdenVersion, uden_version::check),
    (Code::Udloebet, udloebet::check),
];

/// The rules that look at all protocols of an area beside each other.
pub const ACROSS: &[(Code, AcrossRule)] = &[(Code::NaestenSammeOrd, naesten_samme_ord::check)];

/// The rules that look at the area's own file.
pub const AREA: &[(Code, AreaRule)] = &[
    (Code::ForkertUdgave, forkert_udgave::in_area),
    (Code::DoedtLink, doedt_link::in_area),
    (Code::MaerkerILinje, maerker_i_linje::in_area),
    (Code::Personoplysning, personoplysning::in_area),
];

/// The rules that look at a skabelon itself.
pub const SKABELON: &[(Code, SkabelonRule)] = &[
    (Code::MaerkerILinje, maerker_i_linje::in_skabelon),
    (Code::SkabelonDobbeltId, skabelon_dobbelt_id::check),
    (Code::UopnaaeligtAlias, uopnaaeligt_alias::check),
    (Code::SkabelonVariabel, skabelon_variabel::check),
    (Code::UmuligPligt, umulig_pligt::check),
    (Code::FlertydigOverskrift, flertydig_overskrift::check),
];

/// RP003, RP006–RP009, RP205, RP212 and RP214, as far as they were noted while the protocol was read.
pub fn slips(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let protocol = context.protocol;
    findings.extend(about_slips(&protocol.slips, &protocol.variables));
}

/// What there is to say about each of some slips that were noted together.
pub fn about_slips<'a>(
    slips: &'a [Slip],
    variables: &'a Variables,
) -> impl Iterator<Item = Finding> + 'a {
    let unused = fodnote::unused_of(slips);
    slips
        .iter()
        .map(move |slip| about_slip(slip, &unused, variables))
}

fn about_slip(slip: &Slip, unused: &fodnote::Unused<'_>, variables: &Variables) -> Finding {
    let place = slip.place.clone();
    match &slip.kind {
        SlipKind::TooDeep => for_dybt::finding(place),
        SlipKind::Html(html) => raa_html::finding(place, html),
        SlipKind::Heading(heading) => overskrift_i_tekst::finding(place, heading),
        SlipKind::Invisible(c) => usynlige_tegn::finding(place, *c),
        SlipKind::UnknownVariable(name) => ukendt_variabel::unknown(place, name, variables),
        SlipKind::EmptyVariable(name) => ukendt_variabel::empty(place, name),
        SlipKind::NumberJumps { typed, printed } => listenumre::finding(place, *typed, *printed),
        SlipKind::FieldsLost { fields, columns } => skaev_tabel::lost(place, *fields, *columns),
        SlipKind::NoteMissing(label) => fodnote::missing(place, label, unused),
        SlipKind::NoteUnused(label) => fodnote::unused(place, label),
        SlipKind::NoteTwice(label) => fodnote::twice(place, label),
    }
}
