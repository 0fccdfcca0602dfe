//! What is wrong, where it stands, and what would mend it
