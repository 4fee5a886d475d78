//! The pages kept true: one thread that looks at the files, brings the preview up to date and tells the browsers.
//!
//! Whatever goes wrong in it becomes a sentence above the last good pages; they are never taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use super::ServeOptions;
use super::guard::Token;
use super::watch::Watch;
use crate::check::masked;
use crate::commands::{Changed, Page, PageState, Preview, ShownFinding};
use crate::diag::Level;
use crate::load::Repository;

/// How often files are looked at while somebody watches, and while nobody does.
const PAUSE: Duration = Duration::from_millis(40);
const LONG_PAUSE: Duration = Duration::from_millis(300);
/// A look at all files costs at most this part of the time.
const SHARE: u32 = 15;
/// How long a file is left alone that is being written: an editor may empty it first.
const SETTLED: Duration = Duration::from_millis(12);
/// How often that is waited for.
const SETTLE_TRIES: usize = 8;
/// Of what changed last, no more protocols than this are looked at as often as those that somebody reads.
const MOST_RECENT: usize = 8;
/// No browser lags behind by more events than this; one that does begins anew.
const MOST_EVENTS: usize = 32;
/// No more browsers than this are told.
const MOST_LISTENERS: usize = 64;

/// How everything stands, for whoever asks.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Counts up with each change.
    pub(super) version: u64,
    /// The area's name.
    pub(super) area: String,
    /// The protocols in order.
    pub(super) protocols: Vec<Line>,
    /// Every finding, in the order of reports.
    pub(super) findings: Vec<ShownFinding>,
    /// What keeps the pages from being brought up to date, if anything does.
    pub(super) problem: Option<String>,
}

/// A protocol in the list.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) slug: String,
    pub(super) institution: String,
    pub(super) title: String,
    /// Its editions for some of the readers: the id and the name of each.
    pub(super) editions: Vec<(String, String)>,
    /// The edition of its page and how that stands, once somebody has asked for it.
    pub(super) page: Option<(u64, PageState)>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// What the thread is asked for.
enum Ask {
    Page(String, Sender<Result<Option<Page>>>),
    Area(Sender<Result<String>>),
    /// Somebody has written a file just now.
    Look(Sender<()>),
}

/// The pages as they are, and the browsers that are told when they change.
pub(super) struct Live {
    /// Which start of the program this is: page numbers begin anew with each.
    run: String,
    standing: Mutex<Arc<Standing>>,
    listeners: Mutex<Vec<async_channel::Sender<Arc<str>>>>,
    asks: Mutex<Sender<Ask>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change is one assignment, so a panic leaves it whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Live {
    /// Starts the thread, which first makes what there is.
    pub(super) fn start(
        repository: &Repository,
        options: &ServeOptions,
        told: Sender<Result<String>>,
    ) -> Result<Arc<Self>> {
        let preview = Preview::new(repository, options.preview.clone())?;
        let (sender, asks) = mpsc::channel();
        let live = Arc::new(Self {
            run: Token::new()?.word().to_owned(),
            standing: Mutex::default(),
            listeners: Mutex::default(),
            asks: Mutex::new(sender),
        });
        let mut keeper = Keeper {
            live: Arc::clone(&live),
            watch: Watch::begin(repository),
            repository: repository.clone(),
            options: options.clone(),
            preview,
            told,
            recent: BTreeSet::new(),
            behind: true,
        };
        thread::Builder::new()
            .name("sider".to_owned())
            .spawn(move || keeper.keep(&asks))
            .context("der kan ikke startes flere tråde på denne maskine")?;
        Ok(live)
    }

    /// How everything stands.
    pub(super) fn standing(&self) -> Arc<Standing> {
        Arc::clone(&held(&self.standing))
    }

    /// Asks the thread for something, and waits for it.
    fn ask<T>(&self, ask: impl FnOnce(Sender<T>) -> Ask) -> Result<T> {
        let (sender, answer) = mpsc::channel();
        let gone = || anyhow!("programmet er ved at slutte");
        held(&self.asks).send(ask(sender)).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())
    }

    /// A protocol's page; `None` where there is no such protocol.
    pub(super) fn page(&self, slug: &str) -> Result<Option<Page>> {
        self.ask(|sender| Ask::Page(slug.to_owned(), sender))?
    }

    /// The area's page.
    pub(super) fn area_page(&self) -> Result<String> {
        self.ask(Ask::Area)?
    }

    /// Looks at the files at once.
    pub(super) fn look(&self) -> Result<()> {
        self.ask(Ask::Look)
    }

    /// What a browser is told from now on; `None` where there are too many already.
    pub(super) fn listen(&self) -> Option<async_channel::Receiver<Arc<str>>> {
        let mut listeners = held(&self.listeners);
        listeners.retain(|listener| !listener.is_closed());
        if listeners.len() >= MOST_LISTENERS {
            return None;
        }
        let (sender, receiver) = async_channel::bounded(MOST_EVENTS);
        listeners.push(sender);
        Some(receiver)
    }

    fn is_watched(&self) -> bool {
        let mut listeners = held(&self.listeners);
        listeners.retain(|listener| !listener.is_closed());
        !listeners.is_empty()
    }

    fn publish(&self, mut standing: Standing) {
        standing.version = self.standing().version + 1;
        let pages = standing.protocols.iter().filter_map(|line| {
            let (edition, _) = line.page?;
            Some((line.slug.clone(), Value::from(edition)))
        });
        let event = json!({
            "version": standing.version,
            "run": self.run,
            "pages": pages.collect::<serde_json::Map<_, _>>(),
        });
        let event: Arc<str> = event.to_string().into();
        *held(&self.standing) = Arc::new(standing);
        // One that is full has not read for long; it is closed, and the browser asks anew.
        held(&self.listeners).retain(|listener| listener.try_send(Arc::clone(&event)).is_ok());
    }
}

/// The thread's own things.
struct Keeper {
    live: Arc<Live>,
    watch: Watch,
    repository: Repository,
    options: ServeOptions,
    preview: Preview,
    /// What is worth telling in the terminal.
    told: Sender<Result<String>>,
    /// The protocols that changed last.
    recent: BTreeSet<String>,
    /// Whether what was seen last could not be made into pages: then all is made again.
    behind: bool,
}

impl Keeper {
    fn keep(&mut self, asks: &Receiver<Ask>) {
        self.update(&Changed::default());
        let mut all_at = Instant::now();
        loop {
            let pause = if self.live.is_watched() {
                PAUSE
            } else {
                LONG_PAUSE
            };
            if Instant::now() < all_at {
                self.look_near();
            } else {
                let cost = self.look();
                all_at = Instant::now() + pause.max(cost * SHARE);
            }
            let until = Instant::now() + pause;
            loop {
                let left = until.saturating_duration_since(Instant::now());
                match asks.recv_timeout(left) {
                    Ok(ask) => self.answer(ask),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        }
    }

    fn answer(&mut self, ask: Ask) {
        let today = (self.options.day)();
        match ask {
            Ask::Page(slug, sender) => {
                let before = self
                    .preview
                    .protocols()
                    .any(|known| known.slug == slug && known.page.is_some());
                let page = caught(|| self.preview.page(&slug, today));
                if !before && matches!(page, Ok(Some(_))) {
                    let problem = self.live.standing().problem.clone();
                    self.live.publish(standing(&self.preview, problem));
                }
                // Whoever asked may be gone.
                sender.send(page).ok();
            }
            Ask::Area(sender) => {
                sender.send(caught(|| self.preview.area_page(today))).ok();
            }
            Ask::Look(sender) => {
                self.look();
                sender.send(()).ok();
            }
        }
    }

    /// Looks at the files, and brings the pages up to date if they have changed; what the looking took. What it took
    /// to make pages does not count: whoever saves twice in a row need not wait longer for the second.
    fn look(&mut self) -> Duration {
        let began = Instant::now();
        let changed = self.watch.changed(&self.repository);
        let cost = began.elapsed();
        if let Some(changed) = changed {
            self.settle(changed);
        }
        cost
    }

    /// The same for the protocols that somebody reads or writes in, where the next change is most likely: looking at
    /// them costs next to nothing in the largest area.
    fn look_near(&mut self) {
        let wanted = self.preview.wanted().map(str::to_owned);
        let near = wanted.chain(self.recent.iter().cloned()).collect();
        if let Some(changed) = self.watch.changed_in(&near) {
            self.settle(changed);
        }
    }

    /// Waits until files that change are left alone, and brings the pages up to date.
    fn settle(&mut self, mut changed: Changed) {
        for _ in 0..SETTLE_TRIES {
            thread::sleep(SETTLED);
            let more = if changed.ground {
                self.watch.changed(&self.repository)
            } else {
                self.watch.changed_in(&changed.slugs)
            };
            let Some(more) = more else { break };
            changed.ground |= more.ground;
            changed.names |= more.names;
            changed.slugs.extend(more.slugs);
        }
        self.recent = changed.slugs.iter().take(MOST_RECENT).cloned().collect();
        self.update(&changed);
    }

    fn update(&mut self, changed: &Changed) {
        let today = (self.options.day)();
        let changed = Changed {
            ground: changed.ground || self.behind,
            ..changed.clone()
        };
        let live = Arc::clone(&self.live);
        let preview = &mut self.preview;
        let updated = caught(|| {
            preview.update(&changed, today, &mut |preview| {
                live.publish(standing(preview, None));
            })
        });
        self.behind = updated.is_err();
        if let Err(error) = updated {
            let problem = masked(&format!("{error:#}")).into_owned();
            // Nobody listens where the program is ending anyway.
            self.told.send(Ok(problem.clone())).ok();
            self.live.publish(standing(&self.preview, Some(problem)));
        }
    }
}

/// Does something of which a bug must not end the thread.
fn caught<R>(work: impl FnOnce() -> Result<R>) -> Result<R> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(anyhow!(
            "der er en fejl i programmet selv, så siden er ikke lavet om"
        ))
    })
}

fn standing(preview: &Preview, problem: Option<String>) -> Standing {
    let findings = preview.findings();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ShownFinding { finding, .. } in &findings {
        if let Some(slug) = &finding.protocol {
            let (errors, warnings) = counts.entry(slug).or_default();
            *errors += usize::from(finding.level == Level::Error);
            *warnings += usize::from(finding.level == Level::Warning);
        }
    }
    let count = |slug: &str| counts.get(slug).copied().unwrap_or_default();
    let protocols = preview.protocols().map(|shown| {
        let editions = shown.editions.iter();
        let editions = editions.map(|one| (one.id.clone(), masked(&one.name).into_owned()));
        let (errors, warnings) = count(shown.slug);
        Line {
            slug: shown.slug.to_owned(),
            institution: masked(shown.institution).into_owned(),
            title: masked(shown.title).into_owned(),
            editions: editions.collect(),
            page: shown.page.map(|page| (page.edition, page.state)),
            errors,
            warnings,
        }
    });
    Standing {
        version: 0,
        area: masked(preview.area_name()).into_owned(),
        protocols: protocols.collect(),
        problem,
        findings,
    }
}
