//! DSSCHED: the schedule in PROCESS.GLB, as a file of times and as a listing (Q96060, Q148718).

use super::Listing;
use crate::form::Form;

/// A time of the file: `T1 Sat 13:45`.
const TIMES: &[Form] = &[Form("{phase} {day} {clock}")];

/// The lines of the listing.
const FORMS: &[Form] = &[
    Form("Examining {po} Dir-Sync process times"),
    Form("Record number {number}"),
    Form("ID = {number}"),
    Form("Requestor sends updates (Dispatch runs NSDA -RT)"),
    Form("Requestor processes updates (Dispatch runs NSDA -RR)"),
    Form("Server process (Dispatch runs NSDA -S)"),
    Form("Current time to run NSDA {step}: {ctime}"),
    Form("Run window is {number} hours ({number} seconds)"),
    Form("Time after which this process will not run: {ctime}"),
    Form("If this time is exceeded, an error (missed run window) is recorded."),
    Form("Next scheduled time is used instead of this time."),
    Form("This instance next runs on {ctime}"),
    Form("Process comment: <null>"),
    Form("Process comment: {text}"),
];

/// Reads the times of a file.
///
/// # Errors
/// Says which line is no `T<x> <Day> <HH>:<MM>`.
pub fn times(text: &str) -> Result<Listing, String> {
    Listing::read(TIMES, text)
}

/// Reads a listing, whole or in part.
///
/// # Errors
/// Says which line is none of DSSCHED, or whose hours are not its seconds.
pub fn parse(text: &str) -> Result<Listing, String> {
    let listing = Listing::read(FORMS, text)?;
    for line in &listing.lines {
        let number = |index: usize| {
            line.arguments
                .get(index)
                .and_then(|it| it.parse::<u64>().ok())
        };
        let window = line.form.0.starts_with("Run window");
        if let (true, Some(hours), Some(seconds)) = (window, number(0), number(1))
            && hours * 3600 != seconds
        {
            return Err(format!("{hours} hours are not {seconds} seconds"));
        }
    }
    Ok(listing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_printed_as_they_were_read() {
        let text = "T1 Sat 13:45\nT3 Mon 15:00\nT2 Mon 14:55";
        assert_eq!(times(text).unwrap().to_string(), text);
        for wrong in [
            "T4 Sat 13:45",
            "T1 Sut 13:45",
            "T1 Sat 24:00",
            "T1 Sat 13.45",
            "T1 Sat 9:05",
            "",
        ] {
            assert!(times(wrong).is_err(), "{wrong}");
        }
        for text in [
            "Run window is 8 hours (28800 seconds)",
            "Current time to run NSDA -RT: Sat Feb 26 13:45:00 1994",
            "Process comment: <null>",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        for wrong in [
            "Run window is 8 hours (28801 seconds)",
            "Current time to run NSDA -RT: Sun Feb 26 13:45:00 1994",
            "Procss comment: <null>",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
