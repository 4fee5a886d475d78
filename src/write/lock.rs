//! One writer at a time: of two commands that write into authors' files the second waits, and neither loses what
//! the other wrote.
//!
//! An editor knows nothing of this; that a file is as it was when it was read, [`super::replace`] looks after.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::fs;
use crate::text::visible::shown_path;

/// How long one waits for another. Writing takes a fraction of a second, checking before it a few.
const LIMIT: Duration = Duration::from_secs(60);
/// How often it is tried.
const PAUSE: Duration = Duration::from_millis(25);
/// Where a folder cannot be locked itself, this file in it is.
const FILE: &str = ".rusprot.lock";

/// The right to write below a folder; given back with the value, and by the system when a program dies.
#[derive(Debug)]
pub struct Lock {
    _held: Option<File>,
}

impl Lock {
    /// Waits for the right to write below this folder.
    ///
    /// # Errors
    /// Where another still has it when the time is over.
    pub fn of(folder: &Path) -> Result<Self> {
        Self::within(folder, LIMIT)
    }

    fn within(folder: &Path, limit: Duration) -> Result<Self> {
        let Some(file) = open(folder) else {
            // Where nothing can be locked, nothing can be written either, or the system has no locks.
            return Ok(Self { _held: None });
        };
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _held: Some(file) }),
                Err(TryLockError::WouldBlock) if began.elapsed() < limit => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => bail!(
                    "en anden rusprot skriver stadig i {}. Intet er skrevet. Prøv igen, når den er færdig.",
                    shown_path(folder)
                ),
                Err(TryLockError::Error(_)) => return Ok(Self { _held: None }),
            }
        }
    }
}

/// What is locked: the folder itself, so that no file is left in it; where the system locks files alone, one.
fn open(folder: &Path) -> Option<File> {
    let open_folder = |folder: &Path| -> io::Result<File> {
        let folder = File::open(folder)?;
        match folder.try_lock() {
            Err(TryLockError::Error(error)) => Err(error),
            // What was got here is given back and asked for again, by the one who waits.
            Ok(()) => folder.unlock().map(|()| folder),
            Err(TryLockError::WouldBlock) => Ok(folder),
        }
    };
    open_folder(folder)
        .or_else(|_| fs::open_or_make(&folder.join(FILE)))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_for_the_first_and_gives_up_in_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Lock::of(folder.path()).expect("nobody has it");
        let error =
            Lock::within(folder.path(), Duration::from_millis(60)).expect_err("it is taken");
        assert!(error.to_string().contains("Intet er skrevet"), "{error}");
        drop(first);
        Lock::of(folder.path()).expect("it is free again");
        let left = fs::list(folder.path()).expect("a folder");
        assert_eq!(left.len(), 0, "{left:?}");
    }
}
