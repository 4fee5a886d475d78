//! Finds the external program `typst` and makes sure that it is a version the page template is made for.
//!
//! Looked for are, in this order, the program the user names, the folders of `PATH` and the place where
//! [`install`](fn@super::install) puts it. All three come in as plain data; nothing is read from the
//! environment here.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::process::{Call, ProcessError};

/// The version that is installed, and the one the page template was last tried with.
pub const PINNED_VERSION: &str = "0.15.1";

/// The versions of typst that may be used: every patch of 0.15. Before 1.0 typst changes its language and
/// its PDF export from one minor version to the next, so neither an older nor a newer one is safe.
const SERIES: (u64, u64) = (0, 15);

/// How long typst may take to tell its version. It takes milliseconds; the first start of a program that a
/// virus scanner wants to see takes seconds.
const VERSION_LIMIT: Duration = Duration::from_secs(20);

/// Where to look for typst.
#[derive(Clone, Debug, Default)]
pub struct TypstSearch {
    /// The program the user names (`RUSPROT_TYPST`). If it is given, no other is looked for.
    pub explicit: Option<PathBuf>,
    /// The folders to look through, in the form of the variable `PATH`. Relative ones are passed over: a
    /// program that happens to lie in the current folder is none the user has chosen.
    pub path: Option<OsString>,
    /// The user's cache folder, below which typst is installed.
    pub cache: Option<PathBuf>,
}

/// A typst that has answered and whose version fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typst {
    /// The program, as an absolute path.
    pub program: PathBuf,
    /// The version it says it is.
    pub version: Version,
}

/// A version number. What follows a `-` or `+` is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u64,
    /// Second number.
    pub minor: u64,
    /// Third number.
    pub patch: u64,
}

impl Version {
    /// Reads what `typst --version` prints: `typst 0.15.1 (a1b2c3d4)`.
    pub fn from_typst(output: &str) -> Option<Self> {
        let mut words = output.split_whitespace();
        if words.next() != Some("typst") {
            return None;
        }
        let number = words.next()?.split(['-', '+']).next()?;
        let mut parts = number.split('.').map(|part| part.parse().ok());
        let version = Self {
            major: parts.next()??,
            minor: parts.next()??,
            patch: parts.next()??,
        };
        parts.next().is_none().then_some(version)
    }

    fn series(self) -> (u64, u64) {
        (self.major, self.minor)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Why there is no typst to use. The `Display` text gives the reason and then, on lines of their own, how to
/// get the right version.
#[derive(Debug)]
pub enum TypstProblem {
    /// None of the places has a typst.
    Missing,
    /// The program the user names does not exist.
    ExplicitMissing {
        /// What the user wrote.
        path: PathBuf,
    },
    /// The version is older than the page template needs.
    TooOld {
        /// The program.
        path: PathBuf,
        /// Its version.
        version: Version,
    },
    /// The version is newer than any the page template was tried with.
    TooNew {
        /// The program.
        path: PathBuf,
        /// Its version.
        version: Version,
    },
    /// The program could not be run, failed or ran out of time when asked for its version.
    NoAnswer {
        /// The program.
        path: PathBuf,
        /// What happened.
        error: ProcessError,
    },
    /// The program answered something that is no version of typst.
    OddAnswer {
        /// The program.
        path: PathBuf,
        /// The first line of its answer.
        answer: String,
    },
}

impl TypstProblem {
    /// The reason alone, one sentence in Danish.
    pub fn reason(&self) -> String {
        let (major, minor) = SERIES;
        match self {
            Self::Missing => {
                "Programmet typst findes ikke på denne maskine, og uden det kan der ikke laves PDF."
                    .to_owned()
            }
            Self::ExplicitMissing { path } => {
                format!(
                    "RUSPROT_TYPST peger på »{}«, men der er intet program.",
                    path.display()
                )
            }
            Self::TooOld { path, version } => format!(
                "typst i »{}« er version {version}, og den er for gammel: Sideskabelonen bruger ting, som først findes i {major}.{minor}.",
                path.display()
            ),
            Self::TooNew { path, version } => format!(
                "typst i »{}« er version {version}, og den er for ny: Sideskabelonen er kun prøvet med {major}.{minor}, og typst ændrer sit sprog mellem versionerne.",
                path.display()
            ),
            Self::NoAnswer { path, error } => {
                format!("typst i »{}« svarer ikke: {error}.", path.display())
            }
            Self::OddAnswer { path, answer } => format!(
                "»{}« svarer »{answer}«, og det er ikke en version af typst.",
                path.display()
            ),
        }
    }
}

impl fmt::Display for TypstProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.reason(), how_to_get(true))
    }
}

impl std::error::Error for TypstProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoAnswer { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// How to get the right typst on every system, in Danish, several lines without a line break at the end. What
/// needs cargo is told of as such where there is none.
pub fn how_to_get(has_cargo: bool) -> String {
    let (major, minor) = SERIES;
    let all = if has_cargo {
        "rusprot build --install-typst"
    } else {
        "hent Rust på https://rustup.rs, og kør så rusprot build --install-typst"
    };
    let linux = if has_cargo {
        format!(
            "ellers\n                 cargo install typst-cli --version {PINNED_VERSION} --locked"
        )
    } else {
        "ellers som alle systemer".to_owned()
    };
    format!(
        "Sådan får du typst {major}.{minor}:
  alle systemer  {all}
  Windows        winget install --id Typst.Typst
  macOS          brew install typst
  Linux          systemets pakker, hvis de har {major}.{minor}, {linux}
Ligger typst et andet sted, så skriv stien i variablen RUSPROT_TYPST."
    )
}

/// Finds a typst that fits. A wrong one on `PATH` is passed over if a later place has a right one.
///
/// # Errors
///
/// If there is none, the problem with the first program found, or [`TypstProblem::Missing`].
pub fn find(search: &TypstSearch) -> Result<Typst, TypstProblem> {
    if let Some(path) = given(search.explicit.as_deref()) {
        return match std::path::absolute(path) {
            Ok(absolute) if is_program(&absolute) => examine(&absolute),
            _ => Err(TypstProblem::ExplicitMissing {
                path: path.to_owned(),
            }),
        };
    }
    let mut first_problem = None;
    for program in candidates(search) {
        match examine(&program) {
            Ok(typst) => return Ok(typst),
            Err(problem) => {
                first_problem.get_or_insert(problem);
            }
        }
    }
    Err(first_problem.unwrap_or(TypstProblem::Missing))
}

/// typst as all of a run look for it: found once, whoever asks first.
#[derive(Clone, Debug)]
pub struct FoundTypst {
    search: TypstSearch,
    found: Arc<OnceLock<Option<Typst>>>,
}

impl FoundTypst {
    /// Nothing is looked for before somebody asks.
    pub fn new(search: TypstSearch) -> Self {
        Self {
            search,
            found: Arc::default(),
        }
    }

    /// Whether there was one when somebody asked first.
    pub fn is_there(&self) -> bool {
        self.found().is_some()
    }

    /// The program. Where there was none it is looked for again: somebody may have installed it meanwhile.
    ///
    /// # Errors
    ///
    /// As [`find`].
    pub fn program(&self) -> Result<Typst, TypstProblem> {
        self.found()
            .map_or_else(|| find(&self.search), |typst| Ok(typst.clone()))
    }

    fn found(&self) -> Option<&Typst> {
        self.found.get_or_init(|| find(&self.search).ok()).as_ref()
    }
}

/// A variable that is set to nothing counts as not set.
fn given(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| !path.as_os_str().is_empty())
}

fn candidates(search: &TypstSearch) -> Vec<PathBuf> {
    let folders = search.path.iter().flat_map(std::env::split_paths);
    let mut programs: Vec<PathBuf> = folders
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program_name()))
        .collect();
    if let Some(cache) = given(search.cache.as_deref()) {
        programs.push(installed_program(cache));
    }
    let mut seen = std::collections::BTreeSet::new();
    programs.retain(|program| is_program(program) && seen.insert(program.clone()));
    programs
}

/// The file name of the program on this system.
fn program_name() -> String {
    format!("typst{}", std::env::consts::EXE_SUFFIX)
}

/// The folder below the user's cache folder that the pinned version is installed into.
pub(super) fn install_root(cache: &Path) -> PathBuf {
    cache
        .join("rusprot")
        .join(format!("typst-{PINNED_VERSION}"))
}

/// Where the installed program lies below the user's cache folder.
pub(super) fn installed_program(cache: &Path) -> PathBuf {
    install_root(cache).join("bin").join(program_name())
}

/// Whether there is a file that this system would run.
pub(super) fn is_program(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    #[cfg(unix)]
    let may_run = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_run = true;
    metadata.is_file() && may_run
}

/// Asks a program for its version and judges the answer.
pub(super) fn examine(program: &Path) -> Result<Typst, TypstProblem> {
    let path = program.to_owned();
    let call = Call::new(program)
        .arg("--version")
        .limit(VERSION_LIMIT)
        .most(10_000);
    let finished = match call.run() {
        Ok(finished) => finished,
        Err(error) => return Err(TypstProblem::NoAnswer { path, error }),
    };
    let answer = finished.stdout_text();
    let Some(version) = Version::from_typst(&answer) else {
        let answer = answer.lines().next().unwrap_or_default().trim();
        let answer = answer.chars().take(100).collect();
        return Err(TypstProblem::OddAnswer { path, answer });
    };
    match version.series().cmp(&SERIES) {
        std::cmp::Ordering::Less => Err(TypstProblem::TooOld { path, version }),
        std::cmp::Ordering::Greater => Err(TypstProblem::TooNew { path, version }),
        std::cmp::Ordering::Equal => Ok(Typst {
            program: path,
            version,
        }),
    }
}
