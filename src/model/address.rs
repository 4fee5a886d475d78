//! Addresses that can never lead anywhere, seen from how they are written alone. Nothing is asked of the net.

/// Names that are set aside for examples (RFC 2606) and the computer itself.
const EXAMPLE_HOSTS: [&str; 3] = ["example.com", "example.org", "example.net"];
const RESERVED_ENDINGS: [&str; 4] = ["example", "invalid", "test", "localhost"];

/// Why an address is dead, with the piece that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadAddress<'a> {
    /// A mail address that nobody can write to.
    Mail(&'a str),
    /// A number that nobody can call.
    Phone(&'a str),
    /// A host that is set aside for examples.
    Example(&'a str),
    /// An address of the web without a host.
    NoHost(&'a str),
}

/// What is wrong with an address that cannot be somebody's (`http:`, `https:`, `mailto:` and `tel:`). One
/// with a variable that has no value is not judged.
pub fn dead_address(address: &str) -> Option<DeadAddress<'_>> {
    if address.contains("{{") {
        return None;
    }
    let (scheme, rest) = address.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => {
            let (name, host) = rest.split_once('@').unwrap_or((rest, ""));
            let dead = name.is_empty() || !looks_like_a_host(host) || is_example(host);
            dead.then_some(DeadAddress::Mail(rest))
        }
        "tel" => {
            let digits = rest.bytes().filter(u8::is_ascii_digit).count();
            (digits < 3).then_some(DeadAddress::Phone(rest))
        }
        _ => {
            let host = host(rest);
            if is_example(host) {
                return Some(DeadAddress::Example(host));
            }
            let dead = is_placeholder(host) || !host.chars().all(is_part_of_host);
            dead.then_some(DeadAddress::NoHost(address))
        }
    }
}

/// The address a telephone leads to: `tel:` and the first number in the text. Words, hours and a second number
/// behind it are not dialled; `None` where nobody can call it.
pub fn phone_address(text: &str) -> Option<String> {
    let first = text.find(|c: char| c == '+' || c.is_ascii_digit())?;
    let end = text[first..].find(|c: char| {
        !c.is_ascii_digit() && !matches!(c, '+' | ' ' | '\u{A0}' | '\u{202F}' | '-' | '.')
    });
    let number = &text[first..end.map_or(text.len(), |end| first + end)];
    let dialled = first_number(number);
    let address = format!("tel:{dialled}");
    dead_address(&address).is_none().then_some(address)
}

/// The address a mail field leads to, where somebody can write there; else `None`.
pub fn mail_address(text: &str) -> Option<String> {
    mail_link(text).filter(|address| dead_address(address).is_none())
}

/// `mailto:` and the first address in a mail field, be it anybody's or not; `None` where there is none. Words around it
/// are not written to.
pub fn mail_link(text: &str) -> Option<String> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '<' | '>'));
    let first = words.into_iter().find(|word| word.contains('@'))?;
    Some(format!("mailto:{}", first.trim_end_matches(['.', ':'])))
}

/// The digits of the first number among groups of digits. A Danish number has eight, with the code of the country
/// before them or not; what comes behind these is a second number or the hours. A short one, such as 112, is a
/// group of its own.
fn first_number(groups: &str) -> String {
    let digits: String = groups
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    for country in ["+45", "0045", "45"] {
        let length = country.len() + 8;
        if digits.starts_with(country) && digits.len() >= length {
            return digits[..length].to_owned();
        }
    }
    if digits.starts_with('+') {
        return digits;
    }
    let groups = groups.split(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = groups.filter(|group| !group.is_empty()).collect();
    let mut length = 0;
    let ends_with_a_group = groups.iter().any(|group| {
        length += group.len();
        length == 8
    });
    match groups.first() {
        _ if ends_with_a_group => digits[..8].to_owned(),
        Some(short) if short.len() >= 3 => (*short).to_owned(),
        _ => digits,
    }
}

/// Whether a character can stand in a host. One without a dot may well be found inside an organisation.
fn is_part_of_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':')
}

/// The host of what follows a scheme's colon.
fn host(rest: &str) -> &str {
    let rest = rest.trim_start_matches('/');
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    }
}

fn is_example(host: &str) -> bool {
    let ends_with = |name: &str| {
        let Some(at) = host.len().checked_sub(name.len()) else {
            return false;
        };
        host.get(at..)
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
            && (at == 0 || host.as_bytes()[at - 1] == b'.')
    };
    EXAMPLE_HOSTS
        .into_iter()
        .chain(RESERVED_ENDINGS)
        .any(ends_with)
}

/// Whether a text could be a host on the web: names with dots between them, letters at the end. An address
/// in digits is one too.
pub fn looks_like_a_host(text: &str) -> bool {
    let host = &text[..text.find(['/', '?', '#']).unwrap_or(text.len())];
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_ending = ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic)
        || host.split('.').count() == 4
            && host.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.'));
    host.contains('.') && host.split('.').all(is_label) && is_ending && !is_file_name(host)
}

/// `husorden.pdf` is a file, though it is built like a host.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit('.').next().unwrap_or_default();
    [
        "toml", "pdf", "doc", "docx", "md", "html", "htm", "txt", "xlsx", "png", "jpg",
    ]
    .iter()
    .any(|known| ending.eq_ignore_ascii_case(known))
        && text.split('.').count() == 2
}

/// Words that stand where an address is to come.
pub fn is_placeholder(typed: &str) -> bool {
    let word = typed
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    matches!(
        word.as_str(),
        "" | "todo" | "tbd" | "link" | "url" | "adresse" | "indsæt" | "mangler" | "kommer"
    ) || word.starts_with("todo")
        || word.starts_with("indsæt")
        || word.bytes().all(|byte| byte == b'x')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_files_and_words() {
        for host in [
            "borger.dk",
            "www.borger.dk/hjælp",
            "sundhed.københavn.dk",
            "192.168.0.1",
        ] {
            assert!(looks_like_a_host(host), "{host}");
        }
        for other in [
            "husorden.pdf",
            "borger",
            "bilag/3-husorden.toml",
            "v1.2",
            "",
            ".",
        ] {
            assert!(!looks_like_a_host(other), "{other}");
        }
    }

    #[test]
    fn the_first_number_of_a_telephone_is_dialled() {
        for (text, dialled) in [
            ("00 65 43 00", "00654300"),
            ("+45 00 65 43 00", "+4500654300"),
            ("+45 00 65 43 00 24 timer", "+4500654300"),
            ("+46 8 00 65 43 00", "+46800654300"),
            ("0045 00 65 43 00", "004500654300"),
            ("45 00 65 43 00", "4500654300"),
            ("112 (hele døgnet, 24 timer)", "112"),
            ("112 24 timer", "112"),
            ("1813 - 24 timer", "1813"),
            ("00654300, lokal 12", "00654300"),
            ("00 65 43 00 9-15", "00654300"),
            ("00 65 43 00 - 00 65 43 01", "00654300"),
            ("00\u{A0}65\u{A0}43\u{A0}00 / 00 65 43 01", "00654300"),
            ("Vagten: 00 65 43 00", "00654300"),
        ] {
            let address = phone_address(text);
            assert_eq!(address, Some(format!("tel:{dialled}")), "{text}");
        }
        for text in ["spørg i receptionen", "12", ""] {
            assert_eq!(phone_address(text), None, "{text}");
        }
    }

    #[test]
    fn words_around_a_mail_address_are_not_written_to() {
        for text in [
            "vagt@hus.dk",
            "Skriv til vagt@hus.dk.",
            "vagt@hus.dk (kun dag)",
            "Vagten <vagt@hus.dk>",
            "vagt@hus.dk, nat@hus.dk",
        ] {
            assert_eq!(
                mail_address(text).as_deref(),
                Some("mailto:vagt@hus.dk"),
                "{text}"
            );
        }
        for text in ["spørg i receptionen", "@", ""] {
            assert_eq!(mail_address(text), None, "{text}");
        }
    }

    #[test]
    fn the_host_stands_between_scheme_and_path() {
        assert_eq!(host("//borger.dk/side?x#y"), "borger.dk");
        assert_eq!(host("//navn@borger.dk:8080"), "borger.dk");
    }

    #[test]
    fn names_set_aside_for_examples_are_known_with_what_stands_before_them() {
        assert!(is_example("example.com"));
        assert!(is_example("www.Example.ORG"));
        assert!(is_example("localhost"));
        assert!(!is_example("myexample.com"));
        assert!(!is_example("latest"));
    }
}
