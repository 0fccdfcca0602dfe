//! The binary: it connects the streams of the process and ends with its exit code.

use std::process::ExitCode;

use runsheet_cli::surroundings::Surroundings;

fn main() -> ExitCode {
    let exit = runsheet_cli::main(std::env::args_os(), Surroundings::of_process());
    ExitCode::from(exit.code())
}
