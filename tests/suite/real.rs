//! A real repository beside this one, if it is there: the first that the program must serve.
//!
//! Its texts are read where they lie, and none of them stands here.

use std::path::Path;

use serde_json::Value;

use crate::pages::Pdf;
use crate::support::{Repo, typst_is_there};

/// A copy of the real repository; `None`, said aloud, where there is none.
fn real() -> Option<Repo> {
    const FOLDER: &str = "../shared/real";
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).exists();
    if !there {
        #[expect(
            clippy::print_stdout,
            reason = "whoever runs the tests is told what was left out"
        )]
        {
            println!("skipped: there is no {FOLDER}");
        }
    }
    there.then(|| Repo::copy_of(FOLDER))
}

#[test]
fn a_check_finds_what_is_missing_and_what_it_may_be_called() {
    let Some(repo) = real() else { return };
    let run = repo.run(&["check", "--format", "json"]).code(1);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    let by = |code: &str| {
        let findings = findings.iter().filter(|finding| finding["code"] == code);
        findings.collect::<Vec<_>>()
    };
    assert_eq!(by("RP101").len(), 8);
    let suggesting = by("RP101").into_iter().filter(|finding| {
        let help = finding["help"].as_str().unwrap_or_default();
        let message = finding["message"].as_str().expect("a message");
        format!("{message} {help}")
            .to_lowercase()
            .contains("mente du")
    });
    assert!(suggesting.count() > 1);
    assert_eq!(by("RP102").len(), 1);
    assert_eq!(by("RP111").len(), 2);
    assert!(
        by("RP111")
            .iter()
            .all(|finding| finding["level"] == "warning")
    );
    assert_eq!(report["summary"]["protocols"], 1);
}

#[test]
fn a_draft_has_three_formats_and_its_appendices_numbered_and_linked() {
    let Some(repo) = real() else { return };
    typst_is_there();
    repo.run(&["build", "--draft", "--out", "k"]).code(0);
    assert_eq!(
        repo.files("k"),
        [
            ".rusprot.json",
            "index.html",
            "kaervang/formular-interviewguide.pdf",
            "kaervang/formular-samarbejdsaftale.pdf",
            "kaervang/index.html",
            "kaervang/protokol.md",
            "kaervang/protokol.pdf",
        ]
    );
    let html = repo.read("k/kaervang/index.html");
    let markdown = repo.read("k/kaervang/protokol.md");
    let pdf = Pdf::read(&repo.read_bytes("k/kaervang/protokol.pdf"));
    let bookmarks = pdf.bookmarks();
    for (number, id) in [
        (1, "samarbejdsaftale"),
        (2, "interviewguide"),
        (3, "husorden"),
    ] {
        let label = format!("Bilag {number}");
        assert!(
            html.contains(&format!(
                "<h2 id=\"{id}\"><span class=\"number\">{label}</span>"
            )),
            "{label}"
        );
        assert!(html.contains(&format!("<a href=\"#{id}\">")), "{label}");
        assert!(
            markdown.contains(&format!("## <a id=\"{id}\"></a>{label} ")),
            "{label}"
        );
        assert!(markdown.contains(&format!("](#{id})")), "{label}");
        let bookmarked = bookmarks.iter().filter(|title| title.starts_with(&label));
        assert_eq!(bookmarked.count(), 1, "{bookmarks:?}");
    }
    assert!(html.contains("<strong>UDKAST</strong>"));
    assert!(markdown.starts_with("**UDKAST**"));
    let every: Vec<u32> = (1..=pdf.pages()).collect();
    assert_eq!(pdf.pages_with("UDKAST"), every);
}
