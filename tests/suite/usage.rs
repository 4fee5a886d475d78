//! Wrong usage is answered in Danish on standard error, with 2. Each kind of error has its own test
//! beside the code; here is what surrounds them.

use crate::support::Repo;

#[test]
fn a_mistyped_option_names_the_nearest_and_the_help_of_its_command() {
    Repo::new()
        .run(&["check", "--formt", "json"])
        .code(2)
        .stdout_is("")
        .stderr_is(
            "fejl: »--formt« er ikke et gyldigt valg. Mente du »--format«?\n\
             Skriv »rusprot check --help«, og se, hvad du kan skrive.\n",
        );
}

#[test]
fn a_mistyped_command_names_the_nearest_and_the_general_help() {
    Repo::new().run(&["chek"]).code(2).stderr_is(
        "fejl: »chek« er ikke en kommando. Mente du »check«?\n\
         Skriv »rusprot --help«, og se, hvad du kan skrive.\n",
    );
}

#[test]
fn the_hint_names_a_command_by_its_english_name() {
    Repo::new()
        .run(&["tjek", "--format", "xml"])
        .code(2)
        .stderr_has("»xml« kan ikke bruges til »--format«.")
        .stderr_has("Skriv »rusprot check --help«");
}

#[test]
fn no_command_is_answered_with_the_help_on_standard_error() {
    let help = Repo::new().run(&["--help"]).code(0).stderr_is("");
    Repo::new()
        .run(&[])
        .code(2)
        .stdout_is("")
        .stderr_is(&help.stdout);
}

#[test]
fn a_folder_without_a_repository_is_named_with_the_way_out() {
    Repo::new()
        .run(&["check"])
        .code(2)
        .stdout_is("")
        .stderr_has("fejl: der er ingen rusprot.toml i [repo]")
        .stderr_has("--root MAPPE");
}

#[test]
fn the_day_in_the_environment_is_read_as_strictly_as_the_option() {
    Repo::minimal()
        .env("RUSPROT_TODAY", "i går")
        .run(&["check"])
        .code(2)
        .stderr_is(
            "fejl: »i går« kan ikke bruges i variablen RUSPROT_TODAY: \
             en dato skrives som år-måned-dag, for eksempel 2026-11-30.\n",
        );
}

#[test]
fn the_option_for_the_day_wins_over_the_environment() {
    Repo::minimal()
        .env("RUSPROT_TODAY", "i går")
        .run(&["check", "--today", "2026-11-30"])
        .code(0);
}
