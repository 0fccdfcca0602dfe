//! What is written down: plan, event, state
