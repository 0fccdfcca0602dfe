//! Whatever was typed so far, the editor is answered.

use lsp_types::{DocumentSymbolParams, GotoDefinitionParams, HoverParams, SemanticTokensParams};

use super::{SITE, asked, open, place, session};
use crate::tree::Tree;
use crate::{completion, hover, naming, symbols, tokens};

const HOUSE: [&str; 4] = [
    include_str!("../../../../workflows/manual-dirsync-exchange-server.yaml"),
    include_str!("../../../../workflows/repair.yaml"),
    include_str!("../../../../workflows/sites/lab.yaml"),
    include_str!("../../../../workflows/diagnose.yaml"),
];

/// Asks all there is to ask at the end of a text.
fn ask(text: &str) {
    let mut session = session(&[("sites/lab.yaml", SITE)]);
    open(&mut session, "a.yaml", text);
    let end = crate::position::Text::new(text).place(text.len(), session.encoding);
    let there = place("a.yaml", end);
    let document = there.text_document.clone();
    completion::completion(&session, asked("a.yaml", end)).expect("an answer");
    hover::hover(
        &session,
        HoverParams {
            text_document_position_params: there.clone(),
            work_done_progress_params: Default::default(),
        },
    );
    naming::definition(
        &session,
        GotoDefinitionParams {
            text_document_position_params: there,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        },
    );
    symbols::symbols(
        &session,
        DocumentSymbolParams {
            text_document: document.clone(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        },
    )
    .expect("an answer");
    tokens::tokens(
        &session,
        SemanticTokensParams {
            text_document: document,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        },
    )
    .expect("an answer");
}

#[test]
fn any_beginning_of_any_house_file_is_answered() {
    for text in HOUSE {
        // Every letter of the first lines, and of the rest every so many.
        let ends = text.char_indices().map(|(at, _)| at);
        for end in ends.filter(|at| *at < 60 || at % 307 == 0) {
            ask(&text[..end]);
        }
    }
}

#[test]
fn every_node_of_any_beginning_lies_in_its_text() {
    for text in HOUSE {
        for (end, _) in text
            .char_indices()
            .filter(|(at, _)| *at < 900 || at % 61 == 0)
        {
            let tree = Tree::parse(&text[..end]);
            for id in tree.ids() {
                let extent = tree.extent(id);
                assert!(
                    text[..end].get(extent.clone()).is_some(),
                    "{extent:?} of {end}"
                );
                assert!(
                    tree.inner(id)
                        .is_none_or(|inner| text[..end].get(inner).is_some())
                );
            }
        }
    }
}
