//! The service control manager at work: what a control leads to, and what follows from it.

use std::time::Duration;

use super::ExchangeId;
use super::events::{self, Described};
use super::mta::MtaId;
use super::registry::{Data, service_key};
use super::services::{Control, DX, INTERCHANGE, State, TRANSITION, Win32};
use crate::lab::{Due, Lab};

/// The `Start` value of a service that must not be started (Q176566).
const DISABLED: u32 = 4;

/// The serial number a connector postoffice is given, if nobody changes it (Q151228).
const SERIAL: &str = "22-28798";

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
            self.can_start(exchange, service)?;
            self.start_what_it_leans_on(exchange, service);
        }
        self.exchanges[exchange].services.set(service, next);
        self.schedule(TRANSITION, Due::Settle(exchange, service.into()));
        Ok(())
    }

    /// Whether a service would come up: it is not disabled (Q176566), and nothing keeps it.
    fn can_start(&mut self, exchange: ExchangeId, service: &str) -> Result<(), Win32> {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let start = server.registry.value(&service_key(service), "Start");
        if start.is_some_and(|it| it.data == Data::Dword(DISABLED)) {
            return Err(Win32::DISABLED);
        }
        let failing = server
            .services
            .get(service)
            .and_then(|it| it.failing.clone());
        let Some(failing) = failing else {
            return self.has_different_serials(exchange, service);
        };
        if let Some(complaint) = failing.written {
            let source = server.services.get(service).map(|it| it.name.clone());
            let (event, text) = events::complaint(complaint);
            server.write_as(
                now,
                event,
                &source.unwrap_or_default(),
                Described::saying(text),
            );
        }
        Err(failing.error)
    }

    /// An instance refuses to serve two postoffices that have one serial number, as copies of a
    /// postoffice have: 4188, and service-specific error 3 (Q151228).
    fn has_different_serials(&mut self, exchange: ExchangeId, service: &str) -> Result<(), Win32> {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let instance = server.mtas.iter().find(|it| it.is_named(service));
        let Some((name, id)) = instance.and_then(|it| Some((it.name.clone(), it.same_serial?)))
        else {
            return Ok(());
        };
        let twin = &self.postoffices[id];
        let (own, other) = (server.address.postoffice.to_string(), twin.name.to_string());
        let (host, twin_host) = (server.host.to_string(), twin.host.to_string());
        let shares = [
            own.as_str(),
            &host,
            "MAILDAT$",
            &other,
            &twin_host,
            "MAILDATA",
        ];
        let mut arguments = shares.to_vec();
        arguments.push(SERIAL);
        server.tell_as(now, &events::SERIAL, &name, &arguments);
        Err(Win32::SPECIFIC)
    }

    /// A service stands still at once, with all that cannot run without it.
    pub(crate) fn halt(&mut self, exchange: ExchangeId, service: &str) {
        let dependents = self.exchanges[exchange].services.dependents(service);
        let dependents: Vec<_> = dependents.map(|it| it.name.clone()).collect();
        for dependent in dependents {
            self.halt(exchange, &dependent);
        }
        let services = &mut self.exchanges[exchange].services;
        services.set(service, State::StopPending);
        self.settle_now(exchange, service);
    }

    /// A service that is on its way gets there at once: for a person who waits for it.
    pub(crate) fn settle_now(&mut self, exchange: ExchangeId, service: &str) {
        let is_this = |due: &Due| {
            matches!(due, Due::Settle(at, name) if *at == exchange
                && name.eq_ignore_ascii_case(service))
        };
        self.forget(is_this);
        self.settle(exchange, service);
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
        let mta = server.mtas.iter().position(|it| it.is_named(service));
        let is_interchange = service.eq_ignore_ascii_case(INTERCHANGE);
        let is_dx = service.eq_ignore_ascii_case(DX);
        match from {
            State::StartPending if is_dx => self.dx_started(exchange),
            State::ContinuePending if is_dx => self.dx_goes_on(exchange),
            State::StartPending if is_interchange => self.interchange_started(exchange),
            _ => self.instance_settled(exchange, mta, from),
        }
    }

    fn instance_settled(&mut self, exchange: ExchangeId, mta: Option<MtaId>, from: State) {
        match (from, mta) {
            (State::StartPending, Some(mta)) => self.mta_started(exchange, mta),
            (State::StopPending, Some(mta)) => self.mta_stopped(exchange, mta),
            _ => {}
        }
    }
}

impl super::Exchange {
    /// The number of its own with which a service last refused to start: 3 of an instance of the
    /// PC MTA that found two equal serial numbers (Q151228).
    pub(crate) fn specific_error(&self, service: &str) -> Option<u32> {
        let failing = self.services.get(service)?.failing.as_ref();
        let of_service = failing.and_then(|it| it.specific);
        let mut instances = self.mtas.iter().filter(|it| it.same_serial.is_some());
        let has_twin = instances.any(|it| it.is_named(service));
        of_service.or(has_twin.then_some(3))
    }
}
