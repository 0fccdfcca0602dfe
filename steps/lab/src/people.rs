//! Names for simulated users.

const PEOPLE: [(&str, &str); 16] = [
    ("Adams", "Anna"),
    ("Baker", "Bert"),
    ("Clark", "Carla"),
    ("Davis", "Dora"),
    ("Evans", "Emil"),
    ("Fisher", "Flora"),
    ("Grant", "Georg"),
    ("Hill", "Hanna"),
    ("Irving", "Ida"),
    ("Jones", "Jack"),
    ("King", "Karl"),
    ("Lewis", "Lena"),
    ("Moore", "Max"),
    ("Nolan", "Nina"),
    ("Owens", "Otto"),
    ("Price", "Paula"),
];

/// The mailbox and full name of person `number` at `place`: `ADAMS`, `Adams, Anna (SALES)`. From
/// the seventeenth on, names come again with a number.
#[must_use]
pub fn person(number: u32, place: &str) -> (String, String) {
    let (last, first) = PEOPLE[number as usize % PEOPLE.len()];
    let round = number as usize / PEOPLE.len();
    let mailbox = last.to_uppercase();
    match round {
        0 => (mailbox, format!("{last}, {first} ({place})")),
        _ => (
            format!("{mailbox}{round}"),
            format!("{last}, {first} {round} ({place})"),
        ),
    }
}
