//! `rusprot explain`: the list of rules, or the page about one.

use anyhow::{Result, bail};
use clap::builder::styling::{Effects, Style};

use super::Exit;
use super::args::ExplainArgs;
use super::ui::Ui;
use crate::diag::{Code, Family};
use crate::model::nearest;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIMMED: Style = Style::new().effects(Effects::DIMMED);

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, ui: &Ui) -> Result<Exit> {
    let text = match &args.rule {
        None => list(),
        Some(rule) if ui.colors_result(None) => styled(find(rule)?.page()),
        Some(rule) => find(rule)?.page().to_owned(),
    };
    ui.result(&text, None)?;
    Ok(Exit::Ok)
}

/// The rule with this code or name.
fn find(text: &str) -> Result<Code> {
    if let Some(code) = Code::find(text.trim()) {
        return Ok(code);
    }
    // Every number is like every other, so only names are suggested.
    let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    let near = match nearest(text, &names) {
        Some(near) => format!(" Mente du »{near}«?"),
        None => String::new(),
    };
    bail!(
        "der er ingen regel, der hedder »{text}«.{near}\nSkriv »rusprot explain«, og se dem alle."
    )
}

/// All rules by family, with their levels.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    let mut family = None;
    for &code in Code::ALL {
        if family != Some(code.family()) {
            let gap = if family.is_some() { "\n" } else { "" };
            family = Some(code.family());
            text.push_str(&format!("{gap}{BOLD}{}{BOLD:#}\n", title(code.family())));
        }
        text.push_str(&format!(
            "  {}  {:width$}  {}\n",
            code.number(),
            code.name(),
            code.level().danish(),
        ));
    }
    text.push_str("\nSkriv »rusprot explain RP101«, og læs om en regel.\n");
    text
}

/// What the rules of a family are about.
fn title(family: Family) -> &'static str {
    match family {
        Family::Reading => "Filer og tegn",
        Family::Structure => "Afsnit og skabelon",
        Family::References => "Henvisninger, link og billeder",
        Family::Language => "Sprog",
        Family::Consistency => "Sammenhæng",
        Family::Person => "Personer",
        Family::Law => "Lov",
        Family::Time => "Årshjul og godkendelse",
        Family::Skabelon => "Selve skabelonen",
    }
}

/// A page for a terminal: headings bold without their marks, examples dimmed without their fences.
fn styled(page: &str) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if in_example {
            text.push_str(&format!("    {DIMMED}{line}{DIMMED:#}\n"));
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            text.push_str(&format!("{BOLD}{heading}{BOLD:#}\n"));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_rule_with_its_level_under_its_family() {
        let list = anstream::adapter::strip_str(&list()).to_string();
        for code in Code::ALL {
            assert!(list.contains(code.number()), "{code:?}");
        }
        assert!(list.starts_with("Filer og tegn\n  RP001  toml-syntaks               fejl\n"));
        assert!(
            list.contains("\n\nAfsnit og skabelon\n  RP101  manglende-afsnit           fejl\n")
        );
        assert!(list.contains("  RP204  sidehenvisning             advarsel\n"));
    }

    #[test]
    fn a_heading_is_bold_and_a_comment_in_an_example_is_none() {
        let page = "# RP1 navn\n\n```toml\n# note\na = 1\n```\ntekst\n";
        assert_eq!(
            anstream::adapter::strip_str(&styled(page)).to_string(),
            "RP1 navn\n\n    # note\n    a = 1\ntekst\n"
        );
        assert!(styled(page).starts_with("\u{1b}[1mRP1 navn\u{1b}[0m\n"));
    }

    #[test]
    fn a_mistyped_name_is_met_with_the_nearest() {
        let near = |text| find(text).expect_err("no such rule").to_string();
        assert!(near("manglene-afsnit").contains("Mente du »manglende-afsnit«?"));
        assert!(!near("kaffe").contains("Mente du"));
        assert!(!near("RP1O1").contains("Mente du"));
    }
}
