//! Documents that are damaged at random, and the import at a terminal.

use rusprot::commands::{ImportOptions, ImportOutcome, import};
use rusprot::load::Repository;

use super::{Docx, area, one_of_everything};
use crate::support::Repo;

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end.max(1)
    }

    /// The bytes with some of them changed, gone, doubled or cut off.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                // A letter as often as a byte that may be none in any alphabet.
                3 if at < bytes.len() => {
                    bytes[at] = u8::try_from(32 + self.below(95)).expect("ASCII");
                }
                _ if at < bytes.len() => bytes[at] = u8::try_from(self.below(256)).expect("a byte"),
                _ => {}
            }
        }
        bytes
    }
}

/// Imports a document and holds that it is whole or nothing; whether it was read.
fn is_read(repo: &Repo, name: &str, bytes: &[u8]) -> bool {
    repo.write(name, bytes);
    let repository = Repository::find(repo.root()).expect("an area");
    let options = ImportOptions {
        file: repo.path(name),
        institution: None,
        into: Some("lindehoej".to_owned()),
        skabelon: None,
        mask: true,
        dry_run: false,
    };
    let outcome = import(Some(&repository), repo.root(), &options, &mut |_| Ok(true));
    let run = match outcome {
        Ok(ImportOutcome::Done(run)) => run,
        Ok(ImportOutcome::PersonNumbers(_)) => panic!("{name}: they are hidden"),
        Err(error) => {
            let said = format!("{error:#}");
            assert!(said.len() > 20 && !said.contains("panic"), "{name}: {said}");
            assert!(!repo.has("protocols"), "{name}: {said}");
            return false;
        }
    };
    let account = &run.imported.account;
    assert_eq!(account.missing, [""; 0], "{name}");
    assert_eq!(account.surplus, [""; 0], "{name}");
    assert_eq!(account.source, account.placed + account.left, "{name}");
    for file in repo.files("protocols/lindehoej") {
        if file.ends_with(".toml") {
            let text = repo.read(&format!("protocols/lindehoej/{file}"));
            text.parse::<toml::Table>()
                .unwrap_or_else(|error| panic!("{name}, {file}: {error}\n{text}"));
        }
    }
    std::fs::remove_dir_all(repo.path("protocols")).expect("a folder");
    true
}

#[test]
fn no_damaged_document_ends_the_program_or_leaves_half_of_itself() {
    let text = "Hvad er en rusmiddelprotokol?\n\nVi har skrevet den sammen.\n\n- Ét\n- To\n\n\
        Bilag 1: Husorden\n\n1. Vi hilser.\n2. Vi ryger ude.\n\nNavn: ________\n";
    let page = "<html><body><h1>Gæster</h1><p>Alle er <b>velkomne</b>.</p><table><tr><td>Dag</td>\
        <td>Tid</td></tr></table><ul><li>Ring<li>Vent</ul><script>x</script></body></html>";
    let markdown = "# Gæster\n\nAlle er **velkomne**[^1].\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Også om natten.\n";
    let whole = one_of_everything();
    let mut dice = Dice(11);
    let repo = area();
    let mut read = 0;
    for round in 0..40 {
        for (name, bytes) in [
            ("p.txt", text.as_bytes()),
            ("p.html", page.as_bytes()),
            ("p.md", markdown.as_bytes()),
            ("p.docx", &whole.bytes()),
        ] {
            let damaged = dice.damaged(bytes);
            read += usize::from(is_read(&repo, &format!("{round}-{name}"), &damaged));
        }
        // A container that is whole, with a document that is not.
        let body = dice.damaged(whole.body.as_bytes());
        let inside = Docx {
            body: String::from_utf8_lossy(&body).into_owned(),
            ..one_of_everything()
        };
        read += usize::from(is_read(
            &repo,
            &format!("{round}-inde.docx"),
            &inside.bytes(),
        ));
    }
    assert!(
        read > 80,
        "only {read} could be read: nothing is held of the others"
    );
}

#[cfg(unix)]
mod at_a_terminal {
    use super::area;
    use crate::init::terminal::Talk;

    #[test]
    fn a_near_heading_is_asked_about_and_the_answer_decides() {
        let text = "# Risikovurdering ved sammenkomster i borgerens egen bolig\n\nVi taler om det først.\n";
        for (key, taken) in [("j\r", true), ("\r", true), ("n\r", false)] {
            let repo = area().file("p.md", text);
            let mut talk = Talk::start(&repo, &["import", "p.md", "--into", "lindehoej"]);
            talk.hears("Svarer afsnittet »Risikovurdering ved sammenkomster")
                .types(key);
            let (code, said) = talk.ends();
            assert_eq!(code, Some(0), "{said}");
            let answered = repo.has("protocols/lindehoej/01-risikovurdering.toml");
            assert_eq!(answered, taken, "{key:?}: {said}");
        }
    }

    #[test]
    fn who_leaves_at_a_question_has_nothing_written() {
        let text = "# Risikovurdering ved sammenkomster i borgerens egen bolig\n\nVi taler.\n";
        let repo = area().file("p.md", text);
        let mut talk = Talk::start(&repo, &["import", "p.md", "--into", "lindehoej"]);
        talk.hears("Svarer afsnittet").types("\u{3}");
        let (code, said) = talk.ends();
        assert_ne!(code, Some(0), "{said}");
        assert!(!repo.has("protocols"), "{said}");
    }
}
