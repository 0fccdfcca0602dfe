//! Text to document to workflow: what people write, and what it means.
//!
//! Pure: it reads no file, asks no clock and runs nothing. It knows kinds only by the catalogue it
//! is given. Reading never stops at the first fault: every function answers with a value and a
//! list of diagnostics.
//!
//! Start reading at [`workflow`], then [`document`], [`expression`] and [`bound`].

pub mod bound;
pub mod document;
pub mod expression;
mod read;
pub mod reader;
mod resolve;
pub mod site;
pub mod spanned;
pub mod workflow;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::{self, Diagnostic};
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_step::Catalogue;
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::workflow::Workflow;

/// Reads a workflow: its text, its names, its order. There is always a workflow; it can be planned
/// and run only if none of the diagnostics is an error. They come in the order of their places.
#[must_use]
pub fn read_workflow(
    source: SourceId,
    sources: &Sources,
    catalogue: &Catalogue,
) -> (Workflow, Vec<Diagnostic>) {
    let text = sources.get(source).text.clone();
    let (document, mut found) = Document::parse(source, text.clone());
    let draft = read::read(&document, sources, catalogue, &mut found);
    let mut workflow = resolve::resolve(draft, catalogue, &text, &mut found);
    workflow.source_hash = hash(&text);
    diagnostic::sort(&mut found);
    (workflow, found)
}

/// SHA-256 in hex.
fn hash(text: &str) -> runsheet_step::Name {
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.into()
}

/// All rules that a workflow or a site file can break, by name.
#[must_use]
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = [
        document::CODES,
        expression::CODES,
        reader::CODES,
        read::CODES,
        resolve::CODES,
        site::CODES,
        bound::CODES,
    ]
    .concat();
    codes.sort_unstable_by_key(|code| code.name);
    codes
}
