//! Installs the pinned version of typst into the user's cache folder, once: with `cargo-binstall`, which fetches
//! what the makers of typst have built, where it is there, and else with `cargo install`.
//!
//! The program appears at its place only when it is complete: cargo builds elsewhere and moves it there
//! last. An interrupted installation leaves its half-built packages beside it, and the next one goes on
//! from them. Whether to install at all is for the user to say; nothing here does it unasked.

#![expect(
    clippy::disallowed_methods,
    reason = "the errors here are typed and name the path themselves"
)]

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::typst::{self, PINNED_VERSION, TypstProblem};
use crate::process::{Call, ProcessError};

/// About how many packages are built, counted on Linux with the pinned version. Other systems differ by a
/// few, and an installation that goes on from an interrupted one builds only what is left, so this is for a
/// progress bar and no promise.
pub const ABOUT_PACKAGES: usize = 348;

/// How long fetching may take: a program of thirty megabytes, over a slow line.
const FETCH_LIMIT: Duration = Duration::from_secs(300);

/// Variables that an outer `cargo run`, `cargo test` or a measuring tool sets for its own build, and that
/// would make typst another program or put it elsewhere. Where cargo finds the registry (`CARGO_HOME`,
/// `CARGO_NET_*`, `CARGO_HTTP_*`, proxies), which toolchain and linker are used and how many jobs run at a
/// time stay as they are.
const FOREIGN_VARIABLES: [&str; 17] = [
    "CARGO_BUILD_BUILD_DIR",
    "CARGO_BUILD_INCREMENTAL",
    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "CARGO_INSTALL_ROOT",
    "CARGO_MAKEFLAGS",
    "CARGO_TARGET_DIR",
    "MAKEFLAGS",
    "MFLAGS",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

/// As [`FOREIGN_VARIABLES`], for all names that begin so.
const FOREIGN_PREFIXES: [&str; 4] = [
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PROFILE_",
    "CARGO_TERM_",
];

/// What an installation tells while it runs. There is nothing to tell when all is in place already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstallProgress {
    /// Another rusprot is installing; this one waits for it.
    Waiting,
    /// `cargo-binstall` is started.
    Fetching,
    /// cargo is started.
    Started,
    /// cargo has begun to build a package.
    Package {
        /// The package and its version as cargo writes them: `serde v1.0.0`.
        name: String,
        /// How many have been begun, this one included.
        count: usize,
        /// About how many there are in all; never less than `count`.
        about: usize,
    },
    /// Another line from cargo, trimmed.
    Line(String),
    /// Nothing was said for a while; the work goes on.
    Silence,
}

/// Why typst could not be installed. `Display` is Danish.
#[derive(Debug)]
pub enum InstallError {
    /// A folder or file below the cache folder could not be made, locked or removed.
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// cargo is missing, could not be run or failed.
    Cargo(ProcessError),
    /// cargo succeeded, but the program it put there is not the right one.
    Unusable(TypstProblem),
}

impl fmt::Display for InstallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => {
                write!(f, "typst kan ikke lægges i »{}«: {source}", path.display())
            }
            Self::Cargo(ProcessError::NotFound { program, .. }) => write!(
                f,
                "typst kan ikke hentes, fordi programmet »{}« ikke findes. Hent Rust på https://rustup.rs, eller hent typst på en anden måde.\n{}",
                program.display(),
                typst::how_to_get(false)
            ),
            Self::Cargo(error) => write!(f, "typst blev ikke installeret: {error}"),
            Self::Unusable(problem) => write!(
                f,
                "typst blev installeret, men kan ikke bruges. {}",
                problem.reason()
            ),
        }
    }
}

impl std::error::Error for InstallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Cargo(error) => Some(error),
            Self::Unusable(problem) => Some(problem),
        }
    }
}

/// Makes sure that the pinned typst lies below `cache`, the user's cache folder, and says where.
///
/// If it is there and answers, nothing is done. Otherwise `binstall`, the program `cargo-binstall`, fetches it;
/// where there is none, or it fails, `cargo` (a path or a bare name) builds it, which takes minutes. Both need the
/// network. Of two installations at once the second waits for the first.
/// `progress` is called on the caller's thread.
///
/// # Errors
///
/// See [`InstallError`].
pub fn install(
    cache: &Path,
    cargo: &OsStr,
    binstall: Option<&Path>,
    progress: &mut dyn FnMut(InstallProgress),
) -> Result<PathBuf, InstallError> {
    let program = typst::installed_program(cache);
    if is_in_place(&program) {
        return Ok(program);
    }
    let root = typst::install_root(cache);
    let lock = lock(&root, progress)?;
    if is_in_place(&program) {
        return Ok(program);
    }
    let result = match binstall {
        Some(binstall) if fetch(&root, binstall, progress) && is_in_place(&program) => Ok(()),
        _ => build(&root, cargo, progress),
    };
    drop(lock);
    result?;
    typst::examine(&program).map_err(InstallError::Unusable)?;
    Ok(program)
}

fn is_in_place(program: &Path) -> bool {
    typst::is_program(program)
        && typst::examine(program).is_ok_and(|typst| typst.version.to_string() == PINNED_VERSION)
}

/// Takes the lock beside the folder `root`. The system gives it back when the file is closed, also after a
/// crash.
fn lock(root: &Path, progress: &mut dyn FnMut(InstallProgress)) -> Result<File, InstallError> {
    let path = root.with_file_name(format!("typst-{PINNED_VERSION}.lock"));
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| InstallError::Io { path, source }
    };
    fs::create_dir_all(root).map_err(at(root))?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            progress(InstallProgress::Waiting);
            file.lock().map_err(at(&path))?;
        }
        Err(TryLockError::Error(source)) => return Err(at(&path)(source)),
    }
    Ok(file)
}

/// The program `cargo-binstall` in a folder of `path` (in the form of the variable `PATH`), or beside a cargo that
/// is named by its path.
pub fn find_binstall(path: Option<&OsStr>, cargo: &OsStr) -> Option<PathBuf> {
    let name = format!("cargo-binstall{}", std::env::consts::EXE_SUFFIX);
    let folders = path.into_iter().flat_map(std::env::split_paths);
    let beside = Path::new(cargo).parent().map(Path::to_owned);
    let folders = folders.chain(beside).filter(|folder| folder.is_absolute());
    let mut programs = folders.map(|folder| folder.join(&name));
    programs.find(|program| typst::is_program(program))
}

/// Runs `cargo-binstall`; says whether it says that all went well. It neither builds nor takes what others than
/// the makers of typst have built.
fn fetch(root: &Path, binstall: &Path, progress: &mut dyn FnMut(InstallProgress)) -> bool {
    progress(InstallProgress::Fetching);
    let call = Call::new(binstall)
        .args(["typst-cli", "--version", PINNED_VERSION])
        .args(["--no-confirm", "--force"])
        .args(["--disable-strategies", "quick-install,compile", "--root"])
        .arg(root)
        .dir(root)
        .limit(FETCH_LIMIT);
    let result = without_foreign(call).run_with_lines(&mut |line| {
        progress(match line {
            Some(line) => InstallProgress::Line(line.trim().to_owned()),
            None => InstallProgress::Silence,
        });
    });
    if let Err(error) = &result {
        progress(InstallProgress::Line(error.to_string()));
    }
    result.is_ok()
}

/// Runs cargo. The packages are built beside `root` rather than in the system's temporary folder, which may
/// be too small for them, and thrown away afterwards.
fn build(
    root: &Path,
    cargo: &OsStr,
    progress: &mut dyn FnMut(InstallProgress),
) -> Result<(), InstallError> {
    let target = root.with_file_name(format!("typst-{PINNED_VERSION}.build"));
    progress(InstallProgress::Started);
    let mut count = 0;
    let result = cargo_install(root, &target, cargo).run_with_lines(&mut |line| {
        let step = match line {
            Some(line) => read_line(line, &mut count),
            None => Some(InstallProgress::Silence),
        };
        if let Some(step) = step {
            progress(step);
        }
    });
    match fs::remove_dir_all(&target) {
        Err(source) if source.kind() != io::ErrorKind::NotFound && result.is_ok() => {
            return Err(InstallError::Io {
                path: target,
                source,
            });
        }
        // After a failure of cargo that failure is the one to tell.
        _ => {}
    }
    result.map(drop).map_err(InstallError::Cargo)
}

/// The call of cargo. `--force` replaces a program that is there but does not answer. Without link-time
/// optimisation and with more code units the build takes two thirds of the time; the PDFs are the same
/// bytes and take a tenth longer.
fn cargo_install(root: &Path, target: &Path, cargo: &OsStr) -> Call {
    let call = Call::new(cargo)
        .args(["install", "typst-cli", "--version", PINNED_VERSION])
        .args(["--locked", "--force", "--root"])
        .arg(root)
        .arg("--target-dir")
        .arg(target)
        .dir(root);
    without_foreign(call)
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never")
}

/// The call without what an outer build has set for itself.
fn without_foreign(call: Call) -> Call {
    let prefixes = FOREIGN_PREFIXES.into_iter();
    prefixes.fold(call.without_env(FOREIGN_VARIABLES), |call, prefix| {
        call.without_env_prefix(prefix)
    })
}

/// What a line of cargo's standard error tells; nothing if it is empty.
fn read_line(line: &str, count: &mut usize) -> Option<InstallProgress> {
    let line = line.trim();
    if let Some(name) = line.strip_prefix("Compiling ") {
        *count += 1;
        return Some(InstallProgress::Package {
            name: name.to_owned(),
            count: *count,
            about: ABOUT_PACKAGES.max(*count),
        });
    }
    (!line.is_empty()).then(|| InstallProgress::Line(line.to_owned()))
}
