//! What does not hold is told, all of it.

use runsheet_step::decode::decode;
use runsheet_step::{Failure, Input, Maybe, Outcome, Stop, Unknown, Value};

use crate::input::{AssertInput, Claim, check};

pub(crate) fn run(input: &Input) -> Result<Outcome, Stop> {
    let with: AssertInput = input.read()?;
    if let Some(fault) = check(&input.with).into_iter().next() {
        return Err(fault.into());
    }
    let claims = claims(&with)?;
    let broken: Vec<String> = (1..)
        .zip(&claims)
        .filter(|(_, claim)| claim.that == Maybe::Known(false))
        .map(|(n, claim)| told(n, claim))
        .collect();
    if !broken.is_empty() {
        return Err(Failure::code("assert", broken.join("; "))
            .at(&["that"])
            .into());
    }
    match claims
        .iter()
        .filter_map(unknown)
        .reduce(|one, other| one.and(&other))
    {
        Some(why) => Err(Stop::Unknown(why)),
        None => Ok(Outcome::same::<&str>([])),
    }
}

fn claims(with: &AssertInput) -> Result<Vec<Claim>, Stop> {
    match &with.that {
        Value::List(_) => Ok(decode(&with.that)?),
        that => Ok(vec![Claim {
            that: decode(that)?,
            say: with.say.as_deref().map(Value::from),
        }]),
    }
}

fn told(n: usize, claim: &Claim) -> String {
    match &claim.say {
        Some(say) => say.to_string(),
        None if n == 1 => "it does not hold".to_owned(),
        None => format!("claim {n} does not hold"),
    }
}

fn unknown(claim: &Claim) -> Option<Unknown> {
    match &claim.that {
        Maybe::Known(_) => None,
        Maybe::Unknown(why) => Some(why.clone()),
    }
}
