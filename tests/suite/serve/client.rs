//! A server of a test, and what asks it: requests letter by letter, so that also those can be sent that no
//! well-behaved client would send.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::Repo;

/// Nothing takes longer, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that runs; it ends with the value.
#[derive(Debug)]
pub struct Served {
    /// The process.
    pub child: Child,
    /// The port it listens on.
    pub port: u16,
    /// The address it has told.
    pub address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Served {
    /// Starts `rusprot serve` on a free port, and waits until it has one.
    pub fn start(repo: &Repo, args: &[&str]) -> Self {
        let free = ["serve", "--port", "0"];
        let given = ["serve"];
        let own: &[&str] = if args.contains(&"--port") {
            &given
        } else {
            &free
        };
        let mut child = repo
            .command(&[own, args].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it tells its address");
        let address = line
            .trim()
            .strip_prefix("Åbn ")
            .unwrap_or_else(|| panic!("{line:?}"));
        let port = address
            .split(['/', '#'])
            .nth(2)
            .and_then(|host| host.rsplit_once(':'));
        let (_, port) = port.unwrap_or_else(|| panic!("{address}"));
        Self {
            port: port.parse().expect("a port is a number"),
            address: address.to_owned(),
            child,
        }
    }

    /// Its name as a browser sends it.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time limit");
        stream
            .set_write_timeout(Some(PATIENCE))
            .expect("a time limit");
        stream
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("host", &self.host())], b"")
    }

    /// Asks with these headers and no others.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        let request = [request.as_bytes(), b"\r\n", body].concat();
        self.raw(&request)
    }

    /// Sends these bytes and reads the answer to its end.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        Answer {
            status: head[9..12].parse().unwrap_or_else(|_| panic!("{head}")),
            head,
            body: bytes[end + 4..].to_vec(),
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// `200` and the like.
    pub status: u16,
    head: String,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// It has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.text());
        self
    }

    /// The body as a text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(own, _)| own.eq_ignore_ascii_case(name));
        found
            .next()
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default()
    }
}

/// What a server tells of itself.
#[derive(Debug)]
pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Listens from now on.
    pub fn of(server: &Served) -> Self {
        let mut stream = server.connect();
        let head = format!(
            "GET /api/events HTTP/1.1\r\nhost: {}\r\n\r\n",
            server.host()
        );
        stream.write_all(head.as_bytes()).expect("it listens");
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert!(
                lines.read_line(&mut line).expect("it answers") > 0,
                "no events"
            );
        }
        Self { lines }
    }

    /// The next event.
    pub fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(
                self.lines.read_line(&mut line).expect("it goes on") > 0,
                "it has ended"
            );
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("an event is JSON");
            }
        }
    }

    /// The first event after which this holds.
    pub fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < PATIENCE, "nothing of the kind is told");
            let event = self.next();
            if holds(&event) {
                return event;
            }
        }
    }
}
