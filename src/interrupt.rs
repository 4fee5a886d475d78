//! What is to end and to go away when the program itself is told to end: other programs it has started, and
//! temporary files and folders.
//!
//! A destructor does not run when a signal ends the process, so whoever starts a program or makes something
//! temporary notes it here for as long as it is there. [`watch`] is called by the binary alone; a library's
//! signals are its user's.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Mutex, MutexGuard, PoisonError};

static PENDING: Mutex<Pending> = Mutex::new(Pending {
    groups: BTreeSet::new(),
    paths: BTreeSet::new(),
});

/// All that a signal would leave behind.
struct Pending {
    /// Programs that lead a process group, by their numbers.
    groups: BTreeSet<u32>,
    paths: BTreeSet<PathBuf>,
}

fn pending() -> MutexGuard<'static, Pending> {
    // A panic between two of the set's own operations leaves it whole.
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes a temporary file or folder until the value is dropped.
#[derive(Debug)]
#[must_use = "the note goes away with the value"]
pub struct Temporary(PathBuf);

impl Temporary {
    /// Notes a path that is to be removed, with all below it, when a signal ends the program.
    pub fn at(path: &Path) -> Self {
        pending().paths.insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        pending().paths.remove(&self.0);
    }
}

/// Notes a program until the value is dropped.
#[derive(Debug)]
#[must_use = "the note goes away with the value"]
pub struct Started(u32);

impl Started {
    /// Starts a program that leads a process group of its own. No signal can come between its start and the
    /// note.
    pub fn by(start: impl FnOnce() -> io::Result<Child>) -> io::Result<(Child, Self)> {
        let mut pending = pending();
        let child = start()?;
        pending.groups.insert(child.id());
        let started = Self(child.id());
        Ok((child, started))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        pending().groups.remove(&self.0);
    }
}

/// From now on a signal that asks the program to end (Ctrl-C, TERM, HUP) first ends what it has started and
/// removes what is temporary; then the program ends as the signal would have ended it. A signal that the
/// caller has the program ignore, as `nohup` does, stays ignored.
///
/// On systems without signals, and where no thread can be had, everything stays as it is.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let ignored = ignored();
    let wanted = [SIGHUP, SIGINT, SIGTERM];
    let wanted = wanted
        .into_iter()
        .filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) else {
        return;
    };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            // Held until the end, so that nothing is started or made any more.
            let pending = pending();
            clear(&pending);
            // It ends the process; where it does not, nothing is left to do either.
            let _ended = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let _no_thread = std::thread::Builder::new().spawn(wait);
}

/// Without signals there is nothing to watch for.
#[cfg(not(unix))]
pub fn watch() {}

/// The signals that this process ignores, a bit each, the first for signal 1; none where the system does not
/// tell.
#[cfg(unix)]
fn ignored() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a file of the system's, and no error is told"
    )]
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}

/// Ends every program with all it has started, first with a request and then without, and removes what is
/// temporary.
#[cfg(unix)]
fn clear(pending: &Pending) {
    use rustix::process::{Pid, Signal, kill_process_group};

    let groups = || {
        let numbers = pending.groups.iter();
        numbers.filter_map(|&id| i32::try_from(id).ok().and_then(Pid::from_raw))
    };
    for group in groups() {
        kill_process_group(group, Signal::TERM).ok();
    }
    if !pending.groups.is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for group in groups() {
        kill_process_group(group, Signal::KILL).ok();
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "they are our own, and nobody is left to be told of an error"
    )]
    for path in &pending.paths {
        std::fs::remove_file(path)
            .or_else(|_| std::fs::remove_dir_all(path))
            .ok();
    }
}
