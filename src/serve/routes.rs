//! What is asked for, and the answer: the frame, the pages, how everything stands, and the events.
//!
//! A path is never led to a file: pages are known by the names of protocols, and everything else is asked for by
//! name from what `commands` makes.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

use anyhow::Result;
use serde_json::{Value, json};

use super::guard::{Guard, names};
use super::http::{Answers, Reply, Request, Status};
use super::live::{Line, Live, Standing};
use super::{ServeOptions, page};
use crate::check::masked;
use crate::commands::edit::LARGEST_UPLOAD;
use crate::commands::{self, DiffOptions, OnRequest, PageState, Pdfs, ShownFinding, Since};
use crate::load::Repository;
use crate::render::{self, HTML_FILE, changes};
use crate::text::SourceFile;
use crate::write::fingerprint;

/// How the path begins of everything that has to do with writing.
const WRITING: &str = "/api/edit/";
/// The page of what has changed since the newest version in git.
const CHANGES_FILE: &str = "aendringer.html";
/// A request that only asks has no body to speak of.
const NO_BODY: u64 = 0;
/// No form is larger, in bytes: a file may have four megabytes.
const LARGEST_FORM: u64 = 8_000_000;
/// How many lines are shown around the one that a finding is about.
const AROUND: usize = 2;
/// No line is shown longer, in characters.
const LONGEST_LINE: usize = 600;

/// What the frame may load: its own files, and the pages inside it.
const FRAME_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a protocol's page may load: what it has in itself, and of scripts its own alone.
static PAGE_POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{}'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'",
        render::script_hash()
    )
});
/// What a browser's viewer of PDFs needs.
const PDF_POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; \
     frame-ancestors 'self'";

/// Everything that answers rest on.
pub(super) struct Routes {
    pub(super) guard: Guard,
    pub(super) live: Arc<Live>,
    pub(super) repository: Repository,
    pub(super) options: ServeOptions,
    pub(super) pdfs: Pdfs,
    /// The files that have been written since the start.
    pub(super) written: Mutex<BTreeSet<String>>,
}

impl Answers for Routes {
    fn takes(&self, request: &Request, bytes: u64) -> Result<(), Reply> {
        if let Some(refusal) = self.guard.refuse(request) {
            return Err(refusal);
        }
        let is_writing = request.path.starts_with(WRITING);
        if is_writing && let Some(refusal) = self.guard.refuse_writer(request) {
            return Err(refusal);
        }
        let most = if is_writing {
            most_bytes(&request.path)
        } else {
            NO_BODY
        };
        if bytes > most {
            return Err(Reply::text(
                Status::TooLarge,
                "Det, der er sendt, er for stort.\n",
            ));
        }
        Ok(())
    }

    fn answer(&self, request: Request) -> Reply {
        let Some(names) = names(&request.path) else {
            return Reply::text(
                Status::BadRequest,
                "Sådan ser ingen af vores adresser ud.\n",
            );
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if let ["api", "edit", what] = names.as_slice() {
            return self.edit(what, &request);
        }
        if !request.is_get() {
            return Reply::text(Status::NotAllowed, "Her kan der kun læses.\n")
                .with("allow", "GET");
        }
        let answered = match names.as_slice() {
            [] => Ok(html(page::FRAME).allowing(FRAME_POLICY)),
            ["app", name] => Ok(match page::file(name) {
                Some((kind, text)) => Reply::of(kind, text.as_bytes()),
                None => missing(),
            }),
            ["sider"] | ["sider", HTML_FILE] => self.area_page(),
            ["sider", slug, rest @ ..] => self.page(slug, rest),
            ["api", "state"] => Ok(self.state(&request)),
            ["api", "events"] => Ok(match self.live.listen() {
                Some(events) => Reply::events(events),
                None => Reply::text(Status::Unavailable, "Der er for mange faner åbne.\n"),
            }),
            _ => Ok(missing()),
        };
        answered.unwrap_or_else(|error| {
            let said = masked(&format!("{error:#}\n")).into_owned();
            Reply::text(Status::Bug, &said)
        })
    }
}

fn html(text: &str) -> Reply {
    Reply::of("text/html; charset=utf-8", text.as_bytes())
}

fn missing() -> Reply {
    Reply::text(Status::NotFound, "Den side er der ikke.\n")
}

impl Routes {
    fn area_page(&self) -> Result<Reply> {
        Ok(html(&self.live.area_page()?).allowing(PAGE_POLICY.as_str()))
    }

    /// A protocol's page, or a file beside it.
    fn page(&self, slug: &str, rest: &[&str]) -> Result<Reply> {
        let standing = self.live.standing();
        // Before the first look is over nothing is known, and whoever asks waits in `page`.
        let is_known =
            standing.version == 0 || standing.protocols.iter().any(|line| line.slug == slug);
        if !is_known {
            return Ok(missing());
        }
        let name = rest.join("/");
        if name.is_empty() || name == HTML_FILE {
            let page = self.live.page(slug)?;
            return Ok(page.map_or_else(missing, |page| {
                html(&page.html)
                    .allowing(PAGE_POLICY.as_str())
                    .with("x-rusprot-edition", page.edition.to_string())
            }));
        }
        if name == CHANGES_FILE {
            return self.changes(slug);
        }
        let today = (self.options.day)();
        let options = &self.options.preview;
        let place = (slug, name.as_str());
        let made = commands::file_on_request(&self.repository, options, &self.pdfs, today, place)?;
        Ok(match made {
            OnRequest::Made(bytes) => {
                let kind = media_type(&name);
                let policy = if kind == "application/pdf" {
                    PDF_POLICY
                } else {
                    PAGE_POLICY.as_str()
                };
                Reply::of(kind, bytes).allowing(policy)
            }
            OnRequest::Missing => missing(),
            OnRequest::Refused(said) => Reply::text(Status::Unavailable, &format!("{said}\n")),
        })
    }

    /// What has changed since the newest version in git, as `diff` tells it.
    fn changes(&self, slug: &str) -> Result<Reply> {
        let options = DiffOptions {
            protocols: vec![slug.to_owned()],
            since: Since::Revision("HEAD".to_owned()),
            threads: self.options.preview.threads,
        };
        Ok(match commands::diff(&self.repository, &options)? {
            Ok(report) => html(&changes::html(&report)).allowing(PAGE_POLICY.as_str()),
            Err(error) => Reply::text(Status::Unprocessable, &format!("{error}\n")),
        })
    }

    /// Letters that this repository is known by to a browser, which may keep drafts of several.
    fn repository_id(&self) -> String {
        let root = self.repository.root().to_string_lossy();
        fingerprint([root.as_bytes()]).chars().take(12).collect()
    }

    /// How everything stands, as data; the findings are those of the protocol that is asked for and of the area.
    fn state(&self, request: &Request) -> Reply {
        let standing = self.live.standing();
        let slug = request.asked("protokol").unwrap_or_default();
        let concerned = |shown: &&ShownFinding| {
            let own = shown.finding.protocol.as_deref();
            own.is_none_or(|own| own == slug)
        };
        let findings = standing.findings.iter().filter(concerned);
        let findings: Vec<Value> = findings.map(finding_as_data).collect();
        let mut state = standing_as_data(&standing);
        state["findings"] = Value::from(findings);
        state["edit"] = Value::from(self.guard.lets_write());
        state["repository"] = Value::from(self.repository_id());
        Reply::json(Status::Ok, &state)
    }
}

fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "md" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn standing_as_data(standing: &Standing) -> Value {
    let state = |state| match state {
        PageState::Fresh => "fresh",
        PageState::Former => "former",
        PageState::Partial => "partial",
    };
    let edition = |(id, name): &(String, String)| json!({ "id": id, "name": name });
    let protocol = |line: &Line| {
        json!({
            "slug": line.slug,
            "name": line.institution,
            "title": line.title,
            "editions": line.editions.iter().map(edition).collect::<Vec<_>>(),
            "edition": line.page.map(|(edition, _)| edition),
            "page": line.page.map(|(_, how)| state(how)),
            "errors": line.errors,
            "warnings": line.warnings,
        })
    };
    json!({
        "version": standing.version,
        "area": standing.area,
        "problem": standing.problem,
        "protocols": standing.protocols.iter().map(protocol).collect::<Vec<_>>(),
    })
}

pub(super) fn finding_as_data(shown: &ShownFinding) -> Value {
    let finding = &shown.finding;
    let place = &finding.place;
    let start = place.file.position(place.span.start());
    let line = start.line.get();
    json!({
        "code": finding.code.number(),
        "rule": finding.code.name(),
        "level": finding.level.english(),
        "message": masked(&finding.message),
        "help": finding.help.as_deref().map(masked),
        "path": masked(place.file.path()),
        "line": line,
        "column": start.column.get(),
        "anchor": shown.anchor,
        "lines": excerpt(&place.file, line as usize),
    })
}

/// The lines around one, each with its number.
fn excerpt(file: &SourceFile, line: usize) -> Vec<(usize, String)> {
    let first = line.saturating_sub(AROUND).max(1);
    let lines = file.text().lines().enumerate().skip(first - 1);
    let lines = lines.take(line + AROUND + 1 - first);
    lines
        .map(|(index, text)| {
            let text: String = text.chars().take(LONGEST_LINE).collect();
            (index + 1, masked(&text).into_owned())
        })
        .collect()
}

/// The most bytes that are read for a path of writing.
fn most_bytes(path: &str) -> u64 {
    if path.ends_with("/picture") {
        LARGEST_UPLOAD
    } else {
        LARGEST_FORM
    }
}
