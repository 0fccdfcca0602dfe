//! Planner, schedule, dispatcher, executor and journal
