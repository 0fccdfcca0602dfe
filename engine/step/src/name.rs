//! A name or a piece of text that is shared rather than copied.

use std::sync::Arc;

/// A name or text: cheap to clone, compared by its characters.
pub type Name = Arc<str>;
