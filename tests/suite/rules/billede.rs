//! RP206 `billede`.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

use super::{Found, house, house_with_text};

/// One white point.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3A\x7E\x9B\x55\0\0\0\x0AIDAT\x78\xDA\x63\xF8\x0F\0\x01\x01\x01\0\x1C\xB0\x8C\x99\0\0\0\0IEND\xAE\x42\x60\x82";

fn found(text: &str) -> Found {
    let repo = house_with_text(text)
        .file("protocols/hus/billeder/trappe.png", PNG)
        .file("protocols/hus/billeder/kort.jpg", PNG)
        .file("protocols/hus/billeder/tekst.gif", "ikke et billede")
        .file("protocols/andet/billeder/trappe.png", PNG);
    Found::by("RP206", &repo)
}

#[test]
fn a_picture_needs_an_alt_text() {
    let found = found("Se ![](billeder/trappe.png)");
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:4 Billedet har ingen alt-tekst, så det kan ikke læses op."]
    );
    assert_eq!(found.ends(), ["3:28"]);
    assert!(found.helps()[0].ends_with("(billeder/trappe.png)"));
}

#[test]
fn a_missing_file_is_found_with_the_one_that_was_meant() {
    let found = found("![Trappen](billeder/trapen.png)");
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 Filen »billeder/trapen.png« findes ikke i protokollens mappe."]
    );
    assert_eq!(
        found.helps(),
        ["Mente du »trappe.png«? Skriv ![…](billeder/trappe.png)"]
    );
}

#[test]
fn pictures_that_cannot_or_must_not_be_shown_are_found() {
    for (file, message) in [
        (
            "../andet/billeder/trappe.png",
            "Billedet »../andet/billeder/trappe.png« ligger uden for protokollens mappe.",
        ),
        (
            "https://www.borger.dk/a.png",
            "Billedet »https://www.borger.dk/a.png« ligger ikke i protokollens mappe.",
        ),
        (
            "/home/vagt/a.png",
            "»/home/vagt/a.png« er en sti på en bestemt computer.",
        ),
        ("C:/a.png", "»C:/a.png« er en sti på en bestemt computer."),
        (
            "billeder/a.tiff",
            "Filen »billeder/a.tiff« er ikke en slags billede, som både nettet og PDF'en kan vise.",
        ),
        (
            "billeder/kort.jpg",
            "Filen »billeder/kort.jpg« er i virkeligheden et PNG-billede, så den kan ikke vises.",
        ),
        (
            "billeder/tekst.gif",
            "Filen »billeder/tekst.gif« er ikke et GIF-billede, selv om navnet siger det.",
        ),
    ] {
        let found = found(&format!("![Vist]({file})"));
        assert_eq!(found.lines(), [format!("01-et.toml:3:1 {message}")]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_on_the_disk_does_not_lead_out_of_the_folder() {
    let repo = house_with_text("![Vist](billeder/ud.png)")
        .file("hemmeligt.png", PNG)
        .file("protocols/hus/billeder/trappe.png", PNG);
    std::os::unix::fs::symlink(
        repo.path("hemmeligt.png"),
        repo.path("protocols/hus/billeder/ud.png"),
    )
    .expect("a link");
    assert_eq!(
        Found::by("RP206", &repo).lines(),
        ["01-et.toml:3:1 Billedet »billeder/ud.png« ligger uden for protokollens mappe."]
    );
}

#[test]
fn a_picture_in_the_folder_with_an_alt_text_is_fine() {
    found("![Trappen ved køkkenet](billeder/trappe.png)").none();
}

#[test]
fn half_a_picture_is_found_before_it_costs_the_pdf() {
    let repo = house_with_text("![Trappen](billeder/trappe.png)")
        .file("protocols/hus/billeder/trappe.png", &PNG[..12]);
    let found = Found::by("RP206", &repo);
    assert_eq!(
        found.lines(),
        ["01-et.toml:3:1 Filen »billeder/trappe.png« er kun en del af et billede."]
    );
}

/// What is found of a house whose appendix has this file with it.
fn attached(file: &str) -> Found {
    let text = format!("overskrift = \"Et\"\nfil = '{file}'\n");
    let repo = house("", &[("bilag/1-et.toml", &text)])
        .file("protocols/hus/filer/Vold.pdf", PDF)
        .file("protocols/hus/filer/side.pdf", "<html>%PDF-1.7</html>")
        .file("protocols/hus/filer/tom.pdf", "")
        .file("protocols/hus/filer/mappe.pdf/x.txt", "x")
        .file("protocols/hus/protokol.pdf", PDF)
        .file("protocols/andet/filer/vold.pdf", PDF);
    Found::by("RP206", &repo)
}

const PDF: &[u8] = b"%PDF-1.7 and more";

#[test]
fn a_pdf_in_the_folder_can_be_attached() {
    attached("filer/Vold.pdf").none();
    attached("./filer/Vold.pdf").none();
}

#[test]
fn files_that_cannot_be_attached_are_found() {
    for (file, message) in [
        (
            "filer/volt.pdf",
            "Filen »filer/volt.pdf« findes ikke i protokollens mappe.",
        ),
        (
            "../andet/filer/vold.pdf",
            "Filen »../andet/filer/vold.pdf« ligger uden for protokollens mappe.",
        ),
        (
            "filer/../filer/Vold.pdf",
            "Filen »filer/../filer/Vold.pdf« ligger uden for protokollens mappe.",
        ),
        (
            "/etc/vold.pdf",
            "Filen »/etc/vold.pdf« er ikke skrevet som en sti i protokollens mappe.",
        ),
        (
            "C:\\vold.pdf",
            "Filen »C:\\vold.pdf« er ikke skrevet som en sti i protokollens mappe.",
        ),
        (
            "https://www.borger.dk/vold.pdf",
            "Filen »https://www.borger.dk/vold.pdf« er ikke skrevet som en sti i protokollens mappe.",
        ),
        ("filer/vold.docx", "Filen »filer/vold.docx« er ikke en PDF."),
        (
            "filer/side.pdf",
            "Filen »filer/side.pdf« er ikke en PDF, selv om navnet siger det.",
        ),
        (
            "filer/tom.pdf",
            "Filen »filer/tom.pdf« er ikke en PDF, selv om navnet siger det.",
        ),
        (
            "filer/mappe.pdf",
            "»filer/mappe.pdf« er en mappe og ikke en fil.",
        ),
        (
            "protokol.pdf",
            "Filen kan ikke hedde »protokol.pdf«, for det hedder protokollens egen PDF.",
        ),
    ] {
        let found = attached(file);
        assert_eq!(found.lines(), [format!("bilag/1-et.toml:2:7 {message}")]);
        assert_eq!(found.levels(), ["error"]);
    }
}

#[test]
fn a_missing_pdf_is_found_with_the_one_that_was_meant() {
    let found = attached("filer/Volt.pdf");
    assert_eq!(
        found.helps(),
        ["Mente du »Vold.pdf«? Skriv fil = \"filer/Vold.pdf\""]
    );
    let found = attached("filer/beredskabsplan.pdf");
    assert_eq!(
        found.helps(),
        ["Læg filen i protocols/hus/filer, og skriv fil = \"filer/beredskabsplan.pdf\""]
    );
}

#[test]
fn a_pdf_of_more_than_20_megabytes_is_found() {
    let text = "overskrift = \"Et\"\nfil = \"filer/stor.pdf\"\n";
    let pdf = |length: usize| {
        let mut pdf = PDF.to_vec();
        pdf.resize(length, b' ');
        pdf
    };
    let repo = house("", &[("bilag/1-et.toml", text)]);
    let repo = repo.file("protocols/hus/filer/stor.pdf", pdf(20_000_001));
    assert_eq!(
        Found::by("RP206", &repo).lines(),
        ["bilag/1-et.toml:2:7 Filen »filer/stor.pdf« fylder mere end 20 MB."]
    );
    let repo = repo.file("protocols/hus/filer/stor.pdf", pdf(20_000_000));
    Found::by("RP206", &repo).none();
}

#[test]
fn a_pdf_belongs_to_an_appendix() {
    let text = "overskrift = \"Et\"\n[[afsnit]]\noverskrift = \"U\"\nfil = \"filer/vold.pdf\"\n";
    let repo = house("", &[("01-et.toml", text), ("bilag/1-et.toml", text)]);
    let repo = repo.file("protocols/hus/filer/vold.pdf", PDF);
    assert_eq!(
        Found::by("RP206", &repo).lines(),
        ["01-et.toml:4:7 Filen kan kun høre til et bilag, ikke til et afsnit."]
    );
}

#[cfg(unix)]
#[test]
fn a_link_on_the_disk_does_not_attach_what_lies_elsewhere() {
    let text = "overskrift = \"Et\"\nfil = \"filer/ud.pdf\"\n";
    let repo = house("", &[("bilag/1-et.toml", text)])
        .file("hemmeligt.pdf", PDF)
        .file("protocols/hus/filer/anden.pdf", PDF);
    std::os::unix::fs::symlink(
        repo.path("hemmeligt.pdf"),
        repo.path("protocols/hus/filer/ud.pdf"),
    )
    .expect("a link");
    assert_eq!(
        Found::by("RP206", &repo).lines(),
        ["bilag/1-et.toml:2:7 Filen »filer/ud.pdf« ligger uden for protokollens mappe."]
    );
}

/// What is said of a picture with this name and content.
fn said(name: &str, bytes: &[u8]) -> Vec<String> {
    let repo = house_with_text(&format!("![Trappen](billeder/{name})"))
        .file(&format!("protocols/hus/billeder/{name}"), bytes);
    let found = Found::by("RP206", &repo);
    let lines = found.lines();
    let said = lines.iter().map(|line| line.replace("01-et.toml:3:1 ", ""));
    said.collect()
}

/// The bytes of a photograph below.
fn photo(base64: &str) -> Vec<u8> {
    use base64::Engine as _;

    let engine = base64::engine::general_purpose::STANDARD;
    engine.decode(base64).expect("the constants of this file")
}

#[test]
fn a_png_that_does_not_hold_what_it_says_is_found() {
    let broken = "Filen »billeder/a.png« er gået i stykker.";
    for at in [33, 43, 46, 50] {
        let mut bytes = PNG.to_vec();
        bytes[at] ^= 0xFF;
        assert_eq!(said("a.png", &bytes), [broken], "{at}");
    }
    assert_eq!(said("a.png", PNG), [""; 0]);
}

#[test]
fn half_a_photograph_is_found() {
    let whole = photo(RGB);
    assert_eq!(said("a.jpg", &whole), [""; 0]);
    let mut half = whole[..whole.len() * 3 / 4].to_vec();
    assert_eq!(said("a.jpg", &half).len(), 1);
    // A small picture of itself, as cameras put one in front, has an end of its own.
    half.splice(2..2, [0xFF, 0xFE, 0, 4, 0xFF, 0xD9]);
    assert_eq!(said("a.jpg", &half).len(), 1);
}

#[test]
fn a_photograph_for_the_printing_house_is_shown_in_the_colours_of_a_screen() {
    let file = photo(CMYK);
    assert_eq!(said("a.jpg", &file), [""; 0]);
    let repo =
        house_with_text("![Trappen](billeder/a.jpg)").file("protocols/hus/billeder/a.jpg", &file);
    let args = ["build", "hus", "--draft", "--formats", "html,md,pdf"];
    repo.run(&args).code(0);
    assert!(repo.has("dist/hus/protokol.pdf"));
    // Markdown's copy is what the page and the PDF carry as well.
    let shown = repo.read_bytes("dist/hus/billeder/a.jpg");
    let mut decoder = JpegDecoder::new(ZCursor::new(&shown));
    let points = decoder.decode().expect("a photograph");
    assert_eq!(decoder.input_colorspace(), Some(ColorSpace::YCbCr));
    // All of it is red.
    assert_eq!(points.len(), 8 * 8 * 3);
    for point in points.chunks(3) {
        assert!(
            point[0] > 245 && point[1] < 10 && point[2] < 10,
            "{point:?}"
        );
    }
    assert_eq!(repo.read_bytes("protocols/hus/billeder/a.jpg"), file);
}

#[test]
fn a_drawing_that_would_cost_the_pdf_is_found() {
    let svg = |attributes: &str, inside: &str| {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
        said(
            "a.svg",
            format!("{head} {attributes}>{inside}</svg>").as_bytes(),
        )
    };
    let size = "width=\"9\" height=\"9\"";
    assert_eq!(svg(size, "<text>Trappe 3 – »ud«</text>"), [""; 0]);
    assert_eq!(
        svg("viewBox=\"0 0 9 9\" width=\"100%\"", "<path d=\"M0 0\"/>"),
        [""; 0]
    );
    for (attributes, inside, word) in [
        ("width=\"0\" height=\"9\"", "", "ingen bredde"),
        ("width=\"9\" height=\"-5\"", "", "ingen bredde"),
        ("viewBox=\"0 0 0 9\"", "", "ingen bredde"),
        (size, "<text>Godt 😀</text>", "»😀«"),
        (
            size,
            "<a href=\"https://sst.dk\"><path/></a>",
            "»https://sst.dk«",
        ),
        (size, "<image xlink:href=\"a.png\"/>", "kan ikke læses"),
        (size, "<g>", "kan ikke læses"),
    ] {
        let said = svg(attributes, inside);
        assert_eq!(said.len(), 1, "{attributes} {inside}");
        assert!(said[0].contains(word), "{said:?}");
    }
}

#[test]
fn a_name_with_spaces_or_letters_in_pieces_is_found() {
    for (written, on_disk) in [
        ("mit kort.png", "mit kort.png"),
        ("mit%20kort.png", "mit kort.png"),
        ("ståen.png", "sta\u{30A}en.png"),
        ("sta\u{30A}en.png", "ståen.png"),
    ] {
        let repo = house_with_text(&format!("![Trappen](billeder/{written})"))
            .file(&format!("protocols/hus/billeder/{on_disk}"), PNG);
        Found::by("RP206", &repo).none();
        repo.run(&["build", "--formats", "html"]).code(0);
        let page = repo.read("dist/hus/index.html");
        assert!(
            page.contains("<img ") && page.contains("alt=\"Trappen\""),
            "{written}"
        );
    }
}

/// A photograph of 24 × 24 points.
const RGB: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1\
    tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk\
    pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAYABgDASIAAhEBAxEB/8QAGQABAQEAAwAAAAAAAAAAAAAAAAUDAg\
    QG/8QAIhAAAgECBgMBAAAAAAAAAAAAAAECAxEEEhMhMVEUYXGh/8QAFwEAAwEAAAAAAAAAAAAAAAAAAAIDAf/EABoR\
    AQADAQEBAAAAAAAAAAAAAAEAESECIjH/2gAMAwEAAhEDEQA/AKUcWm7u779nY1o9HnatSUOP1GlHHXW7VvhrzlkR9O\
    SxOvllywSvLdm07p+gOdAbL8NFMi+U5O0t/rONKbzZVJpd3AJmEk58muu6fO6AADka1n//2Q==";

/// One of 8 × 8 points in the colours of a printing house.
const CMYK: &str = "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OF\
    BtUVdfYmdoZz5NcXlwZHhcZWdj/9sAQwEREhIYFRgvGhovY0I4QmNjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj\
    Y2NjY2NjY2NjY2NjY2NjY2NjY2Nj/8AAFAgACAAIBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAFB/\
    /EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAFBv/EABQRAQAAAAAAAAAAAAAAAAAAAAD/\
    2gAOBAEAAhEDEQQAAD8AtAFEG0AB/9k=";
