//! Results go to standard output or a file, all else to standard error; a reader may go away.

use std::fs::File;
use std::io::pipe;
use std::process::Stdio;

use crate::support::Repo;

#[test]
fn a_closed_pipe_is_no_error() {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let output = Repo::new()
        .command(&["explain"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_closed_standard_error_hides_an_error_but_not_the_exit() {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let status = Repo::new()
        .command(&["explain", "RP999"])
        .stderr(writer)
        .status()
        .expect("the program starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported_plainly() {
    let full = File::options().write(true).open("/dev/full");
    let output = Repo::new()
        .command(&["explain"])
        .stdout(full.expect("Linux has a device that is always full"))
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "fejl: resultatet kan ikke skrives\n  årsag: der er ikke mere plads\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_result_in_a_file_leaves_standard_output_empty() {
    let repo = Repo::minimal();
    repo.run(&["check", "--format", "json", "--output", "fejl.json"])
        .code(0)
        .stdout_is("");
    assert!(repo.read("fejl.json").contains("\"version\": 1"));
}

#[test]
fn a_file_that_cannot_be_written_is_named_with_the_reason() {
    Repo::minimal()
        .run(&["check", "--output", "ingen/fejl.txt"])
        .code(2)
        .stderr_is(
            "fejl: kan ikke skrive filen [repo]/ingen/fejl.txt: mappen [repo]/ingen findes ikke. \
             Opret den, eller vælg en anden.\n  \
             årsag: der er ikke noget på det sted\n",
        );
}

#[test]
fn colour_is_for_those_who_ask_and_for_terminals() {
    let repo = Repo::new();
    repo.run(&["explain"]).code(0).stdout_lacks("\u{1b}");
    repo.run(&["explain", "--color", "always"])
        .code(0)
        .stdout_has("\u{1b}[1mFiler og tegn\u{1b}[0m\n");
    repo.run(&["explain", "RP999", "--color", "always"])
        .code(2)
        .stderr_has("\u{1b}[31mfejl:\u{1b}[0m");
    Repo::new()
        .env("CLICOLOR_FORCE", "1")
        .run(&["explain", "--color", "never"])
        .code(0)
        .stdout_lacks("\u{1b}");
}

#[test]
fn quiet_leaves_out_the_notes_and_keeps_the_errors() {
    let repo = Repo::new();
    repo.run(&["man", "sider"])
        .code(0)
        .stderr_is("bemærk: Manualsiderne ligger i [repo]/sider\n");
    repo.run(&["man", "sider", "-q"]).code(0).stderr_is("");
    repo.run(&["explain", "RP999", "-q"])
        .code(2)
        .stderr_has("fejl: der er ingen regel");
}
