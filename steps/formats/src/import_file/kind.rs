//! The types of addresses, and what an address of each looks like (Q96001, Q96003).

use super::refusal::Refusal;
use super::x400;

/// The most characters of an address that has no parts. Inferred: [25] names no limit.
const LONGEST: usize = 255;

/// The parts of a FAX address: most characters, and the message if there are more (Q96003).
const FAX: [(usize, u16); 4] = [(30, 74), (30, 75), (30, 76), (22, 77)];

/// A type of address.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word before the colon.
    pub name: &'static str,
    /// What its addresses consist of.
    pub shape: Shape,
}

/// What the addresses of a type consist of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `NETWORK/POSTOFFICE/MAILBOX`, letters and digits.
    Postoffice,
    /// `gateway/node/user`, any characters. Such types have templates, as `PCM` has (message 24).
    Node,
    /// `/key=value/...` or `key=value;...`.
    X400,
    /// `user@domain`.
    Smtp,
    /// `recipient~location~company~phone`.
    Fax,
    /// One piece of text.
    Text,
}

/// Every type: `PCM` is MS Mail, `CSI` is FFAPI's name for it (Q106623), `MS` is Exchange's.
pub const KINDS: &[Kind] = &[
    kind("MSMAIL", Shape::Text),
    kind("PROFS", Shape::Node),
    kind("SNADS", Shape::Node),
    kind("SMTP", Shape::Smtp),
    kind("X400", Shape::X400),
    kind("PCM", Shape::Postoffice),
    kind("CSI", Shape::Postoffice),
    kind("MCI", Shape::Text),
    kind("MHS", Shape::Text),
    kind("FAX", Shape::Fax),
    kind("OV", Shape::Node),
    kind("MS", Shape::Postoffice),
];

const fn kind(name: &'static str, shape: Shape) -> Kind {
    Kind { name, shape }
}

/// The type of a name, in capitals or not (Q157712).
#[must_use]
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))
}

impl Kind {
    /// Whether addresses of this type have templates (message 24, Q96001).
    #[must_use]
    pub fn has_templates(&self) -> bool {
        matches!(self.shape, Shape::Postoffice | Shape::Node)
    }

    /// Checks a mailbox's address.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn check(&self, address: &str) -> Result<(), Refusal> {
        match self.shape {
            Shape::Postoffice | Shape::Node => self.check_parts(address, 3),
            Shape::X400 => x400::check(address),
            Shape::Smtp => smtp(address),
            Shape::Fax => fax(address),
            Shape::Text if address.is_empty() => Err(Refusal::new(48, address)),
            Shape::Text if address.chars().count() > LONGEST => Err(Refusal::new(25, address)),
            Shape::Text => Ok(()),
        }
    }

    /// Checks what comes after the colon where a list is meant: `NETWORK/POSTOFFICE`, or nothing
    /// for types without postoffices.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn check_list(&self, list: &str) -> Result<(), Refusal> {
        match (list.is_empty(), self.has_templates()) {
            (true, _) => Ok(()),
            (false, true) => self.check_parts(list, 2),
            (false, false) => Err(Refusal::new(26, list)),
        }
    }

    /// Checks parts between slashes, ten characters each (Q96001).
    fn check_parts(&self, address: &str, due: usize) -> Result<(), Refusal> {
        if address.is_empty() {
            return Err(Refusal::new(48, address));
        }
        let parts: Vec<&str> = address.split('/').collect();
        let complete = parts.iter().filter(|part| !part.is_empty()).count();
        match (parts.len(), complete) {
            (count, complete) if count == due && complete == due => {}
            (count, _) if count > due => return Err(Refusal::new(26, address)),
            (_, 0 | 1) => return Err(Refusal::new(17, address)),
            _ => return Err(Refusal::new(19, address)),
        }
        for (index, part) in parts.iter().enumerate() {
            if part.chars().count() > 10 {
                return Err(Refusal::new(20, part));
            }
            if self.shape == Shape::Postoffice && !is_plain(part, index) {
                let number = [69, 70, 71][index];
                return Err(Refusal::new(number, part));
            }
        }
        Ok(())
    }
}

/// Letters and digits; mailboxes may begin with the dollar sign of `$SYSTEM`.
fn is_plain(part: &str, index: usize) -> bool {
    let part = match index {
        2 => part.strip_prefix('$').unwrap_or(part),
        _ => part,
    };
    !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn smtp(address: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::new(26, address);
    let (user, domain) = address.split_once('@').ok_or_else(wrong)?;
    let letters = |it: u8| it.is_ascii_alphanumeric() || b"-._+'=/".contains(&it);
    let user = !user.is_empty() && user.bytes().all(letters);
    let label = |label: &str| {
        let letters = label
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-');
        !label.is_empty() && letters
    };
    (user && domain.split('.').all(label))
        .then_some(())
        .ok_or_else(wrong)
}

fn fax(address: &str) -> Result<(), Refusal> {
    let fields: Vec<&str> = address.split('~').collect();
    if fields.len() != FAX.len() {
        return Err(Refusal::new(26, address));
    }
    for (field, (most, number)) in fields.iter().zip(FAX) {
        if field.chars().count() > most {
            return Err(Refusal::new(number, field));
        }
    }
    let phone = fields[3];
    let dialled = |it: u8| it.is_ascii_digit() || b" ,-".contains(&it);
    let plain = !phone.is_empty() && phone.bytes().all(dialled);
    plain.then_some(()).ok_or_else(|| Refusal::new(15, phone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_addresses_of_its_shape() {
        let right = [
            ("pcm", "NET1/PO1/USER1"),
            ("MS", "ORG/SITE/$SYSTEM"),
            ("SNADS", "SNADSGATE/SNADSDGN/J.DOE"),
            ("SMTP", "user1@domain1.com"),
            ("FAX", "Roe~Room 5~Litware~9,1-206 6357022"),
            ("MCI", "John Doe 123-4567"),
            ("x400", "/c=US/admd=ATTMAIL/prmd=TEST/pn=Guy.Good"),
        ];
        for (name, address) in right {
            assert_eq!(
                named(name).unwrap().check(address),
                Ok(()),
                "{name}:{address}"
            );
        }
        let wrong = [
            ("SMTP", "user1domain1.com", 26),
            ("SMTP", "user1@domain1..com", 26),
            ("FAX", "a~b~c~9012345678901234567890123", 77),
            ("SNADS", "SNADSGATE/SNADSDGN", 19),
            ("PCM", "A/B/C/D", 26),
        ];
        for (name, address, number) in wrong {
            let refused = named(name).unwrap().check(address).unwrap_err();
            assert_eq!(refused.number, number, "{name}:{address}");
        }
        assert_eq!(named("TELEX"), None);
    }
}
