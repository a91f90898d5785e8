//! What measurements stand on: the same calls in the ways that a consumer has, a server that answers at once, and documents.

use std::process::ExitCode;

pub mod documents;
pub mod server;
pub mod ways;

/// Ends a program that measures, with the message of what went wrong.
pub fn end(done: Result<(), ways::Error>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The numbers of the line of a report behind `mark`, which have commas in them.
#[must_use]
pub fn numbers_behind(report: &str, mark: &str) -> Option<Vec<f64>> {
    let line = report.lines().find_map(|line| Some(line.split_once(mark)?.1))?;
    Some(line.split_whitespace().filter_map(|word| word.replace(',', "").parse().ok()).collect())
}
