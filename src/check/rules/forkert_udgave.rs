//! RP016 `forkert-udgave`: the area asks for another version of the program than this one.

use crate::diag::{Code, Finding};
use crate::model::{Area, this_version};
use crate::text::Place;

pub(super) fn in_area(area: &Area, findings: &mut Vec<Finding>) {
    let Some(wish) = &area.version else { return };
    let version = this_version();
    if wish.value.matches(&version) {
        return;
    }
    let message = format!(
        "Området bruger rusprot {}, og det her er {version}.",
        wish.value
    );
    findings.push(
        Finding::new(Code::ForkertUdgave, Place::new(&area.file, wish.span), message).with_help(
            "Hent den rigtige udgave af rusprot. Skal området bruge den, du har, så ret linjen, og aftal det med dem, \
             der også skriver.",
        ),
    );
}
