//! RP206 `billede`.

use super::{Found, house, house_with_text};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and more, then IEND";

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
