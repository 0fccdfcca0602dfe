//! Text to document to workflow
