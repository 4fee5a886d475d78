//! From a key in an editor to its findings: `rusprot lsp` driven over its streams, in an area of 100 institutions of
//! 20 sections each. Prints the median and the slowest of 60 keys; the bound is 30 ms for the median.

#[cfg(not(feature = "lsp"))]
fn main() {}

#[cfg(feature = "lsp")]
fn main() {
    driven::measure();
}

#[cfg(feature = "lsp")]
mod driven {
    use std::io::{BufRead, BufReader, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use rusprot::fs;
    use serde_json::{Value, json};

    const INSTITUTIONS: usize = 100;
    const SECTIONS: usize = 20;
    const KEYS: usize = 60;

    /// A section's text of some 300 words. Institutions and sections differ, since copies are compared.
    fn section(institution: usize, number: usize) -> String {
        let mut text = format!("overskrift = \"Afsnit {number}\"\ntekst = '''\n");
        for line in 0..12 {
            text.push_str(&format!(
                "Vi taler med borgeren om dag {line} i uge {institution} og skriver aftale {number} ned sammen. \
                 Medarbejderen læser den højt, og borgeren siger, om den passer.\n\n"
            ));
        }
        text.push_str("'''\n");
        text
    }

    fn area(root: &Path) {
        let write = |path: String, text: &str| {
            let path = root.join(path);
            fs::create_folder(path.parent().expect("a folder")).expect("it can be made");
            fs::write(&path, text.as_bytes()).expect("it can be written");
        };
        let config = "skabelon = \"socialpsykiatri\"\n[omraade]\nnavn = \"Øst\"\n";
        write("rusprot.toml".to_owned(), config);
        for institution in 0..INSTITUTIONS {
            let folder = format!("protocols/hus-{institution}");
            let main = format!("[institution]\nnavn = \"Husbjerg {institution}\"\n");
            write(format!("{folder}/protokol.toml"), &main);
            for number in 1..=SECTIONS {
                let text = section(institution, number);
                write(format!("{folder}/{number:02}-afsnit-{number}.toml"), &text);
            }
        }
    }

    fn send(stdin: &mut impl Write, message: &Value) {
        let text = message.to_string();
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        stdin.flush().expect("it listens");
    }

    fn read(stdout: &mut impl BufRead) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            stdout.read_line(&mut line).expect("it answers");
            match line.trim().split_once(": ") {
                Some((_, number)) => length = number.parse().expect("a length"),
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        stdout.read_exact(&mut bytes).expect("it answers");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    #[expect(clippy::print_stdout, reason = "what was measured is the result")]
    pub fn measure() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        area(folder.path());
        let mut program = Command::new(env!("CARGO_BIN_EXE_rusprot"))
            .args(["lsp", "--today", "2026-11-21"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = program.stdin.take().expect("it is piped");
        let mut stdout = BufReader::new(program.stdout.take().expect("it is piped"));
        let note = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "method": method, "params": params });
        let hello = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } });
        send(&mut stdin, &hello);
        let _ = read(&mut stdout);
        send(&mut stdin, &note("initialized", json!({})));
        let path = folder.path().join("protocols/hus-50/07-afsnit-7.toml");
        let uri = format!("file://{}", path.display());
        let text = section(50, 7);
        let document = json!({ "uri": uri, "languageId": "toml", "version": 0, "text": text });
        send(
            &mut stdin,
            &note("textDocument/didOpen", json!({ "textDocument": document })),
        );
        let mut times = Vec::new();
        for version in 1..=KEYS {
            // Each key makes a key of TOML that is not known, or mends it, so that there is something to tell.
            let now = if version % 2 == 1 {
                "overskriftt"
            } else {
                "overskrift"
            };
            let text = text.replacen("overskrift", now, 1);
            let began = Instant::now();
            let params = json!({
                "textDocument": { "uri": uri, "version": version },
                "contentChanges": [{ "text": text }],
            });
            send(&mut stdin, &note("textDocument/didChange", params));
            while read(&mut stdout)["params"]["version"] != version {}
            times.push(began.elapsed());
            std::thread::sleep(Duration::from_millis(20));
        }
        times.sort_unstable();
        println!(
            "median {:?}, slowest {:?}",
            times[KEYS / 2],
            times[KEYS - 1]
        );
        program.kill().expect("it runs");
        program.wait().expect("it has ended");
    }
}
