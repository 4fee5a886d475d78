//! Makes PDFs by running `typst` on folders that hold all a document needs.
//!
//! A [`PdfJob`] is a list of files. They are put into a folder of their own, which typst gets as its root,
//! together with the one set of fonts in [`FontFolder`]. typst sees nothing else: no packages, no fonts of
//! the machine, none of its environment variables, and no clock. Which files these are and what they say is
//! not decided here.

#![expect(
    clippy::disallowed_methods,
    reason = "the errors here are typed and name the path themselves"
)]

mod install;
mod typst;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempDir;

pub use self::install::{ABOUT_PACKAGES, InstallError, InstallProgress, find_binstall, install};
pub use self::typst::{
    FoundTypst, PINNED_VERSION, Typst, TypstProblem, TypstSearch, Version, find, how_to_get,
};
use crate::interrupt::Temporary;
use crate::process::{Call, ProcessError};
use crate::text::faces;

/// The file that typst is given to compile for a whole protocol.
pub const MAIN_FILE: &str = "protokol.typ";

/// The time limit for one document when nobody asks for another. A long protocol takes a fraction of a
/// second, so whatever exceeds this hangs.
pub const DEFAULT_LIMIT: Duration = Duration::from_secs(60);

/// typst writes its PDF into a file and says next to nothing; no honest one exceeds this.
const MOST_OUTPUT: u64 = 1_000_000;

/// The most bytes of what typst says that are told; nobody reads further.
const MOST_WORDS: usize = 20_000;

/// The file typst writes in the staged folder.
const OUTPUT_FILE: &str = "out.pdf";

/// The PDF standards every document keeps: accessible to screen readers, and fit for an archive.
const PDF_STANDARDS: &str = "ua-1,a-2a";

/// A proxy that does not exist, and the variables that make typst use it for everything.
const NOWHERE: &str = "http://127.0.0.1:9";
const PROXIES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];
const PROXY_EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The fonts of the page template with the names their files get.
const FONTS: [(&str, &[u8]); 10] = [
    ("NotoSans-Regular.ttf", notosans::REGULAR_TTF),
    ("NotoSans-Italic.ttf", notosans::ITALIC_TTF),
    ("NotoSans-Bold.ttf", notosans::BOLD_TTF),
    ("NotoSans-BoldItalic.ttf", notosans::BOLD_ITALIC_TTF),
    ("NotoSansArabic-Regular.ttf", faces::ARABIC),
    ("NotoSansArabic-Bold.ttf", faces::ARABIC_BOLD),
    ("NotoSansEthiopic-Regular.ttf", faces::ETHIOPIC),
    ("NotoSansEthiopic-Bold.ttf", faces::ETHIOPIC_BOLD),
    ("NotoSansTamil-Regular.ttf", faces::TAMIL),
    ("NotoSansTamil-Bold.ttf", faces::TAMIL_BOLD),
];

/// One document to print.
#[derive(Clone, Debug)]
pub struct PdfJob<'a> {
    /// The name it has in messages and below `keep`: the protocol's slug.
    pub name: String,
    /// The file typst is given to compile.
    pub main: &'static str,
    /// Every file typst may read: its path in the folder, with `/` and without `..`, and its bytes. One of
    /// them is `main`.
    pub files: Vec<(String, Cow<'a, [u8]>)>,
    /// The date the PDF says it was made, in seconds since 1970-01-01 00:00 UTC. It comes from the protocol
    /// and never from the clock, since the same protocol gives the same bytes.
    pub created: i64,
    /// A folder in which the staged files are left for a look, as `<keep>/<name>`. Files of other names that
    /// lie there already are left alone.
    pub keep: Option<PathBuf>,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The bytes of the PDF.
    pub pdf: Vec<u8>,
    /// The lines typst wrote although it succeeded, with paths relative to the staged folder.
    pub warnings: Vec<String>,
}

/// Why a document was not made. `Display` is Danish and begins with the document's name where it has one.
#[derive(Debug)]
pub enum ExportError {
    /// A file of the staged folder, a font or the finished PDF could not be written or read.
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file's or job's name would lie outside the staged folder.
    BadPath {
        /// The job.
        name: String,
        /// The path.
        path: String,
    },
    /// typst ended with an error.
    Failed {
        /// The job.
        name: String,
        /// What typst said, with paths relative to the staged folder; how it ended if it said nothing.
        text: String,
    },
    /// typst exceeded the time limit and was stopped.
    TimedOut {
        /// The job.
        name: String,
        /// The limit.
        limit: Duration,
    },
    /// typst could not be run at all.
    Process {
        /// The job.
        name: String,
        /// What happened.
        error: ProcessError,
    },
    /// typst said that all was well but left no PDF.
    NoPdf {
        /// The job.
        name: String,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => {
                write!(
                    f,
                    "»{}« kan ikke skrives eller læses: {source}",
                    path.display()
                )
            }
            Self::BadPath { name, path } => write!(
                f,
                "{name}: PDF'en er ikke lavet, fordi »{path}« ligger uden for dokumentets mappe"
            ),
            Self::Failed { name, text } => {
                write!(
                    f,
                    "{name}: PDF'en er ikke lavet, fordi typst meldte en fejl:"
                )?;
                text.lines().try_for_each(|line| write!(f, "\n  {line}"))
            }
            Self::TimedOut { name, limit } => write!(
                f,
                "{name}: PDF'en er ikke lavet, fordi typst ikke blev færdig på {} s. typst er stoppet",
                limit.as_secs_f64()
            ),
            Self::Process { name, error } => {
                write!(f, "{name}: PDF'en er ikke lavet: {error}")
            }
            Self::NoPdf { name } => write!(
                f,
                "{name}: typst meldte ingen fejl, men lavede heller ingen PDF"
            ),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Process { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// A folder with the fonts of the page template, written once and shared by all documents.
#[derive(Debug)]
pub struct FontFolder {
    path: PathBuf,
    /// Removes a temporary folder when the value goes away.
    _temporary: Option<TemporaryFolder>,
}

impl FontFolder {
    /// Writes the fonts into a new temporary folder, which is removed when the value is dropped.
    ///
    /// # Errors
    ///
    /// [`ExportError::Io`] if a file cannot be written.
    pub fn stage() -> Result<Self, ExportError> {
        let folder = temporary_folder()?;
        let path = canonical(folder.path());
        write_fonts(&path)?;
        Ok(Self {
            path,
            _temporary: Some(folder),
        })
    }

    /// Writes the fonts into `folder` and leaves them there, so that kept documents can be compiled by hand.
    ///
    /// # Errors
    ///
    /// [`ExportError::Io`] if a file cannot be written.
    pub fn stage_in(folder: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(folder).map_err(io_at(folder))?;
        let path = canonical(folder);
        write_fonts(&path)?;
        Ok(Self {
            path,
            _temporary: None,
        })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn write_fonts(folder: &Path) -> Result<(), ExportError> {
    for (name, bytes) in FONTS {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(io_at(&path))?;
    }
    Ok(())
}

/// Prints all jobs, at most `threads` at a time (at least one), each by a typst of its own that uses one
/// core. The results are in the order of the jobs. `on_done` is called with a job's index as soon as the job
/// has ended, well or not, from several threads and in any order.
pub fn export_all(
    typst: &Typst,
    fonts: &FontFolder,
    jobs: &[PdfJob<'_>],
    threads: usize,
    limit: Duration,
    on_done: &(dyn Fn(usize) + Sync),
) -> Vec<Result<Exported, ExportError>> {
    let results: Vec<OnceLock<_>> = jobs.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(job), Some(result)) = (jobs.get(index), results.get(index)) else {
                return;
            };
            result.get_or_init(|| export(typst, fonts, job, limit));
            on_done(index);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(jobs.len()) {
            scope.spawn(work);
        }
        work();
    });
    results
        .into_iter()
        .map(|result| {
            result
                .into_inner()
                .expect("the threads take every index before they end")
        })
        .collect()
}

/// Prints one job.
///
/// # Errors
///
/// See [`ExportError`].
pub fn export(
    typst: &Typst,
    fonts: &FontFolder,
    job: &PdfJob<'_>,
    limit: Duration,
) -> Result<Exported, ExportError> {
    let staged = Staged::write(job)?;
    let output = staged.path.join(OUTPUT_FILE);
    remove_if_there(&output)?;
    let finished = compile_call(typst, fonts, &staged, job, limit)
        .run()
        .map_err(|error| staged.explain(job, error))?;
    let pdf = match fs::read(&output) {
        Ok(pdf) if pdf.starts_with(b"%PDF") => pdf,
        Ok(_) => {
            return Err(ExportError::NoPdf {
                name: job.name.clone(),
            });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ExportError::NoPdf {
                name: job.name.clone(),
            });
        }
        Err(error) => return Err(io_at(&output)(error)),
    };
    let text = staged.without_paths(&finished.stderr_text());
    let warnings = text.lines().filter(|line| !line.is_empty());
    Ok(Exported {
        pdf,
        warnings: warnings.map(str::to_owned).collect(),
    })
}

/// The call of typst on a staged folder. It starts in that folder, so typst names files relative to it.
fn compile_call(
    typst: &Typst,
    fonts: &FontFolder,
    staged: &Staged,
    job: &PdfJob<'_>,
    limit: Duration,
) -> Call {
    // No document imports a package. Should one try, there are none here, and the proxy it would have to
    // go through is a port where nothing answers.
    let packages = fonts.path.join("ingen-pakker");
    Call::new(&typst.program)
        .arg("compile")
        .arg("--root")
        .arg(&staged.path)
        .arg("--ignore-system-fonts")
        .arg("--font-path")
        .arg(&fonts.path)
        .arg("--package-path")
        .arg(&packages)
        .arg("--package-cache-path")
        .arg(&packages)
        .args(["--pdf-standard", PDF_STANDARDS])
        .arg(OsString::from(format!(
            "--creation-timestamp={}",
            job.created
        )))
        .args(["--diagnostic-format", "short"])
        .args(["--jobs", "1"])
        .arg(staged.path.join(job.main))
        .arg(staged.path.join(OUTPUT_FILE))
        .dir(&staged.path)
        .without_env_prefix("TYPST_")
        .without_env(["SOURCE_DATE_EPOCH"])
        .without_env(PROXY_EXCEPTIONS)
        .envs(PROXIES.map(|name| (name, NOWHERE)))
        .limit(limit)
        .most(MOST_OUTPUT)
}

/// The files of a job on disk.
struct Staged {
    path: PathBuf,
    /// Removes a temporary folder when the value goes away.
    _temporary: Option<TemporaryFolder>,
}

impl Staged {
    fn write(job: &PdfJob<'_>) -> Result<Self, ExportError> {
        let bad_path = |path: &str| ExportError::BadPath {
            name: job.name.clone(),
            path: path.to_owned(),
        };
        if let Some((path, _)) = job.files.iter().find(|(path, _)| !stays_inside(path)) {
            return Err(bad_path(path));
        }
        let staged = match &job.keep {
            Some(_) if !stays_inside(&job.name) => return Err(bad_path(&job.name)),
            Some(keep) => Self::kept(&keep.join(&job.name))?,
            None => Self::temporary()?,
        };
        for (path, bytes) in &job.files {
            let path = staged.path.join(path);
            if let Some(folder) = path.parent().filter(|folder| *folder != staged.path) {
                fs::create_dir_all(folder).map_err(io_at(folder))?;
            }
            fs::write(&path, bytes).map_err(io_at(&path))?;
        }
        Ok(staged)
    }

    fn temporary() -> Result<Self, ExportError> {
        let folder = temporary_folder()?;
        Ok(Self {
            path: canonical(folder.path()),
            _temporary: Some(folder),
        })
    }

    fn kept(folder: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(folder).map_err(io_at(folder))?;
        Ok(Self {
            path: canonical(folder),
            _temporary: None,
        })
    }

    fn explain(&self, job: &PdfJob<'_>, error: ProcessError) -> ExportError {
        let name = job.name.clone();
        match error {
            ProcessError::Failed { finished, .. } => {
                let text = self.without_paths(&finished.stderr_text());
                let text = if text.is_empty() {
                    format!("typst {} og sagde ikke hvorfor", finished.ending())
                } else {
                    text
                };
                ExportError::Failed { name, text }
            }
            ProcessError::TimedOut { limit, .. } => ExportError::TimedOut { name, limit },
            error => ExportError::Process { name, error },
        }
    }

    /// typst's words without the place of the folder, which differs from run to run and tells the reader
    /// nothing.
    fn without_paths(&self, text: &str) -> String {
        let folder = self.path.to_string_lossy();
        let inside = format!("{folder}{}", std::path::MAIN_SEPARATOR);
        let text = text.replace(&inside, "").replace(folder.as_ref(), ".");
        let mut left = MOST_WORDS;
        let mut lines = Vec::new();
        for line in text.trim().lines().map(str::trim_end) {
            if line.len() > left {
                lines.push("(resten er udeladt)");
                break;
            }
            left -= line.len();
            lines.push(line);
        }
        lines.join("\n")
    }
}

/// Whether a path of a job lies in the job's folder: names only, no `..`, nothing absolute.
fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && Path::new(path)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}

/// A temporary folder; it goes away with the value, and when a signal ends the program.
#[derive(Debug)]
struct TemporaryFolder {
    folder: TempDir,
    _noted: Temporary,
}

impl TemporaryFolder {
    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn temporary_folder() -> Result<TemporaryFolder, ExportError> {
    let folder = tempfile::Builder::new()
        .prefix("rusprot-")
        .tempdir()
        .map_err(io_at(&std::env::temp_dir()))?;
    let noted = Temporary::at(folder.path());
    Ok(TemporaryFolder {
        folder,
        _noted: noted,
    })
}

/// The folder's real path, as typst will write it. Windows' own form of it (`\\?\C:\…`) is not understood by
/// every program, so there the path stays as it is.
fn canonical(folder: &Path) -> PathBuf {
    if cfg!(windows) {
        return folder.to_owned();
    }
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

fn remove_if_there(path: &Path) -> Result<(), ExportError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_at(path)(error)),
        _ => Ok(()),
    }
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> ExportError {
    let path = path.to_owned();
    move |source| ExportError::Io { path, source }
}
