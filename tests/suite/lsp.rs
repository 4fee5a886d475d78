//! `rusprot lsp`, driven over its streams by a client as an editor is one.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Repo, TODAY};

/// Longer than this a test does not wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a few files open.
struct Editor {
    program: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came while something else was waited for.
    notes: Vec<Value>,
    next: i64,
}

impl Editor {
    /// Starts the program and says what this client is.
    fn on(repo: &Repo) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rusprot"))
            .args(["lsp", "--today", TODAY])
            .current_dir(repo.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = program.stdout.take().expect("it is piped");
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut editor = Self {
            stdin: program.stdin.take(),
            program,
            messages,
            notes: Vec::new(),
            next: 0,
        };
        let root = uri(repo, "").trim_end_matches('/').to_owned();
        let folders = json!([{ "uri": root, "name": "prøve" }]);
        let said = editor.ask(
            "initialize",
            json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }),
        );
        assert_eq!(said["capabilities"]["hoverProvider"], true, "{said}");
        editor.note("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let stdin = self.stdin.as_mut().expect("the stream is open");
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        stdin.flush().expect("it listens");
    }

    fn note(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        message["params"] = params;
        self.send(&message);
    }

    fn try_ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        message["params"] = params;
        self.send(&message);
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("an answer");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.notes.push(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.try_ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn open(&mut self, repo: &Repo, path: &str, text: &str) {
        let document = json!({
            "uri": uri(repo, path), "languageId": "toml", "version": 1, "text": text,
        });
        self.note("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, repo: &Repo, path: &str, version: i32, change: Value) {
        let document = json!({ "uri": uri(repo, path), "version": version });
        let mut params = json!({ "textDocument": document });
        params["contentChanges"] = Value::Array(vec![change]);
        self.note("textDocument/didChange", params);
    }

    /// Waits until a file is said to have findings like these.
    fn until(
        &mut self,
        repo: &Repo,
        path: &str,
        is_right: impl Fn(&[Value]) -> bool,
    ) -> Vec<Value> {
        let uri = uri(repo, path);
        let right = |message: &Value| {
            let found = message["params"]["diagnostics"].as_array()?;
            let is_it = message["params"]["uri"] == uri.as_str() && is_right(found);
            is_it.then(|| found.clone())
        };
        let began = Instant::now();
        let mut last = None;
        for message in std::mem::take(&mut self.notes) {
            if message["params"]["uri"] == uri.as_str() {
                last = Some(message);
            }
        }
        if let Some(found) = last.as_ref().and_then(right) {
            return found;
        }
        while began.elapsed() < PATIENCE {
            let message = self.messages.recv_timeout(PATIENCE);
            let message = message.unwrap_or_else(|_| panic!("nothing for {path}; last: {last:?}"));
            if let Some(found) = right(&message) {
                return found;
            }
            if message["params"]["uri"] == uri.as_str() {
                last = Some(message);
            }
        }
        panic!("not so for {path}; last: {last:?}");
    }

    fn at(&mut self, repo: &Repo, method: &str, path: &str, line: usize, unit: usize) -> Value {
        self.ask(method, place(repo, path, line, unit))
    }

    /// Says goodbye; the code it ends with.
    fn end(mut self) -> Option<i32> {
        let _ = self.ask("shutdown", Value::Null);
        self.note("exit", Value::Null);
        self.program.wait().expect("it ends").code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.stdin = None;
        let _gone = self.program.kill();
        let _gone = self.program.wait();
    }
}

fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut bytes = vec![0; length];
    stdout.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn uri(repo: &Repo, path: &str) -> String {
    let root = repo.root().to_string_lossy().replace('\\', "/");
    let slash = if root.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{root}/{path}")
}

fn place(repo: &Repo, path: &str, line: usize, unit: usize) -> Value {
    json!({
        "textDocument": { "uri": uri(repo, path) },
        "position": { "line": line, "character": unit },
    })
}

fn codes(found: &[Value]) -> Vec<&str> {
    found
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect()
}

fn labels(items: &Value) -> Vec<&str> {
    let items = items.as_array().expect("a list").iter();
    items.filter_map(|item| item["label"].as_str()).collect()
}

const GUESTS: &str = "protocols/lillebo/07-gaester.toml";
const WHAT: &str = "protocols/lillebo/01-hvad-er.toml";
const MAIN: &str = "protocols/lillebo/protokol.toml";

#[test]
fn findings_follow_what_is_typed_and_nothing_is_written() {
    let repo = Repo::minimal();
    let before = repo.tree("protocols");
    let mut editor = Editor::on(&repo);
    let text = repo.read(GUESTS);
    editor.open(&repo, GUESTS, &text);
    // A letter goes from the heading: the skabelon's own is no longer there.
    let heading = text.find("Gæster").expect("the heading");
    let change = json!({
        "range": {
            "start": { "line": 0, "character": heading },
            "end": { "line": 0, "character": heading + 1 },
        },
        "text": "",
    });
    editor.change(&repo, GUESTS, 2, change);
    let found = editor.until(&repo, GUESTS, |found| codes(found).contains(&"RP101"));
    let missing = found
        .iter()
        .find(|one| one["code"] == "RP101")
        .expect("it is there");
    assert_eq!(
        missing["range"]["start"],
        json!({ "line": 0, "character": heading - 1 })
    );
    assert_eq!(missing["severity"], 1);
    // The right heading is offered, and the quick fix writes it.
    let items = editor.at(&repo, "textDocument/completion", GUESTS, 0, heading + 2);
    assert!(
        labels(&items).contains(&"Gæster/udefrakommende borgere på matriklen"),
        "{items}"
    );
    let params = json!({
        "textDocument": { "uri": uri(&repo, GUESTS) },
        "range": missing["range"],
        "context": { "diagnostics": [missing] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    let titles: Vec<&str> = actions
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["title"].as_str())
        .collect();
    assert!(
        titles.contains(&"Skriv »Gæster/udefrakommende borgere på matriklen«"),
        "{titles:?}"
    );
    let edit = actions.as_array().expect("a list").iter().find(|one| {
        one["title"]
            .as_str()
            .is_some_and(|title| title.contains("Gæster"))
    });
    let edit = &edit.expect("it is there")["edit"]["changes"][uri(&repo, GUESTS)][0];
    let change = json!({ "range": edit["range"], "text": edit["newText"] });
    editor.change(&repo, GUESTS, 3, change);
    editor.until(&repo, GUESTS, <[Value]>::is_empty);
    assert_eq!(editor.end(), Some(0));
    assert_eq!(repo.tree("protocols"), before);
}

#[test]
fn a_change_is_told_of_in_the_other_files_it_touches() {
    let repo = Repo::minimal().edited(
        WHAT,
        "Bostedet Lillebo er",
        "Se [](afsnit:hjem). Bostedet er",
    );
    let repo = repo.edited(GUESTS, "overskrift", "id = \"hjem\"\noverskrift");
    let mut editor = Editor::on(&repo);
    editor.open(&repo, GUESTS, &repo.read(GUESTS));
    let change = json!({ "text": repo.read(GUESTS).replace("\"hjem\"", "\"hus\"") });
    editor.change(&repo, GUESTS, 2, change);
    let found = editor.until(&repo, WHAT, |found| codes(found) == ["RP201"]);
    assert!(
        found[0]["message"]
            .as_str()
            .is_some_and(|said| said.contains("hjem")),
        "{found:?}"
    );
    // When the editor lets go of it, the file on the disk counts again.
    editor.note(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri(&repo, GUESTS) } }),
    );
    editor.until(&repo, WHAT, <[Value]>::is_empty);
}

#[test]
fn keys_words_ids_places_variables_and_terms_are_offered() {
    let repo = Repo::minimal();
    let mut editor = Editor::on(&repo);
    let text = "overskrift = \"\"\nopfylder = [\"\"]\nindsaet = \"\"\ntekst = '''\n{{ \n[x](\n[x](afsnit:\nro\n'''\n\n\
                [[regel]]\ntekst = \"x\"\nstyrke = \"\"\n\n[[rolle]]\ntitel = \"Rosenvagt\"\nansvar = \"x\"\n";
    editor.open(&repo, GUESTS, text);
    let mut offered = |line: usize, unit: usize| -> Vec<String> {
        let items = editor.at(&repo, "textDocument/completion", GUESTS, line, unit);
        labels(&items).into_iter().map(str::to_owned).collect()
    };
    let has = |offered: &[String], word: &str| offered.iter().any(|one| one == word);
    let headings = offered(0, 14);
    assert!(
        has(&headings, "Gæster/udefrakommende borgere på matriklen"),
        "{headings:?}"
    );
    assert!(
        !has(&headings, "Hvad er en rusmiddelprotokol?"),
        "it is used: {headings:?}"
    );
    let ids = offered(1, 13);
    let turn = |id: &str| ids.iter().position(|one| one == id).expect("it is offered");
    assert!(
        turn("gaester") < turn("hvad-er"),
        "what is answered comes last: {ids:?}"
    );
    assert!(has(&offered(2, 11), "afsnit:hvad-er"));
    assert!(has(&offered(4, 3), "kortnavn"));
    assert!(has(&offered(5, 4), "afsnit:hvad-er"));
    assert!(has(&offered(6, 11), "hvad-er"));
    assert!(has(&offered(7, 2), "Rosenvagt"));
    assert_eq!(
        offered(12, 10),
        ["skal", "maa-ikke", "boer", "henstilling", "oenske"]
    );
    let keys = offered(13, 0);
    assert!(
        has(&keys, "hjemmel") && !has(&keys, "tekst") && !has(&keys, "overskrift"),
        "{keys:?}"
    );
}

#[test]
fn tables_documents_and_the_keys_of_editions_and_approvals_are_offered_and_told_of() {
    let repo = Repo::minimal();
    let area = repo.read("rusprot.toml")
        + "\n[dokumenter.vold]\ntitel = \"Vold og trusler\"\n\n[[udgave]]\nid = \"nat\"\nnavn = \"Natten\"\n\n";
    let repo = repo.file("rusprot.toml", &area);
    let mut editor = Editor::on(&repo);
    let text = "overskrift = \"Gæster\"\ntekst = '''\n[x](\n[x](dok:\n[x](tabel:\n'''\n\n[[tabel]]\nid = \"tider\"\n\
                titel = \"Tider\"\ntekst = '''\n| Dag |\n| --- |\n| Man |\n'''\n";
    editor.open(&repo, GUESTS, text);
    let main = "protocols/lillebo/protokol.toml";
    let approved = repo.read(main)
        + "\n[[godkendelse]]\nforum = \"MED\"\ndato = 2026-01-01\n\n\n[[pligt]]\n\n";
    editor.open(&repo, main, &approved);
    editor.open(&repo, "rusprot.toml", &area);
    let mut offered = |path: &str, line: usize, unit: usize| -> Vec<String> {
        let items = editor.at(&repo, "textDocument/completion", path, line, unit);
        labels(&items).into_iter().map(str::to_owned).collect()
    };
    let has = |offered: &[String], word: &str| offered.iter().any(|one| one == word);
    let places = offered(GUESTS, 2, 4);
    for place in ["dok:vold", "tabel:tider"] {
        assert!(has(&places, place), "{places:?}");
    }
    assert!(has(&offered(GUESTS, 3, 8), "vold"));
    assert!(has(&offered(GUESTS, 4, 10), "tider"));
    let lines = |text: &str| text.lines().count();
    let keys = offered(main, lines(&approved) - 4, 0);
    assert!(has(&keys, "vaesentlig") && !has(&keys, "forum"), "{keys:?}");
    let keys = offered(main, lines(&approved) - 1, 0);
    assert!(
        has(&keys, "gaelder_ikke") && has(&keys, "foerste"),
        "{keys:?}"
    );
    let keys = offered("rusprot.toml", lines(&area) - 1, 0);
    for key in ["kun", "for", "uden", "stor", "forord"] {
        assert!(has(&keys, key), "{keys:?}");
    }
    let (hover, file) = ("textDocument/hover", "rusprot.toml");
    let answer = editor.at(&repo, hover, file, lines(&area) - 3, 1);
    let said = answer["contents"]["value"].as_str().unwrap_or_default();
    assert!(said.contains("`id`"), "{said}");
}

#[test]
fn a_key_a_requirement_and_a_finding_are_told_of_where_the_pointer_rests() {
    let repo = Repo::minimal();
    let mut editor = Editor::on(&repo);
    let text = "overskrift = \"Gæster/udefrakommende borgere på matriklen\"\nopfylder = \"gaester\"\nfarve = 1\n";
    editor.open(&repo, GUESTS, text);
    editor.until(&repo, GUESTS, |found| codes(found).contains(&"RP002"));
    let mut said = |line: usize, unit: usize| {
        let answer = editor.at(&repo, "textDocument/hover", GUESTS, line, unit);
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(said(0, 3).contains("`overskrift`: en linje"));
    assert!(said(0, 20).contains("**Gæster/udefrakommende borgere på matriklen**"));
    assert!(said(1, 15).contains("**Gæster/udefrakommende borgere på matriklen**"));
    assert!(said(2, 2).contains("RP002"));
}

#[test]
fn the_missing_file_and_the_missing_part_are_made_by_a_click() {
    let repo = Repo::minimal().without(GUESTS);
    let mut editor = Editor::on(&repo);
    editor.open(&repo, MAIN, &repo.read(MAIN));
    let found = editor.until(&repo, MAIN, |found| codes(found).contains(&"RP101"));
    let missing = found
        .iter()
        .find(|one| one["code"] == "RP101")
        .expect("it is there");
    let params = json!({
        "textDocument": { "uri": uri(&repo, MAIN) },
        "range": missing["range"],
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    let made = &actions[0];
    assert_eq!(made["title"], "Lav filen 07-gaester.toml", "{actions}");
    let changes = &made["edit"]["documentChanges"];
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], uri(&repo, GUESTS).as_str());
    let text = changes[1]["edits"][0]["newText"].as_str().expect("a text");
    assert!(text.contains("opfylder = [\"gaester\"]"), "{text}");
    assert!(!repo.has(GUESTS), "the editor makes it");
}

#[test]
fn an_id_is_found_listed_and_renamed_in_every_file() {
    let repo = Repo::minimal()
        .edited(GUESTS, "overskrift", "id = \"hjem\"\noverskrift")
        .edited(
            WHAT,
            "Bostedet Lillebo er",
            "Æøå [dér](afsnit:hjem) og [](afsnit:hjem). Bostedet er",
        );
    let mut editor = Editor::on(&repo);
    let text = repo.read(WHAT);
    editor.open(&repo, WHAT, &text);
    editor.open(&repo, GUESTS, &repo.read(GUESTS));
    let (line, letters) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("hjem"))
        .expect("a line");
    let unit = letters
        .split("hjem")
        .next()
        .expect("a start")
        .encode_utf16()
        .count();
    let place = place(&repo, WHAT, line, unit + 1);
    let declared = editor.ask("textDocument/definition", place.clone());
    assert_eq!(declared["uri"], uri(&repo, GUESTS).as_str());
    assert_eq!(declared["range"]["start"]["line"], 0);
    let named = editor.ask(
        "textDocument/references",
        json!({
            "textDocument": place["textDocument"], "position": place["position"],
            "context": { "includeDeclaration": false },
        }),
    );
    assert_eq!(named.as_array().map(Vec::len), Some(2), "{named}");
    assert_eq!(
        named[0]["range"]["start"],
        json!({ "line": line, "character": unit })
    );
    let mut rename = |name: &str| {
        editor.try_ask("textDocument/rename", json!({
            "textDocument": place["textDocument"], "position": place["position"], "newName": name,
        }))
    };
    let renamed = rename("ude");
    let changes = &renamed["result"]["changes"];
    assert_eq!(changes[uri(&repo, GUESTS)][0]["newText"], "ude");
    assert_eq!(changes[uri(&repo, WHAT)].as_array().map(Vec::len), Some(2));
    assert!(
        rename("hvad-er")["error"]["message"]
            .as_str()
            .is_some_and(|said| said.contains("allerede"))
    );
    assert!(
        rename("to ord")["error"]["message"]
            .as_str()
            .is_some_and(|said| said.contains("bogstaver"))
    );
}

#[test]
fn the_outline_has_sub_sections_and_blocks_in_their_places() {
    let repo = Repo::minimal();
    let mut editor = Editor::on(&repo);
    let text = "overskrift = \"Ø\"\n[[regel]]\ntekst = \"x\"\n[[afsnit]]\noverskrift = \"Å\"\n[[afsnit.afsnit]]\noverskrift = \"Æ\"\n";
    editor.open(&repo, GUESTS, text);
    let params = json!({ "textDocument": { "uri": uri(&repo, GUESTS) } });
    let outline = editor.ask("textDocument/documentSymbol", params);
    let file = &outline[0];
    assert_eq!(file["name"], "Ø");
    assert_eq!(file["children"][0]["name"], "regel");
    assert_eq!(file["children"][1]["name"], "Å");
    assert_eq!(file["children"][1]["children"][0]["name"], "Æ");
    assert_eq!(file["range"]["end"]["line"], 7);
}

#[test]
fn places_are_right_after_letters_of_several_units_decomposed_ones_and_line_ends_of_windows() {
    let repo = Repo::minimal();
    let mut editor = Editor::on(&repo);
    let text = "overskrift = \"Gæster/udefrakommende borgere på matriklen\"\r\ntekst = '''\r\n\u{1F642} A\u{30a}ben [æ](afsnit:nej) ø\r\n'''\r\n";
    editor.open(&repo, GUESTS, text);
    let found = editor.until(&repo, GUESTS, |found| codes(found).contains(&"RP201"));
    let lost = found
        .iter()
        .find(|one| one["code"] == "RP201")
        .expect("it is there");
    assert_eq!(
        lost["range"],
        json!({ "start": { "line": 2, "character": 9 }, "end": { "line": 2, "character": 24 } })
    );
    // An edit counted in the same way lands where it should.
    let change = json!({ "range": lost["range"], "text": "" });
    editor.change(&repo, GUESTS, 2, change);
    editor.until(&repo, GUESTS, |found| !codes(found).contains(&"RP201"));
}

#[test]
fn broken_toml_lost_files_big_files_and_nonsense_end_nothing() {
    let repo = Repo::minimal();
    let mut editor = Editor::on(&repo);
    editor.open(&repo, GUESTS, "overskrift = \"\ntekst = '''\n[[x\n{{{ ](");
    editor.until(&repo, GUESTS, |found| codes(found).contains(&"RP001"));
    for method in [
        "completion",
        "hover",
        "definition",
        "references",
        "documentSymbol",
        "prepareRename",
    ] {
        for (line, unit) in [(0, 0), (0, 14), (3, 6), (99, 99)] {
            let mut params = place(&repo, GUESTS, line, unit);
            if method == "references" {
                params["context"] = json!({ "includeDeclaration": true });
            }
            let _ = editor.ask(&format!("textDocument/{method}"), params);
        }
    }
    let answer = editor.try_ask("textDocument/hover", json!({ "x": 1 }));
    assert!(answer.get("error").is_some(), "{answer}");
    let answer = editor.try_ask("noget/andet", json!({}));
    assert_eq!(answer["error"]["code"], -32601);
    // A file that is open goes away, and then the whole area.
    let _ = repo
        .path(GUESTS)
        .exists()
        .then(|| std::fs::remove_file(repo.path(GUESTS)));
    editor.change(&repo, GUESTS, 2, json!({ "text": "overskrift = \"x\"\n" }));
    let big = format!(
        "overskrift = \"x\"\ntekst = '''\n{}'''\n",
        "Vi taler sammen hver dag.\n".repeat(20_000)
    );
    editor.open(&repo, WHAT, &big);
    let _ = editor.at(&repo, "textDocument/hover", WHAT, 0, 2);
    std::fs::remove_file(repo.path("rusprot.toml")).expect("it was there");
    editor.note(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&repo, "rusprot.toml"), "type": 3 }] }),
    );
    editor.change(&repo, WHAT, 2, json!({ "text": "overskrift = \"y\"\n" }));
    let _ = editor.try_ask("textDocument/hover", place(&repo, WHAT, 0, 2));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn two_editors_have_each_their_own_texts_and_one_that_goes_away_ends_the_program() {
    let repo = Repo::minimal();
    let (mut first, mut second) = (Editor::on(&repo), Editor::on(&repo));
    first.open(&repo, GUESTS, "farve = 1\n");
    first.until(&repo, GUESTS, |found| codes(found).contains(&"RP002"));
    second.open(&repo, GUESTS, "overskrift = 1\n");
    second.until(&repo, GUESTS, |found| codes(found).contains(&"RP003"));
    drop(first.stdin.take());
    assert_eq!(first.program.wait().expect("it ends").code(), Some(1));
    assert_eq!(second.end(), Some(0));
}
