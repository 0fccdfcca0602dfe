//! The vocabulary of a site: what a step may ask about registries, services, programs, event
//! logs, mailboxes, settings, files and people.
//!
//! One file per facility. Each holds the [`runsheet_step::Facility`] that describes it to the
//! engine and a typed face through which steps ask, such as
//! [`registry::Registry`]; together they say which resources there are, what each verb means and
//! which faults may come back.
//!
//! There is no I/O here and nothing that knows how a request is performed: that is the work of
//! drivers, in `steps/lab` and `steps/machine`. Start reading at [`service`], the smallest
//! facility with acts, then at [`events`], the model of a stream.

pub mod events;
pub mod file;
pub mod fold;
pub mod lines;
pub mod mailbox;
pub mod process;
pub mod prompt;
pub mod registry;
pub mod rehearsal;
mod reply;
pub mod service;
pub mod settings;
pub mod span;
pub mod stream;
pub mod text;

use runsheet_step::Catalogue;

/// The catalogue with every facility of this crate.
#[must_use]
pub fn fill(catalogue: Catalogue) -> Catalogue {
    catalogue
        .facility(registry::RegistryFacility)
        .facility(service::ServiceFacility)
        .facility(process::ProcessFacility)
        .facility(events::EventsFacility)
        .facility(mailbox::MailboxFacility)
        .facility(settings::SettingsFacility)
        .facility(file::FileFacility)
        .facility(prompt::PromptFacility)
}
