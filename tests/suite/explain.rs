//! `rusprot explain`.

use crate::support::Repo;

#[test]
fn a_rule_is_explained_by_number_and_by_name_with_the_same_page() {
    let repo = Repo::new();
    let by_number = repo
        .run(&["explain", "rp101"])
        .code(0)
        .stderr_is("")
        .stdout_has("# RP101 manglende-afsnit\n\nNiveau: fejl\n\n## Hvad reglen ser efter\n");
    repo.run(&["forklar", "manglende-afsnit"])
        .code(0)
        .stdout_is(&by_number.stdout);
}

#[test]
fn without_a_rule_all_are_listed_with_their_levels() {
    Repo::new()
        .run(&["explain"])
        .code(0)
        .stdout_has("Afsnit og skabelon\n  RP101  manglende-afsnit           fejl\n")
        .stdout_has("  RP207  naevnt-bilag               advarsel\n");
}

#[test]
fn a_mistyped_rule_is_met_with_the_nearest() {
    Repo::new()
        .run(&["explain", "tomt-afsnitt"])
        .code(2)
        .stdout_is("")
        .stderr_is(
            "fejl: der er ingen regel, der hedder »tomt-afsnitt«. Mente du »tomt-afsnit«?\n\
             Skriv »rusprot explain«, og se dem alle.\n",
        );
}
