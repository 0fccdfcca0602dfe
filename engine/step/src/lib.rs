//! The contract between steps, facilities, drivers and the engine
