//! One document with everything in it, for the tests of every format. The institution is invented.

use std::collections::BTreeMap;

use super::{
    AreaCell, AreaPage, AreaRequirement, AreaRow, AreaTable, AreaTableRow, Picture, Pictures,
};
use crate::document::{
    Alignment, AreaName, Block, ContactItem, Content, DateText, Definition, Document, Edition,
    Entry, EntryField, EntryTexts, Fact, FieldItem, FieldKind, FileSize, Given, Inline,
    Institution, JSON_VERSION, ListItem, Obligatory, Part, PartKind, Question, RoleItem, RuleItem,
    SkabelonName, Status, StatusKind, StepItem, TaskItem, TaskState, TaskStateKind, TermItem, Way,
};

/// Text that looks like markup of every kind the document passes through.
pub(super) const HOSTILE: &str = " <script>alert(1)</script> {{ title }} {% raw %} \" onmouseover=\"x' \
     </style><!-- & &amp; `code` *a* _b_ **c** ~~d~~ [e](javascript:f) ![g](h) [^1] <b> | #panic() $x$ \\";

/// The document, each of its texts followed by `more`.
pub(super) fn document(more: &'static str) -> Document {
    Build { more }.document()
}

/// The picture of the document: one white pixel.
pub(super) fn pictures() -> Pictures {
    let bytes = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    Pictures(BTreeMap::from([(
        "billeder/plan.gif".to_owned(),
        Picture {
            bytes: bytes.to_vec(),
            media_type: "image/gif",
        },
    )]))
}

/// An area with a protocol that is printed and one that is not, each text followed by `more`.
pub(super) fn area(more: &str) -> AreaPage {
    let area = AreaName {
        name: format!("Området for Botilbud ved Fjorden{more}"),
        organisation: Some(format!("Fjordregionen (opdigtet){more}")),
    };
    let rows = rows(more).into_iter();
    let rows = rows.map(|row| (area.clone(), row)).collect();
    AreaPage {
        tables: vec![table(more)],
        legend: vec![("frist", "en pligt er overskredet")],
        day: Some(date("2026-11-21", "21.\u{a0}november\u{a0}2026")),
        ..AreaPage::new(area, rows)
    }
}

/// The rows of that page.
pub(super) fn rows(more: &str) -> Vec<AreaRow> {
    vec![
        AreaRow {
            slug: "birkely".to_owned(),
            institution: format!("Botilbuddet Birkely{more}"),
            title: format!("Rusmiddelprotokol{more}"),
            version: Some(format!("2.1{more}")),
            in_force: Some(date("2026-02-03", "3.\u{a0}februar\u{a0}2026")),
            status: format!("Godkendt{more}"),
            next_revision: Some(date("2027-02-03", "3.\u{a0}februar\u{a0}2027")),
            links: vec![
                ("HTML".to_owned(), "birkely/index.html".to_owned()),
                ("PDF".to_owned(), "birkely/protokol.pdf".to_owned()),
                ("Markdown".to_owned(), "birkely/protokol.md".to_owned()),
            ],
            problem: None,
        },
        AreaRow {
            slug: "havnegaarden".to_owned(),
            institution: format!("Havnegården{more}"),
            title: format!("Rusmiddelprotokol{more}"),
            version: None,
            in_force: None,
            status: format!("Ikke godkendt{more}"),
            next_revision: None,
            links: Vec::new(),
            problem: Some(format!("Kan ikke dannes: 3 fejl{more}")),
        },
    ]
}

/// The same two protocols in the matrix, on a day that somebody named.
fn table(more: &str) -> AreaTable {
    let row = |institution: &str, href: Option<&str>, words: [&'static str; 4]| AreaTableRow {
        institution: format!("{institution}{more}"),
        href: href.map(str::to_owned),
        cells: words
            .map(|word| AreaCell {
                word,
                fine: word == "ok",
            })
            .to_vec(),
    };
    let requirement = |number: &str, heading: &str| AreaRequirement {
        number: number.to_owned(),
        heading: format!("{heading}{more}"),
    };
    AreaTable {
        title: format!("Botilbud{more}"),
        version: format!("2026{more}"),
        requirements: vec![requirement("1", "Gæster"), requirement("1.1", "Om natten")],
        wheel: true,
        rows: vec![
            row(
                "Botilbuddet Birkely",
                Some("birkely/index.html"),
                ["ok", "ok", "ok", "ok"],
            ),
            row(
                "Havnegården",
                None,
                ["afviger", "mangler", "ikke godkendt", "frist"],
            ),
        ],
    }
}

fn date(iso: &str, text: &str) -> DateText {
    DateText {
        iso: iso.to_owned(),
        text: text.to_owned(),
    }
}

struct Build {
    more: &'static str,
}

impl Build {
    fn t(&self, text: &str) -> String {
        format!("{text}{}", self.more)
    }

    /// A text that the document holds for the whole run.
    fn fixed(&self, text: &str) -> &'static str {
        Box::leak(self.t(text).into_boxed_str())
    }

    fn inline(&self, text: &str) -> Inline {
        Inline::text(self.t(text))
    }

    fn run(&self, text: &str) -> Vec<Inline> {
        vec![self.inline(text)]
    }

    fn p(&self, text: &str) -> Block {
        Block::Paragraph {
            content: self.run(text),
        }
    }

    fn text(&self, texts: &[&str]) -> Content {
        Content::Text {
            blocks: texts.iter().map(|text| self.p(text)).collect(),
        }
    }

    fn part(&self, kind: PartKind, id: &str, number: &str, level: u8, heading: &str) -> Part {
        Part {
            id: id.to_owned(),
            kind,
            number: number.to_owned(),
            level,
            heading: self.t(heading),
            readers: None,
            language: None,
            obligatory: None,
            content: Vec::new(),
            parts: Vec::new(),
            closing: Vec::new(),
            given: Given::default(),
        }
    }

    fn section(&self, id: &str, number: &str, level: u8, heading: &str) -> Part {
        self.part(PartKind::Section, id, number, level, heading)
    }

    fn document(&self) -> Document {
        let fact = |label, value| Fact {
            label: self.fixed(label),
            value: self.t(value),
        };
        Document {
            subtitle: None,
            for_readers: None,
            editions: Vec::new(),
            motto: None,
            logo: None,
            documents: Vec::new(),
            version: JSON_VERSION,
            language: "da",
            slug: "birkely".to_owned(),
            title: self.t("Rusmiddelprotokol"),
            institution: Institution {
                sort: None,
                name: self.t("Botilbuddet Birkely"),
                short_name: Some(self.t("Birkely")),
                address: vec![self.t("Birkevej 12"), self.t("0000 Fjordby")],
                phone: Some(self.t("00 11 22 33")),
                mail: Some(self.t("post@birkely.test")),
                web: Some(self.t("https://birkely.test")),
            },
            area: AreaName {
                name: self.t("Området for Botilbud ved Fjorden"),
                organisation: Some(self.t("Fjordregionen (opdigtet)")),
            },
            skabelon: SkabelonName {
                name: self.t("Socialpsykiatri"),
                version: self.t("3"),
                publisher: None,
            },
            edition: Edition {
                version: Some(self.t("2.1")),
                responsible: Some(self.t("Tilbudsleder")),
                in_force: Some(date("2026-02-03", "3.\u{a0}februar\u{a0}2026")),
                until: None,
                case: None,
                item: None,
                kle: None,
                next_revision: Some(date("2027-02-03", "3.\u{a0}februar\u{a0}2027")),
                status: Status {
                    kind: StatusKind::Draft,
                    label: "UDKAST",
                    text: self.t("Godkendt af ledelsen"),
                },
                fingerprint: "39c6f48bd0".repeat(6) + "0000",
                code: "RP-773F-92YG".to_owned(),
            },
            facts: vec![
                fact("Version", "2.1"),
                fact("Gælder fra", "3.\u{a0}februar\u{a0}2026"),
                fact("Næste revision", "3.\u{a0}februar\u{a0}2027"),
                fact("Ansvarlig", "Tilbudsleder"),
            ],
            draft: true,
            footer: self.t(
                "Birkely · Rusmiddelprotokol · version 2.1 · gælder fra 3.\u{a0}februar\u{a0}2026",
            ),
            page_code: None,
            copy_note: "RP-773F-92YG · udskrift er ikke styret".to_owned(),
            sections: self.sections(),
            backmatter: self.backmatter(),
            appendices: self.appendices(),
        }
    }

    fn sections(&self) -> Vec<Part> {
        let mut first = self.section("hvad-er", "1", 1, "Hvad er en rusmiddelprotokol?");
        first.obligatory = Some(Obligatory {
            label: self.t("Fælles tekst for Området for Botilbud ved Fjorden"),
            blocks: vec![
                self.p("Protokollen siger, hvordan borgere og medarbejdere lever og arbejder sammen, når der er rusmidler i huset."),
                self.p("Alle, der arbejder her, skal kende den."),
            ],
        });
        first.content = vec![
            self.mixed_text(),
            Content::Text {
                blocks: self.all_blocks(),
            },
        ];

        let mut second = self.section("handlinger", "2", 1, "Handlingsanvisninger");
        second.content = vec![
            self.text(&[
                "Kortene hænger også på vagtrummets dør. Tag det, der passer, og gør som der står.",
            ]),
            self.card("En borger kan ikke vækkes"),
            Content::Inserted {
                id: "husorden".to_owned(),
                label: self.t("Bilag 1"),
                heading: self.t("Husorden"),
                content: vec![self.rules(), self.group(0)],
            },
        ];
        let mut gaester = self.section("gæster", "2.1", 2, "Når der kommer gæster");
        gaester.readers = Some(self.t("Til medarbejdere og ledere"));
        gaester.content = vec![
            self.text(&["Gæster følger husordenen. Borgeren fortæller selv sine gæster om den."]),
        ];
        let mut deep = self.section("overnatning", "2.1.1", 3, "Gæster, der bliver natten over");
        let mut deepest = self.section("aftale-om-nat", "2.1.1.1", 4, "Aftalen om natten");
        deepest.content = vec![self.group(1), self.card("Gæsten vil ikke gå")];
        deep.parts.push(deepest);
        gaester.parts.push(deep);
        second.parts.push(gaester);
        vec![first, second]
    }

    #[expect(clippy::too_many_lines, reason = "one of everything, in a row")]
    fn mixed_text(&self) -> Content {
        let note = |number: usize, blocks| Inline::Footnote {
            number,
            id: format!("fod-{number}"),
            blocks,
        };
        let second = note(
            2,
            vec![
                self.p("Se også arbejdsmiljøloven § 15."),
                self.p("Loven gælder også om natten."),
            ],
        );
        let reference = |id: &str, text| Inline::Ref {
            id: id.to_owned(),
            content: self.run(text),
            page: true,
        };
        let paragraphs = vec![
            vec![
                self.inline("Her står, hvad vi gør, og "),
                Inline::Strong {
                    content: self.run("hvem der gør det"),
                },
                self.inline(". Det er "),
                Inline::Emph {
                    content: self.run("aldrig"),
                },
                self.inline(" en straf at sige det, som det er"),
                note(
                    1,
                    vec![Block::Paragraph {
                        content: vec![self.inline("Det står i serviceloven § 141"), second],
                    }],
                ),
                self.inline(". Husordenen står i "),
                reference("husorden", "Bilag 1"),
                self.inline(", og gæster står i "),
                reference("gæster", "afsnit 2.1"),
                self.inline("."),
            ],
            vec![
                self.inline("Skriv i "),
                Inline::Code {
                    text: self.t("Journalen"),
                },
                self.inline(" samme dag"),
                Inline::FootnoteAgain {
                    number: 1,
                    id: "fod-1".to_owned(),
                },
                self.inline("."),
                Inline::Break {},
                Inline::Strike {
                    content: self.run("Ring til vagten."),
                },
                self.inline(" Læs mere hos "),
                Inline::Link {
                    url: "https://sundhed.test/rus?a=1&b=(2)\"x".to_owned(),
                    content: vec![
                        self.inline("Sundhedsoplysningen"),
                        Inline::FootnoteAgain {
                            number: 2,
                            id: "fod-2".to_owned(),
                        },
                    ],
                },
                self.inline(" eller "),
                Inline::Link {
                    url: "javascript:alert(1)".to_owned(),
                    content: self.run("et sted uden vej"),
                },
                self.inline(" eller "),
                reference("findes-ikke", "et afsnit, der mangler"),
                self.inline("."),
            ],
            vec![Inline::Image {
                file: "billeder/plan.gif".to_owned(),
                alt: self.t("Plan over huset"),
            }],
            vec![Inline::Image {
                file: "billeder/borte.gif".to_owned(),
                alt: self.t("Et billede, der mangler"),
            }],
        ];
        Content::Text {
            blocks: paragraphs
                .into_iter()
                .map(|content| Block::Paragraph { content })
                .collect(),
        }
    }

    fn all_blocks(&self) -> Vec<Block> {
        let item = |checked, text| ListItem {
            checked,
            blocks: vec![self.p(text)],
        };
        let list = |ordered, start, tight, items| Block::List {
            ordered,
            start,
            tight,
            items,
        };
        let nested = ListItem {
            checked: None,
            blocks: vec![
                self.p("Vand og mad"),
                list(
                    false,
                    1,
                    true,
                    vec![item(None, "Vand først"), item(None, "Så brød")],
                ),
            ],
        };
        vec![
            list(false, 1, true, vec![item(None, "Ro i stuen"), nested]),
            list(
                false,
                1,
                true,
                vec![
                    item(Some(true), "Nøglen er hentet"),
                    item(Some(false), "Døren er låst"),
                ],
            ),
            list(
                true,
                3,
                false,
                vec![item(None, "Se efter"), item(None, "Spørg venligt")],
            ),
            Block::Quote {
                blocks: vec![self.p("»Sig det, før det bliver svært.«")],
            },
            self.table(),
            Block::Definitions {
                items: vec![Definition {
                    term: self.run("MI"),
                    definitions: vec![vec![
                        self.p("Motiverende interview: en måde at tale sammen på"),
                    ]],
                }],
            },
            Block::Code {
                text: self.t("første linje\n  anden linje\n```"),
            },
            Block::Divider {},
            self.p("Til sidst læser vi teksten igennem sammen."),
        ]
    }

    fn table(&self) -> Block {
        let row = |cells: [&str; 4]| cells.iter().map(|cell| self.run(cell)).collect::<Vec<_>>();
        Block::Table {
            caption: Some(self.t("Årets opgaver")),
            align: vec![
                Alignment::None,
                Alignment::Left,
                Alignment::Center,
                Alignment::Right,
            ],
            header: row(["Hvad", "Hvem", "Hvor tit", "Næste gang"]),
            rows: vec![
                row([
                    "Læse protokollen igennem",
                    "Borgere og medarbejdere",
                    "Hvert år",
                    "14.\u{a0}oktober\u{a0}2026",
                ]),
                row([
                    "Øve førstehjælp ved overdosis",
                    "Medarbejdere",
                    "Hvert halve år",
                    "overskredet: 1.\u{a0}maj\u{a0}2026",
                ]),
            ],
        }
    }

    fn card(&self, situation: &str) -> Content {
        let step = |number, what, who: &str, when: &str| StepItem {
            number,
            what: vec![self.p(what)],
            who: (!who.is_empty()).then(|| self.t(who)),
            when: (!when.is_empty()).then(|| self.t(when)),
        };
        Content::Card {
            anchor: None,
            id: Some(format!("_kort-{}", crate::model::slug(situation))),
            situation: self.t(situation),
            steps: vec![
                step(
                    1,
                    "Råb, og rusk i skulderen.",
                    "Den, der er tættest på",
                    "Straks",
                ),
                step(
                    2,
                    "Ring 112, og sæt telefonen på højttaler.",
                    "Samme medarbejder",
                    "",
                ),
                step(
                    3,
                    "Giv modgift i næsen.",
                    "Kollegaen på vagt",
                    "Så snart I er to",
                ),
                step(4, "Bliv, til ambulancen er her.", "", ""),
            ],
            contacts: vec![
                vec![self.p("Alarmcentralen 112")],
                vec![self.p("Ledervagten")],
            ],
            documentation: Some(vec![self.p("Skriv i journalen, før du går hjem.")]),
            language: None,
        }
    }

    fn rules(&self) -> Content {
        let rule =
            |number, text, strength: Option<&str>, reason: Option<&str>, basis: Option<&str>| {
                RuleItem {
                    number,
                    text: vec![self.p(text)],
                    strength: strength.map(|strength| self.fixed(strength)),
                    reason: reason.map(|reason| vec![self.p(reason)]),
                    basis: basis.map(|basis| self.t(basis)),
                    language: None,
                }
            };
        Content::Rules {
            items: vec![
                rule(
                    1,
                    "Du holder rusmidler væk fra køkkenet og stuen.",
                    None,
                    Some("Alle skal kunne være i de fælles rum."),
                    None,
                ),
                rule(
                    2,
                    "Du siger til, når du får gæster.",
                    Some("Henstilling"),
                    None,
                    None,
                ),
                rule(
                    3,
                    "Du må ikke handle med stoffer i huset.",
                    Some("Må ikke"),
                    Some("Handel gør andre utrygge."),
                    Some("straffeloven § 191"),
                ),
            ],
        }
    }

    fn group(&self, lines: u32) -> Content {
        let question = |number, text| Question {
            number,
            text: vec![self.p(text)],
        };
        Content::Group {
            name: Some(self.t("Døgnets gang")),
            items: vec![
                question(1, "Hvordan sover du?"),
                question(2, "Hvornår på dagen er det sværest?"),
            ],
            lines,
            language: None,
        }
    }

    fn backmatter(&self) -> Vec<Part> {
        let mut wheel = self.part(PartKind::Backmatter, "aarshjul", "", 1, "Årshjul");
        wheel.content = vec![Content::Text {
            blocks: vec![self.table()],
        }];
        vec![wheel]
    }

    fn appendices(&self) -> Vec<Part> {
        let mut rules = self.part(PartKind::Appendix, "husorden", "Bilag 1", 1, "Husorden");
        rules.readers = Some(self.t("Til borgere og pårørende"));
        rules.content = vec![self.rules(), self.group(0)];
        let mut agreement = self.part(
            PartKind::Appendix,
            "aftale",
            "Bilag 2",
            1,
            "Aftale om det, der hjælper mig",
        );
        let field = |name, lines, kind| FieldItem {
            name: self.t(name),
            lines,
            kind,
            language: None,
        };
        agreement.content = vec![
            self.text(&["Du bestemmer, hvad der står her."]),
            Content::Fields {
                items: vec![
                    field("Det her hjælper mig", 2, FieldKind::Text),
                    field("Vi taler om aftalen igen den", 1, FieldKind::Date),
                    field(
                        "Jeg vil gerne mindes om min medicin",
                        1,
                        FieldKind::Checkbox,
                    ),
                ],
            },
        ];
        let mut work = self.part(PartKind::Appendix, "arbejde", "Bilag 3", 1, "Hvem gør hvad");
        work.content = self.entries();
        agreement.parts = vec![self.part(PartKind::Appendix, "mere", "", 2, "Hvis det går galt")];
        agreement.parts[0].content = vec![self.text(&["Ring til os."])];
        agreement.closing = vec![Content::Signature {
            intro: Some(vec![self.p("Vi har talt aftalen igennem.")]),
            place: Some(self.t("Birkely")),
            roles: vec![self.t("Borger"), self.t("Kontaktperson")],
            outro: Some(vec![self.p("Du kan altid lave en ny aftale.")]),
            language: None,
        }];
        vec![rules, agreement, work]
    }

    /// Terms, roles, a dilemma, tasks, contacts and files.
    #[expect(clippy::too_many_lines, reason = "one of everything, in a row")]
    fn entries(&self) -> Vec<Content> {
        vec![
            Content::Terms {
                items: vec![
                    TermItem {
                        word: self.t("Rusmiddel"),
                        aliases: vec![self.t("stof"), self.t("rusgivende middel")],
                        meaning: vec![self.p("Alt, der ændrer sansning eller adfærd.")],
                        language: None,
                    },
                    TermItem {
                        word: self.t("Modgift"),
                        aliases: Vec::new(),
                        meaning: vec![self.p("Næsespray mod en overdosis.")],
                        language: None,
                    },
                ],
            },
            Content::Roles {
                items: vec![RoleItem {
                    title: self.t("Tilbudsleder"),
                    aliases: vec![self.t("Leder")],
                    tasks: vec![
                        vec![self.p("Sørger for, at alle kender protokollen.")],
                        vec![self.p("Ser den igennem hvert år.")],
                    ],
                    language: None,
                }],
            },
            Content::Dilemma {
                situation: self.t("En borger vil drikke alene"),
                does: vec![
                    vec![self.p("Spørg, om du må komme forbi.")],
                    vec![self.p("Aftal et tegn.")],
                ],
                reason: Some(vec![self.p("Hjemmet er borgerens eget.")]),
                language: None,
            },
            Content::Tasks {
                items: vec![
                    TaskItem {
                        what: vec![
                            self.inline("Tæl op"),
                            Inline::Break {},
                            Inline::Ref {
                                id: "kontakt-vagt".to_owned(),
                                content: self.run("Vagten"),
                                page: true,
                            },
                        ],
                        responsible: vec![self.t("Leder"), self.t("Kollega")],
                        deadline: Some(self.t("1.\u{a0}juni\u{a0}2026")),
                        due: Some("2026-06-01".to_owned()),
                        status: Some(TaskState {
                            kind: TaskStateKind::UnderWay,
                            text: "I gang".to_owned(),
                        }),
                        language: None,
                    },
                    TaskItem {
                        what: self.run("Skriv under"),
                        responsible: Vec::new(),
                        deadline: None,
                        due: None,
                        status: None,
                        language: None,
                    },
                ],
            },
            Content::Contacts {
                items: vec![
                    ContactItem {
                        web: None,
                        external: false,
                        id: Some("kontakt-vagt".to_owned()),
                        function: self.t("Vagten"),
                        phone: Some(Way {
                            text: self.t("00 65 43 10"),
                            url: Some("tel:00654310".to_owned()),
                        }),
                        mail: Some(Way {
                            text: self.t("vagt@birkely.invalid"),
                            url: Some(self.t("mailto:vagt@birkely.invalid")),
                        }),
                        hours: Some(self.t("Hele døgnet")),
                        address: vec![self.t("Birkevej 4"), self.t("9999 Ingensted")],
                        text: Some(vec![self.p("Spørg efter den, der har vagten.")]),
                        language: None,
                    },
                    ContactItem {
                        web: None,
                        external: false,
                        id: None,
                        function: self.t("Lægen"),
                        phone: Some(Way {
                            text: self.t("gennem omstillingen"),
                            url: None,
                        }),
                        mail: None,
                        hours: None,
                        address: Vec::new(),
                        text: None,
                        language: None,
                    },
                ],
            },
            Content::Entry(Entry {
                name: "quotation",
                key: "citat",
                fields: vec![
                    EntryField {
                        name: "text",
                        key: "tekst",
                        texts: EntryTexts::Text(vec![self.p("Det er rart, når nogen banker på.")]),
                    },
                    EntryField {
                        name: "who",
                        key: "hvem",
                        texts: EntryTexts::Line(self.t("En borger på første sal")),
                    },
                ],
                language: None,
            }),
            Content::File {
                path: format!("filer/vold{}.pdf", self.more.replace('/', "")),
                size: Some(FileSize {
                    bytes: 1_234_567,
                    text: self.t("1,2\u{a0}MB"),
                }),
            },
            Content::File {
                path: "filer/væk.pdf".to_owned(),
                size: None,
            },
        ]
    }
}
