//! Events in, commands out.
