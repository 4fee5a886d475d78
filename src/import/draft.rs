//! A section on its way to its file: what stands in it, as the format has it, and its TOML.

use toml_writer::{ToTomlValue, TomlStringBuilder};

use super::forms::Field;

/// A section, an appendix or a sub-section to be written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The heading.
    pub heading: String,
    /// The id, where the heading's own would be another one's too.
    pub id: Option<String>,
    /// Ids of what it answers beside what its heading says.
    pub answers: Vec<String>,
    /// Running text as Markdown; may be empty.
    pub text: String,
    /// Comments, for the authors.
    pub note: String,
    /// House rules as Markdown.
    pub rules: Vec<String>,
    /// Groups of questions: the name and the questions.
    pub groups: Vec<(Option<String>, Vec<String>)>,
    /// Blanks.
    pub fields: Vec<Field>,
    /// Signature lines: roles, what is signed for, what stands after.
    pub signature: Option<(Vec<String>, String, String)>,
    /// For whom it is, where it is not for everybody.
    pub readers: Vec<&'static str>,
    /// The language, where it is not Danish.
    pub language: Option<String>,
    /// The path of an attached file.
    pub file: Option<String>,
    /// Places whose blocks are shown here as well.
    pub inserts: Vec<String>,
    /// Short answers: what is answered, and the text.
    pub facts: Vec<(String, String)>,
    /// Blocks whose keys are known already, in the order of printing.
    pub entries: Vec<Entry>,
    /// Running text before the sub-sections, behind all else.
    pub opening: String,
    /// Sub-sections.
    pub children: Vec<Draft>,
}

/// A table of a block, with its keys written.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The table's name: `handling`.
    pub table: &'static str,
    /// Whether there can be several.
    pub is_list: bool,
    /// The keys, each with its value as TOML.
    pub keys: Vec<(&'static str, String)>,
    /// The tables in it.
    pub below: Vec<Entry>,
}

impl Entry {
    /// One of several tables of a name.
    pub fn of(table: &'static str) -> Self {
        Self {
            table,
            is_list: true,
            ..Self::default()
        }
    }

    /// A line of words; nothing where there are none.
    pub fn line(&mut self, key: &'static str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.keys.push((key, line(value)));
        }
    }

    /// Lines of words; one alone is no list.
    pub fn lines(&mut self, key: &'static str, values: &[String]) {
        match values {
            [] => {}
            [one] => self.line(key, one),
            several => self.keys.push((key, list(several))),
        }
    }

    /// Running text; nothing where it says nothing.
    pub fn text(&mut self, key: &'static str, value: &str) {
        if !value.trim().is_empty() {
            self.keys.push((key, text(value)));
        }
    }

    /// Running texts, each an item of a list.
    pub fn texts(&mut self, key: &'static str, values: &[String]) {
        if !values.is_empty() {
            self.keys.push((key, lines(values)));
        }
    }

    /// A value that is no text, such as a number.
    pub fn value(&mut self, key: &'static str, value: &impl ToString) {
        self.keys.push((key, value.to_string()));
    }

    fn push(&self, out: &mut String, path: &str) {
        table(out, path, self.table, self.is_list);
        for (name, value) in &self.keys {
            key(out, name, value);
        }
        for entry in &self.below {
            entry.push(out, &format!("{path}{}.", self.table));
        }
    }
}

impl Draft {
    /// The section's file.
    pub fn toml(&self) -> String {
        let mut out = String::new();
        self.push(&mut out, "");
        out
    }

    /// The keys of the section itself, which stand before its tables.
    fn push_keys(&self, out: &mut String) {
        key(out, "overskrift", &line(&self.heading));
        if let Some(id) = &self.id {
            key(out, "id", &line(id));
        }
        match self.answers.as_slice() {
            [] => {}
            [one] => key(out, "opfylder", &line(one)),
            many => key(out, "opfylder", &list(many)),
        }
        if !self.readers.is_empty() {
            let readers = self.readers.iter().map(|reader| (*reader).to_owned());
            key(out, "for", &list(&readers.collect::<Vec<_>>()));
        }
        if let Some(language) = &self.language {
            key(out, "sprog", &line(language));
        }
        if !self.text.is_empty() {
            key(out, "tekst", &text(&self.text));
        }
        if let Some(file) = &self.file {
            key(out, "fil", &line(file));
        }
        match self.inserts.as_slice() {
            [] => {}
            [one] => key(out, "indsaet", &line(one)),
            many => key(out, "indsaet", &list(many)),
        }
        if !self.note.is_empty() {
            key(out, "note", &text(&self.note));
        }
    }

    fn push(&self, out: &mut String, path: &str) {
        self.push_keys(out);
        for rule in &self.rules {
            table(out, path, "regel", true);
            key(out, "tekst", &text(rule));
        }
        for (name, items) in &self.groups {
            table(out, path, "gruppe", true);
            if let Some(name) = name {
                key(out, "navn", &line(name));
            }
            key(out, "punkter", &lines(items));
        }
        for field in &self.fields {
            table(out, path, "felt", true);
            key(out, "navn", &line(&field.name));
            if field.lines > 1 {
                key(out, "linjer", &field.lines.to_string());
            }
            if field.is_date {
                key(out, "type", "\"dato\"");
            } else if field.is_box {
                key(out, "type", "\"afkrydsning\"");
            }
        }
        if let Some((roles, intro, outro)) = &self.signature {
            table(out, path, "underskrift", false);
            key(out, "roller", &list(roles));
            if !intro.is_empty() {
                key(out, "indledning", &text(intro));
            }
            if !outro.is_empty() {
                key(out, "slut", &text(outro));
            }
        }
        if !self.facts.is_empty() {
            table(out, path, "fakta", false);
            for (name, answer) in &self.facts {
                key(out, &line(name), &text(answer));
            }
        }
        for entry in &self.entries {
            entry.push(out, path);
        }
        if !self.opening.is_empty() {
            table(out, path, "afsnit", true);
            key(out, "tekst", &text(&self.opening));
        }
        for child in &self.children {
            table(out, path, "afsnit", true);
            child.push(out, &format!("{path}afsnit."));
        }
    }
}

fn key(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!("{name} = {value}\n"));
}

fn table(out: &mut String, path: &str, name: &str, is_list: bool) {
    out.push_str(&if is_list {
        format!("\n[[{path}{name}]]\n")
    } else {
        format!("\n[{path}{name}]\n")
    });
}

/// A string on one line.
pub fn line(value: &str) -> String {
    let builder = TomlStringBuilder::new(value);
    let pretty = builder.as_basic_pretty().or_else(|| builder.as_literal());
    pretty.unwrap_or_else(|| builder.as_basic()).to_toml_value()
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| line(value)).collect();
    format!("[{}]", values.join(", "))
}

fn lines(values: &[String]) -> String {
    let mut out = String::from("[\n");
    for value in values {
        let written = if value.contains('\n') {
            text(value)
        } else {
            line(value)
        };
        out.push_str(&format!("  {written},\n"));
    }
    out.push(']');
    out
}

/// A text between three apostrophes, its first line below them; in another way where it holds them itself.
fn text(value: &str) -> String {
    let value = format!("{}\n", value.trim_end());
    let is_plain = !value.contains("'''") && !value.chars().any(|c| c.is_control() && c != '\n');
    if is_plain {
        return format!("'''\n{value}'''");
    }
    TomlStringBuilder::new(&value).as_ml_basic().to_toml_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let nasty = [
            "enkel",
            "»citat« \"to\" 'tre'",
            "''' midt i",
            "bag\\stræk\nto",
            "slut'",
        ];
        for value in nasty {
            let draft = Draft {
                heading: "Overskrift \"x\"".to_owned(),
                text: value.to_owned(),
                rules: vec![value.to_owned()],
                groups: vec![(Some("navn".to_owned()), vec![value.to_owned()])],
                children: vec![Draft {
                    heading: value.replace('\n', " "),
                    ..Draft::default()
                }],
                ..Draft::default()
            };
            let table: toml::Table = draft.toml().parse().expect(value);
            assert_eq!(table["tekst"].as_str(), Some(format!("{value}\n").as_str()));
            assert_eq!(
                table["gruppe"][0]["punkter"][0].as_str().map(str::trim_end),
                Some(value)
            );
            assert_eq!(
                table["afsnit"][0]["overskrift"].as_str(),
                Some(value.replace('\n', " ").as_str())
            );
        }
    }

    #[test]
    fn sub_sections_stand_in_their_section() {
        let leaf = |heading: &str| Draft {
            heading: heading.to_owned(),
            rules: vec!["En regel.".to_owned()],
            ..Draft::default()
        };
        let draft = Draft {
            children: vec![Draft {
                children: vec![leaf("c")],
                ..leaf("b")
            }],
            ..leaf("a")
        };
        let table: toml::Table = draft.toml().parse().expect("valid TOML");
        assert_eq!(
            table["afsnit"][0]["afsnit"][0]["overskrift"].as_str(),
            Some("c")
        );
        assert_eq!(
            table["afsnit"][0]["afsnit"][0]["regel"][0]["tekst"].as_str(),
            Some("En regel.\n")
        );
    }
}
