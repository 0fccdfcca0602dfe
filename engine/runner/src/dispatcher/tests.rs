//! The dispatcher held against a small site.
