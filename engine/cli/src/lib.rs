//! The command line: the one crate that names every step and driver
