//! A program that is asked again and again while it runs: a question in, an answer out.
//!
//! It is started once and lives as long as its [`Conversation`]. What is asked, and how long an answer is, only
//! the caller knows; here no more is held of an answer than has been asked for.

use std::io::{self, Read, Write};
use std::process::ChildStdin;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use super::{Call, ProcessError, Running};

/// How much is read at once, and how many such pieces wait for whoever asked.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 32;

/// The longest line of an answer.
const LONGEST_LINE: usize = 64 * 1024;

/// A running program that answers questions. Dropping it ends the program.
pub struct Conversation {
    running: Running,
    questions: ChildStdin,
    answers: Receiver<io::Result<Vec<u8>>>,
    /// What has come and has not been taken yet, from `taken` on.
    come: Vec<u8>,
    taken: usize,
    command: String,
    limit: Duration,
}

impl Conversation {
    /// Starts the program. The call's limit is the longest wait for a piece of an answer.
    ///
    /// # Errors
    /// When the program is missing or cannot be started.
    pub fn begin(call: &Call) -> Result<Self, ProcessError> {
        let command = call.command_line();
        let limit = call.limit.unwrap_or(Duration::from_secs(60));
        let call = call.clone().input(Vec::new()).limit(limit);
        let failed = |source| ProcessError::Io {
            command: command.clone(),
            source,
        };
        let mut running = Running::start(&call)?;
        let streams = running.child.stdin.take().zip(running.child.stdout.take());
        let (questions, stdout) = streams.expect("both streams are asked for");
        let (sender, answers) = mpsc::sync_channel(WAITING);
        let reader = thread::Builder::new().spawn(move || hand_over(stdout, &sender));
        reader.map_err(failed)?;
        if let Some(mut stderr) = running.child.stderr.take() {
            // Read so that the program never waits for it; how it ends is told by the answers that do not come.
            let drain = move || drop(io::copy(&mut stderr, &mut io::sink()));
            thread::Builder::new().spawn(drain).map_err(failed)?;
        }
        Ok(Self {
            running,
            questions,
            answers,
            come: Vec::new(),
            taken: 0,
            command,
            limit,
        })
    }

    /// Asks. Several questions may be asked at once as long as they fit in a pipe.
    ///
    /// # Errors
    /// When the program has ended.
    pub fn ask(&mut self, question: &[u8]) -> Result<(), ProcessError> {
        let asked = self.questions.write_all(question);
        asked
            .and_then(|()| self.questions.flush())
            .map_err(|source| self.failed(source))
    }

    /// The next line of the answer, without its end.
    ///
    /// # Errors
    /// When it does not come, or has no end.
    pub fn line(&mut self) -> Result<Vec<u8>, ProcessError> {
        let mut looked_at = 0;
        loop {
            let held = &self.come[self.taken..];
            if let Some(end) = memchr::memchr(b'\n', &held[looked_at..]) {
                let line = held[..looked_at + end].to_vec();
                self.taken += line.len() + 1;
                return Ok(line);
            }
            looked_at = held.len();
            if looked_at > LONGEST_LINE {
                return Err(self.failed(io::ErrorKind::InvalidData.into()));
            }
            self.wait()?;
        }
    }

    /// The next bytes of the answer.
    ///
    /// # Errors
    /// When they do not come.
    pub fn take(&mut self, count: usize) -> Result<Vec<u8>, ProcessError> {
        while self.come.len() - self.taken < count {
            self.wait()?;
        }
        let bytes = self.come[self.taken..self.taken + count].to_vec();
        self.taken += count;
        Ok(bytes)
    }

    /// Passes over the next bytes of the answer, of which none is kept.
    ///
    /// # Errors
    /// When they do not come.
    pub fn skip(&mut self, mut count: u64) -> Result<(), ProcessError> {
        loop {
            let held = (self.come.len() - self.taken) as u64;
            let passed = held.min(count);
            self.taken += usize::try_from(passed).expect("no more than is held");
            count -= passed;
            if count == 0 {
                return Ok(());
            }
            self.wait()?;
        }
    }

    /// Waits for the next piece.
    fn wait(&mut self) -> Result<(), ProcessError> {
        self.come.drain(..self.taken);
        self.taken = 0;
        match self.answers.recv_timeout(self.limit) {
            Ok(Ok(piece)) => {
                self.come.extend_from_slice(&piece);
                Ok(())
            }
            Ok(Err(source)) => Err(self.failed(source)),
            Err(RecvTimeoutError::Disconnected) => {
                Err(self.failed(io::ErrorKind::UnexpectedEof.into()))
            }
            Err(RecvTimeoutError::Timeout) => {
                self.running.stop();
                Err(ProcessError::TimedOut {
                    command: self.command.clone(),
                    limit: self.limit,
                    stderr: Vec::new(),
                })
            }
        }
    }

    fn failed(&self, source: io::Error) -> ProcessError {
        ProcessError::Io {
            command: self.command.clone(),
            source,
        }
    }
}

/// Reads until the end; whoever asked may be gone by then, and then nobody misses the rest.
fn hand_over(mut from: impl Read, to: &SyncSender<io::Result<Vec<u8>>>) {
    let mut piece = vec![0; PIECE];
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => return,
            Ok(count) => Ok(piece[..count].to_vec()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let ended = read.is_err();
        if to.send(read).is_err() || ended {
            return;
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn with(script: &str, limit: Duration) -> Conversation {
        let call = Call::new("sh").args(["-c", script]).limit(limit);
        Conversation::begin(&call).expect("sh starts")
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn answers_are_taken_by_line_and_by_length() {
        let mut echo = with("cat", LONG);
        echo.ask(b"3\nabcd\n").expect("cat listens");
        assert_eq!(echo.line().expect("a line"), b"3");
        assert_eq!(echo.take(3).expect("three bytes"), b"abc");
        echo.ask(b"rest\n").expect("cat still listens");
        echo.skip(2).expect("two bytes");
        assert_eq!(echo.line().expect("a line"), b"rest");
    }

    #[test]
    fn an_answer_larger_than_all_pipes_is_passed_over() {
        let mut large = with("read x; head -c 20000000 /dev/zero; echo; echo end", LONG);
        large.ask(b"go\n").expect("sh listens");
        large.skip(20_000_000).expect("all of it comes");
        assert_eq!(large.line().expect("a line"), b"");
        assert_eq!(large.line().expect("a line"), b"end");
    }

    #[test]
    fn a_program_that_has_ended_or_does_not_answer_is_told_of() {
        let mut gone = with("exit 3", LONG);
        assert!(matches!(gone.line(), Err(ProcessError::Io { .. })));
        let mut silent = with("sleep 60", Duration::from_millis(200));
        assert!(matches!(silent.line(), Err(ProcessError::TimedOut { .. })));
    }
}
