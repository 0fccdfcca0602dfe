//! The simulated site and its drivers
