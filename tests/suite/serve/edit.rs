//! Writing through the server: who may, what is saved, and that nothing else of a file moves.

use std::fs;
use std::ops::Range;
use std::path::Path;

use rusprot::commands::edit::{Saved, Wish, opened, save};
use rusprot::load::Repository;
use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::client::{Answer, Served};
use crate::support::{Repo, folders};

const MAIN: &str = "protocols/lillebo/protokol.toml";

/// A server that can be written through, with its token.
struct Writer {
    server: Served,
    token: String,
}

impl Writer {
    fn start(repo: &Repo) -> Self {
        let server = Served::start(repo, &["--edit"]);
        let token = server.address.split("#noegle=").nth(1);
        Self {
            token: token.expect("the address has the token").to_owned(),
            server,
        }
    }

    fn post(&self, what: &str, body: &Value) -> Answer {
        let headers = [
            ("host", self.server.host()),
            ("x-rusprot", self.token.clone()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let path = format!("/api/edit/{what}");
        self.server
            .ask("POST", &path, &headers, body.to_string().as_bytes())
    }

    fn get(&self, what: &str) -> Answer {
        let headers = [
            ("host", self.server.host()),
            ("x-rusprot", self.token.clone()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        self.server
            .ask("GET", &format!("/api/edit/{what}"), &headers, b"")
    }

    fn open(&self, path: &str) -> Value {
        let answer = self.get(&format!("open?sti={path}")).is(200);
        serde_json::from_slice(&answer.body).expect("a form is JSON")
    }
}

#[test]
fn nobody_writes_without_the_token_and_nobody_at_all_without_edit() {
    let repo = Repo::minimal();
    let before = repo.tree(".");
    let writer = Writer::start(&repo);
    let version = writer.open(MAIN)["version"].clone();
    let body = json!({ "path": MAIN, "version": version, "changes": { "titel": "x" } }).to_string();
    let server = &writer.server;
    let own = server.host();
    let wrong = "0".repeat(48);
    let short = &writer.token[..47];
    for token in ["", wrong.as_str(), short] {
        let headers = [("host", own.as_str()), ("x-rusprot", token)];
        for what in [
            "save", "text", "new", "move", "try", "fix", "picture", "commit", "push",
        ] {
            let path = format!("/api/edit/{what}");
            assert_eq!(
                server.ask("POST", &path, &headers, body.as_bytes()).status,
                403,
                "{what}"
            );
        }
        for what in [
            "open?sti=rusprot.toml",
            "outline?protokol=lillebo",
            "handover?protokol=lillebo",
        ] {
            let path = format!("/api/edit/{what}");
            assert_eq!(
                server.ask("GET", &path, &headers, b"").status,
                403,
                "{what}"
            );
        }
    }
    let headers = [
        ("host", own.as_str()),
        ("x-rusprot", writer.token.as_str()),
        ("origin", "http://rusprot.test"),
    ];
    assert_eq!(
        server
            .ask("POST", "/api/edit/save", &headers, body.as_bytes())
            .status,
        403
    );
    let headers = [
        ("host", "rusprot.test"),
        ("x-rusprot", writer.token.as_str()),
    ];
    assert_eq!(
        server
            .ask("POST", "/api/edit/save", &headers, body.as_bytes())
            .status,
        421
    );
    let reader = Served::start(&repo, &[]);
    assert!(!reader.address.contains('#'), "{}", reader.address);
    let own = reader.host();
    let headers = [("host", own.as_str()), ("x-rusprot", writer.token.as_str())];
    assert_eq!(
        reader
            .ask("POST", "/api/edit/save", &headers, body.as_bytes())
            .status,
        405
    );
    assert_eq!(repo.tree("."), before);
}

#[test]
fn no_file_outside_the_protocols_can_be_named() {
    let repo = Repo::minimal()
        .file("protocols/lillebo/noter.txt", "x")
        .file("protocols/lillebo/.skjult.toml", "x = 1\n")
        .file("andet/01-x.toml", "overskrift = 'x'\n");
    let before = repo.tree(".");
    let writer = Writer::start(&repo);
    for path in [
        "rusprot.toml",
        "protocols/lillebo/noter.txt",
        "protocols/lillebo/.skjult.toml",
        "protocols/lillebo/../../rusprot.toml",
        "protocols/../protocols/lillebo/protokol.toml",
        "protocols/lillebo/./protokol.toml",
        "protocols//lillebo/protokol.toml",
        "protocols/vaek/protokol.toml",
        "andet/01-x.toml",
        "../x",
        "/etc/hostname",
        "",
    ] {
        let wish = json!({ "path": path, "version": "x", "changes": {}, "text": "", "up": true });
        for what in ["save", "text", "try", "move"] {
            assert_eq!(writer.post(what, &wish).status, 422, "{what} {path}");
        }
        assert_eq!(
            writer.get(&format!("open?sti={path}")).status,
            422,
            "{path}"
        );
    }
    for slug in ["..", "lillebo/..", "", "vaek"] {
        let part = json!({ "protocol": slug, "heading": "Nyt" });
        assert_eq!(writer.post("new", &part).status, 422, "{slug}");
        let version = json!({ "protocol": slug, "files": ["rusprot.toml"], "name": "N", "mail": "n@x", "message": "m" });
        assert_eq!(writer.post("commit", &version).status, 422, "{slug}");
    }
    assert_eq!(repo.tree("."), before);
}

#[test]
fn a_save_changes_the_key_and_a_former_state_changes_nothing() {
    let repo = Repo::minimal();
    let writer = Writer::start(&repo);
    let before = repo.read(MAIN);
    let version = writer.open(MAIN)["version"].clone();
    let wish =
        json!({ "path": MAIN, "version": version, "changes": { "titel": "Protokol for alle" } });
    writer.post("save", &wish).is(200);
    let after = repo.read(MAIN);
    assert_eq!(after, format!("titel = \"Protokol for alle\"\n\n{before}"));
    let answer = writer.post("save", &wish).is(409);
    assert!(
        answer.text().contains("Protokol for alle"),
        "the file as it is comes back"
    );
    assert_eq!(repo.read(MAIN), after);
    for wrong in [
        json!({ "ukendt": 1 }),
        json!([]),
        json!({ "titel": "a\u{0}" }),
    ] {
        let version = writer.open(MAIN)["version"].clone();
        let wish = json!({ "path": MAIN, "version": version, "changes": wrong });
        writer.post("save", &wish).is(422);
    }
    assert_eq!(repo.read(MAIN), after);
}

#[test]
fn findings_come_with_their_field_and_a_fix_with_the_values() {
    let path = "protocols/lillebo/07-gaester.toml";
    let repo = Repo::minimal().file(path, "overskrift = 'Gæster'\n\n[[regel]]\ntekst = 'ok'\n");
    let writer = Writer::start(&repo);
    let version = writer.open(path)["version"].clone();
    let rows = json!([{ "$from": 0, "tekst": "Se [](afsnit:vaek)." }]);
    let wish = json!({ "path": path, "version": version, "changes": { "overskrift": "7. Gæster", "regel": rows } });
    let answer = writer.post("try", &wish).is(200);
    let tried: Value = serde_json::from_slice(&answer.body).expect("JSON");
    let findings = tried["findings"].as_array().expect("a list");
    let at = |code: &str| findings.iter().find(|finding| finding["code"] == code);
    let dead = at("RP201").unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!(dead["field"], json!(["regel", 0, "tekst"]));
    let typed = findings
        .iter()
        .find(|finding| finding["field"] == json!(["overskrift"]) && finding["fix"].is_u64());
    let typed = typed.unwrap_or_else(|| panic!("{findings:#?}"));
    let mut wish = wish;
    wish["number"] = typed["fix"].clone();
    let answer = writer.post("fix", &wish).is(200);
    let mended: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(
        mended["values"],
        json!([{ "at": ["overskrift"], "value": "Gæster" }])
    );
    assert!(
        repo.read(path).contains("'ok'"),
        "nothing is written by trying"
    );
}

#[test]
fn parts_are_begun_and_moved_by_their_numbers() {
    let repo = Repo::minimal();
    let writer = Writer::start(&repo);
    let part = |appendix: bool| json!({ "protocol": "lillebo", "appendix": appendix, "heading": "Naboer & venner" });
    writer.post("new", &part(true)).is(200);
    let made = writer.post("new", &part(false)).is(200);
    let made: Value = serde_json::from_slice(&made.body).expect("JSON");
    let path = made["path"].as_str().expect("a path").to_owned();
    assert!(
        repo.read(&path)
            .starts_with("overskrift = \"Naboer & venner\"\n"),
        "{path}"
    );
    assert!(
        repo.files("protocols/lillebo/bilag")
            .iter()
            .any(|file| file.ends_with("naboer-venner.toml"))
    );
    let files = repo.files("protocols/lillebo");
    let moved = writer
        .post("move", &json!({ "path": path, "up": true }))
        .is(200);
    let moved: Value = serde_json::from_slice(&moved.body).expect("JSON");
    assert_eq!(
        moved["renamed"].as_array().map(Vec::len),
        Some(2),
        "{moved}"
    );
    let now = repo.files("protocols/lillebo");
    assert_eq!(now.len(), files.len());
    assert_ne!(now, files);
    let back = moved["path"].clone();
    writer
        .post("move", &json!({ "path": back, "up": false }))
        .is(200);
    assert_eq!(repo.files("protocols/lillebo"), files);
}

#[test]
fn a_sub_section_is_known_by_its_row_also_behind_text_without_a_heading() {
    let section = "overskrift = 'Mere'\n[[afsnit]]\ntekst = 'Forrest.'\n[[afsnit]]\noverskrift = 'Ture'\n\
                   tekst = 'Vi går ud.'\n[[afsnit.afsnit]]\noverskrift = 'Hver uge'\ntekst = 'x'\n";
    let repo = Repo::minimal().file("protocols/lillebo/09-mere.toml", section);
    let writer = Writer::start(&repo);
    let outline = writer.get("outline?protokol=lillebo").is(200);
    let outline: Value = serde_json::from_slice(&outline.body).expect("JSON");
    let parts = outline["sections"].as_array().expect("a list");
    let places = parts.last().expect("the last one")["places"].clone();
    let places = places.as_array().expect("a list").iter();
    let rows: Vec<_> = places
        .map(|place| (&place["heading"], &place["at"]))
        .collect();
    let expected = [
        ("Mere", json!([])),
        ("Ture", json!([1])),
        ("Hver uge", json!([1, 0])),
    ];
    let expected = expected.map(|(heading, at)| (json!(heading), at));
    assert_eq!(rows, expected.each_ref().map(|(heading, at)| (heading, at)));
}

#[test]
fn what_is_no_picture_or_too_large_is_not_laid_in_the_folder() {
    let repo = Repo::minimal();
    let writer = Writer::start(&repo);
    let own = writer.server.host();
    let headers = [("host", own.as_str()), ("x-rusprot", writer.token.as_str())];
    let send = |query: &str, bytes: &[u8]| {
        writer
            .server
            .ask(
                "POST",
                &format!("/api/edit/picture?{query}"),
                &headers,
                bytes,
            )
            .status
    };
    assert_eq!(send("protokol=lillebo&navn=a.png", b"nej"), 422);
    assert_eq!(
        send("protokol=lillebo&navn=a.png", b"\x89PNG\r\n\x1a\nhalv"),
        422
    );
    assert_eq!(send("protokol=lillebo&navn=a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/x'/></svg>"), 422);
    assert_eq!(send("protokol=..&navn=a.png", b"nej"), 422);
    assert_eq!(
        send("protokol=lillebo&navn=a.png", &vec![0; 21_000_000]),
        413
    );
    assert!(!repo.has("protocols/lillebo/billeder/a.png"));
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    assert_eq!(
        send("protokol=lillebo&navn=..%2F..%2F%C3%98l.svg", svg),
        200
    );
    assert_eq!(send("protokol=lillebo&navn=oel.svg", svg), 200);
    let pictures = repo.files("protocols/lillebo/billeder");
    assert_eq!(
        pictures
            .iter()
            .filter(|file| file.ends_with(".svg"))
            .count(),
        1,
        "{pictures:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_version_holds_what_was_chosen_under_the_name_that_was_given_and_runs_nothing() {
    let repo = Repo::minimal();
    repo.begin_history();
    let repo = repo
        .program(".git/hooks/pre-commit", "touch HOOK; exit 1")
        .program(".git/hooks/reference-transaction", "touch HOOK");
    repo.git(&["config", "filter.x.clean", "touch FILTER; cat"]);
    repo.git(&["config", "commit.gpgsign", "true"]);
    repo.git(&["config", "core.hooksPath", ".git/hooks"]);
    repo.write(".gitattributes", "* filter=x\n");
    let writer = Writer::start(&repo);
    let changed = format!("{}# om os\n", repo.read(MAIN));
    repo.write(MAIN, &changed);
    repo.write("protocols/lillebo/09-andet.toml", "overskrift = 'Andet'\n");
    repo.write("uvedkommende.txt", "x");
    let found = writer.get("handover?protokol=lillebo").is(200);
    let found: Value = serde_json::from_slice(&found.body).expect("JSON");
    assert_eq!(found["branch"], "main");
    assert_eq!(
        found["files"],
        json!([["protocols/lillebo/09-andet.toml", "ny"], [MAIN, "ændret"]])
    );
    let version = |files: Value, name: &str| json!({ "protocol": "lillebo", "files": files, "name": name, "mail": "karen@lillebo.test", "message": "Om os" });
    for (files, name) in [
        (json!([]), "Karen"),
        (json!(["uvedkommende.txt"]), "Karen"),
        (json!([MAIN]), ""),
        (json!([MAIN]), "A <b>"),
    ] {
        writer.post("commit", &version(files, name)).is(422);
    }
    writer
        .post("commit", &version(json!([MAIN]), "Karen Prøve"))
        .is(200);
    assert_eq!(
        repo.git(&["log", "-1", "--format=%an|%ae|%cn|%s"]),
        "Karen Prøve|karen@lillebo.test|Karen Prøve|Om os"
    );
    assert_eq!(repo.git(&["show", "--name-only", "--format="]), MAIN);
    assert_eq!(repo.git(&["show", &format!("HEAD:{MAIN}")]), changed.trim());
    assert!(!repo.has("FILTER"), "a filter was started");
    assert!(!repo.has("HOOK"), "a hook was started");
    writer
        .post("commit", &version(json!([MAIN]), "Karen Prøve"))
        .is(422);
    // What is in the version is no change in git's own eyes either.
    fs::remove_file(repo.path(".gitattributes")).expect("it is there");
    assert!(!repo.git(&["status", "--porcelain"]).contains(MAIN));
    writer.post("push", &json!({})).is(422);
}

#[test]
fn without_git_it_says_how() {
    let repo = Repo::minimal();
    let writer = Writer::start(&repo);
    let found = writer.get("handover?protokol=lillebo").is(200).text();
    assert!(found.contains("ligger ikke i et git-repository"), "{found}");
}

/// Every string of a file: the way to it, and where it stands.
fn strings(text: &str) -> Vec<(Vec<Value>, Range<usize>)> {
    fn table(
        table: &DeTable<'_>,
        way: &mut Vec<Value>,
        found: &mut Vec<(Vec<Value>, Range<usize>)>,
    ) {
        for (key, one) in table {
            way.push(json!(key.get_ref()));
            value(one, way, found);
            way.pop();
        }
    }
    fn value(
        one: &Spanned<DeValue<'_>>,
        way: &mut Vec<Value>,
        found: &mut Vec<(Vec<Value>, Range<usize>)>,
    ) {
        match one.get_ref() {
            DeValue::String(_) => found.push((way.clone(), one.span())),
            DeValue::Table(inner) => table(inner, way, found),
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    way.push(json!(at));
                    value(item, way, found);
                    way.pop();
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    let parsed = DeTable::parse(text).expect("the examples are TOML");
    table(parsed.get_ref(), &mut Vec::new(), &mut found);
    found
}

/// Rows that say which they are, as the browser sends them.
fn numbered(value: &Value) -> Value {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let mut item = numbered(item);
                if let (Value::Object(keys), None) = (&mut item, item_date(value, at)) {
                    keys.insert("$from".to_owned(), json!(at));
                }
                item
            })
            .collect(),
        Value::Object(keys) => Value::Object(
            keys.iter()
                .map(|(key, value)| (key.clone(), numbered(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn item_date(list: &Value, at: usize) -> Option<&Value> {
    list[at].get("$date")
}

/// Saves changes in a file on disk, which must take them.
fn saved(root: &Path, path: &str, changes: Value) {
    let repository = Repository::find(root).expect("a repository");
    let form = opened(&repository, path).expect("a form");
    let wish = Wish {
        path: path.to_owned(),
        version: form["version"].as_str().expect("a text").to_owned(),
        changes,
    };
    let saved = save(&repository, &wish).expect("the disk takes it");
    assert!(matches!(saved, Saved::Written(_)), "{path}: {saved:?}");
}

/// The files of the examples' protocols, each in a repository of its example.
fn each_file(mut look: impl FnMut(&Repo, &str)) {
    let mut seen = 0;
    let examples = folders("examples")
        .into_iter()
        .map(|name| format!("examples/{name}"))
        // One of them is several repositories and a script.
        .filter(|folder| Path::new(folder).join("protocols").is_dir());
    for example in examples {
        let repo = Repo::copy_of(&example);
        for file in repo.files("protocols") {
            if file.ends_with(".toml") {
                look(&repo, &format!("protocols/{file}"));
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_form_that_is_saved_as_it_was_moves_no_byte_of_any_example() {
    each_file(|repo, path| {
        let before = repo.read_bytes(path);
        let repository = Repository::find(repo.root()).expect("a repository");
        let mut values = numbered(&opened(&repository, path).expect("a form")["values"]);
        if let Value::Object(keys) = &mut values {
            // Approvals are the program's own, and no form sends them.
            keys.remove("godkendelse");
        }
        saved(repo.root(), path, values);
        assert!(repo.read_bytes(path) == before, "{path}");
    });
}

#[test]
fn one_changed_text_moves_no_byte_beside_it_however_the_file_is_written() {
    const MARK: &str = "\u{FEFF}";
    let mut turn = 0;
    each_file(|repo, path| {
        let original = repo.read(path);
        let windows = original.replace('\n', "\r\n");
        let variants = [
            original.clone(),
            windows,
            format!("{MARK}{original}"),
            original.trim_end().to_owned(),
        ];
        for text in variants {
            let bare = text.strip_prefix(MARK).unwrap_or(&text);
            let all = strings(bare);
            let usable: Vec<_> = all
                .iter()
                .filter(|(way, _)| way[0] != "godkendelse")
                .collect();
            if usable.is_empty() {
                continue;
            }
            turn += 7;
            let (way, span) = usable[turn % usable.len()];
            repo.write(path, &text);
            let repository = Repository::find(repo.root()).expect("a repository");
            let mut values = numbered(&opened(&repository, path).expect("a form")["values"]);
            let Value::Object(keys) = &mut values else {
                panic!("{path} has no keys")
            };
            keys.retain(|key, _| *key == way[0]);
            let mut at = &mut values;
            for step in way {
                at = match step.as_u64() {
                    Some(number) => &mut at[usize::try_from(number).expect("small")],
                    None => &mut at[step.as_str().expect("a key")],
                };
            }
            let words = at.as_str().expect("a text");
            *at = json!(format!("Ændret: {} – det's \"alt\"", words.trim()));
            saved(repo.root(), path, values);
            let after = repo.read(path);
            let marked = if text.starts_with(MARK) {
                MARK.len()
            } else {
                0
            };
            let (start, end) = (span.start + marked, text.len() - span.end - marked);
            assert_eq!(after[..start], text[..start], "{path} {way:?}");
            assert_eq!(
                after[after.len() - end..],
                text[text.len() - end..],
                "{path} {way:?}"
            );
            assert!(
                after[start..after.len() - end].contains("Ændret: "),
                "{path} {way:?}"
            );
        }
        repo.write(path, original);
    });
}
