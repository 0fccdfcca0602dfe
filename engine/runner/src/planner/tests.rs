//! The planner held against a small site.
