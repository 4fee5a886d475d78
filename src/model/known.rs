//! Sections that have been read, for whoever reads another edition of the same protocol: what stands in a file that is
//! the same one is not taken apart again.
//!
//! Whether a file is the same is told by its text in memory. That the one that was read before is handed over where it
//! says the same is for whoever reads the files.

use std::collections::HashMap;
use std::sync::Arc;

use super::section::Section;
use super::variables::Variables;
use crate::text::SourceFile;

/// The sections of a protocol with what their texts were read by.
#[derive(Debug, Default)]
pub struct KnownSections {
    pub(super) variables: Variables,
    /// `protokol.toml`, which is read anew, since much rests on it.
    pub(super) main: Option<Arc<SourceFile>>,
    /// By the paths of their files. None of a file in which something was found: that is told of each time it is read.
    pub(super) sections: HashMap<String, Section>,
}

impl KnownSections {
    /// The files, to be handed over again where they say the same.
    pub fn files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        let sections = self.sections.values().map(|section| &section.file);
        self.main.iter().chain(sections)
    }

    /// Those that come out the same where texts may use these variables: a section rests on its file and on nothing else.
    pub(super) fn read_by(self, variables: &Variables) -> Self {
        if self.variables == *variables {
            self
        } else {
            Self::default()
        }
    }

    /// The section that was read from this very file.
    pub(super) fn take(&mut self, file: &Arc<SourceFile>) -> Option<Section> {
        let section = self.sections.remove(file.path())?;
        Arc::ptr_eq(&section.file, file).then_some(section)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Area, Protocol};
    use super::*;
    use crate::load::{ProtocolFiles, Repository};

    const PROTOCOL: &str = "p/hus/protokol.toml";
    const FIRST: &str = "p/hus/01-a.toml";
    const SECOND: &str = "p/hus/02-b.toml";
    const APPENDIX: &str = "p/hus/bilag/1-c.toml";
    const FILES: [(&str, &str); 4] = [
        (
            PROTOCOL,
            "[institution]\nnavn = 'Huset'\n[variabler]\nvagt = 'Leder'\n",
        ),
        (
            FIRST,
            "overskrift = 'A'\ntekst = '{{ vagt }} i {{ navn }} siger <b>ja</b>.'\n",
        ),
        (
            SECOND,
            "overskrift = 'B'\ntekst = '{{ vagt }} siger nej.'\n",
        ),
        (APPENDIX, "overskrift = 'C'\nintet = 1\n"),
    ];

    fn repository(edits: &[(&str, &str)]) -> Repository {
        let edited = |path: &str, text: &str| {
            let edit = edits.iter().find(|(edited, _)| *edited == path);
            edit.map_or(text, |(_, text)| text).as_bytes().to_vec()
        };
        let files = FILES.iter();
        let files = files.map(|(path, text)| ((*path).to_owned(), edited(path, text)));
        Repository::held(files.collect::<BTreeMap<_, _>>())
    }

    fn files(repository: &Repository) -> ProtocolFiles {
        let main = repository.read_main("p", "hus").expect("memory is read");
        let files = repository.read_protocol("p", "hus", main);
        files.expect("memory is read").expect("there is a protocol")
    }

    fn area() -> Area {
        Area::read(&Arc::new(SourceFile::new("rusprot.toml", ""))).0
    }

    /// What is known of the files as they are at first, and the repository with edits, which has been lent every file
    /// that says the same.
    fn known_and_lent(edits: &[(&str, &str)]) -> (KnownSections, Repository) {
        let (protocol, findings) = Protocol::read(files(&repository(&[])), &area());
        let known = protocol.into_known(&findings);
        let mut then = repository(edits);
        for file in known.files() {
            if edits.iter().all(|(path, _)| *path != file.path()) {
                then.lend(file);
            }
        }
        (known, then)
    }

    #[test]
    fn what_is_read_beside_something_known_is_what_is_read_alone() {
        let odd: [&[(&str, &str)]; 7] = [
            &[],
            &[(SECOND, "overskrift = 'B'\ntekst = 'Andet.'\n")],
            &[(SECOND, "overskrift = 'B\n")],
            &[(APPENDIX, "overskrift = 'D'\n")],
            &[(
                PROTOCOL,
                "[institution]\nnavn = 'Huset'\n[variabler]\nvagt = 'Portør'\n",
            )],
            &[(
                PROTOCOL,
                "[institution]\nnavn = 'Hytten'\n[variabler]\nvagt = 'Leder'\n",
            )],
            &[
                (PROTOCOL, "[institution]\nnavn = 'Huset'\n"),
                (FIRST, "overskrift = 'A'\n"),
            ],
        ];
        for edits in odd {
            let (known, then) = known_and_lent(edits);
            let beside = Protocol::read_beside(None, known, files(&then), &area());
            let alone = Protocol::read(files(&then), &area());
            assert_eq!(format!("{beside:?}"), format!("{alone:?}"), "{edits:?}");
        }
    }

    #[test]
    fn a_section_is_taken_apart_once_where_nothing_was_found_in_it() {
        let heading_at = |sections: &[Section]| sections[0].heading.text.as_ptr();
        let (known, then) = known_and_lent(&[(FIRST, "overskrift = 'A'\n")]);
        assert_eq!(known.sections.keys().collect::<Vec<_>>(), [SECOND]);
        let at = known.sections[SECOND].heading.text.as_ptr();
        let (protocol, _) = Protocol::read_beside(None, known, files(&then), &area());
        assert_eq!(heading_at(&protocol.sections[1..]), at);
        let (known, _) = known_and_lent(&[]);
        let at = known.sections[SECOND].heading.text.as_ptr();
        let same_text = Protocol::read_beside(None, known, files(&repository(&[])), &area()).0;
        assert_ne!(heading_at(&same_text.sections[1..]), at, "another file");
    }
}
