//! A child host for the tests, as `runsheet plugin-host` is one.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (mut memory, mut forbidden) = (None, None);
    let mut library = PathBuf::new();
    while let Some(argument) = arguments.next() {
        if argument == "--memory" {
            let bytes = arguments.next().and_then(|bytes| bytes.into_string().ok());
            memory = bytes.and_then(|bytes| bytes.parse().ok());
        } else if argument == "--forbid" {
            forbidden = arguments.next().and_then(|calls| calls.into_string().ok());
        } else {
            library = argument.into();
        }
    }
    match runsheet_host::serve::serve(&library, memory, forbidden.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
