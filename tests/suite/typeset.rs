//! How a page is set: what stays together, where words are divided, and what is said to those who hear it.

use crate::pages::Pdf;
use crate::support::{Repo, typst_is_there};

/// The smallest repository with one more section of this text.
fn with_text(text: &str) -> Repo {
    let section = format!("overskrift = 'Skemaet'\ntekst = \"\"\"\n{text}\n\"\"\"\n");
    Repo::minimal().file("protocols/lillebo/10-skema.toml", section)
}

fn built(repo: &Repo) -> Pdf {
    repo.run(&["build", "--draft", "--formats", "pdf"]).code(0);
    Pdf::read(&repo.read_bytes("dist/lillebo/protokol.pdf"))
}

#[test]
fn a_date_in_a_narrow_column_is_broken_at_its_spaces_and_not_inside_its_month() {
    typst_is_there();
    let row = "| Vi går hele dokumentationen igennem og retter den til sidst | Tilbudslederen, \
               medarbejderrepræsentanten | hvert 2. år | 15. september 2026 | 15. september 2027 |\n";
    let table = format!(
        "| Hvad | Hvem | Hvor tit | Sidst | Senest igen |\n|---|---|---|---|---|\n{}",
        row.repeat(3)
    );
    let pdf = built(&with_text(&table));
    assert_eq!(pdf.pages_with("15. september 2027").len(), 1);
    let divided = pdf.divided();
    let months = divided
        .iter()
        .filter(|piece| "september".starts_with(piece.as_str()));
    assert_eq!(months.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn a_compound_is_divided_at_the_border_of_its_parts() {
    typst_is_there();
    let words = [
        ("Kontaktpersonen", "Kontakt"),
        ("åbningstiderne", "åbnings"),
        ("magtanvendelsen", "magt"),
        ("hjemmesygeplejen", "hjemme"),
        ("fællesarealerne", "fælles"),
        ("medarbejderne", "med"),
        ("samarbejdsaftalen", "sam"),
        ("husordenen", "hus"),
        ("støttepersonerne", "støtte"),
        ("overfaldsalarmen", "overfalds"),
        ("nødudgangene", "nød"),
        ("beboermøderne", "beboer"),
        ("borgerrådgiveren", "borger"),
        ("udefrakommende", "ude"),
    ];
    // So large, and in a list, a line has room for two words at most.
    let text: String = words
        .iter()
        .map(|(word, _)| format!("- {}\n", format!("og den {word} ").repeat(20)))
        .collect();
    let repo = with_text(&text);
    let args = [
        "print",
        "lillebo",
        "--meeting",
        "Mini-MED",
        "--date",
        "2026-12-01",
        "--large",
    ];
    repo.run(&[&args[..], &["--output", "tryk.pdf"]].concat())
        .code(0);
    let divided = Pdf::read(&repo.read_bytes("tryk.pdf")).divided();
    for (word, border) in words {
        // Fewer letters than four begin other words as well.
        let wrong = divided.iter().filter(|piece| {
            let is_border = *piece == border || *piece == "samarbejds";
            word.starts_with(piece.as_str()) && !is_border && piece.chars().count() > 3
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&String>::new(), "{word}");
    }
    let at_borders = words
        .iter()
        .filter(|(_, border)| divided.iter().any(|piece| piece == border));
    assert!(at_borders.count() >= 3, "{divided:?}");
}

#[test]
fn a_short_list_stands_on_one_page() {
    typst_is_there();
    let text: String = (0..60)
        .map(|at| {
            let lines = "Sådan gør vi i huset hver dag, også når det er svært. ".repeat(at % 7 + 1);
            let items: String = ["a", "b", "c", "d"]
                .map(|item| format!("- punkt{at:02}{item}\n"))
                .concat();
            format!("{lines}\n\nDet gør vi:\n\n{items}\n")
        })
        .collect();
    let pdf = built(&with_text(&text));
    let mut pages = std::collections::BTreeSet::new();
    for at in 0..60 {
        let on = ["a", "b", "c", "d"].map(|item| pdf.pages_with(&format!("punkt{at:02}{item}")));
        assert!(on.iter().all(|page| *page == on[0]), "{at}: {on:?}");
        pages.extend(on.into_iter().flatten());
    }
    assert!(pages.len() > 5, "{pages:?}");
}

#[test]
fn the_contents_leave_no_few_lines_alone_on_a_page() {
    typst_is_there();
    let mut seen = [false; 3];
    for count in [4, 20, 23, 25, 27, 29, 31, 45, 60] {
        let repo = Repo::minimal().with_topics(count);
        let pdf = built(&repo);
        let listed = (0..count)
            .filter(|at| pdf.page(1).contains(&format!("Emne{at:02}")))
            .count();
        let later = count - listed;
        // A quarter of a page holds ten lines, of which three are those of what rusprot adds.
        assert!(later == 0 || later >= 7, "{later} of {count} lines");
        seen[if listed == 0 {
            2
        } else {
            usize::from(later > 0)
        }] = true;
    }
    assert_eq!(
        seen,
        [true, true, true],
        "on the first page, on both, and on the second alone"
    );
}

#[test]
fn a_link_says_where_it_leads() {
    typst_is_there();
    let pdf = built(&with_text("Læs [](afsnit:skema)."));
    let links = pdf.links();
    let own: Vec<&String> = links
        .iter()
        .filter(|link| link.contains("Skemaet, side "))
        .collect();
    // In the contents and in the text.
    assert_eq!(own.len(), 2, "{links:?}");
    assert_eq!(pdf.unsaid(), Vec::<String>::new());
}

#[test]
fn what_stands_at_the_foot_of_a_page_is_on_it_however_long_the_names_are() {
    typst_is_there();
    let name = "Det gule hus ved skoven og åen, hvor vi bor og arbejder sammen hver eneste dag";
    let repo = Repo::minimal()
        .edited(
            "protocols/lillebo/protokol.toml",
            "[institution]",
            &format!("titel = \"Protokol om rusmidler, øl, piller og alt det andet i {name}\"\n[institution]\nkort = \"{name}\""),
        )
        .file(
            "protocols/lillebo/09-kort.toml",
            "overskrift = \"Regler\"\nid = \"regler\"\n[[regel]]\ntekst = \"Luk døren.\"\n[[felt]]\nnavn = \"Navn\"\n\
             [[handling]]\nsituation = \"Lyset går\"\ntrin = [{ goer = \"Luk døren.\" }]\n",
        );
    let prints: [&[&str]; 5] = [
        &["--meeting", "Mini-MED", "--date", "2026-12-01"],
        &["--cards"],
        &["--poster", "regler"],
        &["--form", "regler"],
        &["--receipt"],
    ];
    for what in prints {
        for more in [&[][..], &["--large"]] {
            let args = [&["print", "lillebo", "--output", "tryk.pdf"], what, more].concat();
            repo.run(&args).code(0);
            let pdf = Pdf::read(&repo.read_bytes("tryk.pdf"));
            assert_eq!(pdf.astray(), Vec::<String>::new(), "{what:?} {more:?}");
            // Nearer to the edge no printer reaches.
            let lowest = (1..=pdf.pages()).map(|page| pdf.lowest(page)).min();
            assert!(lowest >= Some(3), "{what:?} {more:?}: {lowest:?} mm");
        }
    }
}

#[test]
fn an_address_gets_no_hyphen_on_paper() {
    typst_is_there();
    let addresses = [
        "specialisterne@fjordregionenshuse.opdigtet",
        "omraadesekretariatet@fjordregionen.opdigtet",
        "https://oplysningsafdelingen.fjordregionen.opdigtet/retningslinjerne/ulovlige-stoffer",
        "https://dokumenterne.sundregionen.test/rusmidler",
    ];
    let contacts = addresses[..2].iter().enumerate().map(|(at, mail)| {
        format!("[[kontakt]]\nid = \"k{at}\"\nnavn = \"Nummer {at}\"\nmail = \"{mail}\"\n")
    });
    let text: String = addresses
        .iter()
        .map(|address| format!("- {}\n", format!("og den {address} ").repeat(9)))
        .collect();
    let repo = with_text(&text).file(
        "protocols/lillebo/11-kontakter.toml",
        format!(
            "overskrift = \"Kontakter\"\n{}",
            contacts.collect::<String>()
        ),
    );
    let args = [
        "print",
        "lillebo",
        "--meeting",
        "Mini-MED",
        "--date",
        "2026-12-01",
        "--output",
        "tryk.pdf",
    ];
    for more in [&[][..], &["--large"]] {
        repo.run(&[&args[..], more].concat()).code(0);
        let pdf = Pdf::read(&repo.read_bytes("tryk.pdf"));
        let divided = pdf.divided();
        // "ulovlige-" is divided where its own hyphen stands.
        let wrong = divided.iter().filter(|piece| {
            let is_own = piece.chars().count() <= 3 || *piece == "ulovlige";
            !is_own
                && addresses
                    .iter()
                    .any(|address| address.contains(piece.as_str()))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&String>::new(), "{more:?}");
    }
}
