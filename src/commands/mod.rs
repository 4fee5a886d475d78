//! What each command does: from a site to its result. What is said of it is for `cli`.
//!
//! `build` and `check` are the same road, and one of them goes further. Nothing here prints or reads the clock.

mod adopt;
mod approve;
mod check;
mod collection;
mod diff;
#[cfg(test)]
mod diff_tests;
mod done;
#[cfg(feature = "serve")]
pub mod edit;
mod fix;
#[cfg(feature = "import")]
mod import;
mod init;
mod job;
mod join;
#[cfg(test)]
mod panic_tests;
mod print;
mod publish;
mod refused;
mod schema;
mod shared;
mod sheet;
mod since;
mod status;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trouble_tests;
mod upgrade;
mod verify;
mod written;

use anyhow::{Result, bail};

pub use adopt::{Adoption, adopt};
pub use approve::{Approved, Decision, WrittenApproval, approve};
pub use check::{CheckOptions, CheckOutcome, check};
pub use collection::{
    COLLECTION_FILE, CollectedPage, Fault, Member, check_all, duties_of_all, each_once,
    matrix_of_all, members, page_of_all,
};
use diff::approved_edition;
pub use diff::{DiffOptions, Since, diff};
pub use done::{Deed, Done, done};
pub use fix::{FixOutcome, LeftAlone, MendedFile, Reason, fix};
#[cfg(feature = "import")]
pub use import::{Fate, ImportOptions, ImportOutcome, ImportRun, PlannedFile, import};
#[cfg(feature = "lsp")]
pub(crate) use init::file_for;
pub use init::{
    AreaStart, Begun, Editor, Host, InstitutionStart, NotKept, add_surroundings, begin_area,
    begin_institution, git_knows_a_name, institution_folder, institution_in, institution_name,
    keep_in_git, new_main_file, output_folder, protocol_folder,
};
pub use print::{Meeting, Paper, PrintOptions, PrintOutcome, Printed, print};
pub use publish::{BuildOptions, BuildOutcome, Formats, Progress, build};
#[cfg(feature = "serve")]
pub use publish::{
    Changed, OnRequest, Page, PageState, Pdfs, Preview, PreviewOptions, ShownFinding,
    ShownProtocol, file_on_request,
};
pub use schema::schema;
pub use shared::{CopyUpdate, Fetching, FileUpdate, Update, UpdateOptions, plan_update};
pub use sheet::change_sheet;
pub use since::check_since;
pub use status::{DutiesOutcome, MatrixOutcome, dated_duties, duties, matrix};
pub use upgrade::{Edition, UpgradeOptions, upgrade};
pub use verify::{Mark, Named, ReadersMark, State, Verdict, WithoutHistory, code_in_pdf, verify};

use crate::fs;
use crate::load::Repository;
use crate::write;

/// Writes a file that was there, if it is still as it was read. One that somebody has protected is left as it
/// is, though a rename could get round that; behind a link the file itself is written, in the repository alone.
fn replace_file(
    repository: &Repository,
    path: &str,
    text: &str,
    is_as_read: &dyn Fn(&[u8]) -> bool,
) -> Result<()> {
    let Some(target) = repository.real_path(path) else {
        bail!("filen {path} ligger ikke i repositoryet og er ikke skrevet");
    };
    if fs::metadata(&target).is_some_and(|metadata| metadata.permissions().readonly()) {
        bail!("filen {path} er skrivebeskyttet og er ikke rettet");
    }
    write::replace(&target, text.as_bytes(), is_as_read)
}
