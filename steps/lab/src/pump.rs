//! One pass over everything that carries mail, now, whenever it would have been due.

use std::time::Duration;

use crate::lab::{Due, Lab};

impl Lab {
    /// Every running MTA instance looks for mail at once, and what is on its way then arrives;
    /// so much time passes. What arrives is carried no further: that takes another pass.
    pub fn pump(&mut self) {
        let polls = self.awaited(|due| matches!(due, Due::Poll(..)));
        self.forget(|due| matches!(due, Due::Poll(..)));
        for poll in polls {
            self.schedule(Duration::ZERO, poll);
        }
        self.advance(Duration::ZERO);
        while let Some(at) = self.next_of(is_on_its_way) {
            self.advance_to(at);
        }
    }
}

/// Whether it is part of what the pass has begun.
fn is_on_its_way(due: &Due) -> bool {
    match due {
        Due::Stage(..)
        | Due::Settle(..)
        | Due::Arrival(_)
        | Due::Interchange(_)
        | Due::Cycle(_)
        | Due::Delivery(_) => true,
        Due::Poll(..) | Due::Hour(_) | Due::Fault => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::lab::Lab;
    use crate::tests::blueprint;

    #[test]
    fn a_pass_carries_mail_one_way_and_the_next_one_the_other() {
        let mut lab = Lab::build(&blueprint(&["SALES"]));
        let argv = ["reqmain", "-dM", "-t"].map(str::to_owned);
        let sent = lab.perform("SALES", &argv, r"M:\MAILEXE", &mut |_| None);
        assert_eq!(sent.unwrap().exit, 0);
        assert!(!lab.postoffices[0].outgoing.is_empty());
        lab.pump();
        assert!(lab.postoffices[0].outgoing.is_empty());
        assert!(!lab.exchanges[0].dx.heard.is_empty(), "DX has read it");
        lab.dx_cycle(0);
        lab.pump();
        lab.pump();
        assert!(!lab.postoffices[0].system.is_empty(), "the reply is there");
    }
}
