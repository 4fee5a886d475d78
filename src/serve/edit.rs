//! What is asked for where somebody writes. Every request here has shown the token (`guard`); what is done is for
//! `commands::edit` to say.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::http::{Reply, Request, Status};
use super::routes::{Routes, finding_as_data};
use crate::check::masked;
use crate::commands::edit::{self, Author, NewPart, PartKind, Saved, Step, Trial, Wish};

/// A sentence about what cannot be done.
fn refused(said: &str) -> Reply {
    let said = masked(said);
    Reply::json(Status::Unprocessable, &json!({ "message": said }))
}

/// A text of a form.
fn text(body: &Value, key: &str) -> Result<String> {
    let text = body[key]
        .as_str()
        .context("det, der er sendt, kan ikke læses")?;
    Ok(text.to_owned())
}

fn wish(body: &Value) -> Result<Wish> {
    Ok(Wish {
        path: text(body, "path")?,
        version: text(body, "version")?,
        changes: body["changes"].clone(),
    })
}

impl Routes {
    /// The answer to a request of somebody who writes.
    pub(super) fn edit(&self, what: &str, request: &Request) -> Reply {
        let answered = match request.method.as_str() {
            "GET" => self.read(what, request),
            "POST" if what == "picture" => self.picture(request),
            "POST" => match serde_json::from_slice(&request.body) {
                Ok(body) => self.write(what, &body),
                Err(_) => Ok(Some(Reply::text(Status::BadRequest, "Det er ikke JSON.\n"))),
            },
            _ => Ok(Some(Reply::text(
                Status::NotAllowed,
                "Sådan skrives her ikke.\n",
            ))),
        };
        match answered {
            Ok(Some(reply)) => reply,
            Ok(None) => Reply::text(Status::NotFound, "Det er der ikke.\n"),
            Err(error) => refused(&format!("{error:#}")),
        }
    }

    fn read(&self, what: &str, request: &Request) -> Result<Option<Reply>> {
        let asked = |name: &str| request.asked(name).unwrap_or_default();
        let found = match what {
            "outline" => {
                let today = (self.options.day)();
                let slug = asked("protokol");
                self.known(&slug)?;
                let Some(outline) = edit::outline(&self.repository, &slug, today)? else {
                    return Ok(None);
                };
                outline
            }
            "open" => edit::opened(&self.repository, &asked("sti"))?,
            "versions" => {
                let slug = asked("protokol");
                self.known(&slug)?;
                json!(edit::versions(&self.repository, &slug)?)
            }
            "handover" => {
                let slug = asked("protokol");
                self.known(&slug)?;
                let mut found = json!(edit::changed_files(&self.repository, &slug)?);
                let written = self.written.lock().map(|written| written.clone());
                found["written"] = json!(written.unwrap_or_default());
                found
            }
            _ => return Ok(None),
        };
        Ok(Some(Reply::json(Status::Ok, &found)))
    }

    /// Refuses a name that is no protocol's.
    fn known(&self, slug: &str) -> Result<()> {
        let standing = self.live.standing();
        let mut lines = standing.protocols.iter();
        let known = standing.version == 0 || lines.any(|line| line.slug == slug);
        known.then_some(()).context("den protokol er der ikke")
    }

    fn write(&self, what: &str, body: &Value) -> Result<Option<Reply>> {
        Ok(Some(match what {
            "try" => self.tried(&wish(body)?)?,
            "fix" => {
                let number = body["number"]
                    .as_u64()
                    .and_then(|number| usize::try_from(number).ok());
                let number = number.context("det, der er sendt, kan ikke læses")?;
                let (options, today) = (&self.options.preview, (self.options.day)());
                let mended = edit::mended(&self.repository, options, today, &wish(body)?, number)?;
                match mended {
                    Some(values) => Reply::json(Status::Ok, &json!({ "values": values })),
                    None => refused("Det kan ikke rettes med en knap. Ret det selv i feltet."),
                }
            }
            "save" => {
                let wish = wish(body)?;
                let saved = edit::save(&self.repository, &wish)?;
                self.saved(&wish.path, saved)?
            }
            "text" => {
                let (path, version) = (text(body, "path")?, text(body, "version")?);
                let saved =
                    edit::save_text(&self.repository, &path, &version, &text(body, "text")?)?;
                self.saved(&path, saved)?
            }
            "new" => self.begun(body)?,
            "move" => {
                let step = if body["up"].as_bool() == Some(true) {
                    Step::Up
                } else {
                    Step::Down
                };
                let (path, renamed) =
                    edit::move_part(&self.repository, &text(body, "path")?, step)?;
                for (from, to) in &renamed {
                    self.note(from);
                    self.note(to);
                }
                self.live.look()?;
                Reply::json(Status::Ok, &json!({ "path": path, "renamed": renamed }))
            }
            "commit" => self.handed_over(body)?,
            "push" => match edit::push(&self.repository) {
                Ok(place) => Reply::json(Status::Ok, &json!({ "place": place })),
                Err(error) => refused(&error.to_string()),
            },
            _ => return Ok(None),
        }))
    }

    fn tried(&self, wish: &Wish) -> Result<Reply> {
        let (options, today) = (&self.options.preview, (self.options.day)());
        let trial = match edit::try_out(&self.repository, options, today, wish)? {
            Ok(trial) => trial,
            Err(said) => return Ok(refused(&said)),
        };
        Ok(Reply::json(Status::Ok, &trial_as_data(&trial, &wish.path)))
    }

    fn saved(&self, path: &str, saved: Saved) -> Result<Reply> {
        Ok(match saved {
            Saved::Written(form) => {
                self.note(path);
                self.live.look()?;
                Reply::json(Status::Ok, &form)
            }
            Saved::Another(form) => Reply::json(Status::Conflict, &form),
            Saved::Refused(said) => refused(&said),
        })
    }

    /// Notes that a file has been written here.
    fn note(&self, path: &str) {
        if let Ok(mut written) = self.written.lock() {
            written.insert(path.to_owned());
        }
    }

    fn begun(&self, body: &Value) -> Result<Reply> {
        let part = NewPart {
            slug: text(body, "protocol")?,
            kind: if body["appendix"].as_bool() == Some(true) {
                PartKind::Appendix
            } else {
                PartKind::Section
            },
            requirement: body["requirement"].as_str().map(str::to_owned),
            heading: body["heading"].as_str().unwrap_or_default().to_owned(),
        };
        Ok(match edit::begin_part(&self.repository, &part)? {
            Ok(path) => {
                self.note(&path);
                self.live.look()?;
                Reply::json(Status::Ok, &json!({ "path": path }))
            }
            Err(said) => refused(&said),
        })
    }

    fn picture(&self, request: &Request) -> Result<Option<Reply>> {
        let asked = |name: &str| request.asked(name).unwrap_or_default();
        let (slug, name) = (asked("protokol"), asked("navn"));
        let added = edit::add_picture(&self.repository, &slug, &name, &request.body)?;
        Ok(Some(match added {
            Ok(file) => {
                let folder = crate::site::area_settings(&self.repository)?
                    .0
                    .protocol_folder;
                self.note(&format!("{folder}/{slug}/{file}"));
                Reply::json(Status::Ok, &json!({ "file": file }))
            }
            Err(said) => refused(&said),
        }))
    }

    fn handed_over(&self, body: &Value) -> Result<Reply> {
        let author = Author {
            name: text(body, "name")?,
            mail: text(body, "mail")?,
        };
        let files = body["files"].as_array().into_iter().flatten();
        let files: Vec<String> = files
            .filter_map(|file| Some(file.as_str()?.to_owned()))
            .collect();
        let (slug, message) = (text(body, "protocol")?, text(body, "message")?);
        let done = edit::hand_over(&self.repository, &slug, &author, &message, &files);
        Ok(match done {
            Ok(id) => {
                if let Ok(mut written) = self.written.lock() {
                    written.retain(|path| !files.contains(path));
                }
                Reply::json(Status::Ok, &json!({ "id": id }))
            }
            Err(error) => refused(&error.to_string()),
        })
    }
}

fn trial_as_data(trial: &Trial, path: &str) -> Value {
    let findings = trial.findings.iter().enumerate().map(|(number, shown)| {
        let mut finding = finding_as_data(shown);
        finding["field"] = trial.field(shown, path).unwrap_or(Value::Null);
        let mends = shown.finding.fix.is_some() && shown.finding.place.file.path() == path;
        finding["fix"] = Value::from(mends.then_some(number));
        finding
    });
    json!({
        "current": trial.current,
        "html": trial.html,
        "findings": findings.collect::<Vec<_>>(),
    })
}
