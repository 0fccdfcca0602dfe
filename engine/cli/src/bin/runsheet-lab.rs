//! The binary of the lab's programs: it connects the streams of the process and ends with the
//! exit code of the program it was called as.

use std::process::ExitCode;

use runsheet_cli::surroundings::Surroundings;

fn main() -> ExitCode {
    let exit = runsheet_cli::tools::main(std::env::args_os(), Surroundings::of_process());
    ExitCode::from(exit)
}
