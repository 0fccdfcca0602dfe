//! The vocabulary of a site: facilities, their typed faces and predictions
