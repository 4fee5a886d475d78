//! Does what a finding's help says, to the letter, as somebody who knows nothing of TOML would.

use rusprot::diag::Finding;

use super::Files;

/// Changes the files as the help of a finding says, whose path begins with `from` where the files' begin with `to`.
///
/// # Errors
/// When the help says nothing that can be done.
pub(super) fn obey(
    files: &mut Files,
    finding: &Finding,
    from: &str,
    to: &str,
) -> Result<(), String> {
    let path = finding.place.file.path().replacen(from, to, 1);
    let help = finding.help.as_deref().unwrap_or_default();
    let Some(text) = files.get(&path) else {
        return Err(format!("there is no {path}"));
    };
    let page = Page {
        lines: text.lines().map(str::to_owned).collect(),
        line: finding.place.range().start.line.zero_based(),
        column: finding.place.range().start.column.get() as usize - 1,
        marked: finding.place.file.slice(finding.place.span).to_owned(),
    };
    let mended = page.mended(help)?;
    files.insert(path, mended);
    Ok(())
}

/// A file on somebody's screen, with the place a finding points at.
struct Page {
    lines: Vec<String>,
    line: usize,
    /// Letters before the place.
    column: usize,
    marked: String,
}

/// What stands between two pieces of a text.
fn between<'t>(text: &'t str, before: &str, behind: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    match behind {
        "" => Some(rest.lines().next().unwrap_or_default()),
        behind => Some(rest.split_once(behind)?.0),
    }
}

/// The number behind "linje ".
fn number(text: &str) -> Option<usize> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

impl Page {
    fn mended(mut self, help: &str) -> Result<String, String> {
        let done = self.line_as_told(help)
            || self.text_as_told(help)
            || self.quotes(help)
            || self.moved(help)
            || self.added(help)
            || self.replaced(help)
            || self.removed(help);
        if done {
            Ok(self.lines.join("\n") + "\n")
        } else {
            Err("nobody knows what to do".to_owned())
        }
    }

    /// "Skriv linjen sådan: …"
    fn line_as_told(&mut self, help: &str) -> bool {
        let told = between(help, "kriv linjen sådan: ", "");
        let Some(line) = told else { return false };
        line.clone_into(&mut self.lines[self.line]);
        true
    }

    /// What is to be done to the words of a text.
    fn text_as_told(&mut self, help: &str) -> bool {
        let marked = self.marked.clone();
        let line = self.lines[self.line].clone();
        if let Some((_, to)) = help
            .split_once("? Skriv ")
            .filter(|(_, to)| !to.contains(" = ") && !to.contains(" i stedet for "))
        {
            let to = to.strip_prefix("mærket som ").unwrap_or(to);
            return self.replace(self.line, self.column, &marked, to);
        }
        if let Some(to) = between(help, "Skriv »", "«. Filen har") {
            return self.replace(self.line, self.column, &marked, to);
        }
        if let Some(near) = between(help, "Mente du \"", "\"? Du kan vælge") {
            return self.replace(self.line, self.column, &marked, &format!("\"{near}\""));
        }
        if let Some((to, from)) = help
            .strip_prefix("Skriv {")
            .and_then(|rest| rest.split_once(" i stedet for "))
        {
            return self.replace(self.line, self.column, from, &format!("{{{to}"));
        }
        for (told, marks) in [
            ("fed tekst med to stjerner", "**"),
            ("kursiv med en stjerne", "*"),
        ] {
            if help.contains(told) {
                let mut parts = line.split(['<', '>']);
                let words: Vec<&str> = parts.by_ref().collect();
                let [before, _, inner, _, after] = words.as_slice() else {
                    return false;
                };
                self.lines[self.line] = format!("{before}{marks}{inner}{marks}{after}");
                return true;
            }
        }
        if help == "Slet mellemrummet." {
            return self.replace(self.line, self.column.saturating_sub(1), " ,", ",");
        }
        if help.starts_with("Slet linjen. rusprot") {
            self.lines.remove(self.line);
            return true;
        }
        if let Some(words) = help.strip_prefix("Slet mærkerne, så der står: ") {
            let (key, _) = line.split_once(" = ").unwrap_or_default();
            self.lines[self.line] = format!("{key} = \"{words}\"");
            return true;
        }
        if let Some(to) = between(help, "Skriv ", " her, og lad resten af listen følge efter") {
            let number: String = line.chars().take_while(char::is_ascii_digit).collect();
            return self.replace(self.line, 0, &number, to);
        }
        if let Some(to) = help
            .split_once(" Skriv overskrift = ")
            .map(|(_, to)| to)
            .filter(|_| help.starts_with("rusprot sætter"))
        {
            self.lines[self.line] = format!("overskrift = {to}");
            return true;
        }
        if let Some(line) = between(help, "Ret linjen med goer til: ", "") {
            let own = self.lines.iter().rposition(|own| own.starts_with("goer"));
            let Some(own) = own else { return false };
            line.clone_into(&mut self.lines[own]);
            return true;
        }
        if let Some(line) = help.strip_prefix("Skriv rollen: ") {
            line.clone_into(&mut self.lines[self.line]);
            return true;
        }
        self.lines_as_told(help)
    }

    /// The lines of a text from the place to the next empty one.
    fn paragraph(&self) -> std::ops::Range<usize> {
        let ends = |line: &String| line.trim().is_empty() || line.trim() == "'''";
        let end = self.lines[self.line..].iter().position(ends);
        self.line..end.map_or(self.lines.len(), |end| self.line + end)
    }

    /// What is to be done to several lines.
    fn lines_as_told(&mut self, help: &str) -> bool {
        let range = self.paragraph();
        if help.starts_with("Begynd hvert punkt med en bindestreg") {
            for line in &mut self.lines[range] {
                let words = line.split_once([' ', '\t']).map_or("", |(_, words)| words);
                *line = format!("- {}", words.trim());
            }
            return true;
        }
        if help.starts_with("Sæt en lodret streg om hvert felt") {
            let columns = self.lines[range.start].split('\t').count();
            for line in &mut self.lines[range.clone()] {
                *line = format!("| {} |", line.replace('\t', " | "));
            }
            let rule = format!("|{}", " --- |".repeat(columns));
            self.lines.insert(range.start + 1, rule);
            return true;
        }
        if help.contains("skriv en omvendt skråstreg sidst på hver af dem") {
            let last = range.end - 1;
            for line in &mut self.lines[range.start..last] {
                line.push('\\');
            }
            return true;
        }
        if let Some(heading) = between(help, "[[afsnit]] på en linje for sig, ", " på den næste")
        {
            let end = (self.line..self.lines.len())
                .find(|line| self.lines[*line].trim() == "'''")
                .unwrap_or(self.lines.len());
            let mut taken: Vec<String> = self.lines.drain(self.line..end).collect();
            taken.remove(0);
            let header = ["", "[[afsnit]]", heading, "tekst = '''"].map(str::to_owned);
            self.lines.extend(header.into_iter().chain(taken));
            self.lines.push("'''".to_owned());
            return true;
        }
        false
    }

    /// Replaces the first `from` at or behind the place, else in the line.
    fn replace(&mut self, line: usize, column: usize, from: &str, to: &str) -> bool {
        let Some(text) = self.lines.get(line).cloned() else {
            return false;
        };
        let at: usize = text.chars().take(column).map(char::len_utf8).sum();
        let found = text[at..]
            .find(from)
            .map(|found| at + found)
            .or_else(|| text.find(from));
        let Some(at) = found else { return false };
        self.lines[line].replace_range(at..at + from.len(), to);
        true
    }

    /// Replaces the last `from` of a line.
    fn replace_last(&mut self, line: usize, from: &str, to: &str) -> bool {
        let Some(at) = self.lines.get(line).and_then(|text| text.rfind(from)) else {
            return false;
        };
        self.lines[line].replace_range(at..at + from.len(), to);
        true
    }

    fn quotes(&mut self, help: &str) -> bool {
        let mut done = false;
        // From the bottom up, so that numbers of lines stay true.
        if let Some(rest) = help
            .split_once("på en linje for sig selv")
            .map(|(_, rest)| rest)
            && let Some((_, rest)) = rest.split_once("under linje ")
            && let Some(line) = number(rest)
        {
            let quotes = if help.contains("Skriv \"\"\" på") {
                "\"\"\""
            } else {
                "'''"
            };
            self.lines.insert(line, quotes.to_owned());
            done = true;
        }
        for begin in [
            "kriv også ''' i stedet for ",
            ", og skriv ''' i stedet for ",
        ] {
            if let Some((from, rest)) = help.split_once(begin).and_then(|(_, rest)| {
                rest.split_once(" i linje ")
                    .or_else(|| rest.split_once(" sidst i linje "))
            }) && let Some(line) = number(rest)
            {
                done |= self.replace_last(line - 1, from, "'''");
            }
        }
        if let Some(inner) = between(help, "Skriv »", "« i stedet for ")
            .filter(|inner| help.contains(&format!("'''{inner}'''")))
        {
            return self.replace(
                self.line,
                self.column,
                &format!("'''{inner}'''"),
                &format!("»{inner}«"),
            );
        }
        if help.starts_with("Slet ''' her. Er noget citeret") {
            return self.replace(self.line, self.column, "'''", "");
        }
        for quotes in ["'''", "\"\"\""] {
            if let Some(rest) = help.strip_prefix(&format!("Skriv {quotes} i stedet for ")) {
                let from = rest
                    .split([',', '.'])
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches(" her");
                done |= self.replace(self.line, self.column, from, quotes);
            }
            if help.starts_with(&format!("Slet {quotes} her")) {
                return self.replace(self.line, self.column, quotes, "");
            }
        }
        if let Some(line) = between(help, "Skriv ", " i linjen her") {
            line.clone_into(&mut self.lines[self.line]);
            done = true;
        }
        done
    }

    /// The lines of the key at the place: one, or as many as its text has.
    fn key_lines(&self) -> std::ops::Range<usize> {
        let mut start = self.line;
        // A finding at a text points behind its key.
        while start > 0 && !self.lines[start].contains('=') {
            start -= 1;
        }
        let opening = self.lines[start]
            .split_once('=')
            .map_or("", |(_, value)| value.trim());
        let mut end = start + 1;
        if opening.starts_with("'''") && !opening[3..].contains("'''") {
            while end < self.lines.len() && self.lines[end].trim() != "'''" {
                end += 1;
            }
            end += 1;
        }
        start..end.min(self.lines.len())
    }

    fn moved(&mut self, help: &str) -> bool {
        let lower = help.to_lowercase();
        if !lower.contains("flyt den ") {
            return false;
        }
        if lower.contains("flyt den op i teksten, før de tre apostroffer") {
            let taken = self.lines.remove(self.line);
            let end = self.lines[..self.line]
                .iter()
                .rposition(|line| line.trim() == "'''");
            let Some(end) = end else { return false };
            self.lines.insert(end, taken);
            return true;
        }
        let range = self.key_lines();
        if lower.contains("op over den første linje med kantede parenteser") {
            let header = self.lines.iter().position(|line| line.starts_with('['));
            let taken: Vec<String> = self.lines.drain(range).collect();
            let Some(header) = header else { return false };
            self.lines.splice(header..header, taken);
            return true;
        }
        if let Some(header) = between(help, "nederst i filen, og skriv ", " på linjen over den") {
            let taken: Vec<String> = self.lines.drain(range).collect();
            self.lines.push(header.to_owned());
            self.lines.extend(taken);
            return true;
        }
        let Some(line) = lower
            .split_once("under linje ")
            .and_then(|(_, rest)| number(rest))
        else {
            return false;
        };
        let taken: Vec<String> = self.lines[range.clone()].to_vec();
        self.lines.splice(line..line, taken);
        let gone = if range.start >= line {
            range.start + range.len()..range.end + range.len()
        } else {
            range
        };
        self.lines.drain(gone);
        true
    }

    fn added(&mut self, help: &str) -> bool {
        for top in ["Skriv øverst i filen: ", "Skriv som filens første linje: "] {
            if let Some(line) = between(help, top, "") {
                self.lines.insert(0, line.to_owned());
                return true;
            }
        }
        if let Some(rest) = between(help, "Skriv på linjen under [", "") {
            let Some((_, line)) = rest.split_once("]: ") else {
                return false;
            };
            self.lines.insert(self.line + 1, line.to_owned());
            return true;
        }
        if let Some(rest) = between(help, "Skriv disse to linjer nederst i filen: ", "") {
            let Some((header, line)) = rest.split_once(" og under den ") else {
                return false;
            };
            self.lines.push(header.to_owned());
            self.lines.push(line.to_owned());
            return true;
        }
        false
    }

    fn replaced(&mut self, help: &str) -> bool {
        if let Some((to, from)) = help
            .rsplit_once("kriv ")
            .and_then(|(_, rest)| rest.split_once(" i stedet for "))
        {
            let from = from.trim_end_matches('.');
            if !to.contains(' ') {
                return self.replace(self.line, self.column, from, to);
            }
        }
        if let Some(answers) = help.rfind("opfylder = ").map(|at| &help[at..]) {
            let own =
                (0..self.lines.len()).find(|line| self.lines[*line].starts_with("opfylder = "));
            match own {
                Some(line) => answers.clone_into(&mut self.lines[line]),
                None => self.lines.insert(self.line + 1, answers.to_owned()),
            }
            return true;
        }
        for begin in [
            "Skriv datoen uden anførselstegn: ",
            "Skriv kun dagen: ",
            "Skriv teksten i anførselstegn: ",
            "Skriv mindst én tekst i listen: ",
            " uden anførselstegn: ",
        ] {
            if let Some(line) = between(help, begin, "") {
                line.clone_into(&mut self.lines[self.line]);
                return true;
            }
        }
        if let Some(line) = between(help, "Skriv ", " eller ").filter(|line| line.contains(" = ")) {
            line.clone_into(&mut self.lines[self.line]);
            return true;
        }
        if help.contains("mellem anførselstegnene") {
            let line = (self.line..self.lines.len()).find(|line| {
                let value = self.lines[*line].split_once(" = ").map(|(_, value)| value);
                value.is_some_and(|value| ["\"\"", "''", "\" \""].contains(&value))
            });
            let Some(line) = line else { return false };
            let (key, _) = self.lines[line].split_once(" = ").unwrap_or_default();
            self.lines[line] = format!("{key} = \"Vi passer på hinanden.\"");
            return true;
        }
        if let Some(quotes) = between(help, "mellem de to linjer med ", ".") {
            let mut lines = (self.line..self.lines.len())
                .filter(|line| self.lines[*line].trim_end().ends_with(quotes));
            let (open, close) = (lines.next(), lines.next());
            let (Some(open), Some(close)) = (open, close) else {
                return false;
            };
            self.lines
                .splice(open + 1..close, ["Vi passer på hinanden.".to_owned()]);
            return true;
        }
        if let Some(line) = between(help, "på linjen under overskriften: tekst = ", ".") {
            let written = line.replace('…', "Vi passer på hinanden.");
            self.lines
                .insert(self.line + 1, format!("tekst = {written}"));
            return true;
        }
        if let Some(id) = between(help, " Slet »", "«.") {
            return self.replace(self.line, 0, &format!(", \"{id}\""), "");
        }
        if let Some(near) = help
            .strip_prefix("Mente du »")
            .and_then(|rest| rest.split('«').next())
        {
            let marked = self.marked.trim_matches('"').to_owned();
            return self.replace(self.line, 0, &marked, near);
        }
        false
    }

    fn removed(&mut self, help: &str) -> bool {
        if !help.contains("Slet den") && !help.contains("Slet linjen") && !help.contains("slet den")
        {
            return false;
        }
        let range = self.key_lines();
        self.lines.drain(range);
        true
    }
}
