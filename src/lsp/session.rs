//! The talk with one editor: its messages in order, what is open, and when what is judged.
//!
//! All messages that wait are taken before anything is judged, so a fast writer is judged once. An answer is given
//! to every request; one that goes wrong by our own fault is an error to the editor and no end of the program.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, never, select, unbounded};
use jiff::civil::Date;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, HoverProviderCapability, InitializeParams, OneOf, RenameOptions,
    ServerCapabilities, TextDocumentContentChangeEvent, TextDocumentSyncCapability,
    TextDocumentSyncKind, Uri,
};
use serde_json::{Value, json};

use super::house::{House, shown};
use super::position::{Lines, address, path};
use crate::commands::CheckOutcome;
use crate::diag::{Finding, Level};
use crate::text::Place;

/// How long an editor is quiet before the whole area is judged.
const QUIET: Duration = Duration::from_millis(700);

/// What a session goes by.
#[derive(Clone)]
pub struct Options {
    /// The day it is, asked each time something is judged.
    pub day: Arc<dyn Fn() -> Date + Send + Sync>,
}

/// A text that is open in the editor.
pub(super) struct Open {
    root: PathBuf,
    pub(super) path: String,
    pub(super) text: String,
    version: i32,
}

/// What a check of a whole area came to.
struct Judged {
    root: PathBuf,
    state: u64,
    outcome: Result<CheckOutcome>,
}

/// What answers a request by its name; `None` for one that is not known.
pub(super) type Answers = fn(&mut Session, &str, Value) -> Option<Result<Value>>;

/// What one editor has open, and what it was told.
pub(super) struct Session {
    options: Options,
    answers: Answers,
    sender: Sender<Message>,
    pub(super) houses: BTreeMap<PathBuf, House>,
    pub(super) open: BTreeMap<String, Open>,
    /// What each file's address was last said to have.
    told: BTreeMap<String, Value>,
    /// Since when an area has been changed without being judged as a whole.
    waits: Option<Instant>,
    /// How many threads judge an area now.
    judges: usize,
    results: (Sender<Judged>, Receiver<Judged>),
}

/// Talks with an editor over standard input and output until it says goodbye or goes away; whether it said so.
///
/// # Errors
/// When the streams break.
pub(super) fn serve(options: Options, answers: Answers) -> Result<bool> {
    let (connection, threads) = Connection::stdio();
    let ended = talk(&connection, options, answers);
    drop(connection);
    threads
        .join()
        .context("forbindelsen til editoren er brudt")?;
    ended
}

fn talk(connection: &Connection, options: Options, answers: Answers) -> Result<bool> {
    let Ok(params) = connection.initialize(serde_json::to_value(capabilities())?) else {
        // It went away before it had said what it is.
        return Ok(false);
    };
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let mut session = Session {
        options,
        answers,
        sender: connection.sender.clone(),
        houses: BTreeMap::new(),
        open: BTreeMap::new(),
        told: BTreeMap::new(),
        waits: None,
        judges: 0,
        results: unbounded(),
    };
    session.begin(&params);
    session.run(connection)
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(
            TextDocumentSyncKind::INCREMENTAL,
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", "'", ":", "{", "(", "["].map(str::to_owned).into()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::SOURCE_FIX_ALL,
            ]),
            ..CodeActionOptions::default()
        })),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        })),
        ..ServerCapabilities::default()
    }
}

impl Session {
    /// Opens the areas of the folders that the editor shows.
    fn begin(&mut self, params: &InitializeParams) {
        let folders = params.workspace_folders.iter().flatten();
        for folder in folders {
            if let Some(folder) = path(&folder.uri) {
                self.house(&folder.join("rusprot.toml"));
            }
        }
        let files = params.capabilities.workspace.as_ref();
        let files = files.and_then(|workspace| workspace.did_change_watched_files);
        if files.and_then(|files| files.dynamic_registration) == Some(true) {
            let watcher = json!({ "registrations": [{
                "id": "rusprot-filer",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
            }] });
            let id = RequestId::from("rusprot-filer".to_owned());
            let method = "client/registerCapability".to_owned();
            self.send(Request::new(id, method, watcher).into());
        }
        self.waits = Some(Instant::now());
    }

    /// Takes messages until the editor is done with us; whether it asked for that first.
    fn run(&mut self, connection: &Connection) -> Result<bool> {
        loop {
            while let Ok(message) = connection.receiver.try_recv() {
                if let Some(ended) = self.take(connection, message)? {
                    return Ok(ended);
                }
            }
            self.settle();
            let judged = if self.judges > 0 {
                self.results.1.clone()
            } else {
                never()
            };
            let wait = self
                .waits
                .map(|since| QUIET.saturating_sub(since.elapsed()));
            let wait = wait
                .filter(|_| self.judges == 0)
                .unwrap_or(Duration::from_secs(3600));
            select! {
                recv(connection.receiver) -> message => match message {
                    Ok(message) => {
                        if let Some(ended) = self.take(connection, message)? {
                            return Ok(ended);
                        }
                    }
                    Err(_) => return Ok(false),
                },
                recv(judged) -> judged => {
                    if let Ok(judged) = judged {
                        self.show(judged);
                    }
                }
                default(wait) => self.judge_whole(),
            }
        }
    }

    /// Takes one message; whether the talk has ended with it, and how.
    fn take(&mut self, connection: &Connection, message: Message) -> Result<Option<bool>> {
        match message {
            Message::Request(request) if request.method == "shutdown" => {
                self.send(Response::new_ok(request.id, ()).into());
                return Ok(Some(until_exit(&connection.receiver)));
            }
            Message::Request(request) => self.answer(request),
            Message::Notification(notification) if notification.method == "exit" => {
                return Ok(Some(false));
            }
            Message::Notification(notification) => self.note(notification),
            Message::Response(_) => {}
        }
        Ok(None)
    }

    fn send(&self, message: Message) {
        // An editor that has gone away is found out by the next message that does not come.
        let _nobody_reads = self.sender.send(message);
    }

    fn answer(&mut self, request: Request) {
        let Request {
            id, method, params, ..
        } = request;
        let answered = catch_unwind(AssertUnwindSafe(|| (self.answers)(self, &method, params)));
        let response = match answered {
            Ok(Some(Ok(result))) => Response::new_ok(id, result),
            Ok(Some(Err(reason))) => {
                Response::new_err(id, ErrorCode::RequestFailed as i32, reason.to_string())
            }
            Ok(None) => Response::new_err(
                id,
                ErrorCode::MethodNotFound as i32,
                format!("ukendt: {method}"),
            ),
            Err(_) => Response::new_err(
                id,
                ErrorCode::InternalError as i32,
                "Der er en fejl i rusprot.".to_owned(),
            ),
        };
        self.send(response.into());
    }

    fn note(&mut self, notification: Notification) {
        let Notification { method, params, .. } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Ok(params) = serde_json::from_value(params) {
                    self.opened(params);
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = serde_json::from_value(params) {
                    self.changed(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(params) = serde_json::from_value::<DidCloseTextDocumentParams>(params) {
                    let open = self.open.remove(params.text_document.uri.as_str());
                    if let Some(open) = open
                        && let Some(house) = self.houses.get_mut(&open.root)
                    {
                        house.put(&open.path, None);
                        self.waits = Some(Instant::now());
                    }
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Ok(params) = serde_json::from_value(params) {
                    self.files_changed(&params);
                }
            }
            _ => {}
        }
    }

    /// The area that a file lies in, opened now if it was not.
    fn house(&mut self, file: &std::path::Path) -> Option<&mut House> {
        let house = House::around(file)?;
        Some(self.houses.entry(house.root()).or_insert(house))
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some(file) = path(&document.uri) else {
            return;
        };
        let text = document.text.trim_start_matches('\u{FEFF}').to_owned();
        let Some(house) = self.house(&file) else {
            return;
        };
        let (Some(path), root) = (house.path_of(&file), house.root()) else {
            return;
        };
        house.put(&path, Some(&text));
        self.waits = Some(Instant::now());
        let open = Open {
            root,
            path,
            text,
            version: document.version,
        };
        self.open.insert(document.uri.as_str().to_owned(), open);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(open) = self.open.get_mut(document.uri.as_str()) else {
            return;
        };
        for change in params.content_changes {
            apply(&mut open.text, &change);
        }
        open.version = document.version;
        if let Some(house) = self.houses.get_mut(&open.root) {
            house.put(&open.path, Some(&open.text));
        }
        self.waits = Some(Instant::now());
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        for change in &params.changes {
            let Some(file) = path(&change.uri) else {
                continue;
            };
            let houses = self.houses.values_mut();
            for house in houses.filter(|house| file.starts_with(house.repository.root())) {
                // Our own pages, and git's files, say nothing of a protocol.
                let inside = house.path_of(&file).unwrap_or_default();
                if inside.ends_with(".toml") || house.slug_of(&inside).is_some() {
                    house.forget();
                    self.waits = Some(Instant::now());
                }
            }
        }
    }

    /// Judges what has changed, and tells of it.
    fn settle(&mut self) {
        let today = (self.options.day)();
        let mut news = false;
        for house in self.houses.values_mut() {
            let judged = catch_unwind(AssertUnwindSafe(|| house.judge(today)));
            // What cannot be read, the whole check tells of.
            news |= !matches!(judged, Ok(Ok(false)));
        }
        if news {
            self.tell();
        }
    }

    fn judge_whole(&mut self) {
        self.waits = None;
        let today = (self.options.day)();
        for house in self.houses.values() {
            let (root, state, whole) = (house.root(), house.state, house.whole(today));
            let results = self.results.0.clone();
            self.judges += 1;
            std::thread::spawn(move || {
                let outcome = catch_unwind(AssertUnwindSafe(whole));
                let outcome = outcome.unwrap_or_else(|_| Err(anyhow::anyhow!("en fejl i rusprot")));
                // A session that has ended asks for nothing.
                let _nobody_waits = results.send(Judged {
                    root,
                    state,
                    outcome,
                });
            });
        }
    }

    /// Shows what a check of a whole area found, unless the area is another one by now.
    fn show(&mut self, judged: Judged) {
        self.judges -= 1;
        let Some(house) = self.houses.get_mut(&judged.root) else {
            return;
        };
        match judged.outcome {
            Ok(outcome) if judged.state == house.state => house.take(outcome),
            Ok(_) => {
                self.waits.get_or_insert_with(Instant::now);
                return;
            }
            Err(error) => {
                let message = json!({ "type": 1, "message": shown(&format!("{error:#}")) });
                self.send(Notification::new("window/logMessage".to_owned(), message).into());
                return;
            }
        }
        self.tell();
    }

    /// Tells the editor of every file for which something else is to be shown than before.
    fn tell(&mut self) {
        let mut now: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for house in self.houses.values() {
            let mut by_path: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
            for finding in house.findings() {
                by_path
                    .entry(finding.place.file.path())
                    .or_default()
                    .push(finding);
            }
            for (path, findings) in by_path {
                let Some(uri) = self.address_of(house, path) else {
                    continue;
                };
                let lines = Lines::of(findings[0].place.file.text());
                let shown = findings
                    .iter()
                    .map(|finding| self.diagnostic(house, finding, &lines));
                now.insert(uri, shown.collect());
            }
        }
        let gone = self.told.keys().filter(|uri| !now.contains_key(*uri));
        let gone: Vec<String> = gone.cloned().collect();
        for uri in gone {
            now.insert(uri, Vec::new());
        }
        for (uri, diagnostics) in now {
            let diagnostics = json!(diagnostics);
            if self.told.get(&uri) == Some(&diagnostics) {
                continue;
            }
            let version = self.open.get(&uri).map(|open| open.version);
            let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
            if let Some(version) = version {
                params["version"] = json!(version);
            }
            let method = "textDocument/publishDiagnostics".to_owned();
            self.send(Notification::new(method, params).into());
            if diagnostics.as_array().is_some_and(Vec::is_empty) {
                self.told.remove(&uri);
            } else {
                self.told.insert(uri, diagnostics);
            }
        }
    }

    /// The address of a file, as the editor has it where it is open; `None` for what lies in the program.
    pub(super) fn address_of(&self, house: &House, path: &str) -> Option<String> {
        if path.starts_with('<') {
            return None;
        }
        let root = house.root();
        let mut open = self.open.iter();
        let known = open.find(|(_, open)| open.root == root && open.path == path);
        if let Some((uri, _)) = known {
            return Some(uri.clone());
        }
        address(&root.join(path)).map(|uri| uri.as_str().to_owned())
    }

    fn diagnostic(&self, house: &House, finding: &Finding, lines: &Lines<'_>) -> Value {
        let help = finding.help.as_ref().map(|help| format!("\n{help}"));
        let related = finding.related.iter().filter_map(|related| {
            let Place { file, span } = &related.place;
            let uri = self.address_of(house, file.path())?;
            let range = Lines::of(file.text()).range(*span);
            Some(json!({
                "location": { "uri": uri, "range": range },
                "message": related.message,
            }))
        });
        let related: Vec<Value> = related.collect();
        json!({
            "range": lines.range(finding.place.span),
            "severity": if finding.level == Level::Error { 1 } else { 2 },
            "code": finding.code.number(),
            "source": "rusprot",
            "message": format!("{}{}", finding.message, help.unwrap_or_default()),
            "relatedInformation": related,
        })
    }

    /// The open text at an address, with its area.
    pub(super) fn opened_at(&mut self, uri: &Uri) -> Option<(&Open, &mut House)> {
        let open = self.open.get(uri.as_str())?;
        Some((open, self.houses.get_mut(&open.root)?))
    }

    pub(super) fn today(&self) -> Date {
        (self.options.day)()
    }
}

/// Waits for the goodbye after a shutdown; whether it came.
fn until_exit(messages: &Receiver<Message>) -> bool {
    loop {
        match messages.recv_timeout(Duration::from_secs(30)) {
            Ok(Message::Notification(note)) if note.method == "exit" => return true,
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Makes a change in a text.
fn apply(text: &mut String, change: &TextDocumentContentChangeEvent) {
    let Some(range) = change.range else {
        *text = change.text.trim_start_matches('\u{FEFF}').to_owned();
        return;
    };
    let lines = Lines::of(text);
    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
    text.replace_range(start..end.max(start), &change.text);
}
