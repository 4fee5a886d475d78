//! Roles, terms, dilemmas, tasks, contacts and attached files as Markdown.

use super::{Writer, heading_words};
use crate::document::{Block, ContactItem, FileSize, RoleItem, TaskItem, TermItem, Way};
use crate::render::{file_name, task_cells, task_columns, url, words};

impl<'a> Writer<'a> {
    /// Terms as a list: definition lists are no part of CommonMark. Its mark is another than that of the
    /// author's own lists, with which it would be one list where nothing stands between them.
    pub(super) fn terms(&mut self, items: &'a [TermItem]) {
        for item in items {
            self.next_block(false);
            self.nested("* ", "  ", |writer| {
                writer.next_block(false);
                writer.strong(&item.word);
                if !item.aliases.is_empty() {
                    writer.put(" ");
                    writer.escape(&format!("({}{})", words::ALSO, item.aliases.join(", ")));
                }
                writer.blocks(&item.meaning);
            });
        }
    }

    pub(super) fn roles(&mut self, items: &'a [RoleItem], depth: usize) {
        for item in items {
            self.heading(depth + 1, None, heading_words(&item.title));
            if !item.aliases.is_empty() {
                let aliases = item.aliases.join(", ");
                self.line(&format!("{}{aliases}", words::ALSO_CAPITAL));
            }
            self.points(&item.tasks);
        }
    }

    /// Texts as a list with a mark before each.
    fn points(&mut self, points: &'a [Vec<Block>]) {
        for (at, point) in points.iter().enumerate() {
            self.next_block(at > 0);
            self.nested("- ", "  ", |writer| writer.blocks(point));
        }
    }

    pub(super) fn dilemma(
        &mut self,
        situation: &str,
        does: &'a [Vec<Block>],
        reason: Option<&'a [Block]>,
        depth: usize,
    ) {
        self.heading(depth + 1, None, heading_words(situation));
        self.label(words::DOES);
        self.points(does);
        if let Some(reason) = reason {
            self.label(words::REASON);
            self.blocks(reason);
        }
    }

    pub(super) fn tasks(&mut self, items: &'a [TaskItem]) {
        let columns = task_columns(items);
        self.next_block(false);
        self.put("| ");
        self.put(&columns.join(" | "));
        self.put(" |");
        self.next_block(true);
        self.put("|");
        self.put(&" --- |".repeat(columns.len()));
        for item in items {
            self.next_block(true);
            self.put("| ");
            self.in_cell = true;
            self.inlines(&item.what);
            for cell in &task_cells(item)[..columns.len() - 1] {
                self.put(" | ");
                self.escape(cell);
            }
            self.in_cell = false;
            self.put(" |");
        }
    }

    /// Contacts as a list, with a third mark.
    pub(super) fn contacts_list(&mut self, items: &'a [ContactItem]) {
        for item in items {
            self.next_block(false);
            self.nested("+ ", "  ", |writer| {
                writer.next_block(false);
                if let Some(id) = &item.id {
                    writer.anchor(id);
                }
                writer.strong(&item.function);
                writer.ways(item);
                writer.blocks(item.text.as_deref().unwrap_or_default());
            });
        }
    }

    fn ways(&mut self, item: &ContactItem) {
        for (label, way) in [(words::PHONE, &item.phone), (words::MAIL, &item.mail)] {
            if let Some(way) = way {
                self.line(label);
                self.put(" ");
                self.way(way);
            }
        }
        if let Some(hours) = &item.hours {
            self.line(&format!("{} {hours}", words::HOURS));
        }
        if !item.address.is_empty() {
            let address = item.address.join(", ");
            self.line(&format!("{} {address}", words::ADDRESS));
        }
    }

    fn way(&mut self, way: &Way) {
        let url = way.url.as_deref().filter(|url| url::is_followed(url));
        self.link_or_text(
            url.map(|url| url::encode(url).replace('&', "&amp;")),
            &way.text,
        );
    }

    fn link_or_text(&mut self, url: Option<String>, text: &str) {
        match url {
            Some(url) => {
                self.put("[");
                self.escape(text);
                self.put("](");
                self.put(&url);
                self.put(")");
            }
            None => self.escape(text),
        }
    }

    /// A file beside this one; without a link where it is not there.
    pub(super) fn file(&mut self, path: &str, size: Option<&FileSize>) {
        self.line(words::FILE);
        self.put(" ");
        self.link_or_text(size.map(|_| url::path(path)), file_name(path));
        if let Some(size) = size {
            self.escape(&format!(" (PDF, {})", size.text));
        }
    }
}
