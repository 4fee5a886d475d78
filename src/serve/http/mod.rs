//! HTTP/1.1 on this machine: many connections on one thread, each bounded in bytes and time.
//!
//! `httparse` reads the heads, `async-io` waits. A connection that has nothing to say costs a few kilobytes and
//! no thread; where there are too many, the one that has been silent the longest goes. What is asked for is
//! worked out on threads of their own, so that a PDF keeps nobody waiting.

mod connection;
mod message;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use async_executor::LocalExecutor;
use async_io::{Async, Timer};
use futures_lite::future;

use self::connection::connection;
pub(super) use self::message::{Reply, Request, Status};

/// No more connections than this are open at a time: systems give a program about a thousand files.
const MOST_CONNECTIONS: usize = 256;
/// No more requests than this are worked on at a time.
const MOST_AT_WORK: usize = 24;
/// How long no connection is taken where the system has no room for one.
const BREATH: Duration = Duration::from_millis(50);

/// Who answers.
pub(super) trait Answers: Send + Sync {
    /// Whether a body of so many bytes is read for a request with this head; otherwise, the refusal.
    fn takes(&self, request: &Request, bytes: u64) -> Result<(), Reply>;

    /// The answer to a request. May take its time.
    fn answer(&self, request: Request) -> Reply;
}

/// The connections that are open.
#[derive(Default)]
struct Open {
    next: u64,
    /// Each with the moment since which it waits for a request, and what closes it.
    all: BTreeMap<u64, (Option<Instant>, async_channel::Sender<()>)>,
}

/// One connection's place among those that are open; given back with the value.
struct Seat {
    open: Rc<RefCell<Open>>,
    number: u64,
    /// Says when the connection is to go.
    closed: async_channel::Receiver<()>,
}

impl Seat {
    /// A place for one more. Where there are too many, the connection that has waited the longest goes; `None`
    /// where all are at work.
    fn take(open: &Rc<RefCell<Open>>) -> Option<Self> {
        let mut all = open.borrow_mut();
        if all.all.len() >= MOST_CONNECTIONS {
            let waiting = all.all.iter();
            let waiting = waiting.filter_map(|(number, (since, _))| Some(((*since)?, *number)));
            let (_, longest) = waiting.min()?;
            let (_, close) = all.all.remove(&longest)?;
            close.close();
        }
        let (sender, closed) = async_channel::bounded(1);
        let number = all.next;
        all.next += 1;
        all.all.insert(number, (Some(Instant::now()), sender));
        Some(Self {
            open: Rc::clone(open),
            number,
            closed,
        })
    }

    /// Notes whether it waits for a request.
    fn waits(&self, waits: bool) {
        if let Some((since, _)) = self.open.borrow_mut().all.get_mut(&self.number) {
            *since = waits.then(Instant::now);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.open.borrow_mut().all.remove(&self.number);
    }
}

/// What all connections share.
struct Shared {
    answers: Arc<dyn Answers>,
    /// A place at work for each that is in it.
    at_work: (async_channel::Sender<()>, async_channel::Receiver<()>),
}

impl Shared {
    /// The answer, worked out on a thread of its own.
    async fn answer(&self, request: Request) -> Reply {
        let busy = || Reply::text(Status::Unavailable, "Maskinen har for travlt. Prøv igen.\n");
        if self.at_work.0.send(()).await.is_err() {
            return busy();
        }
        let (sender, answer) = async_channel::bounded(1);
        let answers = Arc::clone(&self.answers);
        let worked = std::thread::Builder::new().spawn(move || {
            // Nobody waits any more where the connection is gone.
            sender.try_send(answers.answer(request)).ok();
        });
        let reply = match worked {
            // A bug in it has been told of on standard error.
            Ok(_) => answer.recv().await.unwrap_or_else(|_| {
                Reply::text(Status::Bug, "Der er en fejl i programmet selv.\n")
            }),
            Err(_) => busy(),
        };
        self.at_work.1.try_recv().ok();
        reply
    }
}

/// Takes connections until the program ends.
pub(super) fn serve(listener: TcpListener, answers: Arc<dyn Answers>) -> Result<()> {
    let listener = Async::new(listener).context("porten kan ikke bruges")?;
    let executor = LocalExecutor::new();
    let open = Rc::new(RefCell::new(Open::default()));
    let shared = Rc::new(Shared {
        answers,
        at_work: async_channel::bounded(MOST_AT_WORK),
    });
    let accept = async {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                Timer::after(BREATH).await;
                continue;
            };
            let Some(seat) = Seat::take(&open) else {
                continue;
            };
            executor
                .spawn(one(stream, seat, Rc::clone(&shared)))
                .detach();
            // Those that were closed to make room are to be gone before the next comes.
            future::yield_now().await;
        }
    };
    async_io::block_on(executor.run(accept))
}

/// One connection, until it ends or has to go.
async fn one(stream: Async<TcpStream>, seat: Seat, shared: Rc<Shared>) {
    let closed = async {
        // It is never sent anything, only closed.
        seat.closed.recv().await.ok();
    };
    // A connection that breaks off is nobody's fault here.
    let served = async {
        connection(&stream, &seat, &shared).await.ok();
    };
    future::or(closed, served).await;
}
