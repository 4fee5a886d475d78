//! RP009 `ukendt-variabel`: `{{ x }}` with no such variable, or with one that has no value here.

use crate::check::context::Context;
use crate::diag::{Code, Finding};
use crate::model::{Variables, nearest};
use crate::text::Place;

/// Variables in the skabelon's obligatory texts; those in the protocol's own are slips of it.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.visit_obligatory("{{", &mut |_, slips| {
        let about = super::about_slips(slips, &context.protocol.variables);
        findings.extend(about.filter(|finding| finding.code == Code::UkendtVariabel));
    });
}

/// A finding about a name that means nothing.
pub(super) fn unknown(place: Place, name: &str, variables: &Variables) -> Finding {
    let with = |message: String, help: String| {
        Finding::new(Code::UkendtVariabel, place, message).with_help(help)
    };
    if name.is_empty() {
        return with(
            "Mellem {{ og }} står der ikke noget navn.".to_owned(),
            format!("Skriv variablens navn, for eksempel {}", written("navn")),
        );
    }
    if variables.is_known(name) {
        return with(
            format!("»{}« kan ikke bruges på dette sted.", written(name)),
            "Skriv ordene selv. Variabler virker i afsnit og bilag, men ikke i de oplysninger, som \
             variablerne selv er lavet af."
                .to_owned(),
        );
    }
    let names: Vec<&str> = variables.names().collect();
    let message = format!("Variablen »{name}« findes ikke.");
    let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_');
    let help = if name.contains(is_sign) {
        format!(
            "Mellem {{{{ og }}}} står kun et navn. Betingelser og filtre findes ikke. Du kan bruge: {}.",
            names.join(", ")
        )
    } else if let Some(near) = nearest(name, &names) {
        format!("Mente du »{near}«? Skriv {}", written(near))
    } else {
        give_value(name)
    };
    with(message, help)
}

/// A finding about a name that means something but has no value in this protocol.
pub(super) fn empty(place: Place, name: &str) -> Finding {
    let help = match name {
        "version" => format!(
            "Skriv version = \"1.0\" under [dokument] i protokol.toml. {}",
            or_begin("dokument")
        ),
        "organisation" => "Skriv organisation = \"…\" under [omraade] i rusprot.toml.".to_owned(),
        _ => give_value(name),
    };
    Finding::new(
        Code::UkendtVariabel,
        place,
        format!("Variablen »{name}« har ingen værdi i denne protokol."),
    )
    .with_help(help)
}

fn give_value(name: &str) -> String {
    format!(
        "Giv den en værdi: Skriv {name} = \"…\" under [variabler] i protokol.toml. Gælder den hele \
         området, så skriv den i rusprot.toml. {}",
        or_begin("variabler")
    )
}

/// What comes first in a file that has no such table yet.
fn or_begin(table: &str) -> String {
    format!("Er der ingen linje med [{table}], så skriv den først, nederst i filen.")
}

fn written(name: &str) -> String {
    format!("{{{{ {name} }}}}")
}
