//! Programs in Python as drivers: what they do well, and what comes of it when they do not.

mod bench;
mod faults;
mod work;
