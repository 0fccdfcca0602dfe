//! The loop: one message after the other, each answered before the next is read.

use std::time::Duration;

use crossbeam_channel::select;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification as Told, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request as Asked, SemanticTokensFullRequest,
};
use lsp_types::{InitializeParams, PublishDiagnosticsParams};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::capabilities;
use crate::session::Session;
use crate::{actions, completion, formatting, hover, naming, symbols, tokens, uri, worker};

/// The pause in typing after which a large file is read as a whole.
const PAUSE: Duration = Duration::from_millis(150);

/// Why the connection ended before its time, in words.
pub type Broken = String;

/// Serves an editor until it says good-bye.
///
/// # Errors
/// A connection that breaks off, or one that does not speak the protocol.
pub fn serve(connection: &Connection, session: &mut Session) -> Result<(), Broken> {
    let (id, asked) = connection
        .initialize_start()
        .map_err(|error| error.to_string())?;
    let asked: InitializeParams =
        serde_json::from_value(asked).map_err(|error| error.to_string())?;
    let offered = capabilities::agree(&asked, session);
    connection
        .initialize_finish(id, offered)
        .map_err(|error| error.to_string())?;
    let (jobs, results) = worker::start();
    let mut busy = false;
    loop {
        select! {
            recv(connection.receiver) -> message => {
                let Ok(message) = message else { return Ok(()) };
                if heard(connection, session, message)? {
                    return Ok(());
                }
            }
            recv(results) -> done => {
                busy = false;
                for shown in done.map(|done| session.take(done)).unwrap_or_default() {
                    publish(connection, shown)?;
                }
            }
            default(quiet(session, busy)) => {
                if let Some(job) = session.next_job().filter(|_| !busy) {
                    busy = jobs.send(job).is_ok();
                }
            }
        }
    }
}

/// How long nothing must be typed before something else is done.
fn quiet(session: &Session, busy: bool) -> Duration {
    match session.is_waiting() && !busy {
        true => PAUSE,
        false => Duration::from_secs(3600),
    }
}

/// Does what one message wants; gives whether it was the last.
fn heard(connection: &Connection, session: &mut Session, message: Message) -> Result<bool, Broken> {
    match message {
        Message::Request(request) => {
            let over = connection.handle_shutdown(&request);
            if over.map_err(|error| error.to_string())? {
                return Ok(true);
            }
            send(connection, Message::Response(answer(session, request)))?;
        }
        Message::Notification(told) => {
            for shown in hear(session, told) {
                publish(connection, shown)?;
            }
        }
        Message::Response(_) => {}
    }
    Ok(false)
}

fn send(connection: &Connection, message: Message) -> Result<(), Broken> {
    let sent = connection.sender.send(message);
    sent.map_err(|_| "the editor does not listen any more".to_owned())
}

fn publish(connection: &Connection, shown: PublishDiagnosticsParams) -> Result<(), Broken> {
    let method = PublishDiagnostics::METHOD.to_owned();
    send(
        connection,
        Message::Notification(Notification::new(method, shown)),
    )
}

fn answer(session: &Session, request: Request) -> Response {
    let method = request.method.clone();
    match method.as_str() {
        CodeActionRequest::METHOD => reply::<CodeActionRequest>(session, request, actions::actions),
        Completion::METHOD => reply::<Completion>(session, request, completion::completion),
        DocumentSymbolRequest::METHOD => {
            reply::<DocumentSymbolRequest>(session, request, symbols::symbols)
        }
        Formatting::METHOD => reply::<Formatting>(session, request, formatting::formatting),
        GotoDefinition::METHOD => reply::<GotoDefinition>(session, request, naming::definition),
        HoverRequest::METHOD => reply::<HoverRequest>(session, request, hover::hover),
        PrepareRenameRequest::METHOD => {
            reply::<PrepareRenameRequest>(session, request, naming::prepare)
        }
        References::METHOD => reply::<References>(session, request, naming::references),
        Rename::METHOD => rename(session, request),
        SemanticTokensFullRequest::METHOD => {
            reply::<SemanticTokensFullRequest>(session, request, tokens::tokens)
        }
        other => {
            let message = format!("there is no method `{other}` here");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// The one request that can be refused: a person is told why.
fn rename(session: &Session, request: Request) -> Response {
    let asked = match serde_json::from_value(request.params) {
        Ok(asked) => asked,
        Err(error) => return not_understood(request.id, &error),
    };
    match naming::rename(session, &asked) {
        Ok(edit) => Response::new_ok(request.id, edit),
        Err(why) => Response::new_err(request.id, ErrorCode::InvalidRequest as i32, why),
    }
}

fn reply<R: Asked>(
    session: &Session,
    request: Request,
    act: impl FnOnce(&Session, R::Params) -> R::Result,
) -> Response {
    match serde_json::from_value::<R::Params>(request.params) {
        Ok(asked) => Response::new_ok(request.id, act(session, asked)),
        Err(error) => not_understood(request.id, &error),
    }
}

fn not_understood(id: RequestId, error: &serde_json::Error) -> Response {
    Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string())
}

/// Hears what the editor tells; gives what it is to show.
fn hear(session: &mut Session, told: Notification) -> Vec<PublishDiagnosticsParams> {
    let params = told.params;
    match told.method.as_str() {
        DidOpenTextDocument::METHOD => {
            let opened = read::<DidOpenTextDocument>(params).map(|it| it.text_document);
            let path = |uri: &lsp_types::Uri| uri::path(uri);
            opened
                .and_then(|it| Some(session.open(&path(&it.uri)?, it.text, it.version)))
                .unwrap_or_default()
        }
        DidChangeTextDocument::METHOD => {
            let changed = read::<DidChangeTextDocument>(params);
            changed
                .and_then(|it| {
                    let path = uri::path(&it.text_document.uri)?;
                    Some(session.change(&path, &it.content_changes, it.text_document.version))
                })
                .unwrap_or_default()
        }
        DidCloseTextDocument::METHOD => {
            let closed = read::<DidCloseTextDocument>(params);
            closed
                .and_then(|it| uri::path(&it.text_document.uri))
                .map(|path| session.close(&path))
                .unwrap_or_default()
        }
        DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD => session.look_again(),
        _ => Vec::new(),
    }
}

/// What an editor tells; nothing where it is not what the protocol says.
fn read<N: Told>(params: Value) -> Option<N::Params>
where
    N::Params: DeserializeOwned,
{
    serde_json::from_value(params).ok()
}
