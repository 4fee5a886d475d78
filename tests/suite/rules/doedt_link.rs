//! RP202 `doedt-link`.

use super::{Found, house, house_with_text};

#[test]
fn links_that_lead_nowhere_are_found() {
    for (link, message) in [
        ("[a]()", "Linket har ingen adresse."),
        ("[a](#)", "Linket fører ingen steder hen: »#«."),
        (
            "[a](TODO)",
            "»TODO« er ikke en adresse, men en huskeseddel.",
        ),
        (
            "[a](<W:\\Fælles\\vold.docx>)",
            "»W:\\Fælles\\vold.docx« er en sti på en computer, som andre ikke kan åbne.",
        ),
        (
            "[a](file:///C:/vold.pdf)",
            "»file:///C:/vold.pdf« er en sti på en computer, som andre ikke kan åbne.",
        ),
        (
            "[a](javascript:alert(1))",
            "Links med »javascript:« kan ikke bruges i en protokol.",
        ),
        (
            "[a](https://www.example.com/x)",
            "»www.example.com« er kun til eksempler, så linket fører ingen steder hen.",
        ),
        (
            "[a](https://)",
            "Adressen er ikke skrevet færdig: »https://«.",
        ),
        (
            "[a](https://indsæt)",
            "»https://indsæt« er ikke en adresse på nettet.",
        ),
        (
            "[a](www.borger.dk)",
            "Adressen »www.borger.dk« mangler https:// foran.",
        ),
        (
            "[a](vagt@huset.dk)",
            "»vagt@huset.dk« er en mailadresse uden mailto: foran.",
        ),
        (
            "[a](mailto:vagten)",
            "»vagten« er ikke en mailadresse, nogen kan skrive til.",
        ),
    ] {
        let found = Found::by("RP202", &house_with_text(&format!("Læs {link} nu.")));
        assert_eq!(found.lines(), [format!("01-et.toml:3:5 {message}")]);
    }
}

#[test]
fn the_help_has_the_link_to_type() {
    for (link, help) in [
        (
            "[a](www.borger.dk)",
            "Skriv https://www.borger.dk i stedet for www.borger.dk",
        ),
        (
            "[a](vagt@huset.dk)",
            "Skriv mailto:vagt@huset.dk i stedet for vagt@huset.dk",
        ),
        (
            "[a](bilag/3-husorden.toml)",
            "Skriv bilag:husorden i stedet for bilag/3-husorden.toml",
        ),
        (
            "[a](50-gaester.toml)",
            "Skriv afsnit:gaester i stedet for 50-gaester.toml",
        ),
    ] {
        assert_eq!(Found::by("RP202", &house_with_text(link)).helps(), [help]);
    }
}

#[test]
fn addresses_of_the_web_mail_and_telephone_are_fine() {
    Found::by(
        "RP202",
        &house_with_text(
            "[a](https://www.borger.dk/hjælp#x) [b](mailto:vagt@huset.dk) [c](tel:112) [d](https://intranet/vagt) <https://sst.dk> [](afsnit:et)",
        ),
    )
    .none();
}

#[test]
fn a_contact_nobody_can_reach_is_found_at_its_value() {
    let text = "overskrift = \"Et\"\n[[kontakt]]\nid = \"a\"\nfunktion = \"Vagten\"\n\
                telefon = \"kommer\"\nmail = \"vagten\"\n";
    assert_eq!(
        Found::by("RP202", &house("", &[("01-et.toml", text)])).lines(),
        [
            "01-et.toml:5:11 »kommer« er ikke et telefonnummer.",
            "01-et.toml:6:8 »vagten« er ikke en mailadresse, nogen kan skrive til.",
        ]
    );
    let text = text
        .replace("kommer", "112 (alarm)")
        .replace("\"vagten\"", "\"v@hus.dk\"");
    Found::by("RP202", &house("", &[("01-et.toml", &text)])).none();
}

#[test]
fn the_institution_s_own_page_is_looked_at_as_a_link_is() {
    let web = |address: &str| {
        let main = format!("[institution]\nnavn = \"Huset\"\nweb = \"{address}\"\n");
        Found::by("RP202", &house("", &[("protokol.toml", &main)]))
    };
    for (address, message) in [
        ("https://", "Adressen er ikke skrevet færdig: »https://«."),
        (
            "http:javascript",
            "Adressen mangler to skråstreger: »http:javascript«.",
        ),
        (
            "javascript:alert(1)",
            "Links med »javascript:« kan ikke bruges i en protokol.",
        ),
        ("huset.dk", "Adressen »huset.dk« mangler https:// foran."),
        (
            "mailto:navn@sted.dk",
            "»mailto:navn@sted.dk« er ikke en adresse på nettet.",
        ),
        ("bilag:et", "»bilag:et« er ikke en adresse på nettet."),
    ] {
        let found = web(address);
        assert_eq!(found.lines(), [format!("protokol.toml:3:7 {message}")]);
        let sted = if address == "huset.dk" {
            address
        } else {
            "sted.dk"
        };
        let line = format!("web = \"https://{sted}\"");
        assert!(found.helps()[0].contains(&line), "{:?}", found.helps());
    }
    web("https://huset.test").none();
    web("HTTPS://www.sted.dk/huset").none();
}
