//! The password of each postoffice's mail administrator: made from its name, so that a site file
//! need not hold it.

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

/// The FNV-1a hash with its published constants: stable, and plenty for a toy secret.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
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
