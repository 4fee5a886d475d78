//! `serve`: the pages in a browser while somebody writes, over HTTP on this machine alone.
//!
//! `http` carries requests and answers, `guard` says who may ask for what, `watch` sees that files have changed,
//! `live` keeps the pages true and tells the browsers, `routes` answers, and `edit` where somebody writes. What a page is, `commands` says; nothing
//! here prints or reads the clock.

mod edit;
mod guard;
mod http;
mod live;
mod page;
mod routes;
mod watch;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use self::guard::{Guard, Token};
use self::live::Live;
use self::routes::Routes;
use crate::commands::{Pdfs, PreviewOptions};
use crate::load::Repository;

/// The port where nobody asks for another: always the same, so that what a browser keeps is found again.
pub const USUAL_PORT: u16 = 4180;
/// How many ports from there on are tried.
const TRIES: u16 = 10;

/// How a repository is served.
#[derive(Clone)]
pub struct ServeOptions {
    /// What is shown, and how.
    pub preview: PreviewOptions,
    /// Whether the protocols can be written as well.
    pub edit: bool,
    /// The port; `None` for the usual one or, where that is taken, one of the next.
    pub port: Option<u16>,
    /// The day it is, asked for again and again, since a server may see more than one.
    pub day: Arc<dyn Fn() -> Date + Send + Sync>,
}

/// A server that has its port and answers as soon as it runs.
pub struct Server {
    listener: TcpListener,
    address: String,
    token: Option<Token>,
    repository: Repository,
    options: ServeOptions,
}

impl Server {
    /// Takes the port, on this machine alone.
    ///
    /// # Errors
    /// Where the port is taken.
    pub fn open(repository: &Repository, options: ServeOptions) -> Result<Self> {
        let listener = match options.port {
            Some(port) => bind(port).with_context(|| {
                format!("port {port} er optaget. Vælg en anden med --port NUMMER.")
            })?,
            None => usual_port()?,
        };
        let port = listener.local_addr().context("porten er væk igen")?.port();
        let token = options.edit.then(Token::new).transpose()?;
        let key = token
            .as_ref()
            .map(|token| format!("#noegle={}", token.word()));
        Ok(Self {
            address: format!("http://127.0.0.1:{port}/{}", key.unwrap_or_default()),
            token,
            listener,
            repository: repository.clone(),
            options,
        })
    }

    /// The address to open.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers until the program ends. `told` is called with what is worth telling in the terminal.
    ///
    /// # Errors
    /// Where the system takes the port away, or has no room for the threads.
    pub fn run(self, told: &dyn Fn(&str)) -> Result<()> {
        let port = self
            .listener
            .local_addr()
            .context("porten er væk igen")?
            .port();
        let (sender, news) = mpsc::channel::<Result<String>>();
        let live = Live::start(&self.repository, &self.options, sender.clone())?;
        let routes = Arc::new(Routes {
            guard: Guard::new(port, self.token),
            live,
            repository: self.repository,
            options: self.options,
            pdfs: Pdfs::default(),
            written: Mutex::default(),
        });
        thread::Builder::new()
            .name("http".to_owned())
            .spawn(move || {
                let ended = http::serve(self.listener, routes);
                // Nobody listens where the program is ending anyway.
                sender.send(ended.map(|()| String::new())).ok();
            })
            .context("der kan ikke startes flere tråde på denne maskine")?;
        for news in news {
            told(&news?);
        }
        Ok(())
    }
}

fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn usual_port() -> Result<TcpListener> {
    for port in USUAL_PORT..USUAL_PORT + TRIES {
        if let Ok(listener) = bind(port) {
            return Ok(listener);
        }
    }
    bail!(
        "portene {USUAL_PORT} til {} er alle optaget. Vælg en anden med --port NUMMER.",
        USUAL_PORT + TRIES - 1
    )
}
