//! The facilities as a library, which do all that the linked ones do.

use runsheet_site::events::EventsFacility;
use runsheet_site::file::FileFacility;
use runsheet_site::mailbox::MailboxFacility;
use runsheet_site::process::ProcessFacility;
use runsheet_site::prompt::PromptFacility;
use runsheet_site::registry::RegistryFacility;
use runsheet_site::service::ServiceFacility;
use runsheet_site::settings::SettingsFacility;

runsheet_guest::export_plugin! {
    name: "site",
    summary: "the facilities of a site",
    facilities: [
        EventsFacility,
        FileFacility,
        MailboxFacility,
        ProcessFacility,
        PromptFacility,
        RegistryFacility,
        ServiceFacility,
        SettingsFacility,
    ],
}
