//! The program at a terminal, with somebody who reads and types.

use std::io::{Read, Write};
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

use crate::support::Repo;

/// How long the program may take to say what it is waited for.
const LIMIT: Duration = Duration::from_secs(60);

/// What the program has written so far, and whether it has ended.
type Said = Arc<(Mutex<(String, bool)>, Condvar)>;

/// A run of the program that somebody talks with.
pub struct Talk {
    pty: Arc<Pty>,
    child: Child,
    said: Said,
    /// How much of what was said, without escape codes, has been waited for.
    heard: usize,
}

impl Talk {
    /// Starts the program in a repository, at a terminal of 80 columns.
    pub fn start(repo: &Repo, args: &[&str]) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(24, 80)).expect("a size");
        let mut command = repo.command(args);
        command.env("TERM", "xterm");
        // The three streams are the terminal's, in place of those of other runs.
        let terminal = || std::process::Stdio::from(dup(&pts));
        command
            .stdin(terminal())
            .stdout(terminal())
            .stderr(terminal());
        let child = Command::from(command)
            .spawn(pts)
            .expect("the program starts");
        let pty = Arc::new(pty);
        let said = Said::default();
        let (reads, hears) = (Arc::clone(&pty), Arc::clone(&said));
        thread::spawn(move || listen(&reads, &hears));
        Self {
            pty,
            child,
            said,
            heard: 0,
        }
    }

    /// Waits until the program says this, after what was waited for before.
    pub fn hears(&mut self, text: &str) -> &mut Self {
        let said = Arc::clone(&self.said);
        let (lock, changed) = &*said;
        let said = lock.lock().expect("nobody panicked while writing");
        let found = |said: &str| plain(said)[self.heard..].find(text);
        let waits = |said: &mut (String, bool)| !said.1 && found(&said.0).is_none();
        let waited = changed.wait_timeout_while(said, LIMIT, waits);
        let (said, _) = waited.expect("nobody panicked while writing");
        let found = found(&said.0);
        let new = &plain(&said.0)[self.heard..];
        let at = found.unwrap_or_else(|| panic!("the program does not say {text:?}:\n{new}"));
        self.heard += at + text.len();
        self
    }

    /// Types letters; `\r` is Enter.
    pub fn types(&mut self, keys: &str) -> &mut Self {
        (&*self.pty)
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
        self
    }

    /// Waits for the end of the program: its code and all that it said.
    pub fn ends(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().expect("the program ends").code();
        let (lock, changed) = &*self.said;
        let said = lock.lock().expect("nobody panicked while writing");
        let (said, _) = changed
            .wait_timeout_while(said, LIMIT, |said| !said.1)
            .expect("likewise");
        (code, plain(&said.0))
    }
}

/// One more handle of the terminal.
fn dup(pts: &pty_process::blocking::Pts) -> std::os::fd::OwnedFd {
    use std::os::fd::AsFd;
    pts.as_fd()
        .try_clone_to_owned()
        .expect("a handle of the terminal")
}

/// What was said, without escape codes.
fn plain(said: &str) -> String {
    anstream::adapter::strip_str(said).to_string()
}

fn listen(mut pty: &Pty, said: &Said) {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    // The end of the program closes the terminal, which reads as an error.
    while let Ok(length @ 1..) = pty.read(&mut piece) {
        bytes.extend_from_slice(&piece[..length]);
        if piece[..length].windows(4).any(|part| part == b"\x1b[6n") {
            // Where the cursor is, for those who ask.
            let _gone = pty.write_all(b"\x1b[1;1R");
        }
        // A letter may be cut in two between pieces.
        let whole = match std::str::from_utf8(&bytes) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let (lock, changed) = &**said;
        let mut said = lock.lock().expect("nobody panicked while reading");
        said.0
            .push_str(std::str::from_utf8(&bytes[..whole]).expect("cut where letters end"));
        changed.notify_all();
        bytes.drain(..whole);
    }
    let (lock, changed) = &**said;
    lock.lock().expect("nobody panicked while reading").1 = true;
    changed.notify_all();
}
