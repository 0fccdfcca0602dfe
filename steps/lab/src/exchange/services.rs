//! The services of the Exchange server and what the service control manager allows.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

/// The Directory Synchronization service, by its short name (Q160572).
pub const DX: &str = "MSExchangeDX";
/// The Microsoft Mail Connector Interchange.
pub const INTERCHANGE: &str = "MSExchangeMSMI";
/// The Message Transfer Agent that both lean on (Q143380).
pub const MESSAGE_TRANSFER: &str = "MSExchangeMTA";

/// How long a service takes to get from one state to the next.
pub(crate) const TRANSITION: Duration = Duration::from_secs(2);

/// What a service is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum State {
    /// Not there.
    Stopped,
    /// On its way to [`State::Running`].
    StartPending,
    /// On its way to [`State::Stopped`].
    StopPending,
    /// At work.
    Running,
    /// On its way to [`State::Paused`].
    PausePending,
    /// Held.
    Paused,
    /// On its way back to [`State::Running`].
    ContinuePending,
}

impl State {
    /// Where this state leads by itself.
    #[must_use]
    pub fn settles(self) -> Self {
        match self {
            Self::StartPending | Self::ContinuePending => Self::Running,
            Self::StopPending => Self::Stopped,
            Self::PausePending => Self::Paused,
            settled => settled,
        }
    }
}

/// What an operator may ask of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// Start it.
    Start,
    /// Stop it.
    Stop,
    /// Pause it.
    Pause,
    /// Let it go on.
    Continue,
}

/// Why the service control manager, or the service, refused: a Windows error number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Win32(pub u32);

impl Win32 {
    /// ERROR_DEPENDENT_SERVICES_RUNNING.
    pub const DEPENDENTS_RUN: Self = Self(1051);
    /// ERROR_INVALID_SERVICE_CONTROL: the service does not know this control.
    pub const INVALID_CONTROL: Self = Self(1052);
    /// ERROR_SERVICE_ALREADY_RUNNING.
    pub const ALREADY_RUNNING: Self = Self(1056);
    /// ERROR_SERVICE_DISABLED: its `Start` value is 4 (Q176566).
    pub const DISABLED: Self = Self(1058);
    /// ERROR_SERVICE_DOES_NOT_EXIST.
    pub const NO_SUCH_SERVICE: Self = Self(1060);
    /// ERROR_SERVICE_CANNOT_ACCEPT_CTRL: it is on its way from one state to another.
    pub const CANNOT_ACCEPT: Self = Self(1061);
    /// ERROR_SERVICE_NOT_ACTIVE.
    pub const NOT_ACTIVE: Self = Self(1062);
    /// ERROR_SERVICE_SPECIFIC_ERROR: the service has a number of its own for it.
    pub const SPECIFIC: Self = Self(1066);
    /// ERROR_PROCESS_ABORTED: the service terminated unexpectedly.
    pub const TERMINATED: Self = Self(1067);
    /// NERR_InternalError: what a pause that starts a cycle reports (Q146738), and a start that
    /// really failed (Q140951, Q171260, Q185225).
    pub const INTERNAL: Self = Self(2140);
    /// NERR_ServiceCtlTimeout: the service is not responding (Q158308).
    pub const NOT_RESPONDING: Self = Self(2186);
}

/// What keeps a service from starting.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct StartFailure {
    /// The error of whoever starts it.
    pub error: Win32,
    /// The service's own number, behind [`Win32::SPECIFIC`].
    pub specific: Option<u32>,
    /// What is written into the Application log at each attempt.
    pub written: Option<Complaint>,
}

/// What the Application log says of a service that does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Complaint {
    /// The log of the database cannot be read (Q185225).
    LogHeader,
    /// The database is of another version (Q169677, Q224991).
    Database,
    /// The queue INQUEUE3 is held by another program (Q168857).
    Mailer,
}

impl StartFailure {
    /// A failure that nothing is written of.
    #[must_use]
    pub fn of(error: Win32) -> Self {
        Self {
            error,
            specific: None,
            written: None,
        }
    }
}

/// One service.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Service {
    /// Its short name, as `net start` takes it.
    pub name: Arc<str>,
    /// The name shown in the Control Panel.
    pub display: String,
    /// What it is doing.
    pub state: State,
    /// When it last began to run.
    pub started: Option<Moment>,
    /// The service that must run for this one to run.
    #[serde(deserialize_with = "crate::kept::word_or_none")]
    pub leans_on: Option<crate::kept::Word>,
    /// What keeps it from starting.
    pub failing: Option<StartFailure>,
}

impl Service {
    /// A service that runs since a moment.
    #[must_use]
    pub fn running(name: &str, display: &str, since: Moment) -> Self {
        Self {
            name: name.into(),
            display: display.to_owned(),
            state: State::Running,
            started: Some(since),
            leans_on: None,
            failing: None,
        }
    }
}

/// The services of a machine.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Services {
    services: BTreeMap<String, Service>,
}

impl Services {
    /// Installs a service that has been running since `started`.
    pub fn install(&mut self, service: Service) {
        self.services.insert(service.name.to_uppercase(), service);
    }

    /// A service by its short name, case not minded.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Service> {
        self.services.get(&name.to_uppercase())
    }

    /// A service by its short name or the one shown, as `net start` takes either; case is not
    /// minded.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Service> {
        let shown = || self.iter().find(|it| it.display.eq_ignore_ascii_case(name));
        self.get(name).or_else(shown)
    }

    /// Makes a service fail to start, or no longer.
    pub fn set_failing(&mut self, name: &str, failing: Option<StartFailure>) {
        if let Some(service) = self.services.get_mut(&name.to_uppercase()) {
            service.failing = failing;
        }
    }

    /// Every service.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.services.values()
    }

    /// Whether the service is running.
    #[must_use]
    pub fn runs(&self, name: &str) -> bool {
        self.get(name).is_some_and(|it| it.state == State::Running)
    }

    /// Sets the state a service is in.
    pub(crate) fn set(&mut self, name: &str, state: State) {
        if let Some(service) = self.services.get_mut(&name.to_uppercase()) {
            service.state = state;
        }
    }

    /// Lets a service reach the state it is on its way to, and says which it was in.
    pub(crate) fn settle(&mut self, at: Moment, name: &str) -> Option<State> {
        let service = self.services.get_mut(&name.to_uppercase())?;
        let from = service.state;
        service.state = from.settles();
        if from == State::StartPending {
            service.started = Some(at);
        }
        Some(from)
    }

    /// The state of the service, if it allows the control; the error number if not.
    pub(crate) fn allows(&self, name: &str, control: Control) -> Result<State, Win32> {
        let service = self.get(name).ok_or(Win32::NO_SUCH_SERVICE)?;
        match (control, service.state) {
            (Control::Start, State::Stopped) => Ok(State::Stopped),
            (Control::Start, _) => Err(Win32::ALREADY_RUNNING),
            (_, State::Stopped) => Err(Win32::NOT_ACTIVE),
            (Control::Stop, State::Running | State::Paused) if self.has_dependents(name) => {
                Err(Win32::DEPENDENTS_RUN)
            }
            (_, State::Running | State::Paused) => Ok(service.state),
            (_, _) => Err(Win32::CANNOT_ACCEPT),
        }
    }

    fn has_dependents(&self, name: &str) -> bool {
        self.dependents(name).next().is_some()
    }

    /// The services that run and cannot without this one.
    pub fn dependents(&self, name: &str) -> impl Iterator<Item = &Service> {
        self.services.values().filter(move |it| {
            let leans = it.leans_on;
            let leans = leans.is_some_and(|other| other.eq_ignore_ascii_case(name));
            leans && it.state != State::Stopped
        })
    }
}
