//! What goes wrong at a requestor, and what its tools say of it.

mod line;
mod sending;
