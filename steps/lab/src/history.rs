//! A cycle run before the site opens, so that its events and messages are there to be mistaken.

use std::time::Duration;

use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::exchange::services::DX;
use crate::lab::Lab;
use crate::postoffice::PostofficeId;

impl Lab {
    /// Runs the whole procedure once, with everything logged and copied, and puts the temporary
    /// settings back. It is a real cycle, so numbers, lists and files follow from it.
    pub(crate) fn run_history(&mut self) {
        let now = self.now();
        for server in &mut self.exchanges {
            server.set_logging(now, &PC_MTA, Logging::Maximum);
            server.settings.copy_outgoing = true;
            server.settings.forward_incoming = true;
        }
        self.everywhere(&["admin", "export"]);
        self.everywhere(&["admin", "import"]);
        self.everywhere(&["reqmain", "-t"]);
        self.let_mail_travel();
        for exchange in 0..self.exchanges.len() {
            if self.exchanges[exchange].services.runs(DX) {
                self.dx_cycle(exchange);
            }
        }
        self.serve();
        self.let_mail_travel();
        self.everywhere(&["reqmain", "-r"]);
        self.everywhere(&["import", "admin", "-p", "-q", "-y"]);
        self.everywhere(&["rebuild", "-f"]);
        let now = self.now();
        for server in &mut self.exchanges {
            server.set_logging(now, &PC_MTA, Logging::None);
            server.settings.copy_outgoing = false;
            server.settings.forward_incoming = false;
        }
    }

    /// T2 at the postoffice that is the server, if one is.
    fn serve(&mut self) {
        let server = self.postoffices.iter().position(|it| it.serving.is_some());
        let Some(id) = server else { return };
        for half in ["-r", "-t"] {
            self.start(id, &["srvmain", half]);
            self.advance(Duration::from_secs(60));
        }
    }

    /// Runs a program on every postoffice at once, with its drive and its password.
    fn everywhere(&mut self, argv: &[&str]) {
        for id in 0..self.postoffices.len() {
            self.start(id, argv);
        }
        self.advance(Duration::from_secs(60 * 60));
    }

    fn start(&mut self, id: PostofficeId, argv: &[&str]) {
        let postoffice = &self.postoffices[id];
        let (host, cwd) = (postoffice.host.clone(), postoffice.mailexe.clone());
        let password = postoffice.password.clone();
        let mut argv: Vec<String> = argv.iter().map(|it| (*it).to_owned()).collect();
        for argument in &mut argv {
            if argument == "-p" {
                argument.push_str(&password);
            }
        }
        argv.push(format!("-d{}", postoffice.drive));
        let started = self.spawn(&host, &argv, &cwd);
        debug_assert!(started.is_ok(), "the tools of {host} are in {cwd}");
    }

    /// Where there is no MTA of Exchange, EXTERNAL makes its passes.
    fn let_mail_travel(&mut self) {
        if self.exchanges.is_empty() {
            let all: Vec<PostofficeId> = (0..self.postoffices.len()).collect();
            self.pass(&all);
            self.pass(&all);
        }
        let instances = self.exchanges.iter().flat_map(|it| &it.mtas);
        let polling = instances.map(|it| it.polling).max();
        self.advance(polling.unwrap_or_default() * 2 + Duration::from_secs(10));
    }
}
