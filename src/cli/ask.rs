//! Questions to a person at a terminal: one at a time, in Danish, each with a default.
//!
//! Asked only where somebody can answer; what a command does without an answer is its own business.

use anyhow::{Result, anyhow};
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::{ErrorMessage, Validation};
use inquire::{Confirm, InquireError, Select, Text};

/// Asks for a line of text that `read` can use; an empty answer is the default.
///
/// # Errors
/// When the person leaves, or the terminal is gone.
pub(super) fn line(
    question: &str,
    default: &str,
    help: &str,
    read: fn(&str) -> Result<String, &'static str>,
) -> Result<String> {
    let validate = move |text: &str| {
        Ok(match read(text) {
            Ok(_) => Validation::Valid,
            Err(reason) => Validation::Invalid(ErrorMessage::Custom(sentence(reason))),
        })
    };
    let mut prompt = Text::new(question)
        .with_default(default)
        .with_validator(validate)
        .with_render_config(look());
    if !help.is_empty() {
        prompt = prompt.with_help_message(help);
    }
    let answer = prompt.prompt().map_err(left)?;
    read(&answer).map_err(|reason| anyhow!("{reason}"))
}

/// Asks for one of several; `default` is its place among them.
///
/// # Errors
/// When the person leaves, or the terminal is gone.
pub(super) fn choice(question: &str, choices: Vec<String>, default: usize) -> Result<usize> {
    let prompt = Select::new(question, choices)
        .with_starting_cursor(default)
        .with_help_message("Flyt med pil op og pil ned, og tryk Enter.")
        .with_render_config(look());
    Ok(prompt.raw_prompt().map_err(left)?.index)
}

/// Asks a question that is answered with j or n.
///
/// # Errors
/// When the person leaves, or the terminal is gone.
pub(super) fn yes(question: &str, default: bool, help: &str) -> Result<bool> {
    let prompt = Confirm::new(question)
        .with_default(default)
        .with_parser(&yes_or_no)
        .with_formatter(&|yes| if yes { "ja" } else { "nej" }.to_owned())
        .with_default_value_formatter(&|yes| if yes { "J/n" } else { "j/N" }.to_owned())
        .with_error_message("Skriv j for ja eller n for nej.")
        .with_help_message(help)
        .with_render_config(look());
    prompt.prompt().map_err(left)
}

fn yes_or_no(answer: &str) -> Result<bool, ()> {
    match answer.trim().to_lowercase().as_str() {
        "j" | "ja" => Ok(true),
        "n" | "nej" => Ok(false),
        _ => Err(()),
    }
}

fn look() -> RenderConfig<'static> {
    RenderConfig::default().with_canceled_prompt_indicator(Styled::new("(afbrudt)"))
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

fn left(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            anyhow!("afbrudt; intet er skrevet")
        }
        error => anyhow!(error).context(
            "der kan ikke spørges på denne skærm; skriv svarene som valg (se rusprot init --help)",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_danish() {
        assert_eq!(yes_or_no("J"), Ok(true));
        assert_eq!(yes_or_no(" nej "), Ok(false));
        assert_eq!(yes_or_no("y"), Err(()));
    }

    #[test]
    fn a_reason_is_told_as_a_sentence() {
        assert_eq!(sentence("en dato mangler"), "En dato mangler.");
    }
}
