//! What is looked at in a skabelon itself, apart from any protocol that follows it: the rules RP8xx, and
//! slips in its texts.

use super::rules;
use crate::diag::Finding;
use crate::model::{Line, Requirement, Skabelon, Variables};
use crate::text::{Place, Span, Spanned};

/// A rule about a skabelon: a function from what is known of it to findings.
pub type SkabelonRule = fn(&SkabelonContext<'_>, &mut Vec<Finding>);

/// A skabelon with what bears on it, read-only.
#[derive(Debug)]
pub struct SkabelonContext<'s> {
    /// The skabelon.
    pub skabelon: &'s Skabelon,
    /// Every variable that some protocol of the area has; `None` where there is no protocol yet, or one
    /// whose variables cannot be read.
    pub variables: Option<&'s Variables>,
    /// What protocols are asked for: requirements and points, each before those below it.
    pub asked: Vec<Asked<'s>>,
}

/// A requirement or a point, with the wordings of a heading that answers it.
#[derive(Debug)]
pub struct Asked<'s> {
    /// Its id.
    pub id: &'s Spanned<String>,
    /// The heading of a requirement, the text of a point.
    pub heading: &'s Line,
    /// The other wordings that count.
    pub aliases: &'s [Line],
    /// Whether it is a point.
    pub is_point: bool,
    /// Whether the skabelon has a text that is printed where it is answered.
    pub has_obligatory: bool,
    /// Where the requirements it stands below are in the list, the outermost first.
    below: Vec<usize>,
}

impl Asked<'_> {
    /// Every wording that answers it, its own first.
    pub fn wordings(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(self.heading).chain(self.aliases)
    }

    /// As it is called in a message: `kravet »gaester«`.
    pub fn called(&self) -> String {
        let what = if self.is_point { "punktet" } else { "kravet" };
        format!("{what} »{}«", self.id.value)
    }

    /// Whether a heading that is looked for here may stand where one is looked for there: a point and a
    /// required sub-heading are looked for in the section of the requirement above, all others everywhere.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.below.starts_with(&other.below) || other.below.starts_with(&self.below)
    }
}

impl<'s> SkabelonContext<'s> {
    /// A skabelon in an area whose protocols have these variables.
    pub fn new(skabelon: &'s Skabelon, variables: Option<&'s Variables>) -> Self {
        let mut asked = Vec::new();
        list(&skabelon.requirements, &mut Vec::new(), &mut asked);
        Self {
            skabelon,
            variables,
            asked,
        }
    }

    /// A place in the skabelon's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.skabelon.file, span)
    }
}

/// Lists requirements with their points and those below them; `below` is where those above are in the list.
fn list<'s>(requirements: &'s [Requirement], below: &mut Vec<usize>, asked: &mut Vec<Asked<'s>>) {
    for requirement in requirements {
        let index = asked.len();
        asked.push(Asked {
            id: &requirement.id,
            heading: &requirement.heading,
            aliases: &requirement.aliases,
            is_point: false,
            has_obligatory: requirement.has_obligatory(),
            below: below.clone(),
        });
        below.push(index);
        asked.extend(requirement.points.iter().map(|point| Asked {
            id: &point.id,
            heading: &point.text,
            aliases: &point.aliases,
            is_point: true,
            has_obligatory: false,
            below: below.clone(),
        }));
        list(&requirement.children, below, asked);
        below.pop();
    }
}

/// Every finding about a skabelon as such. Whether a variable has a value is looked at in each protocol.
pub fn check(skabelon: &Skabelon, variables: Option<&Variables>) -> Vec<Finding> {
    let context = SkabelonContext::new(skabelon, variables);
    let mut findings = Vec::new();
    for rule in rules::SKABELON {
        rule(&context, &mut findings);
    }
    let no_variables = Variables::default();
    findings.extend(rules::about_slips(&skabelon.slips, &no_variables));
    findings
}
