//! `serve`: the pages of `build` in memory, kept true while files change; and who may ask for what.

mod client;
mod edit;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use self::client::{Events, Served};
use crate::support::{Repo, typst_is_there};

const PAGE: &str = "/sider/lillebo/index.html";
const GUESTS: &str = "protocols/lillebo/07-gaester.toml";

fn state(server: &Served) -> serde_json::Value {
    let reply = server.get("/api/state?protokol=lillebo").is(200);
    serde_json::from_slice(&reply.body).expect("the state is JSON")
}

/// The first section's file of `examples/minimal`.
fn section(repo: &Repo) -> String {
    let mut files = repo.files("protocols/lillebo").into_iter();
    let first = files
        .find(|file| file.starts_with("01-"))
        .expect("a section");
    format!("protocols/lillebo/{first}")
}

/// The ends of the files that a build of a repository makes, when each is served byte for byte.
fn ends_of_what_is_served_as_built(repo: &Repo) -> BTreeSet<String> {
    typst_is_there();
    repo.run(&["build"]).code(0);
    let server = Served::start(repo, &[]);
    let built = repo.tree("dist");
    let pages = built
        .iter()
        .filter(|(path, _)| !path.starts_with(".rusprot"));
    let mut ends = BTreeSet::new();
    for (path, bytes) in pages {
        let encoded = path.replace(' ', "%20");
        let reply = server.get(&format!("/sider/{encoded}")).is(200);
        assert!(reply.body == *bytes, "{path} is another than that of build");
        ends.extend(path.rsplit('.').next().map(str::to_owned));
        ends.extend(path.rsplit('/').nth(1).map(str::to_owned));
    }
    ends
}

#[test]
fn pages_are_those_of_build_byte_for_byte() {
    let repo = Repo::copy_of("examples/flere-omraader");
    let ends = ends_of_what_is_served_as_built(&repo);
    assert!(ends.contains("pdf") && ends.contains("md"), "{ends:?}");
}

#[test]
fn editions_for_some_of_the_readers_are_shown_as_build_makes_them() {
    let repo = Repo::minimal();
    let config = format!(
        "{}\n[[udgave]]\nid = \"borgere\"\nnavn = \"Til dig, der bor her\"\nfor = [\"borger\"]\nstor = true\n",
        repo.read("rusprot.toml")
    );
    let repo = repo.file("rusprot.toml", &config);
    let ends = ends_of_what_is_served_as_built(&repo);
    assert!(ends.contains("borgere"), "{ends:?}");
    let server = Served::start(&repo, &[]);
    let page = server.get(PAGE).is(200).text();
    assert!(page.contains("href=\"borgere/index.html\""), "{page}");
    server.get("/sider/lillebo/borgere/noget.pdf").is(404);
    server.get("/sider/lillebo/borte/index.html").is(404);
    // And whoever looks at the list can choose it there.
    let state = server.get("/api/state").is(200).text();
    let state: serde_json::Value = serde_json::from_str(&state).expect("JSON");
    assert_eq!(
        state["protocols"][0]["editions"],
        serde_json::json!([{ "id": "borgere", "name": "Til dig, der bor her" }])
    );
}

#[cfg(unix)]
#[test]
fn typst_is_looked_for_once_however_many_pages_are_asked_for() {
    let repo = Repo::minimal();
    let config = format!(
        "{}\n[[udgave]]\nid = \"borgere\"\nnavn = \"Til dig\"\nfor = [\"borger\"]\n",
        repo.read("rusprot.toml")
    );
    let repo = repo.file("rusprot.toml", &config);
    let asked = repo.path("asked");
    let script = format!("echo x >> '{}'\necho 'typst 0.15.1'", asked.display());
    let repo = repo.program("typst", &script);
    let program = repo.path("typst").display().to_string();
    let repo = repo.env("RUSPROT_TYPST", program);
    let server = Served::start(&repo, &[]);
    for _ in 0..2 {
        let edition = server.get("/sider/lillebo/borgere/index.html").is(200);
        assert!(edition.text().contains("href=\"protokol.pdf\""));
        server.get(PAGE).is(200);
    }
    assert_eq!(repo.read("asked"), "x\n");
}

#[test]
fn a_draft_says_so_on_the_page() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &["--draft"]);
    assert!(server.get(PAGE).is(200).text().contains("UDKAST"));
}

#[test]
fn a_save_is_told_to_the_browser_and_is_on_the_page() {
    let repo = Repo::minimal();
    let path = section(&repo);
    let server = Served::start(&repo, &[]);
    let mut events = Events::of(&server);
    server.get(PAGE).is(200);
    events.next();
    repo.write(
        &path,
        format!(
            "{}\n[[afsnit]]\noverskrift = \"Nabolaget\"\ntekst = \"Vi hilser.\"\n",
            repo.read(&path)
        ),
    );
    let event = events.until(|event| event["pages"]["lillebo"] == 2);
    assert!(event["version"].as_u64() > Some(1), "{event}");
    assert!(server.get(PAGE).is(200).text().contains("Nabolaget"));
}

#[test]
fn a_finding_is_told_with_its_place_on_the_page_and_in_the_file() {
    let repo = Repo::minimal().file(
        GUESTS,
        "overskrift = \"Gæster\"\ntekst = \"Se [](afsnit:vaek).\"\n",
    );
    let server = Served::start(&repo, &[]);
    server.get(PAGE).is(200);
    let state = state(&server);
    let findings = state["findings"].as_array().expect("a list");
    let found = findings
        .iter()
        .find(|finding| finding["path"] == GUESTS && finding["line"] == 2);
    let found = found.unwrap_or_else(|| panic!("{state:#}"));
    assert_eq!(found["anchor"], "gaester");
    assert_eq!(found["lines"][1][1], "tekst = \"Se [](afsnit:vaek).\"");
    assert!(server.get(PAGE).is(200).text().contains("id=\"gaester\""));
}

#[test]
fn a_protocol_that_cannot_be_read_keeps_its_last_good_page_until_it_can() {
    let repo = Repo::minimal();
    let path = section(&repo);
    let good = repo.read(&path);
    let server = Served::start(&repo, &[]);
    let before = server.get(PAGE).is(200).text();
    let mut events = Events::of(&server);
    repo.write(&path, "overskrift = \"Halv");
    events.until(|_| state(&server)["protocols"][0]["page"] == "former");
    assert_eq!(server.get(PAGE).is(200).text(), before);
    assert!(state(&server)["protocols"][0]["errors"].as_u64() > Some(0));
    repo.write(&path, good);
    events.until(|_| state(&server)["protocols"][0]["page"] == "fresh");
    assert_eq!(server.get(PAGE).is(200).text(), before);
}

#[test]
fn a_protocol_that_never_could_be_read_is_shown_as_far_as_it_can() {
    let repo = Repo::minimal().file(GUESTS, "overskrift = \"Halv");
    let server = Served::start(&repo, &[]);
    assert!(server.get(PAGE).is(200).text().contains("<h2"));
    assert_eq!(state(&server)["protocols"][0]["page"], "partial");
}

#[test]
fn a_repository_that_cannot_be_read_is_told_above_the_last_good_pages() {
    let repo = Repo::minimal();
    let config = repo.read("rusprot.toml");
    let server = Served::start(&repo, &[]);
    let before = server.get(PAGE).is(200).text();
    let mut events = Events::of(&server);
    fs::remove_file(repo.path("rusprot.toml")).expect("it is there");
    events.until(|_| state(&server)["problem"].is_string());
    assert_eq!(server.get(PAGE).is(200).text(), before);
    repo.write("rusprot.toml", config);
    events.until(|_| state(&server)["problem"].is_null());
}

#[test]
fn a_protocol_that_comes_and_goes_is_shown_and_taken_away() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let mut events = Events::of(&server);
    repo.write(
        "protocols/nyt/protokol.toml",
        "[institution]\nnavn = \"Nyt Hus\"\n",
    );
    events.until(|_| state(&server)["protocols"].as_array().map(Vec::len) == Some(2));
    server.get("/sider/nyt/index.html").is(200);
    fs::remove_dir_all(repo.path("protocols/nyt")).expect("it is there");
    events.until(|_| state(&server)["protocols"].as_array().map(Vec::len) == Some(1));
    server.get("/sider/nyt/index.html").is(404);
}

#[test]
fn no_other_name_or_page_may_ask() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let with = |headers: &[(&str, &str)]| server.ask("GET", PAGE, headers, b"").status;
    let own = server.host();
    assert_eq!(with(&[("host", &own)]), 200);
    let localhost = own.replace("127.0.0.1", "localhost");
    assert_eq!(with(&[("host", &localhost)]), 200);
    for host in [
        "",
        "rusprot.test",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.rusprot.test",
    ] {
        assert_eq!(with(&[("host", host)]), 421, "{host}");
    }
    assert_eq!(with(&[("host", &own), ("host", &own)]), 421);
    let origin = format!("http://{own}");
    assert_eq!(with(&[("host", &own), ("origin", &origin)]), 200);
    for origin in [
        "null",
        "http://rusprot.test",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
    ] {
        assert_eq!(with(&[("host", &own), ("origin", origin)]), 403, "{origin}");
    }
    for site in ["cross-site", "same-site"] {
        let headers = [
            ("host", own.as_str()),
            ("sec-fetch-site", site),
            ("sec-fetch-mode", "no-cors"),
        ];
        assert_eq!(with(&headers), 403, "{site}");
        // A link that somebody follows is no page that reads.
        let headers = [
            ("host", own.as_str()),
            ("sec-fetch-site", site),
            ("sec-fetch-mode", "navigate"),
        ];
        assert_eq!(with(&headers), 200, "{site}");
    }
}

#[test]
fn no_path_leads_out_of_the_pages() {
    let repo = Repo::minimal()
        .file("hemmelig.txt", "hemmelig")
        .file("protocols/lillebo/noter.txt", "hemmelig");
    let server = Served::start(&repo, &[]);
    server.get(PAGE).is(200);
    for path in [
        "/sider/../hemmelig.txt",
        "/sider/lillebo/../../hemmelig.txt",
        "/sider/%2e%2e/hemmelig.txt",
        "/sider/lillebo/%2e%2e%2f%2e%2e%2fhemmelig.txt",
        "/sider/lillebo/..%5c..%5chemmelig.txt",
        "/sider/lillebo\\..\\..\\hemmelig.txt",
        "//hemmelig.txt",
        "/sider/lillebo/%00",
        "/app/../ramme.js",
        "/%61pp/ramme.js",
    ] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    for path in [
        "/hemmelig.txt",
        "/sider/lillebo/noter.txt",
        "/sider/lillebo/protokol.toml",
        "/sider/lillebo/01-formaal.toml",
        "/sider/nabo/index.html",
        "/rusprot.toml",
        "/app/mod.rs",
        "/api",
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("hemmelig"), "{path}");
    }
}

#[test]
fn every_answer_says_what_may_be_loaded_and_the_frame_loads_its_own_files_alone() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    for path in [
        "/",
        PAGE,
        "/sider/index.html",
        "/app/ramme.js",
        "/api/state",
        "/vaek",
    ] {
        let reply = server.get(path);
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors"), "{path}: {policy}");
        assert!(
            !policy.contains("http") && !policy.contains('*'),
            "{path}: {policy}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
    }
    let frame = server.get("/").is(200).text();
    assert!(
        !frame.contains("//") && !frame.contains("style="),
        "{frame}"
    );
    for name in ["stil.css", "ramme.js", "vaerktoej.js"] {
        let text = server.get(&format!("/app/{name}")).is(200).text();
        assert!(
            !text.contains("http://") && !text.contains("https://"),
            "{name}"
        );
        assert!(
            !text.contains("innerHTML") && !text.contains("eval("),
            "{name}"
        );
    }
}

#[test]
fn nothing_can_be_sent_to_a_server_that_only_shows() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let own = server.host();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        assert_eq!(
            server.ask(method, PAGE, &[("host", &own)], b"").status,
            405,
            "{method}"
        );
    }
    assert_eq!(
        server.ask("POST", "/", &[("host", &own)], b"noget").status,
        413
    );
    let head = server.ask("HEAD", PAGE, &[("host", &own)], b"").is(200);
    assert!(head.body.is_empty());
}

#[test]
fn a_body_of_a_gigabyte_is_refused_before_it_has_come() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let mut stream = server.connect();
    let head = format!(
        "POST /api/state HTTP/1.1\r\nhost: {}\r\ncontent-length: 1000000000\r\n\r\n",
        server.host()
    );
    stream.write_all(head.as_bytes()).expect("it listens");
    let began = Instant::now();
    let chunk = vec![b'x'; 1 << 16];
    let mut sent = 0;
    while sent < 1_000_000_000 {
        match stream.write(&chunk) {
            Ok(more) => sent += more,
            Err(_) => break,
        }
    }
    assert!(sent < 200_000_000, "{sent} bytes were taken");
    assert!(began.elapsed() < Duration::from_secs(20));
    let mut said = [0; 12];
    // A system may take the answer away with the connection; then the refusal itself is the answer.
    if stream.read_exact(&mut said).is_ok() {
        assert_eq!(&said, b"HTTP/1.1 413");
    }
    server.get(PAGE).is(200);
}

#[test]
fn what_is_no_request_is_refused_and_nobody_else_is_the_worse_for_it() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let long = "x".repeat(20_000);
    let many = "a: b\r\n".repeat(100);
    let whole = |head: String| server.raw(head.as_bytes()).status;
    assert_eq!(whole("\u{1}\u{2}\r\n\r\n".to_owned()), 400);
    assert_eq!(whole(format!("GET /{long} HTTP/1.1\r\n\r\n")), 431);
    assert_eq!(whole(format!("GET / HTTP/1.1\r\n{many}\r\n")), 431);
    assert_eq!(
        whole("GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n".to_owned()),
        400
    );
    server.get(PAGE).is(200);
}

#[cfg(unix)]
#[test]
fn a_thousand_open_connections_keep_nobody_waiting() {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).expect("up to the maximum is allowed");
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let mut events = Events::of(&server);
    server.get(PAGE).is(200);
    let mut open = Vec::new();
    for number in 0..1_000 {
        let mut stream = server.connect();
        if number % 2 == 0 {
            // Half of them begin to ask and never end. One that was closed to make room may refuse this.
            stream.write_all(b"GET / HTTP/1.1\r\nho").ok();
        }
        open.push(stream);
    }
    let began = Instant::now();
    server.get(PAGE).is(200);
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    // A browser that listens is not what goes.
    events.next();
    drop(open);
    server.get(PAGE).is(200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_gives_the_port_back() {
    use rustix::process::{Pid, Signal, kill_process};

    let repo = Repo::minimal();
    let mut server = Served::start(&repo, &[]);
    let _open = server.connect();
    let _events = Events::of(&server);
    let process = i32::try_from(server.child.id()).expect("a number of a process");
    kill_process(Pid::from_raw(process).expect("it runs"), Signal::INT).expect("it is ours");
    let began = Instant::now();
    while server.child.try_wait().expect("it is ours").is_none() {
        assert!(began.elapsed() < Duration::from_secs(5), "it still runs");
        std::thread::sleep(Duration::from_millis(10));
    }
    let port = server.port.to_string();
    drop(server);
    Served::start(&repo, &["--port", &port]).get(PAGE).is(200);
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let repo = Repo::minimal();
    let server = Served::start(&repo, &[]);
    let port = server.port.to_string();
    repo.run(&["serve", "--port", &port])
        .code(2)
        .stderr_has("er optaget. Vælg en anden med --port NUMMER.");
}
