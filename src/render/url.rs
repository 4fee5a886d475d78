//! Addresses of links: which may be followed, and how they are spelled.
//!
//! `model` has checked them; this is the second lock on the same door.

use std::borrow::Cow;

/// The schemes a reader can follow.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// Whether a link may lead there.
pub(super) fn is_followed(url: &str) -> bool {
    SCHEMES.iter().any(|scheme| {
        let is_own = url
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        // An address of the web without a host is led by browsers to whatever they make of it.
        is_own && (!scheme.starts_with("http") || url[scheme.len()..].starts_with("//"))
    })
}

/// An address with everything percent-encoded that the URL standard does not allow in one, and without
/// parentheses, which end an address in Markdown. What is encoded already stays as it is.
pub(super) fn encode(url: &str) -> Cow<'_, str> {
    if url.bytes().all(is_plain) {
        return Cow::Borrowed(url);
    }
    let mut encoded = String::with_capacity(url.len() + 16);
    for (at, c) in url.char_indices() {
        if is_allowed(c) || c == '%' && is_escape(&url[at..]) {
            encoded.push(c);
        } else {
            percent(&mut encoded, c);
        }
    }
    Cow::Owned(encoded)
}

/// A path of a file beside the page, as an address: no letter of it means anything but itself.
pub(super) fn path(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        if c == '/' || u8::try_from(c).is_ok_and(is_unreserved) {
            encoded.push(c);
        } else {
            percent(&mut encoded, c);
        }
    }
    encoded
}

/// An anchor as it stands in the attribute `id`: without white space, which would end it.
pub(super) fn anchor(id: &str) -> Cow<'_, str> {
    if id.contains(char::is_whitespace) {
        Cow::Owned(id.replace(char::is_whitespace, "_"))
    } else {
        Cow::Borrowed(id)
    }
}

/// An anchor as it stands behind `#`.
pub(super) fn fragment(id: &str) -> Cow<'_, str> {
    let anchor = anchor(id);
    if anchor.bytes().all(is_unreserved) {
        return anchor;
    }
    let mut encoded = String::with_capacity(anchor.len() + 8);
    for c in anchor.chars() {
        if u8::try_from(c).is_ok_and(is_unreserved) {
            encoded.push(c);
        } else {
            percent(&mut encoded, c);
        }
    }
    Cow::Owned(encoded)
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

const fn is_plain(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(
            byte,
            b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&' | b'+' | b',' | b';' | b'='
        )
}

fn is_allowed(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| byte.is_ascii() && is_plain(byte))
        || !c.is_ascii() && c.is_alphanumeric()
}

/// Whether a text begins with `%` and two hexadecimal digits.
fn is_escape(text: &str) -> bool {
    let digits = text.as_bytes().get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn percent(out: &mut String, c: char) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push('%');
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_mail_and_telephone_are_followed() {
        for url in [
            "https://a.test",
            "HTTP://a.test",
            "mailto:a@b.test",
            "tel:112",
        ] {
            assert!(is_followed(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.test",
            "",
            "ø",
            " https://a",
        ] {
            assert!(!is_followed(url), "{url}");
        }
    }

    #[test]
    fn what_could_end_an_address_is_encoded() {
        assert_eq!(
            encode("https://a.test/å b?c=\"><i>&d=%41%"),
            "https://a.test/å%20b?c=%22%3E%3Ci%3E&d=%41%25"
        );
        assert_eq!(encode("https://a.test/(b)\\"), "https://a.test/%28b%29%5C");
        assert_eq!(
            encode("https://a.test/\u{202e}"),
            "https://a.test/%E2%80%AE"
        );
    }

    #[test]
    fn no_letter_of_a_path_means_anything_but_itself() {
        assert_eq!(
            path("filer/a b#1?å%41.pdf"),
            "filer/a%20b%231%3F%C3%A5%2541.pdf"
        );
        assert_eq!(path("javascript:x"), "javascript%3Ax");
    }

    #[test]
    fn an_anchor_has_no_white_space_and_its_address_only_plain_letters() {
        assert_eq!(anchor("a b"), "a_b");
        assert_eq!(fragment("gæst \"1\""), "g%C3%A6st_%221%22");
        assert_eq!(fragment("husorden"), "husorden");
    }
}
