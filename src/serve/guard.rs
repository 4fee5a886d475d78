//! Who may ask for what: a browser on this machine that has opened our own address, and for what has to do with
//! writing, one that knows the token of this start.
//!
//! Any page on the net can have a browser send requests here. It cannot choose `Host` and `Origin`, and cannot
//! read what comes back.

use std::fmt;

use anyhow::{Context, Result};

use super::http::{Reply, Request, Status};
use crate::text::hex;

/// A word that only this start of the program knows. It stands behind `#` in the address that is opened, which
/// no browser sends anywhere; the page gives it back with everything that has to do with writing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A new one, from the system's source of chance.
    pub(super) fn new() -> Result<Self> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).context("systemet giver ingen tilfældige tal")?;
        Ok(Self(hex(&bytes)))
    }

    /// The word.
    pub(super) fn word(&self) -> &str {
        &self.0
    }

    /// Whether a word is this one. How long that takes tells nothing of where they differ.
    fn is(&self, word: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), word.as_bytes());
        let pairs = own.iter().zip(other);
        own.len() == other.len() && pairs.fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

/// What looks at every request before anybody answers it.
#[derive(Debug)]
pub(super) struct Guard {
    /// The names this server goes by, with the port.
    hosts: Vec<String>,
    /// The token, where something can be written.
    token: Option<Token>,
}

impl Guard {
    /// One for a server on this port.
    pub(super) fn new(port: u16, token: Option<Token>) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        Self {
            hosts: names.map(|name| format!("{name}:{port}")).to_vec(),
            token,
        }
    }

    /// Refuses what no page of ours has sent.
    pub(super) fn refuse(&self, request: &Request) -> Option<Reply> {
        let host = request.header("host").unwrap_or_default();
        if !self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)) {
            return Some(Reply::text(
                Status::Misdirected,
                "Denne adresse er ikke vores. Åbn den, der står i terminalen.\n",
            ));
        }
        let origin = request.header("origin");
        let is_own = |origin: &str| {
            let host = origin.strip_prefix("http://");
            host.is_some_and(|host| self.hosts.iter().any(|own| own == host))
        };
        let from_elsewhere = origin.is_some_and(|origin| !is_own(origin));
        let site = request.header("sec-fetch-site").unwrap_or("none");
        let is_opened = request.header("sec-fetch-mode") == Some("navigate") && request.is_get();
        if from_elsewhere || (!matches!(site, "none" | "same-origin") && !is_opened) {
            return Some(Reply::text(
                Status::Forbidden,
                "En anden side må ikke spørge her.\n",
            ));
        }
        None
    }

    /// Whether something can be written at all.
    pub(super) const fn lets_write(&self) -> bool {
        self.token.is_some()
    }

    /// Refuses somebody who does not know the token.
    pub(super) fn refuse_writer(&self, request: &Request) -> Option<Reply> {
        let Some(token) = &self.token else {
            return Some(Reply::text(Status::NotAllowed, "Her kan der kun læses.\n"));
        };
        let word = request.header("x-rusprot").unwrap_or_default();
        (!token.is(word)).then(|| {
            Reply::json(
                Status::Forbidden,
                &serde_json::json!({
                    "error": "token",
                    "message": "Siden er åbnet uden nøglen fra terminalen. Åbn den adresse, der står dér.",
                }),
            )
        })
    }
}

/// A path of a request as the names between its slashes; `None` for one that is not spelled as our own pages
/// spell it: steps up, empty names, backslashes, and letters that are encoded without need.
pub(super) fn names(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/')?;
    if path.is_empty() {
        return Some(Vec::new());
    }
    path.split('/').map(name).collect()
}

fn name(spelled: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(spelled.len());
    let mut rest = spelled.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let value = digit(rest.next())? * 16 + digit(rest.next())?;
                let value = u8::try_from(value).ok()?;
                // A letter of ASCII that hides behind an escape is up to something, but for a few signs that
                // an address cannot hold.
                if value.is_ascii() && !b" ()'!,;=+&@$[]{}".contains(&value) {
                    return None;
                }
                bytes.push(value);
            }
            b'\\' | 0..=0x20 | 0x7F.. => return None,
            byte => bytes.push(byte),
        }
    }
    let name = String::from_utf8(bytes).ok()?;
    let is_step = name.is_empty() || name.bytes().all(|byte| byte == b'.');
    (!is_step).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_names_as_our_pages_spell_them() {
        assert_eq!(names("/"), Some(Vec::new()));
        let path = ["sider", "bøgely", "a b.pdf"].map(str::to_owned);
        assert_eq!(names("/sider/b%C3%B8gely/a%20b.pdf"), Some(path.to_vec()));
        for wrong in [
            "",
            "sider",
            "//etc",
            "/sider/../x",
            "/sider/./x",
            "/sider/...",
            "/sider/%2e%2e/x",
            "/sider/%2E./x",
            "/sider/a%2fb",
            "/sider/a%5cb",
            "/sider/a\\b",
            "/sider/%00",
            "/sider/%61",
            "/sider/%",
            "/sider/%C3",
            "/sider/",
            "/sider/ø",
        ] {
            assert_eq!(names(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_token_is_long_and_never_the_same() {
        let (one, other) = (Token::new(), Token::new());
        let (one, other) = (one.expect("chance"), other.expect("chance"));
        assert_eq!(one.word().len(), 48);
        assert!(one.is(one.word()) && !one.is(other.word()) && !one.is(""));
    }
}
