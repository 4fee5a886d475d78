//! RP016 `forkert-udgave`.

use super::{Found, house};
use crate::support::Repo;

fn asking_for(wish: &str) -> Repo {
    house("", &[]).edited(
        "rusprot.toml",
        "[omraade]",
        &format!("rusprot = \"{wish}\"\n[omraade]"),
    )
}

#[test]
fn another_version_than_the_area_asks_for_is_found_and_this_one_is_not() {
    let this = env!("CARGO_PKG_VERSION");
    for fine in [
        format!("={this}"),
        format!(">= {this}, < 99"),
        "^0".to_owned(),
        "< 98, >0.0.1".to_owned(),
    ] {
        Found::by("RP016", &asking_for(&fine)).none();
    }
    let found = Found::by("RP016", &asking_for(">= 99"));
    assert_eq!(
        found.lines(),
        [format!(
            "rusprot.toml:2:11 Området bruger rusprot >=99, og det her er {this}."
        )]
    );
    assert_eq!(found.levels(), ["error"]);
}

#[test]
fn the_doctor_tells_of_it() {
    let this = env!("CARGO_PKG_VERSION");
    asking_for(">= 99")
        .run(&["doctor"])
        .code(3)
        .stdout_has(&format!(
            "mangler  udgave    {this}, men området bruger >=99"
        ));
    let fine = asking_for(&format!(">= {this}")).run(&["doctor"]);
    fine.stdout_has(&format!(
        "i orden  udgave    {this}, som området bruger (>={this})"
    ));
    house("", &[]).run(&["doctor"]).stdout_lacks("udgave");
}

#[test]
fn a_later_format_is_refused_by_every_command_that_reads_protocols() {
    let later = house("", &[]).edited(
        "rusprot.toml",
        "[omraade]",
        "format = 2\nrusprot = \">= 99\"\n[omraade]",
    );
    for args in [
        &["check"][..],
        &["build"],
        &["status"],
        &["status", "--matrix"],
    ] {
        later
            .run(args)
            .code(2)
            .stdout_is("")
            .stderr_has("rusprot.toml er skrevet i format 2")
            .stderr_has("læser kun format 1")
            .stderr_has("Områdets egen fil nævner rusprot >=99");
    }
    let this = house("", &[]).edited("rusprot.toml", "[omraade]", "format = 1\n[omraade]");
    this.run(&["check"]).code(0).stderr_is("");
}
