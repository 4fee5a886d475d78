//! Changes of texts: pieces taken out, doubled, moved between seeds, and words of TOML and Markdown put in.

/// What means something to TOML, to Markdown, to references and variables, or to Unicode.
const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\t",
    "'''",
    "\"\"\"",
    "'",
    "\"",
    "\\",
    "\\\n  ",
    "\\u00e6",
    "\\U0001F642",
    "\\x41",
    "[[afsnit]]\n",
    "[[regel]]\n",
    "[[felt]]\n",
    "[[gruppe]]\n",
    "[[handling]]\n",
    "[[figur]]\n",
    "[[undtag]]\n",
    "[[haendelse]]\n",
    "[[godkendelse]]\n",
    "[[kontakt]]\n",
    "[[opgave]]\n",
    "[[dilemma]]\n",
    "[[rolle]]\n",
    "[underskrift]\n",
    "[dokument]\n",
    "[institution]\n",
    "overskrift = 'Et'\n",
    "tekst = '''\nHej.\n'''\n",
    "punkter = ['a', 'b']\n",
    "trin = [{ goer = 'x', hvem = 'y' }]\n",
    "dato = 2026-02-30\n",
    "dato = 2026-02-28\n",
    "for = ['borger']\n",
    "id = 'et'\n",
    "opfylder = 'besoeg'\n",
    "indsaet = 'bilag:aftale'\n",
    "linjer = 3\n",
    "= ",
    "{ ",
    " }",
    "[",
    "]",
    "[[",
    "]]",
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "24. ",
    "> ",
    "```\n",
    "    ",
    "---\n",
    "***",
    "**",
    "*",
    "_",
    "`",
    "![a](b.png)",
    "[a](https://b.test)",
    "[](afsnit:et)",
    "[](bilag:aftale)",
    "[](dok:x)",
    "[](kontakt:y)",
    "[^1]",
    "\n[^1]: Note.\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "|",
    "\\|",
    "{{ navn }}",
    "{{ ",
    " }}",
    "{{navn",
    "&amp;",
    "&#x202e;",
    "&nbsp;",
    "<b>",
    "</b>",
    "<script>",
    "<!--",
    "javascript:alert(1)",
    "mailto:a@b.dk",
    "tel:112",
    "§ 141 ",
    "stk. 2",
    "lov om social service",
    "f.eks. ",
    "Jf. ",
    "TODO",
    "å",
    "æ",
    "Ø",
    "a\u{30a}",
    "\u{30a}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{a0}",
    "\u{ad}",
    "🙂",
    "👩\u{200d}👩\u{200d}👧",
    "العربية",
    "中文",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "1.250 kr.",
    "24. december",
    "kl. 22",
    "99999999999999999999",
    "-1",
    "0x",
    "1e999",
    "true",
    "Bostedet Birkely",
    "Besøg",
    "medarbejder",
    "beboer ",
    ". ",
    ", ",
    " ",
];

/// Numbers that depend on a round and a number alone.
pub struct Random(u64);

impl Random {
    /// The numbers of an input.
    pub fn new(round: u64, number: u64) -> Self {
        Self(round.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below a usize")
    }
}

/// A seed with a few changes.
pub fn mutated(seeds: &[String], random: &mut Random) -> String {
    let mut text = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        change(&mut text, seeds, random);
    }
    text
}

fn change(text: &mut String, seeds: &[String], random: &mut Random) {
    match random.below(8) {
        0 => {
            let (start, end) = range(text, 40, random);
            text.replace_range(start..end, "");
        }
        1 => {
            let (start, end) = range(text, 200, random);
            let piece = text[start..end].to_owned();
            text.insert_str(end, &piece);
        }
        2 => {
            let other = &seeds[random.below(seeds.len())];
            let (start, end) = range(other, 300, random);
            let at = border(text, random);
            text.insert_str(at, &other[start..end]);
        }
        3 => {
            let (start, end) = range(text, 4, random);
            text.replace_range(start..end, WORDS[random.below(WORDS.len())]);
        }
        4 => {
            // The same again and again: what is nested, and what is not linear.
            let word = WORDS[random.below(WORDS.len())];
            let at = border(text, random);
            text.insert_str(at, &word.repeat(1 << random.below(10)));
        }
        _ => {
            let at = border(text, random);
            text.insert_str(at, WORDS[random.below(WORDS.len())]);
        }
    }
}

/// A place between two letters.
fn border(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A piece of at most about so many bytes.
fn range(text: &str, most: usize, random: &mut Random) -> (usize, usize) {
    let start = border(text, random);
    let mut end = (start + random.below(most + 1)).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}
