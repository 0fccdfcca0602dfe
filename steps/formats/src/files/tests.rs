//! What holds for every file: its documented size, its way back, and that no change goes unseen.

mod mail;
mod values;

use proptest::prelude::*;

use super::block::{Block, rows};
use super::control::Control;
use super::corrupt::Corrupt;
use super::flag::Flag;
use super::galindex::{self, Index};
use super::key::Key;
use super::process::Process;
use super::record::{self, Record};
use super::reqconf::ReqConf;
use super::resync::Resync;
use super::srvconf::{Requestor, Server, SrvConf};
use super::tid::Tid;
use super::{master, netpo, network, nme, p1, usr, xtn};
use values as any;

/// That a value is read back from as many bytes as are documented, and that a file with one byte
/// changed is refused or read as something else.
fn holds<V: PartialEq + std::fmt::Debug>(
    value: &V,
    bytes: &[u8],
    size: usize,
    read: impl Fn(&[u8]) -> Result<V, Corrupt>,
    at: usize,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(bytes.len(), size);
    let back = read(bytes);
    prop_assert_eq!(back.as_ref(), Ok(value));
    if let Some(at) = at.checked_rem(bytes.len()) {
        let mut changed = bytes.to_vec();
        changed[at] ^= 0x21;
        if let Ok(other) = read(&changed) {
            prop_assert_ne!(&other, value, "byte {} does not count", at);
        }
        if let Err(corrupt) = read(&bytes[..at]) {
            prop_assert!(corrupt.offset <= at as u64, "{}", corrupt);
        }
    }
    Ok(())
}

fn block_holds<B: Block + PartialEq + std::fmt::Debug>(
    block: &B,
    size: usize,
    at: usize,
) -> Result<(), TestCaseError> {
    holds(block, &block.encode(), size, B::decode, at)?;
    let torn = &block.encode()[..at % size];
    prop_assert!(B::decode(torn).is_err());
    Ok(())
}

fn rows_hold<B: Block + PartialEq + std::fmt::Debug>(
    listed: &Vec<B>,
    size: usize,
    at: usize,
) -> Result<(), TestCaseError> {
    let bytes = rows::encode(listed);
    holds(
        listed,
        &bytes,
        size * listed.len(),
        |it| rows::decode(it, 0),
        at,
    )
}

proptest! {
    #[test]
    fn a_file_of_one_block_has_its_size_and_comes_back(
        reqconf in any::reqconf(), server in any::server(), requestor in any::requestor(),
        master in any::master(), envelope in any::envelope(), at in 0usize..4096,
    ) {
        block_holds::<ReqConf>(&reqconf, 512, at)?;
        block_holds::<Server>(&server, 1024, at)?;
        block_holds::<Requestor>(&requestor, 1024, at)?;
        block_holds::<master::Master>(&master, 176, at)?;
        block_holds::<p1::Envelope>(&envelope, 128, at)?;
    }

    #[test]
    fn a_counter_has_its_size_and_comes_back(a: u32, b: u32, changes: u16, at in 0usize..8) {
        let control = Control { bodies: a, attachments: b };
        block_holds(&control, 8, at)?;
        block_holds(&Tid { last: a }, 4, at)?;
        block_holds(&Flag { changes }, 2, at)?;
    }

    #[test]
    fn a_list_has_its_size_for_each_row_and_comes_back(
        entries in any::some(any::entry()), listed in any::some(any::listed()),
        networks in any::some(any::network()), externals in any::some(any::external()),
        at in 0usize..9999,
    ) {
        rows_hold::<nme::Entry>(&entries, 45, at)?;
        rows_hold::<usr::Listed>(&listed, 53, at)?;
        rows_hold::<network::Network>(&networks, 122, at)?;
        rows_hold::<xtn::External>(&externals, 698, at)?;
    }

    #[test]
    fn a_file_with_a_head_has_its_size_and_comes_back(
        server in any::server(), requestors in any::some(any::requestor()),
        known in any::some(any::known()), process in any::process(), at in 0usize..9999,
    ) {
        let size = 4 + 43 * known.len();
        holds(&known, &netpo::encode(&known), size, netpo::decode, at)?;
        let size = 512 + 197 * process.tasks.len();
        holds(&process, &process.encode(), size, Process::decode, at)?;
        let size = 1024 + 1024 * requestors.len();
        let srvconf = SrvConf { server, requestors };
        holds(&srvconf, &srvconf.encode(), size, SrvConf::decode, at)?;
    }

    #[test]
    fn a_queue_has_its_size_and_comes_back(records in any::some(any::record()), at in 0usize..9999) {
        let size: usize = records.iter().map(|it| 25 + it.text.chars().count()).sum();
        let read = |bytes: &[u8]| record::decode("REQTRANS.GLB", bytes).map_err(|it| it.corrupt);
        holds(&records, &record::encode(&records), size, read, at)?;
        let resync = Resync { imp_sync: 2, req_sync: 17, srv_sync: 80, records };
        holds(&resync, &resync.encode(), 57 + size, Resync::decode, at)?;
    }

    #[test]
    fn an_index_has_six_bytes_a_word_and_comes_back(
        names in prop::collection::vec("[A-Za-z(]{0,6}( [a-z]{1,4}){0,3}", 0..9), at in 0usize..999,
    ) {
        let index = Index::of(names.iter().map(String::as_str));
        let words: usize = names.iter().map(|it| it.split_whitespace().count()).sum();
        let size = galindex::HEAD + 6 * words;
        holds(&index, &index.encode(), size, Index::decode, at)?;
    }

    #[test]
    fn a_key_has_its_size_and_comes_back(
        slots in prop::collection::btree_set(0u16..4096, 0..40), at in 0usize..560,
    ) {
        let key = Key::of(slots).unwrap();
        block_holds(&key, 560, at)?;
    }
}

#[test]
fn a_file_that_was_reset_is_empty() {
    assert_eq!(Key::decode(&[0; 560]), Ok(Key::default()), "Q104279");
    assert_eq!(
        Process::decode(&[0; 512]),
        Ok(Process::default()),
        "Q119111"
    );
    assert_eq!(
        record::decode("SRVTRANS.GLB", &[]),
        Ok(Vec::<Record>::new())
    );
}

#[test]
fn a_wrong_size_is_told_with_the_right_one() {
    let wrong = ReqConf::decode(&[0; 100]).unwrap_err();
    let text = "REQCONF.GLB is corrupt at byte 100: expected a size of 512 bytes, not 100; restore \
                it or reset it";
    assert_eq!(wrong.to_string(), text);
    let wrong = rows::decode::<nme::Entry>(&[0; 91], 0).unwrap_err();
    assert_eq!(
        (wrong.offset, wrong.expected.as_str()),
        (90, "a size of 45 bytes a row, not 91")
    );
    let wrong = SrvConf::decode(&Server::default().encode()[..1000]).unwrap_err();
    assert_eq!(wrong.offset, 1000);
}

#[test]
fn a_mailbag_holds_4096_messages() {
    let full = Key::of(0..4096).unwrap();
    assert_eq!((full.messages(), full.free()), (4096, None));
    assert_eq!(Key::decode(&full.encode()), Ok(full));
    assert_eq!(Key::of([4096]), Err(4096));
    assert_eq!(Key::of([0, 1, 3]).unwrap().free(), Some(2));
}
