//! RP206 `billede`.

use super::{Found, house_with_text};

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
