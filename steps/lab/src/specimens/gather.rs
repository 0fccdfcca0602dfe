//! Everything a lab has said so far.

use std::collections::BTreeSet;

use crate::exchange::event_log::Record;
use crate::lab::Lab;
use crate::mail::Mail;

/// The texts, each once.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) texts: BTreeSet<String>,
}

impl Gathered {
    /// Runs a command line at a host, from the directory of its programs, and keeps the line and
    /// what it printed. Its questions are answered with yes.
    pub(super) fn run(&mut self, lab: &mut Lab, host: &str, line: &str) {
        let Some(cwd) = home(lab, host) else {
            return;
        };
        let argv: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let mut yes = |_: &str| Some("Y".to_owned());
        if let Ok(left) = lab.perform(host, &argv, &cwd, &mut yes) {
            self.texts.insert(line.to_owned());
            self.texts.insert(left.screen);
        }
    }

    /// Keeps what stands in logs, queues and mailboxes now.
    pub(super) fn look_around(&mut self, lab: &Lab) {
        for postoffice in &lab.postoffices {
            for (_, file) in postoffice.files() {
                self.texts.extend(file.text);
            }
            for record in postoffice.queue.pending(0) {
                self.texts.insert(record.transaction.to_string());
            }
            for mail in postoffice.outgoing.iter().chain(&postoffice.system) {
                self.mail(mail);
            }
        }
        for server in &lab.exchanges {
            self.texts.extend(server.log.records().iter().map(told));
            for message in server.inbox.messages() {
                self.texts.insert(message.subject.clone());
                self.mail(&message.mail);
            }
        }
    }

    fn mail(&mut self, mail: &Mail) {
        for subject in [mail.subject(), mail.header_subject()] {
            self.texts.insert(format!("$SYSTEM {subject}"));
            self.texts.insert(subject);
        }
        self.texts.insert(mail.body());
    }
}

fn home(lab: &Lab, host: &str) -> Option<String> {
    use crate::lab::Role;
    Some(match lab.role(host)? {
        Role::Postoffice(id) => lab.postoffices.get(id)?.mailexe.clone(),
        Role::Workstation(id) => lab.workstations.get(id)?.mailexe.clone(),
        Role::Exchange(_) => String::new(),
    })
}

/// An event as articles print one.
fn told(record: &Record) -> String {
    let (id, source, kind) = (record.id, &record.source, record.kind.word());
    let (category, message) = (&record.category, record.message());
    format!(
        "Event ID: {id}\nSource: {source}\nType: {kind}\nCategory: {category}\n\
         Description: {message}"
    )
}
