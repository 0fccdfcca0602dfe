//! Whole files in, diagnostics and workflows out, against a small catalogue of its own.

mod arming;
mod binding;
mod broken;
mod calls;
pub(crate) mod carets;
pub(crate) mod catalogue;
mod causes;
mod equals;
mod files;
mod forgotten;
mod generated;
mod given;
mod habits;
mod instances;
mod lines;
mod marks;
mod misplaced;
mod moved;
mod mutated;
mod once;
mod order;
mod remedies;
mod rescue;
mod scalars;
mod slips;
mod soup;
mod yaml;
