//! Drivers for real machines
