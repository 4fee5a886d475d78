//! The id by which references name a building block. What there is to name is `targets`' business.

use serde_json::{Value, json};

use crate::model::kind::Told;
use crate::model::shape::{Keys, Shape};
use crate::model::takes::Takes;
use crate::model::texts::Visit;
use crate::text::{Span, Spanned};

/// The id of a block, where somebody gave it one.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockId;

impl Told for BlockId {
    fn noun(&self) -> String {
        "et ord af bogstaver, tal, bindestreg og _".to_owned()
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^[ \t\n\r]*[\p{Alphabetic}\p{N}_-]*[ \t\n\r]*$" })
    }
}

impl Takes for BlockId {
    type Value = Option<Spanned<String>>;

    fn read(&self, shape: &mut Shape<'_>, keys: &Keys<'_>, key: &str) -> Option<Self::Value> {
        let id = shape.line(keys, key);
        if let Some(id) = &id {
            can_be_named(shape, &id.text, id.span);
        }
        Some(id.map(|id| Spanned::new(id.text, id.span)))
    }

    fn texts<'t>(&self, _: &'t Self::Value, _: Visit<'_, 't>) {}
}

/// An id with a space or a sign in it cannot stand in a link.
pub(super) fn can_be_named(shape: &mut Shape<'_>, id: &str, span: Span) {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !id.is_empty() && !id.chars().all(fits) {
        shape.wrong_type(
            span,
            format!("Ingen kan henvise til id'et »{id}«."),
            "Brug kun bogstaver, tal, bindestreg og _.".to_owned(),
        );
    }
}
