//! Which heading answers which requirement: in the skabelon's own words, or nearly so, which is proposed.

use std::collections::BTreeSet;

use super::outline::{Outline, Part};
use crate::check::{NEAR, likeness};
use crate::model::{Requirement, Skabelon, fold, fold_heading};

/// What a heading on the way to the skabelon's words may be called instead of the institution's name.
const INSTITUTION: &str = "botilbuddet";

/// A heading that nearly has the words of a requirement or a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The heading in the source.
    pub heading: String,
    /// What it may answer, in the skabelon's words.
    pub wording: String,
    /// The id of that.
    pub id: String,
    /// From 0 to 1: how alike they are.
    pub alike: f64,
    /// Where the heading is: the indices of the parts from the outermost.
    pub path: Vec<usize>,
}

/// What a skabelon asks for, in all its wordings.
#[derive(Debug)]
pub struct Wanted<'s> {
    skabelon: &'s Skabelon,
    /// Id, wording as it stands, and folded; requirements first.
    wordings: Vec<(&'s str, &'s str, String)>,
    requirements: usize,
    institution: String,
}

impl<'s> Wanted<'s> {
    /// The wordings of a skabelon; the institution's name counts as "botilbuddet" in headings.
    pub fn new(skabelon: &'s Skabelon, institution: &str) -> Self {
        let mut wordings = Vec::new();
        skabelon.visit(&mut |requirement| {
            for line in requirement.wordings() {
                wordings.push((
                    requirement.id.value.as_str(),
                    line.text.as_str(),
                    fold_heading(&line.text),
                ));
            }
        });
        let requirements = wordings.len();
        skabelon.visit(&mut |requirement| {
            for point in &requirement.points {
                for line in std::iter::once(&point.text).chain(&point.aliases) {
                    wordings.push((
                        point.id.value.as_str(),
                        line.text.as_str(),
                        fold_heading(&line.text),
                    ));
                }
            }
        });
        Self {
            skabelon,
            wordings,
            requirements,
            institution: fold(institution),
        }
    }

    /// Whether a heading has the words of a requirement.
    pub fn is_asked(&self, heading: &str) -> bool {
        let folded = fold_heading(heading);
        let mut wordings = self.wordings[..self.requirements].iter();
        wordings.any(|(_, _, wording)| *wording == folded)
    }

    /// Whether a heading nearly has the words of a requirement.
    pub fn is_near(&self, heading: &str) -> bool {
        let folded = self.folded(heading);
        let mut wordings = self.wordings[..self.requirements].iter();
        wordings.any(|(_, _, wording)| likeness(&folded, wording) >= NEAR)
    }

    /// The skabelon's spelling of a heading that differs in its letters' case alone.
    pub fn spelled(&self, heading: &str) -> Option<&'s str> {
        let folded = fold_heading(heading);
        let mut wordings = self.wordings[..self.requirements].iter();
        let (_, wording, _) = wordings.find(|(_, _, wording)| *wording == folded)?;
        Some(wording)
    }

    fn folded(&self, heading: &str) -> String {
        let folded = fold_heading(heading);
        if self.institution.is_empty() {
            return folded;
        }
        folded.replace(&self.institution, INSTITUTION)
    }

    /// The requirements that an id, or a heading at this level, answers.
    pub fn requirements_of(
        &self,
        heading: &str,
        level: usize,
        answers: &[String],
    ) -> Vec<&'s Requirement> {
        let by_heading = self.skabelon.answered_by_heading(heading, level);
        let mut found = Vec::new();
        self.skabelon.visit(&mut |requirement| {
            let id = &requirement.id.value;
            if by_heading.contains(&id.as_str()) || answers.contains(id) {
                found.push(requirement);
            }
        });
        found
    }

    /// What headings may answer that do not say so in the skabelon's words: each at most one thing, the most alike
    /// first, and nothing that another heading answers in its own words.
    pub fn proposals(&self, outline: &Outline) -> Vec<Proposal> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut open = Vec::new();
        visit(&outline.sections, &mut Vec::new(), &mut |path, part| {
            let answered = self.skabelon.answered_by_heading(&part.heading, path.len());
            taken.extend(answered.iter().map(|id| (*id).to_owned()));
            if answered.is_empty() && !part.is_made_up {
                open.push((path.to_vec(), part.heading.clone()));
            }
        });
        let mut near = Vec::new();
        for (path, heading) in &open {
            let folded = self.folded(heading);
            for (id, wording, other) in &self.wordings {
                let alike = likeness(&folded, other);
                if alike >= NEAR && !taken.contains(*id) {
                    near.push(Proposal {
                        heading: heading.clone(),
                        wording: (*wording).to_owned(),
                        id: (*id).to_owned(),
                        alike,
                        path: path.clone(),
                    });
                }
            }
        }
        near.sort_by(|a, b| {
            b.alike
                .total_cmp(&a.alike)
                .then_with(|| a.path.cmp(&b.path))
        });
        let mut proposals: Vec<Proposal> = Vec::new();
        for proposal in near {
            let is_free = |other: &Proposal| other.path != proposal.path && other.id != proposal.id;
            if proposals.iter().all(is_free) {
                proposals.push(proposal);
            }
        }
        proposals.sort_by(|a, b| a.path.cmp(&b.path));
        proposals
    }
}

fn visit(parts: &[Part], path: &mut Vec<usize>, visit_part: &mut dyn FnMut(&[usize], &Part)) {
    for (at, part) in parts.iter().enumerate() {
        path.push(at);
        visit_part(path, part);
        visit(&part.parts, path, visit_part);
        path.pop();
    }
}
