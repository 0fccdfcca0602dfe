//! Drivers that plugins bring: programs of their own, one for each, whatever hosts it serves.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_driver::driver::{Program, ProgramDriver};
use runsheet_driver::environment;
use runsheet_driver::launch::{Launch, Limits, Tidy};
use runsheet_language::site::Binding;
use runsheet_runner::vault::Vault;
use runsheet_step::driver::Driver;
use runsheet_step::{Name, Value};
use runsheet_trust::drivers::Brought;

use super::UNKNOWN_DRIVER;
use crate::console::Console;

/// The programs that may be asked. None is started before it is.
pub(super) struct Programs {
    programs: BTreeMap<Name, Arc<Program>>,
    /// What they may write beside, and nobody is to read.
    secrets: Arc<RwLock<Vault>>,
}

impl Programs {
    pub(super) fn of(brought: &[Brought], console: &Console) -> Programs {
        let secrets: Arc<RwLock<Vault>> = Arc::default();
        let mut programs = BTreeMap::new();
        for one in brought {
            let Some(start) = &one.start else { continue };
            let named = one.driver.environment.iter().map(|name| &**name);
            let notes = console.notes();
            let launch = Launch {
                name: called(one),
                facility: one.driver.facility.clone(),
                run: start.run.clone(),
                folder: start.folder.clone(),
                environment: environment::of(&console.environment, named),
                tidy: tidy(Arc::clone(&secrets)),
                note: Arc::new(move |line| notes.note(line)),
            };
            let program = Program::new(launch, Limits::default());
            programs.insert(one.driver.name.clone(), program);
        }
        Programs { programs, secrets }
    }

    /// The driver of this name with the options of a host.
    pub(super) fn driver(&self, name: &str, options: &Value) -> Option<Arc<dyn Driver>> {
        let program = Arc::clone(self.programs.get(name)?);
        Some(Arc::new(ProgramDriver::new(program, options.clone())))
    }

    pub(super) fn keep(&self, vault: &Vault) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        *secrets = vault.clone();
    }

    pub(super) async fn close(&self) {
        for program in self.programs.values() {
            program.close().await;
        }
    }
}

/// Its name, with that of its plugin if that is another.
fn called(brought: &Brought) -> Name {
    let (name, plugin) = (&brought.driver.name, &brought.plugin);
    match name == plugin {
        true => name.clone(),
        false => format!("{name} of the plugin {plugin}").into(),
    }
}

fn tidy(secrets: Arc<RwLock<Vault>>) -> Tidy {
    Arc::new(move |line: &str| {
        let secrets = secrets.read().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&secrets.tidy_bytes(line.as_bytes())).into_owned()
    })
}

/// A driver of a plugin that is named for another facility than its own.
pub(super) fn misplaced(brought: &Brought, facility: &str, binding: &Binding) -> Diagnostic {
    let driver = &brought.driver;
    let message = format!("the driver `{}` does not serve `{facility}`", driver.name);
    Diagnostic::error(&UNKNOWN_DRIVER, message)
        .at(binding.span, "not for this facility")
        .help(format!("it serves `{}`", driver.facility))
}
