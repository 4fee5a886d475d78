//! What a text becomes on the page where CommonMark alone would make something else of it than its author
//! means, or than GitHub shows.

use crate::support::Repo;

const SECTION: &str = "protocols/lillebo/09-naboer.toml";

/// A repository with a section of this text, which stands from line 3 on.
fn with(text: &str) -> Repo {
    let section = format!("overskrift = \"Naboer\"\ntekst = '''\n{text}\n'''\n");
    Repo::minimal().file(SECTION, section)
}

/// The text's part of the web page, and of the Markdown file.
fn pages(repo: &Repo) -> (String, String) {
    repo.run(&["build", "--formats", "html,md", "--draft"])
        .code(0);
    let html = repo.read("dist/lillebo/index.html");
    let start = html.find("id=\"naboer\"").expect("the section is there");
    let start = start + html[start..].find("</h2>").expect("its heading ends") + 5;
    let end = html[start..].find("</section>").expect("it ends");
    let markdown = repo.read("dist/lillebo/protokol.md");
    let begin = markdown.find(" Naboer\n").expect("the section is there") + 8;
    let rest = &markdown[begin..];
    let rest = &rest[..rest.find("\n## ").unwrap_or(rest.len())];
    (
        html[start..start + end].trim().to_owned(),
        rest.trim().to_owned(),
    )
}

#[track_caller]
fn html(text: &str) -> String {
    pages(&with(text)).0
}

#[test]
fn a_number_before_a_month_begins_no_list_wherever_it_stands() {
    for text in [
        "24. december er kontoret lukket.",
        "1. januar 2026 begynder ordningen.",
        "24. og 25. december er her kun få.",
        "1. – 3. maj rejser vi.",
        "1. jan. 2026 begynder ordningen.",
        "24., 25. og 26. december er her kun få.",
    ] {
        let page = html(text);
        assert!(!page.contains("<ol"), "{text}: {page}");
    }
    let page = html("Ordningen gælder fra\n1. januar 2026 og frem.");
    assert!(!page.contains("<ol"), "{page}");
    let page = html("- 24. december er her lukket.\n- 31. december er her lukket.");
    assert!(!page.contains("<ol") && page.contains("24."), "{page}");
    let page = html("> 5. maj er en mærkedag.");
    assert!(!page.contains("<ol"), "{page}");
    let (html, markdown) = pages(&with(
        "24. december er kontoret lukket.\n\n31. december er kontoret lukket.",
    ));
    assert!(
        html.contains("24.") && html.contains("31.") && !html.contains("<ol"),
        "{html}"
    );
    assert_eq!(
        markdown,
        "24.\u{a0}december er kontoret lukket.\n\n31.\u{a0}december er kontoret lukket."
    );
}

#[test]
fn numbers_that_begin_a_list_still_do() {
    for text in [
        "1. Ring til vagten\n2. Luk døren",
        "1. Januar\n2. Februar\n3. Marts",
    ] {
        let page = html(text);
        assert!(page.contains("<ol"), "{text}: {page}");
    }
}

#[test]
fn an_address_with_spaces_leads_where_it_should() {
    let page = html("Se [planen](https://sst.dk/mit dokument.pdf) nu.");
    assert!(
        page.contains("href=\"https://sst.dk/mit%20dokument.pdf\""),
        "{page}"
    );
    let page = html("Se [planen](www.x.test/mit dokument).");
    assert!(!page.contains("]("), "{page}");
    let page = html("Se [stuen] (den store) og [haven](den lille her).");
    assert!(page.contains("[haven](den lille her)"), "{page}");
}

#[test]
fn a_bare_address_is_a_link() {
    for (text, link) in [
        (
            "Se https://sst.dk/rusmidler.",
            "<a class=\"bare\" href=\"https://sst.dk/rusmidler\">https://sst.dk/rusmidler</a>.",
        ),
        (
            "(https://sst.dk/a_b_c)",
            "<a class=\"bare\" href=\"https://sst.dk/a_b_c\">https://sst.dk/a_b_c</a>)",
        ),
        (
            "https://da.wikipedia.org/wiki/Ru_(x)",
            ">https://da.wikipedia.org/wiki/Ru_(x)</a>",
        ),
        (
            "**https://sst.dk**",
            "<strong><a class=\"bare\" href=\"https://sst.dk\">",
        ),
        (
            "Skriv til hus@sst.dk, tak",
            "<a href=\"mailto:hus@sst.dk\">hus@sst.dk</a>, tak",
        ),
        (
            "| a | b |\n|---|---|\n| https://sst.dk/x | *y* |",
            " href=\"https://sst.dk/x\">",
        ),
    ] {
        // Where a long address may be broken is another question.
        let page = html(text).replace("<wbr>", "");
        assert!(page.contains(link), "{text}: {page}");
    }
    for text in [
        "`https://sst.dk`",
        "xhttps://sst.dk",
        "https:// og @ og a@b",
        "[se https://sst.dk](https://sst.dk/y)",
    ] {
        let page = html(text);
        assert!(!page.contains("href=\"https://sst.dk\""), "{text}: {page}");
    }
}

#[test]
fn a_bare_address_does_not_change_what_was_approved() {
    let code = |text: &str| {
        let repo = with(text);
        repo.run(&["build", "--formats", "json", "--draft"]).code(0);
        let json = repo.read("dist/lillebo/protokol.json");
        let document: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
        document["edition"]["fingerprint"].to_string()
    };
    // The address as a link and as typed signs say the same.
    assert_eq!(
        code("Se https://sst.dk/x nu."),
        code("Se https\\://sst.dk/x nu.")
    );
    assert_eq!(code("Skriv til a@b.test."), code("Skriv til a\\@b.test."));
}

#[test]
fn a_cell_can_have_lines() {
    let (html, markdown) = pages(&with(
        "| a | b |\n|---|---|\n| en<br>to<br/>tre | **x<BR />y** |",
    ));
    assert!(
        html.contains("en<br>\nto<br>\ntre") || html.contains("en<br>to<br>tre"),
        "{html}"
    );
    assert!(markdown.contains("| en<br>to<br>tre |"), "{markdown}");
    with("En<br>to")
        .run(&["check"])
        .code(1)
        .stdout_has("I en tabel")
        .stdout_has("RP006");
}

#[test]
fn indentation_makes_no_code() {
    for text in [
        "Husk:\n\n    1. Luk døren.\n    2. Sluk lyset.",
        "    Hele teksten er rykket ind.\n\n    Også her.",
        "\tHele teksten er rykket ind.\n\n\tOgså her.",
        "- Et punkt\n\n        med tekst, der er rykket langt ind\n\n- Et til",
        "1. Et punkt\n\n         - rykket ind",
    ] {
        let page = html(text);
        assert!(!page.contains("<pre>"), "{text:?}: {page}");
    }
    let page = html("Husk:\n\n    1. Luk døren.\n    2. Sluk lyset.");
    assert!(page.contains("<ol>\n<li>Luk døren.</li>"), "{page}");
    let page = html("- Et punkt\n  - under det\n    - og under det igen");
    assert_eq!(page.matches("<ul>").count(), 3, "{page}");
    let page = html("```\n    fire mellemrum\n```");
    assert!(page.contains("<pre><code>    fire mellemrum"), "{page}");
}

#[test]
fn places_stay_true_where_indentation_was_taken_away() {
    let repo = with("Husk:\n\n        Se side 12 og bo-tilbuddet.\n\n\t\tSe side 13.");
    let run = repo.run(&["check", "--format", "short"]);
    run.stdout_has("09-naboer.toml:5:12: advarsel[RP204]")
        .stdout_has("09-naboer.toml:7:6: advarsel[RP204]");
}

#[test]
fn rules_read_what_stands_in_a_fenced_block() {
    let repo = with("```\nSe side 12 her.\n```");
    repo.run(&["check", "--format", "short"])
        .stdout_has("09-naboer.toml:4:4: advarsel[RP204]");
}

#[test]
fn a_list_whose_numbers_jump_is_told_of_and_others_are_not() {
    let repo = with("1. a\n2. b\n4. d\n\nSe regel 4.");
    let run = repo.run(&["check", "--format", "short"]);
    run.stdout_has(
        "09-naboer.toml:5:1: fejl[RP212]: Punktet er skrevet med 4, men bliver trykt som 3.",
    );
    for text in [
        "1. a\n1. b\n1. c",
        "3. a\n4. b",
        "1. a\n2. b\n   1. c\n   2. d\n3. e",
    ] {
        with(text).run(&["check"]).stdout_lacks("RP212");
    }
}

#[test]
fn a_sum_is_no_emphasis_and_what_github_sets_apart_is_set_apart_under_a_word() {
    let repo = Repo::minimal().file(
        "protocols/lillebo/09-mere.toml",
        "overskrift = 'Mere'\ntekst = '''\nDet er 5*3*2 kasser og *tre* til.\n\n> [!WARNING]\n> Pas på **døren**.\n\n\
         > [!NOTE]\n> Husk nøglen.\n\n> [!Noget]\n> Et citat.\n'''\n",
    );
    repo.run(&["build", "--draft", "--formats", "html"]).code(0);
    let page = repo.read("dist/lillebo/index.html");
    for part in [
        "<p>Det er 5*3*2 kasser og <em>tre</em> til.</p>",
        "<blockquote>\n<p><strong>Advarsel</strong></p>\n<p>Pas på <strong>døren</strong>.</p>\n</blockquote>",
        "<p><strong>Bemærk</strong></p>\n<p>Husk nøglen.</p>",
        "<p>[!Noget] Et citat.</p>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}
