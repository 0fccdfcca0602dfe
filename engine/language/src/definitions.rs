//! What a file defines or includes, as something that can be explained and completed.

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::HostNeed;
use runsheet_step::{Catalogue, Field, Name, Shape};

use crate::compose::{Files, Loader};
use crate::read::Shelf;
use crate::read::library::{Define, Libraries};
use crate::workflow::Call;

/// A kind that is made of steps.
#[derive(Clone, Debug)]
pub struct Definition {
    /// How `uses:` names it in the file: `send`, `post.send`.
    pub name: Name,
    /// Where it stands.
    pub span: Span,
    /// What it takes and gives.
    pub shape: Shape,
    /// Where more is to be read, such as `Q147464`.
    pub see: Vec<Name>,
}

/// All kinds that the steps of a file can call beside those of the program, in the order written.
/// What is wrong with the file is not told here.
#[must_use]
pub fn definitions(
    source: SourceId,
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> Vec<Definition> {
    let mut loader = Loader::new(sources, files);
    let document = loader.main(source);
    let shelf = Shelf::of(document, &mut loader);
    let libraries = Libraries::of(&shelf, catalogue, &mut Vec::new());
    let main = libraries.files.len() - 1;
    let names = libraries.names(main).into_iter();
    let definition = |name: Name| {
        let define = libraries.define(main, &name)?;
        Some(Definition {
            span: define.span,
            shape: shape(define),
            see: define.see.clone(),
            name,
        })
    };
    names.filter_map(definition).collect()
}

/// A workflow as a kind that the steps of others call by its path. What is wrong with the file is
/// not told here.
#[must_use]
pub fn whole(
    source: SourceId,
    sources: &mut Sources,
    catalogue: &Catalogue,
    files: &dyn Files,
) -> Option<Definition> {
    let name = Name::from(&*sources.get(source).name);
    let mut loader = Loader::new(sources, files);
    let document = loader.main(source);
    let shelf = Shelf::of(document, &mut loader).called_itself();
    let libraries = Libraries::of(&shelf, catalogue, &mut Vec::new());
    let define = libraries.files.last()?.whole.as_ref()?;
    Some(Definition {
        span: define.span,
        shape: shape(define),
        see: define.see.clone(),
        name,
    })
}

fn shape(define: &Define<'_>) -> Shape {
    let outputs = define.outputs.iter();
    let output = |(name, output): (&Name, &crate::workflow::OutputDeclaration)| {
        Field::new(name.clone(), output.kind.clone(), output.doc.clone())
    };
    Shape::new(&*define.doc)
        .host(HostNeed::Optional)
        .inputs(Call::fields(&define.inputs))
        .outputs(outputs.map(output))
}
