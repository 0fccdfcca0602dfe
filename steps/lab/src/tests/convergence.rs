//! Whatever was done in whatever order, clean cycles bring everybody everywhere; and where a
//! documented exception stands against it, a small model of the protocol tells who is short of
//! what, and the documented cure ends it.

mod model;
mod site;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use model::{Exception, Fate, Kind, Model, Place};
use site::Site;

/// The seed of all that is drawn.
const SEED: [u8; 32] = *b"what was sent must not be lost..";

/// One thing that happens at a site. Places are taken modulo the number of postoffices.
#[derive(Debug, Clone)]
enum Act {
    Create(Place, u8),
    Delete(Place, u8),
    Export(Place),
    AskForLists(Place),
    T1(Place, Fate),
    T2,
    Receive(Place),
    Import(Place),
    /// The mail that came is lost.
    LoseMailbag(Place),
    /// The connector reaches the postoffice, or does so no more.
    Reach(Place, bool),
    /// Q99961.
    MakeAgain(Place),
    /// Q108067.
    Expire,
    /// Q119452.
    NumberAnew(Place),
}

fn harmless() -> impl Strategy<Value = Act> {
    let place = || 0..8_usize;
    let fate = prop_oneof![
        4 => Just(Fate::Arrives),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Twice),
    ];
    prop_oneof![
        4 => (place(), 0..6_u8).prop_map(|(at, user)| Act::Create(at, user)),
        2 => (place(), 0..6_u8).prop_map(|(at, user)| Act::Delete(at, user)),
        1 => place().prop_map(Act::Export),
        6 => (place(), fate).prop_map(|(at, fate)| Act::T1(at, fate)),
        5 => Just(Act::T2),
        6 => place().prop_map(Act::Receive),
        4 => place().prop_map(Act::Import),
        1 => place().prop_map(Act::LoseMailbag),
        2 => (place(), any::<bool>()).prop_map(|(at, is)| Act::Reach(at, is)),
    ]
}

fn exceptional() -> impl Strategy<Value = Act> {
    let place = || 0..8_usize;
    prop_oneof![
        20 => harmless(),
        2 => place().prop_map(Act::AskForLists),
        1 => place().prop_map(Act::MakeAgain),
        1 => Just(Act::Expire),
        1 => place().prop_map(Act::NumberAnew),
    ]
}

/// A site beside its model: whatever happens, happens to both.
struct Twins {
    site: Site,
    model: Model,
}

impl Twins {
    fn new(site: Site, limit: Option<u32>) -> Self {
        let model = Model::new(site.users(), site.kind());
        let places = model.requestors.len();
        let mut twins = Self { site, model };
        for place in 0..places {
            twins.act(&Act::Export(place));
            twins.act(&Act::AskForLists(place));
        }
        twins.clean_cycle();
        // An import cannot be spread over cycles, so limits come after it (Q133719).
        for place in (0..places).step_by(2) {
            twins.site.limit(place, limit);
            twins.model.requestors[place].limit = limit;
        }
        twins
    }

    /// The server is always reached, and loses neither itself nor updates it has not applied; ADMIN
    /// has no Import there (Q96060).
    fn can_be(&self, act: &Act) -> bool {
        let count = self.model.requestors.len();
        let at_server =
            |place: &Place| self.site.kind() == Kind::Postoffice && place.is_multiple_of(count);
        match act {
            Act::Reach(place, false) | Act::MakeAgain(place) | Act::AskForLists(place) => {
                !at_server(place)
            }
            Act::Expire => self.model.may_expire(),
            _ => true,
        }
    }

    fn act(&mut self, act: &Act) {
        if !self.can_be(act) {
            return;
        }
        let count = self.model.requestors.len();
        self.site.act(act);
        let model = &mut self.model;
        match act {
            Act::Create(at, user) => {
                let name = site::full_name(at % count, *user);
                model.create(at % count, &site::mailbox(*user), &name);
            }
            Act::Delete(at, user) => model.delete(at % count, &site::mailbox(*user)),
            Act::Export(at) => model.export(at % count),
            Act::AskForLists(at) => model.ask_for_lists(at % count),
            Act::T1(at, fate) => model.t1(at % count, *fate),
            Act::T2 => model.t2(),
            Act::Receive(at) => {
                model.receive(at % count);
                // What the server has received but not imported is in nobody's lists: T3 must be
                // whole there (Q96060).
                if self.site.kind() == Kind::Postoffice && at.is_multiple_of(count) {
                    self.act(&Act::Import(0));
                }
            }
            Act::Import(at) => model.import(at % count),
            Act::LoseMailbag(at) => model.lose_mailbag(at % count),
            Act::Reach(at, is) => {
                model.requestors[at % count].reachable = *is;
                model.carry();
            }
            Act::MakeAgain(at) => model.make_again(at % count),
            Act::Expire => model.expire(),
            Act::NumberAnew(at) => model.number_anew(at % count),
        }
    }

    fn clean_cycle(&mut self) {
        let count = self.model.requestors.len();
        for place in 0..count {
            self.act(&Act::Reach(place, true));
        }
        for place in 0..count {
            self.act(&Act::T1(place, Fate::Arrives));
        }
        self.act(&Act::T2);
        for place in 0..count {
            self.act(&Act::Receive(place));
            self.act(&Act::Import(place));
        }
    }

    /// As many clean cycles as the model needs, after which both are short of the same.
    fn come_together(&mut self) -> Result<Short, TestCaseError> {
        for _ in 0..self.model.cycles_needed() {
            self.clean_cycle();
        }
        let short = self.model.short();
        let numbers: Vec<_> = self.model.requestors.iter().map(|it| it.numbers).collect();
        proptest::prop_assert_eq!(&self.site.short(), &short, "as the model says");
        proptest::prop_assert_eq!(self.site.numbers(), numbers, "as the model says");
        Ok(short)
    }

    /// Every postoffice that is short of a list is so for a reason that has a name: its own, or
    /// that of the one whose list it is.
    fn is_explained(&self, short: &Short) -> bool {
        let because = |place: Place| self.model.requestors.get(place).map(|it| &it.because);
        let here_is_to_blame = |place: Place| {
            because(place).is_some_and(|it| it.iter().any(|it| *it != Exception::Q119452))
        };
        let there_is_to_blame =
            |place: Place| because(place).is_some_and(|it| it.contains(&Exception::Q119452));
        short.iter().all(|(here, lists)| {
            here_is_to_blame(*here) || lists.iter().all(|there| there_is_to_blame(*there))
        })
    }

    /// What the articles say to do.
    fn cure(&mut self) {
        for place in 0..self.model.requestors.len() {
            for exception in self.model.requestors[place].because.clone() {
                match exception {
                    Exception::Q142841 | Exception::Q99961 => {
                        self.ask_for_lists_whole(place);
                    }
                    Exception::Q108067 => {
                        self.act(&Act::Export(place));
                        self.ask_for_lists_whole(place);
                    }
                    Exception::Q119452 => {
                        while self.model.requestors[place].is_below() {
                            self.act(&Act::Export(place));
                        }
                        self.act(&Act::Export(place));
                    }
                }
            }
        }
    }

    /// An import cannot be spread over cycles, so the limit is lifted for it (Q119450).
    fn ask_for_lists_whole(&mut self, place: Place) {
        self.site.limit(place, None);
        self.model.requestors[place].limit = None;
        self.act(&Act::AskForLists(place));
    }
}

type Short = BTreeMap<Place, BTreeSet<Place>>;

fn runner(cases: u32) -> TestRunner {
    println!("seed {}", String::from_utf8_lossy(&SEED));
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &SEED))
}

fn limits() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![Just(None), (2..9_u32).prop_map(Some)]
}

fn sites() -> impl Strategy<Value = (fn(usize) -> Site, usize)> {
    let kinds: [fn(usize) -> Site; 2] = [Site::of_exchange, Site::of_postoffices];
    ((0..2_usize).prop_map(move |it| kinds[it]), 3..=8_usize)
}

/// So many sites come together after whatever is drawn; what is short then is explained, and
/// `after` holds.
fn come_together(
    cases: u32,
    acts: impl Strategy<Value = Act>,
    after: fn(&mut Twins) -> Result<(), TestCaseError>,
) {
    let drawn = (sites(), limits(), vec(acts, 0..60));
    let run = runner(cases).run(&drawn, |((site, places), limit, acts)| {
        let mut twins = Twins::new(site(places), limit);
        acts.iter().for_each(|act| twins.act(act));
        let short = twins.come_together()?;
        proptest::prop_assert!(twins.is_explained(&short), "{short:?}");
        after(&mut twins)
    });
    run.unwrap();
}

fn mended(cases: u32) {
    come_together(cases, harmless(), |_| Ok(()));
}

fn foreseen_and_cured(cases: u32) {
    come_together(cases, exceptional(), |twins| {
        twins.cure();
        let short = twins.come_together()?;
        proptest::prop_assert_eq!(short, Short::new(), "after the cure");
        Ok(())
    });
}

#[test]
fn clean_cycles_mend_whatever_was_lost_doubled_or_late() {
    mended(100);
}

#[test]
fn the_documented_exceptions_are_foreseen_and_their_cures_end_them() {
    foreseen_and_cured(100);
}

#[test]
#[ignore = "long: thousands of sites"]
fn thousands_of_sites_come_together() {
    mended(5000);
    foreseen_and_cured(5000);
}
