//! How git is called: which settings hold, whatever the user's own files or the repository's say, and what git
//! may see of the environment. Here and nowhere else.
//!
//! A repository may come from a stranger, and git's settings can name programs: to watch the files, to filter
//! them, to show a difference, to check a signature, to fetch what is missing. So git is asked only for what
//! its object store holds (`rev-parse`, `merge-base`, `rev-list`, `cat-file`); none of these looks at the work
//! tree or the index. A version that is handed over (`commands/edit/handover.rs`) is made of objects in the same
//! way. What is set here is a second lock on the same door.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::process::Call;

/// A local question to git takes no longer than this on any repository of protocols.
const LIMIT: Duration = Duration::from_secs(60);

/// What holds in place of any setting of the user, the machine or the repository.
const SETTINGS: [&str; 16] = [
    // A folder among the files that has the shape of a repository is none, unless somebody chose it.
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.pager=cat",
    "core.editor=false",
    "core.askPass=false",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.alternateRefsCommand=false",
    "core.quotePath=false",
    "color.ui=false",
    "log.showSignature=false",
    "gpg.program=false",
    "protocol.allow=never",
];

/// What git may see of its own variables: how the user lets it find settings and folders, and so whom it
/// trusts. A hook's variables, which lead to another repository or index, are not among them.
const SEEN: [&str; 4] = [
    "GIT_CONFIG_",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_TEST_ASSUME_DIFFERENT_OWNER",
];

/// A call of git in a folder.
pub(crate) fn call<S: Into<OsString>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Call {
    let mut call = Call::new("git").args(["--no-pager", "--literal-pathspecs"]);
    for setting in SETTINGS {
        call = call.args(["-c", setting]);
    }
    let mut call = call
        .args(args)
        .dir(folder)
        .without_env_prefix("GIT_")
        // What is not here is not fetched: a fetch runs whatever program the settings name.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .limit(LIMIT);
    for prefix in SEEN {
        call = call.with_env_prefix(prefix);
    }
    call
}
