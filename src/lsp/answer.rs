//! From a request's name to what answers it.

use anyhow::Result;
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentSymbolParams, GotoDefinitionParams, HoverParams,
    Position, ReferenceParams, RenameParams, TextDocumentPositionParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::asked::Asked;
use super::position::Lines;
use super::scan::Scan;
use super::session::Session;
use super::{actions, complete, hover, named, outline};

/// What answers a request; `None` for one that is not known here.
pub(super) fn to(session: &mut Session, method: &str, params: Value) -> Option<Result<Value>> {
    let answer = match method {
        "textDocument/completion" => read(params).and_then(|params: CompletionParams| {
            at(session, &params.text_document_position, complete::items)
        }),
        "textDocument/hover" => read(params).and_then(|params: HoverParams| {
            at(session, &params.text_document_position_params, hover::at)
        }),
        "textDocument/documentSymbol" => read(params).and_then(|params: DocumentSymbolParams| {
            let uri = &params.text_document.uri;
            asked(session, uri, Position::default(), |asked| {
                outline::of(&asked)
            })
        }),
        "textDocument/codeAction" => read(params).and_then(|params: CodeActionParams| {
            let uri = params.text_document.uri.clone();
            asked(session, &uri, params.range.start, |asked| {
                actions::of(asked, &params)
            })
        }),
        "textDocument/definition" => read(params).and_then(|params: GotoDefinitionParams| {
            at(
                session,
                &params.text_document_position_params,
                named::definition,
            )
        }),
        "textDocument/references" => read(params).and_then(|params: ReferenceParams| {
            at(session, &params.text_document_position, named::references)
        }),
        "textDocument/prepareRename" => read(params)
            .and_then(|params: TextDocumentPositionParams| at(session, &params, named::prepare)),
        "textDocument/rename" => read(params).and_then(|params: RenameParams| {
            let place = &params.text_document_position;
            at(session, place, |asked| {
                named::rename(asked, &params.new_name)
            })
        }),
        _ => return None,
    };
    Some(answer)
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P> {
    Ok(serde_json::from_value(params)?)
}

fn at(
    session: &mut Session,
    place: &TextDocumentPositionParams,
    answer: impl FnOnce(Asked<'_>) -> Result<Value>,
) -> Result<Value> {
    asked(session, &place.text_document.uri, place.position, answer)
}

/// Answers about an open file; nothing about one that is none of ours.
fn asked(
    session: &mut Session,
    uri: &Uri,
    place: Position,
    answer: impl FnOnce(Asked<'_>) -> Result<Value>,
) -> Result<Value> {
    let today = session.today();
    let Some((open, house)) = session.opened_at(uri) else {
        return Ok(Value::Null);
    };
    let Some(kind) = house.kind_of(&open.path) else {
        return Ok(Value::Null);
    };
    let lines = Lines::of(&open.text);
    let byte = lines.byte(place);
    answer(Asked {
        uri: uri.as_str().to_owned(),
        path: open.path.clone(),
        kind,
        text: &open.text,
        lines,
        scan: Scan::of(&open.text),
        today,
        byte,
        house,
    })
}
