//! The QR code of the institution's page, as rows of modules: drawing them is the template's business.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// A QR code and the address in it.
#[derive(Clone, Debug, Serialize)]
pub struct PageCode {
    /// The address, with its scheme.
    pub address: String,
    /// The rows from above, one letter a module: `1` is dark. Without the quiet zone around them.
    pub rows: Vec<String>,
}

impl PageCode {
    /// The code of an address, which is taken for `https:` where it names no scheme. Nothing where it is empty
    /// or longer than a code holds (about 2,300 letters).
    pub(super) fn of(address: &str) -> Option<Self> {
        let address = address.trim();
        if address.is_empty() {
            return None;
        }
        let has_scheme = ["http://", "https://"].iter().any(|scheme| {
            address
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        let address = if has_scheme {
            address.to_owned()
        } else {
            format!("https://{address}")
        };
        // Medium correction: a copy of a copy still reads.
        let code = QrCode::with_error_correction_level(&address, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let rows = colors.chunks(width).map(|row| {
            let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
            row.iter().map(dark).collect()
        });
        Some(Self {
            rows: rows.collect(),
            address,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_and_has_its_three_marks_and_not_a_fourth() {
        let code = PageCode::of("https://kranporten.test").expect("a code");
        let size = code.rows.len();
        assert_eq!(size, 25, "version 2 holds 26 bytes at medium correction");
        assert!(code.rows.iter().all(|row| row.len() == size));
        for row in [&code.rows[0], &code.rows[6]] {
            assert!(
                row.starts_with("11111110") && row.ends_with("01111111"),
                "{row}"
            );
        }
        assert!(code.rows[size - 1].starts_with("11111110"));
        assert!(!code.rows[size - 1].ends_with("01111111"));
    }

    #[test]
    fn an_address_without_a_scheme_gets_one_and_an_empty_one_no_code() {
        let address = |typed| PageCode::of(typed).map(|code| code.address);
        assert_eq!(
            address(" kranporten.test ").as_deref(),
            Some("https://kranporten.test")
        );
        assert_eq!(address("HTTP://a.test").as_deref(), Some("HTTP://a.test"));
        assert_eq!(address("  "), None);
        assert_eq!(address(&"a".repeat(5000)), None);
    }
}
