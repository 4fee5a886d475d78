//! Requests and answers as data.

use std::sync::Arc;

use serde_json::Value;

/// A request that has been read whole.
#[derive(Debug, Default)]
pub(in crate::serve) struct Request {
    /// `GET`, `POST` and the like.
    pub(in crate::serve) method: String,
    /// The path as it was sent, without what is asked behind `?`.
    pub(in crate::serve) path: String,
    /// What stands behind `?`.
    pub(in crate::serve) query: String,
    /// The headers, their names in small letters.
    pub(in crate::serve) headers: Vec<(String, String)>,
    /// The body.
    pub(in crate::serve) body: Vec<u8>,
}

impl Request {
    /// A header by its name in small letters. One that is sent twice is read as none can be: both in one.
    pub(in crate::serve) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(own, _)| own == name);
        let (_, value) = found.next()?;
        if found.next().is_some() {
            return Some("?");
        }
        Some(value)
    }

    /// Whether nothing but an answer is asked for.
    pub(in crate::serve) fn is_get(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// A value behind `?`, by its name.
    pub(in crate::serve) fn asked(&self, name: &str) -> Option<String> {
        let pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(own, _)| *own == name);
        values.next().and_then(|(_, value)| decoded(value))
    }
}

/// A value as it was before it became part of an address.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Status {
    Ok,
    NotModified,
    BadRequest,
    Forbidden,
    NotFound,
    NotAllowed,
    Conflict,
    TooLarge,
    Unprocessable,
    Misdirected,
    TooManyHeaders,
    Bug,
    Unavailable,
}

impl Status {
    /// The line of the answer.
    pub(super) const fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::NotModified => "304 Not Modified",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::NotAllowed => "405 Method Not Allowed",
            Self::Conflict => "409 Conflict",
            Self::Unprocessable => "422 Unprocessable Content",
            Self::TooLarge => "413 Content Too Large",
            Self::Misdirected => "421 Misdirected Request",
            Self::TooManyHeaders => "431 Request Header Fields Too Large",
            Self::Bug => "500 Internal Server Error",
            Self::Unavailable => "503 Service Unavailable",
        }
    }
}

/// What comes back.
#[derive(Debug)]
pub(in crate::serve) struct Reply {
    pub(in crate::serve) status: Status,
    /// `text/html; charset=utf-8` and the like.
    pub(in crate::serve) kind: &'static str,
    /// What the page may load, as a Content-Security-Policy.
    pub(in crate::serve) policy: &'static str,
    /// Further headers.
    pub(in crate::serve) headers: Vec<(&'static str, String)>,
    pub(in crate::serve) body: Body,
}

/// What an answer holds.
#[derive(Debug)]
pub(in crate::serve) enum Body {
    /// Bytes.
    Whole(Arc<[u8]>),
    /// Events, for as long as somebody listens.
    Events(async_channel::Receiver<Arc<str>>),
}

/// Nothing at all may be loaded, run or shown around it.
const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

impl Reply {
    /// An answer of a kind, around which nothing may be loaded.
    pub(in crate::serve) fn of(kind: &'static str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            status: Status::Ok,
            kind,
            policy: NOTHING,
            headers: Vec::new(),
            body: Body::Whole(bytes.into()),
        }
    }

    /// A sentence.
    pub(in crate::serve) fn text(status: Status, text: &str) -> Self {
        Self {
            status,
            ..Self::of("text/plain; charset=utf-8", text.as_bytes())
        }
    }

    /// Data.
    pub(in crate::serve) fn json(status: Status, value: &Value) -> Self {
        Self {
            status,
            ..Self::of("application/json", value.to_string().into_bytes())
        }
    }

    /// Events.
    pub(in crate::serve) fn events(events: async_channel::Receiver<Arc<str>>) -> Self {
        Self {
            body: Body::Events(events),
            ..Self::of("text/event-stream", Vec::new())
        }
    }

    /// The same with what the page may load.
    #[must_use]
    pub(in crate::serve) const fn allowing(mut self, policy: &'static str) -> Self {
        self.policy = policy;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub(in crate::serve) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_decoded_and_a_header_sent_twice_is_no_header() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let request = Request {
            query: "protokol=b%C3%B8gely&navn=a+b&tom=".to_owned(),
            headers: vec![header("host", "a"), header("host", "b"), header("x", "y")],
            ..Request::default()
        };
        assert_eq!(request.asked("protokol").as_deref(), Some("bøgely"));
        assert_eq!(request.asked("navn").as_deref(), Some("a b"));
        assert_eq!(request.asked("tom").as_deref(), Some(""));
        assert_eq!(request.asked("x"), None);
        assert_eq!(
            (request.header("host"), request.header("x")),
            (Some("?"), Some("y"))
        );
    }
}
