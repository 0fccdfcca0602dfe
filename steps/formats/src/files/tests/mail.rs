//! Mail in its files.

use proptest::prelude::*;

use super::any;
use crate::address::Address;
use crate::files::att;
use crate::files::block::Block;
use crate::files::key::Key;
use crate::files::mai::{self, Attached, Body};
use crate::files::mbg::{self, Header, Headers};
use crate::files::text::Text;
use runsheet_step::Moment;

fn body() -> impl Strategy<Value = Body> {
    let attached = (any::<(u32, u32)>(), any::text()).prop_map(|((number, size), name)| Attached {
        number,
        name,
        size,
    });
    let written = (1..i64::from(u32::MAX) * 1000).prop_map(Moment);
    let parts = (any::address(), any::address(), written, any::text());
    (parts, any::some(attached), "[ -~äöü\n]{0,80}").prop_map(
        |((from, to, written, subject), attachments, text)| Body {
            from,
            to,
            written,
            subject,
            attachments,
            text,
        },
    )
}

fn header(body: u32) -> Header {
    Header {
        subject: Text::cut("SrvTx R=3 S=87298 (was 0), I=2 15603 sent"),
        from: Address::parse("CONTOSO/HQ/$SYSTEM").unwrap(),
        body,
        written: 886_060_800,
        size: 1235,
        attachments: 1,
        read: false,
    }
}

proptest! {
    #[test]
    fn a_body_comes_back_and_is_read_only_under_its_number(
        body in body(), number: u32, at in 0usize..9999,
    ) {
        let bytes = mai::encode(number, &body);
        super::holds(&body, &bytes, bytes.len(), |it| mai::decode(number, it), at)?;
        prop_assert!(mai::decode(number ^ 1, &bytes).is_err());
    }

    #[test]
    fn an_attachment_comes_back(content: Vec<u8>, number: u32, at in 0usize..9999) {
        let bytes = att::encode(number, &content);
        super::holds(&content, &bytes, bytes.len(), |it| att::decode(number, it), at)?;
    }
}

#[test]
fn mail_is_filed_under_its_last_digit() {
    assert_eq!(mai::path(0x116), r"MAI\MA6\00000116.MAI", "Q100826");
    assert_eq!(att::path(0xABF), r"ATT\ATF\00000ABF.ATT");
}

#[test]
fn a_mailbag_does_not_shrink_and_free_headers_do_not_count() {
    let mut headers: Headers = (0..3).map(|slot| (slot, header(u32::from(slot)))).collect();
    assert_eq!(headers[&0].subject.as_str().len(), 40);
    headers.remove(&1);
    let bytes = mbg::encode(&headers, 5);
    assert_eq!(bytes.len(), 5 * 116);
    let key = Key::of(headers.keys().copied()).unwrap();
    assert_eq!(mbg::decode(&key, &bytes), Ok(headers));
    assert_eq!(Header::decode(&header(7).encode()), Ok(header(7)));
}

#[test]
fn a_key_and_a_mailbag_that_are_no_pair_are_told() {
    let key = Key::of([0, 2]).unwrap();
    let bytes = mbg::encode(&Headers::from([(0, header(1))]), 1);
    let wrong = mbg::decode(&key, &bytes).unwrap_err();
    assert_eq!(wrong.offset, 116);
    assert_eq!(wrong.expected, "header 2, which the .KEY names");
    assert!(mbg::decode(&Key::of([0]).unwrap(), &[0; 116]).is_err());
    assert!(mbg::decode(&Key::default(), &[0; 115]).is_err());
}
