//! Roles, terms, dilemmas, tasks, contacts and attached files as they are printed.

use std::collections::BTreeSet;

use super::text::Texts;
use super::typography::{NO_BREAK, Typesetter, phone_text};
use super::{
    ContactItem, Content, FileSize, RoleItem, TaskItem, TaskState, TaskStateKind, TermItem,
    TextLanguage, Way, danish_date,
};
use crate::load;
use crate::model::{self, Line, NamedBlock, Section, Targets, TaskStatus, When};

/// Adds a section's terms and roles.
pub(super) fn terms_and_roles(
    texts: &mut Texts<'_>,
    section: &Section,
    content: &mut Vec<Content>,
) {
    if !section.blocks.terms.is_empty() {
        let items = section.blocks.terms.iter().map(|term| TermItem {
            word: set(&term.word),
            aliases: term.aliases.iter().map(set).collect(),
            meaning: texts.blocks(&term.meaning),
            language: TextLanguage::of(term.language.as_ref()),
        });
        let items = items.collect();
        content.push(Content::Terms { items });
    }
    if !section.blocks.roles.is_empty() {
        let items = section.blocks.roles.iter().map(|role| RoleItem {
            title: set(&role.title),
            aliases: role.aliases.iter().map(set).collect(),
            tasks: role.tasks.iter().map(|task| texts.blocks(task)).collect(),
            language: TextLanguage::of(role.language.as_ref()),
        });
        let items = items.collect();
        content.push(Content::Roles { items });
    }
}

/// Adds a section's dilemmas and tasks.
pub(super) fn dilemmas_and_tasks(
    texts: &mut Texts<'_>,
    section: &Section,
    content: &mut Vec<Content>,
) {
    for dilemma in &section.blocks.dilemmas {
        content.push(Content::Dilemma {
            situation: set(&dilemma.situation),
            does: dilemma.does.iter().map(|text| texts.blocks(text)).collect(),
            reason: dilemma.reason.as_ref().map(|text| texts.blocks(text)),
            language: TextLanguage::of(dilemma.language.as_ref()),
        });
    }
    if !section.blocks.tasks.is_empty() {
        let items = section
            .blocks
            .tasks
            .iter()
            .map(|task| task_item(texts, task));
        let items = items.collect();
        content.push(Content::Tasks { items });
    }
}

/// Contacts. Of those printed more than once the one whose anchor is not in `anchored` yet gets it; `None` for
/// contacts that are printed where they do not stand.
pub(super) fn contacts<'c>(
    texts: &mut Texts<'_>,
    targets: &Targets,
    contacts: impl Iterator<Item = &'c model::Contact>,
    mut anchored: Option<&mut BTreeSet<String>>,
) -> Option<Content> {
    let items = contacts.map(|contact| {
        let anchor = targets.contact(&contact.id.value);
        let anchor = anchor.map(|target| target.anchor.clone());
        let free = |anchor: &String| {
            let anchored = anchored.as_deref_mut();
            anchored.is_some_and(|anchored| anchored.insert(anchor.clone()))
        };
        contact_item(texts, contact, anchor.filter(free))
    });
    let items: Vec<ContactItem> = items.collect();
    (!items.is_empty()).then_some(Content::Contacts { items })
}

/// A table with a name; without its block where it is printed in another place.
pub(super) fn sheet(
    texts: &mut Texts<'_>,
    sheet: &model::Sheet,
    named: Option<&NamedBlock>,
) -> Content {
    let title = sheet.title.as_ref().map(set);
    let numbered = named.and_then(|named| {
        super::figure::numbered(named, "Tabel", title.as_deref().unwrap_or_default())
    });
    let referred_to = named.filter(|named| named.is_referred_to);
    Content::Table {
        anchor: referred_to.map(|named| named.anchor.clone()),
        caption: numbered.or_else(|| title.clone()),
        title,
        blocks: texts.blocks(&sheet.text),
        language: TextLanguage::of(sheet.language.as_ref()),
    }
}

/// The file a section has with it, where its path can lead to one.
pub(super) fn file(section: &Section, size_of: &dyn Fn(&str) -> Option<usize>) -> Option<Content> {
    let path = load::attachment_path(&section.attachment.as_ref()?.text)?;
    let size = size_of(&path).map(|bytes| {
        let bytes = bytes as u64;
        let text = size_text(bytes);
        FileSize { bytes, text }
    });
    Some(Content::File { path, size })
}

fn task_item(texts: &mut Texts<'_>, task: &model::Task) -> TaskItem {
    let (deadline, due) = match &task.deadline {
        Some(When::Day(date)) => (Some(danish_date(date.value)), Some(date.value.to_string())),
        Some(When::Words(line)) => (Some(set(line)), None),
        None => (None, None),
    };
    TaskItem {
        what: texts.one_run(&task.what),
        responsible: task.responsible.iter().map(set).collect(),
        deadline,
        due,
        status: task.status.map(|status| TaskState {
            kind: match status {
                TaskStatus::NotBegun => TaskStateKind::NotBegun,
                TaskStatus::UnderWay => TaskStateKind::UnderWay,
                TaskStatus::Done => TaskStateKind::Done,
            },
            text: status.danish().to_owned(),
        }),
        language: TextLanguage::of(task.language.as_ref()),
    }
}

fn contact_item(
    texts: &mut Texts<'_>,
    contact: &model::Contact,
    id: Option<String>,
) -> ContactItem {
    ContactItem {
        id,
        function: set(&contact.function),
        phone: contact.phone.as_ref().map(|phone| Way {
            text: phone_text(&phone.text),
            url: contact.phone_address(),
        }),
        mail: contact.mail.as_ref().map(|mail| Way {
            text: mail.text.clone(),
            url: contact.mail_address(),
        }),
        web: contact.web.as_ref().map(|web| Way {
            text: web.text.clone(),
            url: contact.web_address(),
        }),
        external: contact.external,
        hours: contact.hours.as_ref().map(set),
        address: contact.address.iter().map(set).collect(),
        text: contact.text.as_ref().map(|text| texts.blocks(text)),
        language: TextLanguage::of(contact.language.as_ref()),
    }
}

fn set(line: &Line) -> String {
    Typesetter::line(&line.text)
}

/// "820 kB" or "1,2 MB", rounded; what is small is at least 1 kB.
fn size_text(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    if tenths < 10 {
        let thousands = ((bytes + 500) / 1_000).max(1);
        format!("{thousands}{NO_BREAK}kB")
    } else {
        format!("{},{}{NO_BREAK}MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_and_written_in_danish() {
        let text = |bytes| size_text(bytes).replace(NO_BREAK, "~");
        assert_eq!(text(0), "1~kB");
        assert_eq!(text(819_600), "820~kB");
        assert_eq!(text(949_999), "950~kB");
        assert_eq!(text(950_000), "1,0~MB");
        assert_eq!(text(1_249_999), "1,2~MB");
        assert_eq!(text(20_000_000), "20,0~MB");
    }
}
