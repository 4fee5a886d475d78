//! The protocols this project comes with check clean and build in every format.

use std::path::Path;

use crate::pages::{
    Pdf, assert_same_text, html_headings, html_text, json_headings, markdown_headings,
    markdown_text,
};
use crate::support::{Repo, folders, typst_is_there};
use crate::word::says_the_same;

/// A day on which nothing in the examples is late.
const TODAY: &str = "2026-11-21";

/// A folder of the project as a repository of its own, without what a build may have left in it.
fn area(folder: &str, parts: &[&str]) -> Repo {
    parts
        .iter()
        .fold(Repo::new(), |repo, part| repo.with_copy_of(folder, part))
}

/// This project is a repository of protocols itself.
fn own() -> Repo {
    area(".", &["rusprot.toml", "protocols", "templates"])
}

/// Builds everything, and holds what must be true of every protocol.
fn holds(repo: &Repo, slugs: &[&str]) {
    typst_is_there();
    repo.run(&["check", "--today", TODAY])
        .code(0)
        .stdout_has("Ingen fejl i ")
        .stderr_is("");
    repo.run(&[
        "build",
        "--today",
        TODAY,
        "--formats",
        "html,md,pdf,docx,json",
    ])
    .code(0)
    .stderr_is("");
    let mut expected = vec![".rusprot.json".to_owned(), "index.html".to_owned()];
    for slug in slugs {
        for file in [
            "index.html",
            "protokol.docx",
            "protokol.json",
            "protokol.md",
            "protokol.pdf",
        ] {
            expected.push(format!("{slug}/{file}"));
        }
        if repo
            .read(&format!("dist/{slug}/index.html"))
            .contains(" class=\"card\"")
        {
            expected.extend(["kort.html", "kort.pdf"].map(|file| format!("{slug}/{file}")));
        }
        same_in_all(repo, slug);
    }
    expected.sort_unstable();
    let mut made = repo.files("dist");
    // Pictures lie beside the Markdown that points at them, attached files beside all pages.
    made.retain(|file| !file.contains("/billeder/") && !file.contains("/filer/"));
    made.retain(|file| !file.ends_with("/rp-logo.svg"));
    // Each edition has the formats of the whole, and the page leads to it.
    made.retain(|file| {
        let mut parts = file.splitn(3, '/');
        let (Some(slug), Some(edition), Some(own)) = (parts.next(), parts.next(), parts.next())
        else {
            return true;
        };
        assert!(expected.contains(&format!("{slug}/{own}")), "{file}");
        let page = repo.read(&format!("dist/{slug}/index.html"));
        assert!(
            page.contains(&format!("href=\"{edition}/index.html\"")),
            "{file}"
        );
        false
    });
    // Each form has the link to it at its own heading.
    made.retain(|file| {
        let Some((slug, form)) = file.split_once("/formular-") else {
            return true;
        };
        let page = repo.read(&format!("dist/{slug}/index.html"));
        assert!(
            page.contains(&format!("href=\"formular-{form}\"")),
            "{file}"
        );
        false
    });
    assert_eq!(made, expected);
}

fn same_in_all(repo: &Repo, slug: &str) {
    let read = |file: &str| repo.read(&format!("dist/{slug}/{file}"));
    let [html, markdown, json] = ["index.html", "protokol.md", "protokol.json"].map(read);
    let json = serde_json::from_str(&json).expect("JSON");
    let headings = html_headings(&html);
    assert!(headings.len() > 7, "{slug}: {headings:?}");
    assert!(says_that_it_is_invented(&markdown), "{slug}");
    assert_eq!(headings, markdown_headings(&markdown), "{slug}");
    assert_eq!(headings, json_headings(&json), "{slug}");
    assert_same_text(&html_text(&html), &markdown_text(&markdown));
    says_the_same(
        &repo.read_bytes(&format!("dist/{slug}/protokol.docx")),
        &markdown,
    );
    let pdf = Pdf::read(&repo.read_bytes(&format!("dist/{slug}/protokol.pdf")));
    assert_eq!(pdf.language(), "da-DK");
    let bookmarks = pdf.bookmarks().into_iter();
    let top = bookmarks.filter(|title| !title.starts_with(' '));
    let expected = headings
        .iter()
        .filter_map(|heading| heading.strip_prefix("2 "));
    assert_eq!(
        top.collect::<Vec<_>>(),
        expected.collect::<Vec<_>>(),
        "{slug}"
    );
}

/// Nobody is to take an example for a real institution's protocol.
fn says_that_it_is_invented(page: &str) -> bool {
    let page = page.to_lowercase();
    let said = ["opdigtet", "findes ikke", "fundet på"];
    said.iter().any(|words| page.contains(words))
}

#[test]
fn the_example_area_is_clean_and_builds_in_every_format() {
    holds(&own(), &["baekhuset", "kranporten"]);
}

#[test]
fn every_example_is_clean_and_builds_in_every_format() {
    let mut examples = folders("examples");
    // An area of several repositories, which a script makes of it; `upgrade` tests that.
    examples.retain(|example| example != "omraade-med-huse");
    assert!(examples.contains(&"minimal".to_owned()), "{examples:?}");
    for example in examples {
        let folder = format!("examples/{example}");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder);
        let parts = ["rusprot.toml", "protocols", "templates", "logo.svg"];
        let parts: Vec<&str> = parts
            .into_iter()
            .filter(|part| root.join(part).exists())
            .collect();
        let repo = area(&folder, &parts);
        let slugs = folders(&format!("{folder}/protocols"));
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
        holds(&repo, &slugs);
        // The smallest example has no approval; the others stand as they were approved.
        for slug in slugs.iter().filter(|_| example != "minimal") {
            let page = repo.read(&format!("dist/{slug}/protokol.md"));
            assert!(page.contains("Gældende, godkendt"), "{example}: {slug}");
        }
    }
}

#[test]
fn the_skabelon_in_the_area_s_folder_is_the_built_in_one() {
    // Without its own copy an area uses the one in the binary, and the pages are the same.
    let [own, built_in] = [own(), own().without("templates")];
    for repo in [&own, &built_in] {
        repo.run(&["build", "--formats", "md"]).code(0);
    }
    assert_eq!(own.tree("dist"), built_in.tree("dist"));
}

/// A section with this heading and these sub-sections, each with its heading and other keys.
fn with_parts(heading: &str, parts: &[(&str, &str)]) -> String {
    let mut text = format!("overskrift = \"{heading}\"\ntekst = \"Det gør vi.\"\n");
    for (part, more) in parts {
        text +=
            &format!("[[afsnit]]\noverskrift = \"{part}\"\n{more}tekst = \"Vi gør det sammen.\"\n");
    }
    text
}

#[test]
fn topics_may_stand_below_the_action_guides_where_they_say_what_they_answer() {
    let safety = [
        ("Hvordan et trygt bo- og arbejdsmiljø sikres", ""),
        ("Hvordan tryghed for alle borgere sikres", ""),
    ];
    let topics = [
        // Feasts.
        (
            "Risikovurderinger ved sammenkomster i lejligheder",
            "opfylder = \"risikovurdering\"\n",
        ),
        // Dealers from outside.
        (
            "Handel af rusmidler med pushere på matriklen",
            "opfylder = \"handel-pushere\"\n",
        ),
        // Trade among residents.
        (
            "Handel af rusmidler på matriklen internt imellem borgere",
            "opfylder = \"handel-internt\"\n",
        ),
        // Guests.
        ("Gæster/udfrakommende", "opfylder = \"gaester\"\n"),
        // Relatives.
        ("Samarbejde med pårørende", "opfylder = \"paaroerende\"\n"),
    ];
    let rules = "Botilbuddets retningslinjer omkring rusmidler, herunder:";
    let guides = "Handlingsanvisninger for arbejdet med rusmidler på botilbuddet, herunder:";
    let repo = Repo::new()
        .file(
            "rusprot.toml",
            "skabelon = \"socialpsykiatri\"\n[omraade]\nnavn = \"Området\"\n",
        )
        .with_copy_of("examples/minimal", "protocols/lillebo/protokol.toml")
        .with_copy_of("examples/minimal", "protocols/lillebo/01-hvad-er.toml")
        .file(
            "protocols/lillebo/02-regler.toml",
            with_parts(rules, &safety),
        )
        .file(
            "protocols/lillebo/03-kort.toml",
            with_parts(guides, &topics),
        );
    repo.run(&["check", "--today", TODAY])
        .code(0)
        .stdout_has("Ingen fejl");
}
