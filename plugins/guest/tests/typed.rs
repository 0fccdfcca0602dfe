//! A kind in terms of its own types: its shape, what it reads and what it gives.

use std::time::Duration as Span;

use runsheet_guest::step::shape::{HostNeed, Type};
use runsheet_guest::step::{
    Failure, Field, Host as SiteHost, Input, Map, Moment as Point, Piece, Secret as Hidden, Step,
    Stop, Turn, Value, World,
};
use runsheet_guest::typed::{
    Any, Duration, Ended, Host, Kind, Maybe, Moment, Path, Pattern, Secret, Typed, Version,
    input_fields,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Oven {
    Gas,
    WoodFired,
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
struct Topping {
    /// what it is
    name: String,
    grams: Option<f64>,
}

#[derive(Deserialize, JsonSchema)]
struct Bake {
    /// How many loaves
    /// at once.
    loaves: u32,
    /// which oven
    oven: Option<Oven>,
    #[expect(dead_code, reason = "only its shape matters")]
    within: Option<Duration>,
    #[serde(default)]
    toppings: Vec<Topping>,
    #[serde(rename = "label", default)]
    text: Option<Maybe<Any>>,
}

#[derive(Serialize, JsonSchema)]
struct Baked {
    /// how many there are now
    loaves: u32,
    /// how long it took
    took: Duration,
    label: Any,
}

struct Baker;

impl Kind for Baker {
    const NAME: &'static str = "bake";
    const SUMMARY: &'static str = "bread is baked";
    const HOST: HostNeed = HostNeed::None;
    type Input = Bake;
    type Output = Baked;

    fn check(&self, bake: &Bake) -> Vec<Failure> {
        let none = (bake.loaves == 0).then(|| Failure::code("bad-input", "nobody eats that"));
        none.into_iter()
            .map(|failure| failure.at(&["loaves"]))
            .collect()
    }

    fn run(&self, bake: Bake, _: &Input, _: &World<'_>) -> Result<Ended<Baked>, Stop> {
        let hurry = matches!(bake.oven, Some(Oven::WoodFired));
        let took = if hurry { 1 } else { 2 };
        Ok(Ended::changed(Baked {
            loaves: bake.loaves + u32::try_from(bake.toppings.len()).unwrap_or(0),
            took: Duration(Span::from_secs(took)),
            label: Any(bake.text.map_or(Value::Null, |text| match &*text {
                runsheet_guest::step::Maybe::Known(any) => any.0.clone(),
                runsheet_guest::step::Maybe::Unknown(why) => Value::Unknown(why.clone().into()),
            })),
        }))
    }
}

fn input<const N: usize>(with: [(&str, Value); N]) -> Input {
    Input {
        host: Value::Null,
        with: Value::map(with),
    }
}

#[test]
fn the_shape_is_that_of_the_types_in_their_order() {
    let kind = Typed::new(Baker);
    let topping = vec![
        Field::new("name", Type::Text, "what it is").required(),
        Field::new("grams", Type::Number, ""),
    ];
    let inputs = vec![
        Field::new("loaves", Type::Int, "How many loaves at once.")
            .required()
            .within(Some(0), Some(u32::MAX.into())),
        Field::new("oven", Type::word(&["gas", "wood-fired"]), "which oven"),
        Field::new("within", Type::Duration, ""),
        Field::new("toppings", Type::list(Type::Record(topping)), ""),
        Field::new("label", Type::Any, ""),
    ];
    assert_eq!(kind.shape().inputs, inputs);
    let outputs = vec![
        Field::new("loaves", Type::Int, "how many there are now"),
        Field::new("took", Type::Duration, "how long it took"),
        Field::new("label", Type::Any, ""),
    ];
    assert_eq!(kind.shape().outputs, outputs);
    assert_eq!(
        (kind.kind(), &*kind.shape().summary),
        ("bake", "bread is baked")
    );
    assert_eq!(kind.shape().host, HostNeed::None);
}

#[test]
fn an_input_is_read_and_an_output_given() {
    let topping = Value::map([("name", "poppy")].map(|(key, value)| (key, Value::from(value))));
    let input = input([
        ("loaves", 2.into()),
        ("oven", "wood-fired".into()),
        ("toppings", Value::list([topping])),
        ("label", Value::unknown("`t1`")),
    ]);
    let Turn::Done(outcome) = Typed::new(Baker).turn(&input, &[]) else {
        panic!("it is done");
    };
    let outputs = Value::map([
        ("loaves", 3.into()),
        ("took", Span::from_secs(1).into()),
        ("label", Value::unknown("`t1`")),
    ]);
    assert!(outcome.changed);
    assert_eq!(outcome.outputs, outputs);
}

#[test]
fn a_fault_keeps_its_place_and_the_unknown_is_no_fault() {
    let kind = Typed::new(Baker);
    let grams = |value: Value| Value::map([("name", "x".into()), ("grams", value)]);
    let with = |grams_of: Value| {
        let toppings = Value::list([grams(1.into()), grams(grams_of)]);
        input([("loaves", 1.into()), ("toppings", toppings)])
    };
    let wrong = kind.check(&with("lots".into()));
    assert_eq!(wrong[0].at.join("/"), "toppings/1/grams");
    let Turn::Failed(failure) = kind.turn(&with("lots".into()), &[]) else {
        panic!("it fails");
    };
    assert_eq!(*failure, wrong[0]);
    let unknown = with(Value::unknown("`t1`"));
    assert_eq!(kind.check(&unknown), []);
    assert!(matches!(kind.turn(&unknown, &[]), Turn::Unknown(_)));
    let within = input([("loaves", 1.into()), ("within", Value::unknown("`t1`"))]);
    assert!(matches!(kind.turn(&within, &[]), Turn::Unknown(_)));
    let within = input([("loaves", 1.into()), ("within", 5.into())]);
    let wrong = kind.check(&within);
    assert_eq!(
        (&*wrong[0].at[0], &*wrong[0].message),
        ("within", "expected a length of time, found int `5`")
    );
    assert_eq!(
        kind.check(&input([("loaves", 0.into())]))[0].at.join("/"),
        "loaves"
    );
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
struct Numbers {
    byte: u8,
    word: Option<i16>,
    wide: i32,
    size: u64,
    any: i64,
    some: std::num::NonZeroU32,
    bytes: Vec<u8>,
    named: std::collections::BTreeMap<String, Option<u16>>,
    #[schemars(range(min = 1, max = 12))]
    month: u8,
    #[schemars(range(min = 0.0, max = 1.0))]
    part: f64,
    #[schemars(range(min = 0.5))]
    half: f64,
    text: String,
    parts: Vec<Topping>,
}

#[test]
fn a_number_has_the_bounds_of_its_type() {
    let fields = input_fields::<Numbers>();
    let bounds = fields.iter().map(|field| {
        let words = field.bounds.words();
        format!("{}{words}", field.name)
    });
    let wanted = [
        "byte from 0 to 255",
        "word from -32768 to 32767",
        "wide from -2147483648 to 2147483647",
        "size from 0",
        "any",
        "some from 1 to 4294967295",
        "bytes from 0 to 255",
        "named from 0 to 65535",
        "month from 1 to 12",
        "part from 0 to 1",
        "half",
        "text",
        "parts",
    ];
    assert_eq!(bounds.collect::<Vec<_>>(), wanted);
    let part = Field::new("loaves", Type::Int, "how many there are now");
    assert_eq!(runsheet_guest::typed::output_fields::<Baked>()[0], part);
}

#[derive(Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
struct All {
    duration: Duration,
    moment: Moment,
    version: Version,
    host: Host,
    secret: Secret,
    path: Path,
    pattern: Pattern,
    any: Any,
}

#[test]
fn what_json_has_no_word_for_has_a_type() {
    let kinds: Vec<Type> = input_fields::<All>()
        .into_iter()
        .map(|field| field.kind)
        .collect();
    let wanted = [
        Type::Duration,
        Type::Moment,
        Type::Version,
        Type::Host,
        Type::Secret,
        Type::Path,
        Type::Pattern,
        Type::Any,
    ];
    assert_eq!(kinds, wanted);
    let host = SiteHost {
        name: "WEB".into(),
        groups: Vec::new(),
        vars: Map::new(),
    };
    let value = Value::map([
        ("duration", Span::from_secs(5).into()),
        ("moment", Point(7).into()),
        ("version", Value::Version("5.0".into())),
        ("host", Value::Host(host.into())),
        (
            "secret",
            Value::Secret(Hidden::text([Piece::Reference("a.b".into())]).into()),
        ),
        ("path", "C:\\x".into()),
        ("pattern", "{n:int}".into()),
        ("any", Value::list([1.into()])),
    ]);
    let input = Input {
        host: Value::Null,
        with: value.clone(),
    };
    let all: All = input.read().expect("each fits");
    let pattern = all.pattern.parse().expect("it is a pattern");
    assert!(pattern.matches("12", false));
    let json = serde_json::to_value(&all).expect("it is JSON");
    let back: Value = serde_json::from_value(json).expect("and a value");
    assert_eq!(back, value);
}

#[derive(Serialize, JsonSchema)]
struct Nothing {}

#[derive(Deserialize, JsonSchema)]
struct Loop {
    #[expect(dead_code, reason = "only its type matters")]
    inner: Option<Box<Loop>>,
}

#[test]
fn a_type_within_itself_is_anything() {
    assert_eq!(
        input_fields::<Loop>()[0].kind,
        Type::Record(vec![Field::new("inner", Type::Any, "")])
    );
}

#[test]
fn a_kind_may_take_and_give_nothing() {
    assert_eq!(input_fields::<()>(), []);
    assert_eq!(runsheet_guest::typed::output_fields::<Nothing>(), []);
}

#[test]
#[should_panic(expected = "make it a struct")]
fn an_input_without_names_is_refused() {
    let _fields = input_fields::<Vec<String>>();
}
