//! Residents' own languages: a section in another language than Danish, and texts in other scripts.

use std::io::Read as _;

use crate::support::{Repo, typst_is_there};

const ARABIC: &str = "overskrift = \"أهلا وسهلا\"\nsprog = \"ar\"\ntekst = '''\nمرحبا بكم في **البيت**.\n\n\
                      - القاعدة الأولى\n\nKontoret er åbent.\n'''\n[[afsnit]]\noverskrift = \"فرعي\"\n\
                      tekst = 'نص قصير'\n";

/// What a file of Word says, as XML.
fn docx_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a file of Word");
    let mut file = archive.by_name("word/document.xml").expect("its text");
    let mut xml = String::new();
    file.read_to_string(&mut xml).expect("XML");
    xml
}

/// A repository with this section, and its page and Markdown.
fn pages(section: &str) -> (Repo, String, String) {
    let repo = Repo::minimal().file("protocols/lillebo/09-velkommen.toml", section);
    repo.run(&["build", "--draft", "--formats", "html,md,json"])
        .code(0);
    let html = repo.read("dist/lillebo/index.html");
    let markdown = repo.read("dist/lillebo/protokol.md");
    (repo, html, markdown)
}

#[test]
fn a_section_says_its_language_and_which_way_it_is_read() {
    let (repo, html, markdown) = pages(ARABIC);
    for part in [
        "<div lang=\"ar\" dir=\"rtl\">\n<h2 id=\"velkommen\"><span class=\"number\">9</span> أهلا وسهلا</h2>\n\
         <p>مرحبا بكم في <strong>البيت</strong>.</p>\n<ul>\n<li>القاعدة الأولى</li>",
        "<p dir=\"ltr\">Kontoret er åbent.</p>",
        "<span lang=\"ar\" dir=\"rtl\">أهلا وسهلا</span></a>",
        "<span lang=\"ar\" dir=\"rtl\">فرعي</span></a>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    for part in [
        "<div lang=\"ar\" dir=\"rtl\">\n\n## <a id=\"velkommen\"></a>9 أهلا وسهلا\n\nمرحبا بكم",
        "<div dir=\"ltr\">\n\nKontoret er åbent.\n\n</div>",
        "نص قصير\n\n</div>",
    ] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON");
    let language = &json["sections"][8]["language"];
    assert_eq!(
        (&language["code"], &language["direction"]),
        (&"ar".into(), &"rtl".into())
    );
}

/// Of a section with a long sentence: in Danish it is measured and in Polish it is not, and both have one fingerprint.
fn only_sentences_are_not_measured(section: &dyn Fn(&str) -> String) {
    let code = |language: &str| {
        let repo = Repo::minimal().file("protocols/lillebo/09-velkommen.toml", section(language));
        let run = repo.run(&["check", "--format", "short"]);
        repo.run(&["build", "--draft", "--formats", "json"]).code(0);
        let json: serde_json::Value =
            serde_json::from_str(&repo.read("dist/lillebo/protokol.json")).expect("JSON");
        let fingerprint = json["edition"]["fingerprint"].to_string();
        (fingerprint, run.stdout.contains("RP302"))
    };
    let (danish, measured) = code("");
    let (polish, too) = code("sprog = 'pl'\n");
    assert_eq!(danish, polish);
    assert!(measured && !too);
}

#[test]
fn a_language_changes_no_fingerprint_and_no_rule_about_danish_sentences_reads_it() {
    let long = "ord ".repeat(60);
    only_sentences_are_not_measured(&|language| {
        format!("overskrift = 'Witamy'\n{language}tekst = 'Ala ma kota i {long}.'\n")
    });
}

/// Every block that has texts, each in Arabic with the others in Danish.
pub const BLOCKS: &str = r#"overskrift = "Velkommen"
tekst = "Her er dansk."

[[figur]]
type = "trappe"
titel = "خطوات"
punkter = [{ navn = "واحد" }, { navn = "اثنان" }, { navn = "ثلاثة" }]
sprog = "ar"

[[tabel]]
titel = "جدول"
tekst = '''
| مفتاح | قيمة |
|---|---|
| باب | واحد |
'''
sprog = "ar"

[[begreb]]
ord = "بيت"
betyder = "مكان السكن"
sprog = "ar"

[[begreb]]
ord = "Hus"
betyder = "Et sted at bo."

[[rolle]]
titel = "موظف"
ansvar = "يساعد"
sprog = "ar"

[[regel]]
tekst = "هدوء في الليل"
sprog = "ar"

[[regel]]
tekst = "Her er ro om natten."

[[gruppe]]
navn = "أسئلة"
punkter = ["كيف حالك"]
sprog = "ar"

[[felt]]
navn = "الاسم"
sprog = "ar"

[[handling]]
situation = "حريق"
trin = [{ goer = "اتصل" }]
sprog = "ar"

[[dilemma]]
situation = "سؤال صعب"
goer = "تحدث"
hvorfor = "الثقة"
sprog = "ar"

[[opgave]]
hvad = "تنظيف"
ansvarlig = "مجموعة"
sprog = "ar"

[[kontakt]]
id = "vagt"
funktion = "حارس"
telefon = "70 00 00 00"
sprog = "ar"

[[citat]]
tekst = "أنا بخير"
sprog = "ar"

[underskrift]
roller = ["مدير"]
indledning = "اتفاق"
sprog = "ar"
"#;

#[test]
fn every_block_says_its_own_language_in_every_output() {
    typst_is_there();
    let (repo, html, markdown) = pages(BLOCKS);
    let said = "lang=\"ar\" dir=\"rtl\"";
    for part in [
        format!("<div {said}>\n<figure class=\"figure\">"),
        format!("<div class=\"sheet\" {said}>\n<p class=\"label\">جدول</p>"),
        format!("<dt {said}>بيت</dt>\n<dd {said}>مكان السكن</dd>\n<dt>Hus</dt>"),
        format!("<div class=\"role\" {said}>\n<h3>موظف</h3>"),
        format!("<li value=\"1\" {said}><p>هدوء في الليل</p>\n</li>\n<li value=\"2\"><p>Her er ro"),
        format!("<div {said}>\n<h3>أسئلة</h3>\n<ol class=\"questions\">\n<li><p>كيف حالك</p>"),
        format!("<div {said}>\n<div class=\"field\"><p class=\"label\">الاسم</p>"),
        format!("class=\"card\" {said}>\n<h3>حريق</h3>"),
        format!("<div class=\"card dilemma\" {said}>\n<h3>سؤال صعب</h3>"),
        format!("<tr {said}><th scope=\"row\">تنظيف</th><td>مجموعة</td></tr>"),
        format!("<li id=\"kontakt-vagt\" {said}>\n<p class=\"label\">حارس</p>"),
        format!("<div class=\"quotation\" {said}>\n<blockquote>\n<p>أنا بخير</p>"),
        format!("<div class=\"signature\" {said}>\n<p>اتفاق</p>"),
    ] {
        assert!(html.contains(&part), "{part} in {html}");
    }
    assert!(html.contains("<svg direction=\"ltr\"") && html.contains(">واحد</text>"));
    assert_eq!(markdown.matches(&format!("<div {said}>")).count(), 12);
    let cells = format!("| <span {said}>تنظيف</span> | <span {said}>مجموعة</span> |");
    assert!(markdown.contains(&cells), "{markdown}");
    let json = repo.read("dist/lillebo/protokol.json");
    assert_eq!(json.matches("\"code\": \"ar\"").count(), 13, "{json}");
    repo.run(&["build", "--draft", "--formats", "docx,pdf"])
        .code(0);
    let word = docx_text(&repo.read_bytes("dist/lillebo/protokol.docx"));
    for words in [
        "واحد",
        "باب",
        "مكان السكن",
        "يساعد",
        "هدوء في الليل",
        "كيف حالك",
        "الاسم",
        "اتصل",
        "تحدث",
        "تنظيف",
        "حارس",
        "أنا بخير",
        "مدير",
    ] {
        let at = word
            .find(words)
            .unwrap_or_else(|| panic!("{words} is in the file of Word"));
        let run = &word[word[..at].rfind("<w:r>").expect("a run")..at];
        assert!(
            run.contains("<w:rtl/><w:lang w:val=\"ar\" w:bidi=\"ar\"/>"),
            "{run}"
        );
    }
}

#[test]
fn the_language_of_a_block_changes_no_fingerprint_and_what_rules_read_in_danish() {
    let long = "ord ".repeat(60);
    only_sentences_are_not_measured(&|language| {
        format!(
            "overskrift = 'A'\ntekst = 'Kort.'\n[[regel]]\ntekst = 'Ala ma kota i {long}.'\n{language}[[citat]]\ntekst = 'Hej.'\n{language}"
        )
    });
}

#[test]
fn a_text_of_another_script_gets_its_direction_by_itself() {
    let (_, html, markdown) = pages(
        "overskrift = 'Velkommen'\ntekst = '''\nHer er dansk.\n\nمرحبا hej\n\n1. »خوش آمدید«\n2. بله\n\nHej مرحبا\n\n\
         | א | b |\n|---|---|\n| ג | d |\n\nሰላም\n'''\n",
    );
    for part in [
        "<p>Her er dansk.</p>",
        "<p dir=\"rtl\">مرحبا hej</p>",
        "<ol dir=\"rtl\">\n<li>»خوش آمدید«</li>",
        "<p>Hej مرحبا</p>",
        "<table dir=\"rtl\">",
        "<td dir=\"ltr\">d</td>",
        "<p>ሰላም</p>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let in_markdown = "<div dir=\"rtl\">\n\nمرحبا hej\n\n</div>";
    assert!(markdown.contains(in_markdown), "{markdown}");
}

#[test]
fn a_language_that_is_called_by_its_name_is_told_with_its_code() {
    let section = "overskrift = 'A'\nsprog = 'Tigrinya'\ntekst = 'x'\n";
    let repo = Repo::minimal().file("protocols/lillebo/09-velkommen.toml", section);
    let run = repo.run(&["check"]).code(1);
    run.stdout_has("»Tigrinya« er ikke koden for et sprog")
        .stdout_has("sprog = \"ti\"");
}

#[test]
fn a_joiner_is_a_letter_where_it_is_spelling_and_a_hidden_sign_elsewhere() {
    for (text, hidden) in [
        ("می\u{200c}خواهم", false),
        ("می&zwnj;خواهم", false),
        ("க்\u{200d}ஷ", false),
        ("👩\u{200d}🚀", false),
        ("an\u{200c}svar", true),
        ("an&zwj;svar", true),
        ("\u{200d}a", true),
        ("👩\u{200c}🚀", true),
    ] {
        let section = format!("overskrift = 'A'\ntekst = '{text}'\n");
        let repo = Repo::minimal().file("protocols/lillebo/09-a.toml", section);
        let run = repo.run(&["check", "--format", "short"]);
        assert_eq!(
            run.stdout.contains("RP008"),
            hidden,
            "{text:?}: {}",
            run.stdout
        );
    }
}

#[test]
fn the_languages_spoken_most_in_danish_care_are_on_paper() {
    typst_is_there();
    let texts = [
        "مرحبا",
        "می\u{200c}خواهم",
        "ሰላም",
        "வணக்கம்",
        "Ласкаво",
        "Hoş",
        "Zażółć",
        "Chào mừng",
        "Soo dhawow",
    ];
    let texts = texts.join("\n\n");
    let section = format!("overskrift = 'Velkommen'\ntekst = '''\n{texts}\n'''\n");
    let repo = Repo::minimal()
        .file("protocols/lillebo/09-velkommen.toml", section)
        .file("protocols/lillebo/10-arabisk.toml", ARABIC);
    let run = repo.run(&["build", "--formats", "pdf"]).code(0);
    run.stderr_lacks("RP211");
    let bytes = repo.read_bytes("dist/lillebo/protokol.pdf");
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let mut fonts = String::new();
    for object in pdf.objects.values() {
        let dictionary = object.as_dict();
        let name = dictionary.and_then(|dictionary| dictionary.get(b"BaseFont"));
        if let Ok(name) = name.and_then(|name| name.as_name()) {
            fonts.push_str(&String::from_utf8_lossy(name));
            fonts.push(' ');
        }
    }
    for face in [
        "NotoSansArabic-Regular",
        "NotoSansArabic-Bold",
        "NotoSansEthiopic-Regular",
        "NotoSansTamil-Regular",
    ] {
        assert!(fonts.contains(face), "{face} in {fonts}");
    }
}
