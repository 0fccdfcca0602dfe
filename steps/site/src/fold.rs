//! Names without regard to case. Registry keys, services, settings, event categories and mail
//! addresses are all compared so.

use runsheet_step::Name;

/// The form in which names that mean the same are equal: lower case, without space around it.
#[must_use]
pub fn folded(name: &str) -> Name {
    name.trim().to_lowercase().into()
}

/// Whether two names mean the same.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let are_plain = one.is_ascii() && other.is_ascii();
    one.eq_ignore_ascii_case(other) || !are_plain && one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn case_and_outer_space_do_not_count() {
        assert!(same_name("Moved Out ", "moved out"));
        assert!(same_name("BÜRO", "büro"));
        assert!(same_name("\u{212a}", "k"), "the sign of Kelvin");
        assert!(!same_name("Moved Out", "Moved In"));
    }
}
