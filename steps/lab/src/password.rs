//! The password of each postoffice's mail administrator: made from its name, so that a site file
//! need not hold it.

use crate::hash::fnv1a;

/// The password of the administrator at a host: eight letters and digits.
#[must_use]
pub fn of(host: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut hash = fnv1a(host.to_uppercase().as_bytes());
    let mut password = String::new();
    for _ in 0..8 {
        password.push(char::from(ALPHABET[(hash % 32) as usize]));
        hash /= 32;
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_postoffice_has_its_own_password() {
        assert_eq!(of("SALES"), of("sales"));
        assert_ne!(of("SALES"), of("PLANT"));
        assert_eq!(of("SALES").len(), 8);
    }
}
