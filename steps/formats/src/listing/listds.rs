//! LISTDS: the numbers in SRVCONF.GLB (`-s`) and in REQCONF.GLB (`-r`) (Q96060).

use super::Listing;
use crate::address::PostofficeName;
use crate::form::Form;
use crate::sentence::Sentence;
use crate::stamp::long;
use runsheet_step::Moment;

const SERVER: Form = Form("Examining {po} Server Configuration Record");
const REQUESTOR: Form = Form("Examining {po} Requestor Configuration Record");
const HIGHEST: Form = Form("Highest SrvSync is {number}, Current Dirsync Cycle is {number}");
const RECORD: Form = Form("Server Requestor Record #{number}");
const NAME: Form = Form("Requestor name: {typed}");
const CYCLE: Form = Form("ReqSync = {number}, SrvSync = {number}, Last Cycle = {number}");
const UPDATE: Form = Form("Last update received {ctime}");
const DSS: Form = Form("Dir-Sync Server: {po}");
const NUMBERS: Form = Form("ReqSync = {number}, SrvSync = {number}");

const FORMS: &[Form] = &[
    SERVER, REQUESTOR, HIGHEST, RECORD, NAME, CYCLE, UPDATE, DSS, NUMBERS,
];

/// One requestor in SRVCONF.GLB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requestor {
    /// Its name.
    pub name: PostofficeName,
    /// The number of its newest update that was taken.
    pub req_sync: u32,
    /// The number of the newest update that was sent to it.
    pub srv_sync: u32,
    /// The cycle it last took part in.
    pub last_cycle: u32,
    /// When its last update came; `None` if none ever did.
    pub last_update: Option<Moment>,
}

/// Reads a listing, whole or in part.
///
/// # Errors
/// Says which line is none of LISTDS.
pub fn parse(text: &str) -> Result<Listing, String> {
    Listing::read(FORMS, text)
}

/// A listing as LISTDS sets it on the screen: each requestor of the server stands apart, and so does
/// the server of a requestor (Q96060).
#[must_use]
pub fn on_screen(listing: &Listing) -> String {
    let lines = listing.lines.iter().map(|line| match line.form {
        RECORD => format!("\n     {line}"),
        DSS => format!("\n{line}"),
        _ => line.to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Prints SRVCONF.GLB.
#[must_use]
pub fn server(name: &PostofficeName, sync: u32, cycle: u32, requestors: &[Requestor]) -> Listing {
    let line = |form, arguments: &[String]| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Sentence::new(form, &arguments)
    };
    let mut lines = vec![
        line(SERVER, &[name.to_string()]),
        line(HIGHEST, &[sync.to_string(), cycle.to_string()]),
    ];
    for (index, it) in requestors.iter().enumerate() {
        let numbers = [it.req_sync, it.srv_sync, it.last_cycle];
        lines.push(line(RECORD, &[(index + 1).to_string()]));
        lines.push(line(NAME, &[format!("PCM:{}", it.name)]));
        lines.push(line(CYCLE, &numbers.map(|number| number.to_string())));
        let update = it.last_update.map(|at| line(UPDATE, &[long::print(at)]));
        lines.extend(update);
    }
    Listing { lines }
}

/// Prints REQCONF.GLB.
#[must_use]
pub fn requestor(
    name: &PostofficeName,
    server: &PostofficeName,
    req_sync: u32,
    srv_sync: u32,
) -> Listing {
    let numbers = [req_sync.to_string(), srv_sync.to_string()];
    let lines = vec![
        Sentence::new(REQUESTOR, &[&name.to_string()]),
        Sentence::new(DSS, &[&server.to_string()]),
        Sentence::new(NUMBERS, &[&numbers[0], &numbers[1]]),
    ];
    Listing { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_read_back() {
        let name = PostofficeName::parse("POLYNOMIAL/MONTGOMERY").unwrap();
        let requestor_of = |at| Requestor {
            name: name.clone(),
            req_sync: 17,
            srv_sync: 80,
            last_cycle: 11,
            last_update: at,
        };
        let at = crate::stamp::parse("1994-02-18 13:11:58");
        let listed = server(&name, 80, 11, &[requestor_of(at), requestor_of(None)]);
        let text = listed.to_string();
        assert!(
            text.contains("Last update received Fri Feb 18 13:11:58 1994"),
            "{text}"
        );
        assert_eq!(parse(&text), Ok(listed.clone()));
        let apart = on_screen(&listed);
        assert!(
            apart.contains("\n\n     Server Requestor Record #2\n"),
            "{apart}"
        );
        assert_eq!(parse(&apart), Ok(listed));
        let listed = requestor(&name, &name, 17, 80);
        let text = on_screen(&listed);
        assert!(text.contains("\n\nDir-Sync Server: POLYNOMIAL/MONTGOMERY\n"));
        assert_eq!(parse(&text), Ok(listed));
        assert!(parse("Last update received Thu Feb 18 13:11:58 1994").is_err());
        assert!(parse("Higest SrvSync is 80, Current Dirsync Cycle is 11").is_err());
    }
}
