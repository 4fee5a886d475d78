//! One connection: requests one after another, each read within its bounds, and their answers.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use async_io::{Async, Timer};
use futures_lite::{AsyncReadExt, AsyncWriteExt, future};

use super::message::{Body, Reply, Request, Status};
use super::{Seat, Shared};

/// No head of a request is longer, and none has more headers.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// How long a head may take once it has begun, a silent connection may stay, a body may take, an answer may
/// take to be fetched.
const HEAD_LIMIT: Duration = Duration::from_secs(10);
const SILENCE_LIMIT: Duration = Duration::from_secs(60);
const BODY_LIMIT: Duration = Duration::from_secs(120);
const ANSWER_LIMIT: Duration = Duration::from_secs(120);
/// How often a browser is told that somebody is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How much, and for how long, is read and thrown away of a body that was refused, so that the refusal arrives.
const WASTE: usize = 64 * 1024 * 1024;
const WASTE_LIMIT: Duration = Duration::from_secs(2);

/// Something that must not take longer.
async fn within<T>(limit: Duration, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let late = async {
        Timer::after(limit).await;
        Err(io::ErrorKind::TimedOut.into())
    };
    future::or(work, late).await
}

/// A head that has been read.
struct Head {
    request: Request,
    /// How many bytes of the buffer it took.
    length: usize,
    body: u64,
    stays: bool,
    waits_for_leave: bool,
}

/// Serves a connection until it ends.
pub(super) async fn connection(
    stream: &Async<TcpStream>,
    seat: &Seat,
    shared: &Shared,
) -> io::Result<()> {
    stream.get_ref().set_nodelay(true)?;
    let mut buffer = Vec::new();
    loop {
        seat.waits(true);
        if buffer.is_empty() && within(SILENCE_LIMIT, more(stream, &mut buffer)).await? == 0 {
            return Ok(());
        }
        let head = within(HEAD_LIMIT, head(stream, &mut buffer)).await?;
        seat.waits(false);
        let head = match head {
            Ok(head) => head,
            Err(status) => {
                let refusal = Reply::text(status, "Det kan ikke læses.\n");
                return refused(stream, refusal, false).await;
            }
        };
        buffer.drain(..head.length);
        let is_head = head.request.method == "HEAD";
        let mut request = head.request;
        if let Err(refusal) = shared.answers.takes(&request, head.body) {
            return refused(stream, refusal, is_head).await;
        }
        let length = usize::try_from(head.body).map_err(|_| io::ErrorKind::InvalidData)?;
        if head.waits_for_leave && buffer.len() < length {
            let leave = b"HTTP/1.1 100 Continue\r\n\r\n";
            within(ANSWER_LIMIT, (&mut &*stream).write_all(leave)).await?;
        }
        within(BODY_LIMIT, async {
            while buffer.len() < length {
                if more(stream, &mut buffer).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Ok(())
        })
        .await?;
        request.body = buffer.drain(..length).collect();
        let reply = shared.answer(request).await;
        if let Body::Events(events) = &reply.body {
            return tell(stream, &reply, events).await;
        }
        within(ANSWER_LIMIT, write(stream, &reply, head.stays, is_head)).await?;
        if !head.stays {
            return Ok(());
        }
        // What a large request took is not kept for a silent connection.
        buffer.shrink_to(LONGEST_HEAD);
    }
}

/// Reads what has come; says how much that is, 0 at the end.
async fn more(stream: &Async<TcpStream>, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut chunk = [0; 8 * 1024];
    let read = (&mut &*stream).read(&mut chunk).await?;
    buffer.extend_from_slice(&chunk[..read]);
    Ok(read)
}

/// Reads a head; the inner error is what to answer to one that cannot be read.
async fn head(stream: &Async<TcpStream>, buffer: &mut Vec<u8>) -> io::Result<Result<Head, Status>> {
    loop {
        match parsed(buffer) {
            Ok(Some(head)) => return Ok(Ok(head)),
            Err(status) => return Ok(Err(status)),
            Ok(None) if buffer.len() > LONGEST_HEAD => return Ok(Err(Status::TooManyHeaders)),
            Ok(None) => {}
        }
        if more(stream, buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// The head at the beginning of some bytes; `None` where it has not ended yet.
fn parsed(bytes: &[u8]) -> Result<Option<Head>, Status> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parser = httparse::Request::new(&mut headers);
    let length = match parser.parse(&bytes[..bytes.len().min(LONGEST_HEAD)]) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Status::TooManyHeaders),
        Err(_) => return Err(Status::BadRequest),
    };
    let target = parser.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = parser.headers.iter().map(|header| {
        let value = String::from_utf8_lossy(header.value).trim().to_owned();
        (header.name.to_ascii_lowercase(), value)
    });
    let request = Request {
        method: parser.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    // Only one way to say how long a body is, so that nobody else can read it as another.
    if request.header("transfer-encoding").is_some() {
        return Err(Status::BadRequest);
    }
    let body = match request.header("content-length") {
        None => 0,
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map_err(|_| Status::TooLarge)?
        }
        Some(_) => return Err(Status::BadRequest),
    };
    let connection = request.header("connection").unwrap_or_default();
    let stays = parser.version == Some(1) && !connection.eq_ignore_ascii_case("close");
    let expect = request.header("expect").unwrap_or_default();
    Ok(Some(Head {
        waits_for_leave: expect.eq_ignore_ascii_case("100-continue"),
        request,
        length,
        body,
        stays,
    }))
}

/// The head of an answer.
fn answer_head(reply: &Reply, length: Option<usize>, stays: bool) -> String {
    let mut head = format!(
        "HTTP/1.1 {}\r\ncontent-type: {}\r\ncontent-security-policy: {}\r\n\
         x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\ncache-control: no-store\r\n\
         cross-origin-resource-policy: same-origin\r\ncross-origin-opener-policy: same-origin\r\n\
         permissions-policy: camera=(), microphone=(), geolocation=()\r\n",
        reply.status.line(),
        reply.kind,
        reply.policy,
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(length) = length {
        head.push_str(&format!("content-length: {length}\r\n"));
    }
    head.push_str(if stays {
        "connection: keep-alive\r\n\r\n"
    } else {
        "connection: close\r\n\r\n"
    });
    head
}

async fn write(
    mut stream: &Async<TcpStream>,
    reply: &Reply,
    stays: bool,
    is_head: bool,
) -> io::Result<()> {
    let Body::Whole(bytes) = &reply.body else {
        return Ok(());
    };
    let head = answer_head(reply, Some(bytes.len()), stays);
    if is_head || reply.status == Status::NotModified {
        return stream.write_all(head.as_bytes()).await;
    }
    // Small answers go in one piece.
    if bytes.len() < 64 * 1024 {
        return stream.write_all(&[head.as_bytes(), bytes].concat()).await;
    }
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(bytes).await
}

/// Answers a request that is not read to its end, and ends the connection so that the answer arrives.
async fn refused(stream: &Async<TcpStream>, refusal: Reply, is_head: bool) -> io::Result<()> {
    within(ANSWER_LIMIT, write(stream, &refusal, false, is_head)).await?;
    stream.get_ref().shutdown(std::net::Shutdown::Write)?;
    let waste = async {
        let mut wasted = 0;
        let mut buffer = Vec::new();
        while wasted < WASTE {
            match more(stream, &mut buffer).await? {
                0 => break,
                read => wasted += read,
            }
            buffer.clear();
        }
        Ok(())
    };
    within(WASTE_LIMIT, waste).await
}

/// Tells events until nobody listens any more.
async fn tell(
    mut stream: &Async<TcpStream>,
    reply: &Reply,
    events: &async_channel::Receiver<Arc<str>>,
) -> io::Result<()> {
    let head = answer_head(reply, None, false);
    within(ANSWER_LIMIT, stream.write_all(head.as_bytes())).await?;
    loop {
        let event = async { events.recv().await.map(Some) };
        let beat = async {
            Timer::after(HEARTBEAT).await;
            Ok(None)
        };
        let gone = async {
            // A browser sends nothing here; what it does is end.
            let mut byte = [0];
            let _end = (&mut &*stream).read(&mut byte).await;
            Err(async_channel::RecvError)
        };
        let Ok(event) = future::or(gone, future::or(event, beat)).await else {
            return Ok(());
        };
        let told = event.map_or_else(|| ":\n\n".to_owned(), |event| format!("data: {event}\n\n"));
        within(ANSWER_LIMIT, stream.write_all(told.as_bytes())).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Option<Head>, Status> {
        parsed(head.as_bytes())
    }

    #[test]
    fn a_head_is_read_when_it_has_come_whole() {
        assert!(matches!(read("GET / HTTP/1.1\r\nHost: a\r\n"), Ok(None)));
        let head = read("POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\nrest");
        let head = head.expect("it is well formed").expect("it is whole");
        assert_eq!(head.request.path, "/a");
        assert_eq!(head.request.query, "b=c");
        assert_eq!((head.body, head.stays, head.length), (12, true, 53));
    }

    #[test]
    fn a_length_that_could_be_read_in_two_ways_is_refused() {
        for wrong in [
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: 1\r\nContent-Length: 2\r\n",
            "Content-Length: +1\r\n",
            "Content-Length: 1, 1\r\n",
        ] {
            let head = format!("POST / HTTP/1.1\r\n{wrong}\r\n");
            assert_eq!(read(&head).err(), Some(Status::BadRequest), "{wrong}");
        }
        let huge = "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n";
        assert_eq!(read(huge).err(), Some(Status::TooLarge));
    }
}
