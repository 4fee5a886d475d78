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

/// How long fetching a repository of skabeloner or protocols may take.
const FETCH_LIMIT: Duration = Duration::from_secs(180);

/// What holds where git fetches: it reaches another machine as its user has set it up to, and starts nothing that
/// the other repository, or the store itself, could name.
const FETCH_SETTINGS: [&str; 14] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=false",
    "core.quotePath=false",
    "color.ui=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "transfer.bundleURI=false",
    "protocol.ext.allow=never",
    "protocol.fd.allow=never",
    "protocol.file.allow=always",
];

/// What git may see of its own variables there: beside settings and folders, how its user lets it log in.
const FETCH_SEEN: [&str; 3] = ["GIT_SSH", "GIT_ASKPASS", "GIT_SSL_"];

/// A call of git that fetches into a bare repository. Nobody is asked at a terminal, since git would wait for an
/// answer that may never come; with `may_ask` a program of the user's own may ask in a window. `own_ssh` says
/// whether its user has chosen how ssh is called.
pub(super) fn fetching<S: Into<OsString>>(
    store: &Path,
    may_ask: bool,
    own_ssh: bool,
    args: impl IntoIterator<Item = S>,
) -> Call {
    let mut call = Call::new("git").args(["--no-pager", "--git-dir=."]);
    for setting in FETCH_SETTINGS {
        call = call.args(["-c", setting]);
    }
    if !may_ask {
        call = call.args(["-c", "credential.interactive=never"]);
    }
    if !own_ssh {
        call = call.args(["-c", "core.sshCommand=ssh -o BatchMode=yes"]);
    }
    let mut call = call
        .args(args)
        .dir(store)
        .without_env_prefix("GIT_")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .limit(FETCH_LIMIT);
    for prefix in SEEN.iter().chain(&FETCH_SEEN) {
        call = call.with_env_prefix(prefix);
    }
    call
}

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
