//! The basis of measurements: the same calls in all ways to make them, a server that responds at
//! once, and documents.

use std::process::ExitCode;

pub mod documents;
pub mod server;
pub mod ways;

/// Ends a program that measures, with the message of its error.
pub fn end(done: Result<(), ways::Error>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the numbers in the line of a report that contains `mark`. They have commas as
/// separators.
#[must_use]
pub fn numbers_behind(report: &str, mark: &str) -> Option<Vec<f64>> {
    let line = report.lines().find_map(|line| Some(line.split_once(mark)?.1))?;
    Some(line.split_whitespace().filter_map(|word| word.replace(',', "").parse().ok()).collect())
}
