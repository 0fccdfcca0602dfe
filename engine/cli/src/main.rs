//! The binary: streams and exit code.
fn main() {}
