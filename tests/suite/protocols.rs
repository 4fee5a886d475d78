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

#[test]
fn a_file_keeps_its_name_as_anchor_when_a_sub_heading_before_it_is_called_the_same() {
    let repo = Repo::minimal()
        .file(
            "protocols/lillebo/80-tilbud.toml",
            "overskrift = \"Tilbud\"\ntekst = \"Se [](afsnit:regler).\"\n\
             [[afsnit]]\noverskrift = \"Regler\"\ntekst = \"Her gælder én regel.\"\n",
        )
        .file(
            "protocols/lillebo/90-regler.toml",
            "overskrift = \"Regler\"\ntekst = \"Her står de alle.\"\n",
        );
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    let html = repo.read("dist/lillebo/index.html");
    let file = html.find("Her står de alle.").expect("the file's text");
    let anchor = html.find("id=\"regler\"").expect("the file's anchor");
    let sub = html
        .find("id=\"tilbud-regler\"")
        .expect("the sub-section's");
    assert!(sub < anchor && anchor < file, "{sub} {anchor} {file}");
    assert!(html.contains("href=\"#regler\""));
}
