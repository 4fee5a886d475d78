//! The page of the keys. What a schema says of them is for `schema`.

use std::fs;
use std::path::Path;

use rusprot::model::documentation;

#[test]
fn every_key_is_told_of_in_danish_and_in_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/noegler.md");
    let made = documentation();
    if std::env::var_os("RUSPROT_WRITE_DOCS").is_some() {
        fs::write(&path, &made).expect("the page can be written");
    }
    let page = fs::read_to_string(&path).expect("a text");
    assert_eq!(
        page.replace("\r\n", "\n"),
        made,
        "RUSPROT_WRITE_DOCS=1 cargo test keys writes the page anew"
    );
}
