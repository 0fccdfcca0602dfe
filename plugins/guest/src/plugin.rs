//! What a library holds.

use runsheet_messages::describe::{
    Answered, Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_messages::method::Method;
use runsheet_step::{Facility, Field, Name, Step};

use crate::answer::{Refusal, answer};

/// The kinds and facilities of one library.
pub struct Plugin {
    /// Its name, as `plugin list` and lock files say it.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// One line: what it is for.
    pub summary: &'static str,
    /// Its kinds of step.
    pub steps: Vec<Box<dyn Step>>,
    /// Its facilities.
    pub facilities: Vec<Box<dyn Facility>>,
    /// The programs it brings.
    pub drivers: Vec<Driver>,
}

/// A program that performs the requests of a facility; it stands beside the library.
#[derive(Clone, Copy, Debug)]
pub struct Driver {
    /// Its name in site files.
    pub name: &'static str,
    /// The facility it serves.
    pub facility: &'static str,
    /// The program and its arguments. It is started without a shell, in a folder with copies of the
    /// files that these words name beside the library.
    pub run: &'static [&'static str],
    /// What else it reads from its folder, such as modules: paths from that of the library.
    pub files: &'static [&'static str],
    /// Variables of the environment that it is given beside the usual few.
    pub environment: &'static [&'static str],
    /// What a site file may say beside its name; if nothing is said here, anything.
    pub options: Option<fn() -> Vec<Field>>,
}

impl Plugin {
    /// What it says of itself. Which of its methods only do what a trait does by default cannot be
    /// seen from here, so the host asks all of them.
    #[must_use]
    pub fn description(&self) -> Description {
        let step = |step: &dyn Step| StepDescription {
            kind: step.kind().into(),
            shape: step.shape().clone(),
            acts: Answered::EachTime,
            waits: Answered::EachTime,
            checks: true,
        };
        let facility = |facility: &dyn Facility| FacilityDescription {
            name: facility.name().into(),
            hears_others: facility.hears_others(),
            answers: OF_FACILITIES.map(|method| method.name().into()).to_vec(),
            doc: facility.page().into(),
        };
        let names = |words: &[&str]| words.iter().map(|word| Name::from(*word)).collect();
        let driver = |driver: &Driver| DriverDescription {
            name: driver.name.into(),
            facility: driver.facility.into(),
            run: names(driver.run),
            files: names(driver.files),
            environment: names(driver.environment),
            options: driver.options.map(|options| options()),
        };
        Description {
            name: self.name.into(),
            version: self.version.into(),
            summary: self.summary.into(),
            steps: self.steps.iter().map(|one| step(&**one)).collect(),
            facilities: self.facilities.iter().map(|one| facility(&**one)).collect(),
            drivers: self.drivers.iter().map(driver).collect(),
        }
    }

    /// Answers a message as the library does, for tests that need none.
    ///
    /// # Errors
    /// The message makes no sense, in words.
    pub fn answer(&self, method: Method, message: &[u8]) -> Result<Vec<u8>, String> {
        answer(self, method, message).map_err(|Refusal::Nonsense(why)| why)
    }

    pub(crate) fn step(&self, kind: &str) -> Option<&dyn Step> {
        let found = self.steps.iter().find(|step| step.kind() == kind)?;
        Some(&**found)
    }

    pub(crate) fn facility(&self, name: &str) -> Option<&dyn Facility> {
        let found = self.facilities.iter().find(|one| one.name() == name)?;
        Some(&**found)
    }
}

const OF_FACILITIES: [Method; 5] = [
    Method::Predict,
    Method::Inverse,
    Method::Repeat,
    Method::Matches,
    Method::About,
];
