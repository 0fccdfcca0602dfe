//! Which turns are asked for twice. All of them would be a large part of what a turn costs, so of
//! a plugin that has said the same again for long not all turns are doubted any more.

/// So many steps are doubted in all their turns: mostly all there are in a run.
const FIRST: u64 = 256;

/// Of those that come later, one in so many is.
const EVERY: u64 = 16;

/// What was asked before.
#[derive(Default)]
pub(super) struct Doubt {
    before: Vec<u8>,
    steps: u64,
}

impl Doubt {
    /// Whether a turn is asked for twice: that of a step that does not go on from the message
    /// before, and every other one of a step that is doubted.
    pub(super) fn takes(&mut self, message: &[u8]) -> bool {
        let begins = !goes_on(&self.before, message);
        self.steps += u64::from(begins);
        self.before.clear();
        self.before.extend_from_slice(message);
        begins || self.steps <= FIRST || self.steps.is_multiple_of(EVERY)
    }
}

/// Whether a message is about the step of the one before, with more answers.
fn goes_on(before: &[u8], message: &[u8]) -> bool {
    let so_far = before.strip_suffix(b"]}");
    so_far.is_some_and(|so_far| message.len() > before.len() && message.starts_with(so_far))
}

#[cfg(test)]
mod tests {
    use super::{Doubt, EVERY, FIRST, goes_on};

    fn message(input: u64, transcript: &str) -> Vec<u8> {
        let text = format!(r#"{{"kind":"k","input":{input},"transcript":[{transcript}]}}"#);
        text.into_bytes()
    }

    #[test]
    fn only_the_same_step_with_more_answers_goes_on() {
        let (none, one, two) = (message(1, ""), message(1, "{}"), message(1, "{},{}"));
        assert!(goes_on(&none, &one) && goes_on(&one, &two));
        for (before, now) in [(b"".as_slice(), &*none), (&none, &none), (&two, &one)] {
            assert!(!goes_on(before, now));
        }
        assert!(!goes_on(&none, &message(2, "{}")));
        assert!(!goes_on(&one, &message(1, "[],{}")));
    }

    #[test]
    fn every_turn_of_the_first_steps_is_doubted_and_later_one_step_in_so_many() {
        let mut doubt = Doubt::default();
        for step in 1..FIRST + 4 * EVERY {
            assert!(doubt.takes(&message(step, "")), "step {step} begins");
            let is_doubted = step <= FIRST || step % EVERY == 0;
            for more in ["{}", "{},{}"] {
                assert_eq!(doubt.takes(&message(step, more)), is_doubted, "step {step}");
            }
        }
    }
}
