//! Kinds whose inputs and outputs are Rust types: the shape is read off them, docs and all.
//!
//! ```
//! use runsheet_guest::schemars::{self, JsonSchema};
//! use runsheet_guest::step::{Input, Stop, World};
//! use runsheet_guest::typed::{Duration, Ended, Kind, Typed};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, JsonSchema)]
//! struct Bake {
//!     /// how many loaves
//!     loaves: u32,
//!     /// how long they stay in
//!     within: Option<Duration>,
//! }
//!
//! #[derive(Serialize, JsonSchema)]
//! struct Baked {
//!     /// how many there are now
//!     loaves: u32,
//! }
//!
//! struct Baker;
//!
//! impl Kind for Baker {
//!     const NAME: &'static str = "bake";
//!     const SUMMARY: &'static str = "bread is baked";
//!     type Input = Bake;
//!     type Output = Baked;
//!
//!     fn run(&self, bake: Bake, _: &Input, _: &World<'_>) -> Result<Ended<Baked>, Stop> {
//!         Ok(Ended::changed(Baked { loaves: bake.loaves }))
//!     }
//! }
//!
//! runsheet_guest::export_plugin! {
//!     name: "bakery",
//!     summary: "bread",
//!     steps: [Typed::new(Baker)],
//! }
//! ```
//!
//! The bounds of a number are those of its type, and of `#[schemars(range(min = 1, max = 9))]` where
//! they are whole numbers: what is written beyond them is told where workflows are checked, and what
//! is worked out fails the step. Other rules, as of bounds between whole numbers or of how long a
//! text is, belong into [`Kind::check`].
//!
//! Where `schemars` is not a dependency of the crate, `#[schemars(crate =
//! "runsheet_guest::schemars")]` stands under the derive.

use runsheet_step::decode::{Misfit, decode};
use runsheet_step::shape::HostNeed;
use runsheet_step::{Failure, Input, Outcome, Request, Shape, Step, Stop, Value, World};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod fields;
mod order;
mod values;

pub use fields::{input_fields, output_fields};
pub use values::{Any, Duration, Host, Maybe, Moment, Path, Pattern, Secret, Version};

/// A kind of step in terms of its own types.
pub trait Kind: Send + Sync {
    /// The name that `uses:` says.
    const NAME: &'static str;
    /// One line: what the kind does.
    const SUMMARY: &'static str;
    /// Whether it needs a host.
    const HOST: HostNeed = HostNeed::Required;
    /// The inputs that say where it arms; none: it does not arm.
    const ARMED_BY: &'static [&'static str] = &[];
    /// A step of this kind in YAML.
    const EXAMPLE: &'static str = "";

    /// The fields of `with:`. What may be left out is an [`Option`] or has `#[serde(default)]`;
    /// what a plan may hand on without knowing it is a [`Maybe`].
    type Input: DeserializeOwned + JsonSchema;
    /// What it gives when it ends well.
    type Output: Serialize + JsonSchema;

    /// What is wrong with an input beyond its types. It is asked only where all is known.
    fn check(&self, _input: &Self::Input) -> Vec<Failure> {
        Vec::new()
    }

    /// Whether its steps can write.
    fn acts(&self) -> bool {
        true
    }

    /// Whether its steps may wait for what perhaps never comes.
    fn waits(&self) -> bool {
        false
    }

    /// The marks it wants taken before something acts. The second is the whole input, for its
    /// host.
    ///
    /// # Errors
    /// A failure of the arm is a failure of the step.
    fn arm(&self, _with: Self::Input, _input: &Input) -> Result<Vec<Request>, Stop> {
        Ok(Vec::new())
    }

    /// The step itself, as [`Step::run`]. The second is the whole input, for its host.
    ///
    /// # Errors
    /// Whatever the world stops it with, or a failure of its own.
    fn run(
        &self,
        with: Self::Input,
        input: &Input,
        world: &World<'_>,
    ) -> Result<Ended<Self::Output>, Stop>;
}

/// How a step ended well.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended<O> {
    /// What it gives.
    pub output: O,
    /// Whether it changed anything.
    pub changed: bool,
}

impl<O> Ended<O> {
    /// It changed something.
    pub fn changed(output: O) -> Ended<O> {
        let changed = true;
        Ended { output, changed }
    }

    /// It changed nothing.
    pub fn same(output: O) -> Ended<O> {
        let changed = false;
        Ended { output, changed }
    }
}

/// A [`Kind`] as a [`Step`].
pub struct Typed<K> {
    kind: K,
    shape: Shape,
}

impl<K: Kind> Typed<K> {
    /// The kind, with the shape of its types.
    ///
    /// # Panics
    /// If the type of the inputs or outputs has no fields by name.
    pub fn new(kind: K) -> Typed<K> {
        let mut shape = Shape::new(K::SUMMARY)
            .inputs(input_fields::<K::Input>())
            .outputs(output_fields::<K::Output>())
            .armed_by(K::ARMED_BY)
            .host(K::HOST);
        shape.example = K::EXAMPLE.into();
        Typed { kind, shape }
    }
}

impl<K: Kind> Step for Typed<K> {
    fn kind(&self) -> &str {
        K::NAME
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        match decode::<K::Input>(given(input)) {
            Ok(input) => self.kind.check(&input),
            Err(Misfit {
                unknown: Some(_), ..
            }) => Vec::new(),
            Err(misfit) => vec![Failure {
                at: misfit.path,
                ..Failure::code("bad-input", misfit.message)
            }],
        }
    }

    fn acts(&self, _: &Input) -> bool {
        self.kind.acts()
    }

    fn waits(&self, _: &Input) -> bool {
        self.kind.waits()
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        match self.shape.arms() {
            true => self.kind.arm(decode(given(input))?, input),
            false => Ok(Vec::new()),
        }
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        let ended = self.kind.run(decode(given(input))?, input, world)?;
        let outputs = plain(&ended.output)
            .map_err(|error| Failure::code("bad-output", format!("the output is none: {error}")))?;
        Ok(Outcome {
            outputs,
            changed: ended.changed,
        })
    }
}

/// The fields of `with:`; none where nothing is given.
fn given(input: &Input) -> &Value {
    static NOTHING: std::sync::LazyLock<Value> =
        std::sync::LazyLock::new(|| Value::map::<&str>([]));
    match &input.with {
        Value::Null => &NOTHING,
        with => with,
    }
}

/// What a type writes, as a value.
fn plain(output: &impl Serialize) -> Result<Value, serde_json::Error> {
    serde_json::from_value(serde_json::to_value(output)?)
}
