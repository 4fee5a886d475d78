//! Roles, terms, dilemmas, tasks, contacts and attached files as HTML.

use super::Writer;
use crate::document::{Block, ContactItem, FileSize, RoleItem, TaskItem, TermItem, Way};
use crate::render::{file_name, task_cells, task_columns, url, words};

impl<'a> Writer<'a> {
    pub(super) fn terms(&mut self, items: &'a [TermItem]) {
        self.put("<dl class=\"terms\">\n");
        for item in items {
            self.element("<dt>", &item.word, "");
            if !item.aliases.is_empty() {
                self.put(" <span class=\"also\">(");
                self.put(words::ALSO);
                self.escape(&item.aliases.join(", "));
                self.put(")</span>");
            }
            self.put("</dt>\n<dd>");
            self.tight_blocks(&item.meaning);
            self.put("</dd>\n");
        }
        self.put("</dl>\n");
    }

    pub(super) fn roles(&mut self, items: &'a [RoleItem], depth: usize) {
        for item in items {
            self.put("<div class=\"role\">\n");
            self.inner_heading(&item.title, depth);
            if !item.aliases.is_empty() {
                self.put("<p class=\"also\">");
                self.put(words::ALSO_CAPITAL);
                self.element("", &item.aliases.join(", "), "</p>\n");
            }
            self.points(&item.tasks);
            self.put("</div>\n");
        }
    }

    /// Texts as a list with a mark before each.
    fn points(&mut self, points: &'a [Vec<Block>]) {
        self.put("<ul>\n");
        for point in points {
            self.put("<li>");
            self.tight_blocks(point);
            self.put("</li>\n");
        }
        self.put("</ul>\n");
    }

    pub(super) fn dilemma(
        &mut self,
        situation: &str,
        does: &'a [Vec<Block>],
        reason: Option<&'a [Block]>,
        depth: usize,
    ) {
        self.put("<div class=\"card dilemma\">\n");
        self.inner_heading(situation, depth);
        self.element("<p class=\"label\">", words::DOES, "</p>\n");
        self.points(does);
        if let Some(reason) = reason {
            self.put("<div class=\"card-foot\">\n");
            self.element("<p class=\"label\">", words::REASON, "</p>\n");
            self.blocks(reason);
            self.put("</div>\n");
        }
        self.put("</div>\n");
    }

    pub(super) fn tasks(&mut self, items: &'a [TaskItem]) {
        let columns = task_columns(items);
        self.open_scroll(|writer| writer.escape(&columns.join(", ")));
        self.put("<table class=\"tasks\">\n<thead>\n<tr>");
        for column in columns {
            self.element("<th scope=\"col\">", column, "</th>");
        }
        self.put("</tr>\n</thead>\n<tbody>\n");
        for item in items {
            self.put("<tr>");
            self.cell("td", "td", None, &item.what);
            for cell in &task_cells(item)[..columns.len() - 1] {
                self.element("<td>", cell, "</td>");
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</div>\n");
    }

    pub(super) fn contacts_list(&mut self, items: &'a [ContactItem]) {
        self.put("<ul class=\"contacts\" role=\"list\">\n");
        for item in items {
            self.put("<li");
            if let Some(id) = &item.id {
                self.put(" id=\"");
                self.escape(&url::anchor(id));
                self.put("\"");
            }
            self.element(">\n<p class=\"label\">", &item.function, "</p>\n");
            self.ways(item);
            if let Some(text) = &item.text {
                self.blocks(text);
            }
            self.put("</li>\n");
        }
        self.put("</ul>\n");
    }

    fn ways(&mut self, item: &ContactItem) {
        let ways = [(words::PHONE, &item.phone), (words::MAIL, &item.mail)];
        let address = item.address.join(", ");
        let lines = [
            (words::HOURS, item.hours.as_deref().unwrap_or_default()),
            (words::ADDRESS, &*address),
        ];
        let is_empty = |(_, line): &(&str, &str)| line.is_empty();
        if ways.iter().all(|(_, way)| way.is_none()) && lines.iter().all(is_empty) {
            return;
        }
        self.put("<dl>\n");
        for (label, way) in ways {
            if let Some(way) = way {
                self.element("<div><dt>", label, "</dt> <dd>");
                self.way(way);
                self.put("</dd></div>\n");
            }
        }
        for (label, line) in lines {
            if !line.is_empty() {
                self.element("<div><dt>", label, "</dt> <dd>");
                self.element("", line, "</dd></div>\n");
            }
        }
        self.put("</dl>\n");
    }

    fn way(&mut self, way: &Way) {
        match way.url.as_deref().filter(|url| url::is_followed(url)) {
            Some(url) => {
                self.element("<a href=\"", &url::encode(url), "\">");
                self.element("", &way.text, "</a>");
            }
            None => self.escape(&way.text),
        }
    }

    /// A file beside the page; without a link where it is not there.
    pub(super) fn file(&mut self, path: &str, size: Option<&FileSize>) {
        self.put("<p class=\"file\">");
        self.put(words::FILE);
        match size {
            Some(size) => {
                self.element("<a href=\"", &url::path(path), "\">");
                self.element("", file_name(path), "</a> (PDF, ");
                self.element("", &size.text, ")");
            }
            None => self.escape(file_name(path)),
        }
        self.put("</p>\n");
    }
}
