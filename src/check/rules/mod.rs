//! Every rule, in the order of its number. The file's name is the rule's.
//!
//! RP001, RP005 and RP015 are found where files are read (`load`), RP002–RP004 where tables are
//! (`model::shape`), RP011 where exceptions are applied (`check::exceptions`). Slips were noted while
//! texts were read; what there is to say about one stands in its rule's file too.

mod aendret_lov;
mod aendret_siden_godkendelse;
mod afvigende_liste;
mod anden_ordlyd;
mod billede;
mod dato_modstrid;
mod dobbelt_id;
mod dobbelt_overskrift;
pub mod doedt_link;
mod flertydig_overskrift;
mod fodnote;
mod for_dybt;
mod forkortelse;
mod fremmed_institution;
mod frist_naer;
mod frist_overskredet;
mod hjemmel;
mod intetsigende_link;
mod kopieret_svar;
mod lang_saetning;
mod lix;
mod lov_uden_navn;
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
mod redaktionel_rest;
mod sidehenvisning;
mod skabelon_dobbelt_id;
mod skabelon_variabel;
mod skrevet_nummer;
mod tomt_afsnit;
pub mod ubrugt_undtagelse;
mod udaekket_punkt;
mod ukendt_henvisning;
mod ukendt_krav;
mod ukendt_variabel;
mod umulig_pligt;
mod uopnaaeligt_alias;
mod usynlige_tegn;
mod vejledning_som_svar;

use super::{AreaRule, Context, Rule, SkabelonRule};
use crate::diag::Finding;
use crate::model::{Slip, SlipKind, Variables};

/// The registry.
pub const ALL: &[Rule] = &[
    slips,
    ukendt_variabel::check,
    dobbelt_id::check,
    navnesammenfald::check,
    manglende_afsnit::check,
    tomt_afsnit::check,
    ukendt_krav::check,
    dobbelt_overskrift::check,
    raekkefoelge::check,
    udaekket_punkt::check,
    obligatorisk_tekst::check,
    anden_ordlyd::check,
    vejledning_som_svar::check,
    manglende_underafsnit::check,
    skrevet_nummer::check,
    ukendt_henvisning::check,
    doedt_link::check,
    intetsigende_link::check,
    sidehenvisning::check,
    billede::check,
    naevnt_bilag::check,
    lix::check,
    lang_saetning::check,
    ordliste::check,
    forkortelse::check,
    redaktionel_rest::check,
    afvigende_liste::check,
    kopieret_svar::check,
    fremmed_institution::check,
    personnummer::check,
    personoplysning::check,
    lov_uden_navn::check,
    aendret_lov::check,
    hjemmel::check,
    frist_overskredet::check,
    frist_naer::check,
    aendret_siden_godkendelse::check,
    dato_modstrid::check,
];

/// The rules that look at all protocols of an area beside each other.
pub const ACROSS: &[AreaRule] = &[naesten_samme_ord::check];

/// The rules that look at a skabelon itself.
pub const SKABELON: &[SkabelonRule] = &[
    skabelon_dobbelt_id::check,
    uopnaaeligt_alias::check,
    skabelon_variabel::check,
    umulig_pligt::check,
    flertydig_overskrift::check,
];

/// RP003, RP006–RP009 and RP205, as far as they were noted while the protocol was read.
fn slips(context: &Context<'_>, findings: &mut Vec<Finding>) {
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
        SlipKind::NoteMissing(label) => fodnote::missing(place, label, unused),
        SlipKind::NoteUnused(label) => fodnote::unused(place, label),
        SlipKind::NoteTwice(label) => fodnote::twice(place, label),
    }
}
