//! Events to words
