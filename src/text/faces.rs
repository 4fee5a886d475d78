//! The faces of scripts that Noto Sans itself does not have, as bytes of the program: what a PDF looks like must not
//! depend on the machine. Where they come from, and their licence, stand beside them in `templates/page/fonts`.

/// Arabic, also Persian, Dari, Pashto and Urdu.
pub const ARABIC: &[u8] = include_bytes!("../../templates/page/fonts/NotoSansArabic-Regular.ttf");
/// The same, bold.
pub const ARABIC_BOLD: &[u8] = include_bytes!("../../templates/page/fonts/NotoSansArabic-Bold.ttf");
/// Ethiopic: Tigrinya and Amharic.
pub const ETHIOPIC: &[u8] =
    include_bytes!("../../templates/page/fonts/NotoSansEthiopic-Regular.ttf");
/// The same, bold.
pub const ETHIOPIC_BOLD: &[u8] =
    include_bytes!("../../templates/page/fonts/NotoSansEthiopic-Bold.ttf");
/// Tamil.
pub const TAMIL: &[u8] = include_bytes!("../../templates/page/fonts/NotoSansTamil-Regular.ttf");
/// The same, bold.
pub const TAMIL_BOLD: &[u8] = include_bytes!("../../templates/page/fonts/NotoSansTamil-Bold.ttf");
