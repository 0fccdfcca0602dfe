//! What both sides can do.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    HoverProviderCapability, InitializeParams, InitializeResult, OneOf, PositionEncodingKind,
    RenameOptions, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions,
};
use serde_json::Value;

use crate::position::Encoding;
use crate::session::Session;
use crate::{tokens, uri};

/// Takes up what the editor said of itself; gives what is offered to it.
#[must_use]
pub(crate) fn agree(asked: &InitializeParams, session: &mut Session) -> Value {
    session.folders = folders(asked);
    let general = asked.capabilities.general.as_ref();
    let encodings = general.and_then(|general| general.position_encodings.as_ref());
    let utf8 = encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
    session.encoding = match utf8 {
        true => Encoding::Utf8,
        false => Encoding::Utf16,
    };
    let result = InitializeResult {
        capabilities: offered(session.encoding),
        server_info: Some(ServerInfo {
            name: "runsheet".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    serde_json::to_value(result).unwrap_or_default()
}

fn folders(asked: &InitializeParams) -> Vec<String> {
    let folders = asked.workspace_folders.iter().flatten();
    let folders: Vec<String> = folders
        .filter_map(|folder| uri::path(&folder.uri))
        .collect();
    if !folders.is_empty() {
        return folders;
    }
    root(asked).into_iter().collect()
}

#[expect(
    deprecated,
    reason = "older editors say their folder so and not otherwise"
)]
fn root(asked: &InitializeParams) -> Option<String> {
    uri::path(asked.root_uri.as_ref()?)
}

fn offered(encoding: Encoding) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::SOURCE_FIX_ALL,
            ]),
            ..CodeActionOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", " ", "{", ":"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: tokens::legend(),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        ..ServerCapabilities::default()
    }
}
