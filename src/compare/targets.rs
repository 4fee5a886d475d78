//! What the references of the former edition lead to, by the names their targets have now.
//!
//! A part is the one it was matched with. Contacts are no parts: they are found by what they say, then by
//! their ids. How a reference counts when texts are compared is for `words` to say.

use std::collections::{BTreeMap, HashMap};

use super::parts::Matching;
use crate::document::{ContactItem, Document, Way, canonical};

/// What two contacts have in common that are the same, of an anchor and what stands there.
type Likeness = fn(&str, &ContactItem) -> Vec<String>;

/// Gives the targets of all former references their present anchors. One that is gone gets a name that
/// nothing has now.
pub(super) fn rename(matching: &mut Matching<'_>, former: &Document, present: &Document) {
    let mut names: HashMap<&str, Option<&str>> = contacts(former, present);
    for (node, partner) in matching.former.iter().zip(&matching.to_present) {
        let name = partner.map(|partner| &*matching.present[partner].part.id);
        names.insert(&node.part.id, name);
    }
    let units = matching
        .former
        .iter_mut()
        .flat_map(|node| node.units.iter_mut());
    let fields = units.flat_map(|unit| unit.fields.iter_mut());
    for reference in fields.flat_map(|field| field.refs.iter_mut()) {
        match names.get(&*reference.target) {
            Some(Some(name)) => reference.target = (*name).to_owned(),
            // No anchor has a space in it.
            Some(None) => reference.target.insert(0, ' '),
            None => {}
        }
    }
}

/// For each former contact's anchor the present one, where there still is such a contact.
fn contacts<'d>(former: &'d Document, present: &'d Document) -> HashMap<&'d str, Option<&'d str>> {
    let (old, new) = (former.contacts(), present.contacts());
    let mut names: HashMap<&str, Option<&str>> = old.iter().map(|(id, _)| (*id, None)).collect();
    let mut taken = vec![false; new.len()];
    // What a contact says comes first: two that only changed ids are read as they were.
    let likenesses: [Likeness; 5] = [
        |id, item| [said(item), vec![canonical(id)]].concat(),
        |_, item| said(item),
        |id, item| vec![canonical(&item.function), canonical(id)],
        |_, item| vec![canonical(&item.function)],
        |id, _| vec![canonical(id)],
    ];
    for likeness in likenesses {
        let mut waiting: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (index, (id, item)) in new.iter().enumerate().rev() {
            if !taken[index] {
                let key = likeness(id, item);
                waiting.entry(key).or_default().push(index);
            }
        }
        for (id, item) in &old {
            if names[id].is_none()
                && let Some(index) = waiting.get_mut(&likeness(id, item)).and_then(Vec::pop)
            {
                taken[index] = true;
                names.insert(id, Some(new[index].0));
            }
        }
    }
    names
}

/// The words a reference to the contact is made of.
fn said(item: &ContactItem) -> Vec<String> {
    let way = |way: &Option<Way>| canonical(way.as_ref().map_or("", |way| &way.text));
    vec![canonical(&item.function), way(&item.phone), way(&item.mail)]
}
