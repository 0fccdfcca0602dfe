//! The service control manager at work: what a control leads to, and what follows from it.

use std::time::Duration;

use super::ExchangeId;
use super::services::{Control, DX, State, TRANSITION, Win32};
use crate::lab::{Due, Lab};

impl Lab {
    /// Asks something of a service of an Exchange server. It is on its way when this returns; look
    /// at its state to see it arrive.
    ///
    /// # Errors
    /// The number of the Windows error with which the service control manager, or the service,
    /// refuses. A pause that starts a cycle is refused with 2140 (Q146738).
    pub fn control(
        &mut self,
        exchange: ExchangeId,
        service: &str,
        control: Control,
    ) -> Result<(), Win32> {
        let state = self.exchanges[exchange].services.allows(service, control)?;
        let next = match (control, state) {
            (Control::Start, _) => State::StartPending,
            (Control::Stop, _) => State::StopPending,
            (Control::Pause, State::Running) if service.eq_ignore_ascii_case(DX) => {
                return self.dx_pause(exchange);
            }
            (Control::Continue, State::Paused) => State::ContinuePending,
            (_, _) => return Err(Win32::INVALID_CONTROL),
        };
        if control == Control::Start {
            self.start_what_it_leans_on(exchange, service);
        }
        self.exchanges[exchange].services.set(service, next);
        self.schedule(TRANSITION, Due::Settle(exchange, service.into()));
        Ok(())
    }

    /// Starts the service another one leans on, as the service control manager does by itself.
    fn start_what_it_leans_on(&mut self, exchange: ExchangeId, service: &str) {
        let services = &mut self.exchanges[exchange].services;
        let other = services.get(service).and_then(|it| it.leans_on);
        let stopped = |other: &&str| {
            services
                .get(other)
                .is_some_and(|it| it.state == State::Stopped)
        };
        if let Some(other) = other.filter(stopped) {
            services.set(other, State::StartPending);
            self.schedule(Duration::ZERO, Due::Settle(exchange, other.into()));
        }
    }

    /// A service reaches the state it was on its way to.
    pub(crate) fn settle(&mut self, exchange: ExchangeId, service: &str) {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let Some(from) = server.services.settle(now, service) else {
            return;
        };
        let is_mta = service.eq_ignore_ascii_case(&server.mta.name);
        let is_dx = service.eq_ignore_ascii_case(DX);
        match from {
            State::StartPending if is_dx => self.dx_started(exchange),
            State::ContinuePending if is_dx => self.dx_goes_on(exchange),
            State::StartPending if is_mta => self.mta_started(exchange),
            State::StopPending if is_mta => self.mta_stopped(exchange),
            State::StartPending => self.schedule(Duration::ZERO, Due::Interchange(exchange)),
            _ => {}
        }
    }
}
