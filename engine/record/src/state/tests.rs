//! Events in, state out.
