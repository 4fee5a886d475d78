//! Protocols on the command line. Which paths name which protocol is tested beside the code.

use crate::support::Repo;

#[test]
fn an_unknown_protocol_is_met_with_the_nearest() {
    for command in ["check", "build"] {
        Repo::minimal()
            .run(&[command, "lilebo"])
            .code(2)
            .stdout_is("")
            .stderr_is("fejl: der er ingen protokol, der hedder »lilebo«. Mente du »lillebo«?\n");
    }
}

#[test]
fn a_protocol_is_found_from_inside_its_folder_and_from_elsewhere() {
    let inside = Repo::minimal().standing_in("protocols/lillebo");
    inside.run(&["check", "."]).code(0);
    inside.run(&["check", "01-hvad-er.toml"]).code(0);
    inside.run(&["check", "lillebo"]).code(0);
    let repo = Repo::minimal();
    let root = repo.root().display().to_string();
    Repo::new()
        .run(&["tjek", "--root", &root, "lillebo"])
        .code(0);
}
