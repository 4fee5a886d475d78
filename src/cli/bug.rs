//! What happens when rusprot itself is at fault: a short Danish message instead of a backtrace.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo, UnwindSafe};

use super::Exit;

/// Lets every panic from now on, on whatever thread, be told on standard error as a bug.
pub(super) fn tell_of_panics() {
    panic::set_hook(Box::new(|info| {
        // A panic in here would abort the process, so a closed standard error is passed over.
        let _nobody_reads = io::stderr().write_all(message(info).as_bytes());
    }));
}

/// Runs `work`; a panic in it ends the run with [`Exit::Usage`].
pub(super) fn caught(work: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    panic::catch_unwind(work).unwrap_or(Exit::Usage)
}

/// What to tell about a panic: where it was and what it said, which the author passes on.
fn message(info: &PanicHookInfo<'_>) -> String {
    let location = info.location().map(ToString::to_string);
    text(
        &location.unwrap_or_else(|| "et ukendt sted".to_owned()),
        info.payload_as_str().unwrap_or("uden begrundelse"),
    )
}

fn text(location: &str, reason: &str) -> String {
    format!(
        "fejl: Der er en fejl i rusprot. Det er ikke din skyld.\n  \
         Meld den til dem, der passer programmet, og send disse linjer med:\n  \
         rusprot {}, {location}\n  {reason}\n",
        env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_the_run_with_two_and_a_clean_run_keeps_its_exit() {
        assert_eq!(caught(|| panic!("a bug made for this test")), Exit::Usage);
        assert_eq!(caught(|| Exit::Findings), Exit::Findings);
    }

    #[test]
    fn the_message_says_whose_fault_it_is_and_where() {
        let text = text("src/model/fold.rs:12:5", "no heading");
        assert!(text.starts_with("fejl: Der er en fejl i rusprot. Det er ikke din skyld.\n"));
        assert!(text.ends_with("src/model/fold.rs:12:5\n  no heading\n"));
    }
}
